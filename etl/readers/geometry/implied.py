"""Cells that no rule parts, though the rules of the labels beside them and of the heads above them show where they lie."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from etl.readers.geometry.columns import apart
from etl.readers.geometry.glyphs import Glyph, is_value, line_text, lines, words
from etl.readers.geometry.ruled import Grid, Region, owners

Cells = dict[int, list[Glyph]]
_Edges = tuple[list[int], list[int]]
# Numbers below each other that make a column.
_FEWEST = 2


def divided(grid: Grid, cells: Cells) -> tuple[Grid, Cells]:
    """The grid and what its cells hold, those with numbers of several rows divided as labels and heads are.

    A cell in which any number would not lie within one of its parts is left whole.
    """
    tall = [
        index
        for index, region in enumerate(grid.regions)
        if region.rows > 1 and _holds_rows(cells.get(index))
    ]
    edges = {index: _edges(grid, grid.regions[index]) for index in tall}
    cut = {index: found for index, found in edges.items() if _fit(grid, found, cells[index])}
    if not cut:
        return grid, cells
    kept = [(region, index) for index, region in enumerate(grid.regions) if index not in cut]
    parts = [(part, index) for index, found in cut.items() for part in _parts(found)]
    whole = sorted([*kept, *parts])
    regions = tuple(region for region, _ in whole)
    grid = replace(grid, regions=regions, owners=owners(regions, len(grid.ys) - 1, len(grid.xs) - 1))
    found: Cells = defaultdict(list)
    for at, (_, index) in enumerate(whole):
        if index not in cut and index in cells:
            found[at] = cells[index]
    for glyph in (glyph for index in cut for glyph in cells[index]):
        found[_home(grid, glyph)].append(glyph)
    return grid, found


def widened(grid: Grid, cells: Cells, outside: list[Glyph]) -> tuple[Grid, Cells]:
    """A grid of labels alone with the numbers that stand right of it as its last columns; they are taken out of `outside`.

    Each column of them has a number beside most rows of labels, and nothing else stands there.
    """
    right, top, bottom = grid.xs[-1], grid.ys[0], grid.ys[-1]
    here = [glyph for glyph in outside if glyph[1] >= right and top < (glyph[3] + glyph[4]) / 2 < bottom]
    if not here or any(is_value(line_text(line)) for cell in cells.values() for line in lines(cell)):
        return grid, cells
    found = [word for line in lines(here) for word in words(line, 0)]
    columns = apart(found)
    last = len(grid.xs) - 1
    rows = [region for region in grid.regions if region.column + region.columns == last]
    most = max(_FEWEST, len(rows) // 2)
    if not columns or not all(is_value(word.text) for word in found) or min(map(len, columns)) < most:
        return grid, cells
    gaps = [
        (max(word.right for word in before) + min(word.left for word in after)) / 2
        for before, after in pairwise(columns)
    ]
    xs = (*grid.xs, *gaps, max(word.right for word in found) + 1)
    added = [Region(region.row, last + at, region.rows, 1) for region in rows for at in range(len(columns))]
    whole = sorted([*zip(grid.regions, range(len(grid.regions)), strict=True), *((new, -1) for new in added)])
    regions = tuple(region for region, _ in whole)
    grid = Grid(xs, grid.ys, regions, owners(regions, len(grid.ys) - 1, len(xs) - 1))
    held: Cells = defaultdict(list)
    held.update({at: cells[index] for at, (_, index) in enumerate(whole) if index in cells})
    taken = {id(glyph) for glyph in here}
    outside[:] = [glyph for glyph in outside if id(glyph) not in taken]
    for glyph in here:
        held[_home(grid, glyph)].append(glyph)
    return grid, held


def _home(grid: Grid, glyph: Glyph) -> int:
    index = grid.region_at((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
    assert index is not None
    return index


def _holds_rows(cell: list[Glyph] | None) -> bool:
    """Whether a cell holds numbers below each other and nothing else."""
    if not cell or not all(is_value(glyph.text) or glyph.text in ".,，．" for glyph in cell):
        return False
    return len(lines(cell)) > 1


def _edges(grid: Grid, region: Region) -> _Edges:
    """The edges of rows and columns, by their numbers, that the cells left of a region and above it have."""
    row, column, rows, columns = region
    left = [grid.owners[at][column - 1] for at in range(row, row + rows)] if column else []
    above = [grid.owners[row - 1][at] for at in range(column, column + columns)] if row else []
    ys = [row + at for at, (one, other) in enumerate(pairwise(left), 1) if one != other]
    xs = [column + at for at, (one, other) in enumerate(pairwise(above), 1) if one != other]
    return [row, *ys, row + rows], [column, *xs, column + columns]


def _fit(grid: Grid, edges: _Edges, cell: list[Glyph]) -> bool:
    """Whether every number lies within one part, and none has two of them."""
    ys, xs = ([places[at] for at in found] for places, found in zip((grid.ys, grid.xs), edges, strict=True))
    if len(ys) == len(xs) == 2:
        return False
    taken = set()
    for word in (word for line in lines(cell) for word in words(line, 0)):
        row, column = bisect_right(ys, word.middle), bisect_right(xs, (word.left + word.right) / 2)
        inside = 0 < column < len(xs) and xs[column - 1] <= word.left and word.right <= xs[column]
        if not inside or (row, column) in taken or not is_value(word.text):
            return False
        taken.add((row, column))
    return True


def _parts(edges: _Edges) -> list[Region]:
    ys, xs = edges
    return [
        Region(top, left, bottom - top, right - left)
        for top, bottom in pairwise(ys)
        for left, right in pairwise(xs)
    ]
