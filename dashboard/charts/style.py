"""What all charts have in common: colours with fixed meanings, type, axes, hover text; and the points they are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
Number = int | float | None

FONT = "Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"

# Each hue on white and on the dark page. Told apart by lightness as well as by hue: they stay apart in grey print
# and for colour-blind eyes; the tests measure both.
Colour = tuple[str, str]
BLUE: Colour = ("#164B80", "#6FA8E8")
SKY: Colour = ("#85B7E0", "#BFDFFA")
RED: Colour = ("#A63D2F", "#DE7563")
AMBER: Colour = ("#EDB458", "#F0C274")
VIOLET: Colour = ("#7F63B0", "#7D63B4")
GREEN: Colour = ("#1E766D", "#66CDAE")
SILVER: Colour = ("#C6CBCF", "#D9D7D3")
SLATE: Colour = ("#5B6770", "#85909A")
PALE: Colour = ("#BBD6EE", "#6C95BC")
WHITE: Colour = ("#FFFFFF", "#12181F")
MIST: Colour = ("#E4E8EB", "#A9B4BF")
# Of many lines those that are not named: further back than the others on white and on the dark page.
QUIET: Colour = ("#C6CBCF", "#5A6673")
COLOURS = {
    "disclosed": BLUE,
    "disclosed_in_part": SKY,
    "withheld": RED,
    "unavailable": AMBER,
    "not_processed": VIOLET,
    "otherwise": SILVER,
    "carried_out": SLATE,
    "handled": SLATE,
    "received": BLUE,
    "carried_in": SKY,
    "upheld": BLUE,
    "corrected": RED,
    "other_result": AMBER,
    "pending": SILVER,
    "natural_person": BLUE,
    "enterprise": AMBER,
    "research": GREEN,
    "public_interest": RED,
    "legal_service": VIOLET,
    "other": SILVER,
    "website_items": BLUE,
    "wechat_items": GREEN,
    "new_media_items": SKY,
    "bulletin_items": AMBER,
    "traditional_items": SILVER,
    "issued": BLUE,
    "repealed": AMBER,
    "in_force": SILVER,
    "licensing": BLUE,
    "penalties": AMBER,
    "compulsion": VIOLET,
    "fees": BLUE,
    "read": PALE,
    "findings": AMBER,
    "missing": WHITE,
    "in_time": PALE,
    "late": AMBER,
    "undated": MIST,
    "form_2014": SILVER,
    "form_2019": SKY,
    "form_2021": BLUE,
    "form_mixed": VIOLET,
    "form_none": MIST,
    "form_missing": WHITE,
    "unnamed": QUIET,
}

# From few to many, on maps; told apart in grey print too. What is dark here stands for nothing else there.
SHADES: tuple[Colour, ...] = (
    ("#E3EDF7", "#24405E"),
    ("#A9CBEA", "#38689B"),
    ("#5E97CC", "#6EA7E7"),
    ("#164B80", "#BEDEF9"),
)


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
    dotted: bool = False

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


# The narrowest card that a chart is drawn in, on a phone.
NARROWEST = 313


@dataclass(frozen=True, slots=True)
class Style:
    """Colours that depend on the page's appearance, and the room on it: how wide in pixels what is drawn will be."""

    ink: str
    faint: str
    grid: str
    paper: str
    dark: bool = False
    room: int = NARROWEST

    def of(self, colour: Colour) -> str:
        """A hue as this appearance shows it."""
        return colour[self.dark]

    def named(self, key: str) -> str:
        """The colour that `key` has on every page."""
        return self.of(COLOURS[key])


LIGHT = Style("#1B2733", "#55636F", "#E3E8ED", "#FFFFFF")
DARK = Style("#E6EBF0", "#A9B4BF", "#2B3742", "#12181F", dark=True)
_ON_DARK, _ON_LIGHT = "#FFFFFF", "#1B2733"


def on_paper() -> tuple[dict[str, str], dict[str, str]]:
    """Dark hues and dark inks, each with the one that light paper has instead; a grey may be both."""
    inks = ((getattr(DARK, name), getattr(LIGHT, name)) for name in ("ink", "faint", "grid", "paper"))
    return {dark: light for light, dark in (*COLOURS.values(), *SHADES)}, dict(inks)


_LEGEND_ROW, _LEGEND_EDGE = 19, 8
# What stands beside each name of a legend, and between two of them.
_SYMBOL = 45
# What a bar to scroll the page may take.
_SCROLLED = 16
# Widths of letters in parts of their height, as Noto Sans draws them: all others are as wide as Chinese characters.
_WIDTHS = {
    " ": 0.23,
    **dict.fromkeys("fijlrtI.,:;'|!()[]-/", 0.36),
    **dict.fromkeys("mwMW%@—", 0.92),
    **dict.fromkeys("·…“”‘’≈→×", 1),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ+−", 0.67),
}


def short(government: str) -> str:
    """A government's name without the words that all of them share, for the axis of a chart."""
    for ending in ("人民政府", "办事处"):
        if government.endswith(ending) and len(government) > len(ending) + 1:
            return government.removesuffix(ending)
    return government


def base(style: Style, height: int, **more: Any) -> Figure:
    """The layout that all charts share. Margins are ours: a chart that looks for its own room is drawn twice.

    `datarevision` says that a figure is never changed in place: Streamlit hands it over twice, and Plotly would draw
    it again. Modes are those that Streamlit would set afterwards.
    """
    return {
        "height": height,
        "margin": {"l": 14, "r": 10, "t": 24, "b": 28, "autoexpand": False},
        "font": {"family": FONT, "size": 13, "color": style.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ".,",
        "datarevision": 1,
        "dragmode": "pan",
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left", "namelength": -1},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": style.faint, "activecolor": style.ink},
        "xaxis": axis(style),
        "yaxis": axis(style) | {"showgrid": True, "rangemode": "tozero"},
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
        "automargin": False,
        "ticklabeloverflow": "allow",
    }


def year_axis(years: Sequence[int]) -> Figure:
    """The years of an axis, each named; one or two have room about them, or their columns would fill the chart."""
    beside = max(0.5, 2 - len(years) / 2)
    return {
        "tickmode": "array",
        "tickvals": list(years),
        "ticktext": [str(year) for year in years],
        "tickangle": 0,
        "range": [years[0] - beside, years[-1] + beside],
    }


def width(text: str, size: float = 12) -> int:
    """The room in pixels that `text` takes: a Chinese character is as wide as it is high, most others about half that."""
    return round(sum(_wide(letter) for letter in text) * size)


def _wide(letter: str) -> float:
    return _WIDTHS.get(letter, 1 if ord(letter) > 0x2E7F else 0.57)


def room_for(labels: Iterable[str], size: int = 12) -> int:
    """The margin in pixels beside an axis with these labels."""
    return 12 + max((width(label, size) for label in labels), default=0)


def add_legend(layout: Figure, names: Sequence[str], style: Style, below: bool = False) -> None:
    """The names in columns above the chart (or below it), which grows by what they need; a single name needs none.

    Margins of the layout must be set before.
    """
    if len(names) < 2:
        layout["showlegend"] = False
        return
    widest = max(width(name) for name in names) + _SYMBOL
    margin = layout["margin"]
    # A legend is never wider than what is drawn below it.
    wide = style.room - _SCROLLED - margin["l"] - margin["r"]
    rows = -(-len(names) // max(1, wide // widest))
    columns = -(-len(names) // rows)
    room = _LEGEND_ROW * rows + _LEGEND_EDGE
    drawn = layout["height"] - margin["t"] - margin["b"]
    near = "b" if below else "t"
    before = margin[near]
    margin[near] += room
    layout["height"] += room
    layout["legend"] = {
        "orientation": "h",
        "entrywidthmode": "pixels",
        "entrywidth": (widest if rows == 1 else max(widest, wide // columns)) - _SYMBOL,
        "x": 0,
        "xref": "container",
        "y": (-before if below else drawn + before) / drawn,
        "yanchor": "top" if below else "bottom",
        "traceorder": "normal",
        "font": {"size": 12},
        "itemclick": False,
        "itemdoubleclick": False,
    }


def lettering(
    x: Sequence[Any],
    y: Sequence[Any],
    text: Sequence[str],
    place: str | Sequence[str],
    size: int | Sequence[int],
    ink: str | Sequence[str],
) -> Figure:
    """Words on a chart that nothing leads on from: notes would cost the browser more than what is drawn."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textposition": place,
        "textfont": {"size": size, "color": ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def fill(colour: Colour, style: Style) -> Figure:
    return {"color": style.of(colour), "line": {"color": style.paper, "width": 0.6}}


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on `colour`."""
    light = luminance(colour) + 0.05
    return _ON_DARK if 1.05 / light > light / (luminance(_ON_LIGHT) + 0.05) else _ON_LIGHT


def luminance(colour: str) -> float:
    """The relative luminance of the web's rules for contrast, 0 to 1."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def hover(where: str, name: str, value: str, unit: str) -> str:
    said = f"{name} " if name else ""
    return f"{where}<br>{said}<b>{value}</b> {unit}<br>%{{customdata[3]}}<extra></extra>"
