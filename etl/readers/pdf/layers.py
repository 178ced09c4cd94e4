"""Figures on a PDF's layers, which its readers show or hide: those that leave no ink on the page as drawn are not seen."""

import ctypes
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from etl.readers.geometry.glyphs import Glyph, doubted
from etl.readers.pdf.calls import by_number
from etl.readers.pdf.painted import Painted

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_LAYER, _LONGEST_NAME, _MOST_MARKS = "OC", 64, 20
# Square points: sixteen sheets of A4.
_LARGEST = 8_000_000
# Pixels a point, and how much darker than its ground ink is, of 255.
_SCALE, _CONTRAST = 2, 60
_COUNT_MARKS, _MARK = by_number(raw.FPDFPageObj_CountMarks), by_number(raw.FPDFPageObj_GetMark)
_NAME = by_number(raw.FPDFPageObjMark_GetName)


def seen(page: pypdfium2.PdfPage, painted: Painted, runs: Iterable[int], glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs, with `DOUBT` for each figure of the pieces `runs` that lies on a layer and is not drawn."""
    layered = {run for run in runs if _is_on_a_layer(painted, run)}
    if not layered:
        return glyphs
    width, height = page.get_size()
    pixels = _drawn(page) if width * height < _LARGEST else None
    left = page.get_bbox()[0]
    return [
        doubted(glyph)
        if glyph.run in layered and (pixels is None or not _is_inked(pixels, glyph, left))
        else glyph
        for glyph in glyphs
    ]


def _is_on_a_layer(painted: Painted, run: int) -> bool:
    return any(
        _name(_MARK(handle, at)) == _LAYER
        for handle, _ in painted.around(run)
        for at in range(min(_COUNT_MARKS(handle), _MOST_MARKS))
    )


def _name(mark: int) -> str:
    letters, size = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_ulong()
    _NAME(mark, ctypes.addressof(letters), len(letters), ctypes.addressof(size))
    return letters.raw[: max(size.value - 2, 0)].decode("utf-16-le", "replace")


def _drawn(page: pypdfium2.PdfPage) -> "NDArray[uint8]":
    """The page as drawn, the darkest of its colours, the way its coordinates run."""
    turned = page.get_rotation()
    page.set_rotation(0)
    darkest: NDArray[uint8] = page.render(scale=_SCALE).to_numpy()[:, :, :3].min(axis=2)
    page.set_rotation(turned)
    return darkest


def _is_inked(pixels: "NDArray[uint8]", glyph: Glyph, left: float) -> bool:
    rows = slice(max(int(_SCALE * glyph.top), 0), int(_SCALE * glyph.bottom) + 1)
    columns = slice(max(int(_SCALE * (glyph.left - left)), 0), int(_SCALE * (glyph.right - left)) + 1)
    box = pixels[rows, columns]
    return bool(box.size) and int(box.max()) - int(box.min()) > _CONTRAST
