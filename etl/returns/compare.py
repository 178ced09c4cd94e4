"""The sum held against last year's, against the county's own filing, and against the identities of the form."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.checks.arithmetic import ARITHMETIC
from etl.checks.rule import Finding
from etl.forms import APPLICANTS, REQUESTS
from etl.report import Fact, Report, Source, State
from etl.returns.roll_up import LACKING, RollUp
from etl.returns.unit import Cell, Filing, Unit, covers


@dataclass(frozen=True, slots=True)
class Break:
    """A unit that carries in another number than it carried out the year before."""

    unit: str
    carried_out: Decimal
    carried_in: Decimal


@dataclass(frozen=True, slots=True)
class Carried:
    """A kind of applicant over the turn of the year: carried in now, carried out then.

    `filed` is what the county's own return of the year before says, `summed` what its units' filings add up to; None
    where there is none.
    """

    column: str
    carried_in: Decimal | None
    filed: Decimal | None
    summed: Decimal | None
    breaks: tuple[Break, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing that is known contradicts what is carried in."""
        return self.carried_in is None or {self.filed, self.summed} <= {None, self.carried_in}


@dataclass(frozen=True, slots=True)
class Reason:
    """How one unit would explain a difference: `kind` is one of REASONS."""

    unit: str
    kind: str


REASONS = ("left-out", "counted-twice", "superseded", "mistaken", "lacking")


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of the county's own filing that is not our sum; either side is None where it has no number."""

    cell: Cell
    filed: Decimal | None
    summed: Decimal | None
    reasons: tuple[Reason, ...]


def carry_over(now: RollUp, before: RollUp, filed: Filing | None) -> tuple[Carried, ...]:
    """Requests carried into the year against those carried out of the year before, by applicant."""
    told = filed.entries if filed else {}
    found = []
    for column in APPLICANTS:
        into, out = (REQUESTS, "carried_in", column), (REQUESTS, "carried_out", column)
        said = told[out].value if out in told else None
        breaks = tuple(_breaks(now, before, into, out))
        found.append(Carried(column, now.sums[into].value, said, before.sums[out].value, breaks))
    return tuple(found)


def _breaks(now: RollUp, before: RollUp, into: Cell, out: Cell) -> Iterator[Break]:
    carried_out = {part.unit: part.value for part in before.sums[out].parts}
    for part in now.sums[into].parts:
        if part.unit in carried_out and carried_out[part.unit] != part.value:
            yield Break(part.unit, carried_out[part.unit], part.value)


def differences(rolled: RollUp, filed: Filing) -> tuple[Difference, ...]:
    """Every cell that the county's filing and the sum state otherwise; a cell its form does not have is none."""
    found = []
    for cell, summed in rolled.sums.items():
        if cell in filed.entries and filed.entries[cell].value != summed.value:
            said = filed.entries[cell].value
            reasons = tuple(_reasons(rolled, cell, said, summed.value))
            found.append(Difference(cell, said, summed.value, reasons))
    return _ranked(found)


def _ranked(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """The differences, each with the reasons that explain most of them: one number alone is easily met by chance."""
    weights = dict(suspects(found))
    return tuple(
        replace(one, reasons=tuple(reason for reason in one.reasons if weights[reason] == best))
        for one in found
        for best in [max((weights[reason] for reason in one.reasons), default=0)]
    )


def suspects(found: Sequence[Difference]) -> tuple[tuple[Reason, int], ...]:
    """The reasons by how many of the differences each would explain, the most telling first."""
    counted = Counter(reason for difference in found for reason in difference.reasons)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], REASONS.index(one[0].kind), one[0].unit))
    return tuple(ranked)


def _reasons(rolled: RollUp, cell: Cell, filed: Decimal | None, summed: Decimal | None) -> Iterator[Reason]:
    if filed is None:
        return
    off = filed - (summed or Decimal(0))
    given = {part.unit: part.value for part in rolled.sums[cell].parts}
    lacking = {doubt.unit for doubt in rolled.concerning(cell) if doubt.kind in LACKING}
    for unit in rolled.units:
        value = given.get(unit.name)
        yield from (Reason(unit.name, kind) for kind in _kinds(unit, cell, value, off))
        if unit.name in lacking and off > 0:
            yield Reason(unit.name, "lacking")


def _kinds(unit: Unit, cell: Cell, value: Decimal | None, off: Decimal) -> Iterator[str]:
    """What would make one unit's figure explain that the county's is `off` from the sum."""
    if value:
        if off == -value:
            yield "left-out"
        if off == value:
            yield "counted-twice"
    if value is None:
        return
    former = {old.entries[cell].value for old in unit.superseded if cell in old.entries}
    if value + off in former:
        yield "superseded"
    meant = {error.expected for error in unit.errors if error.where == cell and error.actual == value}
    if value + off in meant:
        yield "mistaken"


def imbalances(rolled: RollUp) -> tuple[Finding, ...]:
    """The identities of the form that the sums do not keep, because some unit's figures do not, or are lacking."""
    return broken({cell: summed.value for cell, summed in rolled.sums.items()})


def broken(values: Mapping[Cell, Decimal | None]) -> tuple[Finding, ...]:
    """The identities of the newest form that figures do not keep."""
    facts = tuple(
        Fact(*cell, value, State.BLANK if value is None else State.STATED, "")
        for cell, value in values.items()
    )
    report = Report(None, None, None, None, (), facts, (), (), (), (), (), Source("", "", ""))
    return tuple(
        Finding(check.id, *breach.where, breach.expected, breach.actual, breach.quotes)
        for check in ARITHMETIC
        for breach in check.find(report, None)
    )


def of_cell(rolled: RollUp, cell: Cell) -> tuple[tuple[Unit, Decimal | None, tuple[str, ...]], ...]:
    """The units behind a cell: what each gives, None for nothing, and the kinds of doubt about it."""
    given = {part.unit: part.value for part in rolled.sums[cell].parts}
    kinds: dict[str, list[str]] = {}
    for doubt in rolled.doubts:
        if covers(doubt.where, cell):
            kinds.setdefault(doubt.unit, []).append(doubt.kind)
    return tuple(
        (unit, given.get(unit.name), tuple(dict.fromkeys(kinds.get(unit.name, ())))) for unit in rolled.units
    )
