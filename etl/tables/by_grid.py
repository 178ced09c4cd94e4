"""Reading the statutory tables by their columns: the head above a cell and the label beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from etl import counts, forms
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Fact, Place
from etl.tables import labels
from etl.tables.by_order import OTHER_LINES, OTHERWISE
from etl.tables.labels import Meaning, Role

_FEWEST_COLUMNS = 2
# A line in so many that holds a number too many has got it by a slip; more of them miss a head.
_FEW = 5
_HEADS = (Role.HEAD, Role.COLUMN, Role.BASIS)


@dataclass(slots=True)
class _Heads:
    """The texts stacked above each column; begun anew when a head row follows a row of numbers."""

    stacks: dict[int, list[str]] = field(default_factory=dict)
    closed: bool = False

    def add(self, row: list[Cell]) -> None:
        if self.closed:
            self.stacks, self.closed = {}, False
        for cell in row:
            for column in range(cell.column, cell.column + cell.columns):
                self.stacks.setdefault(column, []).append("" if _is_number(cell) else cell.text)

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

    def is_blank(self, column: int) -> bool:
        """Whether heads stand beside `column`, and blank cells alone above it."""
        return column in self.stacks and not any(text.strip() for text in self.stacks[column])


def facts(document: Document) -> Iterator[Fact]:
    """The facts of every table whose columns can be trusted; a cell that two columns claim is left out.

    Table 3 may be printed in parts beside or below each other, each with some of its columns.
    """
    found = list(_of_tables(document))
    # Beside numbers of its own lines those of the group 其他处理 are their sums and no cells of the form.
    divided = any(fact.line in OTHER_LINES and fact.value is not None for fact in found)
    return (fact for fact in found if not (divided and fact.line == "otherwise_closed"))


def _of_tables(document: Document) -> Iterator[Fact]:
    heads, parts = _Heads(), dict[frozenset[str], list[Fact]]()
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and block.aligned:
            headed = any(_is_head(cell) for cell in block.cells[:_FEWEST_COLUMNS])
            # A table that goes on below the heads of another has as many columns.
            if headed or _width(block) != heads.width:
                heads = _Heads()
            yield from _table(block, index, heads, parts)
    if sorted(column for columns in parts for column in columns) == sorted(APPLICANTS):
        yield from (fact for found in parts.values() for fact in found)


def _width(table: Table) -> int:
    return max((cell.column + cell.columns for cell in table.cells), default=0)


def _is_head(cell: Cell) -> bool:
    return any(meaning.role in _HEADS for meaning in labels.meanings(cell.text))


def _table(
    table: Table, index: int, heads: _Heads, parts: dict[frozenset[str], list[Fact]]
) -> Iterator[Fact]:
    """The facts of a table; none of a line that holds a number too many, nor of a schedule with many lines beyond its heads."""
    found, lines = list[Fact](), Counter[str]()
    astray: dict[tuple[str, bool], set[int]] = {}
    own, borrowed = set[tuple[str, int]](), dict[Fact, tuple[str, int]]()
    for here, label in _body(table, heads):
        if label:
            cell, meaning = label
            beyond = [other for other in here if other.column >= cell.column + cell.columns]
            lines[meaning.schedule] += 1
            for stray in (other for other in beyond if _is_stray(other, meaning.schedule, heads)):
                kind = meaning.schedule, stray.column in heads.stacks
                astray.setdefault(kind, set()).add(cell.row)
            of_line = list(_line(meaning, beyond, index, heads, parts))
            found += of_line
            own |= {(meaning.schedule, column) for column in _own_columns(beyond, meaning.schedule, heads)}
            borrowed |= {
                fact: (fact.schedule, fact.place.column)
                for fact in of_line
                if fact.place and fact.place.column is not None and heads.is_blank(fact.place.column)
            }
        elif any(cell.text.strip() for cell in here) or not any(fact.schedule == REVIEW for fact in found):
            # A row of blanks below the numbers is an empty row of a sheet.
            found += _results(here, index, heads)
    # Numbers in one column are not below the head beside it in some rows, and below none in others.
    found = [fact for fact in found if borrowed.get(fact) not in own]
    for (schedule, headed), rows in astray.items():
        many = len(rows) * _FEW > lines[schedule]
        # Numbers of many lines below an empty head are a column of somebody's own.
        if not (many and headed):
            found = [fact for fact in found if fact.schedule != schedule or not (many or _row(fact) in rows)]
            if schedule == REQUESTS:
                parts.clear()
    return iter(found)


def _row(fact: Fact) -> int | None:
    return fact.place.row if fact.place else None


def _body(table: Table, heads: _Heads) -> Iterator[tuple[list[Cell], tuple[Cell, Meaning] | None]]:
    """The rows with the cells of a line, and its label, or of table 4's results; `heads` are those above each."""
    before, beside = "", 0
    for number, here in _rows(table):
        label = _label(here, before)
        if label or _is_results(here, heads):
            before = label[1].key if label else ""
            beside = label[0].column + label[0].columns if label else 0
            yield here, label
            heads.closed = True
        elif heads.closed and (_is_group(here) or _is_beside(here, beside)):
            continue
        elif _are_heads(here):
            heads.add([cell for cell in here if cell.row == number])


def _are_heads(row: list[Cell]) -> bool:
    """Whether a row has no number, or no more than heads, as beside a column of numbers that begins above them."""
    numbers = sum(map(_is_number, row))
    return not numbers or numbers <= sum(_is_head(cell) or _is_path(cell) for cell in row)


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
        heads = _Heads()
        for here, label in _body(block, heads) if isinstance(block, Table) and block.aligned else ():
            schedule = label[1].schedule if label else REVIEW
            for cell in here:
                if label and cell.column <= label[0].column:
                    continue
                columns = range(cell.column, cell.column + cell.columns)
                found[index, cell.row, cell.column] = {heads.keys(schedule, at) for at in columns} - {
                    ("", "")
                }
    return found


def _is_number(cell: Cell) -> bool:
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


def _line(
    meaning: Meaning,
    cells: list[Cell],
    index: int,
    heads: _Heads,
    parts: dict[frozenset[str], list[Fact]],
) -> Iterator[Fact]:
    due = (
        APPLICANTS
        if meaning.schedule == REQUESTS
        else RESULTS
        if meaning.schedule == REVIEW
        else _due(meaning)
    )
    keys = _keys_of_row(cells, meaning.schedule, heads)
    claimed = [
        (meaning.schedule, meaning.key, key, cell)
        for cell, found in zip(cells, keys, strict=True)
        for key in found
        if key in due
    ]
    used = [cell for *_, cell in claimed]
    standing = set(_standing(meaning, due, heads))
    beyond = any(map(_is_number, (cell for cell in cells if cell not in used)))
    if beyond and not (all(cell.text.strip() for cell in used) and _are_all(meaning, standing)):
        # The number below no head of the line's may be that of its empty cell, or of a column whose head is not known.
        return
    numbers = {cell.column for *_, cell in claimed if cell.text.strip()}
    columns = frozenset(key for _, _, key, _ in claimed)
    if columns == standing and len(numbers) <= len(standing):
        yield from _once(iter(claimed), index)
    elif meaning.schedule == REQUESTS and len(columns) == len(cells) == len(claimed):
        parts.setdefault(columns, []).extend(_once(iter(claimed), index))


def _standing(meaning: Meaning, due: Iterable[str], heads: _Heads) -> Iterable[str]:
    """The columns a row must fill: all of tables 3 and 4, of table 2 those whose heads stand above it."""
    if meaning.schedule != PROACTIVE:
        return due
    return {heads.keys(PROACTIVE, column)[1] for column in heads.stacks} & set(due)


def _are_all(meaning: Meaning, standing: set[str]) -> bool:
    """Whether these are all columns that some form has for the line."""
    whole = [{column.key for column in block.columns} for _, block in forms.blocks(PROACTIVE, meaning.key)]
    return meaning.schedule != PROACTIVE or standing in whole


def _is_stray(cell: Cell, schedule: str, heads: _Heads) -> bool:
    """A number that no head stands above: the cells of its row have moved."""
    if not cell.text.strip() or _keys_of(cell, schedule, heads):
        return False
    headed = any(text.strip() for text in heads.stacks.get(cell.column, ()))
    return not headed and counts.looks_like_a_value(cell.text)


def _due(meaning: Meaning) -> set[str]:
    return {column.key for _, block in forms.blocks(PROACTIVE, meaning.key) for column in block.columns}


def _keys_of_row(cells: list[Cell], schedule: str, heads: _Heads) -> list[set[str]]:
    """What stands above each cell. Where spans are lost a merged head stands above its first column alone.

    A number below the blank rest of such a head, beside a blank, is the head's.
    """
    keys = [_keys_of(cell, schedule, heads) for cell in cells]
    for at in range(1, len(cells)):
        blank, number = cells[at - 1].text.strip(), cells[at].text.strip()
        if keys[at - 1] and not keys[at] and number and not blank and heads.is_blank(cells[at].column):
            keys[at - 1], keys[at] = set(), keys[at - 1]
    return keys


def _own_columns(cells: list[Cell], schedule: str, heads: _Heads) -> Iterator[int]:
    """The columns of a row in which numbers stand that are below no head, nor beside the blank of one."""
    for cell, keys in zip(cells, _keys_of_row(cells, schedule, heads), strict=True):
        if not keys and _is_stray(cell, schedule, heads):
            yield cell.column


def _keys_of(cell: Cell, schedule: str, heads: _Heads) -> set[str]:
    columns = range(cell.column, cell.column + cell.columns)
    return {heads.keys(schedule, column)[1] for column in columns} - {""}


def _is_results(row: list[Cell], heads: _Heads) -> bool:
    """Whether a row without a label holds all results of every path above it: of the three, or of some in a table of their own.

    A path that stands above one of them twice has taken in columns of another; a column below no head is somebody's
    own. Below the table of a page that was a sheet stand the sections that follow, each beside as many empty cells.
    """
    filled = [cell.text for cell in row if cell.text.strip()]
    worded = bool(filled) and not any(map(counts.looks_like_a_value, filled))
    if len(row) < len(RESULTS) or worded or any(labels.meanings(cell.text) for cell in row):
        return False
    headed = [cell for cell in row if heads.keys(REVIEW, cell.column) != ("", "")]
    above = Counter(heads.keys(REVIEW, cell.column) for cell in headed)
    paths, results = {path for path, _ in above}, Counter(result for _, result in above.elements())
    # Where spans are lost a path stands above its first result alone.
    spread = paths > set(PATHS) and all(results[result] == len(PATHS) for result in RESULTS)
    paths = set(PATHS) if paths > set(PATHS) else paths
    whole = (
        paths and "" not in paths and all(above[path, result] == 1 for path in paths for result in RESULTS)
    )
    return bool(whole or spread) and (not filled or any(cell.text.strip() for cell in headed))


def _results(row: list[Cell], index: int, heads: _Heads) -> Iterator[Fact]:
    if any(_is_stray(cell, REVIEW, heads) for cell in row):
        return
    found = ((REVIEW, *heads.keys(REVIEW, cell.column), cell) for cell in row if cell.columns == 1)
    yield from _once((fact for fact in found if fact[1] and fact[2]), index)


def _once(found: Iterator[tuple[str, str, str, Cell]], index: int) -> Iterator[Fact]:
    """The facts of one row; a column with two cells, or a cell below two heads, belongs to nobody."""
    cells: dict[tuple[str, str, str], list[Cell]] = {}
    for schedule, line, column, cell in found:
        cells.setdefault((schedule, line, column), []).append(cell)
    claimed = [cell for several in cells.values() for cell in several]
    for (schedule, line, column), several in cells.items():
        if len(several) == 1 and claimed.count(several[0]) == 1:
            cell = several[0]
            value, state = counts.read(cell.text)
            place = Place(index, cell.row, cell.column)
            yield Fact(schedule, line, column, value, state, cell.text.strip(), place)
