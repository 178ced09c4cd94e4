"""Plotly figure → what Word and Excel draw themselves, or the grid of squares that only a table can show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.style import BLUE, Figure, on_paper, short
from etl.paper.native_chart import Chart, Number, Series, Shape
from etl.paper.one_page import Squares

_BREAK = "┊"
# The column of a flow that all of it passes through.
_HUB = 1
# Paper is light, whatever the screen is.
_ON_PAPER, _ = on_paper()


@dataclass(frozen=True, slots=True)
class Words:
    """The words a native chart needs beyond those of its figure."""

    total: str
    sources: str
    results: str


def native(figure: Figure, title: str, words: Words) -> Chart | None:
    """The figure's bars, columns, lines or flows as a native chart; None where there are others, or none."""
    # What cannot be pointed at is decoration, but for the line that a panel is compared with.
    traces = [
        trace
        for trace in figure["data"]
        if trace.get("mode") != "text" and (trace.get("hoverinfo") != "skip" or "meta" in trace)
    ]
    kinds = {(trace["type"], trace.get("mode", "").partition("+")[0]) for trace in traces}
    if kinds == {("bar", "")} and "meta" in traces[0]:
        return _flow(traces[0], figure["layout"]["meta"], title, words)
    if kinds == {("bar", "")}:
        return _bars(figure, traces, title, words)
    if kinds == {("scatter", "lines")}:
        return _lines(figure, traces, title)
    return None


def squares(figure: Figure) -> Squares | None:
    """The figure's squares; None when it is none."""
    traces = figure["data"]
    if (
        not traces
        or "categoryarray" not in figure["layout"].get("yaxis", {})
        or any(trace.get("marker", {}).get("symbol") != "square" for trace in traces)
    ):
        return None
    found = {
        (name, str(year)): (text, _plain(trace["marker"]["color"]))
        for trace in traces
        for name, year, text in zip(trace["y"], trace["x"], trace["text"], strict=True)
    }
    names = tuple(reversed(figure["layout"]["yaxis"]["categoryarray"]))
    years = tuple(figure["layout"]["xaxis"]["ticktext"])
    return Squares(
        names, years, found, tuple((trace["name"], _plain(trace["marker"]["color"])) for trace in traces)
    )


def _bars(figure: Figure, traces: Sequence[Figure], title: str, words: Words) -> Chart:
    layout = figure["layout"]
    lies = traces[0].get("orientation") == "h"
    across, along = ("y", "x") if lies else ("x", "y")
    order = layout[f"{across}axis"].get("categoryarray")
    names = (
        list(reversed(order))
        if order
        else list(dict.fromkeys(name for one in traces for name in one[across]))
    )
    series = tuple(_series(one, names, across, along, title) for one in traces)
    stacked = layout.get("barmode") == "stack" and len(series) > 1
    breaks, note = _breaks(layout, names)
    return Chart(
        _shape(lies, stacked),
        title,
        tuple(str(name).replace("<br>", "") for name in names),
        series,
        layout.get("meta", ""),
        words.total if stacked else "",
        breaks,
        note,
    )


def _shape(lies: bool, stacked: bool) -> Shape:
    if lies:
        return Shape.STACKED_BARS if stacked else Shape.BARS
    return Shape.STACKED_COLUMNS if stacked else Shape.COLUMNS


def _lines(figure: Figure, traces: Sequence[Figure], title: str) -> Chart:
    """The lines of one chart, or a small chart for each panel: panels tell their unit and whether they share a scale."""
    layout = figure["layout"]
    told = layout.get("meta", "")
    if isinstance(told, list):
        unit, shared = told
        return _panels(unit, shared, traces, title)
    lines = [line | {"name": name} for one in traces for name, line in _parted(one)]
    places = list(dict.fromkeys(year for line in lines for year in line["year"]))
    breaks, note = _breaks(layout, places)
    return Chart(
        Shape.LINES,
        title,
        _ticks(layout, places),
        tuple(_series(line, places, "year", "value") for line in lines),
        told,
        breaks=breaks,
        note=note,
    )


def _panels(unit: str, shared: bool, traces: Sequence[Figure], title: str) -> Chart:
    """A small chart for each panel, the last of its lines its own; all on one scale if it is `shared`."""
    parted = [(panel, line) for trace in traces for panel, line in _parted(trace)]
    years = list(dict.fromkeys(year for _, line in parted for year in line["year"]))
    # Each panel has one line of its own, drawn in full.
    groups: dict[str, list[Series]] = {panel: [] for panel, line in parted if line["line"]["dash"] == "solid"}
    for panel, line in parted:
        groups[panel].append(_series(line, years, "year", "value", panel))
    top = max((value or 0 for lines in groups.values() for one in lines for value in one.values), default=0)
    return Chart(
        Shape.LINES,
        title,
        tuple(map(str, years)),
        tuple(map(_panel, groups.values())),
        unit,
        apart=True,
        top=top if shared else None,
    )


def _parted(trace: Figure) -> Iterator[tuple[str, Figure]]:
    """The lines of a trace, with what `meta` calls them, their years and numbers: where x is nothing, another begins."""
    ends = [at for at, x in enumerate(trace["x"]) if x is None]
    for name, begin, end in zip(
        trace["meta"], (0, *(at + 1 for at in ends)), (*ends, len(trace["x"])), strict=True
    ):
        told = trace["customdata"][begin:end]
        of = {"year": [year for _, year, *_ in told], "value": [value for *_, value in told]}
        yield name, trace | of


def _panel(lines: Sequence[Series]) -> Series:
    *before, own = lines
    return replace(own, name=short(own.name), beside=before[0] if before else None)


def _ticks(layout: Figure, places: Sequence[Any]) -> tuple[str, ...]:
    """The places along the axis as it names them."""
    axis = layout.get("xaxis", {})
    named = dict(zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=False))
    return tuple(str(named.get(place, place)) for place in places)


def _flow(trace: Figure, unit: str, title: str, words: Words) -> Chart:
    """A flow as two stacks beside each other: where it comes from, and where it goes."""
    series = []
    for column, name, colour, value in trace["meta"]:
        if column != _HUB:
            sides: list[Number] = [None, None]
            sides[column > _HUB] = value
            series.append(Series(name, _plain(colour), tuple(sides)))
    names = (words.sources, words.results)
    return Chart(Shape.STACKED_BARS, title, names, tuple(series), unit, words.total)


def _series(trace: Figure, names: Sequence[Any], across: str, along: str, alone: str = "") -> Series:
    """The trace's numbers in the order of `names`; `alone` is what a trace without a name is called."""
    values = dict(zip(trace[across], trace[along], strict=True))
    coloured = trace.get("line", {}).get("color") or trace.get("marker", {}).get("color")
    return Series(trace.get("name") or alone, _plain(coloured), tuple(values.get(name) for name in names))


def _breaks(layout: Figure, names: Sequence[Any]) -> tuple[tuple[int, ...], str]:
    """The dotted lines before a year, and the words that stand at them."""
    starts = [shape["x0"] + 0.5 for shape in layout.get("shapes", ()) if shape.get("x0") == shape.get("x1")]
    places = tuple(at for at, name in enumerate(names) if name in starts)
    said = [note["text"] for note in layout.get("annotations", ()) if note.get("xref") != "paper"]
    return places, f"{_BREAK} {'；'.join(said)}" if places else ""


def _plain(colour: Any) -> str:
    """A colour as paper shows it, RRGGBB; of several in one series the first meaning is lost, so all are blue."""
    named = colour if isinstance(colour, str) else BLUE[0]
    return _ON_PAPER.get(named, named).lstrip("#").upper()
