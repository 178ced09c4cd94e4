"""Bars: stacked or side by side by year, by government, ranked."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.style import (
    COLOURS,
    Colour,
    Figure,
    Number,
    Point,
    Series,
    Style,
    add_legend,
    base,
    fill,
    hover,
    ink_on,
    lettering,
    room_for,
    short,
    year_axis,
)

# Above the tallest stack stands its sum.
_HEADROOM = 1.13


def by_year(
    series: Sequence[Series],
    years: Sequence[int],
    unit: str,
    style: Style,
    breaks: Mapping[int, str] | None = None,
    height: int = 265,
) -> Figure:
    """Columns stacked by year, `height` pixels without the legend. `breaks` marks the first year of another form with the words that explain it."""
    sums = _sums(series, "year")
    most = max((value or 0 for value in sums.values()), default=0)
    traces = [
        {
            "type": "bar",
            "name": one.name,
            "x": [point.year for point in one.points],
            "y": [point.value for point in one.points],
            "hovertemplate": hover("%{x}", one.name, "%{y:,}", unit),
            **_segments(one, most, style, alone=len(series) == 1),
        }
        for one in series
    ]
    layout = base(style, height, barmode="stack", bargap=0.35, meta=unit)
    layout["xaxis"] |= year_axis(years)
    _measure_upward(layout, most, unit, style)
    add_legend(layout, [one.name for one in series], style)
    _mark_breaks(layout, breaks or {}, style)
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
    tallest = max((point.value or 0 for one in series for point in one.points), default=0)
    figure["layout"]["yaxis"] |= _scale(tallest)
    for one, trace in zip(series, figure["data"], strict=True):
        trace |= {
            "text": ["" if point.value is None else f"{point.value:,}" for point in one.points],
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
            "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", one.name, "%{x:,}", unit),
            **_segments(one, most, style, alone=len(series) == 1),
        }
        for one in series
    ]
    layout = base(style, height_of(len(governments)), barmode="stack", bargap=0.3, meta=unit)
    _name_rows(layout, [short(name) for name in governments])
    _measure_across(layout, most, unit)
    # No unit stands above these bars.
    layout["margin"]["t"] = 10
    add_legend(layout, [one.name for one in series], style)
    traces.append(_totals([short(name) for name in sums], list(sums.values()), "x", style))
    return {"data": traces, "layout": layout}


def ranked(points: Sequence[Point], names: Sequence[str], unit: str, style: Style, colour: Colour) -> Figure:
    """One bar a point, longest first, its number at the end; long names are broken over two lines."""
    rows = [_broken(name) for name in names]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "x": [point.value for point in points],
        "text": [f"{point.value:,}" for point in points],
        "textposition": "outside",
        "textfont": {"size": 12, "color": style.ink},
        "cliponaxis": False,
        "customdata": [point.origin for point in points],
        "marker": {"color": style.of(colour)},
        "hovertemplate": hover("%{customdata[1]}", "%{y}", "%{x:,}", unit),
    }
    layout = base(style, 34 * len(points) + 70, bargap=0.35, showlegend=False, meta=unit)
    _name_rows(layout, rows)
    _measure_across(layout, max((point.value or 0 for point in points), default=0), unit)
    layout["margin"]["t"] = 8
    return {"data": [trace], "layout": layout}


def rises(figure: Figure) -> bool:
    """Whether any bar or line of a figure is above zero; one without bars and lines always shows something."""
    bars = [trace for trace in figure["data"] if "bar" in trace["type"]]
    # How high a line of small charts is drawn is not what it says.
    lines = [
        trace["customdata"]
        for trace in figure["data"]
        if trace.get("mode", "").startswith("lines") and "customdata" in trace
    ]
    long = (value for one in bars for value in one["x" if one.get("orientation") == "h" else "y"])
    high = (value for line in lines for *_, value in line)
    return not (bars or lines) or any(long) or any(high)


def height_of(governments: int) -> int:
    """The height in pixels, without the legend, of a chart with a bar a government, for what stands beside it."""
    return max(100, 27 * governments + 54)


def _segments(series: Series, most: float, style: Style, alone: bool) -> Figure:
    """The look of a series in a stack: numbers within the bars that are long enough to hold one.

    A series `alone` is its own sum, which stands at the end.
    """
    colour = COLOURS[series.key]
    values = [point.value for point in series.points]
    return {
        "customdata": [point.origin for point in series.points],
        "marker": fill(colour, style),
        "text": [f"{value:,}" if value and 0.06 * most <= value and not alone else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 11, "color": ink_on(style.of(colour))},
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
    text = ["—" if value is None else f" {value:,}" for value in sums]
    if axis == "y":
        said = lettering(places, ends, text, "top center", 12, style.ink)
    else:
        said = lettering(ends, places, text, "middle right", 12, style.ink)
    return said | {"showlegend": False}


def _scale(most: Number) -> Figure:
    """From zero to a little above the most. Counts have no halves: an axis that ends low steps by one."""
    return {"range": [0, (most or 1) * _HEADROOM], "dtick": 1 if (most or 0) <= 6 else None}


def _measure_upward(layout: Figure, most: Number, unit: str, style: Style) -> None:
    """The vertical axis with its unit above it, upright as Chinese is read."""
    layout["yaxis"] |= _scale(most)
    layout["margin"]["l"] = max(room_for([f"{most or 0:,.0f}", unit]), 30)
    layout["annotations"] = [
        {
            "text": unit,
            "x": 0,
            "xref": "paper",
            "xanchor": "right",
            "xshift": -5,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12, "color": style.faint},
        }
    ]


def _measure_across(layout: Figure, most: Number, unit: str) -> None:
    layout["xaxis"] |= _scale(most) | {"showgrid": True, "rangemode": "tozero"}
    layout["xaxis"]["title"] |= {"text": unit}
    layout["margin"]["b"] = 44


def _name_rows(layout: Figure, names: Sequence[str]) -> None:
    """One row a name, the first at the top, with room for the longest."""
    layout["yaxis"] |= {
        "categoryorder": "array",
        "categoryarray": list(reversed(names)),
        "range": [-0.5, len(names) - 0.5],
        "showgrid": False,
        "showticklabels": True,
    }
    layout["margin"]["l"] = room_for(part for name in names for part in name.split("<br>"))


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
    layout["annotations"] += [
        {
            "x": year - 0.47,
            "y": 1,
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
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
