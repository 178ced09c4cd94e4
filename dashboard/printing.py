"""What a printed page says that the screen shows elsewhere: what is chosen, what it covers, where it comes from and as of when.

The copy that is printed is made in the browser by printing.js when somebody prints.
"""

import json
from html import escape

import streamlit as st

from dashboard import charts, db
from dashboard.components import sample_mark
from dashboard.selection import Selection
from dashboard.text import LANGUAGES, load, t

_WORDS = ("more", "comma", "undrawn")


def foot(chosen: Selection, title: str) -> None:
    """Put beneath a page, for paper alone: its running foot, what is chosen, then where its numbers come from."""
    with st.container(key="printed"):
        st.text(
            "\n".join([f"{sample_mark(chosen)}{title} · {chosen.county}", selected(chosen), *origin(chosen)])
        )


def selected(chosen: Selection) -> str:
    """The filters in words, every township by its name."""
    everyone = t("printed.everyone", n=chosen.owing)
    names = t("printed.comma").join(chosen.governments) or everyone
    return t("printed.chosen", county=chosen.county, years=chosen.span, governments=names)


def origin(chosen: Selection) -> list[str]:
    """How many of the reports due were read, where they come from, when they were read; whether all is invented."""
    due = chosen.rows("submissions")
    read = sum(row["sha256"] is not None for row in due)
    (build,) = db.query("build")
    said = [
        t("printed.coverage", years=chosen.span, due=len(due), read=read),
        t("printed.source", at=build["built_at"].strftime("%Y-%m-%d %H:%M")),
    ]
    return [*said, t("printed.sample")] if chosen.sample else said


def script() -> str:
    """The tag of the script, with what it needs of ours: light for dark colours, and its words in each language."""
    hues, inks = charts.on_paper()
    words = {code: {key: load(code)[f"printed.{key}"] for key in _WORDS} for code in LANGUAGES.values()}
    written = {dark: charts.ink_on(light) for dark, light in hues.items()}
    colours = {"hues": hues, "written": written, "inks": inks}
    given = json.dumps({name: _as_browsers_say(found) for name, found in colours.items()} | {"words": words})
    return f'<script type="module" src="./printing.js" data-paper="{escape(given)}"></script>'


def _as_browsers_say(colours: dict[str, str]) -> dict[str, str]:
    """The keys as a browser gives them back."""
    return {
        f"rgb({int(dark[1:3], 16)}, {int(dark[3:5], 16)}, {int(dark[5:7], 16)})": light
        for dark, light in colours.items()
    }
