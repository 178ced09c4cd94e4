"""Tables printed on their side, applicants down and lines across, set upright to be read like any other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from etl.document import Cell, Document, Paragraph, Table
from etl.forms import REQUESTS, REVIEW
from etl.tables import labels
from etl.tables.labels import Role
from etl.tables.parted import Placed

# No upright table has two lines in one row, nor two results in one column.
_SEVERAL = 4


def upright(document: Document) -> tuple[Document, frozenset[int]]:
    """The document with tables that lie on their side set upright, and which blocks these are."""
    turned = frozenset(
        at for at, block in enumerate(document.blocks) if isinstance(block, Table) and _lies(block)
    )
    if not turned:
        return document, turned
    blocks = (_turned(block) if at in turned else block for at, block in enumerate(document.blocks))
    return replace(document, blocks=tuple(blocks)), turned


def as_printed(found: Iterable[Placed], turned: frozenset[int]) -> tuple[Placed, ...]:
    """Facts or leftovers with the places that they have in the document as it was printed."""
    return tuple(
        replace(one, place=replace(one.place, row=one.place.column, column=one.place.row))
        if one.place and one.place.block in turned
        else one
        for one in found
    )


def _lies(table: Table) -> bool:
    """Whether several lines of table 3 stand in one row, or several results of table 4 in one column."""
    lines: dict[int, set[str]] = defaultdict(set)
    results: dict[int, set[str]] = defaultdict(set)
    for cell in table.cells if table.aligned else ():
        for meaning in labels.meanings(cell.text):
            if meaning.schedule == REQUESTS and meaning.role is Role.LINE:
                lines[cell.row].add(meaning.key)
            elif meaning.schedule == REVIEW and meaning.role is Role.COLUMN:
                results[cell.column].add(meaning.key)
    return any(len(keys) >= _SEVERAL for keys in (*lines.values(), *results.values()))


def _turned(block: Table | Paragraph) -> Table | Paragraph:
    if isinstance(block, Paragraph):
        return block
    cells = (Cell(cell.text, cell.column, cell.row, cell.columns, cell.rows) for cell in block.cells)
    return replace(block, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
