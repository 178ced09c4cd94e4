"""Small lines a government, and the grid of governments and years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.style import (
    BLUE,
    WHITE,
    Figure,
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

# The room between two panels of a row: in years, where they share an axis, or as a part of the row.
_BETWEEN, _BESIDE = 1.2, 0.06
# Pixels of a panel's height, of what stands between two rows, and of that what stands above the first.
_PANEL, _BETWEEN_ROWS, _TITLE = 94, 46, 20


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
    """A small line a panel, at most `columns` beside each other, on one scale if `shared`; `unit` stands above it, and is told by the panels' names if not.

    A year without a number is a gap; an approximate one is hollow. Years of a kindred number stand on a dotted line apart.
    The point of a single year has its number beside it.

    `middles` has a line to compare with for each panel, drawn faintly. `breaks` names the years before which a panel's form changed.
    """
    columns = max(1, min(columns, len(panels)))
    tops = [_top([panel, *middles[at : at + 1]]) for at, panel in enumerate(panels)]
    layout = base(style, _height(len(panels), columns), showlegend=False, meta=unit)
    layout["margin"] |= {"t": 4, "b": 22, "l": max(room_for([f"{max(tops, default=0):,.0f}", unit]), 30)}
    del layout["xaxis"], layout["yaxis"]
    layout |= (_axes_of_rows if shared else _axes_of_panels)(tops, years, columns, style)
    layout["annotations"] = [_unit(unit, columns, len(panels), style)] if unit else []
    layout["shapes"], traces = [], []
    for at, panel in enumerate(panels):
        place = _Place(at // columns, at % columns * _step(years)) if shared else _Place(at, 0)
        for line in middles[at : at + 1]:
            traces.append(_line(line, panel.name, place, unit, style) | _faint(style))
        own = [_line(part, panel.name, place, unit, style) for part in _apart(panel)]
        traces += own if len(years) > 1 else [line | _numbered(line, style) for line in own]
        layout["shapes"] += [_break(year, place, style) for year in (breaks or {}).get(panel.name, ())]
        layout["annotations"].append(_panel_title(panel.name, years[0], place, style))
    return {"data": traces, "layout": layout}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a panel stands: which pair of axes, and how far along it.

    Panels on one scale share the axes of their row, since each pair costs the browser as much as ten lines.
    """

    axes: int
    offset: float

    @property
    def suffix(self) -> str:
        return "" if self.axes == 0 else str(self.axes + 1)


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


def _top(panels: Sequence[Series]) -> float:
    return max((point.value or 0 for panel in panels for point in panel.points), default=0)


def _step(years: Sequence[int]) -> float:
    """How far the panels of a row stand from one another, in years."""
    return years[-1] - years[0] + 1 + _BETWEEN


def _height(panels: int, columns: int) -> int:
    return 26 + _drawn(-(-panels // columns))


def _drawn(rows: int) -> int:
    """The height of some rows within the margins."""
    return rows * (_PANEL + _BETWEEN_ROWS) - _BETWEEN_ROWS + _TITLE


def _axes_of_rows(tops: Sequence[float], years: Sequence[int], columns: int, style: Style) -> Figure:
    """A pair of axes a row, all on one scale."""
    axes: Figure = {}
    for row in range(-(-len(tops) // columns)):
        along = _years_along(years, min(columns, len(tops) - row * columns), columns, style)
        axes |= _pair(row, along, max(tops), _upward(row, len(tops), columns), style)
    return axes


def _axes_of_panels(tops: Sequence[float], years: Sequence[int], columns: int, style: Style) -> Figure:
    """A pair of axes a panel, each on a scale of its own."""
    axes: Figure = {}
    for at, top in enumerate(tops):
        along = _years_along(years, 1, 1, style) | {"domain": _share(at % columns, columns)}
        axes |= _pair(at, along, top, _upward(at // columns, len(tops), columns), style)
    return axes


def _pair(at: int, along: Figure, top: float, upward: list[float], style: Style) -> Figure:
    suffix = _Place(at, 0).suffix
    scale = {"range": [0, (top or 1) * 1.12], "nticks": 3, "dtick": 1 if top <= 2 else None, "showgrid": True}
    return {
        f"xaxis{suffix}": along | {"anchor": f"y{suffix}"},
        f"yaxis{suffix}": axis(style) | scale | {"domain": upward, "anchor": f"x{suffix}"},
    }


def _years_along(years: Sequence[int], panels: int, columns: int, style: Style) -> Figure:
    """The first and the last year under each of the panels, with room for `columns` of them."""
    shown = [years[0], years[-1]] if len(years) > 1 else list(years)
    begin = years[0] - 0.5
    return axis(style) | {
        "tickmode": "array",
        "tickvals": [year + at * _step(years) for at in range(panels) for year in shown],
        "ticktext": [str(year) for year in shown] * panels,
        "tickangle": 0,
        "range": [begin, begin + columns * _step(years) - _BETWEEN],
        "tickfont": {"size": 11, "color": style.faint},
    }


def _upward(row: int, panels: int, columns: int) -> list[float]:
    rows = -(-panels // columns)
    foot = (rows - 1 - row) * (_PANEL + _BETWEEN_ROWS)
    return [round(at / _drawn(rows), 4) for at in (foot, foot + _PANEL)]


def _apart(panel: Series) -> list[Series]:
    """The line of a panel, and before it that of kindred numbers, if any: each has gaps where the other is."""
    if not any(point.dotted for point in panel.points):
        return [panel]
    return [
        replace(panel, points=[p if p.dotted == dotted else replace(p, value=None) for p in panel.points])
        for dotted in (True, False)
    ]


def _line(line: Series, panel: str, place: _Place, unit: str, style: Style) -> Figure:
    """A line of the panel; its years are told by `customdata`, since x says where along the row they stand."""
    points = line.points
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "legendgroup": panel,
        "x": [point.year + place.offset for point in points],
        "y": [point.value for point in points],
        "xaxis": f"x{place.suffix}",
        "yaxis": f"y{place.suffix}",
        "connectgaps": False,
        "line": {"color": style.of(BLUE), "width": 1.8, "dash": "dot" if _is_dotted(points) else "solid"},
        "marker": {
            "size": 6,
            "color": style.of(BLUE),
            "symbol": ["circle-open" if point.hollow else "circle" for point in points],
        },
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [point.origin for point in points],
        "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", "", "%{y:,}", unit),
    }


def _numbered(line: Figure, style: Style) -> Figure:
    """The numbers of a line's points, beside them."""
    return {
        "mode": "lines+markers+text",
        "text": ["" if value is None else f" {value:,}" for value in line["y"]],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": style.ink},
        "cliponaxis": False,
    }


def _is_dotted(points: Sequence[Point]) -> bool:
    return any(point.dotted and point.value is not None for point in points)


def _faint(style: Style) -> Figure:
    """A line to compare with: what is clicked is the government's own."""
    return {
        "mode": "lines",
        "line": {"color": style.faint, "width": 1.2, "dash": "dot"},
        "hovertemplate": None,
        "hoverinfo": "skip",
    }


def _break(year: int, place: _Place, style: Style) -> Figure:
    line = {"width": 1, "dash": "dot", "color": style.faint}
    before = year + place.offset - 0.5
    across = {"x0": before, "x1": before, "xref": f"x{place.suffix}"}
    return across | {"type": "line", "y0": 0, "y1": 1, "yref": f"y{place.suffix} domain", "line": line}


def _panel_title(name: str, first: int, place: _Place, style: Style) -> Figure:
    return {
        "text": short(name),
        "x": first + place.offset - 0.5,
        "y": 1,
        "xref": f"x{place.suffix}",
        "yref": f"y{place.suffix} domain",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": style.ink},
    }


def _share(at: int, of: int) -> list[float]:
    """The part of a row that belongs to one of so many panels: the last ends where the row does."""
    begin = at * (1 + _BESIDE) / of
    return [round(begin, 4), round(begin + (1 + _BESIDE) / of - _BESIDE, 4)]


def _unit(unit: str, columns: int, panels: int, style: Style) -> Figure:
    """The unit at the height of the first row's names, above its scale."""
    return {
        "text": unit,
        "x": 0,
        "xref": "paper",
        "xanchor": "right",
        "xshift": -5,
        "y": _upward(0, panels, columns)[1],
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": style.faint},
    }


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
