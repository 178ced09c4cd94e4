"""Notes' marks on printed pages: small figures, raised or lowered, right behind a figure of full size."""

from bisect import bisect_left
from collections.abc import Sequence

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph

# Word and WPS print marks at 58 to 67 % of the size; fonts of one size differ by less than a fifth.
_SMALL = 0.75
_NEAR = 0.4


def without_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without small figures that follow figures of full size: 5 with a raised 1 is no 51.

    Those recognised in a picture, of no run, are as tall as what was taken for their line: they tell nothing.
    """
    figures = [glyph for glyph in glyphs if glyph[5] and IN_NUMBER(glyph[0])]
    heights = [glyph[4] - glyph[3] for glyph in figures]
    tallest = max(heights, default=0.0)
    if not figures or min(heights) > _SMALL * tallest:
        return list(glyphs)
    figures.sort(key=lambda glyph: glyph.left)
    heights = [glyph.bottom - glyph.top for glyph in figures]
    lefts = [glyph.left for glyph in figures]
    marks: set[int] = set()
    for figure, height in zip(figures, heights, strict=True):
        if height >= _SMALL * tallest and not marks:
            continue
        start = bisect_left(lefts, figure.left - 2 * tallest)
        end = bisect_left(lefts, figure.left)
        if any(
            (height < _SMALL * (other.bottom - other.top) or id(other) in marks) and _is_beside(other, figure)
            for other in figures[start:end]
        ):
            marks.add(id(figure))
    return [glyph for glyph in glyphs if id(glyph) not in marks] if marks else list(glyphs)


def _is_beside(other: Glyph, figure: Glyph) -> bool:
    """Whether `figure` begins where `other` ends, at its height or somewhat above or below."""
    gap = figure.left - other.right
    overlap = min(other.bottom, figure.bottom) - max(other.top, figure.top)
    return abs(gap) < _NEAR * (figure.bottom - figure.top) and overlap > 0
