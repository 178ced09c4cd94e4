"""Numbers folded in columns too narrow for them, where no rule parts the rows: each made whole. Lengths are ems.

A number goes on below itself nearer than any two rows stand, and only where its column left no room for another figure.
Nothing is made of them unless that holds for all that stand so near, and values beside show that they are of one row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from etl.readers.geometry.beside import Row
from etl.readers.geometry.columns import apart
from etl.readers.geometry.glyphs import Word
from etl.readers.geometry.line import SEVERAL, TIGHT

# A number's first line, and those below it.
_FIRST, _NEXT = re.compile(r"[1-9]\d+"), re.compile(r"\d+")
# How much steps within numbers differ at most, and how much wider those from row to row are at least.
_EXACT, _WIDER = 1.03, 1.06
# What a column has beside its figures at most: the margins of its cells.
_MARGINS = 1.4
# How much higher or lower than each other the values of a row stand at most.
_LEVEL = 0.25

# A value and its height, and one with the lines below it that it goes on in.
Value = tuple[Word, float]
_Chain = tuple[Value, ...]


def rows(values: Sequence[Value]) -> list[Row] | None:
    """The rows of the values, folded numbers made whole; None where there is none, or it is not certain."""
    columns = _columns(values)
    steps = [
        below[1] - above[1]
        for column in columns
        for above, below in pairwise(column)
        if above[0].page == below[0].page
    ]
    near = _EXACT * min(steps, default=0.0)
    if any(near < step < near / _EXACT * _WIDER for step in steps):
        return None
    room = _room(columns)
    chains: list[_Chain] = []
    for column in columns:
        found = list(_chains(column, near))
        widest = max(word.right - word.left for word, _ in column)
        if not all(_is_one([word for word, _ in chain], room, widest) for chain in found if len(chain) > 1):
            return None
        chains += found
    if all(len(chain) == 1 for chain in chains):
        return None
    ways = (_rows(chains, middle, near) for middle in (True, False))
    return next((way for way in ways if way), None)


def rests(rows: Sequence[Row]) -> Iterator[int]:
    """The rows all of whose numbers may be the rest of numbers right above them, though it is not certain."""
    room = _room(_columns([(word, row.at) for row in rows for word in row.values]))
    most = max(len(row.values) for row in rows)
    for at, (above, below) in enumerate(pairwise(rows), 1):
        near = above.values[0].page == below.values[0].page and below.at - above.at < TIGHT
        if (
            near
            and len(below.values) < most
            and all(
                any(
                    over.left < word.right and word.left < over.right and _is_one([over, word], room)
                    for over in above.values
                )
                for word in below.values
            )
        ):
            yield at


def _columns(values: Sequence[Value]) -> list[list[Value]]:
    """The values that stand over each other, from top to bottom."""
    at = dict(values)
    return [sorted(((word, at[word]) for word in words), key=_height) for words in apart(list(at))]


def _height(value: Value) -> float:
    return value[1]


def _room(columns: Sequence[Sequence[Value]]) -> float:
    """How wide a column with its margins is."""
    middles = [
        (min(word.left for word, _ in column) + max(word.right for word, _ in column)) / 2
        for column in columns
    ]
    return median(after - before for before, after in pairwise(middles)) if len(middles) > 1 else float("inf")


def _chains(column: Sequence[Value], near: float) -> Iterator[_Chain]:
    """The values of a column, each with those that stand as near below it as any does."""
    chain: list[Value] = []
    for value in column:
        if chain and (chain[-1][0].page != value[0].page or value[1] - chain[-1][1] > near):
            yield tuple(chain)
            chain = []
        chain.append(value)
    yield tuple(chain)


def _is_one(words: Sequence[Word], room: float, widest: float = 0.0) -> bool:
    """Whether the lines are of one number: each but the last is full, so that the next figure found no room in it.

    In its column, as wide as `room` with its margins, stands no other by a figure wider.
    """
    widths = [word.right - word.left for word in words]
    figures = [width / len(word.text) for width, word in zip(widths, words, strict=True)]
    full = all(
        room - width - figure < _MARGINS and widest - width < figure / 2
        for width, figure in zip(widths[:-1], figures, strict=False)
    )
    return (
        full
        and _FIRST.fullmatch(words[0].text) is not None
        and all(_NEXT.fullmatch(word.text) and len(word.text) <= len(words[0].text) for word in words[1:])
    )


def _rows(chains: Sequence[_Chain], middle: bool, near: float) -> list[Row] | None:
    """The rows if numbers stand in them with their middle, or else with their first line; None if they do not, or none shows it."""
    lines: list[list[tuple[_Chain, float]]] = []
    places = [(chain, (chain[0][1] + chain[-1][1]) / 2 if middle else chain[0][1]) for chain in chains]
    for chain, at in sorted(places, key=lambda place: place[1]):
        if lines and at - lines[-1][0][1] < _LEVEL:
            lines[-1].append((chain, at))
        else:
            lines.append([(chain, at)])
    whole = [sum(len(chain) == 1 for chain, _ in line) for line in lines]
    beside = sum(count for count, line in zip(whole, lines, strict=True) if count < len(line))
    rows = [Row(line[0][1], _in_order(chain for chain, _ in line)) for line in lines]
    apart_all = all(
        below.at - above.at > near or above.values[0].page != below.values[0].page
        for above, below in pairwise(rows)
    )
    return rows if apart_all and beside >= SEVERAL else None


def _in_order(chains: Iterable[_Chain]) -> tuple[Word, ...]:
    """The numbers from left to right, each as one word."""
    return tuple(sorted(map(_whole, chains), key=lambda word: word.left))


def _whole(chain: _Chain) -> Word:
    words = [word for word, _ in chain]
    return words[0]._replace(
        text="".join(word.text for word in words),
        left=min(word.left for word in words),
        right=max(word.right for word in words),
        bottom=words[-1].bottom,
    )
