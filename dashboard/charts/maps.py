"""A number for each township: on the map where the outlines are known, in tiles in the order of the register where not."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, radians
from statistics import quantiles

from dashboard.charts.style import (
    SHADES,
    Figure,
    Point,
    Style,
    add_legend,
    base,
    hover,
    ink_on,
    short,
)

Ring = Sequence[tuple[float, float]]
_TILE = 62


def classes(points: Sequence[Point]) -> list[tuple[float, float]]:
    """The ranges that the numbers fall in, each about as full as the others; zero stands alone, what is missing in none."""
    values = sorted(point.value for point in points if point.value is not None and point.value > 0)
    found = [(0.0, 0.0)] if any(point.value == 0 for point in points) else []
    parts = len(SHADES) - len(found)
    if len(set(values)) <= parts:
        return [*found, *((value, value) for value in sorted(set(values)))]
    limits = sorted({*(values[0], values[-1]), *quantiles(values, n=parts, method="inclusive")})
    for at, (low, high) in enumerate(pairwise(limits)):
        inside = [value for value in values if (low < value if at else low <= value) and value <= high]
        if inside:
            found.append((inside[0], inside[-1]))
    return found


def tiles(points: Sequence[Point], unit: str, missing: str, columns: int, style: Style) -> Figure:
    """A square a township in the order given, coloured by its number; a place on the chart says nothing of where it lies."""
    places = {point.government: divmod(at, columns) for at, point in enumerate(points)}
    rows = -(-len(points) // columns)
    traces = [
        _marks(
            group, name, colour, {who: (column, -row) for who, (row, column) in places.items()}, unit, style
        )
        | {"marker": _tile(colour, style)}
        for name, colour, group in _groups(points, missing, style)
    ]
    layout = base(style, rows * (_TILE + 8) + 28)
    for axis, span in (("xaxis", [-0.6, columns - 0.4]), ("yaxis", [0.4 - rows, 0.6])):
        layout[axis] |= {"range": span, "visible": False, "showgrid": False}
    layout["margin"] |= {"l": 4, "r": 4, "t": 4, "b": 10}
    add_legend(layout, [trace["name"] for trace in traces], style, below=True)
    return {"data": traces, "layout": layout}


def outlined(
    points: Sequence[Point], rings: Mapping[str, Sequence[Ring]], unit: str, missing: str, style: Style
) -> Figure:
    """The townships as they lie, coloured by their number; an outline without a number is empty."""
    drawn = [point for point in points if point.government in rings]
    north = [y for point in drawn for ring in rings[point.government] for _, y in ring]
    narrow = cos(radians(sum(north) / len(north)))
    middles = {point.government: _middle(rings[point.government], narrow) for point in drawn}
    traces = []
    for name, colour, group in _groups(drawn, missing, style):
        traces += [_area(rings[point.government], narrow, colour, style) for point in group]
        traces.append(_marks(group, name, colour, middles, unit, style) | {"marker": _dot(colour, style)})
    layout = base(style, 420)
    layout["xaxis"] |= {"visible": False, "showgrid": False, "constrain": "domain"}
    layout["yaxis"] |= {"visible": False, "showgrid": False, "rangemode": "normal", "scaleanchor": "x"}
    layout["margin"] |= {"l": 4, "r": 4, "t": 4, "b": 10}
    add_legend(layout, [trace["name"] for trace in traces if trace["showlegend"]], style, below=True)
    return {"data": traces, "layout": layout}


def _groups(points: Sequence[Point], missing: str, style: Style) -> list[tuple[str, str, list[Point]]]:
    """The points of each range with its name and its colour, those without a number last."""
    ranges = classes(points)
    shades = SHADES[-len(ranges) :] if ranges and ranges[0][0] else SHADES
    found = [
        (
            f"{low:,g}" if low == high else f"{low:,g}–{high:,g}",
            style.of(shade),
            [p for p in points if p.value is not None and low <= p.value <= high],
        )
        for (low, high), shade in zip(ranges, shades, strict=False)
    ]
    empty = [point for point in points if point.value is None]
    return found + ([(missing, style.paper, empty)] if empty else [])


def _marks(
    group: Sequence[Point],
    name: str,
    colour: str,
    places: Mapping[str, tuple[float, float]],
    unit: str,
    style: Style,
) -> Figure:
    """The names and numbers of a group at their places, to be clicked."""
    at = [places[point.government] for point in group]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": [x for x, _ in at],
        "y": [y for _, y in at],
        "text": [
            f"{short(point.government)}<br>{'—' if point.value is None else f'{point.value:,}'}"
            for point in group
        ],
        "textfont": {"size": 12, "color": ink_on(colour)},
        "customdata": [point.origin for point in group],
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": ink_on(colour)}},
        "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", "", "%{text}", unit),
        "showlegend": True,
    }


def _tile(colour: str, style: Style) -> Figure:
    line = {"color": style.faint if colour == style.paper else colour, "width": 1}
    return {"symbol": "square", "size": _TILE, "color": colour, "line": line, "opacity": 1}


def _dot(colour: str, style: Style) -> Figure:
    """What the legend shows of a colour; on the map the area shows it."""
    return {
        "symbol": "square",
        "size": 12,
        "color": colour,
        "line": {"color": style.faint, "width": 1},
        "opacity": 1,
    }


def _area(rings: Sequence[Ring], narrow: float, colour: str, style: Style) -> Figure:
    across: list[float | None] = []
    upward: list[float | None] = []
    for ring in rings:
        across += [x * narrow for x, _ in ring] + [None]
        upward += [y for _, y in ring] + [None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "",
        "x": across,
        "y": upward,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": style.faint, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _middle(rings: Sequence[Ring], narrow: float) -> tuple[float, float]:
    """Where the name stands: the middle of the largest ring's corners."""
    ring = max(rings, key=len)
    return narrow * sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
