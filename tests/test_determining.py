"""What a person reads in a filing where the reader could not: kept, built in, shown as a person's, and taken back."""

import sqlite3
import threading
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from filings import page

from dashboard import return_tables, returns
from dashboard.selection import Selection
from etl import backup, determined, determining, places, store
from etl.briefing import figures, tables
from etl.build import Tally, build
from etl.decisions import Overtaken
from etl.determined import BLANK, NONE, VALUE, WITHDRAWN, Determination, Subject, apply, candidates
from etl.determining import Wanted, Whose, fault, latest, record
from etl.reading import read
from etl.report import Fact, Report, State

CELL = "requests.received.total"
FIGURES = {("requests", "received", "total"): "1 2"}
SITES = "镇政府网站发布信息41条。县政府网站发布信息67条。"
FIRST, SECOND = "镇政府网站发布信息41条", "县政府网站发布信息67条"
WHOSE = Whose("2023/白石镇.html", "云岭县", "白石镇人民政府", 2023)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("OVERSIGHT_DATABASE", "OVERSIGHT_CACHE", "OVERSIGHT_DECISIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    return tmp_path


def report(prose: str = SITES, figures: Mapping[tuple[str, str, str], str] = FIGURES) -> Report:
    found = read(page(prose=prose, figures=dict(figures)).encode())[0].report
    assert found
    return found


def said(subject: Subject, outcome: str = VALUE, value: int | None = 12, metric: str = "") -> Determination:
    number = None if value is None else Decimal(value)
    return Determination(
        1, subject, outcome, number, metric or subject.place, "看过原件", "钱核对", "2026-01-05T09:30:00"
    )


def cell(found: Report, place: str = CELL) -> Fact:
    return next(f for f in found.facts if f"{f.schedule}.{f.line}.{f.column}" == place)


def number(sentence: str, printed: str) -> Subject:
    return Subject("x", "website_items", printed, sentence)


def test_an_illegible_cell_takes_what_a_person_read_and_keeps_what_we_made_out() -> None:
    before = report()
    assert cell(before).state is State.ILLEGIBLE
    after = apply(before, [said(Subject("x", CELL))])
    assert (cell(after).value, cell(after).state, cell(after).text) == (Decimal(12), State.STATED, "1 2")
    (kept,) = after.corrections
    assert (kept.cell, kept.text, kept.right, kept.by, kept.at) == (
        CELL,
        "1 2",
        Decimal(12),
        "钱核对",
        "2026-01-05T09:30:00",
    )


def test_a_cell_may_be_blank_in_the_filing_and_is_no_zero() -> None:
    after = apply(report(), [said(Subject("x", CELL), BLANK, None)])
    assert (cell(after).value, cell(after).state) == (None, State.BLANK)


def test_a_cell_that_is_read_surely_is_never_overridden_the_two_make_it_illegible_and_are_told() -> None:
    sure = report(figures={("requests", "received", "total"): "17"})
    assert apply(sure, [said(Subject("x", CELL), value=17)]) == sure
    for one, words in ((said(Subject("x", CELL)), "17 / 12"), (said(Subject("x", CELL), value=0), "17 / 0")):
        after = apply(sure, [one])
        assert (cell(after).value, cell(after).state, cell(after).text) == (None, State.ILLEGIBLE, words)
        assert after.problems[-1].kind == "determination-differs"
    blank = apply(sure, [said(Subject("x", CELL), BLANK, None)])
    assert cell(blank).text == "17 / （空白）"


def test_a_cell_that_is_no_longer_there_is_told_and_nothing_is_taken() -> None:
    gone = Subject("x", "proactive.procurement.projects")
    after = apply(report(), [said(gone)])
    assert after.facts == report().facts
    assert [(problem.kind, "钱核对" in problem.detail) for problem in after.problems[-1:]] == [
        ("determination-lost", True)
    ]


def test_one_number_of_two_is_taken_and_the_other_left_and_neither_is_told_any_more() -> None:
    before = report()
    after = apply(before, [said(number(FIRST, "41"), NONE, None), said(number(SECOND, "67"), value=67)])
    (taken,) = [metric for metric in after.metrics if metric.metric == "website_items"]
    assert (taken.value, taken.corrected_by, taken.sentence) == (Decimal(67), "钱核对", SECOND)
    assert after.doubts == ()
    assert sum(problem.kind == "prose-unclear" for problem in before.problems) == 2
    assert not any(problem.kind == "prose-unclear" for problem in after.problems)


def test_a_number_may_count_as_another_metric_or_be_another_number() -> None:
    handled = report("依申请公开办理13件，结转下年度继续办理1件。", {})
    (doubt,) = handled.doubts
    about = determined.subject("x", doubt)
    received = apply(handled, [said(about, value=13, metric="requests_received")])
    assert [(m.metric, m.value) for m in received.metrics if m.corrected_by] == [
        ("requests_received", Decimal(13))
    ]
    other = apply(handled, [said(about, value=18)])
    assert [(c.read, c.right) for c in other.corrections] == [(Decimal(13), Decimal(18))]


def test_prose_that_is_read_otherwise_by_now_is_told_and_prose_read_as_determined_needs_no_person() -> None:
    sure = report("镇政府网站发布信息41条。", {})
    assert apply(sure, [said(number(FIRST, "41"), value=41)]) == sure
    for one in (said(number(FIRST, "41"), NONE, None), said(number(SECOND, "67"), value=67)):
        after = apply(sure, [one])
        assert after.metrics == sure.metrics
        assert after.problems[-1].kind == "determination-lost"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("12 / 17", [12, 17]),
        ("1 2", [12, 1, 2]),
        ("2 0 3 0 0 0 5", [2, 0, 3, 5]),
        ("7?", [7]),
        ("", []),
        ("（空白） / 3", [3]),
    ],
)
def test_the_numbers_offered_are_those_of_the_readings(text: str, offered: list[int]) -> None:
    assert candidates(text) == tuple(map(Decimal, offered))


def test_what_does_not_fit_its_place_is_refused() -> None:
    def wrong(place: str, value: str) -> str:
        return fault(Wanted(Subject("x", place), VALUE, Decimal(value)))

    assert wrong(CELL, "-1") == "negative"
    assert wrong("proactive.licensing.change", "-1") == ""
    assert wrong(CELL, "1.5") == "not_whole"
    assert wrong("proactive.fees.amount_10k_yuan", "1.5") == ""
    assert wrong(CELL, "1e13") == "too_large"
    for wanted in (
        Wanted(Subject("x", CELL), VALUE, Decimal(-1)),
        Wanted(Subject("x", CELL), VALUE),
        Wanted(Subject("x", CELL), NONE),
        Wanted(number(FIRST, "41"), BLANK),
    ):
        with pytest.raises(ValueError, match=r"received|website"):
            record([wanted], WHOSE, "钱核对", "")
    with pytest.raises(ValueError, match="who"):
        record([Wanted(Subject("x", CELL), VALUE, Decimal(1))], WHOSE, " ", "")
    assert latest() == {}


def test_of_two_people_at_once_one_is_told_that_the_other_was_faster() -> None:
    subject = Subject("x", CELL)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def determine(who: str, value: int) -> None:
        together.wait()
        try:
            record([Wanted(subject, VALUE, Decimal(value))], WHOSE, who, "")
            outcomes.append("recorded")
        except Overtaken:
            outcomes.append("overtaken")

    latest()
    people = [threading.Thread(target=determine, args=one) for one in (("赵", 12), ("钱", 17))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(outcomes) == ["overtaken", "recorded"]
    assert len(latest()["x"]) == 1


def test_several_are_recorded_all_or_none() -> None:
    one, other = number(FIRST, "41"), number(SECOND, "67")
    record([Wanted(other, VALUE, Decimal(67))], WHOSE, "赵", "")
    with pytest.raises(Overtaken):
        record([Wanted(one, VALUE, Decimal(41)), Wanted(other, NONE)], WHOSE, "钱", "")
    assert [found.who for found in latest()["x"]] == ["赵"]


def test_what_was_recorded_cannot_be_changed(data: Path) -> None:
    record([Wanted(Subject("x", CELL), VALUE, Decimal(12))], WHOSE, "赵", "看过原件")
    with sqlite3.connect(data / "decisions.sqlite") as base:
        for change in ("update determinations set value = '17'", "delete from determinations"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                base.execute(change)


class Office:
    """An office with one filing in which a cell and two numbers are in doubt."""

    def __init__(self, root: Path, filing: str) -> None:
        self.file = root / "reports" / "白石镇.html"
        self.file.parent.mkdir()
        self.file.write_text(filing, encoding="utf-8")
        self.build()

    @property
    def key(self) -> str:
        return str(self.ask("select sha256 from filings")[0][0])

    def build(self) -> Tally:
        return build((places.own(),), places.database(), places.cache(), determined=determining.known())

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        current = store.published(places.database())
        assert current
        with store.attach(current.path) as base:
            return base.execute(question).fetchall()


@pytest.fixture
def office(data: Path) -> Office:
    return Office(data, page(prose=SITES, figures=FIGURES))


RECEIVED = (
    "select value, state, text, corrected_by from facts where line = 'received' and \"column\" = 'total'"
)


def test_a_build_without_anything_determined_makes_no_record(office: Office, data: Path) -> None:
    assert not (data / "decisions.sqlite").exists()
    assert office.ask(RECEIVED) == [(None, "illegible", "1 2", None)]


def test_what_was_determined_is_in_the_next_build_with_who_and_why_and_can_be_taken_back(
    office: Office,
) -> None:
    subject = Subject(office.key, CELL)
    record([Wanted(subject, VALUE, Decimal(12))], WHOSE, "钱核对", "看过原件")
    assert not office.build().unchanged
    assert office.ask(RECEIVED) == [(12, "stated", "1 2", "钱核对")]
    assert office.ask("select line, read_text, right_value, why, corrected_by from corrections") == [
        ("received", "1 2", 12, "看过原件", "钱核对")
    ]
    assert office.ask("select corrected_at is not null from corrections") == [(True,)]
    assert office.ask("select sum(illegible) from readings") == [(0,)]
    assert office.build().unchanged

    (standing,) = latest()[office.key]
    record([Wanted(subject, WITHDRAWN)], WHOSE, "赵", "看错了", {subject.digest: standing.number})
    assert not office.build().unchanged
    assert office.ask(RECEIVED) == [(None, "illegible", "1 2", None)]
    assert [entry.determination.outcome for entry in determining.trail("云岭县")] == [VALUE, WITHDRAWN]


def test_documents_mark_what_a_person_read(office: Office) -> None:
    record([Wanted(Subject(office.key, CELL), VALUE, Decimal(12))], WHOSE, "钱核对", "看过原件")
    office.build()
    current = store.published(places.database())
    assert current
    county = figures.load(current.path, WHOSE.county, WHOSE.year, ())
    (unit, _) = tables.requested(county)
    assert unit[1] == "12†"
    received = figures.added("", county.cells("requests", "received", "total", WHOSE.year))
    ((_, _, source),) = tables.sources([received], WHOSE.year)
    assert "12†" in source and "（12†）" not in source
    made = returns.of(Selection(WHOSE.county, WHOSE.year, WHOSE.year, (), False, 1))
    rows, parts = return_tables.behind(made, ("requests", "received", "total"))
    assert rows[0][1] == "12†" and parts[0].read_by


def test_the_checks_hold_the_number_a_person_read_against_the_rest(office: Office) -> None:
    findings = "select count(*) from findings where check_id = 'requests-row-total'"
    assert office.ask(findings) == [(0,)]
    record([Wanted(Subject(office.key, CELL), VALUE, Decimal(12))], WHOSE, "钱核对", "")
    office.build()
    assert office.ask(findings) == [(1,)]
    assert office.ask("select count(*) > 0 from proposals") == [(True,)]


def test_a_filing_with_another_content_has_its_own_doubts(office: Office) -> None:
    record([Wanted(Subject(office.key, CELL), VALUE, Decimal(12))], WHOSE, "钱核对", "")
    text = office.file.read_text(encoding="utf-8")
    office.file.write_text(text.replace("不够及时", "不及时"), encoding="utf-8")
    office.build()
    assert office.ask(RECEIVED) == [(None, "illegible", "1 2", None)]
    office.file.write_text(text, encoding="utf-8")
    office.build()
    assert office.ask(RECEIVED)[0][0] == 12


def test_a_record_that_cannot_be_read_stops_the_build_in_words_and_the_base_stays(
    office: Office, data: Path
) -> None:
    (data / "decisions.sqlite").write_bytes(b"no base" * 99)
    with pytest.raises(ValueError, match="人工认定的记录读不出来"):
        office.build()
    assert office.ask(RECEIVED) == [(None, "illegible", "1 2", None)]


def test_a_backup_has_it(
    office: Office,
    data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record([Wanted(Subject(office.key, CELL), VALUE, Decimal(12))], WHOSE, "钱核对", "")
    saved, elsewhere = tmp_path_factory.mktemp("saved") / "a.zip", tmp_path_factory.mktemp("elsewhere")
    backup.write(data, saved)
    backup.restore(saved, elsewhere)
    key = office.key
    monkeypatch.setenv("OVERSIGHT_DATA", str(elsewhere))
    assert [one.value for one in latest()[key]] == [12]
