"""A base that is damaged, gone or of another version while the dashboard runs: one screen, and the next build mends it."""

from pathlib import Path

import duckdb
import pytest
from dashboard_server import dashboard
from filings import page
from streamlit.testing.v1 import AppTest

from dashboard import db
from dashboard.text import load
from etl import places
from etl.base import pointer
from etl.build import build
from etl.intake import publishing

ROOT = Path(__file__).resolve().parents[1]
WORDS = load("zh")


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with one filing, built."""
    for name in ("OVERSIGHT_DATABASE", "OVERSIGHT_CACHE", "OVERSIGHT_DECISIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "甲.html").write_text(page(), "utf-8")
    build((places.own(),), places.database(), places.cache())
    return tmp_path


def opened() -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=60).run()
    assert not app.exception
    return app


def catalogue() -> Path:
    found = pointer.current(places.database())
    assert found
    return found.catalogue


def garbage() -> None:
    catalogue().write_bytes(b"\0" * 20_000)


def truncated() -> None:
    catalogue().write_bytes(catalogue().read_bytes()[:5_000])


def foreign() -> None:
    with duckdb.connect(str(catalogue().with_suffix(".other"))) as base:
        base.execute("create table t (i integer)")
    catalogue().with_suffix(".other").replace(catalogue())


def other_version() -> None:
    for name in ("current", "previous"):
        path = places.database() / name
        if path.exists():
            path.write_text(path.read_text("utf-8").replace('"schema": ', '"schema": 9'), "utf-8")


@pytest.mark.parametrize("language", ["中文", "English"])
@pytest.mark.parametrize("harm", [None, garbage, other_version])
def test_without_a_base_that_can_be_read_every_page_says_what_to_do(harm: object, language: str) -> None:
    words = load("zh" if language == "中文" else "en")
    for path in () if harm else places.database().iterdir():
        path.unlink()
    if harm:
        harm()  # type: ignore[operator]
    for each in sorted((ROOT / "pages").glob("*.py")):
        app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=60)
        app.query_params["lang"] = language
        app.run()
        app.switch_page(f"../pages/{each.name}").run()
        assert not app.exception
        title = words["nothing.unusable" if harm else "nothing.title"]
        assert app.title[0].value == (
            words["import_filings.title"] if each.stem == "import_filings" else title
        )


@pytest.mark.parametrize("harm", [garbage, truncated, foreign, other_version])
def test_a_base_that_cannot_be_read_is_one_screen_until_the_next_build(harm: object) -> None:
    harm()  # type: ignore[operator]
    app = opened()
    assert app.title[0].value == WORDS["nothing.unusable"]
    assert WORDS["nothing.rebuild_now"] in [one.label for one in app.button]
    app.switch_page("../pages/import_filings.py").run()
    assert not app.exception and app.title[0].value == WORDS["import_filings.title"]
    assert publishing.publish(places.incoming(), (places.own(),), places.database(), places.cache()) == ""
    assert opened().title[0].value == WORDS["overview.title"]
    assert [row["county"] for row in db.query("counties")] == ["云岭县"]


def test_a_base_that_has_gone_is_the_empty_screen_until_the_next_build() -> None:
    for path in places.database().iterdir():
        path.unlink()
    assert opened().title[0].value == WORDS["nothing.title"]
    build((places.own(),), places.database(), places.cache())
    assert opened().title[0].value == WORDS["overview.title"]


def test_the_dashboard_starts_over_a_damaged_base(office: Path) -> None:
    garbage()
    with dashboard({"OVERSIGHT_DATA": str(office)}) as address:
        assert address


def test_a_page_whose_part_of_the_base_is_damaged_says_that_it_will_be_mended() -> None:
    def script() -> None:
        import duckdb

        from dashboard import nothing

        assert nothing.failed(duckdb.IOException("secret particulars"))

    app = AppTest.from_function(script).run()
    assert app.error[0].value == WORDS["failed.damaged"]
    assert "secret" not in app.text[0].value


def test_damaged_decisions_are_to_be_restored_and_are_left_as_they_are(office: Path) -> None:
    def script() -> None:
        from dashboard import nothing
        from etl import ledger

        try:
            ledger.asked("imports")
        except ledger.Unkept as error:
            nothing.failed(error)

    kept = office / "decisions.sqlite"
    kept.write_bytes(b"no database" * 1000)
    app = AppTest.from_function(script).run()
    assert app.error[0].value == WORDS["failed.decisions"]
    assert "data/decisions.sqlite" in app.text[0].value
    assert kept.read_bytes() == b"no database" * 1000
