"""Figures under something painted over them."""

from typing import TYPE_CHECKING

from etl.readers.geometry.box import Box
from etl.readers.geometry.glyphs import Glyph

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

# Of 255. The strokes of a seal over a figure cover a part of it only.
_OPAQUE = 190


def lies_in(glyph: Glyph, box: Box) -> bool:
    """Whether the middle of a character lies in a box."""
    left, top, right, bottom = box
    return left < (glyph.left + glyph.right) / 2 < right and top < (glyph.top + glyph.bottom) / 2 < bottom


def is_hidden(glyph: Glyph, box: Box, opacity: "NDArray[uint8]") -> bool:
    """Whether a picture in a box hides a character in it, given how opaque it is at each point."""
    left, top, right, bottom = box
    down, across = len(opacity) / (bottom - top), opacity.shape[1] / (right - left)
    rows = slice(max(int((glyph.top - top) * down), 0), int((glyph.bottom - top) * down) + 1)
    columns = slice(max(int((glyph.left - left) * across), 0), int((glyph.right - left) * across) + 1)
    return bool(opacity[rows, columns].mean() > _OPAQUE)
