"""Lines of print that stand in no ruled table: found by their shapes, and by the ink that is left then."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from etl.readers.scans.picture import PER_POINT, Box, Picture, Pixels
from etl.readers.scans.text import located

# Of a line's height: a wider gap parts two columns.
_GAP = 1.2
# Of a Chinese character's height: print that was overlooked has figures so tall, no further apart than that.
_TALL, _APART = (0.4, 1.5), 0.5
# And of that: nothing taller is a line of print, but a rule or a seal's stroke.
_TALLEST = 6.0
_ABOVE = 30
# Of a Chinese character's height: the figures of a number stand nearer to each other.
_BESIDE = 0.25


def lines(page: Picture, letter: float) -> list[Box]:
    """The lines, each column of them for itself; `letter` is the height in points of a Chinese character.

    A figure alone between white space is overlooked as a line of text easily, and would be taken for a blank.
    """
    tallest = _TALLEST * letter * PER_POINT
    parts = (part for line in _located(page) for part in _parts(page.ink, line))
    found = [part for part in parts if part.bottom - part.top <= tallest]
    ink = page.ink.copy()
    for left, top, right, bottom in found:
        ink[top:bottom, left:right] = 0
    return _whole([*found, *_overlooked(ink, letter * PER_POINT)], _BESIDE * letter * PER_POINT)


def _whole(boxes: Sequence[Box], apart: float) -> list[Box]:
    """The boxes, those level beside each other made one: figures so near are of one number, and no two columns."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.left):
        near = next((one for one in found if box.left - one.right <= apart and _are_level(one, box)), None)
        if near:
            found.remove(near)
            box = Box(
                near.left,
                min(near.top, box.top),
                max(near.right, box.right),
                max(near.bottom, box.bottom),
            )
        found.append(box)
    return found


def _are_level(one: Box, other: Box) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return 2 * common > max(one.bottom - one.top, other.bottom - other.top)


def _located(page: Picture) -> Iterator[Box]:
    rows = np.flatnonzero(cv2.erode(page.ink, np.ones((2, 2), np.uint8)).any(axis=1))
    if not len(rows):
        return
    start = max(int(rows[0]) - _ABOVE, 0)
    for left, top, right, bottom in located(page.grey[start : int(rows[-1]) + _ABOVE]):
        yield Box(left, top + start, right, bottom + start)


def _parts(ink: Pixels, line: Box) -> Iterator[Box]:
    """The pieces of a line that wide gaps part, as large as their ink."""
    part = ink[line.top : line.bottom, line.left : line.right]
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    if not len(columns):
        return
    apart = np.flatnonzero(np.diff(columns) > _GAP * (rows[-1] - rows[0] + 1)) + 1
    for piece in np.split(columns, apart):
        left, right = int(piece[0]), int(piece[-1]) + 1
        inked = np.flatnonzero(part[:, left:right].any(axis=1)) + line.top
        yield Box(left + line.left, int(inked[0]), right + line.left, int(inked[-1]) + 1)


def _overlooked(ink: Pixels, letter: float) -> Iterator[Box]:
    """What is left of the ink and stands like figures, level beside each other."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, round(_APART * letter)), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    least, most = (part * letter for part in _TALL)
    for left, top, width, height, _ in boxes[1:].tolist():
        if least < height < most and width > height / 4:
            yield Box(left, top, left + width, top + height)
