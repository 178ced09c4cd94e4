"""Numbers below no head of the form, in tables whose columns are known: somebody's own, or cells that have moved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from etl import counts, forms
from etl.document import Cell
from etl.forms import PROACTIVE
from etl.report import Fact
from etl.tables.heads import Heads, Line, is_number
from etl.tables.labels import Meaning

# A line in so many that holds a number too many has got it by a slip; more of them miss a head.
_FEW = 5


class Unheaded:
    """The numbers of a table below no head of the form, gathered line by line, and which facts beside them can be trusted."""

    def __init__(self) -> None:
        self._lines = Counter[str]()
        self._rows = defaultdict[tuple[str, bool], set[int | None]](set)
        self._own = set[tuple[str, int]]()
        self._borrowed = dict[Fact, tuple[str, int]]()

    def add(self, line: Line, facts: Iterable[Fact], heads: Heads) -> None:
        """A line, and what was read of it."""
        self._lines[line.schedule] += 1
        for cell, above in zip(line.cells, heads.above_row(line.schedule, line.cells), strict=True):
            if is_unheaded(cell, line.schedule, heads):
                self._rows[line.schedule, cell.column in heads.stacks].add(line.row)
                if not above:
                    self._own.add((line.schedule, cell.column))
        for fact in facts:
            column = fact.place.column if fact.place else None
            if column is not None and heads.is_blank(column):
                self._borrowed[fact] = fact.schedule, column

    def without_moved(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts but those of lines whose cells may have moved: all of a schedule with many such lines.

        Numbers in one column are not below the head beside it in some rows, and below none in others; nor are they where
        none stands right below that head.
        """
        found = list(facts)
        headed = {(fact.schedule, fact.column) for fact in found if fact.text and fact not in self._borrowed}
        kept = (
            fact
            for fact in found
            if fact not in self._borrowed
            or (self._borrowed[fact] not in self._own and (fact.schedule, fact.column) in headed)
        )
        moved = list(self._moved())
        return [
            fact
            for fact in kept
            if not any(
                fact.schedule == schedule and (rows is None or _row(fact) in rows) for schedule, rows in moved
            )
        ]

    def has_moved(self, schedule: str) -> bool:
        """Whether cells of a schedule may have moved."""
        return any(moved == schedule for moved, _ in self._moved())

    def _moved(self) -> Iterator[tuple[str, set[int | None] | None]]:
        """The schedules with the rows that may have moved, None for all."""
        for (schedule, headed), rows in self._rows.items():
            many = len(rows) * _FEW > self._lines[schedule]
            # Numbers of many lines below an empty head are a column of somebody's own.
            if not (many and headed):
                yield schedule, None if many else rows


def _row(fact: Fact) -> int | None:
    return fact.place.row if fact.place else None


def is_unheaded(cell: Cell, schedule: str, heads: Heads) -> bool:
    """Whether a number stands below no head at all: it is of a column of somebody's own, or the cells of its row have moved."""
    if not cell.text.strip() or heads.above(schedule, cell):
        return False
    return not heads.has_words(cell.column) and counts.looks_like_a_value(cell.text)


def leaves_doubt(meaning: Meaning, cells: Iterable[Cell], used: Sequence[Cell], heads: set[str]) -> bool:
    """Whether a number that is below none of a line's `heads` may be that of an empty cell, or of a column of unknown head."""
    beyond = any(is_number(cell) for cell in cells if cell not in used)
    return beyond and not (all(cell.text.strip() for cell in used) and are_all(meaning, heads))


def are_all(meaning: Meaning, heads: set[str]) -> bool:
    """Whether these are all columns that some form has for the line."""
    whole = [{column.key for column in block.columns} for _, block in forms.blocks(PROACTIVE, meaning.key)]
    return meaning.schedule != PROACTIVE or heads in whole
