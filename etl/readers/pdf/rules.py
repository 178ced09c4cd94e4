"""What is drawn on a PDF page besides its text: ruling lines, what may hide text, and whether a picture is the page itself."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from operator import mul
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from etl.readers.geometry.box import Box, Matrix, Point, box_of, product
from etl.readers.pdf.calls import by_number, written
from etl.readers.pdf.painted import Painted, Part, bounds, matrices

# Thicker than the heaviest border of an office program, thinner than any shaded row.
THICKEST_RULE = 3.2
MAX_SEGMENTS = 20_000
# The part of a page that the picture of a sheet covers, and the pieces of visible text that a scanning program adds.
SHEET = 0.7
MOST_MARKS = 12
_BOX_POINTS = 5
_IS_CLEAR, _TEXT_MODE = (
    by_number(raw.FPDFPageObj_HasTransparency),
    by_number(raw.FPDFTextObj_GetTextRenderMode),
)
_PIXELS, _PATH_MODE = by_number(raw.FPDFImageObj_GetImagePixelSize), by_number(raw.FPDFPath_GetDrawMode)
_COUNT, _SEGMENT = by_number(raw.FPDFPath_CountSegments), by_number(raw.FPDFPath_GetPathSegment)
_KIND, _IS_CLOSED = by_number(raw.FPDFPathSegment_GetType), by_number(raw.FPDFPathSegment_GetClose)
_POINT = by_number(raw.FPDFPathSegment_GetPoint)


class Cover(NamedTuple):
    """What may hide the text painted before it: its place in the order of painting, its box, a picture's handle."""

    order: float
    box: Box
    picture: int | None


@dataclass(slots=True)
class Drawn:
    """The rules across and down as in `Rule`, the boxes of the pictures, the largest one's area and pixels, whether all text is invisible.

    Invisible text lies under a scan: somebody's text recognition, which nobody has read.
    """

    across: set[tuple[float, float, float]] = field(default_factory=set)
    down: set[tuple[float, float, float]] = field(default_factory=set)
    pictures: list[Box] = field(default_factory=list)
    picture_area: float = 0.0
    picture_pixels: int = 0
    hidden_text: bool = False
    covers: list[Cover] = field(default_factory=list)

    def add(self, start: Point, end: Point) -> None:
        """Take a thin box between two points as a rule; a dot may be part of a dotted line either way."""
        (x0, y0), (x1, y1) = start, end
        if -THICKEST_RULE <= y1 - y0 <= THICKEST_RULE:
            self.across.add(((y0 + y1) / 2, x0, x1) if x0 <= x1 else ((y0 + y1) / 2, x1, x0))
        if -THICKEST_RULE <= x1 - x0 <= THICKEST_RULE:
            self.down.add(((x0 + x1) / 2, y0, y1) if y0 <= y1 else ((x0 + x1) / 2, y1, y0))


def drawn(page: pypdfium2.PdfPage, painted: Painted) -> Drawn:
    """The page's rules and pictures."""
    found = Drawn()
    _take_paths(found, painted.paths)
    _take_pictures(found, painted.pictures)
    found.hidden_text = bool(found.pictures) and _is_text_hidden(page, found, painted)
    return found


def _is_text_hidden(page: pypdfium2.PdfPage, found: Drawn, painted: Painted) -> bool:
    """Whether text is drawn invisibly, and no more visibly than a scanning program's own line."""
    shown: int = sum(_TEXT_MODE(text) != raw.FPDF_TEXTRENDERMODE_INVISIBLE for text in painted.texts)
    width, height = page.get_size()
    marks = MOST_MARKS if found.picture_area > SHEET * width * height else 0
    return shown < len(painted.texts) and shown <= marks


def _take_pictures(found: Drawn, pictures: Sequence[Part]) -> None:
    _, widths, heights = written(_PIXELS, 2, [picture.handle for picture in pictures], kind=ctypes.c_uint)
    found.picture_pixels = max(map(mul, widths, heights), default=0)
    found.pictures = list(bounds(pictures))
    for picture, box in zip(pictures, found.pictures, strict=True):
        left, top, right, bottom = box
        found.picture_area = max(found.picture_area, (right - left) * (bottom - top))
        if not _IS_CLEAR(picture.handle):
            found.covers.append(Cover(picture.order, box, picture.handle))


def _take_paths(found: Drawn, paths: Sequence[Part]) -> None:
    thick: list[tuple[Part, Box]] = []
    for path, box in zip(paths, bounds(paths), strict=True):
        left, top, right, bottom = box
        if right - left <= THICKEST_RULE or bottom - top <= THICKEST_RULE:
            found.add((left, top), (right, bottom))
        else:
            thick.append((path, box))
    _, fills, strokes = written(_PATH_MODE, 2, [path.handle for path, _ in thick], kind=ctypes.c_int)
    outlined: list[tuple[Part, int, bool]] = []
    for (path, box), is_filled, is_stroked in zip(thick, fills, strokes, strict=True):
        count = _COUNT(path.handle)
        if is_filled and count <= _BOX_POINTS and not _IS_CLEAR(path.handle):
            found.covers.append(Cover(path.order, box, None))
        # A filled box is shading; a picture drawn in so many strokes is no table.
        if count <= MAX_SEGMENTS and (is_stroked or count > _BOX_POINTS):
            outlined.append((path, count, bool(is_stroked)))
    _take_outlines(found, outlined)


def _take_outlines(found: Drawn, paths: Sequence[tuple[Part, int, bool]]) -> None:
    """The rules in paths of so many segments: where they are stroked each edge, else each thin box that they fill."""
    segments = [_SEGMENT(path.handle, at) for path, count, _ in paths for at in range(count)]
    _, xs, ys = written(_POINT, 2, segments)
    points = zip(map(_KIND, segments), map(_IS_CLOSED, segments), xs, ys, strict=True)
    own = matrices([path.handle for path, _, _ in paths])
    for (path, count, is_stroked), inner in zip(paths, own, strict=True):
        for outline in _outlines(islice(points, count), product(inner, path.matrix)):
            if is_stroked:
                for start, end in pairwise(outline):
                    found.add(start, end)
            else:
                left, top, right, bottom = box_of(outline)
                found.add((left, top), (right, bottom))


def _outlines(segments: Iterable[tuple[int, int, float, float]], matrix: Matrix) -> Iterator[list[Point]]:
    """The straight outlines of a path, in page coordinates; one with a curve is no rule and is left out."""
    outline: list[Point] = []
    curved = False
    a, b, c, d, e, f = matrix
    for kind, is_closed, x, y in segments:
        if kind == raw.FPDF_SEGMENT_MOVETO and outline:
            if not curved:
                yield outline
            outline, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        outline.append((x * a + y * c + e, x * b + y * d + f))
        if is_closed and outline[-1] != outline[0]:
            outline.append(outline[0])
    if outline and not curved:
        yield outline
