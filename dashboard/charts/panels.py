"""Small lines a government, the grid of governments and years, and flows."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.charts.style import (
    BLUE,
    FONT,
    WHITE,
    Figure,
    Number,
    Point,
    Series,
    Style,
    add_legend,
    axis,
    base,
    hover,
    ink_on,
    room_for,
    short,
    year_axis,
)


def small_multiples(
    panels: Sequence[Series],
    years: Sequence[int],
    unit: str,
    style: Style,
    columns: int = 7,
    shared: bool = True,
    middles: Sequence[Series] = (),
    breaks: Mapping[str, Iterable[int]] | None = None,
) -> Figure:
    """A small line a panel, on one scale if `shared`. A year without a number is a gap; an approximate one is hollow.

    `middles` has a line to compare with for each panel, drawn faintly. `breaks` names the years before which a panel's form changed.
    """
    rows = -(-len(panels) // columns)
    everywhere = _top([*panels, *middles])
    height = 140 * rows + 26
    layout = base(style, height, showlegend=False, meta=unit)
    layout["margin"] |= {"t": 4, "b": 22, "l": max(room_for([f"{everywhere:,.0f}"]), 30)}
    del layout["xaxis"], layout["yaxis"]
    layout["annotations"], layout["shapes"] = [], []
    traces = []
    for at, panel in enumerate(panels):
        row, column = divmod(at, columns)
        suffix = "" if at == 0 else str(at + 1)
        across = _share(column, columns, 0.02 if shared else 0.06)
        upward = _share(rows - 1 - row, rows, 46 / height)
        top = everywhere if shared else _top([panel, *middles[at : at + 1]])
        traces += [_panel(line, suffix, unit, style) | _faint(style) for line in middles[at : at + 1]]
        traces.append(_panel(panel, suffix, unit, style))
        layout["shapes"] += [_break(year, suffix, style) for year in (breaks or {}).get(panel.name, ())]
        layout[f"xaxis{suffix}"] = (
            axis(style) | _panel_years(years, style) | {"domain": across, "anchor": f"y{suffix}"}
        )
        layout[f"yaxis{suffix}"] = axis(style) | {
            "domain": upward,
            "anchor": f"x{suffix}",
            "range": [0, (top or 1) * 1.12],
            "nticks": 3,
            "dtick": 1 if top <= 2 else None,
            "showticklabels": column == 0 or not shared,
            "showgrid": True,
        }
        layout["annotations"].append(_panel_title(panel.name, across[0], upward[1], style))
    return {"data": traces, "layout": layout}


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
    layout = base(style, 25 * len(governments) + 76, hovermode="closest")
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
    layout["margin"] |= {"t": 26, "b": 12, "l": room_for(order)}
    add_legend(layout, list(states.values()), below=True)
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
            "color": [style.named(key) for key, _, _ in nodes],
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
                _veiled(style.named(source if target == "handled" else target)) for source, target, _ in links
            ],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{value}<extra></extra>",
        },
    }
    layout = base(style, 330)
    layout["margin"] |= {"l": 6, "r": 6, "t": 12, "b": 12}
    return {"data": [trace], "layout": layout}


def _top(panels: Sequence[Series]) -> float:
    return max((point.value or 0 for panel in panels for point in panel.points), default=0)


def _panel_years(years: Sequence[int], style: Style) -> Figure:
    shown = [years[0], years[-1]] if len(years) > 1 else list(years)
    return year_axis(years) | {
        "tickvals": shown,
        "ticktext": [str(year) for year in shown],
        "tickfont": {"size": 11, "color": style.faint},
    }


def _panel(panel: Series, suffix: str, unit: str, style: Style) -> Figure:
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
        "line": {"color": style.of(BLUE), "width": 1.8},
        "marker": {
            "size": 6,
            "color": style.of(BLUE),
            "symbol": ["circle-open" if point.hollow else "circle" for point in points],
        },
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [point.origin for point in points],
        "hovertemplate": hover("%{customdata[0]} %{x}", "", "%{y:,}", unit),
    }


def _faint(style: Style) -> Figure:
    """A line to compare with: what is clicked is the government's own."""
    return {
        "mode": "lines",
        "line": {"color": style.faint, "width": 1.2, "dash": "dot"},
        "hovertemplate": None,
        "hoverinfo": "skip",
    }


def _break(year: int, suffix: str, style: Style) -> Figure:
    line = {"width": 1, "dash": "dot", "color": style.faint}
    across = {"x0": year - 0.5, "x1": year - 0.5, "xref": f"x{suffix}"}
    return across | {"type": "line", "y0": 0, "y1": 1, "yref": f"y{suffix} domain", "line": line}


def _panel_title(name: str, x: float, y: float, style: Style) -> Figure:
    place = {"xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": "left", "yanchor": "bottom"}
    return place | {"text": short(name), "showarrow": False, "font": {"size": 12, "color": style.ink}}


def _share(at: int, of: int, gap: float) -> list[float]:
    return [round(at / of, 4), round((at + 1) / of - gap, 4)]


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


def _veiled(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.38)"
