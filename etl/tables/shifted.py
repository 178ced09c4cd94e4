"""Rows of table 3 that a wrong row span moved: whole, and all their cells as many columns beside their heads."""

from collections import defaultdict
from collections.abc import Container, Iterable

from etl import counts
from etl.document import Document, Paragraph, Table
from etl.forms import APPLICANTS, REQUESTS
from etl.report import Fact

Row = tuple[int, int]


def moved_whole(facts: Iterable[Fact], astray: Container[Fact], document: Document) -> set[Row]:
    """The rows, by block and row, of tables whose other lines tell in which column each applicant stands.

    Lines with facts `astray`, below another head, tell nothing. A row that begins too early is told from one that
    lost a cell by where it begins: no other row has a number there.
    """
    lines: dict[int, dict[int, dict[int, Fact]]] = defaultdict(lambda: defaultdict(dict))
    for fact in facts:
        place = fact.place
        if fact.schedule == REQUESTS and place and place.row is not None and place.column is not None:
            lines[place.block][place.row][place.column] = fact
    found = set()
    for block, rows in lines.items():
        whole = {row: cells for row, cells in rows.items() if _is_whole(cells)}
        shapes = [
            sorted(cells) for cells in whole.values() if not any(one in astray for one in cells.values())
        ]
        usual = max(shapes, key=shapes.count, default=[])
        for row, cells in whole.items():
            if usual and _is_moved(sorted(cells), usual, document.blocks[block], row):
                found.add((block, row))
    return found


def _is_whole(cells: dict[int, Fact]) -> bool:
    return tuple(cells[at].column for at in sorted(cells)) == APPLICANTS


def _is_moved(columns: list[int], usual: list[int], block: Paragraph | Table, row: int) -> bool:
    by = {here - there for here, there in zip(columns, usual, strict=True)}
    if len(by) != 1 or by == {0}:
        return False
    first = columns[0]
    cells = block.cells if isinstance(block, Table) else ()
    beside = (cell for cell in cells if cell.row != row and cell.column == first and cell.text.strip())
    return first > usual[0] or not any(counts.looks_like_a_value(cell.text) for cell in beside)
