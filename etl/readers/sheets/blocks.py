"""From a sheet's cells to prose and tables: a sheet says nothing of where a table begins."""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from etl.document import UnreadableFile
from etl.readers.blocks import Box, Content, lines, tabulate
from etl.readers.sheets.hidden import NOTHING_HIDDEN, Hidden, Span

# A heading numbered 一、 that stands alone in its row; labels of the form are numbered so too, but beside figures.
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]")
_LONG_TEXT = 60
MAX_CELLS = 1_000_000
TOO_LARGE = "工作表大得不像一份年报，没有读取。"
_MAX_MERGED = 400_000
_ABSURD_MERGE = "工作表里的合并单元格大得异常，文件可能已损坏，请用 Excel、WPS 打开检查后重新保存。"


Value = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta


def shown(value: Value) -> str:
    """A value as its cell shows it: no ".0" behind a count, of a fraction the ten digits that Excel shows, dates in Chinese."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{value:.0f}" if abs(value) < 1e15 and value == int(value) else f"{value:.10g}"
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


class Line(NamedTuple):
    """A row of a sheet: the cells of which anything shows, and all of its cells."""

    seen: list[Span]
    whole: list[Span]


class Seen(NamedTuple):
    """What stands on a sheet.

    `hides` says whether anything stood in hidden cells, which are left out; `narrow` that a column has no room for a
    number in it.
    """

    content: Content
    hides: bool = False
    narrow: bool = False


def joined(sheets: Iterable[tuple[str, Seen | None]]) -> tuple[Content, tuple[tuple[str, str], ...]]:
    """The blocks of sheets by name, None for a hidden one, and the properties that name those not seen whole.

    These are `hidden_sheets`, `hidden_cells` and `narrow_columns`.
    """
    content: Content = []
    found: dict[str, list[str]] = {"hidden_sheets": [], "hidden_cells": [], "narrow_columns": []}
    for name, sheet in sheets:
        if sheet is None:
            found["hidden_sheets"].append(name)
            continue
        content += sheet.content
        found["hidden_cells"] += [name] if sheet.hides else []
        found["narrow_columns"] += [name] if sheet.narrow else []
    return content, tuple((kind, "、".join(names)) for kind, names in found.items() if names)


def arrange(
    rows: list[list[str]],
    merges: list[tuple[tuple[int, int], tuple[int, int]]],
    unseen: Hidden = NOTHING_HIDDEN,
) -> Content:
    """The paragraphs and tables of a sheet, given its texts from its first cell on, and its merged cells.

    What stands in hidden rows and columns is left out, but for columns of the form that a table lacks without them. A
    hidden column is no blank one: it is gone; nor does a hidden row part a table.
    """
    spans = _spans(rows, merges)
    content: Content = []
    run: list[Line] = []
    covered = 0
    for number, line in enumerate(map(Line, unseen.seen(spans), spans)):
        if covered <= number and number not in unseen.rows and not any(span.text for span in line.seen):
            content += _blocks(run, unseen)
            run = []
            continue
        run.append(line)
        covered = max([covered, *(span.bottom for span in line.seen if span.text)])
    return content + _blocks(run, unseen)


def _spans(rows: list[list[str]], merges: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[list[Span]]:
    """Every cell of each row once; the cells a merge hides are gone, with whatever text lies hidden in them."""
    width = max(map(len, rows), default=0)
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    hidden: set[tuple[int, int]] = set()
    area = 0
    for (top, left), (bottom, right) in merges:
        bottom, right = min(bottom + 1, len(rows)), min(right + 1, width)
        area += max(bottom - top, 0) * max(right - left, 0)
        if area > _MAX_MERGED:
            raise UnreadableFile(_ABSURD_MERGE)
        merged[top, left] = bottom, right
        hidden.update((row, column) for row in range(top, bottom) for column in range(left, right))
        hidden.discard((top, left))
    return [
        [
            Span(number, column, *merged.get((number, column), (number + 1, column + 1)), text)
            for column, text in enumerate(row)
            if (number, column) not in hidden
        ]
        for number, row in enumerate(rows)
    ]


def _blocks(run: list[Line], unseen: Hidden) -> Content:
    """The blocks of rows that follow one another: what stands alone in a row is prose unless a table holds it."""
    content: Content = []
    table: list[Line] = []
    covered = 0
    for index, row in enumerate(run):
        filled = [span for span in row.seen if span.text]
        alone = len(filled) == 1 and covered <= filled[0].top and filled[0].bottom == filled[0].top + 1
        if alone and (not table or _is_prose(filled[0], run[index + 1 :], table)):
            content += [*_table(table, unseen), *lines(filled[0].text)]
            table = []
            continue
        table.append(row)
        covered = max([covered, *(span.bottom for span in filled)])
    return content + _table(table, unseen)


def _is_prose(span: Span, below: list[Line], table: list[Line]) -> bool:
    """Whether a text alone in its row parts two tables or ends one, though no blank row says so."""
    text = span.text.strip()
    full_width = span.right - span.left == 1 or span.right >= _reach([line.seen for line in table])[1]
    if not full_width:
        return False
    ends = all(sum(bool(other.text) for other in row.seen) < 2 for row in below)
    return (
        bool(_HEADING.match(text))
        or len(text) > _LONG_TEXT
        or text[-1:] in "。；："
        or (ends and span.right - span.left > 1)
    )


def _reach(table: list[list[Span]]) -> tuple[int, int]:
    """The first column of a table and the first beyond it; empty cells around the filled ones are not its own."""
    used = [
        span
        for row in table
        for span in row
        if span.text or span.right - span.left > 1 or span.bottom - span.top > 1
    ]
    return min(span.left for span in used), max(span.right for span in used)


def _table(table: list[Line], unseen: Hidden) -> Content:
    parts = unseen.parted([line.whole for line in table])
    return [block for part in parts for block in _tabulated(unseen.read(part))]


def _tabulated(rows: list[list[Span]]) -> Content:
    if not any(span.text for row in rows for span in row):
        return []
    first, last = _reach(rows)
    boxes = [
        Box(
            number,
            min(span.bottom - span.top, len(rows) - number),
            span.left,
            span.right,
            lines_of(span.text),
        )
        for number, row in enumerate(rows)
        for span in row
        if first <= span.left < last
    ]
    return tabulate(boxes)


def lines_of(text: str) -> Content:
    """A cell's text as content, nothing for a blank."""
    return [*lines(text)]
