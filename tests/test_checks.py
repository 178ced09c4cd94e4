"""The identities of tables 3 and 4: passing, breached, and silent on blanks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from etl import checks, forms
from etl.forms import APPLICANTS, REQUESTS, RESULTS, REVIEW
from etl.report import Fact, Report, Source, State

Figures = dict[tuple[str, str, str], int | str | None]


def report(figures: Figures, form: str = "2021") -> Report:
    """A report whose tables 3 and 4 are zero but for `figures`."""
    facts = []
    for schedule in (REQUESTS, REVIEW):
        for line, column in forms.form(form).schedule(schedule).cells():
            number = figures.get((schedule, line, column), 0)
            state = State.BLANK if number is None else State.DASHED if number == "—" else State.STATED
            value = Decimal(number) if number is not None and state is State.STATED else None
            facts.append(Fact(schedule, line, column, value, state, "" if number is None else str(number)))
    generations = tuple((schedule, form) for schedule in (REQUESTS, REVIEW))
    source = Source("", "a.txt", "text/plain")
    return Report(
        "白石镇人民政府", "云岭县", 2023, form, generations, tuple(facts), (), (), (), (), (), source
    )


def requests(**lines: int) -> Figures:
    """Figures that stand in the natural persons' column and in the total."""
    return {
        (REQUESTS, line, column): number
        for line, number in lines.items()
        for column in ("natural_person", "total")
    }


def found(figures: Figures, form: str = "2021") -> list[tuple[str, str, str, object, object]]:
    """The arithmetic findings."""
    arithmetic = {check.id for check in checks.CHECKS if check.kind == "arithmetic"}
    run = checks.run(report(figures, form))
    return [(f.check, f.line, f.column, f.expected, f.actual) for f in run if f.check in arithmetic]


GOOD = requests(received=5, carried_in=1, disclosed=3, not_held=1, closed=4, carried_out=2)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_consistent_report_has_no_finding(form: str) -> None:
    assert found({}, form) == []
    assert found(GOOD, form) == []


def test_requests_received_must_be_closed_or_carried_out() -> None:
    figures = {**GOOD, **requests(carried_out=1)}
    assert found(figures) == [
        ("requests-balance", "carried_out", column, Decimal(2), Decimal(1))
        for column in ("natural_person", "total")
    ]


def test_closed_must_be_the_sum_of_the_outcomes() -> None:
    figures = {**GOOD, **requests(closed=5, carried_out=1)}
    assert found(figures) == [
        ("requests-closed", "closed", column, Decimal(4), Decimal(5))
        for column in ("natural_person", "total")
    ]


def test_closed_sums_the_one_line_of_other_outcomes_in_the_older_form() -> None:
    figures = requests(received=2, disclosed=1, otherwise_closed=1, closed=2)
    assert found(figures, "2019") == []


def test_a_total_must_be_the_sum_of_the_applicants() -> None:
    figures = {**GOOD, (REQUESTS, "disclosed", "enterprise"): 1, (REQUESTS, "received", "enterprise"): 1}
    rows = [finding for finding in found(figures) if finding[0] == "requests-row-total"]
    assert rows == [
        ("requests-row-total", line, "total", Decimal(total), Decimal(total - 1))
        for line, total in (("received", 6), ("disclosed", 4))
    ]


def test_cases_are_whole_numbers() -> None:
    assert ("counts-are-whole", "direct_suit", "pending", None, Decimal("0.5")) in found(
        {(REVIEW, "direct_suit", "pending"): "0.5", (REVIEW, "direct_suit", "total"): "0.5"}
    )
    assert ("counts-are-whole", "received", "other", None, Decimal(-1)) in found(
        {(REQUESTS, "received", "other"): -1}
    )


def test_nothing_comes_of_no_requests() -> None:
    assert ("nothing-in-nothing-out", "process", "research", Decimal(0), Decimal(2)) in found(
        {(REQUESTS, "process", "research"): 2}
    )


def test_a_path_of_review_is_the_sum_of_its_results() -> None:
    figures: Figures = {
        (REVIEW, "reconsideration", "upheld"): 10,
        (REVIEW, "reconsideration", "corrected"): 1,
    }
    assert found(figures) == [("review-total", "reconsideration", "total", Decimal(11), Decimal(0))]
    assert found({**figures, (REVIEW, "reconsideration", "total"): 11}) == []


def test_the_checks_are_silent_on_blanks() -> None:
    blank: Figures = {(REQUESTS, "closed", column): None for column in APPLICANTS}
    blank |= {(REVIEW, "reconsideration", result): None for result in RESULTS[:2]}
    assert found({**GOOD, **blank, (REVIEW, "reconsideration", "total"): 9}) == []


def test_a_dash_counts_for_nothing() -> None:
    dashed: Figures = {(REVIEW, "direct_suit", result): "—" for result in RESULTS}
    dashed |= {(REQUESTS, line, "other"): "—" for line in ("received", "carried_in", "closed", "carried_out")}
    assert found({**GOOD, **dashed}) == []
    assert found({**GOOD, **dashed, (REVIEW, "direct_suit", "total"): 2}) == [
        ("review-total", "direct_suit", "total", Decimal(0), Decimal(2))
    ]
    assert ("requests-balance", "carried_out", "total", Decimal(2), None) in found(
        {**GOOD, **dashed, (REQUESTS, "carried_out", "total"): "—"}
    )


def test_a_total_may_not_be_less_than_those_of_its_parts_that_are_known() -> None:
    figures: Figures = {(REVIEW, "direct_suit", "upheld"): 3, (REVIEW, "direct_suit", "pending"): None}
    assert found({**figures, (REVIEW, "direct_suit", "total"): 4}) == []
    assert found({**figures, (REVIEW, "direct_suit", "total"): 2}) == [
        ("review-total", "direct_suit", "total", None, Decimal(2))
    ]


def test_a_report_without_tables_breaks_no_identity() -> None:
    found = checks.run(replace(report({}), facts=(), forms=()))
    assert {finding.check for finding in found} == {"all-sections"}


def test_every_check_says_its_rule_in_both_languages() -> None:
    assert len({check.id for check in checks.CHECKS}) == len(checks.CHECKS)
    assert all(
        check.basis and check.message_zh.isprintable() and check.message_en.isascii()
        for check in checks.CHECKS
    )
