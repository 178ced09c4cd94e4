"""Figures with a line drawn through them: somebody struck them out, or a rule of the table cuts them in two."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph
from etl.readers.geometry.ruled import Rule
from etl.readers.showing import DOUBT

# Of a character's box: where a line runs through its figure. Underlines lie lower, the rules of rows outside.
_HIGHEST, _LOWEST = 0.28, 0.68
_AT = attrgetter("at")


def doubted(glyphs: Iterable[Glyph], rules: Iterable[Rule]) -> list[Glyph]:
    """The glyphs, with `DOUBT` behind each figure that a level line as drawn runs through."""
    drawn = sorted(rules)
    found: list[Glyph] = []
    for glyph in glyphs:
        found.append(glyph)
        if IN_NUMBER(glyph.text) and _is_struck(glyph, drawn):
            found.append(glyph._replace(text=DOUBT))
    return found


def _is_struck(glyph: Glyph, rules: list[Rule]) -> bool:
    height, middle = glyph.bottom - glyph.top, (glyph.left + glyph.right) / 2
    first = bisect_left(rules, glyph.top + _HIGHEST * height, key=_AT)
    last = bisect_right(rules, glyph.top + _LOWEST * height, key=_AT)
    return any(rule.start <= middle <= rule.end for rule in rules[first:last])
