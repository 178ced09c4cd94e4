"""What stands above and beside the cells of a table: its heads, one below the other, and the labels of its lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl import counts, forms
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.tables import labels
from etl.tables.labels import Meaning, Role
from etl.tables.rows import OTHERWISE

_HEADS = (Role.HEAD, Role.COLUMN, Role.BASIS)


@dataclass(slots=True)
class Heads:
    """The texts stacked above each column; begun anew when a head row follows a row of numbers, which `closed` tells of."""

    stacks: dict[int, list[str]] = field(default_factory=dict)
    closed: bool = False

    def add(self, row: list[Cell]) -> None:
        """A row of heads, below those that stand already or, behind numbers, in their stead."""
        if self.closed:
            self.stacks, self.closed = {}, False
        for cell in row:
            for column in range(cell.column, cell.column + cell.columns):
                self.stacks.setdefault(column, []).append("" if is_number(cell) else cell.text)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(self.stacks, default=-1) + 1

    def keys(self, schedule: str, column: int) -> tuple[str, str]:
        """The path and the column key that stand above `column`; empty where none does, or another year's word beside it."""
        stack = self.stacks.get(column, [])
        path = key = ""
        if any(counts.bare(text) in labels.lookups()["before"] for text in stack):
            return path, key
        for start in range(len(stack)):
            for end in range(start + 1, len(stack) + 1):
                for meaning in labels.meanings("".join(stack[start:end])):
                    if meaning.schedule == schedule and meaning.role is Role.COLUMN:
                        key = meaning.key
                    elif meaning.schedule == schedule == REVIEW and meaning.role is Role.LINE:
                        path = meaning.key
        return path, key

    def above(self, schedule: str, cell: Cell) -> set[str]:
        """The columns of a schedule whose heads stand above a cell."""
        return {key for _, key in self.paths_above(schedule, cell)} - {""}

    def paths_above(self, schedule: str, cell: Cell) -> set[tuple[str, str]]:
        """The paths and columns of a schedule whose heads stand above a cell; of table 4 alone they have paths."""
        columns = range(cell.column, cell.column + cell.columns)
        return {self.keys(schedule, column) for column in columns} - {("", "")}

    def above_row(self, schedule: str, cells: Sequence[Cell]) -> list[set[str]]:
        """What stands above each cell. Where spans are lost a merged head stands above its first column alone.

        A number below the blank rest of such a head, beside a blank, is the head's.
        """
        keys = [self.above(schedule, cell) for cell in cells]
        for at in range(1, len(cells)):
            blank, number = cells[at - 1].text.strip(), cells[at].text.strip()
            if keys[at - 1] and not keys[at] and number and not blank and self.is_blank(cells[at].column):
                keys[at - 1], keys[at] = set(), keys[at - 1]
        return keys

    def due(self, meaning: Meaning) -> set[str]:
        """The columns a line must fill: all of tables 3 and 4, of table 2 those of some form whose heads stand here."""
        if meaning.schedule != PROACTIVE:
            return set(APPLICANTS if meaning.schedule == REQUESTS else RESULTS)
        blocks = forms.blocks(PROACTIVE, meaning.key)
        standing = {self.keys(PROACTIVE, column)[1] for column in self.stacks}
        return standing & {column.key for _, block in blocks for column in block.columns}

    def has_words(self, column: int) -> bool:
        """Whether any words stand above a column."""
        return any(text.strip() for text in self.stacks.get(column, ()))

    def is_blank(self, column: int) -> bool:
        """Whether heads stand beside `column`, and blank cells alone above it."""
        return column in self.stacks and not self.has_words(column)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: the row of its label and what that means, and the cells behind it.

    The results of table 4 stand in a row without a label.
    """

    row: int
    cells: tuple[Cell, ...]
    meaning: Meaning | None = None

    @property
    def schedule(self) -> str:
        """The schedule that the line belongs to."""
        return self.meaning.schedule if self.meaning else REVIEW


def is_head(cell: Cell) -> bool:
    """Whether a cell holds a head of the form."""
    return any(meaning.role in _HEADS for meaning in labels.meanings(cell.text))


def body(table: Table, heads: Heads) -> Iterator[Line]:
    """The lines of a table; `heads` are those above each while it is given out."""
    before, beside = "", 0
    for number, here in _rows(table):
        label = _label(here, before)
        if label or _is_results(here, heads):
            before = label[1].key if label else ""
            beside = label[0].column + label[0].columns if label else 0
            behind = tuple(cell for cell in here if cell.column >= beside)
            yield Line(label[0].row, behind, label[1]) if label else Line(number, behind)
            heads.closed = True
        elif heads.closed and (_is_group(here) or _is_beside(here, beside)):
            continue
        elif _are_heads(here):
            heads.add([cell for cell in here if cell.row == number])


def _are_heads(row: list[Cell]) -> bool:
    """Whether a row has no number, or no more than heads, as beside a column of numbers that begins above them."""
    numbers = sum(map(is_number, row))
    return not numbers or numbers <= sum(is_head(cell) or _is_path(cell) for cell in row)


def _is_path(cell: Cell) -> bool:
    return any(meaning.schedule == REVIEW for meaning in labels.meanings(cell.text))


def _is_group(row: list[Cell]) -> bool:
    """Whether a row holds nothing but labels of lines, of those below it or of one beside it; table 4 has its paths as heads."""
    named = [labels.meanings(cell.text) for cell in row if cell.text.strip()]
    return all(
        meanings and not any(m.role in _HEADS or m.schedule == REVIEW for m in meanings) for meanings in named
    )


def _is_beside(row: list[Cell], end: int) -> bool:
    """Whether the texts of a row stand in the columns of the labels alone: a group's, or a part of one, and no heads."""
    return all(cell.column + cell.columns <= end for cell in row if cell.text.strip())


def heads_above(document: Document) -> dict[tuple[int, int, int], set[tuple[str, str]]]:
    """For the cells of lines, by block, row and column, what stands above them: keys of a path and of a column, or empty."""
    found: dict[tuple[int, int, int], set[tuple[str, str]]] = {}
    for index, block in enumerate(document.blocks):
        heads = Heads()
        for line in body(block, heads) if isinstance(block, Table) and block.aligned else ():
            for cell in line.cells:
                columns = range(cell.column, cell.column + cell.columns)
                above = {heads.keys(line.schedule, at) for at in columns}
                found[index, cell.row, cell.column] = above - {("", "")}
    return found


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number that can be read."""
    return counts.read(cell.text)[0] is not None


def _rows(table: Table) -> Iterator[tuple[int, list[Cell]]]:
    """For each row its number, and its cells from left to right, those merged down from above included."""
    last = max((cell.row + cell.rows for cell in table.cells), default=0)
    rows: list[list[Cell]] = [[] for _ in range(last)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append(cell)
    for number, cells in enumerate(rows):
        if any(cell.row == number for cell in cells):
            yield number, sorted(cells, key=lambda cell: cell.column)


def _label(row: list[Cell], before: str) -> tuple[Cell, Meaning] | None:
    """The rightmost cell that names a line, if no cell names a column and those to its right name nothing.

    A group's cell names no line where the words beside it are its line's own label, misprinted; 其他 names one only
    in its group or below that group's lines, of which `before` is the last.
    """
    named = [labels.meanings(cell.text) for cell in row]
    if any(meanings and all(map(_is_of_heads, meanings)) for meanings in named):
        return None
    at = max((at for at, meanings in enumerate(named) if meanings), default=len(row))
    found = [m for m in named[at] if m.role is Role.LINE] if at < len(row) - 1 else []
    if not found or (found[0].key == "other_reason" and not _is_last_reason(row, at, before)):
        return None
    beside = row[at + 1].text
    is_group = row[at].rows > 1 or found[0].key == "otherwise_closed"
    if is_group and not counts.may_stand_for_values(beside):
        return None
    return row[at], found[0]


def _is_of_heads(meaning: Meaning) -> bool:
    """Whether a word stands among heads alone: a column, or in table 3 a head over some; 行政诉讼 may stand beside a path."""
    return meaning.role is Role.COLUMN or (meaning.role is Role.HEAD and meaning.schedule == REQUESTS)


def _is_last_reason(row: list[Cell], at: int, before: str) -> bool:
    named = {meaning.key for cell in row[:at] for meaning in labels.meanings(cell.text)}
    in_group = before in OTHERWISE or not named.isdisjoint(OTHERWISE)
    return labels.is_third(row[at].text) or (in_group and labels.is_numbered_by_digit(row[at].text))


def _is_results(row: list[Cell], heads: Heads) -> bool:
    """Whether a row without a label holds all results of every path above it: of the three, or of some in a table of their own.

    A path that stands above one of them twice has taken in columns of another; a column below no head is somebody's
    own. Below the table of a page that was a sheet stand the sections that follow, each beside as many empty cells.
    """
    filled = [cell.text for cell in row if cell.text.strip()]
    worded = bool(filled) and not any(map(counts.looks_like_a_value, filled))
    if (len(row) < len(RESULTS) and not filled) or worded or any(labels.meanings(cell.text) for cell in row):
        return False
    headed = [(cell, keys) for cell in row if (keys := heads.paths_above(REVIEW, cell))]
    above = Counter(key for _, keys in headed for key in keys)
    paths, results = {path for path, _ in above}, Counter(result for _, result in above.elements())
    # Where spans are lost a path stands above its first result alone.
    spread = paths > set(PATHS) and all(results[result] == len(PATHS) for result in RESULTS)
    paths = set(PATHS) if paths > set(PATHS) else paths
    whole = (
        paths and "" not in paths and all(above[path, result] == 1 for path in paths for result in RESULTS)
    )
    return bool(whole or spread) and (not filled or any(cell.text.strip() for cell, _ in headed))
