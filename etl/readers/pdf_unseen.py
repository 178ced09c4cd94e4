"""Figures in a PDF's text that a reader of the printed page does not see: without ink, white, painted over."""

import ctypes
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from etl.document import UnreadableFile
from etl.readers.geometry.covered import is_hidden
from etl.readers.geometry.glyphs import IN_NUMBER, Glyph, doubted
from etl.readers.pdf_rules import TOO_MUCH, Cover, Drawn, number

_NO_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_WHITE = 250
_MOST_LOOKS = 10_000_000


class Inks:
    """Whether the pieces of print on a page leave a visible ink; each is asked for once."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text.raw
        self._known: dict[int, bool] = {}

    def run(self, index: int) -> int:
        """A number for the piece of print that a character belongs to, 0 for none."""
        return number(raw.FPDFText_GetTextObject(self._text, index))

    def is_unseen(self, index: int, run: int) -> bool:
        """Whether a character of a piece is printed white or not at all: on a dark ground white counts."""
        if run not in self._known or not run:
            self._known[run] = self._leaves_nothing(index)
        return self._known[run]

    def _leaves_nothing(self, index: int) -> bool:
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(self._text, index))
        if mode in _NO_INK:
            return True
        colour = raw.FPDFText_GetStrokeColor if mode in _OUTLINED else raw.FPDFText_GetFillColor
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = colour(self._text, index, red, green, blue, alpha)
        return bool(known) and (alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE)


class Covers:
    """What is painted over the text of a page."""

    def __init__(self, page: pypdfium2.PdfPage, drawn: Drawn, height: float) -> None:
        """`height` is the page's upper edge: glyphs are measured downwards from it."""
        self._page, self._height = page, height
        first = min((text.order for text in drawn.texts), default=0)
        self._covers = [cover for cover in drawn.covers if cover.order > first]
        self._orders = {number(text.handle): text.order for text in drawn.texts} if self._covers else {}
        self._rows: dict[float, list[Cover]] = {}
        self._opaque: dict[int, NDArray[uint8] | None] = {}

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
        y = self._height - (glyph.top + glyph.bottom) / 2
        x = (glyph.left + glyph.right) / 2
        own = self._orders.get(glyph.run)
        return any(
            self._hides(cover, glyph)
            for cover in self._at(y)
            if cover.box[0] < x < cover.box[2] and (own is None or cover.order >= own)
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
        left, bottom, right, top = cover.box
        box = left, self._height - top, right, self._height - bottom
        return opaque is None or is_hidden(glyph, box, opaque)

    def _seen_through(self, picture: ctypes.c_void_p) -> "NDArray[uint8] | None":
        """How opaque each point of a picture is, None where it is so throughout."""
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(self._page.pdf.raw, self._page.raw, picture)
        pixels = pypdfium2.PdfBitmap.from_raw(bitmap).to_numpy() if bitmap else None
        return None if pixels is None or pixels.shape[2] < 4 else pixels[:, :, 3]
