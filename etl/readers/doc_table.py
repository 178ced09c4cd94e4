"""The tables of a Word 97–2003 file: each row says for itself where its cells begin and which are merged."""

import struct
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from etl.document import Table
from etl.readers.blocks import Content
from etl.readers.docx_grid import Row, Slot, arrange_rows
from etl.readers.word_file import sprms

_DEFINITION, _MERGE_ACROSS, _MERGE_DOWN = 0xD608, 0x5624, 0xD62B
_CELL_BYTES = 20
_ACROSS, _DOWN = 0x0003, 0x0060
_DOWNWARDS = {0x20: "continue", 0x60: "restart", 0x40: "restart"}
_NO_WIDTH = 1000


class WordRow(NamedTuple):
    """A row as written; `edges` are in twips, one more than cells, strictly rising."""

    edges: tuple[int, ...]
    flags: tuple[int, ...]
    cells: list[Content]
    deleted: bool
    trusted: bool


def row(cells: list[Content], properties: bytes, deleted: bool) -> WordRow:
    """A row of cells with what its end mark says of it; not `trusted` when that does not fit the cells."""
    edges, flags = _definition(properties)
    trusted = len(flags) == len(cells)
    edges = edges[: len(cells) + 1] or (0,)
    missing = len(cells) + 1 - len(edges)
    edges += tuple(edges[-1] + _NO_WIDTH * more for more in range(1, missing + 1))
    return WordRow(edges, (*flags, *(0 for _ in cells))[: len(cells)], cells, deleted, trusted)


def arrange(rows: list[WordRow]) -> Content:
    """The blocks of a table: its columns are the edges of all its rows together."""
    edges = sorted({edge for row in rows for edge in row.edges})
    index = {edge: at for at, edge in enumerate(edges)}
    slots = [Row(_slots(row, index), 0, row.deleted) for row in rows]
    content = arrange_rows(slots, [edge - edges[0] for edge in edges])
    if all(row.trusted for row in rows):
        return content
    return [replace(block, aligned=False) if isinstance(block, Table) else block for block in content]


def _slots(row: WordRow, index: dict[int, int]) -> list[Slot]:
    """The row's cells, one for those merged beside each other, with all that stands in them."""
    slots: list[Slot] = []
    opening = 0
    for at, content in enumerate(row.cells):
        across = row.flags[at] & _ACROSS
        # Writers disagree whether 1 or 2 begins a merge: the value it begins with is never its continuation.
        if across and opening and across != opening:
            slots[-1] = slots[-1]._replace(last=index[row.edges[at + 1]], content=slots[-1].content + content)
            continue
        opening = across
        merge = _DOWNWARDS.get(row.flags[at] & _DOWN, "")
        slots.append(Slot(index[row.edges[at]], index[row.edges[at + 1]], 0, merge, content))
    return slots


@lru_cache(maxsize=1024)
def _definition(properties: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The edges of a row's cells and the merge flags of each, empty when the row does not define them."""
    edges: tuple[int, ...] = ()
    flags: list[int] = []
    for code, operand in sprms(properties):
        if code == _DEFINITION and operand and len(operand) >= 3 + 2 * operand[0]:
            edges = _rising(struct.unpack_from(f"<{operand[0] + 1}h", operand, 1))
            flags = [_flags_of(operand, cell) for cell in range(operand[0])]
        elif code == _MERGE_DOWN and len(operand) == 2 and operand[0] < len(flags):
            flags[operand[0]] = flags[operand[0]] & ~_DOWN | (operand[1] & 3) << 5
        elif code == _MERGE_ACROSS and len(operand) == 2:
            for cell in range(operand[0], min(operand[1], len(flags))):
                flags[cell] = flags[cell] & ~_ACROSS | (1 if cell == operand[0] else 2)
    return edges, tuple(flags)


def _flags_of(operand: bytes, cell: int) -> int:
    at = 3 + 2 * operand[0] + _CELL_BYTES * cell
    return int.from_bytes(operand[at : at + 2], "little")


def _rising(edges: tuple[int, ...]) -> tuple[int, ...]:
    """The edges with every cell at least one twip wide, lest one without width swallow its text."""
    risen = [edges[0]]
    for edge in edges[1:]:
        risen.append(max(edge, risen[-1] + 1))
    return tuple(risen)
