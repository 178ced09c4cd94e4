"""How far the update of the database is, for everybody who looks."""

from datetime import datetime

import streamlit as st

from dashboard import importing, told
from dashboard.text import t
from etl.intake import task


def show(waiting: int = 0) -> None:
    """The last update: under way, done, or what stood in its way; `waiting` steps came too late for it."""
    state = importing.publishing()
    if state is not None and state.under_way:
        _watching()
    elif state is not None and state.name != "done":
        failed(state.message or t("import_filings.died"))
        _again(t("import_filings.again"))
    elif waiting:
        _again(t("determine.update", n=waiting))
    elif state is not None:
        at = datetime.fromtimestamp(state.at).strftime("%H:%M")
        st.caption(t("import_filings.updated", at=at))


def failed(reason: str) -> None:
    """What was not done, and why; the reason may quote a file's name, so it is shown as text."""
    st.error(t("import_filings.not_done"))
    st.text(told.said(reason))


def share(state: task.State) -> float:
    """How much of a task is done."""
    return state.done / state.total if state.total else 0.0


def _again(words: str) -> None:
    if st.button(words, key="update-again"):
        importing.publish()
        st.rerun()


@st.fragment(run_every=1)
def _watching() -> None:
    state = importing.publishing()
    if state is None or not state.under_way:
        st.rerun()
    else:
        words = {"waiting": "update_waits", "starting": "update_starts"}.get(state.name, "update_runs")
        st.progress(share(state), t(f"import_filings.{words}", done=state.done, total=state.total))
