"""Numbers whose figures are spread over the width of their cell, as distributed alignment (分散对齐) does. Lengths are points."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph, lines, reach
from etl.readers.geometry.ruled import Grid

# How much the room between characters and that beside them differ by rounding, and texts that show the alignment.
_EXACT, _ENOUGH = 1.0, 3
# Of a character's height: what is set apart; characters of a text that are so by design; how many of such leave the same room.
_APART, _LONG, _USUAL = 0.15, 3, 0.8

# A line of a cell with the room that it leaves beside itself.
_Line = tuple[list[Glyph], float]


def closed(grids: Sequence[Grid], held: Sequence[Mapping[int, list[Glyph]]]) -> None:
    """Close up in place the numbers of a page that fill their cells from margin to margin, if its texts are set so.

    Two numbers side by side do not stand both at the margins of a cell where others leave theirs to one text.
    """
    filled = [
        (cell, line)
        for grid, cells in zip(grids, held, strict=True)
        for index, cell in cells.items()
        for line in _filling(cell, *_sides(grid, index))
    ]
    long = [room for _, (line, room) in filled if len(line) >= _LONG and _is_set_apart(line)]
    margin = median(long) if len(long) >= _ENOUGH else 0.0
    if sum(abs(room - margin) < _EXACT for room in long) < max(_ENOUGH, _USUAL * len(long)):
        return
    for cell, (line, room) in filled:
        if abs(room - margin) < _EXACT and all(IN_NUMBER(glyph.text) for glyph in line):
            reach(cell, {id(before): after.left for before, after in pairwise(line)})


def _sides(grid: Grid, index: int) -> tuple[float, float]:
    region = grid.regions[index]
    return grid.xs[region.column], grid.xs[region.column + region.columns]


def _filling(cell: Sequence[Glyph], left: float, right: float) -> Iterator[_Line]:
    """The lines whose characters stand equally far from each other, and the outer ones from the sides of their cell."""
    for line in lines(cell):
        gaps = [after.left - before.right for before, after in pairwise(line)]
        rooms = line[0].left - left, right - line[-1].right
        if gaps and max(gaps) - min(gaps) < _EXACT and abs(rooms[0] - rooms[1]) < _EXACT:
            yield line, rooms[0]


def _is_set_apart(line: Sequence[Glyph]) -> bool:
    return line[1].left - line[0].right > _APART * (line[0].bottom - line[0].top)
