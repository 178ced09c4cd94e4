"""What the rules that count make of the invented figures, worked out here without the product's checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from data.sample.spec import Key, ReportSpec

_KINDS = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other")
_FLOWS = ("received", "carried_in", "closed", "carried_out")
_RESULTS = ("upheld", "corrected", "other_result", "pending")
_PATHS = ("reconsideration", "direct_suit", "suit_after_reconsideration")
_SAID = {
    "requests_received": ("requests", "received", "total"),
    "requests_carried_in": ("requests", "carried_in", "total"),
    "requests_closed": ("requests", "closed", "total"),
    "requests_carried_out": ("requests", "carried_out", "total"),
    "requests_disclosed": ("requests", "disclosed", "total"),
    "requests_disclosed_in_part": ("requests", "disclosed_in_part", "total"),
    "reconsiderations": ("review_litigation", "reconsideration", "total"),
    "normative_documents_issued": ("proactive", "normative_documents", "issued"),
    "normative_documents_repealed": ("proactive", "normative_documents", "repealed"),
    "normative_documents_in_force": ("proactive", "normative_documents", "in_force"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A finding that is due: the check, the cell, what the rule makes of the others, what is printed."""

    check: str
    schedule: str = ""
    line: str = ""
    column: str = ""
    expected: Decimal | None = None
    actual: Decimal | None = None


class _Cells(dict[Key, Decimal]):
    """The values that are stated; a sum of which a part is missing is None."""

    def sum(self, keys: list[Key]) -> Decimal | None:
        known = [self[key] for key in keys if key in self]
        return sum(known, Decimal(0)) if len(known) == len(keys) else None


def values(spec: ReportSpec) -> _Cells:
    """The stated values of a filing."""
    return _Cells({key: cell.value for key, cell in spec.cells.items() if cell.value is not None})


def arithmetic(spec: ReportSpec) -> Iterator[Row]:
    """The findings of the identities of tables 3 and 4."""
    cells = values(spec)
    lines = list(dict.fromkeys(line for schedule, line, _ in spec.cells if schedule == "requests"))
    outcomes = [line for line in lines if line not in _FLOWS]
    for kind in (*_KINDS, "total"):
        due = cells.sum([("requests", line, kind) for line in _FLOWS[:2]])
        spent = cells.sum([("requests", line, kind) for line in _FLOWS[2:]])
        if due is not None and spent is not None and due != spent:
            key = ("requests", "carried_out", kind)
            yield Row("requests-balance", *key, due - cells["requests", "closed", kind], cells[key])
        parts = [("requests", line, kind) for line in outcomes]
        yield from _unequal("requests-closed", cells, ("requests", "closed", kind), parts)
    for line in lines:
        yield from _unequal(
            "requests-row-total",
            cells,
            ("requests", line, "total"),
            [("requests", line, kind) for kind in _KINDS],
        )
    yield from _counts(cells, outcomes)
    for path in _PATHS:
        parts = [("review_litigation", path, result) for result in _RESULTS]
        yield from _unequal("review-total", cells, ("review_litigation", path, "total"), parts)


def _unequal(check: str, cells: _Cells, whole: Key, parts: list[Key]) -> Iterator[Row]:
    due = cells.sum(parts)
    if due is not None and whole in cells and due != cells[whole]:
        yield Row(check, *whole, due, cells[whole])


def _counts(cells: _Cells, outcomes: list[str]) -> Iterator[Row]:
    for key, value in cells.items():
        if key[0] != "proactive" and (value < 0 or value % 1):
            yield Row("counts-are-whole", *key, None, value)
        idle = key[1] in outcomes and key[2] in _KINDS
        if idle and value and cells.sum([("requests", line, key[2]) for line in _FLOWS[:2]]) == 0:
            yield Row("nothing-in-nothing-out", *key, Decimal(0), value)


def law(spec: ReportSpec) -> Iterator[Row]:
    """Rules made by a township, and fewer documents in force than were issued."""
    cells = values(spec)
    for key, value in cells.items():
        if key[:2] == ("proactive", "rules") and value:
            yield Row("township-makes-no-rules", *key, Decimal(0), value)
    issued, in_force = (
        cells.get(("proactive", "normative_documents", column)) for column in ("issued", "in_force")
    )
    if issued is not None and in_force is not None and in_force < issued:
        yield Row("in-force-covers-issued", "proactive", "normative_documents", "in_force", issued, in_force)


def continuity(spec: ReportSpec, before: ReportSpec) -> Iterator[Row]:
    """What does not go on from the year before."""
    cells, old = values(spec), values(before)
    yield from _carried_over(cells, old)
    names = [("proactive", "normative_documents", column) for column in ("in_force", "issued", "repealed")]
    stock, issued, repealed = old.get(names[0]), cells.get(names[1]), cells.get(names[2])
    if stock is not None and issued is not None and repealed is not None:
        yield from _unlike("stock-of-documents", cells, names[0], stock + issued - repealed)
    for key in cells:
        if key[2] == "prior_year_items":
            due = old.sum([key, (*key[:2], "change")])
            yield from _unlike("item-stock-2019", cells, key, due)


def _carried_over(cells: _Cells, old: _Cells) -> Iterator[Row]:
    """Where the totals agree and only the kinds of applicants differ, another check says so."""
    keys = {kind: ("requests", "carried_in", kind) for kind in (*_KINDS, "total")}
    due = {kind: old.get(("requests", "carried_out", kind)) for kind in keys}
    alike = cells.get(keys["total"]) == due["total"]
    for kind, key in keys.items():
        yield from _unlike("carry-over-by-applicant" if alike else "carry-over", cells, key, due[kind])


def _unlike(check: str, cells: _Cells, key: Key, due: Decimal | None) -> Iterator[Row]:
    if due is not None and key in cells and cells[key] != due:
        yield Row(check, *key, due, cells[key])


def prose(spec: ReportSpec) -> Iterator[Row]:
    """Numbers said in prose that the tables print otherwise; reviews beside an empty table 4 are another check's."""
    cells = values(spec)
    reviewed = any(value for (schedule, _, _), value in cells.items() if schedule == "review_litigation")
    for number in dict.fromkeys(spec.numbers):
        key = _SAID.get(number.metric)
        if key is None or key not in cells or cells[key] == number.value:
            continue
        if reviewed or key[0] != "review_litigation":
            yield Row("prose-agrees-with-table", *key, cells[key], Decimal(number.value))
