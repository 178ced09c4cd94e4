"""The columns of a web page's table, placed as a browser places them."""

import re
from typing import NamedTuple

from lxml import etree

from etl import counts
from etl.document import UnreadableFile
from etl.readers.blocks import Content, Placed, tabulate
from etl.readers.showing import Showing, taken

# The mark of a cell that says its column has no width.
NARROW = "narrow"
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


def hidden_columns(table: etree._Element) -> frozenset[int]:
    """The columns of a table, counted from 0, that are marked as hidden, alone or in a group, or by a cell of its first row."""
    found: set[int] = set()
    at = 0
    for group in table.iterchildren("col", "colgroup"):
        for column in group.findall("col") or [group]:
            across = columns_across(column.get("span"))
            if column.get("hidden") is not None or group.get("hidden") is not None:
                found.update(range(at, at + across))
            at += across
    at = 0
    for cell in next(table.iter("tr"), table).iterchildren("td", "th"):
        across = columns_across(cell.get("colspan"))
        if cell.get(NARROW) is not None:
            found.update(range(at, at + across))
        at += across
    return frozenset(found)


def arrange(groups: list[Group], hidden: frozenset[int] = frozenset()) -> Content:
    """The blocks of a table: heads first and feet last, wherever they were written; numbers in hidden columns are in doubt."""
    boxes: list[Placed] = []
    first_row = 0
    for group in sorted(groups, key=lambda group: _ORDER.index(group.part)):
        boxes += _boxes(group.rows, first_row)
        first_row += len(group.rows)
    return tabulate([_doubted(box, hidden) for box in boxes] if hidden else boxes)


def _doubted(box: Placed, hidden: frozenset[int]) -> Placed:
    row, rows, left, right, content = box
    if not hidden.issuperset(range(left, right)):
        return box
    return (
        row,
        rows,
        left,
        right,
        [
            taken(part, Showing.DOUBTED)
            if isinstance(part, str) and counts.looks_like_a_value(part)
            else part
            for part in content
        ],
    )


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
