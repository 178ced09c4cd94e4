"""Rows → Plotly figures, as plain dictionaries. Knows no Streamlit; the words come with the arguments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
Number = int | float | None

FONT = "Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
BLUE, AMBER, GREY = "#1F5A94", "#E8A33D", "#B8C0C8"
# Told apart by lightness as well as by hue: they stay apart in grey print and for colour-blind eyes.
COLOURS = {
    "disclosed": "#1F5A94",
    "disclosed_in_part": "#85B7E0",
    "withheld": "#A63D2F",
    "unavailable": "#EDB458",
    "not_processed": "#7A62A8",
    "otherwise": "#BDC5CC",
    "carried_out": "#55636F",
    "received": "#1F5A94",
    "carried_in": "#85B7E0",
    "upheld": "#1F5A94",
    "corrected": "#A63D2F",
    "other_result": "#EDB458",
    "pending": "#BDC5CC",
    "natural_person": "#1F5A94",
    "enterprise": "#EDB458",
    "research": "#2A8C82",
    "public_interest": "#A63D2F",
    "legal_service": "#7A62A8",
    "other": "#BDC5CC",
    "website_items": "#1F5A94",
    "wechat_items": "#2A8C82",
    "new_media_items": "#85B7E0",
    "bulletin_items": "#EDB458",
    "traditional_items": "#BDC5CC",
    "issued": "#1F5A94",
    "repealed": "#EDB458",
    "in_force": "#BDC5CC",
    "licensing": "#1F5A94",
    "penalties": "#EDB458",
    "compulsion": "#7A62A8",
    "fees": "#1F5A94",
    "read": "#BBD6EE",
    "findings": "#EDB458",
    "missing": "#FFFFFF",
    "in_time": "#BBD6EE",
    "late": "#EDB458",
    "undated": "#E4E8EB",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart, and what it leads to: a government's, or the sum of several when `government` is empty.

    `source` is what the hover says of its origin: the filing's name, or how many filings were added.
    """

    government: str
    year: int
    key: str
    value: Number
    source: str
    hollow: bool = False

    @property
    def origin(self) -> list[Any]:
        """What a click on the point hands back."""
        return [self.government, self.year, self.key, self.source]


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one meaning, with its name and colour."""

    key: str
    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Style:
    """Colours that depend on the page's appearance."""

    ink: str
    faint: str
    grid: str
    paper: str


LIGHT = Style("#1B2733", "#55636F", "#E3E8ED", "#FFFFFF")
DARK = Style("#E6EBF0", "#A9B4BF", "#2B3742", "#12181F")


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
            "marker": _fill(one.key, style),
            "hovertemplate": _hover("%{x}", one.name, "%{y:,}", unit),
            **_values_inside([point.value for point in one.points], most),
        }
        for one in series
    ]
    layout = _layout(style, 300, barmode="stack", bargap=0.35)
    layout["xaxis"] |= _years(years)
    layout["yaxis"]["title"] |= {"text": unit}
    layout["legend"] = _legend(len(series))
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
            "marker": _fill(one.key, style),
            "hovertemplate": _hover("%{customdata[0]} %{customdata[1]}", one.name, "%{x:,}", unit),
            **_values_inside([point.value for point in one.points], most),
        }
        for one in series
    ]
    layout = _layout(style, height_of(len(governments)), barmode="stack", bargap=0.3)
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
    layout["legend"] = _legend(len(series))
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
        "hovertemplate": _hover("%{customdata[1]}", "%{y}", "%{x:,}", unit),
    }
    layout = _layout(style, max(220, 34 * len(points) + 60), bargap=0.35)
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "automargin": True}
    layout["xaxis"] |= {"showgrid": True, "rangemode": "tozero"}
    layout["xaxis"]["title"] |= {"text": unit}
    return {"data": [trace], "layout": layout}


def small_multiples(
    panels: Sequence[Series],
    years: Sequence[int],
    unit: str,
    style: Style,
    columns: int = 7,
    shared: bool = True,
) -> Figure:
    """A small line a panel, on one scale if `shared`. A year without a number is a gap; an approximate one is hollow."""
    rows = -(-len(panels) // columns)
    everywhere = max((point.value or 0 for panel in panels for point in panel.points), default=0)
    height = 132 * rows + 26
    layout = _layout(style, height, showlegend=False)
    layout["margin"] |= {"t": 4, "b": 22, "l": 44}
    del layout["xaxis"], layout["yaxis"]
    layout["annotations"] = []
    traces = []
    for at, panel in enumerate(panels):
        row, column = divmod(at, columns)
        suffix = "" if at == 0 else str(at + 1)
        across = _share(column, columns, 0.02 if shared else 0.06)
        upward = _share(rows - 1 - row, rows, 36 / height)
        top = everywhere if shared else max((point.value or 0 for point in panel.points), default=0)
        traces.append(_panel(panel, suffix, unit))
        layout[f"xaxis{suffix}"] = (
            _axis(style) | _panel_years(years) | {"domain": across, "anchor": f"y{suffix}"}
        )
        layout[f"yaxis{suffix}"] = _axis(style) | {
            "domain": upward,
            "anchor": f"x{suffix}",
            "range": [0, (top or 1) * 1.12],
            "nticks": 3,
            "showticklabels": column == 0 or not shared,
            "showgrid": True,
        }
        layout["annotations"].append(_panel_title(panel.name, across[0], upward[1], style))
    return {"data": traces, "layout": layout}


def sankey(
    nodes: Sequence[tuple[str, str, Number]], links: Sequence[tuple[str, str, int]], unit: str, style: Style
) -> Figure:
    """Flows of `links` (from, to, value) between `nodes` (key, name, value), each in its own fixed colour."""
    position = {key: at for at, (key, _, _) in enumerate(nodes)}
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "valueformat": ",",
        "valuesuffix": f" {unit}",
        "textfont": {"family": FONT, "size": 13, "color": style.ink, "shadow": "none"},
        "node": {
            "label": [f"{name}  {value:,}" for _, name, value in nodes],
            "color": [COLOURS.get(key, "#8794A0") for key, _, _ in nodes],
            "pad": 14,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [position[source] for source, _, _ in links],
            "target": [position[target] for _, target, _ in links],
            "value": [value for _, _, value in links],
            "color": [
                _veiled(COLOURS.get(target, COLOURS.get(source, "#8794A0"))) for source, target, _ in links
            ],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{value}<extra></extra>",
        },
    }
    layout = _layout(style, 330)
    layout["margin"] = {"l": 6, "r": 6, "t": 12, "b": 12}
    return {"data": [trace], "layout": layout}


def grid(
    points: Sequence[Point],
    states: Mapping[str, str],
    governments: Sequence[str],
    years: Sequence[int],
    style: Style,
) -> Figure:
    """A square for each government and year, coloured by its state; what is missing is an empty outline."""
    traces = []
    for state, name in states.items():
        chosen = [point for point in points if point.key == state]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": name,
                "x": [point.year for point in chosen],
                "y": [short(point.government) for point in chosen],
                "text": [f"{point.value}" if point.value else "" for point in chosen],
                "textfont": {"size": 11, "color": "#1B2733"},
                "customdata": [point.origin for point in chosen],
                "marker": _square(state, style),
                "unselected": {"marker": {"opacity": 1}, "textfont": {"color": "#1B2733"}},
                "hovertemplate": f"%{{customdata[0]}} %{{x}}<br>{name}<br>%{{customdata[3]}}<extra></extra>",
            }
        )
    layout = _layout(style, 25 * len(governments) + 76, hovermode="closest")
    layout["xaxis"] |= _years(years) | {
        "side": "top",
        "ticks": "",
        "range": [years[0] - 0.6, years[-1] + 0.6],
    }
    order = [short(name) for name in reversed(governments)]
    layout["yaxis"] |= {
        "categoryorder": "array",
        "categoryarray": order,
        "showgrid": False,
        "automargin": True,
    }
    layout["yaxis"]["range"] = [-0.6, len(order) - 0.4]
    layout["legend"] = _legend(len(states)) | {"y": -0.02, "yanchor": "top"}
    layout["margin"] |= {"t": 26, "b": 30}
    return {"data": traces, "layout": layout}


def height_of(governments: int) -> int:
    """The height in pixels of a chart with a bar a government, for what stands beside it."""
    return max(220, 27 * governments + 84)


def short(government: str) -> str:
    """A government's name without the words that all of them share, for the axis of a chart."""
    for ending in ("人民政府", "办事处"):
        if government.endswith(ending) and len(government) > len(ending) + 1:
            return government.removesuffix(ending)
    return government


def _layout(style: Style, height: int, **more: Any) -> Figure:
    return {
        "height": height,
        "margin": {"l": 10, "r": 14, "t": 34, "b": 34},
        "font": {"family": FONT, "size": 13, "color": style.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ".,",
        "dragmode": False,
        "clickmode": "event+select",
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left", "namelength": -1},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": style.faint, "activecolor": style.ink},
        "xaxis": _axis(style),
        "yaxis": _axis(style) | {"showgrid": True, "rangemode": "tozero", "automargin": True},
        **more,
    }


def _axis(style: Style) -> Figure:
    return {
        "showgrid": False,
        "gridcolor": style.grid,
        "zeroline": False,
        "linecolor": style.grid,
        "tickformat": ",d",
        "tickfont": {"size": 12, "color": style.faint},
        "title": {"font": {"size": 12, "color": style.faint}, "standoff": 4},
        "fixedrange": True,
    }


def _years(years: Sequence[int]) -> Figure:
    return {
        "tickmode": "array",
        "tickvals": list(years),
        "ticktext": [str(year) for year in years],
        "range": [years[0] - 0.5, years[-1] + 0.5],
    }


def _panel_years(years: Sequence[int]) -> Figure:
    shown = [years[0], years[-1]] if len(years) > 1 else list(years)
    return _years(years) | {
        "tickvals": shown,
        "ticktext": [str(year) for year in shown],
        "tickfont": {"size": 10, "color": "#78858F"},
    }


def _legend(entries: int) -> Figure:
    return {
        "orientation": "h",
        "x": 0,
        "y": 1.02,
        "yanchor": "bottom",
        "traceorder": "normal",
        "font": {"size": 12},
    } | ({} if entries > 1 else {"visible": False})


def _fill(key: str, style: Style) -> Figure:
    return {"color": COLOURS[key], "line": {"color": style.paper, "width": 0.6}}


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


def _square(state: str, style: Style) -> Figure:
    missing = state == "missing"
    line = {"color": style.faint if missing else COLOURS[state], "width": 1.2}
    return {
        "symbol": "square",
        "size": 19,
        "color": style.paper if missing else COLOURS[state],
        "line": line,
        "opacity": 1,
    }


def _panel(panel: Series, suffix: str, unit: str) -> Figure:
    points = panel.points
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": panel.name,
        "x": [point.year for point in points],
        "y": [point.value for point in points],
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
        "connectgaps": False,
        "line": {"color": BLUE, "width": 1.8},
        "marker": {
            "size": 6,
            "color": BLUE,
            "symbol": ["circle-open" if point.hollow else "circle" for point in points],
        },
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [point.origin for point in points],
        "hovertemplate": _hover("%{customdata[0]} %{x}", "", "%{y:,}", unit),
    }


def _panel_title(name: str, x: float, y: float, style: Style) -> Figure:
    place = {"xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": "left", "yanchor": "bottom"}
    return place | {"text": short(name), "showarrow": False, "font": {"size": 12, "color": style.ink}}


def _share(at: int, of: int, gap: float) -> list[float]:
    return [round(at / of, 4), round((at + 1) / of - gap, 4)]


def _hover(where: str, name: str, value: str, unit: str) -> str:
    said = f"{name} " if name else ""
    return f"{where}<br>{said}<b>{value}</b> {unit}<br>%{{customdata[3]}}<extra></extra>"


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


def _veiled(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.38)"
