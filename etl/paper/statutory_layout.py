"""The statutory tables as they stand on paper: every label and every cell with its place and its spans.

The merged cells are those of the template of 国办公开办函〔2021〕30号; whoever draws the tables draws these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.forms import PROACTIVE, REQUESTS, Item, Schedule

# A mark of doubt that readers of numbers know to be none: the printed 12* is twelve.
MARK = "*"
_NUMERALS = "一二三四五六七八九十"
_LABELS = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A label, or with `cell` (line, column) the place of a number; rows and columns count from 0.

    `money` marks an amount, which may have decimals.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    cell: tuple[str, str] | None = None
    money: bool = False


def slots(schedule: Schedule) -> tuple[Slot, ...]:
    """The table of a schedule of the newest form, row by row."""
    layout = {PROACTIVE: _proactive, REQUESTS: _requests}.get(schedule.key, _review)
    return tuple(sorted(layout(schedule), key=lambda slot: (slot.row, slot.column)))


def size(table: Sequence[Slot]) -> tuple[int, int]:
    """How many rows and columns a table has."""
    return max(slot.row + slot.rows for slot in table), max(slot.column + slot.columns for slot in table)


def title(number: int, schedule: Schedule) -> str:
    """The heading of the section a table stands in; `number` counts the sections from 1."""
    return f"{_NUMERALS[number - 1]}、{schedule.title}"


def numbers(items: Sequence[Item], above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The key of each line of table 3 that has cells, with its number on the form: 一, （二）, （三）1."""
    for at, item in enumerate(items):
        own = (above if depth > 1 else "") + _number(at, depth)
        if item.parts:
            yield from numbers(item.parts, own.rstrip("、."), depth + 1)
        else:
            yield item.key, own.rstrip("、.")


def _number(at: int, depth: int) -> str:
    return (f"{_NUMERALS[at]}、", f"（{_NUMERALS[at]}）", f"{at + 1}.")[depth]


def _proactive(schedule: Schedule) -> Iterator[Slot]:
    width = 1 + max(len(block.columns) for block in schedule.blocks)
    row = 0
    for block in schedule.blocks:
        span = (width - 1) // len(block.columns)
        yield Slot(row, 0, columns=width, text=block.basis)
        yield Slot(row + 1, 0, text=schedule.heads[0])
        for number, column in enumerate(block.columns):
            yield Slot(row + 1, 1 + number * span, columns=span, text=column.label)
        for at, line in enumerate(block.lines, row + 2):
            yield Slot(at, 0, text=line.label)
            for number, column in enumerate(block.columns):
                yield Slot(
                    at, 1 + number * span, columns=span, cell=(line.key, column.key), money=column.money
                )
        row += 2 + len(block.lines)


def _requests(schedule: Schedule) -> Iterator[Slot]:
    (block,) = schedule.blocks
    person, *organisations, total = block.columns
    last = _LABELS + len(block.columns) - 1
    yield Slot(0, 0, 3, _LABELS, schedule.note)
    yield Slot(0, _LABELS, columns=len(block.columns), text=schedule.heads[0])
    yield Slot(1, _LABELS, 2, text=person.label)
    yield Slot(1, _LABELS + 1, columns=len(organisations), text=schedule.heads[1])
    for at, column in enumerate(organisations, _LABELS + 1):
        yield Slot(2, at, text=column.label)
    yield Slot(1, last, 2, text=total.label)
    yield from _lines(block.lines, 3, 0)
    for row, line in enumerate(block.leaves(), 3):
        for at, column in enumerate(block.columns, _LABELS):
            yield Slot(row, at, cell=(line.key, column.key))


def _lines(items: Sequence[Item], row: int, depth: int) -> Iterator[Slot]:
    """The labels of lines and of the lines below them; a line with cells reaches to the first of them."""
    for number, item in enumerate(items):
        height = len(list(item.leaves()))
        label = _number(number, depth) + item.label
        yield Slot(row, depth, height, 1 if item.parts else _LABELS - depth, label + item.note)
        yield from _lines(item.parts, row, depth + 1)
        row += height


def _review(schedule: Schedule) -> Iterator[Slot]:
    (block,) = schedule.blocks
    results = len(block.columns)
    yield Slot(0, 0, columns=results, text=block.lines[0].label)
    yield Slot(0, results, columns=results * (len(block.lines) - 1), text=schedule.heads[0])
    for number, line in enumerate(block.lines):
        start = number * results
        if number:
            yield Slot(1, start, columns=results, text=line.label)
        for column, item in enumerate(block.columns, start):
            yield Slot(2 if number else 1, column, 1 if number else 2, text=item.label)
            yield Slot(3, column, cell=(line.key, item.key))
