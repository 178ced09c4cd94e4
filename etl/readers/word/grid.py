"""The columns of a Word table: grid spans, dragged borders, cells merged downwards, rows that leave the grid."""

from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.blocks import Box, Content, tabulate
from etl.readers.word.numbering import VAL, W

# A column narrower than 6 points (in twentieths of a point) holds no digit: it is a border dragged aside.
_SLIVER = 120
_MAX_SPAN = 200
_NO_WIDTH = 1000
_ABSURD_SPAN = "表格的合并单元格跨度异常，文件可能已损坏，请用 Word 打开检查后另存为 .docx。"


class Slot(NamedTuple):
    """A cell of one row: `first` and `last` are grid boundaries, `merge` is "", "restart" or "continue"."""

    first: int
    last: int
    width: int
    merge: str
    content: Content


class Row(NamedTuple):
    slots: list[Slot]
    after: int
    deleted: bool


def count_of(element: etree._Element | None) -> int:
    """A number of grid columns, 0 when absent. Raises UnreadableFile when no page is so wide."""
    text = "" if element is None else element.get(VAL, "")
    if not text.isdecimal():
        return 0
    if len(text) > 6 or int(text) > _MAX_SPAN:
        raise UnreadableFile(_ABSURD_SPAN)
    return int(text)


def width_of(element: etree._Element) -> int:
    """A width in twips, 0 when it is not given in twips."""
    text = element.get(f"{W}w", "")
    return int(text) if text.isdecimal() and len(text) < 7 and element.get(f"{W}type", "dxa") == "dxa" else 0


def arrange(table: etree._Element, rows: list[Row]) -> Content:
    """The blocks of a table whose rows have been read."""
    edges = _edges(table)
    needed = max((row.slots[-1].last for row in rows if row.slots), default=0)
    edges += [edges[-1] + _NO_WIDTH * more for more in range(1, needed - len(edges) + 2)]
    return arrange_rows(rows, edges)


def arrange_rows(rows: list[Row], edges: list[int]) -> Content:
    """The blocks of rows whose cells lie between `edges`, in twips from any origin."""
    return tabulate(_boxes(rows, edges), _SLIVER)


def _edges(table: etree._Element) -> list[int]:
    """The table's column boundaries in twips from its left; evenly apart when its grid's widths say nothing."""
    widths = [width_of(column) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    trusted = any(width >= _SLIVER for width in widths)
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + (max(width, 1) if trusted else _NO_WIDTH))
    return edges


def _boxes(rows: list[Row], edges: list[int]) -> list[Box]:
    """Every cell once: one that continues the cell above only lengthens it."""
    boxes: list[Box] = []
    open_at: dict[int, int] = {}
    number = 0
    for row in rows:
        place = _placing(row, edges)
        for slot in row.slots:
            left, right = place(slot)
            above = _nearest(open_at, left)
            if above is not None and slot.merge == "continue":
                if not row.deleted:
                    box = boxes[open_at[above]]
                    boxes[open_at[above]] = box._replace(rows=number - box.row + 1)
                continue
            if above is not None:
                del open_at[above]
            if not row.deleted:
                if slot.merge:
                    open_at[left] = len(boxes)
                boxes.append(Box(number, 1, left, right, slot.content))
        number += not row.deleted
    return boxes


def _nearest(open_at: dict[int, int], left: int) -> int | None:
    """The left edge of the open merged cell that stands above `left`, give or take a dragged border."""
    if left in open_at or not open_at:
        return left if open_at else None
    nearest = min(open_at, key=lambda start: abs(start - left))
    return nearest if abs(nearest - left) < _SLIVER else None


def _placing(row: Row, edges: list[int]) -> Callable[[Slot], tuple[int, int]]:
    """How to place this row's cells: by the grid, or by their widths where the row leaves the grid unfilled."""
    filled = row.slots[-1].last + row.after if row.slots else 0
    widths = [slot.width for slot in row.slots]
    if filled >= len(edges) - 1 or not all(widths) or abs(sum(widths) - edges[-1]) > _SLIVER:
        return lambda slot: (edges[slot.first], edges[slot.last])
    starts = {slot.first: sum(widths[:at]) for at, slot in enumerate(row.slots)}
    return lambda slot: (starts[slot.first], starts[slot.first] + slot.width)
