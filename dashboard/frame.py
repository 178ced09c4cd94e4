"""The frame around every page: the list of pages in order, and the shared filters."""

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
if str(_ROOT) not in sys.path:
    sys.path.insert(0, str(_ROOT))

import streamlit as st  # noqa: E402 (the frame is a script: the packages beside it must be found first)

from dashboard import components, db, nothing, selection  # noqa: E402
from dashboard.text import LANGUAGES, t  # noqa: E402

PAGES = (
    "overview",
    "publication",
    "requests",
    "review_litigation",
    "submissions",
    "findings",
    "copied",
    "filing",
    "downloads",
)


def main() -> None:
    """Draw the frame, then run the page asked for; without any report, say what to do next."""
    # The language comes first: every word below is in it, also when the address alone says which.
    filters = st.sidebar.container()
    with st.sidebar:
        _language()
    pages = {
        name: st.Page(_ROOT / f"pages/{name}.py", title=t(f"{name}.title"), url_path=name)
        for name in PAGES[1:]
    }
    first = st.Page(_ROOT / "pages/overview.py", title=t("overview.title"), default=True)
    st.session_state["pages"] = {f"pages/{name}.py": page for name, page in pages.items()}
    page = st.navigation([first, *pages.values()], expanded=True)
    icon = str(_ROOT / "dashboard/static/icon.png")
    st.set_page_config(page_title=f"{page.title} · {t('shared.product')}", page_icon=icon, layout="wide")
    counties = db.query("counties") if db.build() else ()
    if not counties:
        nothing.show()
        return
    with filters:
        _filters(counties)
    components.follow_links()
    page.run()


def _filters(counties: tuple[db.Row, ...]) -> None:
    names = [row["county"] for row in counties]
    county = st.selectbox(t("filter.county"), names, key="county", bind="query-params")
    chosen = next(row for row in counties if row["county"] == county)
    if chosen["sample"]:
        st.caption(t("filter.sample"))
    first, last = _years(chosen)
    owing = [row["government"] for row in db.query("governments", county=county)]
    governments = st.multiselect(
        t("filter.governments"), owing, key="governments", placeholder=t("filter.all"), bind="query-params"
    )
    selection.keep(selection.Selection(county, first, last, tuple(governments), chosen["sample"], len(owing)))


def _years(chosen: db.Row) -> tuple[int, int]:
    years = list(range(chosen["first"], chosen["last"] + 1))
    if len(years) == 1:
        return years[0], years[0]
    first, last = st.select_slider(
        t("filter.years"), years, value=(years[0], years[-1]), key="years", bind="query-params"
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


main()
