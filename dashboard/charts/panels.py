"""Small lines, one a government or one a figure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dashboard.charts.joined import Spot, joined
from dashboard.charts.panel_rows import PANEL, Place, Rows, Scale
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
# A straight line's two ends.
_Stroke = tuple[tuple[float, float], tuple[float, float]]


def small_multiples(
    panels: Sequence[Series],
    years: Sequence[int],
    unit: str,
    style: Style,
    columns: int = 7,
    shared: bool = True,
    middles: Sequence[Series] = (),
    breaks: Mapping[str, Iterable[int]] | None = None,
    unsaid: str = "",
) -> Figure:
    """A small line a panel, at most `columns` beside each other and fewer on a narrow screen, on one scale if `shared`; `unit` stands above it, and is told by the panels' names if not.

    A year without a number is a gap; an approximate one is hollow. Years of a kindred number stand on a dotted line apart.
    The point of a single year has its number beside it; a panel without any number says `unsaid`.

    `middles` has a line to compare with for each panel, drawn faintly. `breaks` names the years before which a panel's form changed.
    """
    columns = max(1, min(columns, len(panels), style.room // _NARROWEST))
    tops = [_top([panel, *middles[at : at + 1]]) for at, panel in enumerate(panels)]
    highest = max(tops, default=0)
    rows = Rows(len(panels), years, columns, highest if shared else None)
    layout = base(style, rows.height, showlegend=False, meta=[unit, shared])
    layout["margin"] |= {"t": 4, "b": 0, "l": max(room_for([f"{highest:,.0f}", unit]), 30)}
    layout |= rows.axes()
    places = [rows.place(at, top) for at, top in enumerate(tops)]
    lines: list[_Line] = []
    for at, (panel, place) in enumerate(zip(panels, places, strict=True)):
        lines += [_Line(place, _FAINT, panel.name, line) for line in middles[at : at + 1]]
        lines += [_Line(place, kind, panel.name, part) for kind, part in _apart(panel)]
    alike = groupby(sorted(lines, key=_kind), key=_kind)
    traces = [_alike(kind, list(few), unit, style) for kind, few in alike]
    if len(years) == 1:
        traces = [one | _numbered(one, style) if "markers" in one["mode"] else one for one in traces]
    scales = list(rows.scales(places))
    words = [*_names(panels, places, rows), *_years(places, rows), *_numbers(scales)]
    words += _unsaid(panels, places, rows, unsaid)
    if unit:
        words.append(_Word(rows.begin, places[0].foot + PANEL, f"{unit}\u2009\u2009", "top left", 12))
    layout["shapes"] = [_heights(scales, style)]
    if turned := list(_turned(panels, places, breaks or {})):
        layout["shapes"].append(_drawn(turned, {"width": 1, "dash": "dot", "color": style.faint}))
    return {"data": [*traces, _lettered(words, style)], "layout": layout}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a panel. Those that are drawn alike are one trace."""

    place: Place
    kind: int
    panel: str
    series: Series

    @property
    def spots(self) -> list[Spot]:
        """Its points with their places along the axes."""
        place = self.place
        return [
            (point.year + place.offset, None if point.value is None else place.up(point.value), point)
            for point in self.series.points
        ]


def _kind(line: _Line) -> int:
    return line.kind


@dataclass(frozen=True, slots=True)
class _Word:
    """What is written at a place, on which side of it, how large; not `faint` as names are."""

    x: float
    y: float
    text: str
    side: str
    size: int
    faint: bool = True


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


def _alike(kind: int, lines: Sequence[_Line], unit: str, style: Style) -> Figure:
    """The lines of one kind."""
    names = {line.series.name for line in lines}
    drawn = {"color": style.of(BLUE), "width": 1.8, "dash": "dot" if kind == _DOTTED else "solid"}
    return (
        joined([line.spots for line in lines], [line.panel for line in lines], unit, drawn, size=6)
        | {"name": names.pop() if len(names) == 1 else ""}
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


def _turned(
    panels: Sequence[Series], places: Sequence[Place], breaks: Mapping[str, Iterable[int]]
) -> Iterator[_Stroke]:
    """The lines at which a panel's form changes."""
    for panel, place in zip(panels, places, strict=True):
        for year in breaks.get(panel.name, ()):
            x = year + place.offset - 0.5
            yield (x, place.foot), (x, place.foot + PANEL)


def _heights(scales: Iterable[Scale], style: Style) -> Figure:
    """The lines at the numbers of the scales."""
    strokes = [
        ((one.left, up), (one.right, up)) for one in scales for up in map(one.place.up, one.place.marks)
    ]
    return _drawn(strokes, {"width": 1, "color": style.grid}) | {"layer": "below"}


def _drawn(strokes: Iterable[_Stroke], line: Figure) -> Figure:
    """Lines from end to end, as one shape."""
    path = "".join(f"M{x0},{y0}L{x1},{y1}" for (x0, y0), (x1, y1) in strokes)
    return {"type": "path", "path": path, "line": line}


def _names(panels: Sequence[Series], places: Sequence[Place], rows: Rows) -> Iterator[_Word]:
    """The names of panels above their left edges."""
    for panel, place in zip(panels, places, strict=True):
        yield _Word(
            rows.begin + place.offset, place.foot + PANEL, short(panel.name), "top right", 12, faint=False
        )


def _years(places: Sequence[Place], rows: Rows) -> Iterator[_Word]:
    """The first and the last year under each panel."""
    for place in places:
        for year in sorted({rows.years[0], rows.years[-1]}):
            yield _Word(year + place.offset, place.foot - 6, str(year), "bottom center", 11)


def _numbers(scales: Iterable[Scale]) -> Iterator[_Word]:
    """The numbers of the scales, beside their left edges."""
    for one in scales:
        for mark in one.place.marks:
            yield _Word(one.left, one.place.up(mark), f"{mark:,.10g}\u2009", "middle left", 11)


def _unsaid(panels: Sequence[Series], places: Sequence[Place], rows: Rows, words: str) -> Iterator[_Word]:
    """What is said in the middle of panels that have no number."""
    for panel, place in zip(panels, places, strict=True):
        if all(point.value is None for point in panel.points):
            middle = rows.begin + place.offset + rows.span / 2
            yield _Word(middle, place.foot + PANEL / 2, words, "middle center", 12)


def _lettered(words: Sequence[_Word], style: Style) -> Figure:
    """All words of a chart, as one trace."""
    return lettering(
        [word.x for word in words],
        [word.y for word in words],
        [word.text for word in words],
        [word.side for word in words],
        [word.size for word in words],
        [style.faint if word.faint else style.ink for word in words],
    )
