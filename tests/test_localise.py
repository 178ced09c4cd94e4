"""Which cell is most likely wrong, when a sum fails."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from test_checks import Figures, report

from etl.checks import localise
from etl.forms import APPLICANTS, REQUESTS, REVIEW

LINES = ("disclosed", "disclosed_in_part", "not_held", "petition", "case_files")


def consistent(seed: int) -> Figures:
    """Figures of table 3 that satisfy every identity."""
    chance = random.Random(seed)
    figures: Figures = {}
    for column in APPLICANTS[:-1]:
        outcomes = {line: chance.randint(1, 40) for line in LINES}
        closed = sum(outcomes.values())
        carried_in, carried_out = chance.randint(0, 9), chance.randint(0, 9)
        cells = {**outcomes, "closed": closed, "carried_in": carried_in, "carried_out": carried_out}
        cells["received"] = closed + carried_out - carried_in
        figures |= {(REQUESTS, line, column): number for line, number in cells.items()}
    for line in (*LINES, "closed", "carried_in", "carried_out", "received"):
        figures[REQUESTS, line, "total"] = sum(
            int(figures[REQUESTS, line, column] or 0) for column in APPLICANTS[:-1]
        )
    return figures


def test_a_consistent_report_needs_no_proposal() -> None:
    assert localise.proposals(report(consistent(1))) == ()


@pytest.mark.parametrize("seed", range(4))
def test_one_wrong_cell_is_the_only_proposal(seed: int) -> None:
    figures = consistent(seed)
    wrong = random.Random(seed).choice([cell for cell in figures if figures[cell]])
    ((changes,),) = localise.proposals(report({**figures, wrong: int(figures[wrong] or 0) + 10}))
    assert [(change.cell, change.proposed) for change in changes] == [(wrong, figures[wrong])]


def test_a_request_moved_between_applicants_is_among_the_proposals() -> None:
    figures = consistent(9)
    moved = {
        (REQUESTS, "disclosed", "enterprise"): int(figures[REQUESTS, "disclosed", "enterprise"] or 0) + 1,
        (REQUESTS, "disclosed", "other"): int(figures[REQUESTS, "disclosed", "other"] or 0) - 1,
    }
    (alternatives,) = localise.proposals(report({**figures, **moved}))
    sets = [{change.cell: change.proposed for change in changes} for changes in alternatives]
    assert {cell: figures[cell] for cell in moved} in sets
    assert all(len(changes) == 2 for changes in alternatives)


def test_a_lone_sum_has_as_many_proposals_as_cells() -> None:
    figures: Figures = {(REVIEW, "direct_suit", "upheld"): 3, (REVIEW, "direct_suit", "total"): 5}
    (alternatives,) = localise.proposals(report(figures))
    assert {change.cell[2] for changes in alternatives for change in changes} >= {
        "upheld",
        "corrected",
        "total",
    }
    assert all(len(changes) == 1 for changes in alternatives)


def test_a_blank_takes_its_identities_out() -> None:
    figures: Figures = {(REVIEW, "direct_suit", "upheld"): None, (REVIEW, "direct_suit", "total"): 5}
    assert localise.proposals(report(figures)) == ()


def test_a_hopeless_table_has_no_small_proposal() -> None:
    chance = random.Random(3)
    facts = tuple(replace(fact, value=Decimal(chance.randint(1, 99))) for fact in report({}).facts)
    assert localise.proposals(replace(report({}), facts=facts))[0] == ()
