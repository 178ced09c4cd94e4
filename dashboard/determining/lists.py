"""What waits to be settled in the filings of a selection, and everything that was settled in those of a county."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import charts, components, db, labels
from dashboard.components import NOWHERE, Table
from dashboard.determining import settled
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import language, t
from etl import determining, doubts

FINDINGS_PAGE = "pages/findings.py"


def of(chosen: Selection) -> Sequence[db.Row]:
    """What the reader could not make out in the filings that count, newest year first."""
    return db.query("unsettled", **chosen.parameters())


def link(waiting: Sequence[db.Row]) -> None:
    """How much waits, and the way to the list."""
    if waiting:
        st.page_link(
            st.session_state["pages"][FINDINGS_PAGE], label=t("determine.waiting_link", n=len(waiting))
        )


def show(chosen: Selection) -> None:
    """The list; a click leads to the filing, at the place, with the form beside it."""
    waiting = of(chosen)
    if not waiting:
        return
    filings = len({row["sha256"] for row in waiting})
    with components.card(
        t("determine.waiting"), t("determine.waiting_words", n=len(waiting), filings=filings)
    ):
        heads = [
            t("shared.government"),
            t("shared.year"),
            t("shared.place"),
            t("shared.text"),
            t("filing.why"),
        ]
        rows = [_row(row) for row in waiting]
        components.table_of_parts("unsettled", heads, rows, [_part(row) for row in waiting])


def _row(row: db.Row) -> tuple[object, ...]:
    if row["metric"]:
        place, why = labels.metric(row["metric"]), doubts.words()[row["kind"]][language()]
    else:
        place = labels.cell(row["schedule"], row["line"], row["column"])
        why = t("state.illegible")
    return charts.short(row["government"]), row["year"], place, row["text"] or "—", why


def _part(row: db.Row) -> Part:
    at = row["government"], row["year"], "", None, "stated"
    return Part(*at, row["sha256"], row["cell"], row["path"])


def trail(county: str) -> None:
    """Everything that was settled, taken back or not, in order; what was settled in a filing that is gone says so."""
    made = determining.trail(county)
    if not made:
        return
    there = {
        sha256: bool(db.query("filing", prefix=sha256))
        for sha256 in {one.determination.subject.filing for one in made}
    }
    gone = sum(not there[one.determination.subject.filing] for one in made)
    said = t("determine.trail_words", n=len(made)) + (t("determine.trail_gone", n=gone) if gone else "")
    with components.card(t("determine.trail"), said):
        components.table_with_files("determined", t("determine.trail"), lambda: _table(made, there))


def _table(made: Sequence[determining.Entry], there: Mapping[str, bool]) -> Table:
    names = ("number", "at", "who", "government", "year", "place", "text", "settled", "why", "source")
    heads = [t(f"shared.{name}") if name != "settled" else t("determine.head_settled") for name in names]
    rows = [_entry(one, there[one.determination.subject.filing]) for one in made]
    return Table(heads, rows, NOWHERE)


def _entry(entry: determining.Entry, there: bool) -> tuple[object, ...]:
    one, whose = entry.determination, entry.whose
    source = whose.path if there else t("determine.gone", path=whose.path)
    head = one.number, settled.clock(one.at), one.who, whose.government, whose.year
    return *head, settled.place(one.subject), one.subject.sentence, settled.outcome(one), one.why, source
