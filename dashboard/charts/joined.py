"""Lines that are drawn alike as one, nothing between them: each trace costs the browser time."""

from collections.abc import Sequence

from dashboard.charts.style import Figure, Point, hover

# Where along the axis a point stands, and the point.
Spot = tuple[float | None, Point]
_NOTHING = Point("", 0, "", None, "")


def joined(
    lines: Sequence[Sequence[Spot]], names: Sequence[str], unit: str, drawn: Figure, size: int
) -> Figure:
    """The lines as `drawn`, in one colour and width, with points of a `size`; `meta` has their `names` in order.

    Years are told by `customdata`: along the axis lines may stand beside each other.
    """
    spots = [spot for line in lines for spot in (*line, (None, _NOTHING))][:-1]
    points = [point for _, point in spots]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "",
        "meta": list(names),
        "x": [at for at, _ in spots],
        "y": [point.value for point in points],
        "connectgaps": False,
        "line": drawn,
        "marker": {
            "size": size,
            "color": drawn["color"],
            "symbol": ["circle-open" if point.hollow else "circle" for point in points],
        },
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [point.origin for point in points],
        "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", "", "%{y:,}", unit),
    }
