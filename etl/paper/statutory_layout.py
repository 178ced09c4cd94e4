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

    `money` marks an amount, which may have decimals. For whoever writes it in another language a label has its `name`:
    what it stands for (line, column, head, basis or note) with the key of that, and its `number`: which of its like it
    is, from 0, and how deep it stands among the lines.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    cell: tuple[str, str] | None = None
    money: bool = False
    name: tuple[str, str] | None = None
    number: tuple[int, int] | None = None


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
        yield Slot(row, 0, columns=width, text=block.basis, name=("basis", block.lines[0].key))
        yield Slot(row + 1, 0, text=schedule.heads[0], name=("head", "0"))
        for number, column in enumerate(block.columns):
            at = 1 + number * span
            yield Slot(row + 1, at, columns=span, text=column.label, name=("column", column.key))
        for at, line in enumerate(block.lines, row + 2):
            yield Slot(at, 0, text=line.label, name=("line", line.key))
            for number, column in enumerate(block.columns):
                yield Slot(
                    at, 1 + number * span, columns=span, cell=(line.key, column.key), money=column.money
                )
        row += 2 + len(block.lines)


def _requests(schedule: Schedule) -> Iterator[Slot]:
    (block,) = schedule.blocks
    person, *organisations, total = block.columns
    last = _LABELS + len(block.columns) - 1
    yield Slot(0, 0, 3, _LABELS, schedule.note, name=("note", schedule.key))
    yield Slot(0, _LABELS, columns=len(block.columns), text=schedule.heads[0], name=("head", "0"))
    yield Slot(1, _LABELS, 2, text=person.label, name=("column", person.key))
    yield Slot(1, _LABELS + 1, columns=len(organisations), text=schedule.heads[1], name=("head", "1"))
    for at, column in enumerate(organisations, _LABELS + 1):
        yield Slot(2, at, text=column.label, name=("column", column.key))
    yield Slot(1, last, 2, text=total.label, name=("column", total.key))
    yield from _lines(block.lines, 3, 0)
    for row, line in enumerate(block.leaves(), 3):
        for at, column in enumerate(block.columns, _LABELS):
            yield Slot(row, at, cell=(line.key, column.key))


def _lines(items: Sequence[Item], row: int, depth: int) -> Iterator[Slot]:
    """The labels of lines and of the lines below them; a line with cells reaches to the first of them."""
    for number, item in enumerate(items):
        height = len(list(item.leaves()))
        label = _number(number, depth) + item.label
        width = 1 if item.parts else _LABELS - depth
        text, name = label + item.note, ("line", item.key)
        yield Slot(row, depth, height, width, text, name=name, number=(number, depth))
        yield from _lines(item.parts, row, depth + 1)
        row += height


def _review(schedule: Schedule) -> Iterator[Slot]:
    (block,) = schedule.blocks
    results = len(block.columns)
    first, *suits = block.lines
    yield Slot(0, 0, columns=results, text=first.label, name=("line", first.key))
    yield Slot(0, results, columns=results * len(suits), text=schedule.heads[0], name=("head", "0"))
    for number, line in enumerate(block.lines):
        start = number * results
        if number:
            yield Slot(1, start, columns=results, text=line.label, name=("line", line.key))
        for column, item in enumerate(block.columns, start):
            top, rows = (2, 1) if number else (1, 2)
            yield Slot(top, column, rows, text=item.label, name=("column", item.key))
            yield Slot(3, column, cell=(line.key, item.key))
