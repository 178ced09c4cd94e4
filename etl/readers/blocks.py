"""From the cells a format gives to blocks: one set of columns a table, and layout tables dissolved."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from etl.document import Cell, Document, Paragraph, Table
from etl.readers import drawn
from etl.readers.showing import without_notes

Content = list[str | Table]

# Whether a text is one line of nothing but visible characters: then there is nothing to clean.
is_plain = re.compile("[!-~\u4e00-\u9fff\uff01-\uff5e\u2010-\u201f\u3001-\u3020]+").fullmatch
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


# A box, or a bare tuple of the same five: web pages have hundreds.
Placed = tuple[int, int, int, int, Content]


def lines(text: str) -> list[str]:
    """The lines of a paragraph that show anything, without notes' marks, invisible characters and outer spaces."""
    if is_plain(text):
        return [text]
    text = _INVISIBLE.sub("", without_notes(text).replace("\xa0", " "))
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def document(content: Content, properties: tuple[tuple[str, str], ...] = ()) -> Document:
    """The document of a format's content: a string is a paragraph, several may be a table drawn with characters."""
    blocks: list[Paragraph | Table] = []
    for kind, several in groupby(content, type):
        if kind is str:
            blocks += _paragraphs([block for block in several if isinstance(block, str)])
        else:
            blocks += (block for block in several if isinstance(block, Table))
    return Document(tuple(blocks), properties)


def _paragraphs(texts: list[str]) -> Iterator[Paragraph | Table]:
    at = 0
    while at < len(texts):
        table, end = drawn.table(texts, at) if drawn.begins(texts[at]) else (None, at)
        yield table or Paragraph(texts[at])
        at = end if table else at + 1


def tabulate(boxes: Sequence[Placed], tolerance: int = 1) -> Content:
    """A table and the tables nested in it, or, where the table only lays out the page, what stands in its cells.

    Left edges nearer than `tolerance` are one edge: dragged borders leave slivers that are no columns.
    """
    texts: list[str] = []
    nested: list[Table] = []
    for _, _, _, _, content in boxes:
        if not content:
            texts.append("")
        elif len(content) == 1 and isinstance(content[0], str):
            texts.append(content[0])
        else:
            texts.append("\n".join(part for part in content if isinstance(part, str)))
            nested += (part for part in content if isinstance(part, Table))
    if not nested and not any(texts):
        return []
    spans = _spans(boxes, tolerance)
    if all(column == 0 for column, _ in spans) or _is_layout(boxes, texts, nested):
        return [block for _, _, _, _, content in boxes for block in content]
    cells = [
        Cell(text, row, column, rows, columns)
        for (row, rows, _, _, _), text, (column, columns) in zip(boxes, texts, spans, strict=True)
        if columns
    ]
    return [Table(tuple(cells)), *nested]


def _spans(boxes: Sequence[Placed], tolerance: int) -> list[tuple[int, int]]:
    """Column and span of each box; a span of 0 is an empty sliver, and where text stands in one, none is a sliver."""
    lefts = sorted({left for _, _, left, _, _ in boxes})
    width = len(lefts)
    if lefts[-1] == width - 1 and lefts[0] == 0:
        return [(left, (right if right < width else width) - left) for _, _, left, right, _ in boxes]
    firsts = [
        left for left, before in zip(lefts, [-tolerance, *lefts], strict=False) if left - before >= tolerance
    ]
    lasts = [left for left, after in pairwise([*lefts, lefts[-1] + tolerance]) if after - left >= tolerance]
    spans = []
    for _, _, left, right, content in boxes:
        column = bisect_right(firsts, left) - 1
        columns = bisect_left(lasts, right - tolerance + 1) - column
        if columns <= 0 and content:
            return _spans(boxes, 1)
        spans.append((column, max(columns, 0)))
    return spans


def _is_layout(boxes: Sequence[Placed], texts: list[str], nested: list[Table]) -> bool:
    """Whether the table holds larger tables than itself, or an article with few rows around it."""
    if sum(len(table.cells) for table in nested) > len(boxes):
        return True
    if max(map(len, texts)) < _LONG_TEXT:
        return False
    cells_in_row = Counter(row for row, _, _, _, _ in boxes)
    return sum(count > 1 for count in cells_in_row.values()) < _FEW_ROWS
