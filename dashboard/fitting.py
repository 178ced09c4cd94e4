"""Tables wider than their place: which columns are narrowed, how high the rows are then, and where their lines end."""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dashboard.charts import width

ROW = 35
_LETTER, _PADDING, _LINE = 13.2, 18, 19
# What the browser takes for a letter when it breaks a line lies between this and what we reckon with, to be safe.
_LEAST_LETTER = 12.8
# The last column takes what is left of the table's room, about so many pixels.
_LEFT_OVER = 10
# Streamlit breaks text over lines only in rows higher than 64 pixels.
_BREAKS = 66
_NARROWEST, _WIDEST, _STEP = 92, 240, 12
# A column is not narrowed below its longest word, but for names of files and the like.
_WORD = re.compile(r"[^\s\u2e80-\uffff]+")
_LONGEST = 170
# Words do not break where a line is full: a little more room than their length.
_RAGGED = 1.1
# The browser ends a line at the last space, or anywhere. Here it must not: before what closes, after what opens, in a word.
_JOINED = re.compile(
    r".[，。、；：？！）〕】》」』”’％…·,.;:?!)\]}%]|[（〔【《「『“‘(\[{].|[!-~]{2}", re.DOTALL
)
# A break of ours, which the browser takes for a space: what is made of a table's text elsewhere leaves it out.
BREAK = "\u2060\n"
# Streamlit gives a column the room that its first rows take; we look at more of them.
_FIRST, _LOOKED_AT = 4, 200
# It makes no column wider than this by itself, and of what is this much wider than its column's mean it takes no notice.
_BY_ITSELF, _UNUSUAL = 400, 2
# In less room than this people scroll sideways rather than read what is cut.
_SMALL = 600
# Beyond this part of its room a table is tight: Streamlit gives some columns a little less than they take.
_TIGHT = 0.85


def fit(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], room: int, most_lines: int = 4
) -> tuple[dict[str, int], int | None]:
    """The columns that need a width of their own, in pixels, and the height of a row; None where one line is enough.

    Text is broken over as few lines as will do, at most `most_lines`, and one more where words and marks that stay
    together end lines early; what is wider still is scrolled to. A table that is scrolled sideways, or stands on a small
    screen, cuts nothing: a column whose text takes more lines is widened again.
    """
    rows = rows[:_LOOKED_AT]
    natural = {head: _natural(head, [row[at] for row in rows]) for at, head in enumerate(heads)}
    if sum(natural.values()) <= room:
        return _as_they_are(heads, rows, natural, room), None
    least = {head: _least(head, [row[at] for row in rows]) for at, head in enumerate(heads)}
    lines, narrowed = 1, natural
    while sum(narrowed.values()) > room and lines < most_lines:
        lines += 1
        narrowed = {head: _narrower(wide, lines, least[head]) for head, wide in natural.items()}
    narrowed = _squeezed(narrowed, least, room)
    if sum(narrowed.values()) > room or room < _SMALL:
        for at, head in enumerate(heads):
            narrowed[head] = _uncut([row[at] for row in rows], narrowed[head], natural[head], most_lines + 1)
    changed = [head for head in heads if narrowed[head] < natural[head]]
    if not changed:
        return _as_they_are(heads, rows, natural, room), None
    # A column without a width of its own would be stretched, and push the last out of sight.
    spare = max(0, room - sum(narrowed.values())) // len(changed)
    widths = {head: narrowed[head] + (spare if head in changed else 0) for head in heads}
    needed = max(
        (len(_lines(str(row[at]), widths[head])) for row in rows for at, head in enumerate(heads)), default=1
    )
    # Where only heads are wider than their columns no row need be higher.
    return widths, max(_BREAKS, ROW + _LINE * (min(needed, most_lines + 1) - 1)) if needed > 1 else None


def _as_they_are(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], natural: dict[str, int], room: int
) -> dict[str, int]:
    """The columns that would be given too little: very wide ones, those wider further down, and if it is tight all but one."""
    if sum(natural.values()) > _TIGHT * room:
        widest = max(heads, key=natural.__getitem__)
        return {head: wide for head, wide in natural.items() if head != widest or wide > _BY_ITSELF}
    seen = {head: _seen(head, [row[at] for row in rows]) for at, head in enumerate(heads)}
    return {head: wide for head, wide in natural.items() if wide > min(seen[head], _BY_ITSELF)}


def _seen(head: str, values: Sequence[Any]) -> int:
    """The room that Streamlit sees a column needs."""
    mean = sum(_wide(str(text)) for text in values) / max(1, len(values))
    usual = [text for text in values[:_FIRST] if _wide(str(text)) < _UNUSUAL * mean]
    return _natural(head, usual)


def broken(text: str, wide: int) -> str:
    """The text for a column of this width, with a break of ours wherever the browser's would or might stand badly."""
    return "".join(_lines(text, wide))


@lru_cache(maxsize=8192)
def _lines(text: str, wide: int) -> tuple[str, ...]:
    """The lines over which a text is broken: at the last space of a full line, where it ends well if it has none."""
    lines: list[str] = []
    while _wide(text) > wide - _PADDING:
        early, late = _its_end(text, wide, _LETTER), _its_end(text, wide + _LEFT_OVER, _LEAST_LETTER)
        spaced = text[early] == " "
        end = early if spaced else _well(text, early)
        rest = text[end:].lstrip()
        lines.append(text[: len(text) - len(rest)] + ("" if spaced or end == early == late else BREAK))
        text = rest
    return (*lines, text)


def _its_end(text: str, wide: int, letter: float) -> int:
    """Where the browser ends the first line: at its last space, anywhere where it has none."""
    fits = bisect_right(range(1, len(text)), wide - _PADDING, key=lambda n: width(text[:n], letter))
    full = max(1, fits)
    space = text.rfind(" ", 1, full + 1)
    return space if space > 0 else full


def _well(text: str, full: int) -> int:
    """Where a full line without a space ends well."""
    return next((at for at in range(full, full // 3, -1) if not _joined(text, at)), full)


def _joined(text: str, at: int) -> bool:
    return bool(_JOINED.match(text, at - 1, at + 1))


@lru_cache(maxsize=8192)
def _wide(text: str) -> int:
    return width(text, _LETTER)


def _uncut(values: Sequence[Any], wide: int, natural: int, most_lines: int) -> int:
    """The width at which no text takes more than so many lines, if it is not cut off at every width that it may have."""
    for text in map(str, values):
        while wide < min(natural, _WIDEST) and len(_lines(text, wide)) > most_lines:
            wide += _STEP
    return wide


def _least(head: str, values: Sequence[Any]) -> int:
    """The room of a column's longest word, and of a few letters at least."""
    return max(
        _NARROWEST, _PADDING + min(_LONGEST, max(_longest_word(str(text)) for text in (head, *values)))
    )


@lru_cache(maxsize=8192)
def _longest_word(text: str) -> int:
    return max(map(_wide, _WORD.findall(text)), default=0)


def _narrower(wide: int, lines: int, least: int) -> int:
    return min(wide, max(least, min(_WIDEST, round(_RAGGED * (wide - _PADDING) / lines) + _PADDING)))


def _squeezed(widths: dict[str, int], least: dict[str, int], room: int) -> dict[str, int]:
    """The widths with what is too much taken from the columns that are wider than need be."""
    spare = {head: max(0, wide - least[head]) for head, wide in widths.items()}
    share = min(1, max(0, sum(widths.values()) - room) / (sum(spare.values()) or 1))
    return {head: wide - math.ceil(spare[head] * share) for head, wide in widths.items()}


def _natural(head: str, values: Sequence[Any]) -> int:
    return _PADDING + max(_wide(str(text)) for text in (head, *values))
