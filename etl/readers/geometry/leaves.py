"""The lowest heads of a table without ruling lines, one for each column, however they and their numbers are aligned. Lengths are ems."""

from collections.abc import Sequence
from itertools import pairwise

from etl.readers.geometry.columns import NEAR, Column
from etl.readers.geometry.cutting import goes_on
from etl.readers.geometry.glyphs import Word
from etl.readers.geometry.line import TIGHT
from etl.readers.geometry.stack import Stack

# No line of a head stands so near above its next one.
BESIDE = 0.5


def leaves(over: Sequence[tuple[Word, float]], columns: Sequence[Column]) -> list[Stack]:
    """The heads that nothing stands below, if there are as many as columns, each nearest to its own."""
    stacks = _stacks(over)
    found = [
        stack for stack in stacks if not any(_under(stack, other) for other in stacks if other is not stack)
    ]
    found.sort(key=_middle)
    if len(found) != len(columns) or len(columns) == 1:
        return []
    apart = all(_right(before) < _left(after) for before, after in pairwise(found))
    middles = [column.usual[1] for column in columns]
    near = all(
        abs(_middle(stack) - middle) < room
        for stack, middle, room in zip(found, middles, _rooms(middles), strict=True)
    )
    if not (apart and near):
        return []
    return [Stack(stack.pieces, index, index) for index, stack in enumerate(found)]


def _rooms(middles: Sequence[float]) -> list[float]:
    """How far the head of each column may stand from its middle: not beyond the next column's."""
    steps = [after - before for before, after in pairwise(middles)]
    return [min(pair) for pair in zip([*steps[:1], *steps], [*steps, *steps[-1:]], strict=True)]


def _stacks(over: Sequence[tuple[Word, float]]) -> list[Stack]:
    """The words, each with those below it that go on with it."""
    stacks: list[Stack] = []
    for word, at in sorted(over, key=lambda piece: (piece[1], piece[0].left)):
        above = [
            stack
            for stack in stacks
            if BESIDE < at - stack.pieces[-1][1] < TIGHT and goes_on(stack.pieces[-1][0], word)
        ]
        if len(above) == 1:
            above[0].pieces.append((word, at))
        else:
            stacks.append(Stack([(word, at)]))
    return stacks


def _under(stack: Stack, other: Stack) -> bool:
    lower = other.pieces[0][1] > stack.pieces[-1][1] + BESIDE
    return lower and _left(other) < _right(stack) + NEAR / 2 and _left(stack) < _right(other) + NEAR / 2


def _left(stack: Stack) -> float:
    return min(word.left for word, _ in stack.pieces)


def _right(stack: Stack) -> float:
    return max(word.right for word, _ in stack.pieces)


def _middle(stack: Stack) -> float:
    return (_left(stack) + _right(stack)) / 2
