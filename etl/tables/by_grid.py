"""Reading the statutory tables by their columns: the head above a cell and the label beside it."""

from collections.abc import Iterator, Sequence

from etl import counts
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, REQUESTS, REVIEW
from etl.report import Fact, Place
from etl.tables.foreign.unheaded import Unheaded, is_unheaded, leaves_doubt
from etl.tables.heads import Heads, body, is_head
from etl.tables.labels import Meaning

_FEWEST_COLUMNS = 2


def facts(document: Document) -> Iterator[Fact]:
    """The facts of every table whose columns can be trusted; a cell that two columns claim is left out.

    Table 3 may be printed in parts beside or below each other, each with some of its columns.
    """
    heads, parts = Heads(), dict[frozenset[str], list[Fact]]()
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and block.aligned:
            headed = any(is_head(cell) for cell in block.cells[:_FEWEST_COLUMNS])
            # A table that goes on below the heads of another has as many columns.
            if headed or _width(block) != heads.width:
                heads = Heads()
            yield from _table(block, index, heads, parts)
    if sorted(column for columns in parts for column in columns) == sorted(APPLICANTS):
        yield from (fact for found in parts.values() for fact in found)


def _width(table: Table) -> int:
    return max((cell.column + cell.columns for cell in table.cells), default=0)


def _table(table: Table, index: int, heads: Heads, parts: dict[frozenset[str], list[Fact]]) -> Iterator[Fact]:
    """The facts of a table; none of a line that holds a number too many, nor of a schedule with many lines beyond its heads."""
    found, unheaded = list[Fact](), Unheaded()
    for line in body(table, heads):
        if line.meaning:
            of_line = list(_line(line.meaning, line.cells, index, heads, parts))
            unheaded.add(line, of_line, heads)
            found += of_line
        elif any(cell.text.strip() for cell in line.cells) or not any(
            fact.schedule == REVIEW for fact in found
        ):
            # A row of blanks below the numbers is an empty row of a sheet.
            found += _results(line.cells, index, heads)
    if unheaded.has_moved(REQUESTS):
        parts.clear()
    return iter(unheaded.without_moved(found))


def _line(
    meaning: Meaning,
    cells: Sequence[Cell],
    index: int,
    heads: Heads,
    parts: dict[frozenset[str], list[Fact]],
) -> Iterator[Fact]:
    due = heads.due(meaning)
    keys = heads.above_row(meaning.schedule, cells)
    claimed = [
        (meaning.schedule, meaning.key, key, cell)
        for cell, found in zip(cells, keys, strict=True)
        for key in found
        if key in due
    ]
    used = [cell for *_, cell in claimed]
    if leaves_doubt(meaning, cells, used, due):
        return
    numbers = {cell.column for *_, cell in claimed if cell.text.strip()}
    columns = frozenset(key for _, _, key, _ in claimed)
    if columns == due and len(numbers) <= len(due):
        yield from _once(iter(claimed), index)
    elif meaning.schedule == REQUESTS and len(columns) == len(cells) == len(claimed):
        parts.setdefault(columns, []).extend(_once(iter(claimed), index))


def _results(row: Sequence[Cell], index: int, heads: Heads) -> Iterator[Fact]:
    if any(is_unheaded(cell, REVIEW, heads) for cell in row):
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
