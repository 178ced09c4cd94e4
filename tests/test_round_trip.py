"""A report with any figures, written in any layout and read again, comes back cell by cell."""

from dataclasses import replace
from random import Random

import pytest
from extracted import extracted
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.sample.layouts import LAYOUTS, render
from data.sample.roster import filings
from data.sample.spec import Key, Printed, ReportSpec, stated
from etl import forms
from etl.report import Report

PATTERN = next(filing.spec for filing in filings() if filing.spec.year == 2023)


@st.composite
def specs(draw: st.DrawFn) -> ReportSpec:
    """A report on one of the forms, or mixed, with any figures that reconcile or not."""
    generation = st.sampled_from(["2019", "2021"])
    tables = {"proactive": draw(generation), "requests": draw(generation), "review_litigation": "2021"}
    chance = Random(draw(st.integers(0, 2**32)))
    cells: dict[Key, Printed] = {}
    for schedule, form in tables.items():
        for cell in forms.form(form).schedule(schedule).cells():
            cells[schedule, *cell] = any_cell(chance)
    return replace(PATTERN, forms=tables, cells=cells)


def any_cell(chance: Random) -> Printed:
    """A count, small or large, plain or with a thousands separator, or a dash."""
    number = chance.choice([0, chance.randint(1, 9), chance.randint(10, 9_999)])
    dash = chance.choice(["/", "—", "-"])
    return chance.choice(
        [stated(number), stated(number), stated(number, f"{number:,}"), Printed(None, "dashed", dash)]
    )


def read(spec: ReportSpec, layout: str) -> Report:
    """The report as it comes back; what fails to reconcile is not looked into."""
    return extracted(render(spec, layout))


def read_by_chance(spec: ReportSpec, layout: str) -> Report:
    """The same of figures of which none adds up, but for those that do with each number taken for its neighbour's."""
    report = read(spec, layout)
    assume(not any(problem.kind == "beside-heads" for problem in report.problems))
    return report


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(specs(), st.sampled_from(sorted(LAYOUTS)))
def test_any_figures_in_any_layout_come_back(spec: ReportSpec, layout: str) -> None:
    facts = {
        (fact.schedule, fact.line, fact.column): (fact.value, fact.state.value)
        for fact in read_by_chance(spec, layout).facts
    }
    written = {key: (cell.value, cell.state) for key, cell in spec.cells.items()}
    assert {key: value for key, value in facts.items() if value != written.get(key)} == {}
    assert facts.keys() == written.keys()


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(specs())
def test_the_same_report_reads_the_same_from_every_format(spec: ReportSpec) -> None:
    layouts = ("docx", "web", "pdf", "tabs", "pipe-rows")
    readings = [
        {(f.schedule, f.line, f.column, f.value, f.state) for f in read_by_chance(spec, layout).facts}
        for layout in layouts
    ]
    assert all(facts == readings[0] for facts in readings)


def test_the_statutory_layout_is_confirmed_by_both_readings() -> None:
    for layout in ("docx", "web", "pdf"):
        report = read(PATTERN, layout)
        assert [(table.schedule, table.confirmed) for table in report.readings] == [
            (schedule, sum(key[0] == schedule for key in PATTERN.cells)) for schedule in PATTERN.forms
        ]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_numbers_of_a_line_with_an_unknown_label_are_not_given_to_its_group(layout: str) -> None:
    modern = next(f.spec for f in filings() if set(f.spec.forms.values()) == {"2021"} and f.spec.year == 2023)
    found = read(replace(modern, labels={"uncorrected": "本行标题印错"}), layout)
    assert "otherwise_closed" not in {fact.line for fact in found.facts}
    assert any(leftover.reason == "unknown-label" for leftover in found.leftovers)
