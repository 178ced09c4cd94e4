"""A sheet whose format names each cell's place, gathered before it is read as prose and tables."""

from dataclasses import dataclass, field

from etl.document import UnreadableFile
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE, Seen, arrange
from etl.readers.sheets.hidden import Hidden


@dataclass(slots=True)
class Sheet:
    """The texts of a sheet by row and column, its merged cells, its hidden rows and columns.

    `hides` says whether anything stands in hidden cells.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hides: bool = False

    def put(self, row: int, column: int, text: str, down: int = 1, across: int = 1) -> None:
        """Put a cell that reaches over `down` rows and `across` columns; a blank one alone needs no place."""
        if text and (row in self.hidden_rows or column in self.hidden_columns):
            self.hides = True
        if not text and down * across == 1:
            return
        self.texts[row, column] = text
        if down * across > 1:
            last = row + down - 1, column + across - 1
            self.merges.append(((row, column), last))
            self.texts.setdefault(last, "")

    def seen(self) -> Seen:
        """The paragraphs and tables, without what is hidden. Raises UnreadableFile when the sheet reaches too far."""
        height = max((row for row, _ in self.texts), default=-1) + 1
        width = max((column for _, column in self.texts), default=-1) + 1
        if height * width > MAX_CELLS:
            raise UnreadableFile(TOO_LARGE)
        rows = [[""] * width for _ in range(height)]
        for (row, column), text in self.texts.items():
            rows[row][column] = text
        unseen = Hidden(frozenset(self.hidden_rows), frozenset(self.hidden_columns))
        return Seen(arrange(rows, self.merges, unseen), self.hides)
