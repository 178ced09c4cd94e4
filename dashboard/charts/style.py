"""What all charts have in common: colours with fixed meanings, type, axes, hover text; and the points they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
Number = int | float | None

FONT = "Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
BLUE = "#1F5A94"
# Told apart by lightness as well as by hue: they stay apart in grey print and for colour-blind eyes.
COLOURS = {
    "disclosed": "#1F5A94",
    "disclosed_in_part": "#85B7E0",
    "withheld": "#A63D2F",
    "unavailable": "#EDB458",
    "not_processed": "#7A62A8",
    "otherwise": "#BDC5CC",
    "carried_out": "#55636F",
    "received": "#1F5A94",
    "carried_in": "#85B7E0",
    "upheld": "#1F5A94",
    "corrected": "#A63D2F",
    "other_result": "#EDB458",
    "pending": "#BDC5CC",
    "natural_person": "#1F5A94",
    "enterprise": "#EDB458",
    "research": "#2A8C82",
    "public_interest": "#A63D2F",
    "legal_service": "#7A62A8",
    "other": "#BDC5CC",
    "website_items": "#1F5A94",
    "wechat_items": "#2A8C82",
    "new_media_items": "#85B7E0",
    "bulletin_items": "#EDB458",
    "traditional_items": "#BDC5CC",
    "issued": "#1F5A94",
    "repealed": "#EDB458",
    "in_force": "#BDC5CC",
    "licensing": "#1F5A94",
    "penalties": "#EDB458",
    "compulsion": "#7A62A8",
    "fees": "#1F5A94",
    "read": "#BBD6EE",
    "findings": "#EDB458",
    "missing": "#FFFFFF",
    "in_time": "#BBD6EE",
    "late": "#EDB458",
    "undated": "#E4E8EB",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart, and what it leads to: a government's, or the sum of several when `government` is empty.

    `source` is what the hover says of its origin: the filing's name, or how many filings were added.
    """

    government: str
    year: int
    key: str
    value: Number
    source: str
    hollow: bool = False

    @property
    def origin(self) -> list[Any]:
        """What a click on the point hands back."""
        return [self.government, self.year, self.key, self.source]


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one meaning, with its name and colour."""

    key: str
    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Style:
    """Colours that depend on the page's appearance."""

    ink: str
    faint: str
    grid: str
    paper: str


LIGHT = Style("#1B2733", "#55636F", "#E3E8ED", "#FFFFFF")
DARK = Style("#E6EBF0", "#A9B4BF", "#2B3742", "#12181F")


def short(government: str) -> str:
    """A government's name without the words that all of them share, for the axis of a chart."""
    for ending in ("人民政府", "办事处"):
        if government.endswith(ending) and len(government) > len(ending) + 1:
            return government.removesuffix(ending)
    return government


def base(style: Style, height: int, **more: Any) -> Figure:
    return {
        "height": height,
        "margin": {"l": 10, "r": 14, "t": 34, "b": 34},
        "font": {"family": FONT, "size": 13, "color": style.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ".,",
        "dragmode": False,
        "clickmode": "event+select",
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left", "namelength": -1},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": style.faint, "activecolor": style.ink},
        "xaxis": axis(style),
        "yaxis": axis(style) | {"showgrid": True, "rangemode": "tozero", "automargin": True},
        **more,
    }


def axis(style: Style) -> Figure:
    return {
        "showgrid": False,
        "gridcolor": style.grid,
        "zeroline": False,
        "linecolor": style.grid,
        "tickformat": ",d",
        "tickfont": {"size": 12, "color": style.faint},
        "title": {"font": {"size": 12, "color": style.faint}, "standoff": 4},
        "fixedrange": True,
    }


def year_axis(years: Sequence[int]) -> Figure:
    return {
        "tickmode": "array",
        "tickvals": list(years),
        "ticktext": [str(year) for year in years],
        "range": [years[0] - 0.5, years[-1] + 0.5],
    }


def legend(entries: int) -> Figure:
    return {
        "orientation": "h",
        "x": 0,
        "y": 1.02,
        "yanchor": "bottom",
        "traceorder": "normal",
        "font": {"size": 12},
    } | ({} if entries > 1 else {"visible": False})


def fill(key: str, style: Style) -> Figure:
    return {"color": COLOURS[key], "line": {"color": style.paper, "width": 0.6}}


def hover(where: str, name: str, value: str, unit: str) -> str:
    said = f"{name} " if name else ""
    return f"{where}<br>{said}<b>{value}</b> {unit}<br>%{{customdata[3]}}<extra></extra>"
