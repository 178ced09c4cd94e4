"""Lines that are drawn alike as one, nothing between them: each trace costs the browser time."""

from collections.abc import Sequence

from dashboard.charts.style import Figure, Point, hover

# Where along the axes a point stands, and the point.
Spot = tuple[float | None, float | None, Point]
_NOTHING = Point("", 0, "", None, "")


def joined(
    lines: Sequence[Sequence[Spot]], names: Sequence[str], unit: str, drawn: Figure, size: int
) -> Figure:
    """The lines as `drawn`, in one colour and width, with points of a `size`; `meta` has their `names` in order.

    Years and numbers are told by `customdata`: lines may stand beside each other, each on a scale of its own.
    """
    spots = [spot for line in lines for spot in (*line, (None, None, _NOTHING))][:-1]
    points = [point for *_, point in spots]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "",
        "meta": list(names),
        "x": [along for along, _, _ in spots],
        "y": [up for _, up, _ in spots],
        "connectgaps": False,
        "line": drawn,
        "marker": {
            "size": size,
            "color": drawn["color"],
            "symbol": ["circle-open" if point.hollow else "circle" for point in points],
        },
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[*point.origin, point.value] for point in points],
        "hovertemplate": hover("%{customdata[0]} %{customdata[1]}", "", "%{customdata[4]:,}", unit),
    }
