"""The grid of governments and years."""

from collections.abc import Mapping, Sequence

from dashboard.charts.style import (
    WHITE,
    Figure,
    Point,
    Style,
    add_legend,
    base,
    ink_on,
    room_for,
    short,
    year_axis,
)


def grid(
    points: Sequence[Point],
    states: Mapping[str, str],
    governments: Sequence[str],
    years: Sequence[int],
    style: Style,
) -> Figure:
    """A square for each government and year, coloured by its state; what is missing is an empty outline."""
    traces = [
        _squares(state, name, [point for point in points if point.key == state], style)
        for state, name in states.items()
    ]
    layout = base(style, 25 * len(governments) + 40, hovermode="closest")
    layout["xaxis"] |= year_axis(years) | {
        "side": "top",
        "ticks": "",
        "range": [years[0] - 0.6, years[-1] + 0.6],
    }
    order = [short(name) for name in reversed(governments)]
    layout["yaxis"] |= {
        "categoryorder": "array",
        "categoryarray": order,
        "range": [-0.6, len(order) - 0.4],
        "showgrid": False,
    }
    layout["margin"] |= {"t": 26, "b": 8, "l": room_for(order)}
    drawn = {point.key for point in points}
    add_legend(layout, [name for state, name in states.items() if state in drawn], style, below=True)
    return {"data": traces, "layout": layout}


def _squares(state: str, name: str, points: Sequence[Point], style: Style) -> Figure:
    """The squares of one state; its number, if any, within each."""
    ink = ink_on(style.named(state))
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": [point.year for point in points],
        "y": [short(point.government) for point in points],
        "text": [f"{point.value}" if point.value else "" for point in points],
        "textfont": {"size": 11, "color": ink},
        "customdata": [point.origin for point in points],
        "marker": _square(state, style),
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
        "hovertemplate": f"%{{customdata[0]}} %{{x}}<br>{name}<br>%{{customdata[3]}}<extra></extra>",
    }


def _square(state: str, style: Style) -> Figure:
    colour = style.named(state)
    line = {"color": style.faint if colour == style.of(WHITE) else colour, "width": 1.2}
    return {"symbol": "square", "size": 19, "color": colour, "line": line, "opacity": 1}
