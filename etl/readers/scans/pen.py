"""What somebody corrected by pen after printing: figures struck through, and coloured ink that is no seal's."""

import cv2
import numpy as np

from etl.readers.scans.picture import Box, Picture, Pixels

# Of the width of a number: how much of it a line drawn through is seen to cover; more than its figures ever do.
_COVERED = 0.97
# Of its height: between what a line through its middle crosses it, for at its head and from the bar of a 4 on are strokes
# of figures; how far a line through one figure reaches beyond it.
_HIGHEST, _LOWEST, _BEYOND = 0.2, 0.6, 0.12
_SLOPES = 33
# Of its height: a single figure is no wider.
_ONE_FIGURE = 0.9
# Pixels: how far a line drawn by hand strays from a straight one.
_STRAYS = 1
# How far from grey a pen's ink is at least; more of a page's ink is blue or green only where its print is. Pixels: a
# stroke is larger than the dust that compression leaves about a seal.
_TINT, _FEW, _DUST = 20, 0.05, 20
# Grey levels below the paper at which a line is still seen, drawn ever so lightly; pixels of it between strokes at least.
_FAINT, _SHOWN = 24, 2


def is_struck(page: Picture, box: Box) -> bool:
    """Whether a line goes through the figures in a box: all of it is ink from side to side, so that it joins them.

    A faint line is seen between their strokes, away from their soft sides.
    """
    area = slice(box.top, box.bottom), slice(box.left, box.right)
    ink = page.ink[area] > 0
    tall, wide = ink.shape
    if wide < _ONE_FIGURE * tall:
        return _reaches_beyond(ink)
    grey = page.grey[area]
    faint = cv2.GaussianBlur(grey, (3, 3), 0) < np.percentile(grey, 95) - _FAINT
    between = faint & (cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
    return _joins(ink, ink) or _joins(_strayed(faint), _strayed(between))


def _strayed(seen: Pixels) -> Pixels:
    """What is seen, as far as a line drawn by hand strays from it."""
    near: Pixels = cv2.dilate(seen.astype(np.uint8), np.ones((1 + 2 * _STRAYS, 1), np.uint8)) > 0
    return near


def _joins(seen: Pixels, shown: Pixels) -> bool:
    """Whether a straight line within a number, level or slanted, is seen from side to side, and shows as such somewhere."""
    tall, wide = seen.shape
    columns = np.arange(wide)
    starts = np.arange(round(_HIGHEST * tall), round(_LOWEST * tall))[:, None]
    for slope in np.linspace(-tall, tall, _SLOPES) / wide if seen.any(axis=0).all() else ():
        rows = np.rint(starts + slope * (columns - wide / 2)).astype(int)
        inside, at = (rows >= 0) & (rows < tall), rows.clip(0, tall - 1)
        covered = (inside & seen[at, columns]).mean(axis=1) > _COVERED
        if (covered & ((inside & shown[at, columns]).sum(axis=1) >= _SHOWN)).any():
            return True
    return False


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


def coloured(page: Picture) -> Pixels:
    """Where there is ink of a colour that is no seal's: a correction, or figures printed in red."""
    cool, warm = page.tint > _TINT, page.tint < -_TINT
    if np.count_nonzero(cool & (page.ink > 0)) > _FEW * np.count_nonzero(page.ink):
        cool[:] = False
    _, strokes, sizes, _ = cv2.connectedComponentsWithStats((cool | warm).astype(np.uint8), connectivity=8)
    large = sizes[:, cv2.CC_STAT_AREA] > _DUST
    large[0] = False
    drawn: Pixels = large[strokes]
    return drawn


def is_marked(drawn: Pixels, box: Box) -> bool:
    """Whether such ink lies in a box."""
    return bool(drawn[box.top : box.bottom, box.left : box.right].any())
