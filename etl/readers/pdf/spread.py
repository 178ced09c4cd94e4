"""Sheets with two pages side by side, as printed to save paper, taken apart."""

from collections.abc import Sequence
from dataclasses import replace

from etl.readers.geometry.glyphs import Glyph
from etl.readers.geometry.ruled import Grid
from etl.readers.pdf.sight import Sight

# Of its height: a sheet less wide has one page. Of its width: the margins of two pages beside each other take more.
_WIDE, _GUTTER = 1.25, 0.04
# What no half of a table's numbers has, but every page of a report's text or labels.
_WRITTEN = frozenset("。；、")
_FEWEST_REGIONS = 4


def halves(sheet: Sight, width: float, height: float) -> list[Sight]:
    """The pages of a sheet, the right one where it would stand alone; the sheet where print or rules run across its middle."""
    middle, margin = width / 2, width * _GUTTER / 2
    across = any(glyph.right > middle - margin and glyph.left < middle + margin for glyph in sheet.glyphs)
    if width < _WIDE * height or across or any(grid.xs[0] < middle < grid.xs[-1] for grid in sheet.grids):
        return [sheet]
    before = [glyph for glyph in sheet.glyphs if glyph.left < middle]
    behind = [_moved(glyph, middle) for glyph in sheet.glyphs if glyph.left >= middle]
    left = [grid for grid in sheet.grids if grid.xs[0] < middle]
    right = [
        replace(grid, xs=tuple(x - middle for x in grid.xs)) for grid in sheet.grids if grid.xs[0] >= middle
    ]
    if not (_is_page(before, left) and _is_page(behind, right)):
        return [sheet]
    return [
        replace(sheet, glyphs=before, grids=left),
        replace(sheet, glyphs=behind, grids=right, pictures=0, pictured=()),
    ]


def _moved(glyph: Glyph, middle: float) -> Glyph:
    return glyph._replace(left=glyph.left - middle, right=glyph.right - middle)


def _is_page(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> bool:
    return any(glyph.text in _WRITTEN for glyph in glyphs) or any(
        len(grid.regions) >= _FEWEST_REGIONS for grid in grids
    )
