"""Choices of a single page that live in its address, by their keys: a link opens the view in either language."""

from collections.abc import Mapping, Sequence

import streamlit as st


def several(
    name: str, label: str, options: Mapping[str, str], default: Sequence[str], most: int
) -> list[str]:
    """A choice of some of `options` (key to words), at most `most`; what the address asks for and is none of them is left out."""
    asked = st.query_params.get_all(name)
    known = [key for key in asked if key in options][:most]
    chosen = st.multiselect(
        label, list(options), known or default, key=name, format_func=options.__getitem__, max_selections=most
    )
    if list(chosen) != (asked or list(default)):
        st.query_params[name] = list(chosen)
    return list(chosen)


def one(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """A choice of one of `options` (key to words)."""
    asked = st.query_params.get(name, "")
    at = list(options).index(asked if asked in options else default)
    chosen = st.selectbox(label, list(options), at, key=name, format_func=options.__getitem__)
    if chosen != (asked or default):
        st.query_params[name] = chosen
    return str(chosen)
