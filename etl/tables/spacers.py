"""Columns without a word or number in them, which only keep others apart and are no columns of the form."""

from dataclasses import replace

from etl.document import Cell, Document, Table
from etl.tables import labels
from etl.tables.labels import Role

_FEWEST_HEADS = 3


def without_spacers(document: Document) -> Document:
    """The document without such columns among the heads of a table, or left of all it says.

    An empty column that no heads stand around may be one of the form, left blank in the rest of a table.
    """
    blocks = (
        _without(block) if isinstance(block, Table) and block.aligned else block for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _without(table: Table) -> Table:
    filled = {column for cell in table.cells if cell.text.strip() for column in _across(cell)}
    empty = {column for cell in table.cells for column in _across(cell)} - filled
    if not empty:
        return table
    heads, first = _heads(table), min(filled, default=0)
    if len(heads) < _FEWEST_HEADS:
        return table
    gone = {column for column in empty if column < first or min(heads) < column < max(heads)}
    kept = tuple(cell for cell in table.cells if not gone.issuperset(_across(cell)))
    return replace(table, cells=kept) if len(kept) < len(table.cells) else table


def _across(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)


def _heads(table: Table) -> set[int]:
    """The columns in which heads of the form stand."""
    return {
        cell.column
        for cell in table.cells
        if any(meaning.role is Role.COLUMN for meaning in labels.meanings(cell.text))
    }
