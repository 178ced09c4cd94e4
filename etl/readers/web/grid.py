"""The columns of a web page's table, placed as a browser places them."""

import re
from typing import NamedTuple

from etl.document import UnreadableFile
from etl.readers.blocks import Content, Placed, tabulate

_DIGITS = re.compile(r"\s*(\d{1,6})")
_ORDER = ("thead", "tbody", "tfoot")
_MAX_SPAN = 200
_MAX_COLUMNS = 600
_TOO_WIDE = "网页里的表格有几百列，不像年报的表格，没有读取。"


# Rows (0: down to the end of its group), columns, content: a bare tuple, for pages have hundreds.
TableCell = tuple[int, int, Content]


class Group(NamedTuple):
    """The rows of a head, body or foot (`part` is its tag); no cell reaches out of its group."""

    part: str
    rows: list[list[TableCell]]


def rows_down(written: str | None) -> int:
    """A cell's height in rows, 1 where none is written, 0 for all that are left."""
    return 1 if written is None else _number(written)


def columns_across(written: str | None) -> int:
    """A cell's width in columns, 1 where none is written."""
    return 1 if written is None else min(_number(written), _MAX_SPAN) or 1


def _number(written: str) -> int:
    digits = _DIGITS.match(written)
    return int(digits[1]) if digits else 1


def arrange(groups: list[Group]) -> Content:
    """The blocks of a table: heads first and feet last, wherever they were written."""
    boxes: list[Placed] = []
    first_row = 0
    for group in sorted(groups, key=lambda group: _ORDER.index(group.part)):
        boxes += _boxes(group.rows, first_row)
        first_row += len(group.rows)
    return tabulate(boxes)


def _boxes(rows: list[list[TableCell]], first_row: int) -> list[Placed]:
    boxes: list[Placed] = []
    taken_until: list[int] = []
    for number, row in enumerate(rows):
        column = 0
        for down, across, content in row:
            while column < len(taken_until) and taken_until[column] > number:
                column += 1
            right = column + across
            if down != 1:
                down = min(down or len(rows), len(rows) - number)
                taken_until += [0] * (right - len(taken_until))
                taken_until[column:right] = [number + down] * across
            boxes.append((first_row + number, down, column, right, content))
            column = right
        if column > _MAX_COLUMNS:
            raise UnreadableFile(_TOO_WIDE)
    return boxes
