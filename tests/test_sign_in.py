"""Who may read, decide and import: signed in with a real OpenID Connect provider, in the real dashboard."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dashboard_server import ROOT, dashboard, free_port, running

from etl import decisions

pytestmark = pytest.mark.xdist_group("browser")
PATIENCE = 30_000
PEOPLE: dict[str, dict[str, Any]] = {
    "reader": {"email": "reader@county.example", "name": "读者"},
    "decider": {"email": "decider@county.example", "name": "孙主任"},
    "importer": {"email": "someone@county.example", "name": "王敏", "groups": ["import-office"]},
    "stranger": {"email": "stranger@elsewhere.example", "name": "**路人**"},
    "pretender": {"email": "decider@county.example", "email_verified": False, "name": "冒名者"},
}
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "only-for-this-test-0123456789abcdef"
client_id = "oversight"
client_secret = "only-for-this-test"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"

[roles]
claim = "groups"
read = ["reader@county.example"]
decide = ["Decider@county.example"]
import = ["import-office"]
"""


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('signed') / 'decisions.sqlite'}"


@pytest.fixture(scope="module")
def server(sample_database: Path, tmp_path_factory: pytest.TempPathFactory, decided: str) -> Iterator[str]:
    """The dashboard over the sample county, where people sign in with a provider on this computer."""
    place, port, provider = tmp_path_factory.mktemp("secrets"), free_port(), free_port()
    secrets = place / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, provider=provider), "utf-8")
    people = [json.dumps({"sub": sub, **claims}) for sub, claims in PEOPLE.items()]
    claims = [part for one in people for part in ("--user-claims", one)]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider), *claims]
    environment = {
        "OVERSIGHT_DATABASE": str(sample_database),
        "OVERSIGHT_DATA": str(place),
        "OVERSIGHT_DECISIONS": decided,
    }
    metadata = f"http://127.0.0.1:{provider}/.well-known/openid-configuration"
    with (
        running(command, metadata, {}),
        dashboard(environment, "--secrets.files", str(secrets), port=port) as address,
    ):
        yield address


@pytest.fixture
def page(tab: Any) -> Any:
    tab.set_default_timeout(PATIENCE)
    return tab


def sign_in(page: Any, server: str, who: str, where: str = "") -> None:
    page.goto(f"{server}/{where}")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{server}/**")


def go(page: Any, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def test_who_has_not_signed_in_sees_the_door_and_nothing_behind_it(page: Any, server: str) -> None:
    for where in ("", "findings", "import_filings", "filing?filing=aa", "downloads"):
        page.goto(f"{server}/{where}")
        page.get_by_role("heading", name="请先登录").wait_for()
        assert "栖禾" not in page.content()
        assert page.get_by_role("link", name="总览").count() == 0


def test_a_stranger_is_signed_in_and_reads_nothing(page: Any, server: str) -> None:
    sign_in(page, server, "stranger")
    page.get_by_text("还没有查看的权限").wait_for()
    assert "**路人**（stranger@elsewhere.example）" in page.inner_text("body")
    assert "栖禾" not in page.content()


def test_a_reader_reads_and_neither_decides_nor_imports(page: Any, server: str) -> None:
    sign_in(page, server, "reader")
    page.get_by_text("全县今年情况怎样").first.wait_for()
    go(page, "导入")
    page.get_by_text("没有导入的权限").wait_for()
    assert page.locator("input[type=file]").count() == 0
    go(page, "核查结果")
    page.get_by_text("决定的全过程").first.wait_for()
    assert page.get_by_role("button", name="记下决定").count() == 0
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/oauth2/end_session**")
    page.goto(server)
    page.get_by_role("heading", name="请先登录").wait_for()


def opened(page: Any, name: str) -> None:
    """Open a list, again if need be: a page that is still being drawn closes it."""
    for _ in range(10):
        page.get_by_role("combobox", name=name).click()
        page.wait_for_timeout(500)
        if page.get_by_role("option").count():
            return
    pytest.fail(f"the list {name} does not stay open")


def test_a_decision_carries_the_name_that_signed_in(
    page: Any, server: str, decided: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(page, server, "decider")
    page.get_by_text("全县今年情况怎样").first.wait_for()
    go(page, "核查结果")
    page.get_by_text("经办人：孙主任（decider@county.example）").wait_for()
    assert page.get_by_label("经办人", exact=True).count() == 0
    opened(page, "哪几处")
    page.get_by_role("option").nth(1).click()
    page.keyboard.press("Escape")
    # The open list swallows the first click outside itself.
    page.get_by_text("决定跟着问题走").click()
    page.get_by_role("button", name="记下决定").click()
    page.get_by_text("已记下").first.wait_for()
    monkeypatch.setenv("OVERSIGHT_DECISIONS", decided)
    assert {one.who for one in decisions.trail()} == {"孙主任（decider@county.example）"}


def test_an_address_the_provider_has_not_verified_opens_nothing(page: Any, server: str) -> None:
    sign_in(page, server, "pretender")
    page.get_by_text("还没有查看的权限").wait_for()


def test_a_group_of_the_claim_may_import(page: Any, server: str) -> None:
    sign_in(page, server, "importer")
    page.get_by_text("全县今年情况怎样").first.wait_for()
    go(page, "导入")
    page.get_by_text("经办人：王敏").wait_for()
    page.locator("input[type=file]").wait_for(state="attached")


def test_a_forged_cookie_opens_nothing(page: Any, server: str) -> None:
    forged = "2|1:0|10:1700000000|15:_streamlit_user|60:eyJpc19sb2dnZWRfaW4iOnRydWV9|0000"
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": server}])
    page.goto(server)
    page.get_by_role("heading", name="请先登录").wait_for()


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_without_sign_in_the_dashboard_is_open_on_this_computer_alone(address: str) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    done = subprocess.run(
        [*command, "--server.address", address], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert f"没有设置登录，看板只能在本机开放，不能用地址 {address}" in done.stderr
