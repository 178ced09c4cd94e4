"""What somebody corrected by pen after printing: figures struck through, and red ink that is no seal's."""

import cv2
import numpy as np

from etl.readers.scans.picture import PER_POINT, Box, Picture, Pixels

# Of the width of a number: how much of it a line drawn through is seen to cover; more than its figures ever do.
_COVERED = 0.97
# Of its height: between what a line through its middle crosses it, for at its head and from the bar of a 4 on are strokes
# of figures; how far a line through one figure reaches beyond it.
_HIGHEST, _LOWEST, _BEYOND = 0.2, 0.68, 0.12
_SLOPES = 33
# Of its height: a single figure is no wider.
_ONE_FIGURE = 0.9
# Points: a seal is larger. Pixels: strokes of one seal lie no further apart; less ink than that is dust.
_SEAL, _STROKES_APART, _DUST = 70, 61, 20


def is_struck(page: Picture, box: Box) -> bool:
    """Whether a line goes through the figures in a box: all of it is ink from side to side, so that it joins them."""
    ink = page.ink[box.top : box.bottom, box.left : box.right] > 0
    tall, wide = ink.shape
    if wide < _ONE_FIGURE * tall:
        return _reaches_beyond(ink)
    return bool(ink.any(axis=0).all()) and _most_covered(ink) > _COVERED


def _most_covered(ink: Pixels) -> float:
    """The largest part of the width that is ink along a straight line within a number, level or slanted."""
    tall, wide = ink.shape
    columns = np.arange(wide)
    starts = np.arange(round(_HIGHEST * tall), round(_LOWEST * tall))[:, None]
    most = 0.0
    for slope in np.linspace(-tall, tall, _SLOPES) / wide:
        rows = np.rint(starts + slope * (columns - wide / 2)).astype(int)
        inside = (rows >= 0) & (rows < tall)
        covered = inside & ink[rows.clip(0, tall - 1), columns]
        most = max(most, float(covered.mean(axis=1).max(initial=0)))
    return most


def _reaches_beyond(ink: Pixels) -> bool:
    """Whether the middle of a figure is wider on both sides than its head and its foot."""
    tall = len(ink)
    quarter, third, two_thirds = tall // 4, tall * 3 // 10, tall * 6 // 10
    parts = ink[:quarter], ink[third:two_thirds], ink[tall - quarter :]
    head, middle, foot = (np.flatnonzero(part.any(axis=0)) for part in parts)
    if not (len(head) and len(middle) and len(foot)):
        return False
    reach = min(min(head[0], foot[0]) - middle[0], middle[-1] - max(head[-1], foot[-1]))
    return bool(reach > _BEYOND * tall)


def red(page: Picture) -> Pixels:
    """Where there is red ink that is no seal's: a correction, or figures printed in red."""
    joined = cv2.dilate(page.red, np.ones((_STROKES_APART,) * 2, np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(joined)
    small = np.maximum(boxes[:, 2], boxes[:, 3]) - _STROKES_APART < _SEAL * PER_POINT
    small[0] = False
    drawn: Pixels = np.where(small[labels], page.red, 0).astype(np.uint8)
    return drawn


def is_marked(drawn: Pixels, box: Box) -> bool:
    """Whether such ink lies in a box."""
    return int(np.count_nonzero(drawn[box.top : box.bottom, box.left : box.right])) > _DUST
