"""A line of words as tables without ruling lines are read from it. Lengths are ems."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from etl.readers.geometry.glyphs import Word, is_value, join

WIDE = 0.8
# So many numbers do not follow each other in prose.
SEVERAL = 3
# Wrapped lines stand 1.2 to 1.5 apart in print and 1 in text; a row of its own stands 1.8 or more away.
TIGHT = 1.6
# Two lines of one size that stand below each other are further apart.
CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line from left to right; `at` is the height of its middle, growing downwards."""

    words: tuple[Word, ...]
    at: float

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return reduce(join, (word.text for word in self.words))

    @property
    def values(self) -> tuple[Word, ...]:
        """The values at the end of the line, several or a wide gap after what stands before them."""
        count = 0
        while count < len(self.words) and is_value(self.words[-count - 1].text):
            count += 1
        found = self.words[len(self.words) - count :]
        before = self.words[: len(self.words) - count]
        told = len(found) >= SEVERAL or (found and before and found[0].left - before[-1].right >= WIDE)
        return found if told or not before else ()

    @property
    def is_columns(self) -> bool:
        """Whether the line shows columns: a wide gap, several words with gaps between, or several values and nothing else."""
        gap = any(after.left - before.right >= WIDE for before, after in pairwise(self.words))
        apart = len(self.words) > SEVERAL and all(len(word.text) > 1 for word in self.words)
        return gap or apart or (len(self.words) > 1 and all(is_value(word.text) for word in self.words))


def closer(lines: Sequence[Line], by: float) -> list[Line]:
    """The lines, the room between them and the height of their words changed alike."""
    return [
        Line(
            tuple(word._replace(top=word.top * by, bottom=word.bottom * by) for word in line.words),
            line.at * by,
        )
        for line in lines
    ]
