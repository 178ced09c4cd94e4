"""Tables whose lines break their sums as they are read, with numbers below no head: all may stand beside their heads."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl import counts, forms
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, PROACTIVE, RESULTS, REVIEW
from etl.readers.showing import DOUBT
from etl.report import Fact, Problem, State
from etl.tables.heads import Heads, Line, body, is_number

# Block and schedule.
_Table = tuple[int, str]
_Value = Decimal | int
# Beside a column of somebody's own a filing may break a sum by mistake, in a line or two.
_CLEARLY = 2


@dataclass(slots=True)
class _Lines:
    """What the lines of a schedule in one table tell.

    `astray` are the columns with numbers below no head of the form. `moved` lines keep a sum with all numbers taken for
    those of the heads before theirs; `kept` ones as read alone, and `borrowed` ones so with a number that stands beside
    the blank below its head; `broken` ones break it and have a number astray, or borrowed.
    """

    astray: set[int] = field(default_factory=set)
    kept: int = 0
    borrowed: int = 0
    moved: int = 0
    broken: int = 0

    def add(self, line: Line, heads: Heads) -> None:
        """One line more."""
        schedule, cells = line.schedule, line.cells
        above = heads.above_row(schedule, cells)
        beyond = [cell for cell, keys in zip(cells, above, strict=True) if not keys and is_number(cell)]
        if schedule == PROACTIVE:
            # What stands below words of somebody's own is theirs, where no sum tells otherwise.
            beyond = [cell for cell in beyond if not heads.has_words(cell.column)]
        if not any(above) or any(cell.text.endswith(DOUBT) for cell in cells):
            return
        self.astray |= {cell.column for cell in beyond}
        own = [heads.above(schedule, cell) for cell in cells]
        borrows, values = above != own, [*map(_value, cells), 0]
        behind = _sums(schedule, cells, own, values[1:], heads)
        for path, (whole, parts) in _sums(schedule, cells, above, values, heads).items():
            total, others = behind.get(path, (0, 1))
            if whole == parts and total != others:
                self.borrowed += borrows
                self.kept += not borrows
            self.broken += whole != parts and (borrows or bool(beyond))
            self.moved += total == others != 0

    @property
    def keeping(self) -> int:
        """How many keep their sums; what is astray in some lines is no head's in the others."""
        return self.kept + (0 if self.astray else self.borrowed)

    @property
    def are_off(self) -> bool:
        """Whether they may be read a column off: a sum that the filing itself got wrong is no sign of it."""
        return self.broken - self.keeping >= _CLEARLY or self.moved > self.keeping


def in_their_columns(
    ordered: tuple[Fact, ...], gridded: tuple[Fact, ...], document: Document
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], list[Problem]]:
    """The facts by order and by columns, illegible in tables that may be read a column off, and a problem for each."""
    off = _off(document) & set(map(_table, (*ordered, *gridded)))
    named = {schedule for _, schedule in off}
    told = [
        Problem("beside-heads", f"{title}：数字可能与栏名错开，没有采用") for title in forms.titles(named)
    ]
    return _without(off, ordered), _without(off, gridded), told


def _without(off: set[_Table], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(
        replace(fact, value=None, state=State.ILLEGIBLE) if _table(fact) in off else fact for fact in facts
    )


def _table(fact: Fact) -> _Table:
    return (fact.place.block if fact.place else -1, fact.schedule)


def _off(document: Document) -> set[_Table]:
    """The tables that may be read a column off.

    Table 2 has no sums. It may be where another is, and where it has a number below no head, unless other tables keep
    their sums beside that column: then it is somebody's own.
    """
    found = {
        (index, schedule): lines
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table) and block.aligned
        for schedule, lines in _lines(block).items()
    }
    own = {column for lines in found.values() if lines.kept > lines.broken for column in lines.astray}
    off = {table for table, lines in found.items() if lines.are_off}
    unsure = {table for table, lines in found.items() if off or lines.astray - own}
    return off | {table for table in unsure if table[1] == PROACTIVE}


def _lines(table: Table) -> dict[str, _Lines]:
    heads, found = Heads(), defaultdict[str, _Lines](_Lines)
    for line in body(table, heads):
        found[line.schedule].add(line, heads)
    return found


def _sums(
    schedule: str, cells: Sequence[Cell], above: list[set[str]], values: list[_Value], heads: Heads
) -> dict[str, tuple[_Value, _Value]]:
    """The wholes of a line, by the path above, with the sums of their parts, where each cell has its value of `values`."""
    found = defaultdict[str, dict[str, _Value]](dict)
    for cell, keys, value in zip(cells, above, values, strict=False):
        for key in keys:
            found[heads.keys(schedule, cell.column)[0]][key] = value
    *parts, whole = RESULTS if schedule == REVIEW else APPLICANTS
    return {
        path: (numbers[whole], sum(numbers[part] for part in parts))
        for path, numbers in found.items()
        if numbers.keys() == {*parts, whole}
    }


def _value(cell: Cell) -> _Value:
    """A number; words and blanks are no part of a sum."""
    return counts.read(cell.text)[0] or 0
