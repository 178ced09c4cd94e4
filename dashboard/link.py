"""Choices of a single page that live in its address, by their keys: a link opens the view in either language."""

from collections.abc import Callable, Sequence

import streamlit as st


def several(
    name: str,
    label: str,
    options: Sequence[str],
    default: Sequence[str],
    shown: Callable[[str], str],
    most: int,
) -> list[str]:
    """A choice of some of `options`, at most `most`; what the address asks for and is none of them is left out."""
    asked = [key for key in st.query_params.get_all(name) if key in options][:most]
    chosen = st.multiselect(
        label, options, asked or default, key=name, format_func=shown, max_selections=most
    )
    if list(chosen) != (asked or list(default)):
        st.query_params[name] = list(chosen)
    return list(chosen)


def one(
    name: str, label: str, options: Sequence[str], default: str, shown: Callable[[str], str] = str
) -> str:
    """A choice of one of `options`."""
    asked = st.query_params.get(name, "")
    at = options.index(asked if asked in options else default)
    chosen = st.selectbox(label, options, at, key=name, format_func=shown)
    if chosen != (asked or default):
        st.query_params[name] = chosen
    return str(chosen)
