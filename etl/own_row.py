"""The county office's own row of the return, entered by hand: who, when and what; kept with the decisions.

It belongs to no filing, so a build, which is made of filings alone, cannot hold it. Like a decision it is a person's
word: the newest counts, the earlier ones stay.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

import sqlalchemy as sa

from etl import forms, ledger
from etl.report import State
from etl.returns.unit import Cell, Entry, Filing, cells


@dataclass(frozen=True, slots=True)
class Row:
    """A row as entered: the unit it stands for, its figures, who entered it and when (local time, ISO)."""

    county: str
    year: int
    unit: str
    figures: Mapping[Cell, Decimal]
    who: str
    at: str

    @property
    def filing(self) -> Filing:
        """The row as a unit's tables: a cell that nobody has filled in is blank."""
        newest = forms.load()[-1]
        entries = {
            cell: Entry(self.figures[cell]) if cell in self.figures else Entry(None, State.BLANK)
            for cell in cells()
        }
        return Filing({schedule.key: newest.key for schedule in newest.schedules}, entries)


_tables = sa.MetaData()
_rows = sa.Table(
    "own_rows",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("county", sa.String, nullable=False, index=True),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("unit", sa.String, nullable=False),
    sa.Column("figures", sa.Text, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("at", sa.String, nullable=False),
    sqlite_autoincrement=True,
)
ledger.keep(_rows)


def record(county: str, year: int, unit: str, figures: Mapping[Cell, Decimal], who: str) -> None:
    """Keep a row. Without figures it takes the row back. Raises ValueError without a unit or a name."""
    if not unit.strip() or not who.strip():
        raise ValueError("unit" if not unit.strip() else "who")
    kept = json.dumps({".".join(cell): str(value) for cell, value in figures.items()})
    at = datetime.now().isoformat(timespec="seconds")
    row = {"county": county, "year": year, "unit": unit.strip(), "figures": kept, "who": who.strip()}
    with ledger.base(_tables).begin() as base:
        base.execute(_rows.insert(), row | {"at": at})


def of(county: str, year: int) -> Row | None:
    """The newest row of a county's year; None when there is none, or it was taken back."""
    wanted = _rows.select().where(_rows.c.county == county, _rows.c.year == year)
    with ledger.base(_tables).connect() as base:
        found = base.execute(wanted.order_by(_rows.c.number.desc()).limit(1)).mappings().first()
    if found is None:
        return None
    figures = {_cell(name): Decimal(value) for name, value in json.loads(found["figures"]).items()}
    row = Row(county, year, found["unit"], figures, found["who"], found["at"])
    return row if figures else None


def _cell(name: str) -> Cell:
    schedule, line, column = name.split(".")
    return schedule, line, column


def figure(text: str, money: bool) -> Decimal | None:
    """A number as typed, None for nothing. Raises ValueError for what is no count (with `money`, no amount)."""
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or value < 0 or (not money and value != value.to_integral_value()):
        raise ValueError(text)
    return value
