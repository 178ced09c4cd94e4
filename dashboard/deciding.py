"""The form in which a person decides about the findings that are ticked, or chosen in it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import access, charts, components, labels
from dashboard.findings import Found
from dashboard.text import language, t
from etl import decisions
from etl.decisions import Subject


def show(listed: Sequence[Found]) -> None:
    """The form for findings of the list; when a decision has been recorded, none is chosen any more."""
    known = {found.subject.digest: found for found in listed}
    ticked = () if "told" in st.session_state else st.session_state.get("deciding", ())
    st.session_state["deciding"] = [digest for digest in ticked if digest in known]
    seen = _as_seen(listed)
    with components.card(t("findings.decide"), t("findings.decide_words")):
        digests = st.multiselect(
            t("findings.which"),
            list(known),
            key="deciding",
            format_func=lambda digest: _named(known[digest]),
            placeholder=t("findings.which_hint"),
        )
        st.radio(
            t("findings.verdict"),
            decisions.VERDICTS,
            key="verdict",
            format_func=lambda name: t(f"verdict.{name}"),
            horizontal=True,
        )
        st.text_area(t("findings.note"), key="note", height=68)
        st.button(
            t("findings.record"),
            key="record",
            type="primary",
            disabled=not digests,
            on_click=_record,
            args=([known[digest].subject for digest in digests], seen),
        )
        _last_step()


def tell(kind: str, message: str) -> None:
    """Have it said at the next drawing of the page that something was recorded, or could not be."""
    st.session_state["told"] = kind, message


def _as_seen(listed: Sequence[Found]) -> dict[str, int]:
    """What the next decision on each chosen finding follows: the last one that the page showed when it was chosen.

    What others have decided since may stand in the list by now, but the person chose before.
    """
    shown = {found.subject.digest: found.standing.follows for found in listed}
    before = st.session_state.get("shown", shown)
    former: dict[str, int] = st.session_state.get("seen", {})
    seen = {
        digest: former.get(digest, before.get(digest, shown[digest]))
        for digest in st.session_state["deciding"]
    }
    st.session_state["shown"], st.session_state["seen"] = shown, seen
    return seen


def _named(found: Found) -> str:
    place = labels.place(found.row["schedule"], found.row["line"], found.row["column"])
    what = found.row[f"message_{language()}"]
    return f"{charts.short(found.row['government'])} {found.row['year']} {place} {what}"


def _record(subjects: Sequence[Subject], seen: Mapping[str, int]) -> None:
    """Record a decision; what stands in the way is said instead, and what was chosen is left."""
    who, verdict, note = access.person(), st.session_state["verdict"], st.session_state["note"]
    if not who:
        st.session_state["amiss"] = t("access.who_missing")
    elif verdict == "accepted" and not note.strip():
        st.session_state["amiss"] = t("findings.note_missing")
    else:
        try:
            decisions.record(subjects, verdict, who, note, seen)
            tell("success", t("findings.recorded", n=len(subjects)))
        except decisions.Overtaken:
            tell("warning", t("findings.overtaken"))


def _last_step() -> None:
    """How the last step went, said once; the places are kept, so that nothing below them moves."""
    done, fault = st.empty(), st.empty()
    kind, message = st.session_state.pop("told", ("", ""))
    if kind:
        {"success": done.success, "warning": done.warning}[kind](message)
    if amiss := st.session_state.pop("amiss", ""):
        fault.error(amiss)
