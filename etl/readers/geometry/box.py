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


def span(start: Point, end: Point) -> Box:
    """The box between two points."""
    (x0, y0), (x1, y1) = start, end
    left, right = (x0, x1) if x0 <= x1 else (x1, x0)
    return (left, y0, right, y1) if y0 <= y1 else (left, y1, right, y0)


def moved(x: float, y: float, matrix: Matrix) -> Point:
    """A point in the coordinates that a matrix leads to."""
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that leads where two lead one after the other."""
    a, b, c, d, e, f = inner
    return (*_turned(a, b, outer), *_turned(c, d, outer), *moved(e, f, outer))


def _turned(x: float, y: float, matrix: Matrix) -> Point:
    return x * matrix[0] + y * matrix[2], x * matrix[1] + y * matrix[3]
