"""How each statutory table was read: where it stands, and which cells which way of reading made out."""

from collections.abc import Iterator

from etl.document import Document
from etl.report import Fact, State, TableReading

_Cell = tuple[str, str]


def tables_read(
    document: Document,
    forms: tuple[tuple[str, str], ...],
    by_order: tuple[Fact, ...],
    by_grid: tuple[Fact, ...],
) -> Iterator[TableReading]:
    """One a schedule found; `forms` gives the generation of each."""
    for schedule, form in forms:
        ordered, gridded = _made_out(schedule, by_order), _made_out(schedule, by_grid)
        blocks = (
            fact.place.block for fact in (*by_order, *by_grid) if fact.schedule == schedule and fact.place
        )
        block = min(blocks, default=None)
        page = None if block is None else document.blocks[block].page
        confirmed = sum(gridded.get(cell) == value for cell, value in ordered.items())
        yield TableReading(schedule, form, block, page, len(ordered), len(gridded), confirmed)


def _made_out(schedule: str, facts: tuple[Fact, ...]) -> dict[_Cell, tuple[object, State]]:
    return {
        (fact.line, fact.column): (fact.value, fact.state)
        for fact in facts
        if fact.schedule == schedule and fact.place and fact.state is not State.ILLEGIBLE
    }
