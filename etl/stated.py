"""Which cell of the tables a number of the prose speaks of, and what is printed there."""

from collections.abc import Mapping
from decimal import Decimal

from etl import forms
from etl.forms import PROACTIVE, REQUESTS, REVIEW
from etl.report import Report

Cell = tuple[str, str, str]
Cells = Mapping[Cell, Decimal | None]
_ONE_CELL: dict[str, Cell] = {
    "requests_carried_in": (REQUESTS, "carried_in", "total"),
    "requests_closed": (REQUESTS, "closed", "total"),
    "requests_carried_out": (REQUESTS, "carried_out", "total"),
    "requests_disclosed": (REQUESTS, "disclosed", "total"),
    "requests_disclosed_in_part": (REQUESTS, "disclosed_in_part", "total"),
    "reconsiderations": (REVIEW, "reconsideration", "total"),
    **{
        f"normative_documents_{column}": (PROACTIVE, "normative_documents", column)
        for column in ("issued", "repealed", "in_force")
    },
}
_BRANCHES = {
    "requests_withheld": "withheld",
    "requests_unavailable": "unavailable",
    "requests_otherwise_closed": "otherwise",
}


def cells(report: Report) -> Cells:
    """The values of a report by (schedule, line, column); None for a cell without a number."""
    return {(fact.schedule, fact.line, fact.column): fact.value for fact in report.facts}


def total(values: list[Decimal | None]) -> Decimal | None:
    """The sum, None when there is nothing to add or a number is missing: a blank is not a zero."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def due(generations: Mapping[str, str], values: Cells, metric: str) -> tuple[Cell, list[Decimal]]:
    """The cell a metric speaks of, and the numbers that would agree with it; none when a cell has no number.

    `generations` are the forms of the schedules. 收到 may count the requests carried in as well.
    """
    if metric == "requests_received":
        where = (REQUESTS, "received", "total")
        received, carried = values.get(where), values.get((REQUESTS, "carried_in", "total"))
        return where, [value for value in (received, total([received, carried])) if value is not None]
    if metric == "suits":
        suits = [values.get((REVIEW, path, "total")) for path in forms.PATHS[1:]]
        return (REVIEW, forms.PATHS[1], "total"), _known(total(suits))
    if metric in _BRANCHES:
        lines = _branch(generations, _BRANCHES[metric])
        added = total([values.get((REQUESTS, line, "total")) for line in lines])
        return (REQUESTS, lines[0] if lines else "", "total"), _known(added)
    where = _ONE_CELL.get(metric, ("", "", ""))
    return where, _known(values.get(where))


def _known(value: Decimal | None) -> list[Decimal]:
    return [] if value is None else [value]


def _branch(generations: Mapping[str, str], key: str) -> list[str]:
    """The lines of table 3 below one heading, in the generation that the report uses."""
    generation = generations.get(REQUESTS)
    if generation is None:
        return []
    (block,) = forms.form(generation).schedule(REQUESTS).blocks
    for line in block.lines:
        for part in line.parts:
            if part.key == key or (key == "otherwise" and part.key == "otherwise_closed"):
                return [leaf.key for leaf in part.leaves()]
    return []
