"""A page of an OFD document (GB/T 33190): where its characters and ruling lines stand.

OFD measures in millimetres, y downwards, each object within a box of its own; what comes out is in points.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.geometry.box import Box, Matrix, Point, box_of, moved
from etl.readers.geometry.covered import is_hidden, lies_in
from etl.readers.geometry.glyphs import IN_NUMBER, Glyph, doubted
from etl.readers.geometry.ruled import Rule
from etl.readers.ofd.paths import POINTS, extent, numbers, outlines, placing, rooms
from etl.readers.ofd.resources import Resources

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

# Thicker than the heaviest border of an office program, thinner than any shaded row.
_THICKEST_RULE = 3.2
_WHITE, _MOST_LOOKS = 250, 10_000_000
MAX_GLYPHS, _MAX_OBJECTS = 200_000, 60_000
_TOO_MUCH = "这份 OFD 的文字或图形多得不像一份年报，没有读取。"
_DAMAGED = "这份 OFD 的页面已损坏，请重新取得原文件，或用阅读器打开后另存为 .pdf。"
_BLANKS = frozenset("\t\n\r \u00a0\u200b\u3000")


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

    def cover(self, box: Box, opacity: "Callable[[], NDArray[uint8] | None]" = lambda: None) -> None:
        """Doubt the figures so far that lie under something painted, `opacity` tells how opaque at each point.

        Raises UnreadableFile for too much that is painted.
        """
        self.looked_at += len(self.glyphs)
        if self.looked_at > _MOST_LOOKS:
            raise UnreadableFile(_TOO_MUCH)
        under = [
            (at, glyph)
            for at, glyph in enumerate(self.glyphs)
            if lies_in(glyph, box) and IN_NUMBER(glyph.text)
        ]
        opaque = opacity() if under else None
        for at, glyph in under:
            if opaque is None or is_hidden(glyph, box, opaque):
                self.glyphs[at] = doubted(glyph)


def draw(content: etree._Element, drawn: Drawn, resources: Resources) -> None:
    """Add a page's or template's objects to `drawn`. Raises UnreadableFile when they are damaged or too many."""
    try:
        for count, item in enumerate(
            content.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject", "{*}CompositeObject")
        ):
            if count > _MAX_OBJECTS:
                raise UnreadableFile(_TOO_MUCH)
            if item.get("Visible") != "false":
                _draw_object(item, drawn, resources)
    except (ValueError, IndexError, OverflowError) as error:
        raise UnreadableFile(_DAMAGED) from error


def _draw_object(item: etree._Element, drawn: Drawn, resources: Resources) -> None:
    kind = item.tag.rpartition("}")[2]
    if kind == "TextObject":
        drawn.glyphs += _printed(item, len(drawn.glyphs) + 1, resources)
        if len(drawn.glyphs) > MAX_GLYPHS:
            raise UnreadableFile(_TOO_MUCH)
    elif kind == "PathObject":
        place = placing(item)
        for points in _rules(item, place):
            drawn.add_rule(points)
        for points in _fills(item, place, resources):
            drawn.cover(box_of(points))
    else:
        drawn.pictures += 1
        if kind == "ImageObject" and _is_opaque(item):
            drawn.cover(_pictured(item), lambda: resources.opacity(item))


def _printed(item: etree._Element, run: int, resources: Resources) -> Iterator[Glyph]:
    """The characters of a text, the figures doubted that leave no ink or that its clips cut away."""
    place = placing(item)
    left_over, is_unseen = list(rooms(item, place)), _is_unseen(item, resources)
    for glyph in _glyphs(item, place, run):
        is_cut = not all(lies_in(glyph, room) for room in left_over)
        yield doubted(glyph) if is_unseen or is_cut else glyph


def _pictured(item: etree._Element) -> Box:
    """The box that a picture fills: a square of 1 where the object places it by a matrix, or else its whole boundary."""
    place = placing(item)
    _, _, width, height = numbers(item.get("Boundary"))
    side = (1, 1) if item.get("CTM") else (width, height)
    return box_of([moved(x, y, place) for x in (0, side[0]) for y in (0, side[1])])


def _is_opaque(item: etree._Element, *colours: etree._Element | None) -> bool:
    return all(one is None or one.get("Alpha") in (None, "255") for one in (item, *colours))


def _is_unseen(item: etree._Element, resources: Resources) -> bool:
    """Whether text leaves no ink, or a white one: on a dark ground that counts."""
    strokes, fills = item.get("Stroke") == "true", item.get("Fill") != "false"
    if item.get("Alpha") == "0" or not (strokes or fills):
        return True
    kinds = ["StrokeColor"] * strokes + ["FillColor"] * fills
    return all(_is_white(resources.colour(item, kind)) for kind in kinds)


def _is_white(colour: etree._Element | None) -> bool:
    """Whether a colour of one, three or, for print, four shades leaves the paper as it is."""
    if colour is None:
        return False
    shades = numbers(colour.get("Value"))
    is_bare = max(shades) <= 255 - _WHITE if len(shades) == 4 else bool(shades) and min(shades) >= _WHITE
    return colour.get("Alpha") == "0" or is_bare


def _fills(item: etree._Element, place: Matrix, resources: Resources) -> Iterator[Sequence[Point]]:
    """The boxes that a path fills and that nothing is seen through."""
    if item.get("Fill") == "true" and _is_opaque(item, resources.colour(item, "FillColor")):
        data = item.findtext("{*}AbbreviatedData")
        for outline in outlines(data or ""):
            if (
                len(outline) in (4, 5)
                and min(extent(outline, 0), extent(outline, 1)) > _THICKEST_RULE / POINTS
            ):
                yield [moved(*point, place) for point in outline]


def _glyphs(item: etree._Element, place: Matrix, run: int) -> Iterator[Glyph]:
    size = numbers(item.get("Size"))[0]
    stretch = (numbers(item.get("HScale")) or [1.0])[0]
    em = size * max(abs(place[1]), abs(place[3]))
    scale = max(abs(place[0]), abs(place[2]))
    x = y = 0.0
    for code in item.iterchildren("{*}TextCode"):
        x, y = _start(code, x, y)
        for letter, at, step in _letters(code, (x, y), size * stretch):
            left, base = moved(*at, place)
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
    for outline in outlines("" if data is None else data.text or ""):
        points = [moved(*point, place) for point in outline]
        flat = min(extent(points, 0), extent(points, 1)) <= _THICKEST_RULE
        if strokes and not flat:
            yield from pairwise(points)
        elif strokes or len(points) > 2:
            yield points
