"""Lines read by the order of their cells, held against the heads above them: below another head nothing is read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from etl.document import Document, Paragraph, Table
from etl.forms import APPLICANTS, REQUESTS, REVIEW
from etl.report import Fact, State
from etl.tables import labels
from etl.tables.heads import heads_above
from etl.tables.labels import Role
from etl.tables.shifted import moved_whole

_Row = tuple[str, int, int | None]
_Heads = dict[tuple[int, int, int], set[tuple[str, str]]]


def below_their_heads(facts: Iterable[Fact], gridded: Iterable[Fact], document: Document) -> tuple[Fact, ...]:
    """The facts; those of a row in which any number stands below the head of another column are illegible.

    So it is where a head was not understood, and the columns stand in another order than the form's. What the reading
    by columns gives too is left to be compared with it, and where all heads of table 3 were understood but their
    merged cells lost, columns tell nothing.
    """
    found = tuple(facts)
    twice = {(fact.schedule, fact.line, fact.column) for fact in gridded}
    collapsed = {at for at, block in enumerate(document.blocks) if _is_collapsed(block)}
    alone = {
        fact
        for fact in found
        if fact.place
        and (fact.schedule, fact.line, fact.column) not in twice
        and not (fact.schedule == REQUESTS and fact.place.block in collapsed)
    }
    if not alone:
        return found
    above = heads_above(document)
    beside = defaultdict[tuple[int, int], set[tuple[str, str]]](set)
    for place, heads in above.items():
        beside[place[:2]] |= heads
    astray = {fact for fact in found if not _fits(fact, above, beside)}
    whole = moved_whole(found, astray, document) if astray else set()
    moved = {row for fact in astray if (row := _row(fact)) and row[1:] not in whole}
    schedules = {row[0] for row in moved}
    headed = {(block, row) for (block, row, _), heads in above.items() if heads}
    return tuple(
        replace(fact, value=None, state=State.ILLEGIBLE)
        if fact in alone
        and (row := _row(fact))
        and (row in moved or (row[0] in schedules and row[1:] not in headed))
        else fact
        for fact in found
    )


def _is_collapsed(block: Paragraph | Table) -> bool:
    """Whether the heads of table 3 are all there, two right above each other, the kinds of organisations side by side."""
    heads = {
        (cell.row, cell.column): meaning.key
        for cell in (block.cells if isinstance(block, Table) else ())
        for meaning in labels.meanings(cell.text)
        if meaning.schedule == REQUESTS and meaning.role is Role.COLUMN and not labels.is_numbered(cell.text)
    }
    above = any(heads.get((row + 1, column), key) != key for (row, column), key in heads.items())
    rows = defaultdict[int, set[str]](set)
    for (row, _), key in heads.items():
        rows[row].add(key)
    abreast = any(keys >= set(APPLICANTS[1:-1]) for keys in rows.values())
    return above and abreast and set(heads.values()) == set(APPLICANTS)


def _row(fact: Fact) -> _Row | None:
    return (fact.schedule, fact.place.block, fact.place.row) if fact.place else None


def _fits(fact: Fact, above: _Heads, beside: dict[tuple[int, int], set[tuple[str, str]]]) -> bool:
    """Whether the head above a fact is its own, or there is none, nor its own `beside` it above another cell of the row."""
    place = fact.place
    if place is None or place.row is None or place.column is None:
        return True
    heads = above.get((place.block, place.row, place.column), set())
    paths = ("", fact.line) if fact.schedule == REVIEW else ("",)
    if not heads:
        return beside[place.block, place.row].isdisjoint((path, fact.column) for path in paths)
    return any(path in paths and key in ("", fact.column) for path, key in heads)
