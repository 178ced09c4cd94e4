"""The Chinese words of the return's documents, and how numbers, places and doubts are written in them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl import forms
from etl.checks import CHECKS
from etl.forms import APPLICANTS, REQUESTS
from etl.returns.roll_up import LACKING, Doubt, RollUp
from etl.returns.unit import Cell, schedules

_WORDS = Path(__file__).parents[1] / "lookups" / "county_return.yaml"
_TABLES = "二三四"


@cache
def words() -> dict[str, Any]:
    """The words by key."""
    found: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return found


def number(value: Decimal | None) -> str:
    """A number without zeros that say nothing; empty for none."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def table(schedule: str) -> str:
    """The numeral of a table: 二, 三 or 四."""
    keys = [own.key for own in schedules()]
    return _TABLES[keys.index(schedule)]


def place(where: Cell) -> str:
    """Where something stands: a cell, a line, a table; empty for the whole return."""
    schedule, line, column = where
    if not schedule:
        return ""
    lines, columns = forms.names(schedule)
    kind = "place_cell" if line and column else "place_line" if line else "place"
    named = {"line": lines[line] if line else "", "column": columns[column] if column else ""}
    said: str = words()[kind].format(table=table(schedule), **named)
    return said


def listed(doubts: Sequence[Doubt]) -> list[tuple[str, str, str]]:
    """Doubts as unit, what is the matter, and all the places where it is."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for doubt in doubts:
        detail = message(doubt.detail) if doubt.kind == "error" else doubt.detail
        said = words()["kinds"][doubt.kind].format(detail=detail)
        grouped.setdefault((doubt.unit, said), []).append(place(doubt.source))
    return [(unit, said, joined(filter(None, places))) for (unit, said), places in grouped.items()]


@cache
def _messages() -> dict[str, str]:
    return {check.id: check.message_zh for check in CHECKS}


def message(check: str) -> str:
    """What a rule says."""
    return _messages()[check]


def joined(names: Iterable[str]) -> str:
    """Names in a row."""
    said: str = words()["separator"].join(dict.fromkeys(names))
    return said


def title(rolled: RollUp) -> str:
    """The title of the return."""
    said: str = words()["title"].format(county=rolled.county, year=rolled.year)
    return said


def notes(rolled: RollUp, schedule: str) -> str:
    """What stands under a table: how it was made, what is lacking, how many cells are in doubt."""
    said = words()
    text: str = said["note"].format(units=len(rolled.units), filed=len(rolled.filed))
    bearing = [doubt for doubt in rolled.doubts if doubt.where[0] in ("", schedule)]
    marked = sum(cell[0] == schedule and bool(summed.doubts) for cell, summed in rolled.sums.items())
    if rolled.missing:
        text += said["note_missing"].format(names=joined(unit.name for unit in rolled.missing))
    elif any(doubt.kind in LACKING for doubt in bearing):
        text += said["note_other"]
    if marked:
        text += said["note_marked"].format(n=marked)
    if schedule == REQUESTS and rolled.undivided:
        total = rolled.otherwise[APPLICANTS[-1]].value
        text += said["note_undivided"].format(total=number(total), n=number(rolled.undivided))
    if any(cell[0] == schedule and summed.value is None for cell, summed in rolled.sums.items()):
        text += said["note_blank"]
    return text if bearing else text + said["note_settled"]
