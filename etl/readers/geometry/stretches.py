"""Which stretches of the lines of a text are tables without ruling lines. Lengths are ems."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from etl.readers.geometry.glyphs import NUMBERED
from etl.readers.geometry.line import TIGHT, Line

HEADING = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]\S{4,}")
# Labels wrap at half a page at most; a line of prose on A4 is 28 characters or more.
PROSE_WIDTH = 24.0
# The statutory tables have 28 rows; a stretch this long is no table and would take long to divide.
LONGEST_TABLE = 1000
# The lines of a folded number may be set further apart than those of a label.
LOOSEST_FIGURES = 2.2
# How far a head over columns stands in from the edge of its table at least, more than a paragraph is, and how near above it.
SET_IN, NEAR_HEAD = 3.0, 4.0
# How much higher or lower than its values a line of a label stands at most, and how much further apart than others two
# rows are between which a label has lines; so many lines below tell how far apart rows are.
BESIDE, ROWS_APART, AROUND = 0.9, 2.4, 12


def tables(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The stretches of lines that are tables: lines in columns, some with values, and what wraps between them."""
    start: int | None = None
    end = 0
    for index, line in enumerate([*lines, None]):
        if line is not None and line.is_columns:
            start = index if start is None else start
            end = index + 1
        elif start is not None and (line is None or (_is_prose(line) and not _is_label(lines, start, index))):
            if end - start <= LONGEST_TABLE and any(line.values for line in lines[start:end]):
                yield _with_head(lines, start, end), _with_tail(lines, start, end)
            start = None


def _is_prose(line: Line) -> bool:
    return HEADING.match(line.text) is not None or line.right - line.left > PROSE_WIDTH


def _is_label(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether a line that looks like prose is of a label: numbers stand beside its middle, or go on below as above it."""
    near = lines[max(index - 1, 0) : index + 2]
    if any(after.at - before.at < BESIDE for before, after in pairwise(near)):
        return True
    below = next((at for at in range(index + 1, len(lines)) if lines[at].values), None)
    if below is None or lines[index].right > lines[below].values[0].left:
        return False
    above = next((at for at in range(index - 1, start - 1, -1) if lines[at].values), None)
    if above is None:
        return below == index + 1 and lines[below].at - lines[index].at < TIGHT
    numbered = [line.at for line in lines[start : below + AROUND] if line.values]
    usual = median(after - before for before, after in pairwise(numbered))
    # Between a title and the first numbers of its table stand heads.
    return lines[below].at - lines[above].at < ROWS_APART * usual


def _with_head(lines: Sequence[Line], start: int, end: int) -> int:
    """A line above that stands far to the right, or as one word near and set in, is a head over several columns.

    Above numbers alone it may be the first of their label.
    """
    left = min(line.left for line in lines[start:end]) + SET_IN
    while start and (
        _is_first(lines[start - 1], lines[start]) or _is_over(lines[start - 1], lines[start], left)
    ):
        start -= 1
    # Beside two lines of heads, at the edge of the table, stands one over its first columns.
    beside = start > 1 and _is_single(lines[start - 1]) and _is_over(lines[start - 2], lines[start], left)
    return start - 2 if beside and lines[start].at - lines[start - 2].at < NEAR_HEAD else start


def _is_first(line: Line, below: Line) -> bool:
    bare = len(below.values) == len(below.words)
    # A row's own number may stand left of its label.
    beside = any(line.right < word.left for word in below.words) and not any(
        word.left < line.right and line.left < word.right for word in below.words
    )
    return bare and beside and below.at - line.at < TIGHT


def _is_single(line: Line) -> bool:
    return len(line.words) == 1 and not NUMBERED.match(line.text) and not _is_prose(line)


def _is_over(line: Line, below: Line, left: float) -> bool:
    near = below.at - line.at < NEAR_HEAD
    set_in = near and line.left > left and _is_single(line)
    return not _is_prose(line) and (line.left > 0.3 * below.right or set_in)


def _with_tail(lines: Sequence[Line], start: int, end: int) -> int:
    """Lines right below the last row that stay left of its values are the rest of its label, figures the rest of them."""
    valued = [line for line in lines[start:end] if line.values]
    # A row's own number is no value where words stand between.
    labelled = [line for line in valued if len(line.values) < len(line.words)]
    values_left = min(line.values[0].left for line in labelled or valued)
    while end < len(lines) and not _is_prose(lines[end]):
        figures = len(lines[end].values) == len(lines[end].words)
        if lines[end].at - lines[end - 1].at > (LOOSEST_FIGURES if figures else TIGHT):
            break
        if not figures and (lines[end].right > values_left or lines[end].left > lines[end - 1].left + 4):
            break
        end += 1
    return end
