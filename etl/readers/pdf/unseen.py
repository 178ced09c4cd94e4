"""Figures in a PDF's text that a reader of the printed page does not see: without ink, white, painted over."""

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from etl.document import UnreadableFile
from etl.readers.geometry.covered import is_hidden, lies_in
from etl.readers.geometry.glyphs import IN_NUMBER, Glyph, doubted
from etl.readers.pdf.calls import by_number, written
from etl.readers.pdf.painted import TOO_MUCH, Painted
from etl.readers.pdf.rules import Cover

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_NO_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_WHITE = 250
_MOST_LOOKS = 10_000_000
_MODE = by_number(raw.FPDFTextObj_GetTextRenderMode)
_FILL, _STROKE = by_number(raw.FPDFText_GetFillColor), by_number(raw.FPDFText_GetStrokeColor)


def without_ink(text: int, runs: Mapping[int, int]) -> set[int]:
    """The pieces of print that are white or drawn not at all: on a dark ground white counts.

    `runs` has one character of each piece on the page `text`.
    """
    modes = {run: _MODE(run) for run in runs if run}
    outlined = [run for run, mode in modes.items() if mode in _OUTLINED]
    filled = [run for run, mode in modes.items() if mode not in (*_NO_INK, *_OUTLINED)]
    unseen = modes.keys() - {*outlined, *filled}
    for colour, some in ((_FILL, filled), (_STROKE, outlined)):
        answers = written(colour, 4, repeat(text), [runs[run] for run in some], kind=ctypes.c_uint)
        for run, known, red, green, blue, alpha in zip(some, *answers, strict=True):
            if known and (alpha == 0 or min(red, green, blue) >= _WHITE):
                unseen.add(run)
    return unseen


class Covers:
    """What is painted over the text of a page."""

    def __init__(self, page: pypdfium2.PdfPage, painted: Painted, covers: Iterable[Cover]) -> None:
        self._page, self._orders = page, painted.texts
        first = min(painted.texts.values(), default=0)
        self._covers = [cover for cover in covers if cover.order > first]
        self._rows: dict[float, list[Cover]] = {}
        self._opaque: dict[float, NDArray[uint8] | None] = {}

    def doubted(self, glyphs: list[Glyph]) -> list[Glyph]:
        """The glyphs, with `DOUBT` for each figure that something painted later hides.

        Raises UnreadableFile when there is more painted than any report has.
        """
        if not self._covers:
            return glyphs
        if len(self._covers) * len(glyphs) > _MOST_LOOKS:
            raise UnreadableFile(TOO_MUCH)
        return [
            doubted(glyph) if IN_NUMBER(glyph.text) and self._is_hidden(glyph) else glyph for glyph in glyphs
        ]

    def _is_hidden(self, glyph: Glyph) -> bool:
        order = self._orders.get(glyph.run, 0)
        return any(
            cover.order >= order and lies_in(glyph, cover.box) and self._hides(cover, glyph)
            for cover in self._at((glyph.top + glyph.bottom) / 2)
        )

    def _at(self, y: float) -> Sequence[Cover]:
        """The covers that reach over a height; the figures of a row share theirs."""
        if y not in self._rows:
            self._rows[y] = [cover for cover in self._covers if cover.box[1] < y < cover.box[3]]
        return self._rows[y]

    def _hides(self, cover: Cover, glyph: Glyph) -> bool:
        if cover.picture is None:
            return True
        if cover.order not in self._opaque:
            self._opaque[cover.order] = self._seen_through(cover.picture)
        opaque = self._opaque[cover.order]
        return opaque is None or is_hidden(glyph, cover.box, opaque)

    def _seen_through(self, picture: int) -> "NDArray[uint8] | None":
        """How opaque each point of a picture is, None where it is so throughout."""
        handle = raw.FPDF_PAGEOBJECT.from_buffer(ctypes.c_void_p(picture))
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(self._page.pdf.raw, self._page.raw, handle)
        pixels = pypdfium2.PdfBitmap.from_raw(bitmap).to_numpy() if bitmap else None
        return None if pixels is None or pixels.shape[2] < 4 else pixels[:, :, 3]
