"""The screen before there is anything to show, and the screen after a failure."""

import logging

import duckdb
import streamlit as st

from dashboard import access, components, db, importing, told
from dashboard.text import t
from etl import ledger


def show() -> None:
    """No report has been read: what to do next, and what became of the files that were found."""
    if db.unusable():
        st.title(t("nothing.unusable"), anchor=False)
        st.text(t("nothing.rebuild"))
        if access.may("import") and st.button(t("nothing.rebuild_now"), type="primary"):
            importing.publish()
            st.switch_page(st.session_state["pages"]["pages/import_filings.py"])
        st.code(t("nothing.commands"), language="bash")
        return
    st.title(t("nothing.title"), anchor=False)
    st.text(t("nothing.next"))
    if access.may("import") and st.button(t("nothing.import"), type="primary"):
        st.switch_page(st.session_state["pages"]["pages/import_filings.py"])
    st.code(t("nothing.commands"), language="bash")
    st.text(t("nothing.then"))
    problems = db.query("problems", county="", sample=False) if db.readable() else ()
    if problems:
        st.header(t("nothing.problems"), anchor=False)
        heads = [t("shared.source"), t("shared.kind"), t("shared.detail")]
        rows = [(row["path"], t(f"problem.{row['kind']}"), told.problem(row)) for row in problems]
        components.plain_table(heads, rows)


def failed(error: Exception) -> bool:
    """Something of ours broke: say so and what helps; the particulars are for the log."""
    logging.getLogger("dashboard").error("a page failed", exc_info=error)
    if isinstance(error, ledger.Unkept):
        # What people decided is in no build: rebuilding helps nothing, and whoever deletes the file loses it.
        st.error(t("failed.decisions"))
        st.text(t("failed.restore"))
        return True
    damaged = isinstance(error, duckdb.Error)
    st.error(t("failed.damaged" if damaged else "failed.title"))
    st.text(t("failed.mended" if damaged else "failed.next"))
    return True
