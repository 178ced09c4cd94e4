"""What one reading left of a row of which the other made out every number: only the cells that neither has a use for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from etl import counts
from etl.document import Cell, Document, Table
from etl.report import Fact, Leftover, Place, State
from etl.tables import labels

_NOTHING = (State.BLANK, State.DASHED)


def left(leftovers: Iterable[Leftover], facts: Sequence[Fact], document: Document) -> Iterator[Leftover]:
    """The leftovers with anything in them; of a row of a table whose facts are all known once, and its other cells alone."""
    places = [(fact.place, fact.state) for fact in facts if fact.place]
    known = {(place.block, place.row, place.column) for place, _ in places}
    doubtful = {(place.block, place.row) for place, state in places if state is State.ILLEGIBLE}
    rows = {(block, row) for block, row, _ in known} - doubtful
    told = set[tuple[int, int]]()
    for leftover in leftovers:
        place = leftover.place
        if counts.read(leftover.text)[1] in _NOTHING:
            continue
        if place is None or place.row is None or (place.block, place.row) not in rows:
            yield leftover
        elif (place.block, place.row) not in told:
            told.add((place.block, place.row))
            if rest := " ".join(_others(place, known, document)):
                yield replace(leftover, text=rest)


def _others(
    place: Place, known: set[tuple[int, int | None, int | None]], document: Document
) -> Iterator[str]:
    """The texts of the cells in a row that hold no fact and do say something."""
    table = document.blocks[place.block]
    if not isinstance(table, Table):
        return
    for cell in table.cells:
        of_a_fact = (place.block, cell.row, cell.column) in known
        if cell.row == place.row and not of_a_fact and not _says_nothing(cell, table):
            yield cell.text.strip()


def _says_nothing(cell: Cell, table: Table) -> bool:
    """Whether a cell holds a label of the form, a dash, nothing, or its row's number below 序号."""
    if counts.read(cell.text)[1] in _NOTHING or labels.meanings(cell.text):
        return True
    above = (other.text for other in table.cells if other.column == cell.column and other.row < cell.row)
    heads = labels.lookups()["row_numbers"]
    return cell.text.strip().isdecimal() and any(counts.bare(text) in heads for text in above)
