"""The statutory forms as data: one YAML a generation, laid out in the order of print."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Item:
    """A line or a column of a form. A `total` sums its siblings; `basis` is the article it rests on.

    A line with `parts` is a heading; its numbers stand in its parts. `money` allows decimals; `unit` is printed
    beside the line where the form has a column for it. What is `unitless` no form gives a unit for, and filings print
    what they like: its numbers are neither added nor compared.
    """

    key: str
    label: str
    basis: str = ""
    total: bool = False
    money: bool = False
    unitless: bool = False
    note: str = ""
    unit: str = ""
    parts: tuple["Item", ...] = ()

    def leaves(self) -> Iterator["Item"]:
        """The lines below this one that carry numbers; itself if it has no parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that share their columns; table 2 has several, tables 3 and 4 have one."""

    basis: str
    columns: tuple[Item, ...]
    lines: tuple[Item, ...]

    def leaves(self) -> Iterator[Item]:
        """The lines that carry numbers, in the order of print."""
        for line in self.lines:
            yield from line.leaves()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A statutory table (表): its key, title, the group heads printed above the columns, its blocks."""

    key: str
    title: str
    heads: tuple[str, ...]
    blocks: tuple[Block, ...]
    note: str = ""

    def line_labels(self) -> dict[str, str]:
        """The labels of the lines that carry numbers, by their keys."""
        return {leaf.key: leaf.label for block in self.blocks for leaf in block.leaves()}

    def column_labels(self) -> dict[str, str]:
        """The labels of the columns, by their keys."""
        return {column.key: column.label for block in self.blocks for column in block.columns}

    def cells(self) -> Iterator[tuple[str, str]]:
        """Every (line, column) of the schedule, in the order of print."""
        for block in self.blocks:
            for line in block.leaves():
                for column in block.columns:
                    yield line.key, column.key

    def comparable_cells(self) -> Iterator[tuple[str, str]]:
        """The cells whose numbers of several filings can be compared: of which the form gives the unit."""
        unitless = {column.key for block in self.blocks for column in block.columns if column.unitless}
        return (cell for cell in self.cells() if cell[1] not in unitless)


@dataclass(frozen=True, slots=True)
class Form:
    """A generation of the form: its key is the first year it was due for, `notice` the order that made it."""

    key: str
    notice: str
    first_year: int
    schedules: tuple[Schedule, ...]

    def schedule(self, key: str) -> Schedule:
        """The schedule named `key`; KeyError if the form has none."""
        for schedule in self.schedules:
            if schedule.key == key:
                return schedule
        raise KeyError(f"form {self.key} has no schedule {key}")


def _item(raw: dict[str, Any], basis: str = "") -> Item:
    parts = tuple(_item(part, basis) for part in raw.pop("parts", ()))
    return Item(**{"basis": basis, **raw}, parts=parts)


def _block(raw: dict[str, Any]) -> Block:
    basis = raw.get("basis", "")
    return Block(
        basis,
        tuple(_item(column, basis) for column in raw["columns"]),
        tuple(_item(line, basis) for line in raw["lines"]),
    )


def _schedule(raw: dict[str, Any]) -> Schedule:
    blocks = raw.get("blocks") or [raw]
    return Schedule(
        raw["key"],
        raw["title"],
        tuple(raw["heads"]),
        tuple(_block(block) for block in blocks),
        raw.get("note", ""),
    )


@cache
def load() -> tuple[Form, ...]:
    """All forms, oldest first. A malformed file raises and names itself."""
    forms = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        try:
            schedules = tuple(_schedule(schedule) for schedule in raw["schedules"])
            forms.append(Form(raw["key"], raw["notice"], raw["first_year"], schedules))
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error}; compare it with its neighbours") from error
    return tuple(forms)


def form(key: str) -> Form:
    """The form named `key` ("2014", "2019", "2021"); KeyError if there is none."""
    for candidate in load():
        if candidate.key == key:
            return candidate
    raise KeyError(f"no form {key}")


def having(schedule: str) -> tuple[Form, ...]:
    """The forms that have a schedule, oldest first: the one of 2014 is a single table of its own."""
    return tuple(form for form in load() if any(own.key == schedule for own in form.schedules))


@cache
def blocks(schedule: str, line: str) -> tuple[tuple[str, Block], ...]:
    """The blocks of a schedule that have a line, on any form, each with the form's key."""
    return tuple(
        (form.key, block)
        for form in having(schedule)
        for block in form.schedule(schedule).blocks
        if line in {leaf.key for leaf in block.leaves()}
    )


@cache
def names(schedule: str) -> tuple[dict[str, str], dict[str, str]]:
    """The labels of a table's lines and columns on any form: an older filing's error may stand in an older cell."""
    known = [form.schedule(schedule) for form in having(schedule)]
    lines = {key: label for one in known for key, label in one.line_labels().items()}
    return lines, {key: label for one in known for key, label in one.column_labels().items()}


def titles(schedules: Container[str]) -> list[str]:
    """The titles of these schedules, in the order of the latest form."""
    return [one.title for one in load()[-1].schedules if one.key in schedules]


def place(schedule: str, line: str = "", column: str = "") -> str:
    """Where a table, a line or a cell stands, in the words of the form."""
    lines, columns = names(schedule)
    found = having(schedule)[-1].schedule(schedule).title
    if line:
        found += f"“{lines[line]}”"
    return f"{found}（{columns[column]}）" if column else found


@cache
def is_money(schedule: str, line: str, column: str) -> bool:
    """Whether a cell states money, which has decimals, on any form."""
    blocks = [block for one in having(schedule) for block in one.schedule(schedule).blocks]
    items = (item for block in blocks for item in (*block.columns, *block.leaves()))
    return any(item.money and item.key in (line, column) for item in items)


PROACTIVE, REQUESTS, REVIEW = (schedule.key for schedule in load()[-1].schedules)
(STATISTICS,) = (schedule.key for schedule in form("2014").schedules)
APPLICANTS = tuple(column.key for column in load()[-1].schedule(REQUESTS).blocks[0].columns)
RESULTS = tuple(column.key for column in load()[-1].schedule(REVIEW).blocks[0].columns)
PATHS = tuple(line.key for line in load()[-1].schedule(REVIEW).blocks[0].lines)
