"""The frame around every page: the list of pages in order, and the shared filters."""

import sys
from pathlib import Path
from typing import Literal

_ROOT = Path(__file__).resolve().parent.parent
if str(_ROOT) not in sys.path:
    sys.path.insert(0, str(_ROOT))

import streamlit as st  # noqa: E402 (the frame is a script: the packages beside it must be found first)

from dashboard import access, components, db, in_turn, link, nothing, one_page, printing, selection  # noqa: E402
from dashboard.text import LANGUAGES, one_language, t  # noqa: E402

# The groups of the menu and the pages of each, in order; the overview stands before them.
PAGES = {
    "analysis": ("publication", "requests", "review_litigation", "compare", "township"),
    "oversight": ("submissions", "findings", "copied", "county_return"),
    "data": ("filing", "import_filings", "downloads", "method"),
}
# The page that needs no reports.
_IMPORT = "import_filings"
# The overview's own path is empty.
_ON_ONE_PAGE = ("", *PAGES["analysis"])
_SIDEBAR = 200
_ICON = str(_ROOT / "dashboard/static/icon.png")


def main() -> None:
    """Draw the frame, then run the page asked for; without any report, say what to do next."""
    st.set_page_config(page_icon=_ICON, layout="wide", initial_sidebar_state=_SIDEBAR)
    # The language comes first: every word below is in it, also when the address alone says which.
    with st.sidebar:
        _language()
    with one_language():
        _draw()


def _draw() -> None:
    with st.sidebar:
        access.badge()
    page = _menu()
    st.set_page_config(page_title=f"{page.title} · {t('shared.product')}")
    if not access.may("read"):
        access.door()
        return
    counties = db.query("counties") if db.readable() else ()
    if not counties and page.url_path != _IMPORT:
        nothing.show()
        return
    if counties:
        with st.container(horizontal=True, vertical_alignment="center", key="filters"):
            _filters(counties)
    unknown = st.container()
    components.follow_links()
    page.run()
    with unknown:
        link.tell_unknown()
    if page.url_path in _ON_ONE_PAGE:
        one_page.offer(selection.current())
    if counties:
        printing.foot(selection.current(), page.title)


def _menu() -> st.Page:
    """The menu, in its groups; returns the page asked for."""
    first = st.Page(_ROOT / "pages/overview.py", title=t("overview.title"), default=True)
    groups = {t(f"group.{group}"): [_page(name) for name in names] for group, names in PAGES.items()}
    pages = [page for group in groups.values() for page in group]
    st.session_state["pages"] = {f"pages/{page.url_path}.py": page for page in pages}
    position: Literal["sidebar", "hidden"] = "sidebar" if access.may("read") else "hidden"
    return st.navigation({"": [first], **groups}, expanded=True, position=position)


def _page(name: str) -> st.Page:
    return st.Page(_ROOT / f"pages/{name}.py", title=t(f"{name}.title"), url_path=name)


def _filters(counties: tuple[db.Row, ...]) -> None:
    names = [row["county"] for row in counties]
    link.note_unknown("county", names)
    county = st.selectbox(
        t("filter.county"),
        names,
        key="county",
        width=190,
        bind="query-params",
        label_visibility="collapsed",
        on_change=link.forget_unknown,
    )
    chosen = next(row for row in counties if row["county"] == county)
    first, last = _years(chosen)
    owing = [row["government"] for row in db.query("governments", county=county)]
    link.note_unknown("governments", owing)
    governments = st.multiselect(
        t("filter.governments"),
        owing,
        key="governments",
        placeholder=t("filter.all_governments"),
        bind="query-params",
        wrap=False,
        label_visibility="collapsed",
        on_change=link.forget_unknown,
    )
    selection.keep(selection.Selection(county, first, last, tuple(governments), chosen["sample"], len(owing)))


def _years(chosen: db.Row) -> tuple[int, int]:
    years = list(range(chosen["first"], chosen["last"] + 1))
    if len(years) == 1:
        return years[0], years[0]
    link.note_unknown("years", years)
    first, last = st.select_slider(
        t("filter.years"),
        years,
        value=(years[0], years[-1]),
        key="years",
        bind="query-params",
        label_visibility="collapsed",
        width=260,
        on_change=link.forget_unknown,
    )
    return first, last


def _language() -> None:
    st.segmented_control(
        t("filter.language"),
        list(LANGUAGES),
        default="中文",
        key="lang",
        required=True,
        label_visibility="collapsed",
        bind="query-params",
    )


with in_turn.turn, db.one_build():
    main()
