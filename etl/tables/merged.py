"""Values merged over cells of several columns or lines, written into each of the cells they are meant for."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from etl import counts
from etl.document import Cell, Document, Paragraph, Table
from etl.forms import PATHS, RESULTS
from etl.readers.showing import DOUBT
from etl.tables.heads import Heads, Line, body

# The rows and the columns at which the parts of a merged cell begin.
_Starts = tuple[list[int], list[int]]


def spread(document: Document) -> Document:
    """The document with such values in every cell.

    A nought, a dash or nothing is meant for all. Which cell any other number is of is not told: it is left in doubt, as is
    what a scan shows, where a rule may have been overlooked, and what a page shows where one may be missing: over two cells
    alone, or in a table with blank ones.
    """
    scanned = "scanned" in dict(document.properties)
    return replace(document, blocks=tuple(_spread(block, in_doubt=scanned) for block in document.blocks))


def _spread(block: Paragraph | Table, *, in_doubt: bool) -> Paragraph | Table:
    if isinstance(block, Paragraph) or not block.aligned or not any(map(_may_be_merged, block.cells)):
        return block
    starts, has_blanks = _merged(block)
    printed = block.page is not None
    parts = {
        cell: tuple(_parts(cell, at, in_doubt=in_doubt or (printed and (has_blanks or _is_of_two(at)))))
        for cell, at in starts.items()
    }
    cells = (part for cell in block.cells for part in parts.get(cell, (cell,)))
    return replace(block, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _may_be_merged(cell: Cell) -> bool:
    return cell.rows * cell.columns > 1 and counts.looks_like_a_value(cell.text)


def _is_of_two(starts: _Starts) -> bool:
    rows, columns = starts
    return len(rows) * len(columns) == 2


def _merged(table: Table) -> tuple[dict[Cell, _Starts], bool]:
    """The merged values of a table, with the rows and columns at which their parts begin; whether other cells are blank."""
    heads, found, has_blanks = Heads(), dict[Cell, _Starts](), False
    ends = _ends(table)
    for line in body(table, heads):
        headed = {cell: _columns(cell, line, heads) for cell in line.cells}
        whole = sum(map(bool, headed.values())) >= _due(line, heads)
        for cell, above in headed.items():
            if cell not in found and counts.looks_like_a_value(cell.text):
                # As many cells as are due have one column each, however wide a page makes them.
                rows, columns = _rows(cell, ends), above[:1] if whole else above
                if columns and len(rows) * len(columns) > 1:
                    found[cell] = rows, columns
                else:
                    has_blanks |= bool(columns) and not cell.text.strip()
    return found, has_blanks


def _due(line: Line, heads: Heads) -> int:
    """How many cells a line has where none is merged."""
    return len(heads.due(line.meaning)) if line.meaning else len(PATHS) * len(RESULTS)


def _ends(table: Table) -> dict[int, int]:
    """The rows in which any cell begins, each with the column at which it ends, those merged from above included."""
    ends = dict.fromkeys(sorted({cell.row for cell in table.cells}), 0)
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            if row in ends:
                ends[row] = max(ends[row], cell.column + cell.columns)
    return ends


def _rows(cell: Cell, ends: dict[int, int]) -> list[int]:
    """The rows of a cell; the first alone where another is moved by it: then the span is wrong, and no cell of theirs missing."""
    rows = [row for row in range(cell.row, cell.row + cell.rows) if row in ends]
    return rows if all(ends[row] <= ends[cell.row] for row in rows) else rows[:1]


def _columns(cell: Cell, line: Line, heads: Heads) -> list[int]:
    """The columns at which heads of the form begin above a cell, the first being its own; none below somebody's own."""
    found: list[int] = []
    before = ""
    for column in range(cell.column, cell.column + cell.columns):
        path, key = heads.keys(line.schedule, column)
        if key and f"{path} {key}" != before:
            found.append(column)
            before = f"{path} {key}"
    return [cell.column, *found[1:]] if found else []


def _parts(cell: Cell, starts: _Starts, *, in_doubt: bool) -> Iterator[Cell]:
    rows, columns = starts
    value, _ = counts.read(cell.text)
    unsure = cell.text.strip() and (in_doubt or value)
    for row, below in pairwise([*rows, cell.row + cell.rows]):
        for column, beside in pairwise([*columns, cell.column + cell.columns]):
            text = cell.text.strip() + DOUBT if unsure else cell.text
            yield Cell(text, row, column, below - row, beside - column)
