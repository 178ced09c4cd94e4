"""Whether a number is built as the page's print is: as tall, set as closely, of strokes as thick.

For numbers with figures that the page shows nowhere else, so that nothing tells what they should look like.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from etl.readers.scans.picture import Pixels

# Of a height: how much it varies in one size; of figures: how far the middles of two stand from where others' would.
ONE_SIZE, _AWAY = 0.12, 0.2
# Numbers that show a size; of one size, that show how its figures are set and drawn.
_SHOWN, _TELLING = 3, 5
# How much thicker than most of the page's strokes those of print are at most.
_THICKER = 1.3
_DARK = 0.5


class Build(NamedTuple):
    """How tall a number is, how far its figures stand from each other, and how thick its strokes are, parts of its height."""

    tall: int
    steps: tuple[float, ...]
    stroke: float


def build(dark: Pixels, tall: int, runs: Sequence[tuple[int, int]]) -> Build:
    """The build of a number by its darkness and the columns of its figures, none where they are not told apart."""
    ink = (dark > _DARK).astype(np.uint8)
    sides, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    around = sum(cv2.arcLength(side, closed=True) for side in sides)
    middles = [(start + end) / 2 for start, end in runs]
    steps = tuple((after - before) / tall for before, after in pairwise(middles))
    return Build(tall, steps, 2 * float(ink.sum()) / max(around, 1) / tall)


def is_of(page: Sequence[Build], one: Build) -> bool:
    """Whether a number is built like others of its page, as far as they show how: there may be too few."""
    near = _near(page, one)
    if len(near) < _SHOWN:
        return not any(len(_near(page, other)) >= _SHOWN for other in page)
    steps = [step for other in near for step in other.steps]
    if len(steps) >= _TELLING and any(abs(step - np.median(steps)) > _AWAY for step in one.steps):
        return False
    usual = float(np.median([other.stroke for other in near]))
    return len(near) < _TELLING or one.stroke <= _THICKER * usual


def _near(page: Sequence[Build], one: Build) -> list[Build]:
    """The numbers of one size with it."""
    return [other for other in page if abs(other.tall - one.tall) <= ONE_SIZE * one.tall]
