"""From the cells a format gives to blocks: one set of columns a table, and layout tables dissolved."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from etl.document import Cell, Document, Paragraph, Table

Content = list[str | Table]

RAISED = "\ue000{}\ue001"
_PLAIN = re.compile("[!-~\u4e00-\u9fff\uff01-\uff5e\u2010-\u201f\u3001-\u3020]+")
_RAISED = re.compile("\ue000[^\ue001]*\ue001")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_LONG_TEXT = 300
_FEW_ROWS = 6


class Box(NamedTuple):
    """A cell as the format places it: `left` and `right` in the format's own unit, `content` in reading order."""

    row: int
    rows: int
    left: int
    right: int
    content: Content


def lines(text: str) -> list[str]:
    """The lines of a paragraph that show anything, without invisible characters and outer spaces.

    Text set in `RAISED` is a note's mark: it goes, lest 5 with a raised 1 be read as 51, unless it stands alone.
    """
    if _PLAIN.fullmatch(text):
        return [text]
    if "\ue000" in text:
        bare = _RAISED.sub("", text)
        text = bare if bare.strip() else text.replace("\ue000", "").replace("\ue001", "")
    text = _INVISIBLE.sub("", text.replace("\xa0", " "))
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def document(content: Content, properties: tuple[tuple[str, str], ...] = ()) -> Document:
    """The document of a format's content: a string is a paragraph."""
    blocks = tuple(Paragraph(block) if isinstance(block, str) else block for block in content)
    return Document(blocks, properties)


def tabulate(boxes: list[Box], tolerance: int = 1) -> Content:
    """A table and the tables nested in it, or, where the table only lays out the page, what stands in its cells.

    Left edges nearer than `tolerance` are one edge: dragged borders leave slivers that are no columns.
    """
    if not any(box.content for box in boxes):
        return []
    spans = _spans(boxes, tolerance)
    if all(column == 0 for column, _ in spans) or _is_layout(boxes):
        return [block for box in boxes for block in box.content]
    cells = tuple(
        Cell(
            "\n".join(part for part in box.content if isinstance(part, str)),
            box.row,
            column,
            box.rows,
            columns,
        )
        for box, (column, columns) in zip(boxes, spans, strict=True)
        if columns
    )
    nested = [part for box in boxes for part in box.content if isinstance(part, Table)]
    return [Table(cells), *nested]


def _spans(boxes: list[Box], tolerance: int) -> list[tuple[int, int]]:
    """Column and span of each box; a span of 0 is an empty sliver, and where text stands in one, none is a sliver."""
    lefts = sorted({box.left for box in boxes})
    firsts = [
        left for left, before in zip(lefts, [-tolerance, *lefts], strict=False) if left - before >= tolerance
    ]
    lasts = [
        left
        for left, after in zip(lefts, [*lefts[1:], None], strict=True)
        if after is None or after - left >= tolerance
    ]
    spans = []
    for box in boxes:
        column = bisect_right(firsts, box.left) - 1
        columns = bisect_left(lasts, box.right - tolerance + 1) - column
        if columns <= 0 and box.content:
            return _spans(boxes, 1)
        spans.append((column, max(columns, 0)))
    return spans


def _is_layout(boxes: list[Box]) -> bool:
    """Whether the table holds larger tables than itself, or an article with few rows around it."""
    nested = sum(len(part.cells) for box in boxes for part in box.content if isinstance(part, Table))
    if nested > len(boxes):
        return True
    longest = max(sum(len(part) for part in box.content if isinstance(part, str)) for box in boxes)
    if longest < _LONG_TEXT:
        return False
    cells_in_row = Counter(box.row for box in boxes)
    return sum(count > 1 for count in cells_in_row.values()) < _FEW_ROWS
