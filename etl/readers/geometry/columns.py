"""The columns of a table without ruling lines: where its values stand over each other. Lengths are ems."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from etl.readers.geometry.glyphs import Word

NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Column:
    """The values of a column: their outermost edges, and the usual left, middle and right of one."""

    left: float
    right: float
    usual: tuple[float, float, float]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def distance(self, word: Word) -> float:
        """How far the word is from standing as the values of this column do, by their best alignment."""
        places = (word.left, (word.left + word.right) / 2, word.right)
        return min(abs(place - usual) for place, usual in zip(places, self.usual, strict=True))

    def overlap(self, word: Word) -> float:
        return min(self.right + NEAR, word.right) - max(self.left - NEAR, word.left)


def columns_of(rows: Sequence[Sequence[Word]]) -> tuple[Column, ...]:
    """The values that stand over each other, column by column, if some row has values of each two that are neighbours.

    Else one column for each value of the longest rows, if there are several of them, else of the usual ones.
    """
    counts = Counter(map(len, rows))
    longest = max(counts)
    groups = apart([word for row in rows for word in row])
    together = [{at for at, group in enumerate(groups) if not set(row).isdisjoint(group)} for row in rows]
    pairs = ({at, at + 1} for at in range(len(groups) - 1))
    if len(groups) >= longest and all(any(pair <= row for row in together) for pair in pairs):
        return tuple(map(column_of, groups))
    size = longest if counts[longest] > 1 or len(rows) < 3 else counts.most_common(1)[0][0]
    full = [row for row in rows if len(row) == size]
    return tuple(column_of([row[index] for row in full]) for index in range(size))


def apart(words: Sequence[Word]) -> list[list[Word]]:
    """The words in groups that overlap from left to right; those of two columns never do."""
    groups: list[list[Word]] = []
    right = float("-inf")
    for word in sorted(words, key=lambda word: word.left):
        if word.left < right:
            groups[-1].append(word)
        else:
            groups.append([word])
        right = max(right, word.right)
    return groups


def column_of(words: Sequence[Word]) -> Column:
    """The column that has these words."""
    usual = (
        median(word.left for word in words),
        median((word.left + word.right) / 2 for word in words),
        median(word.right for word in words),
    )
    return Column(min(word.left for word in words), max(word.right for word in words), usual)


def places(values: Sequence[Word], columns: Sequence[Column]) -> list[int] | None:
    """The column of each value, None when one of them could stand in two.

    A value for each column leaves no doubt, though the whole row may be shifted by quotes narrower than they count.
    """
    if len(values) == len(columns):
        return list(range(len(columns)))
    found = []
    for word in values:
        distances = sorted((column.distance(word), index) for index, column in enumerate(columns))
        if len(distances) > 1 and distances[0][0] > min(NEAR, 0.5 * distances[1][0]):
            return None
        found.append(distances[0][1])
    return found if len(set(found)) == len(found) else None
