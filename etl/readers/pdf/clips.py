"""Figures in a PDF's text that are cut away: print shows only within the paths that clip it."""

from collections.abc import Iterable, Iterator
from itertools import repeat

from pypdfium2 import raw

from etl.readers.geometry.box import Box, Matrix, box_of, moved
from etl.readers.geometry.covered import lies_in
from etl.readers.geometry.glyphs import Glyph, doubted
from etl.readers.pdf.calls import by_number, written
from etl.readers.pdf.painted import Nested, Painted

_MOST_PATHS, _MOST_POINTS = 20, 200
_CLIP, _COUNT_PATHS = by_number(raw.FPDFPageObj_GetClipPath), by_number(raw.FPDFClipPath_CountPaths)
_COUNT, _SEGMENT = (
    by_number(raw.FPDFClipPath_CountPathSegments),
    by_number(raw.FPDFClipPath_GetPathSegment),
)
_POINT = by_number(raw.FPDFPathSegment_GetPoint)


def seen(painted: Painted, runs: Iterable[int], glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs, with `DOUBT` for each figure of the pieces `runs` that is cut away: what is left may be another number."""
    rooms = {run: found for run in runs if (found := list(_rooms(painted.around(run))))}
    if not rooms:
        return glyphs
    return [
        doubted(glyph) if not all(lies_in(glyph, room) for room in rooms.get(glyph.run, ())) else glyph
        for glyph in glyphs
    ]


def _rooms(around: Nested) -> Iterator[Box]:
    """Where a piece of print shows: within its own clips, and those of the forms around it."""
    for handle, matrix in around:
        clip = _CLIP(handle)
        for path in range(min(_COUNT_PATHS(clip), _MOST_PATHS)):
            count = _COUNT(clip, path)
            if 0 < count < _MOST_POINTS:
                yield _box([_SEGMENT(clip, path, at) for at in range(count)], matrix)


def _box(segments: list[int], matrix: Matrix) -> Box:
    _, xs, ys = written(_POINT, 2, segments)
    return box_of(list(map(moved, xs, ys, repeat(matrix))))
