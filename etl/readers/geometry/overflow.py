"""Numbers wider than their cells: each whole to the one cell it was set in, or doubted in every cell it reaches.

A program that prints a number across a rule has set it at the left, in the middle or at the right of one cell,
as it set the other numbers of the table. Where that does not tell the cell, `DOUBT` in the text of all that it
reaches keeps them from being read as other numbers.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph
from etl.readers.geometry.ruled import Grid, Region
from etl.readers.showing import DOUBT

_OUTSIDE = -1
# Points: how exactly a program places a number in its cell.
_EXACT = 1.0
# Of a figure's height: what figures of one number stand apart or overlap at most.
_ABUTTING = 0.12
# Of its width: by how much a figure of a number lies over the next at most.
_OVERLAP = 0.2
_WIDEST_MARGIN = 8.0
_USUAL = 0.8
_ENOUGH = 3
# Shares of a character's box that its figure does not fill above and below.
_ABOVE, _BELOW = 0.28, 0.16


class _Run(NamedTuple):
    """Figures that follow each other in one line, as printed piece by piece, and the regions that their centres lie in.

    It `crosses` where it lies in several, or partly outside the grid.
    """

    pieces: tuple[tuple[Glyph, ...], ...]
    glyphs: tuple[Glyph, ...]
    reach: frozenset[int]
    crosses: bool


_Offset = Callable[[Sequence[Glyph], float, float], float]


def _from_left(figures: Sequence[Glyph], left: float, _: float) -> float:
    return figures[0].left - left


def _from_middle(figures: Sequence[Glyph], left: float, right: float) -> float:
    return (figures[0].left + figures[-1].right - left - right) / 2


def _from_right(figures: Sequence[Glyph], _: float, right: float) -> float:
    return right - figures[-1].right


_ALIGNMENTS: tuple[_Offset, ...] = (_from_left, _from_middle, _from_right)


def mend(grid: Grid, cells: dict[int, list[Glyph]], outside: list[Glyph]) -> list[Glyph]:
    """Put the numbers that cross the rules of `grid` into its cells; what remains outside is returned."""
    runs, certain = _runs(grid, cells, outside)
    crossing = [run for run in runs if run.crosses]
    doubted = {region for run in runs for region in _cut_by_a_rule(grid, run)}
    doubted.update(_overlapping(grid, cells))
    gone: set[int] = set()
    if crossing:
        whole = [run for run in runs if not run.crosses and run.reach]
        usual = _usual(grid, whole)
        doubted.update(_displaced(grid, crossing, whole, usual))
        # A figure that two numbers share is kept once: where the rest of a number begins or ends then tells nothing.
        if not (certain and {offset for offset, _ in usual} == {_from_middle}):
            doubted.update(_overprinted(runs))
        places = [_targets(grid, run.glyphs, usual) if len(run.pieces) == 1 else set() for run in crossing]
        taken = Counter(region for reach in (*(run.reach for run in whole), *places) for region in reach)
        for run, found in zip(crossing, places, strict=True):
            if len(found) == 1 and taken[min(found)] == 1:
                gone |= _move(cells, run, min(found))
            else:
                doubted |= run.reach | found
    for region in doubted:
        _doubt(grid, cells.setdefault(region, []), region)
    return [glyph for glyph in outside if id(glyph) not in gone]


def _overlapping(grid: Grid, cells: dict[int, list[Glyph]]) -> Iterator[int]:
    """The cells with figures that lie over each other, and those beside them: one of the figures may have come from there."""
    for region, held in cells.items():
        figures = sorted((glyph for glyph in held if glyph.text.isdigit()), key=lambda glyph: glyph.left)
        if any(
            after.left < before.right - _OVERLAP * (before.right - before.left)
            and abs(after.bottom - before.bottom) < _EXACT
            for before, after in pairwise(figures)
        ):
            row, column, rows, columns = grid.regions[region]
            yield from (
                at
                for at, other in enumerate(grid.regions)
                if other.row < row + rows
                and row < other.row + other.rows
                and other.column + other.columns >= column
                and other.column <= column + columns
            )


def _displaced(
    grid: Grid, crossing: Iterable[_Run], whole: Iterable[_Run], usual: Sequence[tuple[_Offset, float]]
) -> Iterator[int]:
    """The cells beside those crossed whose number is not where it should be: a figure of it lies under another's."""
    rows = {grid.regions[region].row for run in crossing for region in run.reach}
    for run in whole:
        for region in run.reach:
            if grid.regions[region].row in rows and not _fits(
                run.glyphs, _sides(grid, grid.regions[region]), usual
            ):
                yield region


def _overprinted(runs: Iterable[_Run]) -> Iterator[int]:
    """The cells of numbers that touch each other or lie over each other: which figure is whose cannot be told."""
    lines: dict[int, list[_Run]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: run.glyphs[0].left):
        lines[round(run.glyphs[0].bottom)].append(run)
    for line in lines.values():
        furthest = line[0]
        for run in line[1:]:
            last = furthest.glyphs[-1]
            if run.glyphs[0].left < last.right + _ABUTTING * (last.bottom - last.top):
                yield from furthest.reach | run.reach
            furthest = max(furthest, run, key=lambda run: run.glyphs[-1].right)


def _runs(grid: Grid, cells: dict[int, list[Glyph]], outside: Iterable[Glyph]) -> tuple[list[_Run], bool]:
    """The numbers of the page, and whether it is certain that each was printed in one go.

    It is where all that lie within a cell were; else pieces that touch each other are taken as one number.
    """
    homes = {id(glyph): region for region, held in cells.items() for glyph in held}
    figures = [glyph for held in (*cells.values(), outside) for glyph in held if IN_NUMBER(glyph.text)]
    pieces = [_run((piece,), homes) for piece in _pieces(figures)]
    chains = [_chained(several, homes) for several in _chains(pieces)]
    inside = [run for run in chains if not run.crosses and len(run.glyphs) > 1]
    certain = len(inside) >= _ENOUGH and all(len(run.pieces) == 1 for run in inside)
    if certain and len(chains) < len(pieces):
        usual = _usual(grid, inside)
        touching = (piece for run in chains if len(run.pieces) > 1 for piece in run.pieces)
        certain = all(_targets(grid, piece, usual) for piece in touching)
    return (pieces if certain else chains), certain


def _run(pieces: tuple[tuple[Glyph, ...], ...], homes: dict[int, int]) -> _Run:
    glyphs = pieces[0] if len(pieces) == 1 else tuple(chain.from_iterable(pieces))
    regions = {homes.get(id(glyph), _OUTSIDE) for glyph in glyphs}
    reach = frozenset(regions - {_OUTSIDE})
    return _Run(pieces, glyphs, reach, len(regions) > 1 and bool(reach))


def _chained(runs: Sequence[_Run], homes: dict[int, int]) -> _Run:
    return runs[0] if len(runs) == 1 else _run(tuple(run.glyphs for run in runs), homes)


def _pieces(figures: Iterable[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    """The figures that were printed in one go, without a gap."""
    printed: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in figures:
        printed[glyph.run, round(2 * glyph.bottom)].append(glyph)
    for line in printed.values():
        line.sort(key=lambda glyph: glyph.left)
        start = 0
        for at in range(1, len(line) + 1):
            if at == len(line) or not _follows(line[at - 1], line[at]):
                yield tuple(line[start:at])
                start = at


def _follows(before: Glyph, after: Glyph) -> bool:
    return abs(after.left - before.right) < 0.25 * (before.right - before.left)


def _chains(pieces: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Pieces that begin where another ends, in one line, as one chain."""
    starts: dict[int, list[_Run]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: piece.glyphs[0].left):
        starts[round(piece.glyphs[0].bottom)].append(piece)
    for line in starts.values():
        while line:
            found = [line.pop(0)]
            while (at := _continuation(found[-1], line)) is not None:
                found.append(line.pop(at))
            yield found


def _continuation(piece: _Run, line: Sequence[_Run]) -> int | None:
    last = piece.glyphs[-1]
    most = _ABUTTING * (last.bottom - last.top)
    for at, other in enumerate(line):
        gap = other.glyphs[0].left - last.right
        if gap > -most:
            return at if gap < most else None
    return None


def _usual(grid: Grid, whole: Sequence[_Run]) -> list[tuple[_Offset, float]]:
    """The alignments that most numbers of the table share, with how far from the edge or the middle they stand."""
    found = []
    for offset in _ALIGNMENTS if any(run.reach for run in whole) else ():
        offsets = [
            offset(run.glyphs, *_sides(grid, grid.regions[region])) for run in whole for region in run.reach
        ]
        usual = median(offsets)
        if sum(abs(other - usual) < _EXACT for other in offsets) >= _USUAL * len(offsets):
            found.append((offset, usual))
    return found


def _sides(grid: Grid, region: Region) -> tuple[float, float]:
    return grid.xs[region.column], grid.xs[region.column + region.columns]


def _targets(grid: Grid, figures: Sequence[Glyph], usual: Sequence[tuple[_Offset, float]]) -> set[int]:
    """The regions beneath a number in which it would stand as the numbers of the table do."""
    return {
        region
        for region in _beneath(grid, figures)
        if _fits(figures, _sides(grid, grid.regions[region]), usual)
    }


def _fits(
    figures: Sequence[Glyph], sides: tuple[float, float], usual: Sequence[tuple[_Offset, float]]
) -> bool:
    if usual:
        return any(abs(offset(figures, *sides) - value) < _EXACT for offset, value in usual)
    left, centre, right = (offset(figures, *sides) for offset in _ALIGNMENTS)
    return abs(centre) < _EXACT or 0 < left < _WIDEST_MARGIN or 0 < right < _WIDEST_MARGIN


def _beneath(grid: Grid, figures: Sequence[Glyph]) -> set[int]:
    """The regions that the figures reach over, in whichever columns these are."""
    left, right, middle = figures[0].left, figures[-1].right, _middle(figures[0])
    places = ((a + b) / 2 for a, b in pairwise(grid.xs) if a < right and b > left)
    return {region for x in places if (region := grid.region_at(x, middle)) is not None}


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _cut_by_a_rule(grid: Grid, run: _Run) -> set[int]:
    """The regions above and below a rule that is drawn through the figures."""
    glyph = run.glyphs[0]
    x, height = (glyph.left + glyph.right) / 2, glyph.bottom - glyph.top
    places = (glyph.top + _ABOVE * height, glyph.bottom - _BELOW * height)
    if bisect(grid.ys, places[0]) == bisect(grid.ys, places[1]):
        return set()
    touched = {region for y in places if (region := grid.region_at(x, y)) is not None}
    return touched if len(touched) > 1 else set()


def _move(cells: dict[int, list[Glyph]], run: _Run, target: int) -> set[int]:
    """Put all figures of a run into one cell; the ids of them."""
    moved = {id(glyph) for glyph in run.glyphs}
    for region in run.reach:
        cells[region] = [glyph for glyph in cells[region] if id(glyph) not in moved]
    cells[target] += run.glyphs
    return moved


def _doubt(grid: Grid, held: list[Glyph], region: int) -> None:
    """Mark a cell whose figures may be another's, behind its last figure or in its middle."""
    left, right = _sides(grid, grid.regions[region])
    if held:
        last = max(held, key=lambda glyph: glyph.right)
        held.append(last._replace(text=DOUBT, left=last.right, right=last.right + 1))
    else:
        top, bottom = grid.ys[grid.regions[region].row], grid.ys[grid.regions[region].row + 1]
        held.append(Glyph(DOUBT, left, right, top, bottom))
