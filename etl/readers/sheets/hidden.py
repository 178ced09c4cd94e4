"""What of a sheet is hidden, and what of it is read all the same: the columns without which no table of the form is whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from etl import counts
from etl.readers.showing import DOUBT
from etl.tables import incomplete

_Names = Callable[[Iterable[str], Iterable[str]], frozenset[str]]


class Span(NamedTuple):
    """A cell of a sheet, merged or not; `bottom` and `right` are the first row and column beyond it."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows and columns of a sheet that nobody sees, counted from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell, not merged with others, stands in one of them."""
        return row in self.rows or column in self.columns

    def hides(self, span: Span) -> bool:
        """Whether nothing of a cell shows."""
        return self.rows.issuperset(range(span.top, span.bottom)) or self._is_aside(span)

    def seen(self, rows: list[list[Span]]) -> list[list[Span]]:
        """The cells of which anything shows; one merged over a hidden row or column shows its text in the others."""
        width = max((span.right for row in rows for span in row), default=0)
        shown = list(accumulate((column not in self.columns for column in range(width)), initial=0))
        return [
            [
                span._replace(
                    left=shown[span.left],
                    right=shown[span.right],
                    text="" if self.hides(span) else span.text,
                )
                for span in row
                if shown[span.left] < shown[span.right]
            ]
            for row in rows
        ]

    def parted(self, table: list[list[Span]]) -> list[list[list[Span]]]:
        """The rows of each table of the form, of which other columns may be lacking; all of them where none is hidden."""
        starts = incomplete.begins([span.text for span in row] for row in table) if self.columns else []
        return [table[start:end] for start, end in pairwise((0, *starts, len(table)))]

    def read(self, table: list[list[Span]]) -> list[list[Span]]:
        """The cells of a table as they are read: those seen, and the columns of the form that it lacks without them.

        These keep the words of their heads and labels; their numbers, and blanks below the heads, are in doubt.
        """
        if not self.columns:
            return self.seen(table)
        heads = [row for row in table if not _is_of_numbers(row)]
        below = {
            column: span.bottom
            for span in reversed(self._lacking(heads, incomplete.columns))
            for column in range(span.left, span.right)
        }
        labels = {span.left for span in self._lacking(table, incomplete.lines)}
        doubted = [
            [
                span._replace(text=DOUBT)
                if self._is_aside(span)
                and (span.text or span.top >= below.get(span.left, span.bottom))
                and counts.looks_like_a_value(span.text)
                else span
                for span in row
            ]
            for row in table
        ]
        return Hidden(self.rows, self.columns - below.keys() - labels).seen(doubted)

    def _lacking(self, rows: list[list[Span]], names: _Names) -> list[Span]:
        """The cells in hidden columns alone whose words are not among those that are seen."""
        filled = [span for row in rows for span in row if span.text]
        aside = [span for span in filled if self._is_aside(span)]
        lacking = names((span.text for span in filled if not self.hides(span)), (span.text for span in aside))
        return [span for span in aside if span.text in lacking]

    def _is_aside(self, span: Span) -> bool:
        """Whether a cell stands in hidden columns alone."""
        return self.columns.issuperset(range(span.left, span.right))


def _is_of_numbers(row: list[Span]) -> bool:
    """Whether more numbers stand in a row than words: its 总计 is a line's."""
    filled = [counts.read(span.text)[0] is not None for span in row if span.text]
    return 2 * sum(filled) > len(filled)


NOTHING_HIDDEN = Hidden()
