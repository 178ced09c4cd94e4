"""Lines between two years, one a government, each with its name and its number at the end."""

from collections.abc import Sequence

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
    hover,
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
    traces = [_line(line, colours[line.name], years, unit) for line in order]
    named = [line.name for line in lines] if len(lines) <= len(_LINES) else strong
    scale = (height - 38) / (1.08 * top)
    layout["annotations"] = [
        label for end in (0, 1) for label in _labels(lines, named, end, scale, height - 38, style)
    ]
    return {"data": traces, "layout": layout}


def _colours(lines: Sequence[Series], style: Style, strong: Sequence[str]) -> dict[str, str]:
    if len(lines) <= len(_LINES):
        return {line.name: style.of(_LINES[at]) for at, line in enumerate(lines)}
    return {line.name: style.of(BLUE if line.name in strong else QUIET) for line in lines}


def _line(line: Series, colour: str, years: tuple[int, int], unit: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": short(line.name),
        "x": list(years),
        "y": [point.value for point in line.points],
        "line": {"color": colour, "width": 2},
        "marker": {
            "size": 8,
            "color": colour,
            "symbol": ["circle-open" if point.hollow else "circle" for point in line.points],
        },
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [point.origin for point in line.points],
        "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", "", "%{y:,}", unit),
    }


def _said(line: Series, end: int) -> str:
    """What stands beside an end: the number, and at the last the name before it."""
    number = f"{line.points[end].value or 0:,}"
    return f"{short(line.name)} {number}" if end else number


def _labels(
    lines: Sequence[Series], named: Sequence[str], end: int, scale: float, height: float, style: Style
) -> list[Figure]:
    """The words beside one end: those of `named` moved apart, then those of the others that cover nothing."""
    stated = {line.name: line for line in lines if line.points[end].value is not None}
    at = {name: (line.points[end].value or 0) * scale for name, line in stated.items()}
    order = sorted(stated, key=lambda name: at[name])
    first = [name for name in order if name in named]
    placed = dict(zip(first, spread([at[name] for name in first], _ROW, height), strict=True))
    for name in order:
        if end and all(abs(at[name] - taken) >= _ROW for taken in placed.values()):
            placed[name] = at[name]
    return [
        _label(stated[name], end, moved - at[name], name in named, style) for name, moved in placed.items()
    ]


def _label(line: Series, end: int, moved: float, strong: bool, style: Style) -> Figure:
    return {
        "x": line.points[end].year,
        "y": line.points[end].value,
        "yshift": round(moved),
        "xshift": 6 if end else -6,
        "xanchor": "left" if end else "right",
        "text": _said(line, end),
        "showarrow": False,
        "font": {"size": 12, "color": style.ink if strong else style.faint},
    }


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
