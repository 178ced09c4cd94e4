"""Boxes and points on a page, and how they are moved from one set of coordinates into another."""

from collections.abc import Sequence

# Left, top, right, bottom where y grows downwards; left, bottom, right, top where it grows upwards.
Box = tuple[float, float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def box_of(points: Sequence[Point]) -> Box:
    """The box around points."""
    across, along = [x for x, _ in points], [y for _, y in points]
    return min(across), min(along), max(across), max(along)


def moved(x: float, y: float, matrix: Matrix) -> Point:
    """A point in the coordinates that a matrix leads to."""
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]
