"""Columns of another year beside those of the report's own."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from etl import counts
from etl.document import Cell, Document, Table
from etl.readers.showing import DOUBT
from etl.report import Problem
from etl.tables import labels, years
from etl.tables.labels import Role

_BEFORE = re.compile(r"^(?:20\d\d年度?|上一?年度?|去年度?)")
_ALONE = re.compile(r"(20\d\d)年(?:度|底|末)?(?:数|数量|同期)?")


def without_other_years(document: Document, year: int | None) -> tuple[Document, tuple[Problem, ...]]:
    """The document without columns that stand below another year beside those of the report's own, and a problem for each."""
    if year is None:
        return document, ()
    document = _with_moved_in_doubt(document, year)
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
    rows = _years_by_row(table, year)
    several = [named for named in rows.values() if {year} < {own for _, own in named}]
    found = list(dict.fromkeys(cell for named in several for cell, own in named if own != year))
    if table.aligned:
        return [*found, *_beside_heads(table, year)]
    return found if all(_end_alike(table, rows[row]) for row in {head.row for head in found}) else []


def _years_by_row(table: Table, year: int) -> dict[int, list[tuple[Cell, int]]]:
    """The heads that are nothing but a year, with it, in each row that they stand in."""
    rows: dict[int, list[tuple[Cell, int]]] = {}
    for cell in table.cells:
        if named := _year_alone(cell.text, year):
            for row in range(cell.row, cell.row + cell.rows):
                rows.setdefault(row, []).append((cell, named))
    return rows


def _with_moved_in_doubt(document: Document, year: int) -> Document:
    """The document with the years of a row in doubt of which one stands over the lines' labels: the row has moved."""

    def doubted(table: Table) -> Table:
        rows = _years_by_row(table, year).values() if table.aligned else ()
        moved = {
            cell for named in rows if len(named) > 1 and _is_over_labels(table, named) for cell, _ in named
        }
        cells = (replace(cell, text=cell.text + DOUBT) if cell in moved else cell for cell in table.cells)
        return replace(table, cells=tuple(cells)) if moved else table

    blocks = (doubted(block) if isinstance(block, Table) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _is_over_labels(table: Table, named: list[tuple[Cell, int]]) -> bool:
    columns = {column for head, _ in named for column in range(head.column, head.column + head.columns)}
    last = max(head.row for head, _ in named)
    return any(
        cell.row > last and cell.column in columns and _names_a_line(cell.text) for cell in table.cells
    )


def _names_a_line(text: str) -> bool:
    meanings = labels.meanings(text)
    return bool(meanings) and all(meaning.role is Role.LINE for meaning in meanings)


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


def is_of_another(head: str, schedule: str) -> bool:
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
