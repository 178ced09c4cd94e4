"""What is painted on a PDF page, one thing over the other: print, paths and pictures, and the forms that some lie in.

A form is a drawing put on the page as one, with coordinates of its own. A page's are points, y downwards.
"""

from collections.abc import Iterator, Sequence
from itertools import count, repeat
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from etl.document import UnreadableFile
from etl.readers.geometry.box import Box, Matrix, moved, product, span
from etl.readers.pdf.calls import by_number, number, written

_MOST = 60_000
_DEEPEST = 4
TOO_MUCH = "这份 PDF 的页面图形过多（像是图纸），无法按表格读取，请上传 Word 或网页版。"

# Things that lie in each other, each with how its coordinates become the page's.
Nested = tuple[tuple[int, Matrix], ...]
_TEXT, _FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM
_COUNT, _OBJECT = by_number(raw.FPDFPage_CountObjects), by_number(raw.FPDFPage_GetObject)
_COUNT_INSIDE, _OBJECT_INSIDE = by_number(raw.FPDFFormObj_CountObjects), by_number(raw.FPDFFormObj_GetObject)
_KIND, _BOUNDS = by_number(raw.FPDFPageObj_GetType), by_number(raw.FPDFPageObj_GetBounds)
_MATRIX = by_number(raw.FPDFPageObj_GetMatrix)


class Part(NamedTuple):
    """A path or picture: its place in the order of painting, its handle, and how its coordinates become the page's."""

    order: int
    handle: int
    matrix: Matrix


class Painted:
    """The pieces of print (each with its place in the order of painting), the paths and the pictures of a page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        """Raises UnreadableFile when there is more painted than any report has."""
        self.texts: dict[int, int] = {}
        self.paths: list[Part] = []
        self.pictures: list[Part] = []
        self._upright = (1.0, 0.0, 0.0, -1.0, 0.0, page.get_bbox()[3])
        self._in_forms: dict[int, Nested] = {}
        self._orders, self._seen = count(), 0
        self._take(number(page.raw), self._upright, ())

    @property
    def has_forms(self) -> bool:
        """Whether any print lies in a form."""
        return bool(self._in_forms)

    def around(self, text: int) -> Nested:
        """A piece of print, and the forms around it from the outermost."""
        return self._in_forms.get(text) or ((text, self._upright),)

    def _take(self, holder: int, matrix: Matrix, within: Nested) -> None:
        counted, get = (_COUNT_INSIDE, _OBJECT_INSIDE) if within else (_COUNT, _OBJECT)
        indices = range(counted(holder))
        self._seen += len(indices)
        if self._seen > _MOST:
            raise UnreadableFile(TOO_MUCH)
        kept = {raw.FPDF_PAGEOBJ_PATH: self.paths, raw.FPDF_PAGEOBJ_IMAGE: self.pictures}
        for handle in map(get, repeat(holder), indices):
            kind = _KIND(handle)
            if kind == _TEXT:
                self.texts[handle] = next(self._orders)
                if within:
                    self._in_forms[handle] = ((handle, matrix), *within)
            elif kind in kept:
                kept[kind].append(Part(next(self._orders), handle, matrix))
            elif kind == _FORM and len(within) < _DEEPEST:
                (own,) = matrices([handle])
                self._take(handle, product(own, matrix), (*within, (handle, matrix)))


def bounds(parts: Sequence[Part]) -> Iterator[Box]:
    """The boxes around paths or pictures."""
    _, lefts, bottoms, rights, tops = written(_BOUNDS, 4, [part.handle for part in parts])
    for part, left, bottom, right, top in zip(parts, lefts, bottoms, rights, tops, strict=True):
        yield span(moved(left, bottom, part.matrix), moved(right, top, part.matrix))


def matrices(handles: Sequence[int]) -> Iterator[Matrix]:
    """How the coordinates of things become those of the page or form that they lie in."""
    _, *columns = written(_MATRIX, 6, handles)
    return zip(*columns, strict=True)
