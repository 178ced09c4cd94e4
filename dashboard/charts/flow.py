"""Where cases come from and what becomes of them: bands between boxes, whose heights are the numbers.

Drawn of bars and shapes: Plotly's own flows hand no click to the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.style import Figure, Number, Series, Style, base, lettering

_HEIGHT, _EDGE = 330, 12
_ROOM = _HEIGHT - 2 * _EDGE
_NARROW = 400
# Pixels between boxes, and the lowest that can be pointed at: as high as its words.
_PAD, _LOWEST = 14, 15
# Where the boxes of each column begin, as shares of the width; where their words stand; what can be pointed at.
_BOX = 0.028
_LEFT = (0.0, 0.486, 1 - _BOX)
_WORDS = (_BOX + 0.01, 0.486 + _BOX + 0.01, 1 - _BOX - 0.01)
_POINTED = ((0.0, 0.44), (0.47, 0.68), (0.7, 1.0))


@dataclass(frozen=True, slots=True)
class _Box:
    """A number of the flow: in which column, how far down, in cases; and how many cases a pixel stands for."""

    series: Series
    column: int
    top: float
    scale: float

    @property
    def value(self) -> float:
        return _value(self.series)

    @property
    def middle(self) -> float:
        return self.top + self.value / 2


def flow(sources: Sequence[Series], hub: Series, ends: Sequence[Series], unit: str, style: Style) -> Figure:
    """From the sources through the hub to the ends; each has one point, whose number is not zero."""
    columns = (sources, [hub], ends)
    scale = max(sum(map(_value, column)) / (_ROOM - _PAD * (len(column) - 1)) for column in columns)
    placed = [list(_placed(column, at, scale)) for at, column in enumerate(columns)]
    boxes = [box for column in placed for box in column]
    layout = base(style, _HEIGHT, showlegend=False, meta=unit, barmode="overlay")
    layout["margin"] |= {"l": 6, "r": 6, "t": _EDGE, "b": _EDGE}
    layout["xaxis"] |= {"visible": False, "range": [0, 1]}
    layout["yaxis"] |= {"visible": False, "showgrid": False, "range": [_ROOM * scale, 0]}
    layout["shapes"] = list(_bands(placed, style))
    return {
        "data": [_boxes(boxes, style), _pointed(boxes, unit, style), _words(boxes, style)],
        "layout": layout,
    }


def _value(series: Series) -> float:
    return series.points[0].value or 0


def _placed(column: Sequence[Series], at: int, scale: float) -> Iterator[_Box]:
    """The boxes of a column below each other, in the middle of the height."""
    high = sum(map(_value, column)) + _PAD * scale * (len(column) - 1)
    top = (_ROOM * scale - high) / 2
    for series in column:
        yield _Box(series, at, top, scale)
        top += _value(series) + _PAD * scale


def _bands(placed: Sequence[Sequence[_Box]], style: Style) -> Iterator[Figure]:
    """A band for each box but the hub; those of a side leave no room between them at the hub."""
    sources, (hub,), ends = placed
    into = out = hub.top
    for box in sources:
        yield _band((_LEFT[0] + _BOX, box.top), (_LEFT[1], into), box, style)
        into += box.value
    for box in ends:
        yield _band((_LEFT[1] + _BOX, out), (_LEFT[2], box.top), box, style)
        out += box.value


def _band(start: tuple[float, float], end: tuple[float, float], box: _Box, style: Style) -> Figure:
    (left, above), (right, below) = start, end
    half, high = (left + right) / 2, box.value
    path = (
        f"M {left},{above} C {half},{above} {half},{below} {right},{below} L {right},{below + high} "
        f"C {half},{below + high} {half},{above + high} {left},{above + high} Z"
    )
    colour = style.named(box.series.key)
    return {
        "type": "path",
        "path": path,
        "fillcolor": colour,
        "opacity": 0.38,
        "line": {"width": 0},
        "layer": "below",
    }


def _boxes(boxes: Sequence[_Box], style: Style) -> Figure:
    return {
        "type": "bar",
        "x": [_LEFT[box.column] for box in boxes],
        "y": [box.value for box in boxes],
        "base": [box.top for box in boxes],
        "width": _BOX,
        "offset": 0,
        "marker": {"color": [style.named(box.series.key) for box in boxes]},
        "unselected": {"marker": {"opacity": 1}},
        "hoverinfo": "skip",
    }


def _pointed(boxes: Sequence[_Box], unit: str, style: Style) -> Figure:
    """What is pointed at: a box with its words and much of its band. `meta` has side, name, colour and number of each."""
    high = [max(box.value, _LOWEST * box.scale) for box in boxes]
    spans = [_POINTED[box.column] for box in boxes]
    return {
        "type": "bar",
        "x": [left for left, _ in spans],
        "y": high,
        "base": [box.middle - tall / 2 for box, tall in zip(boxes, high, strict=True)],
        "width": [right - left for left, right in spans],
        "offset": 0,
        "marker": {"color": "rgba(0,0,0,0)"},
        "meta": [_told(box, style) for box in boxes],
        "text": [_said(box) for box in boxes],
        "textposition": "none",
        "customdata": [box.series.points[0].origin for box in boxes],
        "hovertemplate": f"%{{text}} {unit}<br>%{{customdata[3]}}<extra></extra>",
    }


def _told(box: _Box, style: Style) -> tuple[int, str, str, Number]:
    return box.column, box.series.name, style.named(box.series.key), box.series.points[0].value


def _said(box: _Box) -> str:
    return f"{box.series.name}  {box.series.points[0].value:,}"


def _words(boxes: Sequence[_Box], style: Style) -> Figure:
    """Name and number beside each box."""
    # On a phone the name of the hub would run into those of the ends; the words above the chart have it.
    bare = style.room < _NARROW
    return lettering(
        [_WORDS[box.column] for box in boxes],
        [box.middle for box in boxes],
        [f"{box.value:,}" if box.column == 1 and bare else _said(box) for box in boxes],
        ["middle left" if box.column == len(_LEFT) - 1 else "middle right" for box in boxes],
        13,
        style.ink,
    )
