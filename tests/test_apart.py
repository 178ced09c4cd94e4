"""Files that hold more than one report, or tables of other years beside the report's own."""

import re

import pytest
from filings import Figures, page

from etl import reading
from etl.forms import REQUESTS
from etl.report import Report, State

OWN: Figures = {
    (REQUESTS, "received", column): f"1{at}"
    for at, column in enumerate(("total", "other", "research", "enterprise"))
}
OTHER: Figures = {key: f"9{value}" for key, value in OWN.items()}


def body(text: str) -> str:
    found = re.search(r"<body>(.*)</body>", text, re.DOTALL)
    assert found
    return found[1]


def table(figures: Figures) -> str:
    tables: list[str] = re.findall(r"<table>.*?</table>", page(figures=figures), re.DOTALL)
    return tables[1]


def parted(written: str) -> list[Report]:
    found = reading.read(f"<html><body>{written}</body></html>".encode())
    return [one.report for one in found if one.report]


def read(written: str) -> Report:
    (report,) = parted(written)
    return report


def received(report: Report) -> list[str]:
    return [
        fact.text for fact in report.facts if (fact.schedule, fact.line, fact.column) in OWN and fact.value
    ]


@pytest.mark.parametrize(
    ("government", "year"),
    [("云岭县民政局", 2023), ("云岭县石桥镇人民政府", 2023), ("云岭县白石镇人民政府", 2022)],
)
def test_two_reports_in_one_file_are_told_apart_by_name_or_year(government: str, year: int) -> None:
    first, second = parted(body(page(figures=OWN)) + body(page(government, year, OTHER)))
    assert (first.government, first.year, sorted(received(first))) == (
        "白石镇人民政府",
        2023,
        sorted(OWN.values()),
    )
    assert second.government and second.government in government
    assert (second.year, sorted(received(second))) == (year, sorted(OTHER.values()))
    assert "several-reports" not in {problem.kind for problem in (*first.problems, *second.problems)}


def test_the_tables_of_a_second_report_do_not_fill_in_those_that_the_first_lacks() -> None:
    prose = re.sub(r"<table>.*?</table>", "", body(page(prose="全年公开信息若干条。" * 40)), flags=re.DOTALL)
    first, second = parted(prose + body(page("云岭县石桥镇人民政府", figures=OTHER)))
    assert first.facts == ()
    assert sorted(received(second)) == sorted(OTHER.values())


def test_what_looks_like_another_report_but_is_not_whole_is_told() -> None:
    prose = re.sub(
        r"<table>.*?</table>",
        "",
        body(page("云岭县石桥镇人民政府", prose="全年公开信息若干条。" * 40)),
        flags=re.DOTALL,
    )
    report = read(body(page(figures=OWN)) + prose)
    assert sorted(received(report)) == sorted(OWN.values())
    (problem,) = (problem for problem in report.problems if problem.kind == "several-reports")
    assert "石桥镇" in problem.detail


def test_a_table_of_contents_after_the_cover_is_no_report() -> None:
    lines = re.findall(r"<p>([^<]{2,30})</p>", body(page()))
    report = read("".join(f"<p>{line}</p>" for line in lines) + body(page(figures=OWN)))
    assert sorted(received(report)) == sorted(OWN.values())


@pytest.mark.parametrize("caption", ["附：2022年数据", "2022年申请情况", "上年度申请情况"])
@pytest.mark.parametrize("first", [True, False])
def test_a_table_under_a_caption_of_another_year_is_set_aside(caption: str, first: bool) -> None:
    other = f"<p>{caption}</p>{table(OTHER)}"
    own = table(OWN)
    both = f"{other}<p>本年度申请情况</p>{own}" if first else f"{own}{other}"
    report = read(body(page(figures=OWN)).replace(own, both))
    assert sorted(received(report)) == sorted(OWN.values())
    assert [caption in problem.detail for problem in report.problems] == [True]


def test_a_misprinted_year_over_the_only_table_does_not_hide_it() -> None:
    own = table(OWN)
    report = read(body(page(figures=OWN)).replace(own, f"<p>2022年申请情况</p>{own}"))
    assert sorted(received(report)) == sorted(OWN.values())


def test_where_two_tables_differ_without_a_word_only_what_both_say_is_read() -> None:
    own = table(OWN)
    report = read(body(page(figures=OWN)).replace(own, f"{own}<p>如下表</p>{table(OTHER)}"))
    illegible = {
        fact.column for fact in report.facts if fact.line == "received" and fact.state is State.ILLEGIBLE
    }
    assert illegible == {"total", "other", "research", "enterprise"}
    assert [problem.kind for problem in report.problems] == ["tables-differ"]


def test_a_table_printed_twice_is_read_once() -> None:
    own = table(OWN)
    report = read(body(page(figures=OWN)).replace(own, own * 2))
    assert sorted(received(report)) == sorted(OWN.values())
    assert report.problems == ()


def test_of_two_reports_of_one_name_and_year_neither_is_preferred() -> None:
    report = read(body(page(figures=OWN)) + body(page(figures=OTHER)))
    assert received(report) == []
    assert "tables-differ" in [problem.kind for problem in report.problems]


def test_the_article_printed_above_a_table_does_not_hide_the_year_in_the_caption_before_it() -> None:
    written = body(page(figures=OWN))
    basis = "<p>第二十条第（一）项</p>"
    assert received(read(f"{written}<p>附件：2022年度统计表</p>{basis}{table(OTHER)}")) == received(
        read(written)
    )
