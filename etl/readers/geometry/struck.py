"""Figures with a line drawn through them, struck out or cut in two by a rule of the table, and figures too small to see."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph
from etl.readers.geometry.ruled import Rule
from etl.readers.showing import DOUBT

# Of a character's box: where a line runs through its figure. Underlines lie lower, the rules of rows outside.
_HIGHEST, _LOWEST = 0.28, 0.68
_AT = attrgetter("at")
# Points.
_SPECK = 2.0


def doubted(glyphs: Iterable[Glyph], rules: Iterable[Rule]) -> list[Glyph]:
    """The glyphs, with `DOUBT` behind each figure that a level line as drawn runs through, or that is a speck."""
    drawn = sorted(rules)
    found: list[Glyph] = []
    for glyph in glyphs:
        found.append(glyph)
        if IN_NUMBER(glyph.text) and (glyph.bottom - glyph.top < _SPECK or _is_struck(glyph, drawn)):
            found.append(glyph._replace(text=DOUBT))
    return found


def _is_struck(glyph: Glyph, rules: list[Rule]) -> bool:
    height, middle = glyph.bottom - glyph.top, (glyph.left + glyph.right) / 2
    first = bisect_left(rules, glyph.top + _HIGHEST * height, key=_AT)
    last = bisect_right(rules, glyph.top + _LOWEST * height, key=_AT)
    return any(rule.start <= middle <= rule.end for rule in rules[first:last])
