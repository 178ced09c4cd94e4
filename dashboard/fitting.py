"""Tables wider than their place: which columns are narrowed, and how high the rows are then, so that nothing is cut."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts import width

# The room for a table on an office screen, in a card of full width.
WHOLE = 1085
ROW = 35
_LETTER, _PADDING, _LINE = 14, 18, 19
# Streamlit breaks text over lines only in rows higher than 64 pixels.
_BREAKS = 66
_NARROWEST, _WIDEST = 110, 240
# Words do not break where a line is full: a little more room than their length.
_RAGGED = 1.1


def fit(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], room: int = WHOLE, most_lines: int = 4
) -> tuple[dict[str, int], int | None]:
    """The columns with their widths in pixels, and the height of a row; nothing where all fits in `room`.

    Text is broken over as few lines as will do, at most `most_lines`: what is wider still is scrolled to.
    """
    natural = {head: _natural(head, [row[at] for row in rows]) for at, head in enumerate(heads)}
    lines, narrowed = 1, natural
    while sum(narrowed.values()) > room and lines < most_lines:
        lines += 1
        narrowed = {head: _broken(wide, lines) for head, wide in natural.items()}
    changed = [head for head in heads if narrowed[head] < natural[head]]
    if not changed:
        return {}, None
    # A column without a width of its own would be stretched, and push the last out of sight.
    spare = max(0, room - sum(narrowed.values())) // len(changed)
    widths = {head: narrowed[head] + (spare if head in changed else 0) for head in heads}
    return widths, max(_BREAKS, ROW + _LINE * (lines - 1))


def _broken(wide: int, lines: int) -> int:
    return min(wide, max(_NARROWEST, min(_WIDEST, round(_RAGGED * (wide - _PADDING) / lines) + _PADDING)))


def _natural(head: str, values: Sequence[Any]) -> int:
    return _PADDING + max(width(str(text), _LETTER) for text in (head, *values[:200]))
