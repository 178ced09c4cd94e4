"""Statutory tables, or parts of table 2, that stand side by side in one table, each made a table of its own."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from etl.document import Document, Paragraph, Table
from etl.forms import PROACTIVE
from etl.report import Section
from etl.tables import labels
from etl.tables.labels import Role
from etl.tables.parted import Placed

_FEWEST_LABELS = 3


def apart(document: Document) -> tuple[Document, tuple[int, ...]]:
    """The document with such tables as blocks of their own, and for each of its blocks the one it was printed in.

    Of a document without any there is nothing to tell.
    """
    blocks: list[Paragraph | Table] = []
    printed: list[int] = []
    for at, block in enumerate(document.blocks):
        starts = _starts(block) or _line_starts(block) if isinstance(block, Table) and block.aligned else []
        several = list(_parts(block, starts)) if isinstance(block, Table) and starts else [block]
        blocks += several
        printed += [at] * len(several)
    if len(blocks) == len(document.blocks):
        return document, ()
    return replace(document, blocks=tuple(blocks)), tuple(printed)


def as_printed(found: Iterable[Placed], printed: tuple[int, ...]) -> tuple[Placed, ...]:
    """Facts or leftovers with the places that they have in the document as it was printed."""
    return tuple(
        replace(one, place=replace(one.place, block=printed[one.place.block]))
        if printed and one.place
        else one
        for one in found
    )


def sections_as_printed(parts: Iterable[Section], printed: tuple[int, ...]) -> tuple[Section, ...]:
    """Sections whose lines begin in the blocks of the document as it was printed."""
    if not printed:
        return tuple(parts)
    return tuple(
        replace(part, starts=tuple((length, printed[block], at) for length, block, at in part.starts))
        for part in parts
    )


def _starts(table: Table) -> list[int]:
    """The columns at which a table of another schedule begins; none where any column has labels of two schedules."""
    columns: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cell in table.cells:
        meanings = labels.meanings(cell.text)
        if len({meaning.schedule for meaning in meanings}) == 1:
            meaning = next(iter(meanings))
            columns[cell.column][meaning.schedule].add(labels.normalise(cell.text))
    if any(len(held) > 1 for held in columns.values()):
        return []
    named: dict[str, set[str]] = defaultdict(set)
    starts: list[int] = []
    current = ""
    for column in sorted(columns):
        ((schedule, texts),) = columns[column].items()
        if schedule != current:
            if schedule in named:
                return []
            starts += [column] if current else []
            current = schedule
        named[schedule] |= texts
    whole = all(len(texts) >= _FEWEST_LABELS for texts in named.values())
    return starts if whole and not any(_crosses(table, start) for start in starts) else []


def _line_starts(table: Table) -> list[int]:
    """The columns at which lines of table 2 stand beside others of it, each part below heads of its own."""
    lines: dict[int, set[str]] = defaultdict(set)
    heads = set[int]()
    for cell in table.cells:
        for meaning in labels.meanings(cell.text):
            if meaning.schedule == PROACTIVE and meaning.role is Role.LINE:
                lines[cell.column].add(meaning.key)
            elif meaning.schedule == PROACTIVE and meaning.role is Role.COLUMN:
                heads.add(cell.column)
    first, *starts = sorted(lines) or [0]
    once = sum(map(len, lines.values())) == len(set().union(*lines.values()))
    headed = all(
        any(start < head < end for head in heads) for start, end in pairwise([first, *starts, sys.maxsize])
    )
    return starts if once and headed and not any(_crosses(table, start) for start in starts) else []


def _crosses(table: Table, column: int) -> bool:
    """Whether a cell reaches over the beginning of a column, a title above all apart, which stands alone in its row."""
    across = {cell.row for cell in table.cells if cell.column < column < cell.column + cell.columns}
    return any(
        sum(cell.row <= row < cell.row + cell.rows and bool(cell.text.strip()) for cell in table.cells) > 1
        for row in across
    )


def _parts(table: Table, starts: list[int]) -> Iterator[Table]:
    for start, end in pairwise([0, *starts, sys.maxsize]):
        yield replace(
            table,
            cells=tuple(
                replace(cell, columns=min(cell.columns, end - cell.column))
                for cell in table.cells
                if start <= cell.column < end
            ),
        )
