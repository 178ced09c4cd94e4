"""Lines between two years, one a government, each with its name and its number at the end."""

from collections.abc import Sequence
from itertools import groupby

from dashboard.charts.joined import joined
from dashboard.charts.style import (
    AMBER,
    BLUE,
    GREEN,
    QUIET,
    RED,
    SLATE,
    VIOLET,
    Figure,
    Series,
    Style,
    axis,
    base,
    lettering,
    room_for,
    short,
)

# More lines than these cannot be told apart: a few are drawn strongly, the others in grey.
_LINES = (BLUE, AMBER, GREEN, RED, VIOLET, SLATE)
_ROW = 17


def slope(
    lines: Sequence[Series], years: tuple[int, int], unit: str, style: Style, strong: Sequence[str]
) -> Figure:
    """A line a government from the first to the second year; a missing end is not drawn.

    Of many lines those named in `strong` are in colour and named, the others named where there is room.
    """
    height = max(300, min(620, 35 * len(lines) + 70))
    layout = base(style, height, showlegend=False, meta=unit)
    top = max((point.value or 0 for line in lines for point in line.points), default=0) or 1
    margin = 0.02 * (years[1] - years[0])
    layout["xaxis"] |= {
        "tickvals": list(years),
        "ticktext": list(map(str, years)),
        "range": [years[0] - margin, years[1] + margin],
        "side": "top",
    }
    layout["yaxis"] |= axis(style) | {"range": [-0.04 * top, top * 1.04], "visible": False, "showgrid": False}
    layout["margin"] |= {
        "t": 30,
        "b": 8,
        "l": room_for([f"{top:,}"]),
        "r": room_for(_said(line, 1) for line in lines),
    }
    colours = _colours(lines, style, strong)
    order = sorted(lines, key=lambda line: line.name in strong)
    alike = groupby(order, key=lambda line: colours[line.name])
    traces = [_alike(list(few), colour, unit) for colour, few in alike]
    named = [line.name for line in lines] if len(lines) <= len(_LINES) else strong
    scale = (height - 38) / (1.08 * top)
    places = [_places(lines, named, end, scale, height - 38) for end in (0, 1)]
    said = [
        (line, end, at[line.name] / scale)
        for end, at in enumerate(places)
        for line in lines
        if line.name in at
    ]
    inks = [style.ink if line.name in named else style.faint for line, _, _ in said]
    return {"data": [*traces, _words(said, inks)], "layout": layout}


def _colours(lines: Sequence[Series], style: Style, strong: Sequence[str]) -> dict[str, str]:
    if len(lines) <= len(_LINES):
        return {line.name: style.of(_LINES[at]) for at, line in enumerate(lines)}
    return {line.name: style.of(BLUE if line.name in strong else QUIET) for line in lines}


def _alike(lines: Sequence[Series], colour: str, unit: str) -> Figure:
    """The lines of one colour."""
    spots = [[(point.year, point.value, point) for point in line.points] for line in lines]
    return joined(spots, [short(line.name) for line in lines], unit, {"color": colour, "width": 2}, size=8)


def _said(line: Series, end: int) -> str:
    """What stands beside an end: the number, and at the last the name before it."""
    number = f"{line.points[end].value or 0:,}"
    return f"{short(line.name)} {number}" if end else number


def _places(
    lines: Sequence[Series], named: Sequence[str], end: int, scale: float, height: float
) -> dict[str, float]:
    """How high in pixels the words beside one end stand: those of `named` moved apart, then those of the others that cover nothing."""
    at = {line.name: value * scale for line in lines if (value := line.points[end].value) is not None}
    order = sorted(at, key=lambda name: at[name])
    first = [name for name in order if name in named]
    placed = dict(zip(first, spread([at[name] for name in first], _ROW, height), strict=True))
    for name in order:
        if end and all(abs(at[name] - taken) >= _ROW for taken in placed.values()):
            placed[name] = at[name]
    return placed


def _words(said: Sequence[tuple[Series, int, float]], inks: Sequence[str]) -> Figure:
    """The words beside the ends of lines, each at its height and in its ink."""
    return lettering(
        [line.points[end].year for line, end, _ in said],
        [height for *_, height in said],
        [f"\u00a0\u00a0{_said(line, end)}\u00a0\u00a0" for line, end, _ in said],
        ["middle right" if end else "middle left" for _, end, _ in said],
        12,
        inks,
    )


def spread(places: Sequence[float], room: float, height: float) -> list[float]:
    """Ascending places moved apart to at least `room`, upwards first and down again where they leave the height."""
    moved: list[float] = []
    for at in places:
        moved.append(max(at, moved[-1] + room) if moved else at)
    ceiling = height
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - room
    return moved
