"""The labels beside the rows of a table without ruling lines: each to its row, or to its group of rows.

A label is a stack in the one label column that it begins in. Lengths are ems.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.document import Cell
from etl.readers.geometry.glyphs import NUMBERED, Word, join
from etl.readers.geometry.line import TIGHT, WIDE, Line
from etl.readers.geometry.stack import Stack

# A group is set in by at least a character; a full-width bracket may shift a line by half of one.
SAME_LEFT = 0.8
SAME_START = 0.2
# Where the lines of a group begin again, a new group has begun.
FIRST = re.compile(r"[(（]?[1１][)）.．、]")


_Place = Callable[[Word], float]


@dataclass(slots=True)
class Row:
    """The values of a row, and the label that was found to be its own."""

    at: float
    values: tuple[Word, ...]
    label: Stack | None = None


def pieces(lines: Sequence[Line], values_left: float) -> list[tuple[Word, Line, int]]:
    """The texts left of the values, line by line, each with the label column that it stands in."""
    starts = [word.left for line in lines for word in line.words if NUMBERED.match(word.text)]
    fragments = [(fragment, line) for line in lines for fragment in _fragments(line, values_left, starts)]
    level_of = _levels([fragment for fragment, _ in fragments])
    return [(fragment, line, level_of(fragment)) for fragment, line in fragments]


def labels(found: Sequence[tuple[Word, Line, int]], lines: Sequence[Line]) -> list[Stack]:
    """The labels; a fragment goes on with the one above it unless it is numbered or apart."""
    ats = [line.at for line in lines]
    last: dict[int, Stack] = {}
    stacks: list[Stack] = []
    for fragment, line, level in found:
        above = last.get(level)
        if above and not NUMBERED.match(fragment.text) and _close(above.pieces[-1][1], line.at, ats):
            above.pieces.append((fragment, line.at))
        else:
            last[level] = Stack([(fragment, line.at)], level, level)
            stacks.append(last[level])
    return stacks


def _levels(fragments: Sequence[Word]) -> Callable[[Word], int]:
    """Which of the label columns a fragment stands in, by an edge or its middle, whichever they share most."""
    aligned: list[tuple[list[float], _Place]] = []
    places: tuple[_Place, ...] = (_left, _middle, _right)
    for place in places:
        edges: list[float] = []
        for at in sorted(map(place, fragments)):
            if not edges or at - edges[-1] > SAME_LEFT:
                edges.append(at)
        aligned.append((edges, place))
    fewest, shared = min(aligned, key=lambda found: len(found[0]))
    return lambda fragment: max(index for index, at in enumerate(fewest) if at <= shared(fragment))


def _left(word: Word) -> float:
    return word.left


def _middle(word: Word) -> float:
    return (word.left + word.right) / 2


def _right(word: Word) -> float:
    return word.right


def _fragments(line: Line, values_left: float, starts: Sequence[float]) -> list[Word]:
    """The texts left of the values; where labels with numbers of their own start a text starts, however near it stands."""
    found: list[Word] = []
    values = line.values
    for word in line.words:
        if word in values or word.left >= values_left:
            continue
        apart = NUMBERED.match(word.text) or any(abs(word.left - start) < SAME_START for start in starts)
        if found and word.left - found[-1].right < WIDE and not apart:
            found[-1] = found[-1]._replace(text=join(found[-1].text, word.text), right=word.right)
        else:
            found.append(word)
    return found


def _close(above: float, below: float, ats: Sequence[float]) -> bool:
    """Whether no gap separates two lines; a row of numbers between them is no gap."""
    between = [at for at in ats if above <= at <= below]
    return below - above < 2.2 * TIGHT and all(after - before <= TIGHT for before, after in pairwise(between))


def assigned(rows: list[Row], stacks: list[Stack]) -> list[Stack]:
    """Give each row the innermost label at its height; what is left over is returned."""
    loose = []
    free = {id(row): row for row in rows}
    for label in sorted(stacks, key=lambda label: -label.first):
        covered = [row for row in free.values() if _covers(label, row.at)]
        shares = _shares(label, covered)
        for row, share in zip(covered, shares[:-1], strict=True):
            if share:
                row.label = Stack(share, label.first, label.last)
                del free[id(row)]
        loose += [Stack([piece], label.first, label.last) for piece in shares[-1]] if covered else [label]
    return loose


def _covers(label: Stack, at: float) -> bool:
    return label.pieces[0][1] - 0.65 <= at <= label.pieces[-1][1] + 0.65


def _shares(label: Stack, rows: list[Row]) -> list[list[tuple[Word, float]]]:
    """The label's fragments for each of the rows it covers; the last share is what no row surely owns."""
    if len(rows) == 1:
        return [label.pieces, []]
    shares: list[list[tuple[Word, float]]] = [[] for _ in range(len(rows) + 1)]
    for piece in label.pieces:
        distances = sorted((abs(row.at - piece[1]), index) for index, row in enumerate(rows))
        sure = len(distances) > 1 and distances[0][0] < 0.75 * distances[1][0]
        shares[distances[0][1] if sure else -1].append(piece)
    return shares


def groups(loose: list[Stack], rows: list[Row]) -> tuple[list[tuple[Stack, list[Row]]], list[Stack]]:
    """Labels that stand beside several rows, with those rows; and the labels that stand alone."""
    zones: dict[tuple[int, int], list[Stack]] = {}
    for label in sorted(loose, key=lambda label: label.at):
        zone = _zone(label, rows)
        members = zones.setdefault((label.first, id(zone[0]) if zone else 0), [])
        narrow = members and all(len(word.text) <= 2 for word, _ in label.pieces)
        if zone and narrow and not NUMBERED.match(label.text):
            members[-1].pieces += label.pieces
        else:
            members.append(label)
    shared, alone = [], []
    for members in zones.values():
        zone = _zone(members[0], rows)
        runs = _runs(zone) if len(members) > 1 else [zone]
        if zone and len(runs) == len(members):
            shared += list(zip(members, runs, strict=True))
        else:
            alone += members
    return shared, alone


def _zone(label: Stack, rows: list[Row]) -> list[Row]:
    """The rows round a label whose own labels stand further right, up to the next that does not."""
    first, last = 0, len(rows)
    for index, row in enumerate(rows):
        if row.label is None or row.label.first <= label.first:
            if row.at < label.at:
                first = index + 1
            else:
                last = index
                break
    return rows[first:last]


def _runs(zone: list[Row]) -> list[list[Row]]:
    """The zone cut where the numbering of its rows begins again."""
    runs: list[list[Row]] = []
    for row in zone:
        if not runs or (row.label and FIRST.match(row.label.text)):
            runs.append([])
        runs[-1].append(row)
    return runs


def group_cells(shared: list[tuple[Stack, list[Row]]], rows: list[Row], height: int) -> Iterator[Cell]:
    index = {id(row): at for at, row in enumerate(rows, height)}
    for label, members in shared:
        levels = [row.label.first for row in members if row.label]
        first, last = index[id(members[0])], index[id(members[-1])]
        yield Cell(label.text, first, label.first, last - first + 1, min(levels) - label.first)
