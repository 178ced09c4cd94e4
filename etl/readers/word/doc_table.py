"""The tables of Word's older formats: each row says for itself where its cells begin and which are merged."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from etl.document import Table, UnreadableFile
from etl.readers.blocks import Content, lines
from etl.readers.word.grid import Row, Slot, arrange_rows

FIRST_ACROSS, NEXT_ACROSS, ACROSS = 0x01, 0x02, 0x03
NEXT_DOWN, FIRST_DOWN, DOWN = 0x20, 0x60, 0x60
_DOWNWARDS = {NEXT_DOWN: "continue", FIRST_DOWN: "restart", 0x40: "restart"}
_NO_WIDTH = 1000
_MAX_DEPTH, _MAX_CELLS, _MAX_PARAGRAPHS = 20, 30_000, 100_000
_TOO_DEEP = "文件的表格嵌套过深，不像一份年报，没有读取。"
_TOO_LONG = "文件长得不像一份年报，没有读取。"
_TOO_MANY_CELLS = "文件里的表格大得不像一份年报，没有读取。"


class Shape(NamedTuple):
    """A row as defined: `edges` in twips, one more than cells; for each cell the merge flags above."""

    edges: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()
    deleted: bool = False


class Event(NamedTuple):
    """A paragraph and what its end means: it may end a cell, or the row that `row` defines.

    `depth` counts the tables it stands in, 0 for running text.
    """

    text: str
    depth: int = 0
    ends_cell: bool = False
    row: Shape | None = None


class _WordRow(NamedTuple):
    """A row whose edges rise strictly, as many as its cells need; `trusted` when its definition fitted them."""

    edges: list[int]
    flags: list[int]
    cells: list[Content]
    deleted: bool
    trusted: bool


class _OpenTable:
    """A table while its rows are being read."""

    def __init__(self) -> None:
        self.rows: list[_WordRow] = []
        self.cells: list[Content] = []
        self.cell: Content = []

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self, shape: Shape) -> None:
        if self.cell:
            self.end_cell()
        if self.cells:
            self.rows.append(_fitted(self.cells, shape))
        self.cells = []

    def content(self) -> Content:
        self.end_row(Shape())
        return _blocks(self.rows) if self.rows else []


def arrange(events: Iterable[Event]) -> Content:
    """The paragraphs and tables of a story, tables in tables included. Raises UnreadableFile beyond all measure."""
    content: Content = []
    tables: list[_OpenTable] = []
    cells = 0
    for count, event in enumerate(events):
        if event.depth > _MAX_DEPTH:
            raise UnreadableFile(_TOO_DEEP)
        if count > _MAX_PARAGRAPHS:
            raise UnreadableFile(_TOO_LONG)
        while len(tables) > event.depth:
            _close(tables, content)
        tables += (_OpenTable() for _ in range(event.depth - len(tables)))
        (tables[-1].cell if tables else content).extend(lines(event.text))
        if event.row is not None:
            tables[-1].end_row(event.row)
        elif event.ends_cell:
            cells += 1
            tables[-1].end_cell()
            if cells > _MAX_CELLS:
                raise UnreadableFile(_TOO_MANY_CELLS)
    while tables:
        _close(tables, content)
    return content


def _close(tables: list[_OpenTable], content: Content) -> None:
    finished = tables.pop().content()
    (tables[-1].cell if tables else content).extend(finished)


def _fitted(cells: list[Content], shape: Shape) -> _WordRow:
    """Cells never defined stand at the end, or go when empty: some writers close cells that are not there.

    A cell without width is given a twip, lest it swallow its text.
    """
    while shape.flags and len(cells) > len(shape.flags) and not cells[-1]:
        cells.pop()
    edges = list(shape.edges[:1]) or [0]
    for edge in shape.edges[1 : len(cells) + 1]:
        edges.append(max(edge, edges[-1] + 1))
    while len(edges) <= len(cells):
        edges.append(edges[-1] + _NO_WIDTH)
    flags = [*shape.flags, *(0 for _ in cells)][: len(cells)]
    return _WordRow(edges, flags, cells, shape.deleted, len(shape.flags) == len(cells))


def _blocks(rows: list[_WordRow]) -> Content:
    """The blocks of a table: its columns are the edges of all its rows together."""
    edges = sorted({edge for row in rows for edge in row.edges})
    index = {edge: at for at, edge in enumerate(edges)}
    slots = [Row(_slots(row, index), 0, row.deleted) for row in rows]
    content = arrange_rows(slots, [edge - edges[0] for edge in edges])
    if all(row.trusted for row in rows):
        return content
    return [replace(block, aligned=False) if isinstance(block, Table) else block for block in content]


def _slots(row: _WordRow, index: dict[int, int]) -> list[Slot]:
    """The row's cells, one for those merged beside each other, with all that stands in them."""
    slots: list[Slot] = []
    opening = 0
    for at, content in enumerate(row.cells):
        across = row.flags[at] & ACROSS
        # Writers disagree whether 1 or 2 begins a merge: the value it begins with is never its continuation.
        if across and opening and across != opening:
            slots[-1] = slots[-1]._replace(last=index[row.edges[at + 1]], content=slots[-1].content + content)
            continue
        opening = across
        merge = _DOWNWARDS.get(row.flags[at] & DOWN, "")
        slots.append(Slot(index[row.edges[at]], index[row.edges[at + 1]], 0, merge, content))
    return slots
