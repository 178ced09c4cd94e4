"""Bars: stacked or side by side by year, by government, ranked."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.style import (
    Figure,
    Number,
    Point,
    Series,
    Style,
    base,
    fill,
    hover,
    legend,
    short,
    year_axis,
)


def by_year(
    series: Sequence[Series],
    years: Sequence[int],
    unit: str,
    style: Style,
    breaks: Mapping[int, str] | None = None,
) -> Figure:
    """Columns stacked by year. `breaks` marks the first year of another form with the words that explain it."""
    sums = _sums(series, "year")
    most = max((value or 0 for value in sums.values()), default=0)
    traces = [
        {
            "type": "bar",
            "name": one.name,
            "x": [point.year for point in one.points],
            "y": [point.value for point in one.points],
            "customdata": [point.origin for point in one.points],
            "marker": fill(one.key, style),
            "hovertemplate": hover("%{x}", one.name, "%{y:,}", unit),
            **_values_inside([point.value for point in one.points], most),
        }
        for one in series
    ]
    layout = base(style, 300, barmode="stack", bargap=0.35)
    layout["xaxis"] |= year_axis(years)
    layout["yaxis"]["title"] |= {"text": unit}
    layout["legend"] = legend(len(series))
    _mark_breaks(layout, breaks or {}, style)
    layout["yaxis"] |= _whole_steps(most)
    traces.append(_totals(list(sums), list(sums.values()), "y", style))
    return {"data": traces, "layout": layout}


def grouped(
    series: Sequence[Series],
    years: Sequence[int],
    unit: str,
    style: Style,
    breaks: Mapping[int, str] | None = None,
) -> Figure:
    """Columns side by side by year, each with its number above it."""
    figure = by_year(series, years, unit, style, breaks)
    figure["layout"] |= {"barmode": "group", "bargap": 0.25}
    figure["data"].pop()
    figure["layout"]["yaxis"]["dtick"] = None
    for trace in figure["data"]:
        trace |= {
            "textposition": "outside",
            "cliponaxis": False,
            "textfont": {"size": 11, "color": style.ink},
        }
    return figure


def by_government(series: Sequence[Series], governments: Sequence[str], unit: str, style: Style) -> Figure:
    """Bars stacked by government, the first at the top."""
    sums = _sums(series, "government")
    most = max((value or 0 for value in sums.values()), default=0)
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": one.name,
            "y": [short(point.government) for point in one.points],
            "x": [point.value for point in one.points],
            "customdata": [point.origin for point in one.points],
            "marker": fill(one.key, style),
            "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", one.name, "%{x:,}", unit),
            **_values_inside([point.value for point in one.points], most),
        }
        for one in series
    ]
    layout = base(style, height_of(len(governments)), barmode="stack", bargap=0.3)
    order = [short(name) for name in reversed(governments)]
    layout["yaxis"] |= {
        "categoryorder": "array",
        "categoryarray": order,
        "showgrid": False,
        "automargin": True,
    }
    layout["yaxis"]["range"] = [-0.5, len(order) - 0.5]
    layout["xaxis"] |= {"showgrid": True, "rangemode": "tozero"}
    layout["xaxis"]["title"] |= {"text": unit}
    layout["legend"] = legend(len(series))
    layout["xaxis"] |= _whole_steps(most)
    traces.append(_totals([short(name) for name in sums], list(sums.values()), "x", style))
    return {"data": traces, "layout": layout}


def ranked(points: Sequence[Point], names: Sequence[str], unit: str, style: Style, colour: str) -> Figure:
    """One bar a point, longest first, its number at the end; long names are broken over two lines."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [_broken(name) for name in names],
        "x": [point.value for point in points],
        "text": [f"{point.value:,}" for point in points],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [point.origin for point in points],
        "marker": {"color": colour},
        "hovertemplate": hover("%{customdata[1]}", "%{y}", "%{x:,}", unit),
    }
    layout = base(style, max(220, 34 * len(points) + 60), bargap=0.35)
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "automargin": True}
    layout["xaxis"] |= {"showgrid": True, "rangemode": "tozero"}
    layout["xaxis"]["title"] |= {"text": unit}
    return {"data": [trace], "layout": layout}


def height_of(governments: int) -> int:
    """The height in pixels of a chart with a bar a government, for what stands beside it."""
    return max(220, 27 * governments + 84)


def _values_inside(values: Sequence[Number], most: float) -> Figure:
    """Numbers within the bars, where the bar is long enough to hold one."""
    return {
        "text": [f"{value:,}" if value and value >= 0.06 * most else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 11},
        "constraintext": "none",
        "unselected": {"marker": {"opacity": 1}},
    }


def _sums(series: Sequence[Series], by: str) -> dict[Any, Number]:
    """The height of each stack; None where nothing is stated."""
    sums: dict[Any, Number] = {}
    for point in (point for one in series for point in one.points):
        at = getattr(point, by)
        known = sums.setdefault(at, None)
        if point.value is not None:
            sums[at] = (known or 0) + point.value
    return sums


def _totals(places: Sequence[Any], sums: Sequence[Number], axis: str, style: Style) -> Figure:
    """The sum of each stack at its end: a zero is written out, what is not stated is a dash."""
    ends = [value or 0 for value in sums]
    return {
        "type": "scatter",
        "mode": "text",
        "x": places if axis == "y" else ends,
        "y": ends if axis == "y" else places,
        "text": ["—" if value is None else f" {value:,}" for value in sums],
        "textposition": "top center" if axis == "y" else "middle right",
        "textfont": {"size": 12, "color": style.ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _whole_steps(most: Number) -> Figure:
    """Counts have no halves: an axis that ends low steps by one."""
    return {"dtick": 1} if (most or 0) <= 6 else {}


def _mark_breaks(layout: Figure, breaks: Mapping[int, str], style: Style) -> None:
    """A dotted line before the first year of another form, with the words for it."""
    dotted = {"width": 1.2, "dash": "dot", "color": style.faint}
    layout["shapes"] = [
        {
            "type": "line",
            "x0": year - 0.5,
            "x1": year - 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": dotted,
        }
        for year in breaks
    ]
    layout["annotations"] = [
        {
            "x": year - 0.47,
            "y": 1,
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "text": words,
            "showarrow": False,
            "font": {"size": 11, "color": style.faint},
        }
        for year, words in breaks.items()
    ]


def _broken(name: str, width: int = 14) -> str:
    if len(name) <= width or " " in name:
        return name
    return f"{name[:width]}<br>{name[width : 2 * width - 1]}{'…' if len(name) > 2 * width - 1 else ''}"
