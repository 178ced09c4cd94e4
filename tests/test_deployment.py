"""What stands in deploy/: several servers behind nginx, and the wheels of the offline bundle."""

import importlib.util
import json
import os
import shutil
import sys
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
import websockets
from awaiting import awaited
from dashboard_server import ROOT, dashboard, free_port, running
from offices import REGISTER, Office, divided
from websockets.sync.client import connect

from bench.dashboard import Dashboard
from bench.visitor import Visitor, visiting

SITE = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
ENGINE = """daemon off;
pid nginx.pid;
error_log stderr;
events {{}}
http {{
    log_format which '$upstream_addr';
    access_log {log} which;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    {site}
}}
"""


def _site(own: int, servers: list[int]) -> str:
    """The site as in deploy/, on ports of the test and without the certificate that only its place has."""
    site = SITE.replace("listen 443 ssl;", f"listen 127.0.0.1:{own};")
    for port, known in zip(servers, (8501, 8502), strict=True):
        site = site.replace(f"127.0.0.1:{known}", f"127.0.0.1:{port}")
    return "\n".join(line for line in site.splitlines() if "ssl_certificate" not in line)


@dataclass(frozen=True)
class Proxied:
    """Two dashboard servers over one base behind nginx: all their addresses, and a log of who answered each request."""

    address: str
    servers: list[str]
    log: Path
    office: Office


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    if NGINX is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is missing: the proxy's example cannot be tested")
        pytest.skip("nginx is not installed")
    place = tmp_path_factory.mktemp("nginx")
    own, *servers = (free_port() for _ in range(3))
    log = place / "which.log"
    (place / "nginx.conf").write_text(ENGINE.format(log=log, site=_site(own, servers)), encoding="utf-8")
    office = divided(tmp_path_factory.mktemp("office"))
    environment = {"OVERSIGHT_DATABASE": str(office.database)}
    options = ("--server.address", "127.0.0.1")
    proxy = [NGINX, "-p", str(place), "-c", str(place / "nginx.conf")]
    with ExitStack() as running_servers:
        started = [
            running_servers.enter_context(dashboard(environment, *options, port=port)) for port in servers
        ]
        running_servers.enter_context(running(proxy, f"http://127.0.0.1:{own}/_stcore/health", environment))
        yield Proxied(f"http://127.0.0.1:{own}", started, log, office)


def test_a_visitor_stays_with_one_server(proxied: Proxied) -> None:
    for _ in range(20):
        with urllib.request.urlopen(f"{proxied.address}/_stcore/health", timeout=10):
            pass
    answered = proxied.log.read_text(encoding="utf-8").split()
    assert len(answered) >= 20
    assert len(set(answered)) == 1


def test_the_socket_of_a_session_passes_the_proxy(proxied: Proxied) -> None:
    address = proxied.address.replace("http", "ws")
    subprotocol = websockets.Subprotocol("streamlit")
    origin = websockets.Origin(proxied.address)
    with connect(f"{address}/_stcore/stream", subprotocols=[subprotocol], origin=origin) as opened:
        assert opened.subprotocol == "streamlit"


def test_servers_of_one_base_see_each_new_build_also_in_sessions_that_are_open(proxied: Proxied) -> None:
    new = "新河镇人民政府"

    async def seen(visitors: list[Visitor]) -> list[bool]:
        for visitor in visitors:
            await visitor.go("submissions", county="云岭县")
        return [new in visitor.offered for visitor in visitors]

    async def before_and_after() -> tuple[list[bool], list[bool]]:
        async with AsyncExitStack() as sessions:
            servers = [Dashboard(0, address, 0) for address in (*proxied.servers, proxied.address)]
            visitors = [await sessions.enter_async_context(visiting(server)) for server in servers]
            before = await seen(visitors)
            proxied.office.keep("governments.csv", f"{REGISTER}云岭县,{new},township,330102003,\n")
            proxied.office.build()
            return before, await seen(visitors)

    assert awaited(before_and_after()) == ([False] * 3, [True] * 3)


def test_the_proxy_lets_through_what_an_upload_may_hold() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert f"client_max_body_size {config['server']['maxUploadSize'] + 1}m;" in SITE


def script(name: str) -> ModuleType:
    """A script of deploy/, which is no package."""
    found = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_bundle_takes_the_packages_that_each_system_can_have() -> None:
    bundle = script("bundle")
    asked = {
        system: {name.split("==")[0] for name in bundle.required(conditions | {"python_version": "3.12"})}
        for system, (_, conditions) in bundle.SYSTEMS.items()
    }
    assert asked["linux"] - asked["windows"] == {"uvloop"}
    assert asked["windows"] < asked["linux"]


def test_the_bundle_asks_for_what_only_the_other_system_needs(tmp_path: Path) -> None:
    bundle = script("bundle")
    with zipfile.ZipFile(tmp_path / "asking-1.0-py3-none-any.whl", "w") as wheel:
        needs = ["present>=1", 'colours>=2; sys_platform == "win32"', 'extra_colours; extra == "all"']
        lines = "\n".join(f"Requires-Dist: {need}" for need in needs)
        wheel.writestr(
            "asking-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: asking\nVersion: 1.0\n{lines}\n"
        )
    with zipfile.ZipFile(tmp_path / "present-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            "present-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: present\nVersion: 1.0\n"
        )
    asked = {
        system: bundle.missing(tmp_path, conditions | {"python_version": "3.12"})
        for system, (_, conditions) in bundle.SYSTEMS.items()
    }
    assert asked == {"linux": [], "windows": ["colours>=2"]}


def test_the_start_on_windows_looks_at_every_step_and_knows_where_to_go() -> None:
    """What `||` does depends on the shell; `if errorlevel 1` does not."""
    lines = (ROOT / "start.bat").read_text(encoding="utf-8").splitlines()
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert {line.split("goto ")[1] for line in lines if "goto " in line} <= labels
    steps = [
        at
        for at, line in enumerate(lines)
        if line.startswith(("%PYTHON%", ".venv")) and "streamlit" not in line
    ]
    assert len(steps) == 5
    assert all(lines[at + 1].startswith("if errorlevel 1 ") for at in steps)


def test_the_start_on_windows_is_kept_with_the_line_ends_its_shell_needs() -> None:
    assert "*.bat text eol=crlf" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


SOUND = {"name": "lxml", "version": "6.1.3", "vulns": []}
FLAWED = {"name": "xlrd", "version": "2.0.2", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["9"]}]}
UNKNOWN = {"name": "olefile", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ([SOUND], 0, "1 packages looked up, 0 advisories, 0 without an answer"),
        ([SOUND, FLAWED], 1, "xlrd 2.0.2: PYSEC-2026-1"),
        ([SOUND, UNKNOWN], 1, "1 packages looked up, 0 advisories, 1 without an answer"),
        (None, 1, "advisories were not looked up: connection refused"),
    ],
)
def test_an_audit_passes_only_when_every_package_was_looked_up_and_has_no_advisory(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: list[dict[str, object]] | None,
    code: int,
    said: str,
) -> None:
    """The tool that asks stands in an environment of its own; here a script answers as it does."""
    audit = script("audit")
    tool = tmp_path / "tool"
    speaks = (
        f"print({json.dumps({'dependencies': answer})!r})" if answer else "sys.exit('connection refused')"
    )
    tool.write_text(f"#!{sys.executable}\nimport sys\n{speaks}\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(audit, "_TOOL", tool)
    assert audit.advisories([metadata.distribution("lxml")], None) == code
    assert said in "".join(capsys.readouterr())


def test_the_list_of_licences_is_of_the_packages_required_now() -> None:
    audit = script("audit")
    listed = audit.LICENCES.read_text(encoding="utf-8").lower()
    pins = [line for name in audit.REQUIREMENTS for line in (ROOT / name).read_text("utf-8").splitlines()]
    for pin in pins:
        if "==" in pin:
            name, version = pin.split(";")[0].strip().split("==")
            assert f"| {name.lower()} | {version} |" in listed
    assert len(listed.splitlines()) > len(pins)
