"""How wide the part of the page is that is being drawn, so that a table fits its place.

The browser tells how wide it is when the page is opened, by a cookie of width.js; until then an office screen of 1366
pixels is reckoned with.
"""

import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_OFFICE, _NARROWEST, _WIDEST = 1366, 320, 4000
# What stands beside the page: its padding, and the menu where the screen is wide enough for both.
_PADDING, _MENU, _MENU_FROM = 45, 200, 768
_GAP = 15
# On screens up to this width columns stand below each other, as frame.css has it.
_STACKED = 900
# What a frame with its padding takes.
FRAME = 32

_run = threading.local()


class Place:
    """A container and its width in pixels; whatever is drawn within it finds that width."""

    def __init__(self, box: DeltaGenerator, width: int) -> None:
        self._box, self._width = box, width

    def __enter__(self) -> Self:
        self._outer = getattr(_run, "width", None)
        _run.width = self._width
        self._box.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._box.__exit__(kind, error, trace)
        _run.width = self._outer


def current() -> int:
    """The width of the place that is being drawn in."""
    return getattr(_run, "width", None) or _page()


def _page() -> int:
    screen = _screen()
    return screen - _PADDING - (_MENU if screen >= _MENU_FROM else 0)


def _screen() -> int:
    """The width of the browser's window."""
    told = str(st.context.cookies.get("width", ""))
    return min(max(int(told), _NARROWEST), _WIDEST) if told.isdecimal() else _OFFICE


def columns(shares: int | Sequence[int]) -> list[Place]:
    """Places side by side, as wide as their shares of the room, or below each other where there is little."""
    parts = [1] * shares if isinstance(shares, int) else shares
    boxes = st.columns(shares)
    if _screen() <= _STACKED:
        return [Place(box, current()) for box in boxes]
    room = current() - _GAP * (len(parts) - 1)
    return [Place(box, room * part // sum(parts)) for box, part in zip(boxes, parts, strict=True)]


def framed(box: DeltaGenerator) -> Place:
    """A container with a frame."""
    return Place(box, current() - FRAME)
