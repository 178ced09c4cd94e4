"""Tables without ruling lines: rows by their values, columns by alignment, labels by nearness.

A label that cannot be given to one row surely stays in rows of its own, for the reader above to report.
Lengths are ems.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from etl.document import Cell, Paragraph, Table
from etl.readers.geometry import heads
from etl.readers.geometry.glyphs import NUMBERED, Word, is_value, join

WIDE = 0.8
TIGHT = heads.TIGHT
# A group is set in by at least a character; a full-width bracket may shift a line by half of one.
SAME_LEFT = 0.8
# Where the lines of a group begin again, a new group has begun.
FIRST = re.compile(r"[(（]?[1１][)）.．、]")


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
        """The values at the end of the line, a wide gap after what stands before them."""
        count = 0
        while count < len(self.words) and is_value(self.words[-count - 1].text):
            count += 1
        found = self.words[len(self.words) - count :]
        before = self.words[: len(self.words) - count]
        return found if not before or (found and found[0].left - before[-1].right >= WIDE) else ()

    @property
    def is_columns(self) -> bool:
        """Whether the line shows columns: a wide gap, or several values and nothing else."""
        gap = any(after.left - before.right >= WIDE for before, after in pairwise(self.words))
        return gap or (len(self.words) > 1 and all(is_value(word.text) for word in self.words))


@dataclass(slots=True)
class _Part:
    """One table: the lines above its first value, and the rest."""

    head: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)

    @property
    def values_left(self) -> float:
        return min((word.left for line in self.body for word in line.values), default=float("inf"))


@dataclass(slots=True)
class _Label:
    """Fragments of one label that stand below each other at one left edge."""

    pieces: list[tuple[Word, float]]
    level: int

    @property
    def text(self) -> str:
        return reduce(join, (word.text for word, _ in self.pieces))

    @property
    def at(self) -> float:
        return (self.pieces[0][1] + self.pieces[-1][1]) / 2

    def covers(self, at: float) -> bool:
        return self.pieces[0][1] - 0.65 <= at <= self.pieces[-1][1] + 0.65


@dataclass(slots=True)
class _Row:
    at: float
    values: tuple[Word, ...]
    label: _Label | None = None


def read(lines: Sequence[Line]) -> list[Table | Paragraph]:
    """The tables of a stretch of lines, new heads beginning a new table, and the captions between them."""
    found: list[Table | Paragraph] = []
    for part in _parts(lines):
        if any(line.values for line in part.body):
            captions, part.head = _captions(part)
            found += captions
            found.append(_table(part))
        else:
            found += [Paragraph(line.text, line.words[0].page) for line in (*part.head, *part.body)]
    return found


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts = [_Part()]
    for line in lines:
        if line.values:
            parts[-1].body.append(line)
        elif not parts[-1].body:
            parts[-1].head.append(line)
        elif any(word.right > parts[-1].values_left + 0.5 for word in line.words):
            parts.append(_Part(head=[*_loose_end(parts[-1]), line]))
        else:
            parts[-1].body.append(line)
    parts.append(_Part(head=_loose_end(parts[-1])))
    return parts


def _loose_end(part: _Part) -> list[Line]:
    """Cut off and give back the lines after the last row that do not belong to its label."""
    end = max((index for index, line in enumerate(part.body) if line.values), default=-1) + 1
    while end and end < len(part.body):
        line = part.body[end]
        if line.at - part.body[end - 1].at > TIGHT or NUMBERED.match(line.text):
            break
        end += 1
    loose = part.body[end:]
    del part.body[end:]
    return loose


def _captions(part: _Part) -> tuple[list[Paragraph], list[Line]]:
    """Lines above the heads that stand left of all values, well apart from what follows."""
    count = 0
    while count < len(part.head) and not part.head[count].is_columns:
        line = part.head[count]
        if line.right > part.values_left or not NUMBERED.match(line.text):
            break
        count += 1
    return [Paragraph(line.text, line.words[0].page) for line in part.head[:count]], part.head[count:]


def _table(part: _Part) -> Table:
    rows = [_Row(line.at, line.values) for line in part.body if line.values]
    labels = _labels(part)
    loose = _assigned(rows, labels)
    groups, orphans = _groups(loose, rows)
    rows = sorted([*rows, *(_Row(label.at, (), label) for label in orphans)], key=lambda row: row.at)
    columns = heads.columns([row.values for row in rows if row.values])
    levels = 1 + max((label.level for label in labels), default=-1)
    head = heads.read(part.head, columns, levels, part.values_left)
    height = max((cell.row + cell.rows for cell in head.cells), default=0)
    cells = [*head.cells, *_group_cells(groups, rows, height)]
    for index, row in enumerate(rows, height):
        cells += _row_cells(row, index, levels, head.columns)
    page = (part.head or part.body)[0].words[0].page
    return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), page)


def _row_cells(row: _Row, index: int, levels: int, columns: Sequence[heads.Column]) -> Iterator[Cell]:
    if row.label is not None:
        yield Cell(row.label.text, index, row.label.level, 1, levels - row.label.level)
    if not row.values:
        return
    places = heads.places(row.values, columns)
    if places is None:
        yield Cell(" ".join(word.text for word in row.values), index, levels, 1, len(columns))
        return
    texts = dict(zip(places, (word.text for word in row.values), strict=True))
    for column in range(len(columns)):
        yield Cell(texts.get(column, ""), index, levels + column)


def _labels(part: _Part) -> list[_Label]:
    """The labels left of the values; a fragment goes on with the one above it unless it is numbered or apart."""
    fragments = [(fragment, line) for line in part.body for fragment in _fragments(line, part.values_left)]
    lefts: list[float] = []
    for left in sorted(fragment.left for fragment, _ in fragments):
        if not lefts or left - lefts[-1] > SAME_LEFT:
            lefts.append(left)
    ats = [line.at for line in part.body]
    last: dict[int, _Label] = {}
    labels: list[_Label] = []
    for fragment, line in fragments:
        level = max(index for index, left in enumerate(lefts) if left <= fragment.left)
        above = last.get(level)
        if above and not NUMBERED.match(fragment.text) and _close(above.pieces[-1][1], line.at, ats):
            above.pieces.append((fragment, line.at))
        else:
            last[level] = _Label([(fragment, line.at)], level)
            labels.append(last[level])
    return labels


def _fragments(line: Line, values_left: float) -> list[Word]:
    found: list[Word] = []
    values = line.values
    for word in line.words:
        if word in values or word.left >= values_left:
            continue
        if found and word.left - found[-1].right < WIDE:
            found[-1] = found[-1]._replace(text=join(found[-1].text, word.text), right=word.right)
        else:
            found.append(word)
    return found


def _close(above: float, below: float, ats: Sequence[float]) -> bool:
    """Whether no gap separates two lines; a row of numbers between them is no gap."""
    between = [at for at in ats if above <= at <= below]
    return below - above < 2.2 * TIGHT and all(after - before <= TIGHT for before, after in pairwise(between))


def _assigned(rows: list[_Row], labels: list[_Label]) -> list[_Label]:
    """Give each row the innermost label at its height; what is left over is returned."""
    loose = []
    free = {id(row): row for row in rows}
    for label in sorted(labels, key=lambda label: -label.level):
        covered = [row for row in free.values() if label.covers(row.at)]
        shares = _shares(label, covered)
        for row, share in zip(covered, shares[:-1], strict=True):
            if share:
                row.label = _Label(share, label.level)
                del free[id(row)]
        loose += [_Label([piece], label.level) for piece in shares[-1]] if covered else [label]
    return loose


def _shares(label: _Label, rows: list[_Row]) -> list[list[tuple[Word, float]]]:
    """The label's fragments for each of the rows it covers; the last share is what no row surely owns."""
    if len(rows) == 1:
        return [label.pieces, []]
    shares: list[list[tuple[Word, float]]] = [[] for _ in range(len(rows) + 1)]
    for piece in label.pieces:
        distances = sorted((abs(row.at - piece[1]), index) for index, row in enumerate(rows))
        sure = len(distances) > 1 and distances[0][0] < 0.75 * distances[1][0]
        shares[distances[0][1] if sure else -1].append(piece)
    return shares


def _groups(loose: list[_Label], rows: list[_Row]) -> tuple[list[tuple[_Label, list[_Row]]], list[_Label]]:
    """Labels that stand beside several rows, with those rows; and the labels that stand alone."""
    zones: dict[tuple[int, int], list[_Label]] = {}
    for label in sorted(loose, key=lambda label: label.at):
        zone = _zone(label, rows)
        members = zones.setdefault((label.level, id(zone[0]) if zone else 0), [])
        narrow = members and all(len(word.text) <= 2 for word, _ in label.pieces)
        if zone and narrow and not NUMBERED.match(label.text):
            members[-1].pieces += label.pieces
        else:
            members.append(label)
    groups, alone = [], []
    for members in zones.values():
        zone = _zone(members[0], rows)
        runs = _runs(zone) if len(members) > 1 else [zone]
        if zone and len(runs) == len(members):
            groups += list(zip(members, runs, strict=True))
        else:
            alone += members
    return groups, alone


def _zone(label: _Label, rows: list[_Row]) -> list[_Row]:
    """The rows round a label whose own labels stand further right, up to the next that does not."""
    first, last = 0, len(rows)
    for index, row in enumerate(rows):
        if row.label is None or row.label.level <= label.level:
            if row.at < label.at:
                first = index + 1
            else:
                last = index
                break
    return rows[first:last]


def _runs(zone: list[_Row]) -> list[list[_Row]]:
    """The zone cut where the numbering of its rows begins again."""
    runs: list[list[_Row]] = []
    for row in zone:
        if not runs or (row.label and FIRST.match(row.label.text)):
            runs.append([])
        runs[-1].append(row)
    return runs


def _group_cells(groups: list[tuple[_Label, list[_Row]]], rows: list[_Row], height: int) -> Iterator[Cell]:
    index = {id(row): at for at, row in enumerate(rows, height)}
    for label, members in groups:
        levels = [row.label.level for row in members if row.label]
        first, last = index[id(members[0])], index[id(members[-1])]
        yield Cell(label.text, first, label.level, last - first + 1, min(levels) - label.level)
