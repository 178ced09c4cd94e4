"""Figures in a PDF's text that are cut away: print shows only within the paths that clip it."""

import ctypes
from collections.abc import Iterable, Iterator

from pypdfium2 import raw

from etl.readers.geometry.box import Box, Matrix, box_of, moved
from etl.readers.geometry.glyphs import Glyph, doubted
from etl.readers.pdf_rules import Forms, Pieces

_EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_MOST_PATHS, _MOST_POINTS = 20, 200


class Clips:
    """Where the pieces of print on a page show; each is asked for once."""

    def __init__(self, pieces: Pieces, height: float) -> None:
        """`height` is the page's upper edge: glyphs are measured downwards from it."""
        self._pieces, self._height = pieces, height
        self._shown: dict[int, Box] = {}

    def doubted(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """The glyphs, with `DOUBT` for each figure that is cut away: what is left of a number may be another one."""
        return [doubted(glyph) if glyph.run and self._is_cut(glyph) else glyph for glyph in glyphs]

    def _is_cut(self, glyph: Glyph) -> bool:
        if glyph.run not in self._shown:
            self._shown[glyph.run] = _room(self._pieces.around(glyph.run))
        left, bottom, right, top = self._shown[glyph.run]
        x, y = (glyph.left + glyph.right) / 2, self._height - (glyph.top + glyph.bottom) / 2
        return not (left <= x <= right and bottom <= y <= top)


def _room(around: Forms) -> Box:
    """The box in which a piece of print shows: what its own clips leave, and those of the forms around it."""
    left, bottom, right, top = _EVERYWHERE
    for handle, matrix in around:
        for x0, y0, x1, y1 in _boxes(handle, matrix):
            left, bottom, right, top = max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)
    return left, bottom, right, top


def _boxes(handle: ctypes.c_void_p, matrix: Matrix) -> Iterator[Box]:
    clip = raw.FPDFPageObj_GetClipPath(handle)
    for path in range(min(raw.FPDFClipPath_CountPaths(clip), _MOST_PATHS) if clip else 0):
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        if 0 < count < _MOST_POINTS:
            yield box_of(
                [_point(raw.FPDFClipPath_GetPathSegment(clip, path, at), matrix) for at in range(count)]
            )


def _point(segment: ctypes.c_void_p, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return moved(x.value, y.value, matrix)
