"""The columns of a web page's table, placed as a browser places them."""

import re
from typing import NamedTuple

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.blocks import Box, Content, tabulate

_DIGITS = re.compile(r"\s*(\d{1,6})")
_ORDER = ("thead", "tbody", "tfoot")
_MAX_SPAN = 200
_MAX_COLUMNS = 600
_TOO_WIDE = "网页里的表格有几百列，不像年报的表格，没有读取。"


class TableCell(NamedTuple):
    """A cell as written: `rows` 0 means down to the end of its group."""

    rows: int
    columns: int
    content: Content


class Group(NamedTuple):
    """The rows of a head, body or foot (`part` is its tag); no cell reaches out of its group."""

    part: str
    rows: list[list[TableCell]]


def span_of(element: etree._Element, name: str) -> int:
    """A cell's span as written, 1 where it is missing or no number."""
    written = element.get(name)
    if written is None:
        return 1
    digits = _DIGITS.match(written)
    return int(digits[1]) if digits else 1


def arrange(groups: list[Group]) -> Content:
    """The blocks of a table: heads first and feet last, wherever they were written."""
    boxes: list[Box] = []
    first_row = 0
    for group in sorted(groups, key=lambda group: _ORDER.index(group.part)):
        boxes += _boxes(group.rows, first_row)
        first_row += len(group.rows)
    return tabulate(boxes)


def _boxes(rows: list[list[TableCell]], first_row: int) -> list[Box]:
    boxes: list[Box] = []
    taken_until: list[int] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(taken_until) and taken_until[column] > number:
                column += 1
            down = min(cell.rows or len(rows), len(rows) - number)
            right = column + min(cell.columns or 1, _MAX_SPAN)
            if right > _MAX_COLUMNS:
                raise UnreadableFile(_TOO_WIDE)
            taken_until += [0] * (right - len(taken_until))
            taken_until[column:right] = [number + down] * (right - column)
            boxes.append(Box(first_row + number, down, column, right, cell.content))
            column = right
    return boxes
