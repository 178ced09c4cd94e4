"""Ruling lines → the grid of cells they draw. Lengths are points, y grows downwards.

The grid is exact: an edge is where a rule is printed, a merged cell is where none is. Rules closer together
than any printed row or column could be are one edge, so doubled and dragged borders make no phantom columns.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

# Cell borders drawn one by one differ by rounding; dashes and CSS cell spacing leave gaps up to these.
SAME_LINE = 1.0
DASH_GAP = 3.6
TOUCH = 3.2
SHORTEST_RULE = 6.0
MOST_CROSSINGS = 20_000
WIDEST_SIDE = 120.0
# Narrower than any printed character with its margins: a doubled or dragged border, not a column.
SLIVER_WIDTH = 5.5
SLIVER_HEIGHT = 4.5


class Rule(NamedTuple):
    """A ruling line: `at` is its y (horizontal) or x (vertical), `start` and `end` the other coordinate."""

    at: float
    start: float
    end: float


# Rules across and rules down that belong together; left, top, right, bottom.
_Group = tuple[list[Rule], list[Rule]]
_Box = tuple[float, float, float, float]
_SIDES = 2


class Region(NamedTuple):
    """A cell of the grid, merged or not, by its first row and column and its spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Column edges `xs`, row edges `ys`, the regions in reading order and which region holds each small cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    owners: tuple[tuple[int, ...], ...]

    def region_at(self, x: float, y: float) -> int | None:
        """The index of the region round a point, None outside the grid."""
        column, row = bisect_right(self.xs, x), bisect_right(self.ys, y)
        if 0 < column < len(self.xs) and 0 < row < len(self.ys):
            return self.owners[row - 1][column - 1]
        return None


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line as one rule: cell borders end to end, dashes, dots; scraps are left out."""
    tracks: list[list[Rule]] = []
    for rule in sorted(rules):
        if tracks and rule.at - tracks[-1][0].at <= SAME_LINE:
            tracks[-1].append(rule)
        else:
            tracks.append([rule])
    whole = (piece for track in tracks for piece in _chained(track))
    return [rule for rule in whole if rule.end - rule.start >= SHORTEST_RULE]


def _chained(track: list[Rule]) -> Iterator[Rule]:
    track.sort(key=itemgetter(1))
    at, start, end = track[0]
    for other, left, right in track:
        if left - end > DASH_GAP:
            yield Rule(at, start, end)
            at, start, end = other, left, right
        elif right > end:
            end = right
    yield Rule(at, start, end)


def grids(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Grid]:
    """The grids that merged rules draw, smallest first, so that a nested table is met before its frame."""
    groups = _connected(horizontal, vertical)
    frames = [group for group in groups if len(group[0]) == len(group[1]) == _SIDES]
    whole = [group for group in groups if group not in frames]
    drawn = (_grid(across, down) for across, down in (*whole, *_spaced(frames)))
    found = [grid for grid in drawn if grid is not None]
    return sorted(found, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def _connected(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[_Group]:
    """Rules grouped by touching one another."""
    parent = list(range(len(horizontal) + len(vertical)))
    for index, (y, left, right) in enumerate(horizontal):
        left, right = left - TOUCH, right + TOUCH
        for other, (x, top, bottom) in enumerate(vertical, len(horizontal)):
            if left <= x <= right and top - TOUCH <= y <= bottom + TOUCH:
                parent[_root(parent, index)] = _root(parent, other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index, rule in enumerate((*horizontal, *vertical)):
        groups[_root(parent, index)][index >= len(horizontal)].append(rule)
    whole = [group for group in groups.values() if group[0] and group[1]]
    for alone in (group[1] for group in groups.values() if not group[0]):
        _attach(alone, whole)
    return whole


def _spaced(frames: Sequence[_Group]) -> list[_Group]:
    """Frames that stand close beside or below each other as one group: cells with a frame each and space between."""
    groups: list[tuple[list[_Box], list[Rule], list[Rule]]] = []
    for across, down in frames:
        box = across[0].start, across[0].at, across[0].end, across[-1].at
        boxes, rows, columns = [box], [*across], [*down]
        for group in [group for group in groups if any(_close(box, other) for other in group[0])]:
            groups.remove(group)
            boxes, rows, columns = group[0] + boxes, group[1] + rows, group[2] + columns
        groups.append((boxes, rows, columns))
    return [(rows, columns) for _, rows, columns in groups]


def _close(one: _Box, other: _Box) -> bool:
    """Whether the boxes stand side by side with no more between them than the space between two cells."""
    gap = max(max(one[side], other[side]) - min(one[side + 2], other[side + 2]) for side in (0, 1))
    return abs(gap) < SLIVER_HEIGHT


def _attach(alone: list[Rule], groups: Sequence[tuple[list[Rule], list[Rule]]]) -> None:
    """Give a vertical rule that no other touches to the table beside it.

    So stands the outer side of a merged cell that begins on the page before and ends on the next.
    """
    for rule in alone:
        for across, down in groups:
            top, bottom = min(other.start for other in down), max(other.end for other in down)
            left, right = min(other.start for other in across), max(other.end for other in across)
            beside = left - WIDEST_SIDE < rule.at < right + WIDEST_SIDE
            if (
                beside
                and rule.start > top - TOUCH
                and rule.end < bottom + TOUCH
                and rule.end - rule.start > 0.5 * (bottom - top)
            ):
                down.append(rule)
                break


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    # Many tables leave out the outer rules: the ends of the crossing rules then tell where the table ends.
    ends_x = (min(rule.start for rule in across), max(rule.end for rule in across))
    ends_y = (min(rule.start for rule in down), max(rule.end for rule in down))
    xs = edges([*(rule.at for rule in down), *ends_x], SLIVER_WIDTH)
    ys = edges([*(rule.at for rule in across), *ends_y], SLIVER_HEIGHT)
    # A frame is no table, nor is squared paper.
    if not 4 < len(xs) * len(ys) < MOST_CROSSINGS or len(xs) < 2 or len(ys) < 2:
        return None
    regions, owners = _regions(_walls(down, xs, ys, SLIVER_WIDTH), _walls(across, ys, xs, SLIVER_HEIGHT))
    return Grid(tuple(xs), tuple(ys), regions, owners)


def edges(positions: Iterable[float], sliver: float) -> list[float]:
    """Positions closer together than `sliver` as one edge each, ascending."""
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][0] < sliver:
            groups[-1].append(position)
        else:
            groups.append([position])
    return [sum(group) / len(group) for group in groups]


def nearest(edge_at: Sequence[float], position: float) -> int:
    """Which of several edges, ascending, is nearest to a position."""
    after = bisect_left(edge_at, position, 1, len(edge_at) - 1)
    return after - (position - edge_at[after - 1] <= edge_at[after] - position)


def _walls(rules: list[Rule], edge_at: list[float], bands: list[float], sliver: float) -> list[list[bool]]:
    """For each edge, whether a rule is drawn there along each band (a row for vertical rules)."""
    drawn = [[0.0] * (len(bands) - 1) for _ in edge_at]
    for rule in rules:
        edge = nearest(edge_at, rule.at)
        first = max(0, bisect_right(bands, rule.start) - 1)
        for band in range(first, min(bisect_right(bands, rule.end), len(bands) - 1)):
            drawn[edge][band] += max(0.0, min(rule.end, bands[band + 1]) - max(rule.start, bands[band]))
    spans = [end - start for start, end in pairwise(bands)]
    # A rule dragged past its row reaches a little into the next.
    return [[length >= 0.5 * span for length, span in zip(edge, spans, strict=True)] for edge in drawn]


def _regions(
    verticals: list[list[bool]], horizontals: list[list[bool]]
) -> tuple[tuple[Region, ...], tuple[tuple[int, ...], ...]]:
    rows, columns = len(horizontals) - 1, len(verticals) - 1
    parent = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not verticals[column + 1][row]:
                parent[_root(parent, here + 1)] = _root(parent, here)
            if row + 1 < rows and not horizontals[row + 1][column]:
                parent[_root(parent, here + columns)] = _root(parent, here)
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index in range(rows * columns):
        groups[_root(parent, index)].append(divmod(index, columns))
    regions = sorted(region for cells in groups.values() for region in _rectangles(cells))
    return tuple(regions), owners(regions, rows, columns)


def _rectangles(cells: list[tuple[int, int]]) -> list[Region]:
    """One rectangle where the cells fill it; else (a rule is missing) one piece for each run of a row."""
    if len(cells) == 1:
        return [Region(*cells[0], 1, 1)]
    top, left = min(row for row, _ in cells), min(column for _, column in cells)
    height = max(row for row, _ in cells) - top + 1
    width = max(column for _, column in cells) - left + 1
    if height * width == len(cells):
        return [Region(top, left, height, width)]
    runs: list[Region] = []
    for row, column in sorted(cells):
        last = runs[-1] if runs else None
        if last and last.row == row and last.column + last.columns == column:
            runs[-1] = last._replace(columns=last.columns + 1)
        else:
            runs.append(Region(row, column, 1, 1))
    return runs


def owners(regions: Sequence[Region], rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
    """Which region holds each small cell, row by row."""
    found = [[0] * columns for _ in range(rows)]
    for index, (row, column, height, width) in enumerate(regions):
        for at in range(row, row + height):
            found[at][column : column + width] = [index] * width
    return tuple(map(tuple, found))
