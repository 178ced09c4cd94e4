"""Where small charts stand: in rows, each with one pair of axes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.style import Figure, Style, axis

# The room between two panels of a row: in years, or where each has a scale of its own, as a part of their years.
_BETWEEN, _BESIDE = 1.2, 0.25
# What may stand at the top of a scale of its own, times a power of ten.
_ROUND = (1, 2, 4, 6, 8, 10)
# Pixels of a panel's height, of what stands between two rows, and of that what stands above the first.
_PANEL, _BETWEEN_ROWS, _TITLE = 94, 46, 20


@dataclass(frozen=True, slots=True)
class Rows:
    """How the panels stand in rows: each row has one pair of axes, since a pair costs the browser as much as ten lines.

    All are on one scale up to `top`, or without it each on its own, drawn from 0 to 1.
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
        return 26 + self._drawn

    @property
    def _drawn(self) -> int:
        """The height of the rows within the margins."""
        return self._count * (_PANEL + _BETWEEN_ROWS) - _BETWEEN_ROWS + _TITLE

    @property
    def _count(self) -> int:
        return -(-self.panels // self.columns)

    def upward(self, row: int) -> list[float]:
        """The part of the chart's height that a row of panels takes."""
        foot = (self._count - 1 - row) * (_PANEL + _BETWEEN_ROWS)
        return [round(at / self._drawn, 4) for at in (foot, foot + _PANEL)]

    def place(self, at: int, top: float) -> "Place":
        """Where the panel at a place in the order stands, whose highest number is `top`."""
        scale = 1 if self.top is not None else _rounded(top)
        return Place(at // self.columns, at % self.columns * self.step, scale)

    @property
    def step(self) -> float:
        """How far the panels of a row stand from one another, in years."""
        return self.span + self.between

    @property
    def begin(self) -> float:
        """Where the first panel of a row begins."""
        return self.years[0] - 0.5

    def axes(self, style: Style) -> Figure:
        """The axes of all rows."""
        scale: Figure = {"range": [0, 1.12], "showticklabels": False, "showline": False}
        if self.top is not None:
            step = 1 if self.top <= 2 else None
            scale = {"range": [0, (self.top or 1) * 1.12], "nticks": 3, "dtick": step, "showgrid": True}
        axes: Figure = {}
        for row in range(self._count):
            named, domain = suffix(row), self.upward(row)
            along = self._along(min(self.columns, self.panels - row * self.columns), style)
            along["showline"] = self.top is not None
            axes[f"xaxis{named}"] = along | {"anchor": f"y{named}"}
            axes[f"yaxis{named}"] = axis(style) | scale | {"domain": domain, "anchor": f"x{named}"}
        return axes

    def _along(self, panels: int, style: Style) -> Figure:
        """The first and the last year under each of the panels, which take their part of a row."""
        shown = [self.years[0], self.years[-1]] if self.span > 1 else list(self.years)
        taken, whole = (count * self.step - self.between for count in (panels, self.columns))
        return axis(style) | {
            "tickmode": "array",
            "tickvals": [year + at * self.step for at in range(panels) for year in shown],
            "ticktext": [str(year) for year in shown] * panels,
            "tickangle": 0,
            "range": [self.begin, self.begin + taken],
            "domain": [0, round(taken / whole, 4)],
            "tickfont": {"size": 11, "color": style.faint},
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a panel stands: in which row, how far along it, and what is drawn there as high as 1."""

    row: int
    offset: float
    scale: float


def suffix(row: int) -> str:
    """What the axes of a row are called by."""
    return "" if row == 0 else str(row + 1)


def _rounded(top: float) -> float:
    """The least number that a scale may end with and that is no less than `top`."""
    if top <= 0:
        return 1
    power = math.pow(10, math.floor(math.log10(top)))
    return next(one * power for one in _ROUND if one * power >= top * (1 - 1e-9))
