"""Lines of a form that somebody wrote below each other in the cells of one row, parted into rows of their own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from etl import counts
from etl.document import Cell, Document, Paragraph, Table
from etl.report import Fact, Leftover
from etl.tables import labels
from etl.tables.labels import Role

# Block → the printed row of each row that the table has now.
Rows = dict[int, list[int]]
Placed = TypeVar("Placed", Fact, Leftover)


@dataclass(frozen=True, slots=True)
class _Stack:
    """A row that holds several: the column of its labels, and how many lines its cells have from there on."""

    column: int
    lines: int


def parted(document: Document) -> tuple[Document, Rows]:
    """The document with such rows parted, and where the rows of their tables were printed."""
    printed: Rows = {}
    blocks: list[Paragraph | Table] = []
    for at, block in enumerate(document.blocks):
        several = _several(block) if isinstance(block, Table) else {}
        if isinstance(block, Table) and several:
            height = max(cell.row + cell.rows for cell in block.cells)
            printed[at] = [
                row for row in range(height) for _ in range(several[row].lines if row in several else 1)
            ]
            block = replace(block, cells=tuple(_cells(block, several, printed[at])))
        blocks.append(block)
    return (replace(document, blocks=tuple(blocks)) if printed else document), printed


def as_printed(found: Iterable[Placed], printed: Rows) -> tuple[Placed, ...]:
    """Facts or leftovers with the places that they have in the document as it was printed."""
    return tuple(
        replace(one, place=replace(one.place, row=printed[one.place.block][one.place.row]))
        if one.place and one.place.row is not None and one.place.block in printed
        else one
        for one in found
    )


def _several(table: Table) -> dict[int, _Stack]:
    """The rows that hold several: labels below each other, and beside them as many numbers in every cell."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    told = (row for row, cells in rows.items() if any("\n" in cell.text for cell in cells))
    return {row: stack for row in told if (stack := _stack(rows[row]))}


def _stack(row: list[Cell]) -> _Stack | None:
    cells = sorted(row, key=lambda cell: cell.column)
    at = next((at for at, cell in enumerate(cells) if _are_labels(cell.text)), None)
    if at is None or any(cell.rows > 1 for cell in cells[at:]):
        return None
    beside = [cell.text.split("\n") for cell in cells[at + 1 :] if cell.text.strip()]
    numbers = all(counts.looks_like_a_value(text) for texts in beside for text in texts)
    lines = cells[at].text.count("\n") + 1
    whole = numbers and {len(texts) for texts in beside} == {lines}
    return _Stack(cells[at].column, lines) if whole else None


def _are_labels(text: str) -> bool:
    lines = [labels.meanings(line) for line in text.split("\n")]
    named = all(any(meaning.role is Role.LINE for meaning in meanings) for meanings in lines)
    return len(lines) > 1 and named and not labels.meanings(text)


def _cells(table: Table, several: dict[int, _Stack], printed: list[int]) -> Iterator[Cell]:
    for cell in table.cells:
        first, stack = printed.index(cell.row), several.get(cell.row)
        if stack and cell.column >= stack.column and "\n" in cell.text:
            yield from (
                replace(cell, text=text, row=first + at) for at, text in enumerate(cell.text.split("\n"))
            )
        else:
            last = cell.row + cell.rows - 1
            end = len(printed) - printed[::-1].index(last)
            yield replace(cell, row=first, rows=end - first)
