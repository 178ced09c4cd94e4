"""The buttons below a table that hand it out as files, each made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from dashboard import charts, files, one_page, provenance, selection
from dashboard.files import Sheet
from dashboard.text import bound, t

Long = Callable[[], Sheet] | None


def hand_out(key: str, title: str, wide: Sheet, long: Long, figure: charts.Figure | None) -> None:
    """A table as shown, one cell a row if there is a `long` form, as a workbook with its chart, and for programs."""
    chosen = selection.current()
    name = files.name_of(chosen, title)
    told = f"{provenance.sample_mark(chosen)}{chosen.county} · {chosen.span} · {title}"
    with st.container(horizontal=True):
        _button(key, "csv_wide", f"{name}.csv", lambda: files.csv(wide))
        if long:
            _button(key, "csv_long", f"{name}-{t('shared.long')}.csv", lambda: files.csv(long()))
        _button(key, "excel", f"{name}.xlsx", lambda: _workbook(wide, long, figure, told))
        _button(key, "parquet", f"{name}.parquet", lambda: files.parquet(long() if long else wide, told))


def _workbook(wide: Sheet, long: Long, figure: charts.Figure | None, told: str) -> bytes:
    """The table, its chart where Excel can draw it, and the tidy form."""
    drawn = charts.native(figure, wide.name, one_page.words()) if figure else None
    return files.workbook([wide, long()] if long else [wide], [drawn] if drawn else [], told)


def _button(key: str, kind: str, name: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        t(f"shared.{kind}"),
        bound(make),
        file_name=name,
        mime=files.MIME[name[-4:]],
        key=f"{key}.{kind}",
        on_click="ignore",
    )
