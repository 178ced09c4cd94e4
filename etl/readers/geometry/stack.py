"""Words that stand below each other and make one text: a head, or a label. Lengths are ems."""

from dataclasses import dataclass
from functools import reduce

from etl.readers.geometry.glyphs import Word, join


@dataclass(slots=True)
class Stack:
    """Words with their heights, over or in the columns `first` to `last`."""

    pieces: list[tuple[Word, float]]
    first: int = 0
    last: int = 0

    @property
    def text(self) -> str:
        return reduce(join, (word.text for word, _ in self.pieces))

    @property
    def at(self) -> float:
        """The height of its middle."""
        return (self.pieces[0][1] + self.pieces[-1][1]) / 2
