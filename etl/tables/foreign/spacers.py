"""Columns without a word or number in them, which only keep others apart and are no columns of the form."""

from collections import Counter
from dataclasses import replace
from functools import cache

from etl import forms
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.tables import labels
from etl.tables.labels import Role

_FEWEST_HEADS = 3
_Key = tuple[str, str]


def without_spacers(document: Document) -> Document:
    """The document without such columns among the heads of a table, or left of all it says.

    An empty column that no heads stand around may be one of the form, left blank in the rest of a table; so may any among
    heads of which one has lost its word.
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
    rows, first = _heads(table), min(filled, default=0)
    columns = {column for heads in rows.values() for _, column in heads}
    if len(columns) < _FEWEST_HEADS:
        return table
    left, right = (0, 0) if any(map(_lacks_one, rows.values())) else (min(columns), max(columns))
    gone = {column for column in empty if column < first or left < column < right}
    kept = tuple(cell for cell in table.cells if not gone.issuperset(_across(cell)))
    return replace(table, cells=kept) if len(kept) < len(table.cells) else table


def _across(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)


def _heads(table: Table) -> dict[int, list[tuple[_Key, int]]]:
    """The heads of the form in each row: what they name, and the column in which they stand."""
    found: dict[int, list[tuple[_Key, int]]] = {}
    for cell in table.cells:
        for meaning in labels.meanings(cell.text):
            if meaning.role is Role.COLUMN:
                found.setdefault(cell.row, []).append(((meaning.schedule, meaning.key), cell.column))
    return found


def _lacks_one(heads: list[tuple[_Key, int]]) -> bool:
    """Whether a row names some of what the form has side by side, and others not or less often."""
    named = Counter(key for key, _ in heads)
    often = [[named[schedule, key] for key in keys] for schedule, keys in _side_by_side()]
    begun = [counts for counts in often if sum(map(bool, counts)) > 1]
    return bool(begun) and all(min(counts) < max(counts) for counts in begun)


@cache
def _side_by_side() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The columns that stand side by side in one row of heads, by schedule; the kinds of organisations below their own."""
    blocks = (block for form in forms.having(PROACTIVE) for block in form.schedule(PROACTIVE).blocks)
    own = {tuple(column.key for column in block.columns) for block in blocks}
    return ((REQUESTS, APPLICANTS[1:-1]), (REVIEW, RESULTS), *((PROACTIVE, keys) for keys in sorted(own)))
