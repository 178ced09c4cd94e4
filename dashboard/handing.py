"""The buttons that hand out files, each made when it is asked for, and those below a table."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import charts, db, files, one_page, provenance, selection
from dashboard.files import Sheet
from dashboard.text import bound, t

Long = Callable[[], Sheet] | None


def hand_out(key: str, title: str, wide: Sheet, long: Long, figure: charts.Figure | None) -> None:
    """A table as shown, one cell a row if there is a `long` form, as a workbook with its chart, and for programs."""
    chosen = selection.current()
    name = files.name_of(chosen, title)
    told = f"{provenance.sample_mark(chosen)}{chosen.county} · {chosen.span} · {title}"
    with st.container(horizontal=True):
        _one(key, "csv_wide", lambda: files.csv(wide), f"{name}.csv")
        if long:
            _one(key, "csv_long", lambda: files.csv(long()), f"{name}-{t('shared.long')}.csv")
        _one(key, "excel", lambda: _workbook(wide, long, figure, told), f"{name}.xlsx")
        _one(key, "parquet", lambda: files.parquet(long() if long else wide, told), f"{name}.parquet")


def _one(key: str, kind: str, make: Callable[[], bytes], name: str) -> None:
    button(t(f"shared.{kind}"), make, name, f"{key}.{kind}")


def _workbook(wide: Sheet, long: Long, figure: charts.Figure | None, told: str) -> bytes:
    """The table, its chart where Excel can draw it, and the tidy form."""
    drawn = charts.native(figure, wide.name, one_page.words()) if figure else None
    return files.workbook([wide, long()] if long else [wide], [drawn] if drawn else [], told)


def button(label: str, make: Callable[[], bytes], name: str, key: str, **look: Any) -> None:
    """A button that hands out the file `name`, made when it is asked for, of one build; `look` goes to st.download_button."""

    def made() -> bytes:
        with db.one_build():
            return make()

    st.download_button(label, bound(made), name, files.MIME[name[-4:]], key=key, on_click="ignore", **look)
