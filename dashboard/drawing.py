"""A figure on the page: how it is handed over, what its menu says, what a click on it leaves behind."""

from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

from dashboard import charts, files, room, selection
from dashboard.text import language, t

# On a screen that is touched the tools would lie on the chart for good.
_PHONE = 400
_PICTURE = {"format": "png", "scale": 2}


class _AsGiven(BaseFigure):  # type: ignore[misc] # plotly has no types
    """A figure that Plotly takes as it is: checking each property again on every run took most of a page's time.

    The tests check every figure of every page against Plotly's own schema.
    """

    def __init__(self, figure: charts.Figure) -> None:
        object.__setattr__(self, "figure", figure)

    def to_dict(self) -> charts.Figure:
        """The figure, unchecked and not copied."""
        figure: charts.Figure = self.figure
        return figure


def draw(
    key: str, title: str, sentence: str, figure: charts.Figure, leads_on: bool, wide: bool = False
) -> None:
    """Draw a chart; its picture is saved under its `title`.

    If it `leads_on`, what is clicked is kept in the session as KEY.origin. One that is `wide` is not squeezed on paper:
    printing_charts.js knows it by its name.
    """
    name = f"wide-{name_of(key)}" if wide else name_of(key)

    def remember() -> None:
        points = st.session_state[name].selection.points
        if points:
            st.session_state[f"{key}.origin"] = points[0]["customdata"]
            st.session_state[f"{key}.drawn"] = st.session_state.get(f"{key}.drawn", 0) + 1

    following: dict[str, Any] = {"on_select": remember, "selection_mode": "points"} if leads_on else {}
    st.plotly_chart(_AsGiven(figure), key=name, theme=None, alt=sentence, config=_config(title), **following)


def name_of(key: str) -> str:
    """The name under which the page draws what `key` names."""
    # A chart keeps its selection until it is drawn under another key: the same bar could not be clicked twice.
    return f"{key}.{st.session_state.get(f'{key}.drawn', 0)}"


def _config(title: str) -> dict[str, Any]:
    locale = "zh-CN" if language() == "zh" else "en"
    words = {name: t(f"plotly.{name}") for name in ("save", "saving", "saved", "failed")}
    dictionary = {
        "Download plot as a PNG": words["save"],
        "Taking snapshot - this may take a few seconds": words["saving"],
        "Snapshot succeeded": words["saved"],
        "Sorry, there was a problem downloading your snapshot!": words["failed"],
    }
    return {
        "displaylogo": False,
        "displayModeBar": "hover" if room.current() > _PHONE else False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": _PICTURE | {"filename": files.name_of(selection.current(), title)},
        "locale": locale,
        "locales": {locale: {"dictionary": dictionary, "format": {}}},
        "scrollZoom": False,
        "showAxisDragHandles": False,
    }
