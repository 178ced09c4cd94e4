"""A page of an OFD document (GB/T 33190): where its characters and ruling lines stand.

OFD measures in millimetres, y downwards, each object within a box of its own; what comes out is in points.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.geometry.glyphs import Glyph, doubted
from etl.readers.geometry.ruled import Rule

POINTS = 72 / 25.4
# Thicker than the heaviest border of an office program, thinner than any shaded row.
_THICKEST_RULE = 3.2
_WHITE, _MOST_LOOKS = 250, 10_000_000
MAX_GLYPHS, _MAX_OBJECTS, _MAX_STEPS = 200_000, 60_000, 20_000
_TOO_MUCH = "这份 OFD 的文字或图形多得不像一份年报，没有读取。"
_DAMAGED = "这份 OFD 的页面已损坏，请重新取得原文件，或用阅读器打开后另存为 .pdf。"
_BLANKS = frozenset("\t\n\r \u00a0\u200b\u3000")
_STEP = re.compile(r"[MLCSQBA]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# How many coordinates follow each letter of a path; only moves, lines and the closing are straight.
_COORDINATES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """What stands on a page, templates included: characters, rules as drawn, the number of pictures."""

    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    pictures: int = 0
    looked_at: int = 0

    def add_rule(self, points: Sequence[Point]) -> None:
        """Take a thin box round the points as a rule; a dot may be part of a dotted line either way."""
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        width, height = right - left, bottom - top
        if height <= _THICKEST_RULE and (width > height or width <= _THICKEST_RULE):
            self.horizontal.append(Rule((top + bottom) / 2, left, right))
        if width <= _THICKEST_RULE and (height > width or height <= _THICKEST_RULE):
            self.vertical.append(Rule((left + right) / 2, top, bottom))

    def cover(self, points: Sequence[Point]) -> None:
        """Doubt the figures so far that lie under a filled box. Raises UnreadableFile for too many boxes."""
        self.looked_at += len(self.glyphs)
        if self.looked_at > _MOST_LOOKS:
            raise UnreadableFile(_TOO_MUCH)
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        for at, (_, start, end, upper, lower, _) in enumerate(self.glyphs):
            if left < (start + end) / 2 < right and top < (upper + lower) / 2 < bottom:
                self.glyphs[at] = doubted(self.glyphs[at])


def draw(content: etree._Element, drawn: Drawn) -> None:
    """Add a page's or template's objects to `drawn`. Raises UnreadableFile when they are damaged or too many."""
    try:
        for count, item in enumerate(
            content.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject", "{*}CompositeObject")
        ):
            if count > _MAX_OBJECTS:
                raise UnreadableFile(_TOO_MUCH)
            if item.get("Visible") != "false":
                _draw_object(item, drawn)
    except (ValueError, IndexError, OverflowError) as error:
        raise UnreadableFile(_DAMAGED) from error


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute. Raises ValueError for what is none, or none to reckon with."""
    found = [float(part) for part in (text or "").split()]
    if any(not -1e6 < number < 1e6 for number in found):
        raise ValueError
    return found


def _draw_object(item: etree._Element, drawn: Drawn) -> None:
    kind = item.tag.rpartition("}")[2]
    if kind in ("ImageObject", "CompositeObject"):
        drawn.pictures += 1
        return
    place = _placing(item)
    if kind == "TextObject":
        glyphs = _glyphs(item, place, len(drawn.glyphs) + 1)
        drawn.glyphs += map(doubted, glyphs) if _is_unseen(item) else glyphs
        if len(drawn.glyphs) > MAX_GLYPHS:
            raise UnreadableFile(_TOO_MUCH)
    else:
        for points in _rules(item, place):
            drawn.add_rule(points)
        for points in _fills(item, place):
            drawn.cover(points)


def _is_unseen(item: etree._Element) -> bool:
    """Whether text leaves no ink, or a white one: on a dark ground that counts."""
    if item.get("Alpha") == "0" or (item.get("Fill") == "false" and item.get("Stroke") != "true"):
        return True
    colour = item.find("{*}FillColor")
    if colour is None or item.get("Fill") == "false":
        return False
    shades = numbers(colour.get("Value"))
    return colour.get("Alpha") == "0" or (len(shades) == 3 and min(shades) >= _WHITE)


def _fills(item: etree._Element, place: Matrix) -> Iterator[Sequence[Point]]:
    """The boxes that a path fills and that nothing is seen through."""
    colour = item.find("{*}FillColor")
    alphas = (item.get("Alpha"), None if colour is None else colour.get("Alpha"))
    if item.get("Fill") == "true" and all(alpha in (None, "255") for alpha in alphas):
        data = item.findtext("{*}AbbreviatedData")
        for outline in _outlines(data or ""):
            if (
                len(outline) in (4, 5)
                and min(_extent(outline, 0), _extent(outline, 1)) > _THICKEST_RULE / POINTS
            ):
                yield [_moved(point, place) for point in outline]


def _placing(item: etree._Element) -> Matrix:
    """The object's own coordinates → points on the page."""
    left, top = numbers(item.get("Boundary"))[:2]
    a, b, c, d, e, f = numbers(item.get("CTM")) or (1, 0, 0, 1, 0, 0)
    return a * POINTS, b * POINTS, c * POINTS, d * POINTS, (e + left) * POINTS, (f + top) * POINTS


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _glyphs(item: etree._Element, place: Matrix, run: int) -> Iterator[Glyph]:
    size = numbers(item.get("Size"))[0]
    stretch = (numbers(item.get("HScale")) or [1.0])[0]
    em = size * max(abs(place[1]), abs(place[3]))
    scale = max(abs(place[0]), abs(place[2]))
    x = y = 0.0
    for code in item.iterchildren("{*}TextCode"):
        x, y = _start(code, x, y)
        for letter, at, step in _letters(code, (x, y), size * stretch):
            left, base = _moved(at, place)
            yield Glyph(letter, left, left + step * scale, base - 0.88 * em, base + 0.12 * em, run)


def _letters(code: etree._Element, at: Point, em: float) -> Iterator[tuple[str, Point, float]]:
    """The visible characters of a piece of text, the origin and the width of each."""
    text = code.text or ""
    steps_x, steps_y = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
    x, y = at
    for index, letter in enumerate(text):
        width = em if unicodedata.east_asian_width(letter) in "WFA" else em / 2
        # Without steps the characters follow each other by their own width.
        step = steps_x[index] if index < len(steps_x) else 0.0 if steps_y else width
        if letter not in _BLANKS:
            # A step is how wide the font is, unless it leaps over a gap.
            yield letter, (x, y), step if 0.5 * width < step < 1.5 * width else width
        x += step
        y += steps_y[index] if index < len(steps_y) else 0.0


def _start(code: etree._Element, x: float, y: float) -> Point:
    """Where a piece of text begins; what it does not say is as in the piece before."""
    own_x, own_y = numbers(code.get("X")), numbers(code.get("Y"))
    return own_x[0] if own_x else x, own_y[0] if own_y else y


def _steps(written: str | None, most: int) -> list[float]:
    """The distances between characters; "g 3 4.2" writes 4.2 three times."""
    parts = (written or "").split()
    steps: list[float] = []
    at = 0
    while at < len(parts) and len(steps) < most:
        if parts[at] == "g":
            count = int(numbers(" ".join(parts[at + 1 : at + 2]))[0])
            steps += numbers(" ".join(parts[at + 2 : at + 3])) * min(max(count, 0), most)
            at += 3
        else:
            steps += numbers(parts[at])
            at += 1
    return steps


def _rules(item: etree._Element, place: Matrix) -> Iterator[Sequence[Point]]:
    """The straight strokes of a path as pairs of points, and the outlines of what is only filled."""
    data = item.find("{*}AbbreviatedData")
    strokes = item.get("Stroke") != "false"
    for outline in _outlines("" if data is None else data.text or ""):
        points = [_moved(point, place) for point in outline]
        flat = min(_extent(points, 0), _extent(points, 1)) <= _THICKEST_RULE
        if strokes and not flat:
            yield from pairwise(points)
        elif strokes or len(points) > 2:
            yield points


def _extent(points: Sequence[Point], axis: int) -> float:
    return max(point[axis] for point in points) - min(point[axis] for point in points)


def _outlines(data: str) -> Iterator[list[Point]]:
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
