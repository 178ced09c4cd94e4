"""The sum of the units' tables, cell by cell, on the newest form, and everything that leaves it unsettled.

What may be added across generations of the form follows from the keys: the same meaning has the same key, a changed
meaning another one. The one quantity that joins only as a total is （六）其他处理, which the older form does not divide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from etl import forms
from etl.forms import APPLICANTS, REQUESTS
from etl.report import State
from etl.returns.unit import WHOLE, Cell, Entry, Filing, Unit, cells, covers, schedules

UNDIVIDED = "otherwise_closed"
DIVIDED = tuple(
    leaf.key
    for item in forms.load()[-1].schedule(REQUESTS).blocks[0].lines
    for part in item.parts
    if part.key == "otherwise"
    for leaf in part.leaves()
)
# What can only add to a sum, and what may change it either way.
LACKING = (
    "missing",
    "no-table",
    "other-form",
    "undivided",
    "blank",
    "dashed",
    "illegible",
    "not-found",
)
DISPUTED = ("error", "unsure", "unregistered", "no-register")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a sum is not settled: the unit, the kind (of LACKING or DISPUTED), where it bears; empty keys stand for any.

    `detail` has the number, or the id of the check, that a person needs to settle it.
    """

    unit: str
    kind: str
    where: Cell = WHOLE
    detail: str = ""

    @property
    def source(self) -> Cell:
        """Where the reason stands in the filing: what is not divided stands there as a total."""
        schedule, line, column = self.where
        return (schedule, UNDIVIDED if self.kind == "undivided" else line, column)


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit gives to a sum."""

    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """A summed cell: `value` is None where no unit states a number; `doubts` are those of this very cell or line."""

    value: Decimal | None
    parts: tuple[Part, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """The county's tables for a year; `otherwise` is （六）其他处理 as a total, by applicant, over both forms."""

    county: str
    year: int
    units: tuple[Unit, ...]
    sums: dict[Cell, Sum]
    doubts: tuple[Doubt, ...]
    otherwise: dict[str, Sum]

    @property
    def filed(self) -> tuple[Unit, ...]:
        """The units of which something is added."""
        return tuple(unit for unit in self.units if unit.filing)

    @property
    def missing(self) -> tuple[Unit, ...]:
        """The units that gave nothing."""
        return tuple(unit for unit in self.units if not unit.filing)

    @property
    def is_lower_bound(self) -> bool:
        """Whether something is lacking that can only add to the sums."""
        return any(doubt.kind in LACKING for doubt in self.doubts)

    @property
    def undivided(self) -> Decimal:
        """How many requests stand in （六）其他处理 as a total, and in none of its lines."""
        lines = (self.sums[REQUESTS, line, APPLICANTS[-1]].value for line in DIVIDED)
        whole = self.otherwise[APPLICANTS[-1]].value
        return (whole or Decimal(0)) - sum((value for value in lines if value is not None), Decimal(0))

    def concerning(self, cell: Cell) -> tuple[Doubt, ...]:
        """Every doubt that bears on a cell, those about whole tables and units included."""
        return tuple(doubt for doubt in self.doubts if covers(doubt.where, cell))


def roll_up(county: str, year: int, units: Sequence[Unit]) -> RollUp:
    """Add the units' tables up. The order of the units does not matter to the sums."""
    known = any(unit.level for unit in units)
    doubts = [] if known else [Doubt("", "no-register")]
    for unit in units:
        doubts += _doubts(unit, known)
    return RollUp(
        county,
        year,
        tuple(units),
        {cell: _sum(units, (cell,), doubts) for cell in cells()},
        tuple(doubts),
        {column: _otherwise(units, column, doubts) for column in APPLICANTS},
    )


def _sum(units: Sequence[Unit], among: Sequence[Cell], doubts: Sequence[Doubt]) -> Sum:
    parts = []
    for unit in units:
        entries = unit.filing.entries if unit.filing else {}
        values = [entries[cell].value for cell in among if cell in entries]
        known = [value for value in values if value is not None]
        if known:
            parts.append(Part(unit.name, sum(known, Decimal(0))))
    own = tuple(
        doubt for doubt in doubts if doubt.where[1] and any(covers(doubt.where, cell) for cell in among)
    )
    value = sum((part.value for part in parts), Decimal(0)) if parts else None
    return Sum(value, tuple(parts), own)


def _otherwise(units: Sequence[Unit], column: str, doubts: Sequence[Doubt]) -> Sum:
    """（六）其他处理 as a total: what is not divided is no doubt here."""
    among = [(REQUESTS, line, column) for line in (*DIVIDED, UNDIVIDED)]
    return _sum(units, among, [doubt for doubt in doubts if doubt.kind != "undivided"])


def _doubts(unit: Unit, known: bool) -> Iterator[Doubt]:
    if unit.filing is None:
        yield Doubt(unit.name, "missing")
        return
    if known and not unit.level:
        yield Doubt(unit.name, "unregistered")
    if unit.unsure:
        yield Doubt(unit.name, "unsure")
    yield from _wider([_lacking(unit.name, unit.filing, cell) for cell in cells()])
    for error in unit.errors:
        if _bears(error.where):
            yield Doubt(unit.name, "error", error.where, error.check)


def _bears(where: Cell) -> bool:
    """Whether an error stands where something is added: what only an older form asks for is no part of the return."""
    return where[1] == UNDIVIDED or any(covers(where, cell) for cell in cells())


def _lacking(unit: str, filing: Filing, cell: Cell) -> tuple[Cell, Doubt | None]:
    """Why a cell of a filing gives nothing to the sum; no doubt where it gives a number."""
    entry = filing.entries.get(cell)
    if entry is not None:
        kind = "" if entry.state is State.STATED else entry.state.value
        return cell, Doubt(unit, kind, cell) if kind else None
    whole = filing.entries.get((cell[0], UNDIVIDED, cell[2])) if cell[1] in DIVIDED else None
    if whole is not None:
        return cell, _undivided(unit, cell, whole)
    return cell, Doubt(unit, _why_absent(filing, cell[0]), cell)


def _undivided(unit: str, cell: Cell, whole: Entry) -> Doubt | None:
    """A total of nothing leaves nothing to divide; any other has to be divided by a person."""
    if whole.value is None:
        return Doubt(unit, whole.state.value, cell)
    return Doubt(unit, "undivided", cell, format(whole.value.normalize(), "f")) if whole.value else None


def _why_absent(filing: Filing, schedule: str) -> str:
    generation = filing.forms.get(schedule)
    if generation is None:
        return "other-form" if set(filing.forms) - {own.key for own in schedules()} else "no-table"
    return "not-found" if generation == forms.load()[-1].key else "other-form"


def _wider(found: Sequence[tuple[Cell, Doubt | None]]) -> Iterator[Doubt]:
    """One doubt where a whole table, or a whole line, lacks its numbers for the same reason; else one a cell."""
    for schedule, of_table in groupby(found, key=lambda one: one[0][0]):
        table = list(of_table)
        if same := _same(table):
            yield Doubt(same.unit, same.kind, (schedule, "", ""), same.detail)
            continue
        for (_, line), of_line in groupby(table, key=lambda one: one[0][:2]):
            cells_ = list(of_line)
            if (same := _same(cells_)) and len(cells_) > 1:
                yield Doubt(same.unit, same.kind, (schedule, line, ""), same.detail)
            else:
                yield from (doubt for _, doubt in cells_ if doubt)


def _same(found: Sequence[tuple[Cell, Doubt | None]]) -> Doubt | None:
    """The doubt of all the cells, when they have one of the same kind and detail."""
    reasons = {(doubt.kind, doubt.detail) if doubt else None for _, doubt in found}
    return found[0][1] if len(reasons) == 1 else None
