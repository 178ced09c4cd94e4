"""What stands in a cell by its ink alone: lines of print, how many figures, a stain. Boxes are pixels."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor

import cv2
import numpy as np

from etl.readers.scans.picture import PER_POINT, Box, Picture, Pixels

# Pixels: what is smaller both ways is dust or a full stop, never a figure or a dash.
_SPECK = 6
_DEEP = 8
# Of its height: how much higher or lower than its others a figure of a number begins or ends at most.
_UNEVEN = 0.12
# Pixels about a mark where its paper is seen.
_ABOUT = 12
# Grey levels below the paper at which a pencil or a worn ribbon still shows, well above the noise of a scanner.
_FAINT = 10


def lines(page: Picture, box: Box, letter: float) -> list[Box]:
    """The lines of print in a cell, from top to bottom; specks do not count: a decimal point lies between figures.

    `letter` is the height in points of a Chinese character in the cell's table.
    """
    ink = np.zeros((box.bottom - box.top, box.right - box.left), np.uint8)
    for mark in _marks(page.ink[box.top : box.bottom, box.left : box.right]):
        if not _is_speck(mark):
            ink[mark.top : mark.bottom, mark.left : mark.right] |= page.ink[
                box.top + mark.top : box.top + mark.bottom, box.left + mark.left : box.left + mark.right
            ]
    found = []
    for top, bottom in _bands(np.count_nonzero(ink, axis=1), letter * PER_POINT):
        columns = np.flatnonzero(ink[top:bottom].any(axis=0)) + box.left
        found.append(Box(int(columns[0]), top + box.top, int(columns[-1]) + 1, bottom + box.top))
    return found


def _bands(rows: Pixels, tall: float) -> Iterator[tuple[int, int]]:
    """The lines of print by the ink of each row of pixels: strokes of 二 stand apart, lines stand further apart."""
    bands: list[tuple[int, int]] = []
    inked = np.flatnonzero(rows)
    for run in np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1) if len(inked) else ():
        top, bottom = int(run[0]), int(run[-1]) + 1
        if bands and bottom - bands[-1][0] <= 1.25 * tall:
            top = bands.pop()[0]
        bands.append((top, bottom))
    for top, bottom in bands:
        edges = [top, *(top + cut for cut in _cuts(rows[top:bottom], tall)), bottom]
        yield from pairwise(edges)


def _cuts(rows: Pixels, tall: float) -> list[int]:
    """Where lines that touch each other are parted: the rows with least ink about where lines should end."""
    count = round(len(rows) / tall)
    pitch, cuts = len(rows) / max(count, 1), []
    for middle in (pitch * order for order in range(1, count)):
        start = round(middle - 0.3 * pitch)
        near = rows[start : round(middle + 0.3 * pitch)]
        if near.min() > 0.4 * rows.mean():
            return []
        cuts.append(start + int(near.argmin()))
    return cuts


def _is_speck(mark: Box) -> bool:
    return max(mark.right - mark.left, mark.bottom - mark.top) < _SPECK


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


def is_stained(page: Picture, bare: Picture, hiding: Pixels, box: Box) -> bool:
    """Whether there is something in a cell without lines: faint print, or a seal that may hide print."""
    inside = slice(box.top + 4, box.bottom - 4), slice(box.left + 4, box.right - 4)
    grey = page.grey[inside]
    if grey.size == 0:
        return False
    if hiding[inside].mean() > 0.02 * 255:
        return True
    return _is_marked(_faint(page, bare, inside))


def is_alone(page: Picture, bare: Picture, box: Box, line: Box) -> bool:
    """Whether nothing stands in a cell beside its one line, however faint: a dash is no rest of a figure then."""
    inside = slice(box.top + 4, box.bottom - 4), slice(box.left + 4, box.right - 4)
    if page.grey[inside].size == 0:
        return False
    faint = _faint(page, bare, inside)
    top, left = line.top - inside[0].start, line.left - inside[1].start
    height, width = line.bottom - line.top, line.right - line.left
    faint[max(top - 4, 0) : max(top + height + 4, 0), max(left - 4, 0) : max(left + width + 4, 0)] = 0
    return not _is_marked(faint)


def darkness(page: Picture, box: Box) -> float:
    """How much darker than the paper about it print is (1 is black)."""
    ink = page.grey[box.top : box.bottom, box.left : box.right]
    beside = page.grey[
        max(box.top - _ABOUT, 0) : box.bottom + _ABOUT, max(box.left - _ABOUT, 0) : box.right + _ABOUT
    ]
    return 1 - float(np.percentile(ink, 5)) / max(float(np.percentile(beside, 90)), 1.0) if ink.size else 0.0


def _faint(page: Picture, bare: Picture, inside: tuple[slice, slice]) -> Pixels:
    """1 where a part of the page is a little darker than most of it, but not along its rules."""
    grey = page.grey[inside]
    taken: Pixels = page.ink[inside] & ~bare.ink[inside]
    rules = cv2.dilate(taken, np.ones((9, 9), np.uint8))
    faint: Pixels = (cv2.GaussianBlur(grey, (5, 5), 0) < np.median(grey) - _FAINT) & (rules == 0)
    return faint.astype(np.uint8)


def _is_marked(ink: Pixels) -> bool:
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    return any(max(width, height) >= _SPECK for _, _, width, height, _ in boxes[1:])


def is_spoiled(page: Picture, bare: Picture, box: Box) -> bool:
    """Whether ink that was taken for a rule's lay well within a cell: a grey seal's ring, and print with it."""
    inner = slice(box.top + _DEEP, box.bottom - _DEEP), slice(box.left + _DEEP, box.right - _DEEP)
    return int(np.count_nonzero(page.ink[inner] > bare.ink[inner])) > _DEEP


def lean(page: Picture, box: Box) -> float:
    """How far the top of a mark stands to the right of its foot, as a part of its height."""
    tall = box.bottom - box.top
    rows, columns = np.nonzero(page.ink[box.top : box.bottom, box.left : box.right])
    top, foot = columns[rows < tall / 3], columns[rows > tall * 2 / 3]
    return float(top.mean() - foot.mean()) / tall if len(top) and len(foot) else 0.0


def runs(page: Picture, box: Box) -> list[tuple[int, int]]:
    """The columns of a line that are inked without a gap, from its left side: points and commas are none."""
    ink = page.ink[box.top : box.bottom, box.left : box.right]
    filled = np.flatnonzero(ink.any(axis=0))
    parted = np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1) if len(filled) else []
    return [
        (int(run[0]), int(run[-1]) + 1)
        for run in parted
        if np.ptp(np.flatnonzero(ink[:, run[0] : run[-1] + 1].any(axis=1))) >= 0.4 * len(ink)
    ]


def figures(page: Picture, box: Box) -> tuple[int, int]:
    """The least and the most figures that a line can have by its ink; none if they are no number.

    They are too far apart for one, or of unequal height: those of a number stand level and are as tall as each other.
    """
    ink = page.ink[box.top : box.bottom, box.left : box.right]
    tall = box.bottom - box.top
    least, most, last = 0, 0, 0
    ends = []
    for start, end in runs(page, box):
        if start - last > 0.9 * tall:
            return 0, 0
        last = end - 1
        rows = np.flatnonzero(ink[:, start:end].any(axis=1))
        ends.append((rows[0], rows[-1]))
        # In any font a figure is less than 0.9 of its height wide; the next begins 0.5 to 0.8 further on.
        width = (end - start) / tall
        touching = width > 0.9
        least += max(ceil((width - 0.75) / 0.8) + 1, 2) if touching else 1
        most += floor((width - 0.4) / 0.5) + 1 if touching else 1
    return (least, most) if np.ptp(ends, axis=0).max(initial=0) <= _UNEVEN * tall else (0, 0)
