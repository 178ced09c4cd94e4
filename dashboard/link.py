"""Choices of a single page that live in its address, by their keys: a link opens the view in either language."""

import re
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from dashboard.text import t

_UNKNOWN = "unknown in the link"
# How many of the unknown names are told, and how many letters of each: an address holds whatever somebody put there.
_TOLD, _LETTERS = 6, 40
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def note_unknown(name: str, options: Iterable[object]) -> None:
    """Remember what the address asks for by this name and is none of `options`: the page shows something else."""
    known = set(map(str, options))
    unknown = [asked for asked in st.query_params.get_all(name) if asked not in known]
    if unknown:
        st.session_state[_UNKNOWN] = [*st.session_state.get(_UNKNOWN, ()), *unknown]


def forget_unknown() -> None:
    """Somebody has chosen for himself since."""
    st.session_state.pop(_UNKNOWN, None)


def tell_unknown() -> None:
    """Say what the address asked for and nobody knows, until something else is chosen."""
    if unknown := st.session_state.get(_UNKNOWN):
        names = t("shared.comma").join(map(_as_text, unknown[:_TOLD]))
        st.warning(t("filter.unknown", names=names + (t("shared.and_more") if len(unknown) > _TOLD else "")))


def _as_text(asked: str) -> str:
    """What stood in an address, cut, and put so that it is shown as text: a link in it would be one of the page."""
    cut = asked if len(asked) <= _LETTERS else f"{asked[:_LETTERS]}…"
    return _MARKUP.sub(r"\\\1", "".join(letter if letter.isprintable() else " " for letter in cut))


def several(
    name: str, label: str, options: Mapping[str, str], default: Sequence[str], most: int, hint: str = ""
) -> list[str]:
    """A choice of some of `options` (key to words), at most `most`; what the address asks for and is none of them is told."""
    note_unknown(name, options)
    asked = st.query_params.get_all(name)
    known = [key for key in asked if key in options][:most]
    chosen = st.multiselect(
        label,
        list(options),
        known or default,
        key=name,
        format_func=options.__getitem__,
        max_selections=most,
        placeholder=hint or None,
        on_change=forget_unknown,
    )
    if list(chosen) != (asked or list(default)):
        st.query_params[name] = list(chosen)
    return list(chosen)


def one(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """A choice of one of `options` (key to words), from a list."""
    first = _asked(name, options, default)
    at = list(options).index(first)
    chosen = st.selectbox(
        label, list(options), at, key=name, format_func=options.__getitem__, on_change=forget_unknown
    )
    return _kept(name, str(chosen), default)


def one_of_few(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """A choice of one of few `options` (key to words), all of them in sight."""
    first = _asked(name, options, default)
    chosen = st.segmented_control(
        label,
        list(options),
        default=first,
        required=True,
        key=name,
        format_func=options.__getitem__,
        on_change=forget_unknown,
    )
    return _kept(name, str(chosen), default)


def _asked(name: str, options: Mapping[str, str], default: str) -> str:
    note_unknown(name, options)
    asked = st.query_params.get(name, "")
    return asked if asked in options else default


def _kept(name: str, chosen: str, default: str) -> str:
    """What was chosen, once the address says so."""
    if chosen != st.query_params.get(name, default):
        st.query_params[name] = chosen
    return chosen
