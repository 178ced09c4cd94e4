"""Lines read by the order of their cells, held against the heads above them: below another head nothing is read."""

from collections.abc import Iterable
from dataclasses import replace

from etl.document import Document, Paragraph, Table
from etl.forms import APPLICANTS, REQUESTS, REVIEW
from etl.report import Fact, Problem, State
from etl.tables import by_grid, labels
from etl.tables.labels import Role
from etl.tables.shifted import moved_whole

_Row = tuple[str, int, int | None]
_Place = tuple[int | None, int | None, int | None]


def below_their_heads(
    facts: Iterable[Fact], gridded: Iterable[Fact], document: Document
) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    """The facts, illegible those below a head that no form has, and of a row all where any stands below another's head.

    So it is where a head was not understood, and the columns stand in another order than the form's. What the reading
    by columns gives too is left to be compared with it, and where all heads of table 3 were understood but their
    merged cells lost, columns tell nothing. A problem names each head that is not known.
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
        return found, ()
    above, unknown = dict[_Place, set[tuple[str, str]]](), dict[_Place, str]()
    for place, keys, text in by_grid.heads_above(document):
        above[place] = keys
        unknown |= {place: text} if text else {}
    astray = {fact for fact in found if not _fits(fact, above)}
    whole = moved_whole(found, astray, document) if astray else set()
    moved = {row for fact in astray if (row := _row(fact)) and row[1:] not in whole}
    schedules = {row[0] for row in moved}
    headed = {(block, row) for (block, row, _), heads in above.items() if heads}
    kept, problems = list[Fact](), dict[str, Problem]()
    for fact in found:
        row = _row(fact) if fact in alone else None
        head = unknown.get(_place(fact)) if row and row[1:] not in whole else None
        if head:
            problems[head] = Problem("unknown-head", f"表样没有“{head}”这一栏，其中的数字没有采用")
        if head or (row and (row in moved or (row[0] in schedules and row[1:] not in headed))):
            fact = replace(fact, value=None, state=State.ILLEGIBLE)
        kept.append(fact)
    return tuple(kept), tuple(problems.values())


def _is_collapsed(block: Paragraph | Table) -> bool:
    """Whether the heads of table 3 are all there, those of two applicants right above each other."""
    heads = {
        (cell.row, cell.column): meaning.key
        for cell in (block.cells if isinstance(block, Table) else ())
        for meaning in labels.meanings(cell.text)
        if meaning.schedule == REQUESTS and meaning.role is Role.COLUMN
    }
    above = any(heads.get((row + 1, column), key) != key for (row, column), key in heads.items())
    return above and set(heads.values()) == set(APPLICANTS)


def _row(fact: Fact) -> _Row | None:
    return (fact.schedule, fact.place.block, fact.place.row) if fact.place else None


def _place(fact: Fact) -> _Place:
    place = fact.place
    return (place.block, place.row, place.column) if place else (None, None, None)


def _fits(fact: Fact, above: dict[_Place, set[tuple[str, str]]]) -> bool:
    """Whether the head above a fact is its own, as far as there is one."""
    heads = above.get(_place(fact), set())
    paths = ("", fact.line) if fact.schedule == REVIEW else ("",)
    return not heads or any(path in paths and key in ("", fact.column) for path, key in heads)
