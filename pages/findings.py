"""What is wrong, where, and what would put it right?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import (
    access,
    charts,
    components,
    db,
    deciding,
    files,
    findings,
    grids,
    labels,
    letters,
    link,
    room,
    told,
)
from dashboard.components import NOWHERE, Table
from dashboard.determining import lists
from dashboard.findings import Found
from dashboard.selection import Selection
from dashboard.text import t
from etl import decisions
from etl.paper.slips import Slip

STATES = ("open", "reopened", "returned", "accepted", "corrected")
_DESCRIBED = ("government", "year", "severity", "standing", "place", "printed", "expected", "finding")
# What a file has in columns of their own stands together on the screen, which is narrower.
ON_SCREEN = (*_DESCRIBED, "likely", "basis")
IN_FILES = (*_DESCRIBED, "likely", "quote", "basis", "decided")
# How many addressees the words name; all stand in the choice below.
NAMED = 12


def main() -> None:
    chosen = components.head("findings")
    every = findings.of(chosen)
    listed = filtered(every)
    listing(chosen, every, listed)
    if every and access.may("decide"):
        access.ask_person()
        left, right = room.columns(2)
        with left:
            deciding.show(listed)
        with right:
            returning(chosen, every)
    lists.show(chosen)
    audit(chosen)
    lists.trail(chosen.county)


def filtered(every: Sequence[Found]) -> list[Found]:
    """What the reader asks to see; nothing picked is everything."""
    kinds: Sequence[str] = sorted({row["kind"] for row in db.query("rules")})
    severity, kind, standing = st.columns(3)
    with severity:
        severities = picked("severity", findings.SEVERITIES)
    with kind:
        kinds = picked("kind", kinds)
    with standing:
        states = picked("standing", STATES)
    return [
        found
        for found in every
        if found.row["severity"] in severities
        and found.row["kind"] in kinds
        and found.standing.state in states
    ]


def picked(name: str, keys: Sequence[str]) -> list[str]:
    options = {key: t(f"{name}.{key}") for key in keys}
    return link.several(name, t(f"shared.{name}"), options, (), len(keys), t("filter.all")) or list(keys)


def listing(chosen: Selection, every: Sequence[Found], listed: Sequence[Found]) -> None:
    with components.card(t("findings.list"), words(chosen, every, listed)):
        if not listed:
            return
        rows = [in_file(found) for found in listed]
        choosable(listed, rows)
        heads = [t(f"shared.{name}") for name in IN_FILES]
        components.downloads("findings-list", t("findings.title"), Table(heads, rows, NOWHERE))


def words(chosen: Selection, every: Sequence[Found], listed: Sequence[Found]) -> str:
    if not every:
        return t("findings.none", years=chosen.span)
    filings = len({found.row["report_id"] for found in every})
    severities = Counter(found.row["severity"] for found in every)
    states = Counter(found.standing.state for found in every)
    counts = {name: severities[name] for name in findings.SEVERITIES} | {
        name: states[name] for name in STATES
    }
    shown = {name: components.count(number) for name, number in counts.items()}
    n, of = components.count(len(every)), components.count(filings)
    said = t("findings.words", years=chosen.span, n=n, filings=of, **shown)
    return said + (t("findings.words_shown", n=len(listed)) if len(listed) < len(every) else "")


def in_file(found: Found) -> tuple[Any, ...]:
    row = found.row
    return (
        charts.short(row["government"]),
        *findings.described(found),
        found.rule,
        findings.likely(found.sets),
        row["quote"] or "",
        told.said(row["basis"]),
        decided(found),
    )


def on_screen(row: tuple[Any, ...]) -> tuple[object, ...]:
    """The same in fewer columns: who decided beside the standing, the sentence beside the rule that it breaks."""
    government, year, severity, standing, *place, rule, likely, quote, basis, decision = row
    standing = f"{standing} {decision}".strip()
    return government, year, severity, standing, *place, findings.quoted(rule, quote), likely, basis


def decided(found: Found) -> str:
    """Who decided last, when and why; for a finding opened again, what the facts were then."""
    decision = found.standing.decision
    if decision is None:
        return ""
    about = {"who": decision.who, "at": decision.at[:16].replace("T", " "), "note": decision.note}
    if found.standing.state == "reopened":
        return t("findings.decided_before", verdict=t(f"verdict.{decision.verdict}"), **about)
    return t("findings.decided", **about)


def choosable(listed: Sequence[Found], described: Sequence[tuple[Any, ...]]) -> None:
    """The table: a box ticks a finding for a decision, any other cell opens the filing there."""
    # Ticks are kept by row number: a list with other rows, or other states, must not inherit them.
    name = f"findings.{hash(tuple((found.subject.digest, found.standing.state) for found in listed))}"

    def follow() -> None:
        selection = st.session_state[name].selection
        if selection.rows != st.session_state["ticked"]:
            st.session_state["deciding"] = [listed[row].subject.digest for row in selection.rows]
        elif selection.cells:
            st.session_state["follow"] = [findings.origin(listed[selection.cells[0][0]].row)]

    heads = [t(f"shared.{name}") for name in ON_SCREEN]
    rows = [on_screen(row) for row in described]
    with grids.leading_on(name, follow, ticked=True):
        grids.draw(heads, rows, 16, key=name, on_select="rerun", selection_mode=["multi-row", "single-cell"])
    st.session_state["ticked"] = st.session_state[name].selection.rows
    st.caption(t("findings.click"))


def returning(chosen: Selection, every: Sequence[Found]) -> None:
    """Letters to one township or all that have something to mend in the newest year."""
    due = [found for found in every if found.row["year"] == chosen.last and findings.to_be_mended(found)]
    governments = sorted({found.row["government"] for found in due})
    said = t("findings.return_words", year=chosen.last, n=len(governments), findings=len(due))
    if not governments:
        said = t("findings.return_none", year=chosen.last)
    else:
        first = t("shared.comma").join(map(charts.short, governments[:NAMED]))
        more = t("shared.and_more") if len(governments) > NAMED else ""
        said += t("findings.return_to", names=first + more)
    with components.card(t("findings.return", year=chosen.last), said):
        if not due:
            return
        wanted = st.multiselect(
            t("findings.addressees"), governments, key="addressees", placeholder=t("filter.all")
        )
        today = date.today()
        across = st.columns(2)
        office = across[0].text_input(t("findings.office"), t("findings.office_of", county=chosen.county))
        reply_by = across[1].date_input(
            t("findings.reply_by"),
            today + timedelta(letters.DAYS_TO_REPLY),
            today,
            format="YYYY-MM-DD",
        )
        sent = [found for found in due if not wanted or found.row["government"] in wanted]
        hand_out(chosen, sent, letters.write(sent, office, today, reply_by, chosen.sample))


def hand_out(chosen: Selection, sent: Sequence[Found], written: Sequence[Slip]) -> None:
    """The button that hands the letters out; taking them away records the findings as returned."""
    who = access.person()
    whole = files.name_of(chosen, t("findings.slips_file")) + ".zip"
    name = letters.file_name(written, whole)
    fresh = [found for found in sent if found.standing.state != "returned"]

    def note() -> None:
        seen = {found.subject.digest: found.standing.follows for found in fresh}
        subjects = [found.subject for found in fresh]
        try:
            if subjects:
                decisions.record(subjects, "returned", who, t("findings.returned_with", file=name), seen)
        except decisions.Overtaken:
            deciding.tell("warning", t("findings.overtaken"))

    st.download_button(
        t("findings.slips", n=len(written)),
        lambda: letters.packed(written),
        name,
        files.MIME[name[-4:]],
        key="slips",
        on_click=note,
        disabled=not who,
    )
    st.caption(t("findings.slips_hint") if who else t("access.who_missing"))


def audit(chosen: Selection) -> None:
    """Every decision of the county in the order they were made."""
    made = decisions.trail(chosen.county)
    said = t("findings.audit_words", n=len(made)) if made else t("findings.audit_none")
    with components.card(t("findings.audit"), said):
        if made:
            components.table_with_files("audit", t("findings.audit"), lambda: made_so_far(made))


def made_so_far(made: Sequence[decisions.Decision]) -> Table:
    """The decisions as a table that leads nowhere: a decision outlives the filing it was made on."""
    names = ("number", "at", "who", "verdict", "note", "government", "year", "check", "place")
    heads = [t(f"shared.{name}") for name in (*names, "printed", "expected", "quote")]
    return Table(heads, [entry(one) for one in made], NOWHERE)


def entry(made: decisions.Decision) -> tuple[object, ...]:
    subject = made.subject
    head = made.number, made.at.replace("T", " "), made.who, t(f"verdict.{made.verdict}"), made.note
    keys = [*subject.place.split("."), None, None, None][:3] if subject.place else [None, None, None]
    facts = subject.printed or "—", subject.expected or "—", subject.quote
    return *head, subject.government, subject.year, subject.check_id, labels.place(*keys), *facts


main()
