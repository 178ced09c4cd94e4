"""A table on the page: numbers to the right, years whole, what is wider than its place broken over lines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import columns, fitting, room
from dashboard.text import language, t
from etl.determined import BY_PERSON

_NOTHING = "\u200b\u200b"
# The column of boxes that tick a row.
_BOXES = 40
_STATES = ("blank", "dashed", "illegible", "missing", "unstated", "several", "other_form", "unread")


def draw(
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    most: int = 10,
    lines: int = 4,
    **more: Any,
) -> None:
    """Draw a table in the room of its place; what is higher than `most` plain rows is scrolled.

    Text that does not fit is broken over at most `lines`. `more` goes to st.dataframe.
    """
    boxes = _BOXES if "multi-row" in more.get("selection_mode", ()) else 0
    narrowed, row_height = fitting.fit(heads, rows, room.current() - boxes, lines)
    if row_height:
        written = _light if language() == "en" else str
        rows = [
            [
                written(fitting.broken(one, narrowed[head])) if isinstance(one, str) else one
                for head, one in zip(heads, row, strict=True)
            ]
            for row in rows
        ]
    values = zip(*rows, strict=True) if rows else [()] * len(heads)
    table = pa.Table.from_arrays([columns.of(column) for column in values], names=list(heads))
    fits = len(rows) * (row_height or fitting.ROW) <= fitting.ROW * most
    st.dataframe(
        table,
        hide_index=True,
        height="content" if fits else fitting.ROW * (most + 1) + 3,
        row_height=row_height,
        column_config=_columns(table, narrowed),
        # All rows at once, as the printed page needs them; else Streamlit asks pandas how many there are.
        lazy=False,
        **more,
    )


@contextmanager
def leading_on(name: str, follow: Callable[[], None], ticked: bool = False) -> Iterator[None]:
    """A form around a table in which a cell is chosen, or a row `ticked`: `follow` is called when that is meant.

    Going over the cells with the keyboard chooses them too, and shall lead nowhere: the form keeps what is chosen until its button
    is pressed, by tables.js after a click and at Enter, or by whoever reaches it with the keyboard.
    """
    key = f"open-ticked-{name}" if ticked else f"open-{name}"
    with st.form(f"form-{name}", border=False, enter_to_submit=False):
        yield
        st.form_submit_button(t("shared.open_cell"), on_click=follow, key=key, type="tertiary")


def _light(text: str) -> str:
    """The text with nothing to be seen after each Chinese character.

    The grid takes a text for short that has fewer letters than fit at the mean width of all that it has measured:
    beside Chinese names it would cut English off instead of breaking it.
    """
    return "".join(letter + _NOTHING if letter > "\u2e7f" else letter for letter in text)


def _columns(table: pa.Table, narrowed: Mapping[str, int]) -> dict[str, Any]:
    config: dict[str, Any] = {}
    states = {t(f"state.{name}") for name in _STATES}
    for name, column in zip(table.column_names, table.columns, strict=True):
        width = narrowed.get(name)
        if name == t("shared.year"):
            config[name] = st.column_config.NumberColumn(format="%d", width=width, alignment="left")
        elif pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            config[name] = st.column_config.NumberColumn(format="localized", width=width)
        elif len(column) and all(_is_figure(text, states) for text in column.to_pylist()):
            config[name] = st.column_config.TextColumn(alignment="right", width=width)
        elif width:
            config[name] = st.column_config.TextColumn(width=width)
    return config


def _is_figure(text: object, states: set[str]) -> bool:
    if not isinstance(text, str):
        return False
    if text == "—" or text in states:
        return True
    return text.removesuffix(BY_PERSON).replace(",", "").lstrip("≈+−-").rstrip("%").replace(".", "").isdigit()
