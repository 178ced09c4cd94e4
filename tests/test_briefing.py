"""The year's briefing: its numbers are the database's, and each leads to the filings it is made of."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from etl import briefing, decisions, store
from etl.briefing import content, figures, sums, tables
from etl.briefing.figures import County, Figure
from etl.decisions import Decision

COUNTY = "栖禾县"
YEARS = (2019, 2021, 2022, 2024, 2025)
DATED = date(2026, 4, 1)


@pytest.fixture(scope="module")
def build(sample_database: Path) -> Path:
    published = store.published(sample_database)
    assert published is not None
    return published.path


@pytest.fixture(autouse=True)
def nothing_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSIGHT_DECISIONS", f"sqlite:///{tmp_path / 'decisions.sqlite'}")


@cache
def undecided(build: Path, year: int) -> County:
    """The county's figures of a year without anybody's decisions."""
    return figures.load(build, COUNTY, year, ())


def figures_of(county: County) -> Iterator[Figure]:
    for section in content.sections(county, DATED):
        for said in section.said:
            yield from (piece for piece in said if isinstance(piece, Figure))


def text_of(county: County, heading: str) -> str:
    for section in content.sections(county, DATED):
        if section.heading.endswith(heading):
            return "".join(p if isinstance(p, str) else p.shown for said in section.said for p in said)
    raise AssertionError(heading)


def asked(build: Path, sql: str, **parameters: object) -> Any:
    with store.attach(build) as base:
        ((value,),) = base.execute(sql, parameters).fetchall()
        return store.plain(value)


@pytest.mark.parametrize("year", YEARS)
def test_requests_are_the_sum_of_the_printed_totals(build: Path, year: int) -> None:
    text = text_of(undecided(build, year), "依申请公开")
    # The county's own return, read like any filing, is no part of its units' sum.
    total = """select sum(value) from facts
               where current and county = $county and year = $year and line = $line and "column" = 'total'
               and (county, government) not in (select (county, government) from own_governments)"""
    for line, words in {
        "received": "填报新收申请，合计{}件",
        "carried_in": "上年结转{}件",
        "closed": "本年度办理结果总计{}件",
        "carried_out": "结转下年度{}件",
    }.items():
        value = asked(build, total, county=COUNTY, year=year, line=line)
        assert words.format(figures.written(value)) in text


@pytest.mark.parametrize("year", YEARS)
def test_what_the_prose_states_is_added_over_the_filings_that_state_it(build: Path, year: int) -> None:
    text = text_of(undecided(build, year), "主动公开")
    sql = """select {} from stated_metrics join current_reports using (report_id)
             where county = $county and year = $year and metric = 'website_items' and value is not null"""
    n, total = (
        asked(build, sql.format(what), county=COUNTY, year=year) for what in ("count(*)", "sum(value)")
    )
    assert f"正文写明政府网站、信息公开平台的有{n}个单位，合计{figures.written(total)}条" in text


@pytest.mark.parametrize("year", YEARS)
def test_who_filed_and_what_the_checks_found_are_the_registers_and_the_findings(
    build: Path, year: int
) -> None:
    county = undecided(build, year)
    of_year = {"county": COUNTY, "year": year}
    missing = (
        "select count(*) from submissions where county = $county and year = $year and status = 'missing'"
    )
    errors = """select count(*) from findings join current_reports using (report_id) join checks using (check_id)
                where county = $county and year = $year and severity = 'error'"""
    assert f"未报送{asked(build, missing, **of_year)}份。规定" in text_of(county, "年报报送")
    checked = text_of(county, "核查和退回")
    assert f"发现差错{asked(build, errors, **of_year)}处" in checked or "没有发现差错和疑问" in checked


@pytest.mark.parametrize("year", YEARS)
def test_every_number_but_dates_and_thresholds_is_a_figure(build: Path, year: int) -> None:
    for section in content.sections(undecided(build, year), DATED):
        for said in section.said:
            plain = "".join(piece if isinstance(piece, str) else "□" for piece in said)
            plain = re.sub(r"\d{4}年(\d+月\d+日|表样)?|不足10件|(不|达)到5的", "", plain)
            assert not re.search(r"\d", plain), plain


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_that_is_no_zero_names_its_filings(build: Path, year: int) -> None:
    county = undecided(build, year)
    for figure in figures_of(county):
        assert figure.name
        assert figure.origins or not figure.value
        assert all(one.path or one.said == "没有年报" or "名册" in figure.name for one in figure.origins)
        if "正文写明" in figure.name:
            assert all(one.sentence for one in figure.origins) or figure.value == len(figure.governments)


def test_the_sum_of_a_figures_origins_is_the_figure(build: Path) -> None:
    for figure in figures_of(undecided(build, 2024)):
        summed = figure.name.startswith(("表三", "表四", "年报正文")) and all(
            one.said for one in figure.origins
        )
        if summed:
            said = sum(float(one.said.lstrip("≈").replace(",", "")) for one in figure.origins)
            assert said == (figure.value or 0), figure.name


def test_below_ten_cases_there_is_no_percentage(build: Path) -> None:
    county = undecided(build, 2024)
    few = {**county.tables, "cells": [halved(row) for row in county.tables["cells"]]}
    text = text_of(County(COUNTY, 2024, few, ()), "依申请公开")
    assert "不足10件，只列件数，不算比例" in text and "%" not in text
    assert "%" in text_of(county, "依申请公开")


def halved(row: figures.Row) -> figures.Row:
    closed = row["schedule"] == "requests" and row["line"] == "closed"
    return {**row, "value": 0} if closed and row["government"] != "望禾街道办事处" else row


def test_what_was_returned_is_what_people_decided(build: Path) -> None:
    county = undecided(build, 2024)
    first, second = [row for row in county.findings if row["severity"] != "hint"][:2]
    assert "还没有退回的记录" in text_of(county, "核查和退回")
    decisions.record([decisions.subject(first)], "returned", "赵核对", "")
    decisions.record([decisions.subject(second)], "accepted", "赵核对", "台账如此")
    text = text_of(figures.load(build, COUNTY, 2024, decisions.trail(COUNTY)), "核查和退回")
    assert "已退回1处" in text and "认定无需改动1处" in text


def test_a_sum_with_a_cell_in_doubt_says_so_until_somebody_has_settled_it(build: Path) -> None:
    county = undecided(build, 2025)
    (fault,) = [row for row in county.findings if row["check_id"] == "counts-are-whole"]
    place = fault["schedule"], fault["line"], fault["column"]
    assert sums.cell(county, *place).doubted
    assert not sums.cell(county, *place, 2019).doubted
    settled = Decision(1, decisions.subject(fault), "accepted", "台账如此", "赵核对", "2026-03-01T09:00:00")
    assert not sums.cell(figures.load(build, COUNTY, 2025, [settled]), *place).doubted


def test_a_cell_without_a_number_says_what_stands_there(build: Path) -> None:
    county = undecided(build, 2024)
    row = next(row for row in tables.published(county) if row[0] == "椴坡乡")
    assert "空白" in row and "0" not in row[5:]


def test_the_document_opens_says_that_the_county_is_invented_and_numbers_its_sources(build: Path) -> None:
    name, made = briefing.document(build, COUNTY, 2024, DATED)
    assert name == "【示例（虚构）】栖禾县2024年政府信息公开年报情况简报.docx"
    document = Document(BytesIO(made))
    assert document.paragraphs[0].text.startswith("【示例（虚构）】")
    raised = {run.text for p in document.paragraphs for run in p.runs if run.font.superscript}
    sources = next(table for table in document.tables if table.rows[0].cells[0].text == "编号")
    assert raised == {row.cells[0].text for row in sources.rows[1:]}
    assert len([part for part in document.part.package.iter_parts() if "/charts/" in part.partname]) == 5


def test_a_single_year_has_no_course_of_years_to_draw(build: Path) -> None:
    drawn = [chart for part in content.sections(undecided(build, 2019), DATED) for chart in part.charts]
    assert all(chart.lies for chart in drawn)


def test_nobody_owing_a_report_is_told_in_a_sentence(build: Path) -> None:
    with pytest.raises(LookupError, match="无此县没有2024年应报送年报的单位"):
        briefing.document(build, "无此县", 2024, DATED)
