"""How wide the part of the page is that is being drawn, so that a table fits its place.

The server does not know the screen: it reckons with an office screen of 1366 pixels, on which a page is 1121 wide.
"""

import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_PAGE, _GAP = 1121, 15
# What a frame with its padding takes.
_FRAME = 32

_run = threading.local()


class Place:
    """A container and its width in pixels; whatever is drawn within it finds that width."""

    def __init__(self, box: DeltaGenerator, width: int) -> None:
        self._box, self._width = box, width

    def __enter__(self) -> Self:
        self._outer = current()
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
    return getattr(_run, "width", _PAGE)


def columns(shares: int | Sequence[int]) -> list[Place]:
    """Places side by side, as wide as their shares of the room."""
    parts = [1] * shares if isinstance(shares, int) else shares
    room = current() - _GAP * (len(parts) - 1)
    return [
        Place(box, room * part // sum(parts)) for box, part in zip(st.columns(shares), parts, strict=True)
    ]


def framed(box: DeltaGenerator) -> Place:
    """A container with a frame."""
    return Place(box, current() - _FRAME)
