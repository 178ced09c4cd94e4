"""The words on the screen: t("page.key"), in the language of the session."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import streamlit as st

LANGUAGES = {"中文": "zh", "English": "en"}

# The language of a run of a page, and of what is made outside of every session.
_bound: ContextVar[str] = ContextVar("language", default="")


class _Words(Formatter):
    """Fills words in; `{n:report|reports}` is the first where the number n is one, else the second."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        return (one if str(value) == "1" else more) if bar else str(super().format_field(value, format_spec))


_words = _Words()


def language() -> str:
    """The language of this session: "zh" or "en"."""
    return _bound.get() or LANGUAGES[st.session_state.get("lang") or "中文"]


@contextmanager
def one_language() -> Iterator[None]:
    """Whatever is said within is in the language that the session has now: a page says a thousand things."""
    before = _bound.set(language())
    try:
        yield
    finally:
        _bound.reset(before)


def bound(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make` in the language of this session: Streamlit makes a file in a thread that belongs to none."""
    code = language()

    def made() -> bytes:
        before = _bound.set(code)
        try:
            return make()
        finally:
            _bound.reset(before)

    return made


def t(key: str, **values: object) -> str:
    """The words of `key` with `values` put in their places; KeyError when the language lacks the key."""
    words = load(language())
    if key not in words:
        raise KeyError(f"dashboard/text/{language()}.toml has no {key}")
    return _words.vformat(words[key], (), values) if values else words[key]


@cache
def load(code: str) -> dict[str, str]:
    """All words of a language, keys joined by dots."""
    raw = tomllib.loads((Path(__file__).parent / f"{code}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": words for section, group in raw.items() for key, words in group.items()}
