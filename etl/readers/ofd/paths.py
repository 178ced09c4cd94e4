"""Paths and places on the pages of an OFD document (GB/T 33190).

OFD measures in millimetres, y downwards, each object within a box of its own; what comes out is in points.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from etl.readers.geometry.box import Box, Matrix, Point, box_of, moved

POINTS = 72 / 25.4
_MAX_STEPS = 20_000
_STEP = re.compile(r"[MLCSQBA]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# How many coordinates follow each letter of a path; only moves, lines and the closing are straight.
_COORDINATES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute. Raises ValueError for what is none, or none to reckon with."""
    found = [float(part) for part in (text or "").split()]
    if any(not -1e6 < number < 1e6 for number in found):
        raise ValueError
    return found


def placing(item: etree._Element) -> Matrix:
    """The object's own coordinates → points on the page."""
    left, top = numbers(item.get("Boundary"))[:2]
    a, b, c, d, e, f = numbers(item.get("CTM")) or (1, 0, 0, 1, 0, 0)
    return a * POINTS, b * POINTS, c * POINTS, d * POINTS, (e + left) * POINTS, (f + top) * POINTS


def rooms(item: etree._Element, place: Matrix) -> Iterator[Box]:
    """The boxes within which text shows: its boundary, and what each of its clips leaves, with a box around it."""
    left, top, width, height = numbers(item.get("Boundary"))
    yield box_of([(POINTS * x, POINTS * y) for x in (left, left + width) for y in (top, top + height)])
    for clip in item.iterfind("{*}Clips/{*}Clip"):
        points = [
            moved(*point, place)
            for area in clip.iterchildren("{*}Area")
            for path in area.iterchildren("{*}Path")
            for outline in outlines(path.findtext("{*}AbbreviatedData") or "")
            for point in _inside(outline, path, area)
        ]
        if points:
            yield box_of(points)


def _inside(outline: Sequence[Point], path: etree._Element, area: etree._Element) -> Iterator[Point]:
    """The points of a clip's path in the coordinates of the object that it clips."""
    left, top = (numbers(path.get("Boundary")) or [0.0, 0.0])[:2]
    a, b, c, d, e, f = numbers(area.get("CTM")) or (1, 0, 0, 1, 0, 0)
    return (moved(x + left, y + top, (a, b, c, d, e, f)) for x, y in outline)


def extent(points: Sequence[Point], axis: int) -> float:
    """How far points reach across (0) or down (1)."""
    return max(point[axis] for point in points) - min(point[axis] for point in points)


def outlines(data: str) -> Iterator[list[Point]]:
    """The outlines of a path; one with a curve is no rule and is left out."""
    steps = _STEP.findall(data[: 40 * _MAX_STEPS])
    outline: list[Point] = []
    straight = True
    at = 0
    while at < min(len(steps), _MAX_STEPS):
        letter = steps[at]
        count = _COORDINATES.get(letter)
        if count is None:
            raise ValueError
        values = numbers(" ".join(steps[at + 1 : at + 1 + count]))
        at += 1 + count
        if letter in "SM":
            if outline and straight:
                yield outline
            outline, straight = [], True
        straight = straight and letter not in "QBA"
        if letter == "C":
            outline += outline[:1]
        elif len(values) == count:
            outline.append((values[-2], values[-1]))
    if outline and straight:
        yield outline
