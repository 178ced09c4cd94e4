"""What a printed page needs of ours: the copy that is printed is made in the browser, by printing.js, when somebody prints."""

import json
from html import escape

import streamlit as st

from dashboard import charts, provenance
from dashboard.selection import Selection
from dashboard.text import LANGUAGES, load

_WORDS = {"more": "printed.more", "comma": "shared.comma", "undrawn": "printed.undrawn"}


def foot(chosen: Selection, title: str) -> None:
    """Put beneath a page, for paper alone: its running foot, what is chosen, then where its numbers come from."""
    running = f"{provenance.sample_mark(chosen)}{title} · {chosen.county}"
    with st.container(key="printed"):
        st.text("\n".join([running, provenance.selected(chosen), *provenance.origin(chosen)]))


def script() -> str:
    """The tag of the script, with what it needs of ours: light for dark colours, and its words in each language."""
    hues, inks = charts.on_paper()
    words = {code: {name: load(code)[key] for name, key in _WORDS.items()} for code in LANGUAGES.values()}
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
