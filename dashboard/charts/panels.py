"""Small lines, one a government or one a figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dashboard.charts.joined import Spot, joined
from dashboard.charts.style import (
    BLUE,
    Figure,
    Series,
    Style,
    axis,
    base,
    lettering,
    room_for,
    short,
)

# The room between two panels of a row: in years, where they share an axis, or as a part of the row.
_BETWEEN, _BESIDE = 1.2, 0.06
# Pixels of a panel's height, of what stands between two rows, and of that what stands above the first.
_PANEL, _BETWEEN_ROWS, _TITLE = 94, 46, 20
# Pixels of a panel's width at least, so that the years below two panels stay apart.
_NARROWEST = 140
# How a line is drawn, the hindmost first.
_FAINT, _DOTTED, _FULL = range(3)


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
    """A small line a panel, at most `columns` beside each other and fewer on a narrow screen, on one scale if `shared`; `unit` stands above it, and is told by the panels' names if not.

    A year without a number is a gap; an approximate one is hollow. Years of a kindred number stand on a dotted line apart.
    The point of a single year has its number beside it.

    `middles` has a line to compare with for each panel, drawn faintly. `breaks` names the years before which a panel's form changed.
    """
    columns = max(1, min(columns, len(panels), style.room // _NARROWEST))
    tops = [_top([panel, *middles[at : at + 1]]) for at, panel in enumerate(panels)]
    layout = base(style, _height(len(panels), columns), showlegend=False, meta=unit)
    layout["margin"] |= {"t": 4, "b": 22, "l": max(room_for([f"{max(tops, default=0):,.0f}", unit]), 30)}
    del layout["xaxis"], layout["yaxis"]
    layout |= (_axes_of_rows if shared else _axes_of_panels)(tops, years, columns, style)
    layout["annotations"] = [_unit(unit, columns, len(panels), style)] if unit else []
    names: dict[str, list[tuple[float, str]]] = {}
    turned: dict[str, list[float]] = {}
    lines: list[_Line] = []
    for at, panel in enumerate(panels):
        place = _Place(at // columns, at % columns * _step(years)) if shared else _Place(at, 0)
        lines += [_Line(place, _FAINT, panel.name, line) for line in middles[at : at + 1]]
        lines += [_Line(place, kind, panel.name, part) for kind, part in _apart(panel)]
        names.setdefault(place.suffix, []).append((years[0] + place.offset - 0.5, short(panel.name)))
        for year in (breaks or {}).get(panel.name, ()):
            turned.setdefault(place.suffix, []).append(year + place.offset - 0.5)
    alike = groupby(sorted(lines, key=_Line.order), key=_Line.order)
    traces = [_alike(list(few), unit, style) for _, few in alike]
    if len(years) == 1:
        traces = [one | _numbered(one, style) if "markers" in one["mode"] else one for one in traces]
    traces += [
        _names(few, suffix, layout[f"yaxis{suffix}"]["range"][1], style) for suffix, few in names.items()
    ]
    layout["shapes"] = [_breaks(few, suffix, style) for suffix, few in turned.items()]
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a panel. Those on the same axes that are drawn alike are one trace."""

    place: _Place
    kind: int
    panel: str
    series: Series

    def order(self) -> tuple[int, int]:
        return self.place.axes, self.kind

    @property
    def spots(self) -> list[Spot]:
        """Its points with their places along the axis."""
        return [(point.year + self.place.offset, point) for point in self.series.points]


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
    """The first and the last year under each of the panels, which take their part of a row with room for `columns`."""
    shown = [years[0], years[-1]] if len(years) > 1 else list(years)
    begin = years[0] - 0.5
    taken, whole = (count * _step(years) - _BETWEEN for count in (panels, columns))
    return axis(style) | {
        "tickmode": "array",
        "tickvals": [year + at * _step(years) for at in range(panels) for year in shown],
        "ticktext": [str(year) for year in shown] * panels,
        "tickangle": 0,
        "range": [begin, begin + taken],
        "domain": [0, round(taken / whole, 4)],
        "tickfont": {"size": 11, "color": style.faint},
    }


def _upward(row: int, panels: int, columns: int) -> list[float]:
    rows = -(-panels // columns)
    foot = (rows - 1 - row) * (_PANEL + _BETWEEN_ROWS)
    return [round(at / _drawn(rows), 4) for at in (foot, foot + _PANEL)]


def _apart(panel: Series) -> list[tuple[int, Series]]:
    """The line of a panel, and before it that of kindred numbers, if any: each has gaps where the other is."""
    if not any(point.dotted and point.value is not None for point in panel.points):
        return [(_FULL, panel)]
    return [
        (
            kind,
            replace(
                panel, points=[p if p.dotted == dotted else replace(p, value=None) for p in panel.points]
            ),
        )
        for kind, dotted in ((_DOTTED, True), (_FULL, False))
    ]


def _alike(lines: Sequence[_Line], unit: str, style: Style) -> Figure:
    """The lines of one kind on the same axes, panels beside each other."""
    place, kind = lines[0].place, lines[0].kind
    names = {line.series.name for line in lines}
    drawn = {"color": style.of(BLUE), "width": 1.8, "dash": "dot" if kind == _DOTTED else "solid"}
    return (
        joined([line.spots for line in lines], [line.panel for line in lines], unit, drawn, size=6)
        | {
            "name": names.pop() if len(names) == 1 else "",
            "xaxis": f"x{place.suffix}",
            "yaxis": f"y{place.suffix}",
        }
        | (_faint(style) if kind == _FAINT else {})
    )


def _numbered(line: Figure, style: Style) -> Figure:
    """The numbers of a line's points, beside them."""
    return {
        "mode": "lines+markers+text",
        "text": ["" if value is None else f" {value:,}" for value in line["y"]],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": style.ink},
        "cliponaxis": False,
    }


def _faint(style: Style) -> Figure:
    """A line to compare with: what is clicked is the government's own."""
    return {
        "mode": "lines",
        "line": {"color": style.faint, "width": 1.2, "dash": "dot"},
        "hovertemplate": None,
        "hoverinfo": "skip",
    }


def _breaks(places: Sequence[float], suffix: str, style: Style) -> Figure:
    """The lines at which a panel's form changes, as one."""
    return {
        "type": "path",
        "path": "".join(f"M{x},0L{x},1" for x in places),
        "xref": f"x{suffix}",
        "yref": f"y{suffix} domain",
        "line": {"width": 1, "dash": "dot", "color": style.faint},
    }


def _names(names: Sequence[tuple[float, str]], suffix: str, top: float, style: Style) -> Figure:
    """The names of panels above their left edges."""
    said = lettering(
        [x for x, _ in names], [top] * len(names), [name for _, name in names], "top right", 12, style.ink
    )
    return said | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}


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
        "yshift": -2,
        "y": _upward(0, panels, columns)[1],
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": style.faint},
    }
