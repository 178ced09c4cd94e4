"""Words that run up or down the page among others that run across it: heads turned on their side, or written downwards.

Characters come in the order in which the text runs. Lengths are points, y grows downwards.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.readers.geometry.glyphs import Glyph, lines

# Of a character's size: how far the next one of a word stands up or down, and how far beside it at most.
_NEXT, _BESIDE = (0.6, 1.6), 0.25
_LONG = 3


def upright(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs, those of words that run up the page in the places that they would have if it ran down."""
    found = list(glyphs)
    for start, end in _climbing(glyphs):
        for glyph, place in zip(range(start, end), range(end - 1, start - 1, -1), strict=True):
            _, left, right, top, bottom, _ = glyphs[place]
            found[glyph] = glyphs[glyph]._replace(left=left, right=right, top=top, bottom=bottom)
    return found


def _climbing(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(glyphs) + 1):
        if at == len(glyphs) or not _is_above(glyphs[at], glyphs[at - 1]):
            if at - start > 1:
                yield start, at
            start = at


def _is_above(glyph: Glyph, before: Glyph) -> bool:
    if glyph[3] >= before[3]:
        return False
    size = before[4] - before[3]
    step = (before[3] + before[4] - glyph[3] - glyph[4]) / 2
    aside = abs(glyph[1] + glyph[2] - before[1] - before[2]) / 2
    return _NEXT[0] * size < step < _NEXT[1] * size and aside < _BESIDE * size and not glyph[5]


def lines_of_cell(cell: Sequence[Glyph]) -> list[list[Glyph]]:
    """The lines of a cell; a text that runs downwards in columns is read column by column."""
    found = lines(cell)
    if len(found) < _LONG or len(cell) == len(found) or any(glyph[5] for glyph in cell):
        return found
    down = sum(_is_above(before, glyph) for before, glyph in pairwise(cell))
    return [[glyph] for glyph in cell] if 2 * down > len(cell) else found
