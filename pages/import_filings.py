"""Put new filings in: each is shown as understood before it counts."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard import access, components, db, importing, selection, settling, told, updating
from dashboard.determining import lists
from dashboard.importing import Candidate
from dashboard.text import t
from etl import places
from etl.intake import Refused, accepting, batch, history, task
from etl.intake.accepting import Wanted

LATEST = 200
SAID = 20
HEADS = ("file", "state", "government", "county", "year", "form", "cells", "doubts", "errors")


def main() -> None:
    st.title(t("import_filings.title"), anchor=False)
    st.text(t("import_filings.question"))
    if not access.may("import"):
        st.info(t("import_filings.not_allowed"))
        return
    updating.show()
    last_step()
    if db.readable() and db.query("counties"):
        lists.link(lists.of(selection.current()))
    who = access.ask_person()
    place = batch.find(places.incoming(), st.query_params.get("batch", ""))
    if place is None:
        choosing()
    else:
        chosen(place, who)
    imported(who)


def last_step() -> None:
    """How the last step went, said once."""
    done, refusal = st.session_state.pop("import_told", ("", ""))
    if done:
        st.success(done)
    if refusal:
        updating.failed(refusal)


def choosing() -> None:
    """Nothing chosen yet: the place to drop files."""
    limits = t("import_filings.limits", files=batch.MOST_FILES, size=batch.MOST_BYTES // 1_000_000)
    number = st.session_state.setdefault("uploads", 0)
    files = st.file_uploader(t("import_filings.choose"), accept_multiple_files=True, key=f"uploads.{number}")
    st.caption(limits)
    if not files:
        if not history.events():
            components.card(t("import_filings.how"), t("import_filings.steps"))
        return
    try:
        place = importing.receive([(file.name, file.getvalue()) for file in files])
    except Refused as refusal:
        updating.failed(str(refusal))
    except OSError as error:
        updating.failed(t("import_filings.not_kept", reason=error.strerror or ""))
    else:
        # Another key makes another uploader: the files lie on the disk and leave the server's memory.
        st.session_state["uploads"] += 1
        st.query_params["batch"] = place.name
        st.rerun()


def chosen(place: Path, who: str) -> None:
    state = task.state(place)
    if state is None or not state.under_way:
        understood(place, state, who)
    else:
        watching_reading(place)


@st.fragment(run_every=1)
def watching_reading(place: Path) -> None:
    state = task.state(place)
    if state is None or not state.under_way:
        st.rerun()
    else:
        words = t("import_filings.reading", done=state.done, total=state.total)
        st.progress(updating.share(state), words)
        st.caption(t("import_filings.leave"))


def understood(place: Path, state: task.State | None, who: str) -> None:
    """What the files were taken for, what a person has to settle, and the button that makes them count."""
    if state is None or state.name != "done":
        updating.failed((state and state.message) or t("import_filings.reading_died"))
    found = importing.candidates(batch.understood(place))
    refused = [one for one in found if one.state == importing.REFUSED]
    read = [one for one in found if one.state != importing.REFUSED]
    if read:
        listing(read)
    if refused:
        refusals(refused)
    deciding(place, read, who)


def listing(read: Sequence[Candidate]) -> None:
    ready = sum(one.state == importing.READY for one in read)
    unclear = sum(one.state in importing.SETTLE for one in read)
    key = "understood_words" if ready or unclear else "nothing_open"
    words = t(f"import_filings.{key}", n=len(read), ready=ready, unclear=unclear)
    rest = len(read) - ready - unclear
    if rest and key == "understood_words":
        words += t("import_filings.understood_rest", n=rest)
    # What a person has to look at stands first.
    read = sorted(read, key=lambda one: (one.state not in importing.SETTLE, one.state == importing.READY))
    with components.card(t("import_filings.understood"), words):
        heads = [t(f"import_filings.{name}") for name in HEADS]
        components.plain_table(heads, [described(one) for one in read])
        st.caption(t("import_filings.counts"))
        doubted([one for one in read if one.file.doubtful])


def doubted(read: Sequence[Candidate]) -> None:
    """What was not read surely, file by file."""
    if not read:
        return
    with st.expander(t("import_filings.doubtful", n=len(read))):
        heads = [t("import_filings.file"), t("shared.detail")]
        rows = [(one.file.name, told.said(words)) for one in read for words in one.file.doubtful[:SAID]]
        components.plain_table(heads, rows)
        st.caption(t("import_filings.settle_later"))


def described(one: Candidate) -> tuple[object, ...]:
    file = one.file
    whose = file.government or "—", file.county or "—", str(file.year or "—")
    counts = (
        file.cells,
        len(file.doubtful),
        t("import_filings.of", errors=file.errors, findings=file.findings),
    )
    state = t(f"import_filings.is_{one.state}", where=one.where)
    return file.name, state, *whose, file.form or "—", *counts


def refusals(refused: Sequence[Candidate]) -> None:
    with components.card(t("import_filings.refused"), t("import_filings.refused_words", n=len(refused))):
        heads = [t("import_filings.file"), t("shared.reason")]
        components.plain_table(heads, [(one.file.name, told.said(one.file.refusal)) for one in refused])


def deciding(place: Path, read: Sequence[Candidate], who: str) -> None:
    """The two ways on: the files count, or the batch is left."""
    open_ = any(one.state in (importing.READY, *importing.SETTLE) for one in read)
    wanted = settling.settle_all(read)
    with st.container(horizontal=True):
        words = t("import_filings.accept", n=len(wanted))
        if open_ and st.button(words, type="primary", disabled=not wanted or not who):
            accept(place, wanted, who)
        if st.button(t("import_filings.discard" if open_ else "import_filings.next_batch")):
            leave(place)
    if wanted and not who:
        st.text(t("access.who_missing"))


def accept(place: Path, wanted: Sequence[Wanted], who: str) -> None:
    try:
        accepting.accept(places.own(), place, wanted, who)
    except Refused as refusal:
        st.session_state["import_told"] = "", str(refusal)
    else:
        st.session_state["import_told"] = t("import_filings.accepted", n=len(wanted)), ""
        importing.publish()
    st.rerun()


def leave(place: Path) -> None:
    batch.discard(place)
    del st.query_params["batch"]
    st.rerun()


def imported(who: str) -> None:
    """What was put in through this page, newest first, and the way to take a mistake out again."""
    events = history.events()
    if not events:
        return
    standing = history.standing()
    with components.card(t("import_filings.imported"), t("import_filings.imported_words", n=len(standing))):
        names = ("at", "what", "who", "government", "year", "file", "stored", "note")
        rows = [entry(event) for event in reversed(events[-LATEST:])]
        components.plain_table([t(f"import_filings.{name}") for name in names], rows)
        withdrawing(standing, who)


def entry(event: history.Event) -> tuple[object, ...]:
    what = t(f"import_filings.{event.what}_entry")
    at = event.at.replace("T", " ")
    return at, what, event.who, event.government, str(event.year), event.name, event.path, event.note


def withdrawing(standing: dict[str, history.Event], who: str) -> None:
    with st.expander(t("import_filings.withdraw")), st.form("withdraw", border=False):
        st.text(t("import_filings.withdraw_words"))
        sha256 = st.selectbox(
            t("import_filings.which"),
            list(reversed(standing)),
            None,
            format_func=lambda one: f"{standing[one].government} {standing[one].year} {standing[one].name}",
        )
        why = st.text_input(t("import_filings.why"), max_chars=200)
        if st.form_submit_button(t("import_filings.withdraw_now")):
            withdraw(sha256, who, why.strip())


def withdraw(sha256: str | None, who: str, why: str) -> None:
    if not (sha256 and who and why):
        st.error(t("import_filings.withdraw_missing"))
        return
    try:
        accepting.withdraw(places.own(), sha256, who, why)
    except Refused as refusal:
        st.session_state["import_told"] = "", str(refusal)
    else:
        st.session_state["import_told"] = t("import_filings.withdrawn"), ""
        importing.publish()
    st.rerun()


main()
