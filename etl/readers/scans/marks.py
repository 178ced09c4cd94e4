"""What stands in a cell by its ink alone: lines of print, how many figures, a stain. Boxes are pixels."""

from math import ceil, floor

import cv2
import numpy as np

from etl.readers.scans.picture import PER_POINT, Box, Picture, Pixels

# Pixels: what is smaller both ways is dust or a full stop, never a figure or a dash.
_SPECK = 6
_DEEP = 8
# Grey levels below the paper at which a pencil or a worn ribbon still shows, well above the noise of a scanner.
_FAINT = 10


def lines(page: Picture, box: Box, letter: float) -> list[Box]:
    """The lines of print in a cell, from top to bottom; specks do not count: a decimal point lies between figures."""
    marks = _marks(page.ink[box.top : box.bottom, box.left : box.right])
    marks = [mark for mark in marks if not _is_speck(mark)]
    found: list[Box] = []
    for mark in sorted(marks, key=lambda mark: mark.top):
        # Strokes of 二 stand apart, lines stand further apart.
        if found and (
            (mark.top + mark.bottom) / 2 < found[-1].bottom
            or mark.bottom - found[-1].top <= 1.25 * letter * PER_POINT
        ):
            found[-1] = _around(found[-1], mark)
        else:
            found.append(mark)
    left, top = box.left, box.top
    return [Box(line.left + left, line.top + top, line.right + left, line.bottom + top) for line in found]


def _is_speck(mark: Box) -> bool:
    return max(mark.right - mark.left, mark.bottom - mark.top) < _SPECK


def _around(one: Box, other: Box) -> Box:
    return Box(*map(min, one[:2], other[:2]), *map(max, one[2:], other[2:]))


def _marks(ink: Pixels) -> list[Box]:
    """The separate marks of ink in a cell; what is left of its rules lies along its sides and is none."""
    height, width = ink.shape
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    found = []
    for left, top, across, down, _ in boxes[1:].tolist():
        right, bottom = left + across, top + down
        on_side = left == 0 or right == width or top == 0 or bottom == height
        sliver = min(across, down) <= 0.9 * PER_POINT and max(across, down) > 4 * min(across, down)
        # The second line of a double border; no figure is flat, and none stands so close above or below.
        level = min(across / 3, 5) >= down and (top < 9 or height - bottom < 9)
        if not (level or (on_side and (sliver or min(across, down) <= 2))):
            found.append(Box(left, top, right, bottom))
    return found


def is_stained(page: Picture, bare: Picture, box: Box) -> bool:
    """Whether there is something in a cell without lines: faint print, or a seal that may hide print."""
    inside = slice(box.top + 4, box.bottom - 4), slice(box.left + 4, box.right - 4)
    grey = page.grey[inside]
    if grey.size == 0:
        return False
    if page.red[inside].mean() > 0.02 * 255:
        return True
    taken: Pixels = page.ink[inside] & ~bare.ink[inside]
    rules = cv2.dilate(taken, np.ones((9, 9), np.uint8))
    faint = (cv2.GaussianBlur(grey, (5, 5), 0) < np.median(grey) - _FAINT) & (rules == 0)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(faint.astype(np.uint8))
    return any(max(width, height) >= _SPECK for _, _, width, height, _ in boxes[1:])


def is_spoiled(page: Picture, bare: Picture, box: Box) -> bool:
    """Whether ink that was taken for a rule's lay well within a cell: a grey seal's ring, and print with it."""
    inner = slice(box.top + _DEEP, box.bottom - _DEEP), slice(box.left + _DEEP, box.right - _DEEP)
    return int(np.count_nonzero(page.ink[inner] > bare.ink[inner])) > _DEEP


def figures(page: Picture, box: Box) -> tuple[int, int]:
    """The least and the most figures that a line can have by its ink; none if they are too far apart for a number."""
    ink = page.ink[box.top : box.bottom, box.left : box.right]
    tall = box.bottom - box.top
    filled = np.flatnonzero(ink.any(axis=0))
    least, most, last = 0, 0, int(filled[0])
    for run in np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1):
        rows = np.flatnonzero(ink[:, run[0] : run[-1] + 1].any(axis=1))
        if rows[-1] - rows[0] < 0.4 * tall:
            continue
        if run[0] - last > 0.9 * tall:
            return 0, 0
        last = int(run[-1])
        # In any font a figure is less than 0.9 of its height wide; the next begins 0.5 to 0.8 further on.
        width = len(run) / tall
        touching = width > 0.9
        least += max(ceil((width - 0.75) / 0.8) + 1, 2) if touching else 1
        most += floor((width - 0.4) / 0.5) + 1 if touching else 1
    return least, most
