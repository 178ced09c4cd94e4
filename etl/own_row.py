"""The county office's own row of the return, entered by hand: who, when and what; kept with the decisions.

It belongs to no filing, so a build, which is made of filings alone, cannot hold it. Like a decision it is a person's
word: the newest counts, the earlier ones stay.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from etl import forms, ledger
from etl.report import State
from etl.returns.unit import Cell, Entry, Filing, cells, schedules

_MONEY = {
    (schedule.key, line.key, column.key)
    for schedule in schedules()
    for block in schedule.blocks
    for line in block.leaves()
    for column in block.columns
    if column.money
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as entered: the unit it stands for, its figures, who entered it and when (local time, ISO)."""

    county: str
    year: int
    unit: str
    figures: tuple[tuple[Cell, Decimal], ...]
    who: str
    at: str

    @property
    def filing(self) -> Filing:
        """The row as a unit's tables: a cell that nobody has filled in is blank."""
        known = dict(self.figures)
        entries = {
            cell: Entry(known[cell]) if cell in known else Entry(None, State.BLANK) for cell in cells()
        }
        return Filing(
            dict.fromkeys((schedule.key for schedule in schedules()), forms.load()[-1].key), entries
        )


def record(county: str, year: int, unit: str, figures: Mapping[Cell, Decimal], who: str) -> None:
    """Keep a row; without figures it takes the row back.

    Raises ValueError without a unit or a name, and for a figure that is below zero or no whole number.
    """
    if not unit.strip() or not who.strip():
        raise ValueError("unit" if not unit.strip() else "who")
    _check(figures)
    kept = json.dumps({".".join(cell): str(value) for cell, value in figures.items()})
    at = datetime.now().isoformat(timespec="seconds")
    row = {"county": county, "year": year, "unit": unit.strip(), "figures": kept, "who": who.strip()}
    ledger.add("enter_row", [row | {"at": at}])


def of(county: str, year: int) -> Row | None:
    """The newest row of a county's year; None when there is none, or it was taken back."""
    found = next(iter(ledger.asked("own_row", county=county, year=year)), None)
    if found is None:
        return None
    kept = json.loads(found["figures"])
    figures = tuple((_cell(name), Decimal(value)) for name, value in kept.items())
    row = Row(county, year, found["unit"], figures, found["who"], found["at"])
    return row if figures else None


def _cell(name: str) -> Cell:
    schedule, line, column = name.split(".")
    return schedule, line, column


def _check(figures: Mapping[Cell, Decimal]) -> None:
    """Nothing is below zero, and only money has decimals. Raises ValueError naming the cell."""
    for cell, value in figures.items():
        whole = value == value.to_integral_value() or cell in _MONEY
        if value < 0 or not whole:
            raise ValueError(".".join(cell))
