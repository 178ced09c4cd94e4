"""Corrections of our reading of the prose: applied by the build, visible to everyone, and loud when they fit nothing."""

import csv
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from filings import PROSE, page

from etl import store
from etl.build import Tally, build
from etl.corrections import Unmatched, apply, entries
from etl.folders import Folder
from etl.reading import read
from etl.report import Report

HEADS = ("filing", "metric", "read", "right", "sentence", "why", "by")
SENTENCE = "全年通过县政府门户网站发布信息12条"
MISSED = "维护公开栏"
FILING = "2023/白石镇.html"


def ledger(*rows: tuple[str, ...]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([HEADS, *rows])
    return text.getvalue()


def row(
    metric: str = "website_items",
    wrong: str = "12",
    right: str = "120",
    sentence: str = SENTENCE,
    filing: str = FILING,
) -> tuple[str, ...]:
    return (filing, metric, wrong, right, sentence, "排版把末位的零隔开了", "赵核对")


@pytest.fixture(scope="module")
def report() -> Report:
    found = read(page().encode())[0].report
    assert found
    return found


def corrected(report: Report, *rows: tuple[str, ...]) -> Report:
    named = [(report.source.sha256, *cells[1:]) for cells in rows]
    return apply(report, entries(ledger(*named)))


def values(report: Report, metric: str) -> list[Decimal]:
    return [found.value for found in report.metrics if found.metric == metric]


def test_a_wrong_number_is_replaced_and_says_by_whom(report: Report) -> None:
    after = corrected(report, row())
    (metric,) = [found for found in after.metrics if found.metric == "website_items"]
    assert (metric.value, metric.corrected_by, metric.approximate) == (Decimal(120), "赵核对", False)
    assert metric.sentence in PROSE
    assert after.facts == report.facts


def test_a_number_we_missed_is_added(report: Report) -> None:
    after = corrected(report, row("bulletin_boards", "", "约8", MISSED))
    (metric,) = [found for found in after.metrics if found.metric == "bulletin_boards"]
    assert (metric.value, metric.approximate, metric.unit) == (Decimal(8), True, "个")
    assert metric.section == "一"


def test_a_number_that_is_none_is_taken_out_but_stays_on_record(report: Report) -> None:
    after = corrected(report, row(right=""))
    assert values(after, "website_items") == []
    assert [(c.read, c.right) for c in after.corrections] == [(Decimal(12), None)]


def test_several_corrections_of_a_filing_stand_together(report: Report) -> None:
    after = corrected(report, row(), row("bulletin_boards", "", "8", MISSED))
    assert (values(after, "website_items"), values(after, "bulletin_boards")) == ([120], [8])


def test_a_quote_may_be_broken_over_lines(report: Report) -> None:
    after = corrected(report, row(sentence="全年通过县政府门户网站\n发布信息 12条"))
    assert values(after, "website_items") == [120]


@pytest.mark.parametrize(
    "fault",
    [
        row(wrong="13"),
        row(metric="wechat_items"),
        row(sentence="全年通过县政府网站发布信息12条"),
        row(sentence=MISSED),
        row(wrong="", right="12"),
    ],
    ids=["another value", "another metric", "words not in the filing", "another sentence", "read meanwhile"],
)
def test_a_correction_that_no_longer_fits_names_its_row_and_the_remedy(
    report: Report, fault: tuple[str, ...]
) -> None:
    with pytest.raises(Unmatched, match=r"corrections\.csv 第 3 行.*(改正|删去)"):
        corrected(report, row("bulletin_boards", "", "8", MISSED), fault)


@pytest.mark.parametrize(
    "fault",
    [row(wrong="", right=""), row(right="许多"), row(metric="website"), (*row()[:5], "", "赵核对")],
    ids=["no value at all", "no number", "no such metric", "no reason"],
)
def test_a_row_that_is_wrong_in_itself_is_named(fault: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"corrections\.csv 第 2 行"):
        entries(ledger(fault))


class Office:
    """A county office's folder with one filing."""

    def __init__(self, root: Path) -> None:
        self.root, self.database = root, root / "database"
        (root / "reports/2023").mkdir(parents=True)
        (root / "reports" / FILING).write_text(page(), encoding="utf-8")

    def correct(self, *rows: tuple[str, ...]) -> None:
        (self.root / "corrections.csv").write_text(ledger(*rows), encoding="utf-8-sig")

    def build(self) -> Tally:
        folder = Folder(self.root / "reports", self.root / "governments.csv", self.root / "manifest.csv")
        return build((folder,), self.database, self.root / "cache/readings.sqlite")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        current = store.published(self.database)
        assert current
        with store.attach(current.path) as base:
            return base.execute(query).fetchall()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_correction_beside_the_manifest_is_built_in_at_once(office: Office) -> None:
    office.build()
    office.correct(row())
    assert not office.build().unchanged
    query = "select value, corrected_by from stated_metrics where metric = 'website_items'"
    assert office.ask(query) == [(Decimal(120), "赵核对")]
    assert office.ask("select read_value, right_value, why from corrections") == [
        (Decimal(12), Decimal(120), "排版把末位的零隔开了")
    ]
    assert office.ask("select website_items from indicators") == [(Decimal(120),)]
    assert office.build().unchanged


def test_lists_kept_among_the_filings_are_no_filings(office: Office) -> None:
    (office.root / "reports/corrections.csv").write_text(ledger(row()), encoding="utf-8")
    reports = office.root / "reports"
    folder = Folder(reports, reports / "governments.csv", reports / "manifest.csv")
    tally = build((folder,), office.database, office.root / "cache/readings.sqlite")
    assert (tally.files, tally.problems) == (1, [])
    assert office.ask("select count(*) from corrections") == [(1,)]


def test_without_its_correction_the_reading_is_as_before(office: Office) -> None:
    office.correct(row())
    office.build()
    (office.root / "corrections.csv").unlink()
    office.build()
    assert office.ask("select value, corrected_by from metrics where metric = 'website_items'") == [
        (12, None)
    ]


@pytest.mark.parametrize("fault", [row(filing="2022/白石镇.html"), row(wrong="13")])
def test_a_correction_that_fits_nothing_stops_the_build_and_keeps_the_database(
    office: Office, fault: tuple[str, ...]
) -> None:
    office.build()
    before = store.published(office.database)
    office.correct(fault)
    with pytest.raises(Unmatched, match=r"corrections\.csv 第 2 行"):
        office.build()
    assert store.published(office.database) == before
