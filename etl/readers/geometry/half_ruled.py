"""Grids of which only the rows or only the columns are ruled: they are left to be read by alignment. Lengths are points."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import chain, pairwise

from etl.readers.geometry.glyphs import (
    PADDING,
    Glyph,
    Word,
    cell_text,
    is_value,
    join,
    line_text,
    lines,
    touches_cjk,
    words,
)
from etl.readers.geometry.line import SEVERAL
from etl.readers.geometry.ruled import Grid, Region

# The lines of a cell, by its index.
Cells = Mapping[int, Sequence[Sequence[Glyph]]]
# Of its cell's width: numbers that share no column spread over more.
_SPREAD = 0.3
# Of a character's height: what characters of one word stand apart at most.
_ABUTTING = 0.1
# Of a figure's width: a line of the same cell that is wider by so much has another figure.
_FIGURE = 0.8


def is_half_ruled(grid: Grid, cells: Cells) -> bool:
    """Whether some cell of the grid holds several columns, or some row of it several rows of numbers."""
    return _columns_unruled(grid, cells) or _rows_unruled(grid, cells) or _rows_apart(grid, cells)


def words_of(grid: Grid, cells: Cells, page: int) -> list[list[Word]]:
    """The words of such a grid line by line: those of a ruled row in one, unless numbers stand below each other in it.

    Labels are set off from the numbers that a rule parts from them.
    """
    cells = _set_off(grid, cells)
    found, loose = list[list[Word]](), list[Glyph]()
    for row in range(len(grid.ys) - 1):
        here = [cells[index] for index in sorted(cells) if grid.regions[index].row == row]
        whole = all(grid.regions[index].rows == 1 for index in cells if grid.regions[index].row == row)
        if here and whole and (texts := _in_one_line([words(line, page) for cell in here for line in cell])):
            found.append([word._replace(row=row + 1) for word in texts])
        else:
            loose += [glyph for cell in here for line in cell for glyph in line]
    return found + [_apart(grid, line, page) for line in lines(loose)]


def _set_off(grid: Grid, cells: Cells) -> Cells:
    """The lines of the cells, those of labels moved to the left by a character."""
    numbered = [
        grid.regions[index].column
        for index, rows in cells.items()
        if any(is_value(line_text(line)) for line in rows)
    ]
    first = min(numbered, default=0)
    ends = {index: grid.regions[index].column + grid.regions[index].columns for index in cells}
    return {index: list(map(_moved, rows)) if ends[index] <= first else rows for index, rows in cells.items()}


def _moved(line: Sequence[Glyph]) -> list[Glyph]:
    by = line[0].bottom - line[0].top
    return [glyph._replace(left=glyph.left - by, right=glyph.right - by) for glyph in line]


def _in_one_line(rows: Sequence[Sequence[Word]]) -> list[Word]:
    """The words of a ruled row, those below each other put together; none where these are numbers."""
    cells: list[list[Word]] = []
    for word in chain.from_iterable(rows):
        over = [
            cell
            for cell in cells
            if any(word.left < other.right and other.left < word.right for other in cell)
        ]
        cells = [cell for cell in cells if cell not in over]
        cells.append([*chain.from_iterable(over), word])
    if any(len(cell) > 1 and any(is_value(word.text) for word in cell) for cell in cells):
        return []
    top, bottom = min(cell[0].top for cell in cells), max(cell[-1].bottom for cell in cells)
    return sorted((_folded(cell, (top + bottom) / 2) for cell in cells), key=lambda word: word.left)


def _folded(cell: Sequence[Word], middle: float) -> Word:
    """The words of a cell, from line to line, as one at the middle of its row."""
    half = (cell[0].bottom - cell[0].top) / 2
    ordered = sorted(cell, key=lambda word: (round(word.middle / half), word.left))
    return Word(
        reduce(join, (word.text for word in ordered)),
        min(word.left for word in cell),
        max(word.right for word in cell),
        middle - half,
        middle + half,
        cell[0].page,
        lines=len({round(word.middle / half) for word in cell}),
    )


def _apart(grid: Grid, line: Sequence[Glyph], page: int) -> list[Word]:
    """The words of a line, cut at the rules down; a head over several columns goes on where one is not drawn so high."""
    cells: list[list[Glyph]] = []
    before = None
    for glyph in line:
        region = grid.region_at((glyph[1] + glyph[2]) / 2, (glyph[3] + glyph[4]) / 2)
        if cells and (region == before or _goes_on(cells[-1][-1], glyph)):
            cells[-1].append(glyph)
        else:
            cells.append([glyph])
        before = region
    return [word for glyphs in cells for word in words(glyphs, page)]


def _goes_on(before: Glyph, after: Glyph) -> bool:
    gap = (after[1] - before[2]) / (after[4] - after[3])
    return gap < _ABUTTING and touches_cjk(before[0], after[0]) and not before[5] and not after[5]


def width(grid: Grid, region: Region) -> float:
    """How wide a cell is."""
    return grid.xs[region.column + region.columns] - grid.xs[region.column]


def _columns_unruled(grid: Grid, cells: Cells) -> bool:
    """Whether numbers stand side by side in a row that no rule divides."""
    whole = (index for index in cells if grid.regions[index].columns == len(grid.xs) - 1)
    return any(
        _holds_columns(line, width(grid, grid.regions[index])) for index in whole for line in cells[index]
    )


def _holds_columns(line: Sequence[Glyph], room: float) -> bool:
    values = [word for word in words(line, 0) if is_value(word.text)]
    return len(values) >= SEVERAL and values[-1].left - values[0].left > _SPREAD * room


def _rows_unruled(grid: Grid, cells: Cells) -> bool:
    """Whether some row of the grid holds several rows of numbers, told apart by white space only.

    They stand beside as many lines of labels, every number cell with as many as the others; else they are
    numbers wrapped in cells too narrow for them.
    """
    stacks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, rows in cells.items():
        region = grid.regions[index]
        if all(is_value(line_text(line)) for line in rows):
            wrapped = len(rows) > 1 and is_value(cell_text(rows, width(grid, region), telling=1))
            stacks[region.row, region.rows].append(1 if wrapped else len(rows))
    return any(
        len(counts) > 1
        and counts[0] > 1
        and set(counts) == {counts[0]}
        and counts[0] <= _lines_of_labels(grid, cells, range(first, first + rows))
        for (first, rows), counts in stacks.items()
    )


def _lines_of_labels(grid: Grid, cells: Cells, band: range) -> int:
    """The most lines of words that stand below each other in one column of some rows."""
    columns: Counter[int] = Counter()
    for index, rows in cells.items():
        region = grid.regions[index]
        if region.row in band and region.row + region.rows - 1 in band:
            columns[region.column] += sum(not is_value(line_text(line)) for line in rows)
    return max(columns.values(), default=0)


def _rows_apart(grid: Grid, cells: Cells) -> bool:
    """Whether cells of a row hold, at the same heights, numbers below each other that had room in one line, or below heads."""
    numbers, headed = Counter[tuple[int, int, int]](), Counter[tuple[int, int]]()
    for index, rows in cells.items():
        row, room = grid.regions[index].row, width(grid, grid.regions[index])
        widest = max(map(_length, rows), default=0.0)
        for above, below in pairwise(rows):
            if is_value(line_text(below)) and any(map(str.isalpha, line_text(above))):
                headed[row, round(below[0][4])] += 1
            elif is_value(line_text(below)) and (
                _has_room(above, room - PADDING) or _has_room(above, widest, _FIGURE)
            ):
                numbers[row, round(above[0][4]), round(below[0][4])] += 1
    return any(count > 1 for count in numbers.values()) or any(count >= SEVERAL for count in headed.values())


def _has_room(line: Sequence[Glyph], room: float, figure: float = 1) -> bool:
    """Whether a line of figures leaves so much of another one's width, so that it was not folded there."""
    return room - _length(line) > figure * (line[0][2] - line[0][1])


def _length(line: Sequence[Glyph]) -> float:
    return line[-1][2] - line[0][1]
