"""A page of the dashboard as a sheet of paper: its parts, and how they are laid out so that one A4 page holds them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from etl.paper.native_chart import Chart

WIDTH, HALF = 182, 89
# What stands in the margin below, and the lines of the scope, take of it.
_HEIGHT, _TOP, _HEADLINES, _LINE = 263, 18, 18, 4
# Charts may be made this much lower or higher than they would like to be.
_LEAST, _MOST = 0.72, 1.2
# The height in millimetres of a row of small charts, how many stand in one, how many may share half the width.
ROW, ACROSS, FEW = 24, 7, 4
# The rows of a table that are printed, as there is room, and how many letters its columns may need to stand beside another part.
_ROWS, _NARROW, _COLUMNS = (10, 8, 6, 4, 3), 66, 7
# The letters of the smaller type that a line of the page holds.
_ACROSS_PAGE = 130


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the page's first row: its name, the figure, and what is said beside it."""

    name: str
    shown: str
    remark: str


@dataclass(frozen=True, slots=True)
class Squares:
    """A grid: what stands in the square of each name and year (text, colour as RRGGBB), and the key to the colours."""

    names: tuple[str, ...]
    years: tuple[str, ...]
    squares: dict[tuple[str, str], tuple[str, str]]
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page under its title and plain words: a chart, a grid or a table; `more` takes {n}, rows `left` out."""

    title: str
    sentence: str
    chart: Chart | None = None
    squares: Squares | None = None
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: str = "{n}"
    left: int = 0

    def cut(self, most: int) -> "Part":
        """The part with no more than so many rows."""
        return replace(self, rows=self.rows[:most], left=max(len(self.rows) - most, 0))

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width: many small charts, a table of long texts or of many columns."""
        if self.chart is not None:
            return self.chart.apart and len(self.chart.series) > FEW
        longest = [max(map(letters, column)) for column in zip(*(self.heads, *self.rows), strict=True)]
        return sum(longest) > _NARROW or len(self.heads) > _COLUMNS


@dataclass(frozen=True, slots=True)
class Page:
    """The page: its title, what is selected, and its parts in order."""

    title: str
    scope: str
    headlines: tuple[Headline, ...]
    parts: tuple[Part, ...]
    footer: str


def paired(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Parts two by two, in order; a wide one stands alone, after the pair that it would part."""
    pair: list[Part] = []
    held: list[Part] = []
    for part in parts:
        (held if part.wide else pair).append(part)
        if len(pair) != 1:
            yield from [tuple(pair)] * bool(pair)
            yield from ((one,) for one in held)
            pair, held = [], []
    yield from [tuple(pair)] * bool(pair)
    yield from ((one,) for one in held)


def shortened(page: Page) -> tuple[Part, ...]:
    """The parts, their tables cut to as many rows as the page has room for, each table to no fewer than a few."""
    for most in _ROWS:
        parts = tuple(part.cut(most) for part in page.parts)
        if _fixed_height(page, list(paired(parts))) + _drawn_heights(parts) * _LEAST <= _HEIGHT:
            break
    return parts


def _drawn_heights(parts: Sequence[Part]) -> float:
    return sum(max(map(drawn_height, pair)) for pair in paired(parts))


def _fixed_height(page: Page, rows: Sequence[tuple[Part, ...]]) -> float:
    """The height in millimetres of all that does not stretch."""
    words = sum(max(map(_words_height, pair)) for pair in rows)
    scope = sum(ceil(letters(line) / _ACROSS_PAGE) for line in page.scope.splitlines())
    return _TOP + _LINE * scope + (_HEADLINES if page.headlines else 0) + words


def share(page: Page, rows: Sequence[tuple[Part, ...]]) -> float:
    """By how much the charts are to be made lower or higher for the page to hold them all, within bounds."""
    wanted = sum(max(map(drawn_height, pair)) for pair in rows)
    left = _HEIGHT - _fixed_height(page, rows)
    return min(max(left / wanted, _LEAST), _MOST) if wanted else 1


def _words_height(part: Part) -> float:
    """The height in millimetres of what does not stretch: title, plain words, note, table."""
    across = 60 if part.wide else 28
    note = 4 if part.chart and part.chart.note else 0
    return 11 + 4 * ceil(len(part.sentence) / across) + note + 4.2 * _lines(part)


def _lines(part: Part) -> float:
    """About how many lines the grid or table takes, with its heads and what stands below it."""
    if part.squares:
        return len(part.squares.names) + 2
    return len(part.rows) * (1.35 if part.wide else 1.5) + 2 if part.rows else 0


def drawn_height(part: Part) -> float:
    """The height in millimetres that a chart would like: lying bars a line each, small charts a row for seven."""
    if part.chart is None:
        return 0
    if part.wide:
        return ROW * ceil(len(part.chart.series) / ACROSS)
    named = sum(letters(one.name) + 5 for one in part.chart.series)
    legend = 4 * ceil(named / 50)
    return legend + (14 + 3.4 * max(len(part.chart.names), 6) if part.chart.lies else 46)


def letters(text: str) -> int:
    """How wide a text is, a Chinese character counting two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
