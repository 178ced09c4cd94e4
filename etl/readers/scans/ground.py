"""Print that is lighter than what it stands on, white heads on dark blue: seen as dark print on paper."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

# Of the paper's light: a ground that is darker is dark. Pixels: no stroke is so broad; print on a ground is no taller; a
# ground is larger both ways.
_DARK, _BROAD, _PRINT, _LEAST = 0.6, 11, 37, 27
# Of the paper's light: by how much a ground is darker than its print at least.
_APART = 0.25


def lightened(grey: NDArray[Any]) -> NDArray[Any]:
    """The page with each dark ground as paper, and what stands out from it, lighter or darker, as print."""
    paper = float(np.percentile(grey[::4, ::4], 75))
    dark = (cv2.GaussianBlur(grey, (3, 3), 0) < _DARK * paper).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_BROAD,) * 2, np.uint8))
    if not solid.any():
        return grey
    closed = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((_PRINT,) * 2, np.uint8))
    fields = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((_LEAST,) * 2, np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(fields)
    height, width = grey.shape
    found = grey.copy()
    for label, (left, top, wide, tall, _) in enumerate(boxes[1:count].tolist(), 1):
        if left == 0 or top == 0 or left + wide == width or top + tall == height:
            # What lies about the sheet.
            continue
        area = slice(top, top + tall), slice(left, left + wide)
        inside, part = labels[area] == label, grey[area].astype(np.float32)
        ground = float(np.median(part[inside]))
        lightest = float(np.percentile(part[inside], 99))
        if lightest - ground > _APART * paper:
            seen = paper - np.abs(part - ground) * (paper / (paper - ground))
            found[area] = np.where(inside, seen.clip(0, 255), part).astype(np.uint8)
    return found
