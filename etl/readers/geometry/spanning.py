"""Heads over several columns of a table without ruling lines: each over those that it fits best. Lengths are ems."""

from collections.abc import Sequence
from itertools import combinations

from etl.readers.geometry.columns import NEAR, Column
from etl.readers.geometry.glyphs import Word
from etl.readers.geometry.stack import Stack

# No statutory head has more than two over a line; dividing many columns among many heads would take long.
MOST_HEADS = 4
MOST_COLUMNS = 40


def spread(
    pieces: Sequence[tuple[Word, float]], columns: Sequence[Column], leaves: Sequence[Stack]
) -> list[list[Stack]]:
    """The heads above the lowest, line by line, each over the columns that it fits best."""
    rows: list[list[Stack]] = []
    ats = sorted({at for _, at in pieces})
    ranges = [(0, len(columns) - 1)]
    for at in ats:
        line = line_blocks([word for word, height in pieces if height == at], at)
        for block in line:
            block.first = block.last = owner(block.pieces[0][0], columns)
        inside: list[tuple[int, int]] = []
        for first, last in ranges:
            mine = [block for block in line if _within(block, first, last, columns)]
            if mine and at == ats[-1]:
                first, last = _tier(mine, first, last, columns, leaves)
            inside += _fit(mine, first, last, columns)
        rows.append(line)
        ranges = inside or ranges
    return rows


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


def _fit(blocks: Sequence[Stack], first: int, last: int, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Divide the range among the heads so that they begin with, or stand in the middle of, their columns."""
    if not blocks or len(blocks) > MOST_HEADS or last - first > MOST_COLUMNS:
        return []
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for cuts in combinations(range(first + 1, last + 1), len(blocks) - 1):
        edges = (first, *cuts, last + 1)
        spans = list(zip(edges, [edge - 1 for edge in edges[1:]], strict=False))
        best = min(best, (min(_costs(blocks, spans, columns)), edges))
    ranges = []
    for block, start, end in zip(blocks, best[1], best[1][1:], strict=False):
        block.first, block.last = start, end - 1
        ranges.append((start, end - 1))
    return ranges


def _costs(
    blocks: Sequence[Stack], spans: Sequence[tuple[int, int]], columns: Sequence[Column]
) -> tuple[float, float]:
    left = middle = 0.0
    for block, (start, end) in zip(blocks, spans, strict=True):
        begin, stop = block.pieces[0][0].left, block.pieces[-1][0].right
        left += abs(begin - columns[start].left)
        middle += abs(begin + stop - columns[start].left - columns[end].right) / 2
    return left, middle


def owner(word: Word, columns: Sequence[Column]) -> int:
    """The column that a word stands over, or nearest to."""
    shared = [column.overlap(word) - 0.1 * column.distance(word) for column in columns]
    return max(range(len(columns)), key=shared.__getitem__)
