"""What a unit gives to the sum: the filing that counts, with its cells, and what is known to be wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl import forms
from etl.forms import Schedule
from etl.report import State

# Schedule, line, column.
Cell = tuple[str, str, str]
WHOLE: Cell = ("", "", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as filed: `value` is None unless `state` is STATED. `by_person` says that a person read it, not the reader."""

    value: Decimal | None
    state: State = State.STATED
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing's tables. `forms` gives the generation of each schedule found; an empty `sha256` stands for figures entered by hand."""

    forms: Mapping[str, str]
    entries: Mapping[Cell, Entry]
    sha256: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Error:
    """A finding nobody has settled: where it stands (empty keys for a whole line or table), and the check's id."""

    where: Cell
    check: str
    expected: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the county and what it filed on a year; `filing` is None when nothing was filed, or nothing legible.

    `level` is that of the register, empty when the unit is not on it. `unsure` says that of several filings nobody
    knows which is the newest; `superseded` are those that do not count.
    """

    name: str
    level: str
    filing: Filing | None = None
    superseded: tuple[Filing, ...] = ()
    errors: tuple[Error, ...] = ()
    unsure: bool = False


def schedules() -> tuple[Schedule, ...]:
    """The tables of the return: those of the newest form."""
    return forms.load()[-1].schedules


def cells() -> Iterator[Cell]:
    """Every cell of the return, in the order of print."""
    for schedule in schedules():
        yield from ((schedule.key, *cell) for cell in schedule.cells())


def covers(where: Cell, cell: Cell) -> bool:
    """Whether a place, in which an empty key stands for any, includes a cell."""
    return all(not wanted or wanted == key for wanted, key in zip(where, cell, strict=True))
