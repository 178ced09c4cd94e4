"""Settling what the reader could not make out, in a real browser: the form, the build, the number with its mark, and back."""

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from dashboard_server import ROOT, dashboard
from filings import page as filing
from on_screen import open_list, text_of

from dashboard import db
from dashboard.text import load
from etl import determining
from etl.determined import VALUE, Subject
from etl.determining import Wanted, Whose

pytestmark = pytest.mark.xdist_group("browser")
SITES = "镇政府网站发布信息41条。县政府网站发布信息67条。"
FIGURES = {("requests", "received", "total"): "1 2", ("requests", "received", "natural_person"): "12"}
CELL = "requests.received.total"
WORDS = {key.removeprefix("determine."): words for key, words in load("zh").items()}
WHO = load("zh")["access.who_missing"]
UPDATED = load("zh")["import_filings.updated"].partition("（")[0]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("OVERSIGHT_DATABASE", "OVERSIGHT_CACHE", "OVERSIGHT_DECISIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "白石镇.html").write_text(filing(prose=SITES, figures=FIGURES), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "etl", "build", "--no-sample"], cwd=ROOT, check=True)
    return tmp_path


@pytest.fixture
def server(office: Path) -> Iterator[str]:
    with dashboard({"OVERSIGHT_DATA": str(office)}, "--server.address", "127.0.0.1") as address:
        yield address


def at(page: Any, server: str, cell: str) -> None:
    page.goto(f"{server}/filing?cell={cell}")
    text_of(page, WORDS["what"]).wait_for()


def choose(page: Any, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check(force=True)


def keep(page: Any, words: str = WORDS["keep"]) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def named(page: Any) -> None:
    page.get_by_label(load("zh")["access.who"]).fill("钱核对")
    page.keyboard.press("Tab")
    page.wait_for_selector('[data-test-script-state="notRunning"]')


# What the server draws reaches the page piece by piece, so that what is seen in between is seen for longer.
SLOWLY = """
    const listen = WebSocket.prototype.addEventListener;
    let last = Promise.resolve();
    const later = (what) => new Promise((done) => setTimeout(() => done(what()), 20));
    WebSocket.prototype.addEventListener = function (kind, heard, ...more) {
        const slow = (event) => { last = last.then(() => later(() => heard.call(this, event))); };
        listen.call(this, kind, kind === "message" ? slow : heard, ...more);
    };
"""
WATCH = """
    window.most = 0;
    new MutationObserver(() => {
        const shown = document.querySelectorAll('[data-testid="stBaseButton-primaryFormSubmit"]').length;
        window.most = Math.max(window.most, shown);
    }).observe(document.body, {childList: true, subtree: true});
"""


def test_the_form_stands_once_while_a_message_above_it_comes_and_goes(page: Any, server: str) -> None:
    page.add_init_script(SLOWLY)
    at(page, server, CELL)
    page.evaluate(WATCH)
    keep(page)
    text_of(page, WHO).wait_for()
    named(page)
    text_of(page, WHO).wait_for(state="detached")
    page.wait_for_selector('[data-test-script-state="notRunning"]')
    assert page.evaluate("window.most") == 1


def test_from_a_doubt_over_the_form_to_the_number_with_its_mark_and_back(page: Any, server: str) -> None:
    at(page, server, CELL)
    keep(page)
    text_of(page, WHO).wait_for()
    named(page)
    keep(page)
    text_of(page, WORDS["no_choice"]).wait_for()
    choose(page, "12")
    keep(page)
    text_of(page, WORDS["kept"]).wait_for()
    text_of(page, UPDATED).wait_for()
    text_of(page, WORDS["choose"].format(n=1)).wait_for()
    assert received() == (12, "stated", "钱核对")
    page.goto(f"{server}/township")
    text_of(page, load("zh")["shared.by_person"].strip()).wait_for()

    page.goto(f"{server}/filing?cell={CELL}")
    text_of(page, WORDS["take_back"]).wait_for()
    named(page)
    text_of(page, WORDS["take_back"]).click()
    open_list(page, page.get_by_role("combobox").last)
    page.keyboard.press("Enter")
    keep(page, WORDS["take_back_now"])
    text_of(page, WORDS["taken_back"]).wait_for()
    text_of(page, WORDS["choose"].format(n=2)).wait_for()
    assert received() == (None, "illegible", None)


def received() -> tuple[Any, Any, Any]:
    """The cell in the base, and who read it."""
    rows = db.query("filing_facts", report_id=db.query("filing", prefix="%")[0]["report_id"])
    (row,) = [row for row in rows if f"{row['schedule']}.{row['line']}.{row['column']}" == CELL]
    return row["value"], row["state"], row["corrected_by"]


def test_of_two_numbers_one_is_taken_and_what_makes_no_sense_is_said(
    page: Any, server: str, office: Path
) -> None:
    at(page, server, "doubt.2")
    named(page)
    for number, why, words in (
        ("", "", "number_missing"),
        ("很多", "", "no_number"),
        ("-3", "看过原件", "negative"),
        ("1.5", "看过原件", "not_whole"),
        ("68", "", "why_missing"),
    ):
        choose(page, WORDS["other"])
        page.get_by_label(WORDS["number"], exact=True).last.fill(number)
        page.get_by_label(WORDS["why"], exact=True).first.fill(why)
        keep(page)
        text_of(page, WORDS[words]).wait_for()
    page.get_by_label(WORDS["number"], exact=True).last.fill("")
    choose(page, "② 政府网站、信息公开平台 67条")
    keep(page)
    text_of(page, UPDATED).wait_for()
    text_of(page, WORDS["choose"].format(n=1)).wait_for()
    settled = [one for several in determining.latest().values() for one in several]
    assert [(one.outcome, one.value) for one in settled] == [("none", None), (VALUE, Decimal(67))]


def test_who_was_slower_is_told_and_sees_what_the_other_settled(page: Any, server: str) -> None:
    at(page, server, CELL)
    named(page)
    choose(page, "1")
    whose = Whose("白石镇.html", "云岭县", "白石镇人民政府", 2023)
    key = db.query("filing", prefix="%")[0]["sha256"]
    determining.record([Wanted(Subject(key, CELL), VALUE, Decimal(12))], whose, "赵", "看过原件")
    keep(page)
    text_of(page, WORDS["overtaken"]).wait_for()
    text_of(page, "赵 ").wait_for()
    assert [one.who for one in determining.latest()[key]] == ["赵"]
