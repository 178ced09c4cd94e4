"""What is drawn on a PDF page besides its text: ruling lines, and whether a picture is the page itself."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from etl.document import UnreadableFile
from etl.readers.geometry.box import Box, Matrix, Point, box_of, moved
from etl.readers.geometry.ruled import Rule

# Thicker than the heaviest border of an office program, thinner than any shaded row.
THICKEST_RULE = 3.2
MAX_OBJECTS = 60_000
MAX_SEGMENTS = 20_000
MAX_DEPTH = 4
# The part of a page that the picture of a sheet covers, and the pieces of visible text that a scanning program adds.
SHEET = 0.7
MOST_MARKS = 12
_BOX_POINTS = 5
TOO_MUCH = "这份 PDF 的页面图形过多（像是图纸），无法按表格读取，请上传 Word 或网页版。"

# Drawings put on the page as one, from the outermost: each with the coordinates in which it lies.
Forms = tuple[tuple[ctypes.c_void_p, Matrix], ...]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Cover(NamedTuple):
    """What may hide the text painted before it: its place in the order of painting, its box, a picture's handle."""

    order: int
    box: Box
    picture: ctypes.c_void_p | None


class Text(NamedTuple):
    """A piece of print: its place in the order of painting, how its coordinates become the page's, the forms around it."""

    order: int
    handle: ctypes.c_void_p
    matrix: Matrix
    within: Forms


@dataclass(slots=True)
class Drawn:
    """Rules in page coordinates (y upwards), the pictures (the boxes of all, the largest's area and pixels), whether all text is invisible.

    Invisible text lies under a scan: somebody's text recognition, which nobody has read.
    """

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    pictures: int = 0
    picture_boxes: list[Box] = field(default_factory=list)
    picture_area: float = 0.0
    picture_pixels: int = 0
    hidden_text: bool = False
    texts: list[Text] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)

    def add(self, box: Box) -> None:
        """Take a thin box as a rule; a dot may be part of a dotted line either way."""
        left, bottom, right, top = box
        width, height = right - left, top - bottom
        if height <= THICKEST_RULE and (width > height or width <= THICKEST_RULE):
            self.horizontal.append(Rule((bottom + top) / 2, left, right))
        if width <= THICKEST_RULE and (height > width or height <= THICKEST_RULE):
            self.vertical.append(Rule((left + right) / 2, bottom, top))


def drawn(page: pypdfium2.PdfPage) -> Drawn:
    """The page's rules and pictures. Raises UnreadableFile when there is more drawn than any report has."""
    found = Drawn()
    if raw.FPDFPage_CountObjects(page.raw) > MAX_OBJECTS:
        raise UnreadableFile(TOO_MUCH)
    for seen, (kind, handle, matrix, within) in enumerate(_objects(page.raw, IDENTITY, ())):
        if seen > MAX_OBJECTS:
            raise UnreadableFile(TOO_MUCH)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.texts.append(Text(seen, handle, matrix, within))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _take_path(found, seen, handle, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _take_picture(found, seen, handle, matrix)
    found.hidden_text = found.pictures > 0 and _is_text_hidden(page, found)
    return found


def _is_text_hidden(page: pypdfium2.PdfPage, found: Drawn) -> bool:
    """Whether text is drawn invisibly, and no more visibly than a scanning program's own line."""
    shown: int = sum(
        raw.FPDFTextObj_GetTextRenderMode(text.handle) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for text in found.texts
    )
    width, height = page.get_size()
    marks = MOST_MARKS if found.picture_area > SHEET * width * height else 0
    return shown < len(found.texts) and shown <= marks


def _objects(
    holder: ctypes.c_void_p, matrix: Matrix, within: Forms
) -> Iterator[tuple[int, ctypes.c_void_p, Matrix, Forms]]:
    count = raw.FPDFFormObj_CountObjects if within else raw.FPDFPage_CountObjects
    get = raw.FPDFFormObj_GetObject if within else raw.FPDFPage_GetObject
    kind_of, form = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_FORM
    for index in range(count(holder)):
        handle = get(holder, index)
        kind = kind_of(handle)
        if kind == form and len(within) < MAX_DEPTH:
            yield from _objects(handle, _product(_matrix(handle), matrix), (*within, (handle, matrix)))
        else:
            yield kind, handle, matrix, within


def _matrix(handle: ctypes.c_void_p) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    return (*_vector(a, b, outer), *_vector(c, d, outer), *moved(e, f, outer))


def _vector(x: float, y: float, matrix: Matrix) -> Point:
    return x * matrix[0] + y * matrix[2], x * matrix[1] + y * matrix[3]


def _take_picture(found: Drawn, order: int, handle: ctypes.c_void_p, matrix: Matrix) -> None:
    left, bottom, right, top = _bounds(handle, matrix)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(handle, width, height)
    found.pictures += 1
    found.picture_boxes.append((left, bottom, right, top))
    found.picture_area = max(found.picture_area, (right - left) * (top - bottom))
    found.picture_pixels = max(found.picture_pixels, width.value * height.value)
    if not raw.FPDFPageObj_HasTransparency(handle):
        found.covers.append(Cover(order, (left, bottom, right, top), handle))


def _take_path(found: Drawn, order: int, handle: ctypes.c_void_p, matrix: Matrix) -> None:
    box = _bounds(handle, matrix)
    if min(box[2] - box[0], box[3] - box[1]) <= THICKEST_RULE:
        found.add(box)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    count = raw.FPDFPath_CountSegments(handle)
    if fill.value and count <= _BOX_POINTS and not raw.FPDFPageObj_HasTransparency(handle):
        found.covers.append(Cover(order, box, None))
    # A filled box is shading; a picture drawn in so many strokes is no table.
    if count > MAX_SEGMENTS or (not stroke.value and count <= _BOX_POINTS):
        return
    for outline in _outlines(handle, count, _product(_matrix(handle), matrix)):
        if stroke.value:
            for start, end in pairwise(outline):
                found.add(_span(start, end))
        else:
            found.add(box_of(outline))


def _bounds(handle: ctypes.c_void_p, matrix: Matrix) -> Box:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    if matrix is IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _span(moved(left.value, bottom.value, matrix), moved(right.value, top.value, matrix))


def _span(start: Point, end: Point) -> Box:
    """The box between two points."""
    (x0, y0), (x1, y1) = start, end
    left, right = (x0, x1) if x0 <= x1 else (x1, x0)
    return (left, y0, right, y1) if y0 <= y1 else (left, y1, right, y0)


def _outlines(handle: ctypes.c_void_p, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """The straight outlines of a path, in page coordinates; one with a curve is no rule and is left out."""
    outline: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    segment_of, kind_of = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType
    point_of, is_closed = raw.FPDFPathSegment_GetPoint, raw.FPDFPathSegment_GetClose
    for index in range(count):
        segment = segment_of(handle, index)
        kind = kind_of(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and outline:
            if not curved:
                yield outline
            outline, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        point_of(segment, x, y)
        outline.append(moved(x.value, y.value, matrix))
        if is_closed(segment):
            outline.append(outline[0])
    if outline and not curved:
        yield outline


def number(handle: ctypes.c_void_p) -> int:
    """A number for what a handle refers to, 0 for nothing."""
    return ctypes.c_void_p.from_buffer(handle).value or 0


class Pieces:
    """The pieces of print on a page by their numbers, each with the forms around it."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._in_forms = {number(text.handle): text for text in texts if text.within}
        self._around: dict[int, Forms] = {}

    def around(self, run: int) -> Forms:
        """A piece and the forms around it, each with the coordinates in which it lies."""
        if run not in self._around:
            text = self._in_forms.get(run)
            own = raw.FPDF_PAGEOBJECT.from_buffer(ctypes.c_void_p(run))
            self._around[run] = ((own, text.matrix), *text.within) if text else ((own, IDENTITY),)
        return self._around[run]
