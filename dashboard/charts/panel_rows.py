"""Where small charts stand: in rows on one pair of axes, their heights told in pixels."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.style import Figure

# The room between two panels of a row: in years, or where each has a scale of its own, as a part of their years.
_BETWEEN, _BESIDE = 1.2, 0.25
# What may stand at the top of a scale of its own, times a power of ten; and how far apart the numbers of a shared one.
_ROUND, _STEPS = (1, 2, 4, 6, 8, 10), (1, 2, 5, 10)
# Pixels of a panel's height, of what stands between two rows, and of that what stands above the first and below the last.
PANEL, _BETWEEN_ROWS, _TITLE, _YEARS = 94, 46, 20, 22
# How much higher than what is drawn in it a panel is.
_ABOVE = 1.12


@dataclass(frozen=True, slots=True)
class Rows:
    """How the panels stand in rows. All are on one pair of axes, since a pair costs the browser as much as ten lines.

    All are on one scale up to `top`, or without it each on its own.
    """

    panels: int
    years: Sequence[int]
    columns: int
    top: float | None

    @property
    def span(self) -> int:
        return self.years[-1] - self.years[0] + 1

    @property
    def between(self) -> float:
        """The room between two panels, in years."""
        return _BETWEEN if self.top is not None else _BESIDE * self.span

    @property
    def height(self) -> int:
        """The height of the chart."""
        return 4 + self._drawn

    @property
    def _drawn(self) -> int:
        """The height of the rows with their names and years."""
        return self._count * (PANEL + _BETWEEN_ROWS) - _BETWEEN_ROWS + _TITLE + _YEARS

    @property
    def _count(self) -> int:
        return -(-self.panels // self.columns)

    @property
    def step(self) -> float:
        """How far the panels of a row stand from one another, in years."""
        return self.span + self.between

    def place(self, at: int, top: float) -> "Place":
        """Where the panel at a place in the order stands, whose highest number is `top`."""
        row, column = divmod(at, self.columns)
        foot = _YEARS + (self._count - 1 - row) * (PANEL + _BETWEEN_ROWS)
        if self.top is None:
            highest = _rounded(top, _ROUND) if top > 0 else 1
            marks: tuple[float, ...] = (0, 1) if highest == 1 else (0, highest / 2, highest)
        else:
            highest = self.top or 1
            marks = _marks(highest)
        return Place(column * self.step, foot, PANEL / _ABOVE / highest, marks)

    def scales(self, places: Sequence["Place"]) -> Iterator["Scale"]:
        """The scales of the panels, or that which those of a row share."""
        together = 1 if self.top is None else self.columns
        for at in range(0, len(places), together):
            first, last = places[at], places[at : at + together][-1]
            yield Scale(self.begin + first.offset, self.begin + last.offset + self.span, first)

    @property
    def begin(self) -> float:
        """Where the first panel of a row begins."""
        return self.years[0] - 0.5

    def axes(self) -> Figure:
        """The axes of all rows, which show nothing of themselves."""
        wide = self.columns * self.step - self.between
        return {
            "xaxis": {"visible": False, "fixedrange": True, "range": [self.begin, self.begin + wide]},
            "yaxis": {"visible": False, "fixedrange": True, "range": [0, self._drawn]},
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a panel stands: how far along its row, how high its foot, how many pixels one is there, what its scale says."""

    offset: float
    foot: int
    rise: float
    marks: tuple[float, ...]

    def up(self, value: float) -> float:
        """How high a number is drawn."""
        return round(self.foot + value * self.rise, 2)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from its left end to its right one; its heights are those of a panel's place."""

    left: float
    right: float
    place: Place


def _rounded(least: float, rounds: Sequence[int]) -> float:
    """The first of the `rounds`, times a power of ten, that is no less than `least`."""
    power = math.pow(10, math.floor(math.log10(least)))
    return next(one * power for one in rounds if one * power >= least * (1 - 1e-9))


def _marks(highest: float) -> tuple[float, ...]:
    """The round numbers of a scale up to `highest` that all panels share, three steps at most: nothing is half a case."""
    step = max(1, _rounded(highest * _ABOVE / 3, _STEPS))
    return tuple(step * at for at in range(math.floor(highest * _ABOVE / step) + 1))
