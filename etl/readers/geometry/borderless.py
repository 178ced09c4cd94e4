"""Tables without ruling lines: rows by their values, columns by alignment, labels by nearness.

A label that cannot be given to one row surely stays in rows of its own, for the reader above to report.
Lengths are ems.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from statistics import median

from etl.document import Cell, Paragraph, Table
from etl.readers.geometry import beside, heads
from etl.readers.geometry.beside import Row
from etl.readers.geometry.columns import Column, columns_of, places
from etl.readers.geometry.glyphs import NUMBERED, Word, is_value, join
from etl.readers.geometry.line import CLOSE, SEVERAL, TIGHT, WIDE, Line
from etl.readers.showing import DOUBT

# How much higher or lower than its values a label of one line is set at most.
BESIDE = 0.5
# The most room between the lines of a folded number.
LOOSE = 1.2
# How much less room than usual is left between two rows that are parts of one.
_CROWDED = 0.3


@dataclass(slots=True)
class _Part:
    """One table: the lines above its first value, and the rest."""

    head: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)

    @property
    def values_left(self) -> float:
        return min((word.left for line in self.body for word in line.values), default=float("inf"))

    @property
    def labels_right(self) -> float:
        """Where the words beside the values end."""
        rows = ((line.words, len(line.words) - len(line.values)) for line in self.body if line.values)
        return max((words[count - 1].right for words, count in rows if count), default=float("inf"))


def read(lines: Sequence[Line]) -> list[Table | Paragraph]:
    """The tables of a stretch of lines, new heads beginning a new table, and the captions between them."""
    found: list[Table | Paragraph] = []
    lines, remarks = _without_remarks(lines)
    for part in _parts(lines):
        if any(line.values for line in part.body):
            _lower_labels(part)
            captions, part.head = _captions(part)
            found += captions
            found.append(_table(part))
        else:
            found += [Paragraph(line.text, line.words[0].page) for line in (*part.head, *part.body)]
    return found + remarks


def _without_remarks(lines: Sequence[Line]) -> tuple[list[Line], list[Paragraph]]:
    """The lines without a column of words right of all values, if words stand there beside or below rows; and its words."""
    full = [at for at, line in enumerate(lines) if len(line.values) >= SEVERAL]
    edge = max((lines[at].right for at in full), default=float("inf"))
    beyond = [
        [word for word in line.words if word.left >= edge and not is_value(word.text)] for line in lines
    ]
    if not any(beyond[full[0] :] if full else ()):
        return list(lines), []
    kept = [
        tuple(word for word in line.words if word not in out) for line, out in zip(lines, beyond, strict=True)
    ]
    remarks = [Paragraph(reduce(join, (word.text for word in out)), out[0].page) for out in beyond if out]
    return [Line(words, line.at) for words, line in zip(kept, lines, strict=True) if words], remarks


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts = [_Part()]
    for line in lines:
        if line.values:
            parts[-1].body.append(line)
        elif not parts[-1].body:
            parts[-1].head.append(line)
        elif _is_head(line, parts[-1]):
            parts.append(_Part(head=[*_loose_end(parts[-1]), line]))
        else:
            parts[-1].body.append(line)
    parts.append(_Part(head=_loose_end(parts[-1])))
    return parts


def _is_head(line: Line, part: _Part) -> bool:
    """Whether a line without values reaches over the values of the rows above it, or stands apart from their labels."""
    over = any(word.right > part.values_left + 0.5 for word in line.words)
    return over or any(word.left > part.labels_right + WIDE for word in line.words)


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


def _lower_labels(part: _Part) -> None:
    """Give the body the first lines of its first label, where they stand above its values."""
    start = len(part.head)
    while start and part.head[start - 1].right <= part.values_left and not part.head[start - 1].is_columns:
        start -= 1
    while start < len(part.head) and not NUMBERED.match(part.head[start].text):
        start += 1
    part.head, part.body = part.head[:start], part.head[start:] + part.body


def _table(part: _Part) -> Table:
    rows = _rows(part.body, part.values_left)
    labels = beside.labels(part.body, part.values_left)
    groups, orphans = beside.groups(beside.assigned(rows, labels), rows)
    rows = sorted([*rows, *(Row(label.at, (), label) for label in orphans)], key=lambda row: row.at)
    _doubt_parts([row for row in rows if row.values])
    columns = columns_of([row.values for row in rows if row.values])
    levels = 1 + max((label.first for label in labels), default=-1)
    edge = min(part.values_left, part.labels_right + WIDE)
    left = min((line.left for line in part.body), default=0.0)
    head = heads.read(part.head, columns, levels, edge, left)
    height = max((cell.row + cell.rows for cell in head.cells), default=0)
    cells = [*head.cells, *beside.group_cells(groups, rows, height)]
    for index, row in enumerate(rows, height):
        cells += _row_cells(row, index, levels, head.columns, head.sure)
    page = (part.head or part.body)[0].words[0].page
    return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), page)


def _rows(lines: Sequence[Line], left: float) -> list[Row]:
    """The rows of values; lines too close to be two rows, or not both with words beside them, may be folded numbers.

    Those of a line in which other words stand among the values, right of `left`, are in doubt.
    """
    worded = [line.at for line in lines if len(line.words) > len(line.values)]
    runs: list[list[Line]] = []
    for line in (line for line in lines if line.values):
        if runs and line.at - runs[-1][-1].at < CLOSE:
            runs[-1].append(line)
        else:
            runs.append([line])
    found: list[list[Line]] = []
    bare = False
    for run in runs:
        alone = all(not run[0].at - BESIDE < at < run[-1].at + BESIDE for at in worded)
        if found and (alone or bare) and run[0].at - found[-1][-1].at < TIGHT:
            found[-1] += run
        else:
            found.append(run)
        bare = alone
    return [Row((run[0].at + run[-1].at) / 2, _doubted(run, left)) for run in found]


def _doubted(run: Sequence[Line], left: float) -> tuple[Word, ...]:
    """The values of the lines; each in doubt where two lines are so far apart that they may be of two rows."""
    values = reduce(_folded, (line.values for line in run))
    whole = all(word in line.values for line in run for word in line.words if word.left >= left)
    if whole and all(below.at - above.at < CLOSE for above, below in pairwise(run)):
        return values
    return _in_doubt(values)


def _in_doubt(values: Sequence[Word]) -> tuple[Word, ...]:
    """The values, each once marked as one that may be another's."""
    return tuple(word._replace(text=word.text.removesuffix(DOUBT) + DOUBT) for word in values)


def _doubt_parts(rows: Sequence[Row]) -> None:
    """Where numbers are folded, one in doubt, or with fewer than others, may have the rest of the row beside it: so both are."""
    most = max(len(row.values) for row in rows)
    marks = [any(word.text.endswith(DOUBT) for word in row.values) for row in rows]
    parts = [len(row.values) < most or mark for row, mark in zip(rows, marks, strict=True)]
    rooms = [_room(above.values, below.values) for above, below in pairwise(rows)]
    near = [room < LOOSE for room in rooms]
    bare = any(
        close and ((one.label is None and part) or (other.label is None and next_part))
        for close, (one, other), (part, next_part) in zip(near, pairwise(rows), pairwise(parts), strict=True)
    )
    # Rows do not reach into each other where others keep apart: a label and its number are folded side by side.
    least = min(median(rooms) - _CROWDED, 0.0) if rooms else 0.0
    bare = bare or any(
        room < least and any(partly) for room, partly in zip(rooms, pairwise(parts), strict=True)
    )
    if not any(marks) and not bare:
        return
    doubted = [row for row, part in zip(rows, parts, strict=True) if part]
    for close, (one, other), partly in zip(near, pairwise(rows), pairwise(parts), strict=True):
        doubted += [one, other] if close and any(partly) else []
    for row in doubted:
        row.values = _in_doubt(row.values)


def _folded(above: Sequence[Word], below: Sequence[Word]) -> tuple[Word, ...]:
    """Two lines of values as one, those below each other with a blank between: whether they are one number is not known."""
    found = list(above)
    for word in below:
        at = next(
            (at for at, over in enumerate(found) if word.left < over.right and over.left < word.right), None
        )
        if at is None:
            found.append(word)
        else:
            left, right = min(found[at].left, word.left), max(found[at].right, word.right)
            text = f"{found[at].text} {word.text}"
            found[at] = found[at]._replace(text=text, left=left, right=right, bottom=word.bottom)
    return tuple(sorted(found, key=lambda word: word.left))


def _room(above: Sequence[Word], below: Sequence[Word]) -> float:
    """The room between two rows of values; the next page may go on anywhere."""
    if above[-1].page != below[0].page:
        return 0.0
    return min(word.top for word in below) - max(word.bottom for word in above)


def _row_cells(row: Row, index: int, levels: int, columns: Sequence[Column], sure: bool) -> Iterator[Cell]:
    if row.label is not None:
        yield Cell(row.label.text, index, row.label.first, 1, levels - row.label.first)
    if not row.values:
        return
    at = places(row.values, columns) if sure else None
    if at is None:
        yield Cell(" ".join(word.text for word in row.values), index, levels, 1, len(columns))
        return
    texts = dict(zip(at, (word.text for word in row.values), strict=True))
    # Where a number may be another's, one that seems to be missing may stand elsewhere.
    doubted = row.label is not None and any(text.endswith(DOUBT) for text in texts.values())
    missing = DOUBT if doubted else ""
    for column in range(len(columns)):
        yield Cell(texts.get(column, missing), index, levels + column)
