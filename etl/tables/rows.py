"""The lines of the statutory tables as they are printed: what a label may mean, the heads above it, the cells behind it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from etl.report import Leftover, Place
from etl.tables.tokens import Token

# The lines that the form of 2021 has below 其他处理.
OTHER_LINES = ("uncorrected", "unpaid", "other_reason")
# The group 其他处理 and its lines above 其他.
OTHERWISE = frozenset(("otherwise", "otherwise_closed", "uncorrected", "unpaid"))


class Strange(NamedTuple):
    """A head that is not known: how many known ones stand before it, and whether it ends a row that has some."""

    at: int
    text: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line as printed: what its label may mean, the column heads above it, the cells behind it.

    `strange` are the heads that are not known; `loose`, whether some head stands in no row, so that what is left of
    what is not told.
    """

    schedule: str
    line: str
    label: str
    place: Place
    heads: tuple[str, ...]
    cells: tuple[Token, ...]
    strange: tuple[Strange, ...] = ()
    loose: bool = False

    @property
    def text(self) -> str:
        """The label and the cells behind it."""
        return " ".join([self.label, *(cell.text.strip() for cell in self.cells)]).strip()


@dataclass(slots=True)
class Reading:
    """What has been read so far, while the stream passes by."""

    rows: list[Row] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    schedule: str = ""
    heads: list[str] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    in_heads: bool = True
    loose: bool = False

    def open_heads(self) -> None:
        """Heads follow: those of a new table, or of the next lines of the one at hand."""
        self.heads, self.strange, self.in_heads, self.loose = [], [], True, False

    def keep(self, line: str, label: str, place: Place, cells: tuple[Token, ...]) -> None:
        """A line of the schedule at hand, below the heads read so far."""
        heads, strange = tuple(self.heads), tuple(self.strange)
        row = Row(self.schedule, line, label, place, heads, cells, strange, self.loose)
        self.rows.append(row)
