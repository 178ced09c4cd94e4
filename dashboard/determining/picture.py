"""The page of the original on which something in doubt stands, as a picture."""

import streamlit as st

from dashboard import db, original
from dashboard.text import t
from etl import page_picture


def show(filing: db.Row, page: int | None) -> None:
    """A fold with the page, drawn when it is opened; nothing for formats that have no pages."""
    if page is None or not page_picture.can_draw(filing["media_type"]):
        return
    below = st.expander(
        t("determine.page", n=page), key=f"page.{filing['sha256'][:12]}.{page}", on_change="rerun"
    )
    if not below.open:
        return
    data = original.read(filing)
    drawn = page_picture.drawn(data, page) if data else None
    with below:
        if drawn is None:
            st.text(t("determine.no_page"))
        else:
            st.image(drawn, t("determine.page", n=page), width="stretch")
