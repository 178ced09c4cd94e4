"""Figures with a line drawn through them, struck out or cut in two by a rule of the table, and figures too small to see."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph
from etl.readers.geometry.ruled import Rule
from etl.readers.showing import DOUBT

# Of a character's box: where a line runs through its figure. Underlines lie lower, the rules of rows outside.
_HIGHEST, _LOWEST = 0.28, 0.68
# Points.
_SPECK = 2.0


def doubted(glyphs: Iterable[Glyph], rules: Iterable[Rule]) -> list[Glyph]:
    """The glyphs, with `DOUBT` behind each figure that a level line as drawn runs through, or that is a speck."""
    drawn, found = sorted(rules), list(glyphs)
    ats = [rule.at for rule in drawn]
    struck = [
        place
        for place, glyph in enumerate(found)
        if IN_NUMBER(glyph[0]) and (glyph[4] - glyph[3] < _SPECK or _is_struck(glyph, drawn, ats))
    ]
    for place in reversed(struck):
        found.insert(place + 1, found[place]._replace(text=DOUBT))
    return found


def _is_struck(glyph: Glyph, rules: Sequence[Rule], ats: Sequence[float]) -> bool:
    """Whether one of the rules, at ascending heights, runs through a figure."""
    height, middle = glyph.bottom - glyph.top, (glyph.left + glyph.right) / 2
    first = bisect_left(ats, glyph.top + _HIGHEST * height)
    last = bisect_right(ats, glyph.top + _LOWEST * height)
    return any(rule.start <= middle <= rule.end for rule in rules[first:last])
