"""Which way a page lies, told by a few of its longest lines before the whole page is recognised."""

from statistics import mean

import numpy as np

from etl.readers.geometry.glyphs import CJK
from etl.readers.scans.picture import Box, Picture, Pixels
from etl.readers.scans.text import located, recognised

_LINES = 4
# Of a line, and for its place on the page, no more detail is needed than this many letters and this scale.
_LETTERS = 12
_SCALE = 0.25
# Recognition reads heads printed one character under another, laid on their side, as surely as words.
_TALLEST_HEAD = 6


def quarters(page: Picture) -> int:
    """How many quarters of a circle, clockwise, set a page upright; none where it has no line that tells."""
    boxes = sorted(located(page.grey, _SCALE), key=_length)[-_LINES:]
    crops = [(turn, _middle(page.grey, box, turn)) for box in boxes for turn in _turns(box)]
    weights = [0.0] * 4
    for (turn, _), text in zip(crops, recognised([crop for _, crop in crops]), strict=True):
        letters = len(CJK.findall(text.text))
        if letters > _TALLEST_HEAD:
            weights[turn] += letters * mean(text.sure)
    return weights.index(max(weights))


def _length(box: Box) -> int:
    return max(box.right - box.left, box.bottom - box.top)


def _turns(box: Box) -> tuple[int, int]:
    """The turns that lay a line level."""
    return (1, 3) if box.bottom - box.top > box.right - box.left else (0, 2)


def _middle(grey: Pixels, box: Box, turn: int) -> Pixels:
    """The middle of a line, turned."""
    level = np.rot90(grey[box.top : box.bottom, box.left : box.right], -turn)
    middle, reach = level.shape[1] // 2, level.shape[0] * _LETTERS // 2
    return np.ascontiguousarray(level[:, max(middle - reach, 0) : middle + reach])
