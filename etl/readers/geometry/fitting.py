"""The labels of a table without ruling lines fitted to its rows: all stand to their rows alike, or it is not known.

A label stands beside its numbers with its middle, its first or its last line, in all rows of a table alike. So there is
mostly one way only to share out the lines of all labels among the rows; where there is none, or more than one, nothing
is said. Lengths are ems.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.readers.geometry.beside import Row
from etl.readers.geometry.glyphs import NUMBERED, Word
from etl.readers.geometry.stack import Stack

# Of the room between two lines of a label: how far from its place a label stands at most, how much further apart its
# own lines are, and how far a group reaches beyond its rows.
_NEAR, _LOOSE, _BEYOND = 0.24, 1.25, 0.6
# Lines nearer than this are no two lines of one label.
_LEAST_PITCH = 0.8
_MOST_LINES = 16
# One in so many of the steps from line to line is within a label.
_NEAREST = 8
# What it costs to take a line for one of a group's, or several for the label of an empty row; for that of a row, and for
# that of one which goes on over the next page.
_GROUP, _EMPTY, _ROW, _OVER = 1, 100, -20, 15

_Anchor = Callable[[Sequence[float]], float]
_ANCHORS: tuple[_Anchor, ...] = (
    lambda ats: (ats[0] + ats[-1]) / 2,
    lambda ats: ats[0],
    lambda ats: ats[-1],
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a label, its label column, and its height beside the numbers."""

    word: Word
    level: int
    at: float


@dataclass(frozen=True, slots=True)
class _Share:
    """Lines `first` to `last` of a level as the label of a row; of one without numbers where `row` is None, of groups if not `own`."""

    first: int
    last: int
    row: int | None
    own: bool = True


_Way = tuple[int, int, tuple[_Share, ...]]


def fitted(rows: Sequence[Row], pieces: Sequence[Piece]) -> tuple[list[Row], list[Stack]] | None:
    """The rows with their labels, those without numbers added, and the labels of groups; None if it is not known."""
    ways = [way for anchor in _ANCHORS if (way := _fitted(rows, pieces, anchor)) is not None]
    least = min((cost for cost, _, _ in ways), default=0)
    best = [(found, groups) for cost, found, groups in ways if cost == least]
    if not best or any(_told(found) != _told(best[0][0]) for found, _ in best):
        return None
    return best[0]


def _told(rows: Sequence[Row]) -> list[tuple[float, str]]:
    return [(row.at if row.values else 0.0, row.label.text if row.label else "") for row in rows]


def _fitted(
    rows: Sequence[Row], pieces: Sequence[Piece], anchor: _Anchor
) -> tuple[int, list[Row], list[Stack]] | None:
    labelled: dict[int, Stack] = {}
    empty: list[Row] = []
    groups: list[Stack] = []
    pitch = _pitch(pieces)
    for level in sorted({piece.level for piece in pieces}, reverse=True):
        mine = [piece for piece in pieces if piece.level == level]
        free = [at for at in range(len(rows)) if at not in labelled]
        ats = [rows[at].at for at in free]
        runs = _runs(sorted([*(rows[at].at for at in labelled), *(row.at for row in empty)]), ats)
        way = _way(mine, ats, runs, anchor, pitch)
        if way is None:
            return None
        rest: list[Piece] = []
        for share in way:
            own = mine[share.first : share.last + 1]
            stack = Stack([(piece.word, piece.at) for piece in own], level, level)
            if not share.own:
                rest += own
            elif share.row is None:
                empty.append(Row(anchor([piece.at for piece in own]), (), stack))
            else:
                labelled[free[share.row]] = stack
        groups += _stacked(rest, pitch)
    if len(labelled) < len(rows):
        return None
    whole = [Row(row.at, row.values, labelled[at]) for at, row in enumerate(rows)]
    return len(empty), sorted([*whole, *empty], key=lambda row: row.at), groups


def _stacked(pieces: Sequence[Piece], pitch: float) -> list[Stack]:
    """The labels of groups from their lines."""
    found: list[Stack] = []
    for piece in pieces:
        if (
            found
            and piece.at - found[-1].pieces[-1][1] < _LOOSE * pitch
            and not NUMBERED.match(piece.word.text)
        ):
            found[-1].pieces.append((piece.word, piece.at))
        else:
            found.append(Stack([(piece.word, piece.at)], piece.level, piece.level))
    return found


def _pitch(pieces: Sequence[Piece]) -> float:
    """The room between the lines of a label: that of most of those near to each other that stand below each other."""
    levels: dict[int, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: piece.at):
        levels.setdefault(piece.level, []).append(piece)
    steps = sorted(
        below.at - above.at
        for level in levels.values()
        for above, below in pairwise(level)
        if above.word.page == below.word.page and below.at - above.at > _LEAST_PITCH
    )
    return steps[len(steps) // _NEAREST] if steps else 1.0


def _runs(beside: Sequence[float], free: Sequence[float]) -> list[tuple[float, float]]:
    """From where to where rows follow each other whose labels stand further right."""
    runs: list[tuple[float, float]] = []
    for at in beside:
        if runs and not any(runs[-1][1] < other < at for other in free):
            runs[-1] = runs[-1][0], at
        else:
            runs.append((at, at))
    return runs


def _way(
    pieces: Sequence[Piece],
    rows: Sequence[float],
    runs: Sequence[tuple[float, float]],
    anchor: _Anchor,
    pitch: float,
) -> tuple[_Share, ...] | None:
    """The one way to share out the lines of a level that gives labels to most rows, with the fewest rows without numbers."""
    best: list[dict[int, _Way]] = [{} for _ in range(len(pieces) + 1)]
    best[0][0] = (0, 1, ())
    for start in range(len(pieces)):
        for done, (cost, count, shares) in best[start].items():
            for share, step in _shares(pieces, start, done, rows, runs, anchor, pitch):
                after = done if share.row is None else share.row + 1
                way = (cost + step, count, (*shares, share))
                known = best[share.last + 1].get(after)
                if known is None or way[0] < known[0]:
                    best[share.last + 1][after] = way
                elif way[0] == known[0]:
                    best[share.last + 1][after] = (known[0], known[1] + count, known[2])
    ends = sorted(best[-1].values(), key=lambda way: way[0])
    if not ends or ends[0][1] > 1 or (len(ends) > 1 and ends[1][0] == ends[0][0]):
        return None
    return ends[0][2]


def _shares(
    pieces: Sequence[Piece],
    start: int,
    done: int,
    rows: Sequence[float],
    runs: Sequence[tuple[float, float]],
    anchor: _Anchor,
    pitch: float,
) -> Iterator[tuple[_Share, int]]:
    """What the next lines of a level may be, with its cost; what goes on over the next page may have its numbers on either."""
    first = pieces[start]
    if any(top - _BEYOND * pitch <= first.at <= bottom + _BEYOND * pitch for top, bottom in runs):
        yield _Share(start, start, None, own=False), _GROUP
    for end in range(start, min(start + _MOST_LINES, len(pieces))):
        last = pieces[end]
        whole = first.word.page == last.word.page
        if end > start and NUMBERED.match(last.word.text):
            break
        if last.word.page == pieces[max(end - 1, start)].word.page and _is_apart(pieces, start, end, pitch):
            break
        place = anchor([piece.at for piece in pieces[start : end + 1]])
        top, bottom = first.at - _BEYOND * pitch, last.at + _BEYOND * pitch
        near = [
            row
            for row in range(done, len(rows))
            if (abs(rows[row] - place) < _NEAR * pitch if whole else top < rows[row] < bottom)
        ]
        for row in near:
            yield _Share(start, end, row), _ROW if whole else _ROW + _OVER
        if not near and not any(top < row < bottom for row in rows):
            yield _Share(start, end, None), _EMPTY


def _is_apart(pieces: Sequence[Piece], start: int, end: int, pitch: float) -> bool:
    return end > start and pieces[end].at - pieces[end - 1].at > _LOOSE * pitch
