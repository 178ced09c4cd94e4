"""Print that touches the rules of its cell: the line with the rules lifted off it, and with those above and below left."""

import cv2
import numpy as np

from etl.readers.scans.picture import Box, Picture, Pixels

# Pixels: how near to the inner side of its cell ink is that goes on over the rule, how far the rule reaches beyond,
# what is wider than its ink, soft sides included, and how far figures cut by a line are seen to go on at least.
_NEAR, _BEYOND, _ACROSS, _ONWARD = 1, 8, 13, 13
_SOFT = np.ones((3, 3), np.uint8)


def widened(cell: Box, line: Box) -> Box:
    """The line with the rules that it touches; the line itself where it touches none."""
    left, top, right, bottom = (
        _BEYOND * (gap <= _NEAR)
        for gap in (
            line.left - cell.left,
            line.top - cell.top,
            cell.right - line.right,
            cell.bottom - line.bottom,
        )
    )
    return Box(max(line.left - left, 0), max(line.top - top, 0), line.right + right, line.bottom + bottom)


def goes_on(bare: Picture, cell: Box, line: Box) -> bool:
    """Whether strokes of a line go on above or below its cell: what was taken for a rule was drawn through them."""
    columns = slice(line.left, line.right)
    for near, inner, beyond in (
        (line.top - cell.top <= _NEAR, line.top, cell.top - _ONWARD),
        (cell.bottom - line.bottom <= _NEAR, line.bottom - 1, cell.bottom + _ONWARD),
    ):
        if near and 0 <= beyond < len(bare.ink):
            ends, goes = bare.ink[inner, columns], bare.ink[beyond, columns]
            if (cv2.dilate(ends[None], _SOFT) & goes[None]).any():
                return True
    return False


def lifted(page: Picture, bare: Picture, line: Box, box: Box) -> tuple[Pixels, Pixels]:
    """The grey picture of a widened line without its rules, and without those beside it alone.

    A rule goes, but for the strokes that cross it. Strokes that end in it are cut: below a rule that stays, they are whole.
    """
    area = slice(box.top, box.bottom), slice(box.left, box.right)
    ink = bare.ink[area]
    crossing: Pixels = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_ACROSS, 1), np.uint8))
    crossing = crossing | cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _ACROSS), np.uint8))
    taken: Pixels = page.ink[area] & ~ink
    rules = (cv2.dilate(taken, _SOFT) > 0) & (crossing == 0)
    paper = float(np.percentile(page.grey[line.top : line.bottom, line.left : line.right], 95))
    beside = rules.copy()
    beside[:, line.left - box.left : line.right - box.left] = False
    grey = page.grey[area]
    return np.where(rules, paper, grey).astype(np.uint8), np.where(beside, paper, grey).astype(np.uint8)
