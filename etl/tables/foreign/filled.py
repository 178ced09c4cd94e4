"""Columns with a number in every line of a table, below no head of the form: serial numbers, last year's figures, checks."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from etl.document import Cell, Document, Table
from etl.forms import PROACTIVE
from etl.report import Problem
from etl.tables.foreign.unheaded import are_all
from etl.tables.foreign.unknown_heads import unknown
from etl.tables.heads import Heads, Line, body, is_number
from etl.tables.labels import Meaning

# The numbers of one line might have come there by a slip.
_FEWEST_WHOLE = 2
_NAMELESS = "（无栏名）"


@dataclass(slots=True)
class _Lines:
    """What the lines of a schedule in one table have in common.

    `own` are the columns with a number in every line and no head of the form above it, `last` the last below such a head,
    `whole` how many lines have all numbers they are due, each below its head.
    """

    rows: list[int] = field(default_factory=list)
    own: set[int] | None = None
    last: int = -1
    whole: int = 0

    def add(self, line: Line, meaning: Meaning, heads: Heads) -> None:
        """A line, and what its label means."""
        self.rows.append(line.row)
        pairs = [(cell, heads.above(meaning.schedule, cell)) for cell in line.cells]
        own = {cell.column for cell, keys in pairs if not keys and _is_single(cell) and is_number(cell)}
        self.own = own if self.own is None else self.own & own
        self.last = max([self.last, *(cell.column for cell, keys in pairs if keys)])
        named = [key for cell, keys in pairs if is_number(cell) for key in keys]
        due = heads.due(meaning)
        self.whole += sorted(named) == sorted(due) and (
            meaning.schedule != PROACTIVE or are_all(meaning, due)
        )


def without_filled(document: Document) -> tuple[Document, tuple[Problem, ...]]:
    """The document without such columns, and a problem for each.

    In some lines their numbers stand beside all that the line is due, each below its head: so in the others they are not
    those of its blank cells. Behind all of the form's columns, without a word above it, one may be
    the form's last, moved: then nothing is taken out.
    """
    told = dict[Problem, None]()
    blocks = tuple(
        _without(block, told) if isinstance(block, Table) and block.aligned else block
        for block in document.blocks
    )
    return (replace(document, blocks=blocks) if told else document), tuple(told)


def _without(table: Table, told: dict[Problem, None]) -> Table:
    heads, schedules = Heads(), defaultdict[str, _Lines](_Lines)
    for line in body(table, heads):
        if line.meaning:
            schedules[line.schedule].add(line, line.meaning, heads)
    gone, first = set[Cell](), 0
    for lines in schedules.values():
        band, apart = range(first, max(lines.rows) + 1), min(lines.rows) >= first
        first = band.stop
        columns = {column: _cells(table, band, column) for column in sorted(lines.own or ())}
        names = {column: _name(cells) for column, cells in columns.items()}
        moved = any(column > lines.last and not name for column, name in names.items())
        if lines.whole >= _FEWEST_WHOLE and apart and not moved:
            gone.update(cell for cells in columns.values() for cell in cells)
            told |= dict.fromkeys(unknown(name or _NAMELESS) for name in names.values())
    return replace(table, cells=tuple(cell for cell in table.cells if cell not in gone)) if gone else table


def _cells(table: Table, band: range, column: int) -> list[Cell]:
    return [cell for cell in table.cells if cell.row in band and cell.column == column and _is_single(cell)]


def _is_single(cell: Cell) -> bool:
    return cell.rows == cell.columns == 1


def _name(cells: list[Cell]) -> str:
    """The first words of a column."""
    return next((text for cell in cells if (text := cell.text.strip()) and not is_number(cell)), "")
