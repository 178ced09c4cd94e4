"""Rows → Plotly figures, as plain dictionaries. Knows no Streamlit; the words come with the arguments."""

from dashboard.charts.bars import by_government, by_year, grouped, height_of, ranked, rises
from dashboard.charts.flow import flow
from dashboard.charts.maps import outlined, tiles
from dashboard.charts.native import Words, native, squares
from dashboard.charts.panels import small_multiples
from dashboard.charts.slope import slope
from dashboard.charts.status_grid import grid
from dashboard.charts.style import (
    COLOURS,
    DARK,
    LIGHT,
    Figure,
    Number,
    Point,
    Series,
    Style,
    ink_on,
    on_paper,
    short,
    width,
)

__all__ = [
    "COLOURS",
    "DARK",
    "LIGHT",
    "Figure",
    "Number",
    "Point",
    "Series",
    "Style",
    "Words",
    "by_government",
    "by_year",
    "flow",
    "grid",
    "grouped",
    "height_of",
    "ink_on",
    "native",
    "on_paper",
    "outlined",
    "ranked",
    "rises",
    "short",
    "slope",
    "small_multiples",
    "squares",
    "tiles",
    "width",
]
