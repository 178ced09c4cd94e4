"""Pages photographed at a slant: how far the rules of their tables run apart tells how to see them square."""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from etl.readers.scans.picture import PAPER, Picture, Pixels, inked

# Rules are looked for at half the scale; there a pixel is inked when a quarter of it is.
_SCALE, _INKED = 0.5, 63
# Pixels at that scale: a rule is a run of ink so long, and no thicker.
_RUN, _THICK = 20, 8
# Of the page: a shorter piece of a rule does not tell its slope, one nearer to an edge is the edge of the sheet.
_SIDE, _MARGIN = 0.15, 0.03
_FEWEST_RULES = 3
# Of the page: rules closer together than this do not tell how they would run elsewhere on it.
_SPREAD = 0.12
# The slope of a rule on a page that counts as square.
_SQUARE = 0.0035


class _Slopes(NamedTuple):
    """The slope of the rules that run through the two ends of a page's middle line."""

    first: float
    last: float


def squared(page: Picture) -> Picture:
    """The page as it would be seen from straight above."""
    height, width = page.ink.shape
    small = cv2.resize(page.ink, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA)
    across, down = _slopes(small), _slopes(np.ascontiguousarray(small.T))
    if max(map(abs, (*across, *down))) < _SQUARE:
        return page
    seen = [
        _crossing((width / 2, y), level, (x, height / 2), upright)
        for y, level in zip((0, height), across, strict=True)
        for x, upright in zip((0, width), down, strict=True)
    ]
    corners = [(x, y) for y in (0, height) for x in (0, width)]
    matrix = cv2.getPerspectiveTransform(np.array(seen, np.float32), np.array(corners, np.float32))
    grey = cv2.warpPerspective(
        page.grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(PAPER,)
    )
    red, tint = (cv2.warpPerspective(side, matrix, (width, height)) for side in (page.red, page.tint))
    return Picture(grey, inked(grey), red, tint)


def _crossing(
    one: tuple[float, float], level: float, other: tuple[float, float], upright: float
) -> tuple[float, float]:
    """Where a level rule through one point crosses an upright one through another."""
    y = (one[1] + level * (other[0] - upright * other[1] - one[0])) / (1 - level * upright)
    return other[0] + upright * (y - other[1]), y


def _slopes(ink: Pixels) -> _Slopes:
    """From the medians over all pairs of rules: the sides of the sheet, or of a seal, may run astray."""
    height = len(ink)
    at, slope = np.array(list(_rules(ink))).reshape(-1, 2).T
    one, other = np.triu_indices(len(at), 1)
    apart = at[other] - at[one]
    far = abs(apart) > _SPREAD * height
    if len(at) < _FEWEST_RULES or not far.any():
        return _Slopes(0.0, 0.0)
    change = float(np.median((slope[other] - slope[one])[far] / apart[far]))
    start = float(np.median(slope - change * at))
    return _Slopes(start, start + change * height)


def _rules(ink: Pixels) -> Iterator[tuple[float, float]]:
    """The long rules: where each crosses the middle of the page, and its slope."""
    height, width = ink.shape
    level = cv2.morphologyEx((ink > _INKED).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    level = cv2.dilate(level, np.ones((3, 1), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(level)
    for label, (left, top, wide, tall, area) in enumerate(boxes[1:].tolist(), 1):
        if wide < _SIDE * width or area > _THICK * wide:
            continue
        ys, xs = np.nonzero(labels[top : top + tall, left : left + wide] == label)
        slope, start = np.polyfit(xs, ys, 1)
        at = top + start + slope * (width / 2 - left)
        if _MARGIN < at / height < 1 - _MARGIN:
            yield at, slope
