"""Heads over several columns of a table without ruling lines: each over those that it fits best. Lengths are ems."""

from collections.abc import Sequence
from itertools import combinations

from etl.readers.geometry.columns import NEAR, Column
from etl.readers.geometry.glyphs import Word
from etl.readers.geometry.stack import Stack

# No statutory head has more than two over a line; dividing many columns among many heads would take long.
MOST_HEADS = 4
MOST_COLUMNS = 40
# How far from the middle between two lines a head set beside both may stand, of the room between them.
_HALFWAY = 0.2
# Of a column's width: how far a head stands at least from where it would over all columns; and of that, how far from where
# it does over some.
_OFF, _FITS = 0.8, 0.25


def spread(
    pieces: Sequence[tuple[Word, float]], columns: Sequence[Column], leaves: Sequence[Stack]
) -> list[list[Stack]]:
    """The heads above the lowest, line by line, each over the columns that it fits best."""
    rows: list[list[Stack]] = []
    level = _levels(pieces)
    ats = sorted(set(level.values()))
    ranges = [(0, len(columns) - 1)]
    for at in ats:
        words = sorted((word for word, height in pieces if level[height] == at), key=lambda word: word.left)
        line = line_blocks(words, at)
        for block in line:
            block.first = block.last = owner(block.pieces[0][0], columns)
        inside: list[tuple[int, int]] = []
        for first, last in ranges:
            mine = [block for block in line if _within(block, first, last, columns)]
            if mine and at == ats[-1]:
                first, last = _tier(mine, first, last, columns, leaves)
            inside += _fit(mine, first, last, columns, leaves)
        rows.append(line)
        ranges = inside or ranges
    return rows


def _levels(pieces: Sequence[tuple[Word, float]]) -> dict[float, float]:
    """For each height of heads that of its line: one in the middle of two lines, beside the upper, is of both rows."""
    level = {at: at for _, at in pieces}
    ats = sorted(level)
    for above, at, below in zip(ats, ats[1:], ats[2:], strict=False):
        halfway = abs(above + below - 2 * at) < _HALFWAY * (below - above)
        upper, own = ([word for word, height in pieces if height == one] for one in (above, at))
        if halfway and not any(
            word.left < over.right and over.left < word.right for word in own for over in upper
        ):
            level[at] = level[above]
    return level


def line_blocks(words: Sequence[Word], at: float) -> list[Stack]:
    """The words of one line, those with hardly a gap between them as one text."""
    blocks: list[Stack] = []
    for word in words:
        if blocks and word.left - blocks[-1].pieces[-1][0].right < NEAR:
            blocks[-1].pieces.append((word, at))
        else:
            blocks.append(Stack([(word, at)]))
    return blocks


def _within(block: Stack, first: int, last: int, columns: Sequence[Column]) -> bool:
    middle = (block.pieces[0][0].left + block.pieces[-1][0].right) / 2
    left = float("-inf") if first == 0 else (columns[first - 1].right + columns[first].left) / 2
    right = float("inf") if last == len(columns) - 1 else (columns[last].right + columns[last + 1].left) / 2
    return left <= middle <= right


def _tier(
    blocks: Sequence[Stack], first: int, last: int, columns: Sequence[Column], leaves: Sequence[Stack]
) -> tuple[int, int]:
    """The part of the range whose own heads stand lowest: the others reach up beside these heads."""
    own = {leaf.first: leaf for leaf in leaves if first <= leaf.first <= last}
    lowest = max(own.values(), key=lambda leaf: leaf.at, default=None)
    low = [
        at for at in range(first, last + 1) if lowest and at in own and _beside_each_other(own[at], lowest)
    ]
    if not low:
        return first, last
    contiguous = low[-1] - low[0] + 1 == len(low)
    fits = all(_within(block, low[0], low[-1], columns) for block in blocks)
    return (low[0], low[-1]) if contiguous and fits else (first, last)


def _beside_each_other(head: Stack, lowest: Stack) -> bool:
    """Whether two heads share their middle, or their first line where cells are filled from the top."""
    return lowest.at - head.at < 0.9 or abs(lowest.pieces[0][1] - head.pieces[0][1]) < 0.5


def _fit(
    blocks: Sequence[Stack], first: int, last: int, columns: Sequence[Column], leaves: Sequence[Stack]
) -> list[tuple[int, int]]:
    """Divide the range among the heads so that they begin with, or stand in the middle of, their columns.

    A head alone may stand over those at one end of the range only; the rest stay for the lines below.
    """
    if not blocks or len(blocks) > MOST_HEADS or last - first > MOST_COLUMNS:
        return []
    lefts = [column.left for column in columns]
    for leaf in leaves:
        lefts[leaf.first] = min(word.left for word, _ in leaf.pieces)
    rest = []
    if len(blocks) == 1:
        start, end = _part(blocks[0], first, last, columns, lefts)
        rest = [part for part in ((first, start - 1), (end + 1, last)) if part[0] <= part[1]]
        first, last = start, end
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for cuts in combinations(range(first + 1, last + 1), len(blocks) - 1):
        edges = (first, *cuts, last + 1)
        spans = list(zip(edges, [edge - 1 for edge in edges[1:]], strict=False))
        best = min(best, (_cost(blocks, spans, columns, lefts), edges))
    ranges = []
    for block, start, end in zip(blocks, best[1], best[1][1:], strict=False):
        block.first, block.last = start, end - 1
        ranges.append((start, end - 1))
    return sorted([*ranges, *rest])


def _part(
    block: Stack, first: int, last: int, columns: Sequence[Column], lefts: Sequence[float]
) -> tuple[int, int]:
    """The columns of the only head of a range: all, or those at one end of it that it fits much better."""
    ends = [(start, last) for start in range(first + 1, last)]
    ends += [(first, end) for end in range(last - 1, first, -1)]
    whole = _cost([block], [(first, last)], columns, lefts)
    if not ends or whole < _OFF * (columns[last].right - columns[first].left) / (last - first + 1):
        return first, last
    cost, part = min((_cost([block], [end], columns, lefts), end) for end in ends)
    return part if cost < _FITS * whole else (first, last)


def _cost(
    blocks: Sequence[Stack],
    spans: Sequence[tuple[int, int]],
    columns: Sequence[Column],
    lefts: Sequence[float],
) -> float:
    """How far the heads stand from the left edges of their columns, of the columns' own heads, or from the middle, whichever is least."""
    left = edge = middle = 0.0
    for block, (start, end) in zip(blocks, spans, strict=True):
        begin, stop = block.pieces[0][0].left, block.pieces[-1][0].right
        left += abs(begin - columns[start].left)
        edge += abs(begin - lefts[start])
        middle += abs(begin + stop - columns[start].left - columns[end].right) / 2
    return min(left, edge, middle)


def owner(word: Word, columns: Sequence[Column]) -> int:
    """The column that a word stands over, or nearest to."""
    shared = [column.overlap(word) - 0.1 * column.distance(word) for column in columns]
    return max(range(len(columns)), key=shared.__getitem__)
