"""Sheets with two pages side by side, as a copier for A3 makes of an open booklet."""

import cv2
import numpy as np

from etl.readers.scans.picture import Pixels, inked

# Of its height: a sheet less wide has one page, whichever way it lies.
_WIDE = 1.25
# Pixels: the height at which a sheet is looked over.
_HEIGHT = 800
# Of the width: where two pages meet; of a part of the sheet: how much of it is ink where it is empty, or printed.
_GUTTER = (0.47, 0.53)
_EMPTY, _PRINTED = 0.001, 0.005


def halves(colours: Pixels) -> list[Pixels]:
    """The left and the right half of an RGB picture, without an empty one; the picture where print runs across its middle."""
    height, width = colours.shape[:2]
    if width < _WIDE * height:
        return [colours]
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (round(width * _HEIGHT / height), _HEIGHT), interpolation=cv2.INTER_AREA)
    ink = inked(small) > 0
    left, right = (round(side * ink.shape[1]) for side in _GUTTER)
    parts = ink[:, :left], ink[:, left:right], ink[:, right:]
    before, between, after = (float(part.mean()) for part in parts)
    if between > _EMPTY or max(before, after) < _PRINTED:
        return [colours]
    halves = (before, colours[:, : width // 2]), (after, colours[:, width // 2 :])
    return [np.ascontiguousarray(half) for printed, half in halves if printed > _EMPTY]
