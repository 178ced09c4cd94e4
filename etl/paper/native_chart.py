"""Charts that Word and Excel draw themselves, from one plain description: every number stands in a cell."""

from dataclasses import dataclass, replace
from enum import StrEnum

Number = int | float | None
Cells = list[tuple[str | int | float | None, ...]]

_BREAK = "┊"


class Shape(StrEnum):
    """How the numbers are drawn; bars lie, columns stand."""

    COLUMNS = "columns"
    STACKED_COLUMNS = "stacked_columns"
    BARS = "bars"
    STACKED_BARS = "stacked_bars"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one meaning, one for each name of the chart; `colour` as RRGGBB, None where nothing is stated.

    `beside` is what a small chart of its own compares it with, drawn `faint`.
    """

    name: str
    colour: str
    values: tuple[Number, ...]
    beside: "Series | None" = None
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `breaks` are the places in `names` before which the form changed; `note` says so below the chart.

    `total` names the sum of a stack, empty for none. With `apart` each series stands in a `small` chart of its own.
    `top` is the end of the axis, where several charts share one scale; `size` that of the letters, in points.
    """

    shape: Shape
    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    total: str = ""
    breaks: tuple[int, ...] = ()
    note: str = ""
    apart: bool = False
    top: float | None = None
    small: bool = False
    size: float = 8

    @property
    def lies(self) -> bool:
        """Whether the bars run from left to right."""
        return self.shape in (Shape.BARS, Shape.STACKED_BARS)

    @property
    def stacked(self) -> bool:
        """Whether the series stand on each other."""
        return self.shape in (Shape.STACKED_COLUMNS, Shape.STACKED_BARS)


def cells(chart: Chart) -> Cells:
    """The chart's numbers as they stand in its sheet: heads, then a row a name; a break is a row without numbers."""
    series = [drawn for one in with_total(chart).series for drawn in _together(one)]
    rows: Cells = [(chart.unit, *(one.name for one in series))]
    for at, name in enumerate(chart.names):
        if at in chart.breaks:
            rows.append((_BREAK, *(None for _ in series)))
        rows.append((name, *(one.values[at] for one in series)))
    return rows


def _together(one: Series) -> tuple[Series, ...]:
    """A series with what it is compared with."""
    return (replace(one, beside=None), *((replace(one.beside, faint=True),) if one.beside else ()))


def parts(chart: Chart) -> list[Chart]:
    """The chart, or with `apart` a chart for each series under its name, on one scale if `top` is given."""
    if not chart.apart:
        return [chart]
    return [
        replace(chart, title=one.name, unit="", series=_together(one), apart=False, small=True)
        for one in chart.series
    ]


def with_total(chart: Chart) -> Chart:
    """The chart with the sum of each stack as a last series."""
    if not chart.total or len(chart.series) < 2:
        return replace(chart, total="")
    sums = tuple(
        sum(known) if (known := [value for value in stack if value is not None]) else None
        for stack in zip(*(one.values for one in chart.series), strict=True)
    )
    return replace(chart, series=(*chart.series, Series(chart.total, "", sums)), total="")


def most(chart: Chart) -> float:
    """The longest bar: of stacks the highest sum."""
    series = with_total(chart).series[-1:] if chart.stacked else chart.series
    return max((value or 0 for one in series for value in one.values), default=0)


def whole(chart: Chart) -> bool:
    """Whether all its numbers are counts."""
    return all(value is None or value == int(value) for one in chart.series for value in one.values)
