"""Which of a table's columns are the form's, and which somebody's own: remarks, serial numbers, figures of another year.

A column is the form's where a head of the form stands above it. The others are told by as much as is known of them: whole
columns by a head that names another year (`of_own_year`); where the columns of a table are known, by the numbers below no
head, which in many lines are a column of somebody's own, and in a few are cells that have moved (`Unheaded`); and where
the cells of a line are known by their order alone, by heads that no form has, behind all of the form's
(`without_own_columns`) or of another year among them (`without_other_years`). Where that leaves open whose a number is,
the line is in doubt.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from etl import counts, forms
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Fact, Problem
from etl.tables import labels, years
from etl.tables.heads import Heads, is_number
from etl.tables.labels import Meaning, Role
from etl.tables.rows import Row

# A line in so many that holds a number too many has got it by a slip; more of them miss a head.
_FEW = 5
_BEFORE = re.compile(r"^(?:20\d\d年度?|上一?年度?|去年度?)")
_ALONE = re.compile(r"(20\d\d)年(?:度|底|末)?(?:数|数量|同期)?")


def of_own_year(document: Document, year: int | None) -> tuple[Document, tuple[Problem, ...]]:
    """The document without columns that stand below another year beside those of the report's own, and a problem for each."""
    if year is None:
        return document, ()
    left_out = {
        at: _other_columns(block, year)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Table)
    }
    blocks = tuple(
        _without(block, left_out[at]) if isinstance(block, Table) and left_out[at] else block
        for at, block in enumerate(document.blocks)
    )
    heads = dict.fromkeys(cell.text.strip() for cells in left_out.values() for cell in cells)
    problems = (Problem("other-years-table", f"“{head}”的列不是 {year} 年的数，没有计入") for head in heads)
    return (replace(document, blocks=blocks) if heads else document), tuple(problems)


def _other_columns(table: Table, year: int) -> list[Cell]:
    """The heads of another year: nothing but a year, in rows that have the report's own too, or beside heads of the form."""
    rows: dict[int, list[tuple[Cell, int]]] = {}
    for cell in table.cells:
        if named := _year_alone(cell.text, year):
            for row in range(cell.row, cell.row + cell.rows):
                rows.setdefault(row, []).append((cell, named))
    several = [named for named in rows.values() if {year} < {own for _, own in named}]
    found = list(dict.fromkeys(cell for named in several for cell, own in named if own != year))
    if table.aligned:
        return [*found, *_beside_heads(table, year)]
    return found if all(_end_alike(table, rows[row]) for row in {head.row for head in found}) else []


def _end_alike(table: Table, heads: list[tuple[Cell, int]]) -> bool:
    """Whether every row of numbers below years of which only the order is known ends with as many values as they are.

    A row that lost a cell, or has one more, would give each number to the year beside.
    """
    first = min(head.column for head, _ in heads)
    row = heads[0][0].row
    width = sum(cell.row == row for cell in table.cells)
    due = width - first
    for cells in _rows_below(table, row):
        values = [counts.looks_like_a_value(text) for text in cells]
        apart = len(cells) == width or not any(values[-due - 1 : -due])
        if any(counts.read(text)[0] is not None for text in cells) and not (
            len(cells) >= due and all(values[-due:]) and apart
        ):
            return False
    return True


def _rows_below(table: Table, row: int) -> Iterator[list[str]]:
    """The texts of the rows below one, down to the next group's."""
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    for number, several in groupby(cells, lambda cell: cell.row):
        texts = [cell.text for cell in several]
        if number > row and any(map(_is_basis, texts)):
            return
        if number > row:
            yield texts


def _is_basis(text: str) -> bool:
    return any(meaning.role is Role.BASIS for meaning in labels.meanings(text))


def _beside_heads(table: Table, year: int) -> Iterator[Cell]:
    """The heads of another year in rows of heads: 上年同期 beside 总计, 2022年制发件数 beside 本年制发件数."""
    words = years.words(year)
    named: dict[int, set[tuple[str, str]]] = {}
    for cell in table.cells:
        for meaning in labels.meanings(years.text_in_words(cell.text, words)):
            if meaning.role in (Role.COLUMN, Role.HEAD):
                named.setdefault(cell.row, set()).add((meaning.schedule, meaning.key))
    for cell in table.cells:
        word = counts.bare(cell.text)
        beside = set().union(*(named.get(row, set()) for row in range(cell.row, cell.row + cell.rows)))
        if not beside or word.startswith(str(year)) or labels.meanings(cell.text):
            continue
        if word in labels.lookups()["before"] or beside & set(_of_another(word)):
            yield cell


def _year_alone(text: str, year: int) -> int | None:
    word = counts.bare(text)
    if match := _ALONE.fullmatch(word):
        return int(match[1])
    if word in labels.lookups()["own_year"]:
        return year
    return year - 1 if word in labels.lookups()["before"] else None


def _is_of_another(head: str, schedule: str) -> bool:
    """Whether a head that no form has is one of another year: 上年, 2022年制发件数, where the report's own year is 本年."""
    word = counts.bare(head)
    alone = word in labels.lookups()["before"] or _ALONE.fullmatch(word)
    return bool(alone) or any(own == schedule for own, _ in _of_another(word))


def _of_another(word: str) -> Iterator[tuple[str, str]]:
    """The columns, by schedule and key, that a head names for another year."""
    rest = _BEFORE.sub("", word)
    for label in (rest, f"本年{rest}") if rest != word else ():
        for meaning in labels.meanings(label):
            if meaning.role is Role.COLUMN:
                yield meaning.schedule, meaning.key


def _without(table: Table, heads: list[Cell]) -> Table:
    """The table without what stands below these heads, down to the next row that has some of them or begins a group.

    Where only the order of a row's cells is known they are counted from its end.
    """
    width = Counter(cell.row for cell in table.cells if not table.aligned)

    def columns(cell: Cell) -> range:
        at = cell.column - width[cell.row]
        return range(at, at + cell.columns)

    gone: dict[int, set[int]] = {cell.row: set() for cell in table.cells if _is_basis(cell.text)}
    for head in heads:
        for row in range(head.row, head.row + head.rows):
            gone.setdefault(row, set()).update(columns(head))

    def stays(cell: Cell) -> bool:
        above = max((row for row in gone if row <= cell.row), default=None)
        return above is None or not gone[above].issuperset(columns(cell))

    return replace(table, cells=tuple(filter(stays, table.cells)))


class Unheaded:
    """The numbers of a table below no head of the form, gathered line by line, and which facts beside them can be trusted."""

    def __init__(self) -> None:
        self._lines = Counter[str]()
        self._rows = defaultdict[tuple[str, bool], set[int | None]](set)
        self._own = set[tuple[str, int]]()
        self._borrowed = dict[Fact, tuple[str, int]]()

    def add(self, label: Cell, schedule: str, cells: list[Cell], facts: Iterable[Fact], heads: Heads) -> None:
        """A line: its label, the cells behind it, and what was read of them."""
        self._lines[schedule] += 1
        for cell, above in zip(cells, heads.above_row(schedule, cells), strict=True):
            if is_unheaded(cell, schedule, heads):
                self._rows[schedule, cell.column in heads.stacks].add(label.row)
                if not above:
                    self._own.add((schedule, cell.column))
        for fact in facts:
            column = fact.place.column if fact.place else None
            if column is not None and heads.is_blank(column):
                self._borrowed[fact] = fact.schedule, column

    def without_moved(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts but those of lines whose cells may have moved: all of a schedule with many such lines.

        Numbers in one column are not below the head beside it in some rows, and below none in others.
        """
        kept = (fact for fact in facts if self._borrowed.get(fact) not in self._own)
        moved = list(self._moved())
        return [
            fact
            for fact in kept
            if not any(
                fact.schedule == schedule and (rows is None or _row(fact) in rows) for schedule, rows in moved
            )
        ]

    def has_moved(self, schedule: str) -> bool:
        """Whether cells of a schedule may have moved."""
        return any(moved == schedule for moved, _ in self._moved())

    def _moved(self) -> Iterator[tuple[str, set[int | None] | None]]:
        """The schedules with the rows that may have moved, None for all."""
        for (schedule, headed), rows in self._rows.items():
            many = len(rows) * _FEW > self._lines[schedule]
            # Numbers of many lines below an empty head are a column of somebody's own.
            if not (many and headed):
                yield schedule, None if many else rows


def _row(fact: Fact) -> int | None:
    return fact.place.row if fact.place else None


def is_unheaded(cell: Cell, schedule: str, heads: Heads) -> bool:
    """Whether a number stands below no head at all: it is of a column of somebody's own, or the cells of its row have moved."""
    if not cell.text.strip() or heads.above(schedule, cell):
        return False
    return not heads.has_words(cell.column) and counts.looks_like_a_value(cell.text)


def leaves_doubt(meaning: Meaning, cells: Iterable[Cell], used: Sequence[Cell], heads: set[str]) -> bool:
    """Whether a number that is below none of a line's `heads` may be that of an empty cell, or of a column of unknown head."""
    beyond = any(is_number(cell) for cell in cells if cell not in used)
    return beyond and not (all(cell.text.strip() for cell in used) and _are_all(meaning, heads))


def _are_all(meaning: Meaning, heads: set[str]) -> bool:
    """Whether these are all columns that some form has for the line."""
    whole = [{column.key for column in block.columns} for _, block in forms.blocks(PROACTIVE, meaning.key)]
    return meaning.schedule != PROACTIVE or heads in whole


def without_own_columns(row: Row) -> tuple[Row, list[Problem]]:
    """A line without the cells of columns that stand behind all of the form's, 备注 or 上年同期, and what was in them."""
    due = len(row.cells) - len(row.strange)
    if row.place.row is None or not all(head.ends and _is_behind(head.at, row, due) for head in row.strange):
        return row, []
    filled = [head.text for head, cell in zip(row.strange, row.cells[due:], strict=True) if cell.text.strip()]
    told = [_of_other_years(head) if _is_of_another(head, row.schedule) else unknown(head) for head in filled]
    return replace(row, cells=row.cells[:due], strange=()), told


def _is_behind(at: int, row: Row, due: int) -> bool:
    """Whether what stands behind so many heads is behind those of `due` columns, which are all of the form's.

    In table 3 it may stand beside the total's head, or beside the one over all applicants.
    """
    if row.schedule != REQUESTS:
        return at == len(row.heads) and due == len(
            RESULTS if row.schedule == REVIEW and row.line else row.heads
        )
    first, *kinds, total = APPLICANTS
    columns = [key for key in row.heads if key in APPLICANTS]
    if due != len(APPLICANTS) or columns not in ([*APPLICANTS], [first, total, *kinds]):
        return False
    return at == row.heads.index(total) + 1 or not set(row.heads[:at]) & set(columns)


def without_other_years(row: Row, due: dict[str, str]) -> tuple[Row, frozenset[str], list[Problem]]:
    """A line of table 2 without its cells of other years; in doubt where it has as many as the form without them.

    So it is beside any column of somebody's own where the cells are those of a text, which may have lost blank ones.
    """
    strange = [head for head in row.strange if _is_of_another(head.text, row.schedule)]
    of_a_text = row.place.row is None and any(head.ends for head in row.strange)
    heads = [key for key in row.heads if key in due]
    whole = strange == list(row.strange) and sorted(heads) == sorted(due) and len(heads) == len(row.heads)
    if not strange or row.schedule != PROACTIVE or not whole or len(row.cells) != len(heads) + len(strange):
        lost = bool(strange or of_a_text) and len(row.cells) == len(due)
        return row, frozenset(due) if lost else frozenset(), []
    own = [at + sum(other.at <= at for other in strange) for at in range(len(heads))]
    told = _of_other_years("、".join(head.text for head in strange))
    return replace(row, cells=tuple(row.cells[at] for at in own), strange=()), frozenset(), [told]


def _of_other_years(heads: str) -> Problem:
    return Problem("other-years-table", f"“{heads}”的列不是本年的数，没有计入")


def unknown(heads: str) -> Problem:
    """What is told of heads that no form has."""
    return Problem("unknown-head", f"表样没有“{heads}”这一栏，其中的内容没有采用")
