"""The import page as a person uses it: choose, see what was understood, settle, import, withdraw."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filings import page
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from dashboard import db
from dashboard.text import load
from etl import places
from etl.build import build
from etl.intake import history, task

ROOT = Path(__file__).resolve().parents[1]
WORDS = {key.removeprefix("import_filings."): words for key, words in load("zh").items()}
PATIENCE = 60
MARKUP = "<img src=x onerror=alert(1)>**粗**[链](javascript:alert(1)) :red[红] $x$"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of an office of its own, built without the sample, empty."""
    for name in ("OVERSIGHT_DATABASE", "OVERSIGHT_CACHE", "OVERSIGHT_DECISIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    build((places.own(),), places.database(), places.cache())
    return tmp_path


def opened() -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE)
    app.run()
    app.switch_page("../pages/import_filings.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    shown = (*app.text, *app.header, *app.subheader, *app.caption, *app.success, *app.error, *app.info)
    return "\n".join(element.value for element in shown)


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, data, "application/octet-stream") for name, data in files]).run()
    return until(app, lambda: WORDS["understood"] in said(app) or WORDS["refused"] in said(app))


def until(app: AppTest, there: Callable[[], bool]) -> AppTest:
    for _ in range(PATIENCE * 5):
        if there():
            assert not app.exception
            return app
        time.sleep(0.2)
        app.run()
    pytest.fail(said(app))


def button(app: AppTest, words: str) -> Button:
    return next(one for one in app.button if one.label == words)


def test_from_an_empty_dashboard_to_an_imported_filing_and_out_again(office: Path) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE).run()
    assert app.title[0].value == "还没有任何年报"
    app = opened()
    upload(app, ("甲.html", page(published="2024-01-20").encode()), ("坏.docx", b"PK\x03\x04 no"))
    assert "1 份可以导入" in said(app)
    assert "文件不完整" in app.dataframe[1].value.to_string()
    assert not (office / "reports").exists()
    accept = WORDS["accept"].format(n=1)
    assert button(app, accept).disabled
    app.text_input(key="who").set_value("王敏").run()
    button(app, accept).click().run()
    assert WORDS["accepted"].format(n=1) in said(app)
    until(app, lambda: "数据库已更新" in said(app))
    assert [row["county"] for row in db.query("counties") if not row["sample"]] == ["云岭县"]
    (event,) = history.events()
    assert (event.name, event.who) == ("甲.html", "王敏")

    button(app, WORDS["next_batch"]).click().run()
    upload(app, ("另一个名字.html", page(published="2024-01-20").encode()))
    assert "处理过了" in said(app) and "已导入" in app.dataframe[0].value.to_string()


def test_a_filing_that_does_not_say_whose_it_is_waits_for_a_person(office: Path) -> None:
    app = opened()
    upload(app, ("x.html", page(government="白石镇", year=None).encode()))
    assert "1 份要先确认" in said(app)
    app.text_input(key="who").set_value("王敏").run()
    assert button(app, WORDS["accept"].format(n=0)).disabled
    app.selectbox[-1].set_value("云岭县白石镇人民政府") if not app.selectbox[-1].value else None
    next(one for one in app.text_input if one.label == "县（市、区）").set_value("云岭县")
    app.number_input[0].set_value(2022).run()
    button(app, WORDS["accept"].format(n=1)).click().run()
    assert "2022" in (office / "manifest.csv").read_text("utf-8-sig")


def test_a_filing_among_the_reports_that_nobody_could_place_can_be_settled_and_one_that_is_placed_is_known(
    office: Path,
) -> None:
    nameless, placed = page(government="白石镇", year=None).encode(), page(year=2021).encode()
    (office / "reports").mkdir()
    (office / "reports" / "x.html").write_bytes(nameless)
    (office / "reports" / "y.html").write_bytes(placed)
    build((places.own(),), places.database(), places.cache())
    app = opened()
    upload(app, ("x.html", nameless), ("y.html", placed))
    shown = app.dataframe[0].value.set_index("文件")["情况"]
    assert shown["x.html"] == WORDS["is_unsettled"]
    assert shown["y.html"] == WORDS["is_known"].format(where="y.html")


def test_what_a_file_is_called_and_says_is_never_markup(office: Path) -> None:
    app = opened()
    name = MARKUP.replace("/", "") + ".html"
    upload(app, (name, page(government="白石镇", year=None, prose=MARKUP).encode()), (name + "x", b"no"))
    for element in (
        *app.markdown,
        *app.caption,
        *app.error,
        *app.success,
        *app.title,
        *app.header,
        *app.subheader,
    ):
        assert "onerror" not in element.value


def test_an_update_that_broke_off_can_be_run_again(office: Path) -> None:
    task.tell(places.incoming(), "working", 1, 3)
    app = opened()
    assert WORDS["died"] in said(app)
    button(app, WORDS["again"]).click().run()
    until(app, lambda: "数据库已更新" in said(app))


def test_a_refusal_is_told_and_nothing_is_lost(office: Path) -> None:
    app = opened()
    upload(app, ("甲.html", page().encode()))
    app.text_input(key="who").set_value("王敏").run()
    (office / "reports").write_text("in the way")
    button(app, WORDS["accept"].format(n=1)).click().run()
    assert WORDS["not_done"] in said(app)
    assert history.events() == ()
    (office / "reports").unlink()
    button(app, WORDS["accept"].format(n=1)).click().run()
    assert len(history.events()) == 1
