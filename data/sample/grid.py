"""The statutory tables as grids of cells with spans, in the order of print, from the forms as data."""

from collections.abc import Iterator
from dataclasses import dataclass

from data.sample.spec import ReportSpec
from etl import forms
from etl.forms import Block, Item, Schedule

_HAN_NUMBERS = "一二三四五六七八九"
# Chinese typesetting lets these hang over the end of a line rather than begin the next.
NEVER_FIRST = "，。、；：）”》%"
_LABEL_COLUMNS = 3
_NUMBERING = ("（", *"123456789", *(f"{digit}、" for digit in _HAN_NUMBERS))


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table to be printed; `value` marks the cells that a government fills in."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    value: bool = False

    @property
    def centred(self) -> bool:
        """Whether it is printed in the middle: numbers and heads, but no numbered label and no article."""
        return self.value or not self.text.startswith((*_NUMBERING, "第"))


def tables(spec: ReportSpec) -> dict[str, list[tuple[Box, ...]]]:
    """For each schedule the tables it is printed as; table 2 is one table, as in the official form."""
    return {
        key: [tuple(sorted(_boxes(spec, key), key=lambda box: (box.row, box.column)))] for key in spec.forms
    }


def size(boxes: tuple[Box, ...]) -> tuple[int, int]:
    """The number of rows and columns of a table."""
    return max(box.row + box.rows for box in boxes), max(box.column + box.columns for box in boxes)


def _boxes(spec: ReportSpec, key: str) -> Iterator[Box]:
    schedule = forms.form(spec.forms[key]).schedule(key)
    if len(schedule.blocks) > 1:
        yield from _proactive(spec, schedule)
    elif any(line.parts for line in schedule.blocks[0].lines):
        yield from _requests(spec, schedule)
    else:
        yield from _review(spec, schedule)


def _label(spec: ReportSpec, item: Item) -> str:
    return spec.labels.get(item.key, item.label) + item.note


def _proactive(spec: ReportSpec, schedule: Schedule) -> Iterator[Box]:
    row = 0
    for block in schedule.blocks:
        yield Box(block.basis, row, 0, 1, 4)
        yield Box(schedule.heads[0], row + 1, 0)
        yield from _spread([_label(spec, column) for column in block.columns], row + 1, False)
        row += 2
        for line in block.lines:
            yield Box(_label(spec, line), row, 0)
            keys = [(schedule.key, line.key, column.key) for column in block.columns]
            yield from _spread([spec.cells[key].text for key in keys], row, True)
            row += 1


def _spread(texts: list[str], row: int, value: bool) -> Iterator[Box]:
    """Texts over the three columns right of the label: three, two or one of them."""
    widths = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(texts)]
    for at, (text, width) in enumerate(zip(texts, widths, strict=True)):
        yield Box(text, row, 1 + sum(widths[:at]), 1, width, value)


def _requests(spec: ReportSpec, schedule: Schedule) -> Iterator[Box]:
    block = schedule.blocks[0]
    first, middle, last = block.columns[0], block.columns[1:-1], block.columns[-1]
    yield Box(schedule.note, 0, 0, 3, _LABEL_COLUMNS)
    yield Box(schedule.heads[0], 0, _LABEL_COLUMNS, 1, len(block.columns))
    yield Box(_label(spec, first), 1, _LABEL_COLUMNS, 2)
    yield Box(schedule.heads[1], 1, _LABEL_COLUMNS + 1, 1, len(middle))
    yield Box(last.label, 1, _LABEL_COLUMNS + 1 + len(middle), 2)
    for at, column in enumerate(middle):
        yield Box(_label(spec, column), 2, _LABEL_COLUMNS + 1 + at)
    yield from _lines(spec, schedule, block, block.lines, 3, 0)


def _lines(
    spec: ReportSpec, schedule: Schedule, block: Block, items: tuple[Item, ...], row: int, depth: int
) -> Iterator[Box]:
    for number, item in enumerate(items):
        text = _numbered(_label(spec, item), number, depth)
        height = len(list(item.leaves()))
        if item.parts:
            yield Box(text, row, depth, height, 1)
            yield from _lines(spec, schedule, block, item.parts, row, depth + 1)
        else:
            yield Box(text, row, depth, 1, _LABEL_COLUMNS - depth)
            for at, column in enumerate(block.columns):
                cell = spec.cells[schedule.key, item.key, column.key]
                yield Box(cell.text, row, _LABEL_COLUMNS + at, value=True)
        row += height


def _numbered(label: str, number: int, depth: int) -> str:
    if depth == 0:
        return f"{_HAN_NUMBERS[number]}、{label}"
    return f"（{_HAN_NUMBERS[number]}）{label}" if depth == 1 else f"{number + 1}.{label}"


def _review(spec: ReportSpec, schedule: Schedule) -> Iterator[Box]:
    block = schedule.blocks[0]
    width = len(block.columns)
    first, *suits = block.lines
    yield Box(_label(spec, first), 0, 0, 2, width)
    yield Box(schedule.heads[0], 0, width, 1, width * len(suits))
    for at, line in enumerate(suits, start=1):
        yield Box(_label(spec, line), 1, at * width, 1, width)
    for at, (line, column) in enumerate((line, column) for line in block.lines for column in block.columns):
        yield Box(_label(spec, column) if column.key != "total" else column.label, 2, at)
        yield Box(spec.cells[schedule.key, line.key, column.key].text, 3, at, value=True)
