"""Small lines, one a government or one a figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dashboard.charts.joined import Spot, joined
from dashboard.charts.panel_rows import Place, Rows, suffix
from dashboard.charts.style import (
    BLUE,
    Figure,
    Series,
    Style,
    base,
    lettering,
    room_for,
    short,
)

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
    highest = max(tops, default=0)
    rows = Rows(len(panels), years, columns, highest if shared else None)
    layout = base(style, rows.height, showlegend=False, meta=unit)
    layout["margin"] |= {"t": 4, "b": 22, "l": max(room_for([f"{highest:,.0f}", unit]), 30)}
    del layout["xaxis"], layout["yaxis"]
    layout |= rows.axes(style)
    layout["annotations"] = [_unit(unit, rows, style)] if unit else []
    places = [rows.place(at, top) for at, top in enumerate(tops)]
    lines: list[_Line] = []
    for at, (panel, place) in enumerate(zip(panels, places, strict=True)):
        lines += [_Line(place, _FAINT, panel.name, line) for line in middles[at : at + 1]]
        lines += [_Line(place, kind, panel.name, part) for kind, part in _apart(panel)]
    alike = groupby(sorted(lines, key=_Line.order), key=_Line.order)
    traces = [_alike(list(few), unit, style) for _, few in alike]
    if len(years) == 1:
        traces = [one | _numbered(one, style) if "markers" in one["mode"] else one for one in traces]
    layout["shapes"] = []
    for row, few in groupby(zip(panels, places, strict=True), key=lambda one: one[1].row):
        of_row = list(few)
        traces.append(_names(of_row, rows, row, layout[f"yaxis{suffix(row)}"]["range"][1], style))
        if not shared:
            traces.append(_scales([place for _, place in of_row], rows, row, style))
            layout["shapes"].append(_heights([place for _, place in of_row], rows, row, style))
        if turned := [
            year + place.offset - 0.5
            for panel, place in of_row
            for year in (breaks or {}).get(panel.name, ())
        ]:
            layout["shapes"].append(_breaks(turned, row, style))
    return {"data": traces, "layout": layout}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a panel. Those of a row that are drawn alike are one trace."""

    place: Place
    kind: int
    panel: str
    series: Series

    def order(self) -> tuple[int, int]:
        return self.place.row, self.kind

    @property
    def spots(self) -> list[Spot]:
        """Its points with their places along the axes."""
        along, scale = self.place.offset, self.place.scale
        return [
            (point.year + along, None if point.value is None else point.value / scale, point)
            for point in self.series.points
        ]


def _top(panels: Sequence[Series]) -> float:
    return max((point.value or 0 for panel in panels for point in panel.points), default=0)


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
        | {"name": names.pop() if len(names) == 1 else ""}
        | _on(place.row)
        | (_faint(style) if kind == _FAINT else {})
    )


def _numbered(line: Figure, style: Style) -> Figure:
    """The numbers of a line's points, beside them."""
    return {
        "mode": "lines+markers+text",
        "text": ["" if value is None else f" {value:,}" for *_, value in line["customdata"]],
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


def _breaks(places: Sequence[float], row: int, style: Style) -> Figure:
    """The lines at which a panel's form changes, as one."""
    ends = [((x, 0), (x, 1)) for x in places]
    line = {"width": 1, "dash": "dot", "color": style.faint}
    return _drawn(ends, row, line) | {"yref": f"y{suffix(row)} domain"}


def _drawn(ends: Iterable[tuple[tuple[float, float], tuple[float, float]]], row: int, line: Figure) -> Figure:
    """Lines from end to end, as one shape on the axes of a row."""
    path = "".join(f"M{x0},{y0}L{x1},{y1}" for (x0, y0), (x1, y1) in ends)
    return {
        "type": "path",
        "path": path,
        "xref": f"x{suffix(row)}",
        "yref": f"y{suffix(row)}",
        "line": line,
    }


def _names(panels: Sequence[tuple[Series, Place]], rows: Rows, row: int, top: float, style: Style) -> Figure:
    """The names of a row's panels above their left edges."""
    x = [rows.begin + place.offset for _, place in panels]
    said = [short(panel.name) for panel, _ in panels]
    return lettering(x, [top] * len(x), said, "top right", 12, style.ink) | _on(row)


def _scales(places: Sequence[Place], rows: Rows, row: int, style: Style) -> Figure:
    """The numbers of the panels' own scales, beside their left edges."""
    marks = [(rows.begin + place.offset, at, place.scale) for place in places for at in _marks(place)]
    x, y = [along for along, _, _ in marks], [up for _, up, _ in marks]
    said = [f"{up * scale:,.10g}\u2009" for _, up, scale in marks]
    return lettering(x, y, said, "middle left", 11, style.faint) | _on(row)


def _heights(places: Sequence[Place], rows: Rows, row: int, style: Style) -> Figure:
    """The lines at the numbers of the panels' own scales, as one."""
    begins = [(rows.begin + place.offset, at) for place in places for at in _marks(place)]
    ends = [((left, at), (left + rows.span, at)) for left, at in begins]
    return _drawn(ends, row, {"width": 1, "color": style.grid}) | {"layer": "below"}


def _marks(place: Place) -> tuple[float, ...]:
    """How high the numbers of a panel's own scale stand: nothing is half a case."""
    return (0, 1) if place.scale == 1 else (0, 0.5, 1)


def _on(row: int) -> Figure:
    """Which axes a row's traces are drawn on."""
    return {"xaxis": f"x{suffix(row)}", "yaxis": f"y{suffix(row)}"}


def _unit(unit: str, rows: Rows, style: Style) -> Figure:
    """The unit at the height of the first row's names, above its scale."""
    return {
        "text": unit,
        "x": 0,
        "xref": "paper",
        "xanchor": "right",
        "xshift": -5,
        "yshift": -2,
        "y": rows.upward(0)[1],
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": style.faint},
    }
