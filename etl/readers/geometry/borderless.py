"""Tables without ruling lines: rows by their values, columns by alignment, labels by nearness.

A label that cannot be given to one row surely stays in rows of its own, for the reader above to report.
Lengths are ems.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from statistics import median

from etl.document import Cell, Paragraph, Table
from etl.readers.geometry import beside, cutting, fitting, folds, heads, serials
from etl.readers.geometry.beside import Row
from etl.readers.geometry.columns import columns_of, places
from etl.readers.geometry.glyphs import NUMBERED, Word
from etl.readers.geometry.line import CLOSE, TIGHT, WIDE, Line, closer
from etl.readers.geometry.remarks import without_remarks
from etl.readers.geometry.serials import Serial
from etl.readers.geometry.stack import Stack
from etl.readers.showing import DOUBT

# How much higher or lower than its values a label of one line is set at most.
BESIDE = 0.5
# Less than between two lines of a text, and somewhat more than half of that.
HALF = 0.9
# The most room between the lines of a folded number.
LOOSE = 1.2
# The widest room between two lines of a head.
FOLD = 0.9 * TIGHT
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
    lines, remarks = without_remarks(lines)
    lines, numbers = serials.without_serials(lines)
    for part in _parts(lines, {at for _, at in numbers}):
        if any(line.values for line in part.body):
            _lower_labels(part)
            captions, part.head = _captions(part)
            found += captions
            found.append(_table(part, numbers))
        else:
            found += [Paragraph(line.text, line.words[0].page) for line in (*part.head, *part.body)]
    return found + remarks


def _parts(lines: Sequence[Line], rows: Collection[float]) -> list[_Part]:
    """The lines in tables; a line with values, or at the height of a row's own number, is no head."""
    parts = [_Part()]
    for line in lines:
        if line.values or line.at in rows:
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
        # The line above half a line higher than the first values is the first of two beside them.
        if start == len(part.head) - 1 and part.body[0].at - part.head[start].at < HALF:
            break
        start += 1
    part.head, part.body = part.head[:start], part.head[start:] + part.body


def _table(part: _Part, numbers: Sequence[Serial]) -> Table:
    pieces = beside.pieces(part.body, part.values_left)
    if fitted := _fitted(part, pieces, numbers):
        rows, loose = fitted
    else:
        rows = _rows(part.body, part.values_left)
        loose = beside.assigned(rows, beside.labels(pieces, part.body))
    groups, orphans = beside.groups(loose, rows)
    rows = sorted([*rows, *(Row(label.at, (), label) for label in orphans)], key=lambda row: row.at)
    valued = [row for row in rows if row.values]
    for at in folds.rests(valued):
        for row in valued[at - 1 : at + 1]:
            row.values = _in_doubt(row.values)
    _doubt_parts(valued)
    columns = columns_of([row.values for row in valued])
    levels = 1 + max((level for _, _, level in pieces), default=-1)
    edge = min(part.values_left, part.labels_right + WIDE)
    left = min((line.left for line in part.body), default=0.0)
    labels_right = max((word.right for word, _, _ in pieces), default=left)
    over = closer(part.head, FOLD / _fold(rows, part.head))
    over = cutting.cut(over, labels_right, part.values_left)
    head = heads.read(over, columns, levels, edge, left)
    height = max((cell.row + cell.rows for cell in head.cells), default=0)
    cells = [*head.cells, *beside.group_cells(groups, rows, height)]
    for index, row in enumerate(rows, height):
        cells += _row_cells(row, index, levels, head)
    if numbers:
        cells = serials.beside(cells, [row.at for row in rows], height, numbers)
    page = (part.head or part.body)[0].words[0].page
    return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), page)


def _fitted(
    part: _Part, pieces: Sequence[tuple[Word, Line, int]], numbers: Sequence[Serial]
) -> tuple[list[Row], list[Stack]] | None:
    """The rows with their labels, as far as all stand alike, and the labels of groups.

    None where anything else stands among the numbers, or lines of numbers stand too close to be rows.
    """
    lines = [line for line in part.body if line.values]
    left = part.values_left
    alone = all(word in line.values for line in part.body for word in line.words if word.left >= left)
    whole = folds.rows([(word, _height(line, word)) for line in lines for word in line.values])
    rows = whole or [Row(_height(line, line.values[0]), line.values) for line in lines]
    if not alone or any(below.at - above.at < CLOSE for above, below in pairwise(rows)):
        return None
    if whole and not pieces and len(rows) == 1:
        return rows, []
    # Characters of another height stand somewhat higher or lower in the same line.
    lower = [word.middle - line.values[0].middle for word, line, _ in pieces if line.values]
    shift = median(lower) if lower else 0.0
    rows = serials.with_empty(rows, [at for _, at in numbers if part.body[0].at <= at <= part.body[-1].at])
    return fitting.fitted(
        rows, [fitting.Piece(word, level, _height(line, word) - shift) for word, line, level in pieces]
    )


def _fold(rows: Sequence[Row], head: Sequence[Line]) -> float:
    """How far apart the lines of one label or head are, where further than lines of one text are taken to be."""
    stacks = [row.label.pieces for row in rows if row.label and row.values]
    steps = [below - above for stack in stacks for (_, above), (_, below) in pairwise(stack)]
    steps = steps or [below.at - above.at for above, below in pairwise(head) if cutting.go_on(above, below)]
    return max(median(steps) if steps else 0.0, FOLD)


def _height(line: Line, word: Word) -> float:
    """Where the middle of a word stands, that of a line being its highest."""
    return line.at + word.middle - min(other.middle for other in line.words)


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


def _row_cells(row: Row, index: int, levels: int, head: heads.Head) -> Iterator[Cell]:
    if row.label is not None:
        yield Cell(row.label.text, index, row.label.first, 1, levels - row.label.first)
    if not row.values:
        return
    columns = head.columns
    told = head.sure and (head.over or len(row.values) == len(columns))
    at = places(row.values, columns) if told else None
    if at is None:
        # One number alone would seem to be that of all columns.
        values = _in_doubt(row.values) if len(row.values) == 1 < len(columns) else row.values
        yield Cell(" ".join(word.text for word in values), index, levels, 1, len(columns))
        return
    texts = dict(zip(at, (word.text for word in row.values), strict=True))
    # Where a number may be another's, one that seems to be missing may stand elsewhere.
    doubted = row.label is not None and any(text.endswith(DOUBT) for text in texts.values())
    missing = DOUBT if doubted else ""
    for column in range(len(columns)):
        yield Cell(texts.get(column, missing), index, levels + column)
