"""What people settled in a filing: who, when, why, whether it is in the base yet, and the way to take it back."""

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import access, components, db, importing, labels
from dashboard.components import count
from dashboard.text import language, t
from etl import counts, determining
from etl.decisions import Overtaken
from etl.determined import BLANK, NONE, WITHDRAWN, Determination, Subject
from etl.determining import Wanted, Whose

_HEADS = ("place", "made_out", "settled", "by", "taken")


def standing(filing: str) -> dict[str, Determination]:
    """What stands about a filing, by the digest of its subject."""
    return {one.subject.digest: one for one in _latest(filing) if one.outcome != WITHDRAWN}


def numbers(filing: str) -> dict[str, int]:
    """The number of the last step about each subject of a filing, by its digest."""
    return {one.subject.digest: one.number for one in _latest(filing)}


def _latest(filing: str) -> tuple[Determination, ...]:
    return determining.latest(filing).get(filing, ())


def concerns(filing: str, cell: str) -> bool:
    """Whether the address names what a person settled, or what the person who looks has settled a moment ago."""
    places = {
        name for one in standing(filing).values() for name in (one.subject.place, f"metric.{one.metric}")
    }
    return cell in places or bool(st.session_state.get("settling") == (filing, cell))


def waiting(filing: str) -> int:
    """How many steps the base does not know yet."""
    return sum(_waits(one) for one in _latest(filing))


def _waits(one: Determination) -> bool:
    return one.number > int(db.query("build")[0]["determined"])


def words(one: Determination) -> str:
    """A determination in one sentence."""
    return t("determine.said", who=one.who, at=clock(one.at), what=outcome(one), why=one.why or "—")


def outcome(one: Determination) -> str:
    """What was settled, in words."""
    if one.outcome in (BLANK, NONE, WITHDRAWN):
        return t(f"determine.{one.outcome}")
    metric = one.metric if one.metric != one.subject.place else ""
    value = None if one.value is None else counts.plain(one.value)
    return count(value) + (f"（{labels.metric(metric)}）" if metric else "")


def place(subject: Subject) -> str:
    """Where it stands, in words."""
    if subject.is_cell:
        return labels.cell(*subject.place.split("."))
    return labels.metric(subject.place) + (f"（{subject.category}）" if subject.category else "")


def clock(at: str) -> str:
    """A local time as people read it."""
    return at[:16].replace("T", " ")


def show(filing: db.Row, named: bool) -> None:
    """The table of what was settled or corrected, and the way to take a determination back; `named`: who acts was asked."""
    corrected = db.query("filing_corrections", report_id=filing["report_id"] or 0)
    own = standing(filing["sha256"])
    by_hand = [row for row in corrected if row["corrected_at"] is None]
    if not own and not by_hand:
        return
    st.text(t("determine.settled_words"))
    taken = {
        (row["corrected_by"], row["corrected_at"].isoformat()): row
        for row in corrected
        if row["corrected_at"]
    }
    rows = [_row(one, taken.get((one.who, one.at))) for one in own.values()]
    components.plain_table([t(f"determine.head_{name}") for name in _HEADS], [*rows, *map(_by_hand, by_hand)])
    if own and access.may("decide"):
        if not named:
            access.ask_person()
        taking_back(filing, own.values())


def _row(one: Determination, row: db.Row | None) -> tuple[object, ...]:
    state = "waits" if _waits(one) else "is_taken" if row else "not_taken"
    made_out = one.subject.sentence or (row["read_text"] if row else "") or "—"
    by = " ".join(filter(None, (one.who, clock(one.at), one.why)))
    return place(one.subject), made_out, outcome(one), by, t(f"determine.{state}")


def _by_hand(row: db.Row) -> tuple[object, ...]:
    """A row of corrections.csv."""
    right = ("≈" if row["approximate"] else "") + count(row["right_value"])
    by = f"{row['corrected_by']} {row['why']}"
    return row[f"label_{language()}"], row["sentence"], right, by, t("determine.is_taken")


def taking_back(filing: db.Row, own: Iterable[Determination]) -> None:
    """The form that takes one back."""
    known = {one.number: one for one in own}
    key = f"take-back.{filing['sha256'][:12]}"
    with st.expander(t("determine.take_back")), st.form(f"{key}.form", border=False):
        st.selectbox(
            t("determine.which"),
            list(known),
            None,
            key=f"{key}.which",
            format_func=lambda number: (
                f"{place(known[number].subject)}　{outcome(known[number])}　{known[number].who}"
            ),
        )
        st.text_input(t("determine.why"), key=f"{key}.why", max_chars=200)
        st.form_submit_button(t("determine.take_back_now"), on_click=take_back, args=(filing, known, key))


def take_back(filing: db.Row, known: dict[int, Determination], key: str) -> None:
    """Record that it no longer stands, and have the base made anew."""
    one = known.get(st.session_state[f"{key}.which"] or 0)
    if one is None or not access.person():
        tell("error", t("access.who_missing") if one else t("determine.no_choice"))
        return
    why = st.session_state[f"{key}.why"].strip()
    seen = {one.subject.digest: one.number}
    record(filing, [Wanted(one.subject, WITHDRAWN)], why, seen, t("determine.taken_back"))


def record(filing: db.Row, wanted: Sequence[Wanted], why: str, seen: dict[str, int], done: str) -> None:
    """Keep a step and have the base made anew, saying so; `seen` has what the person saw."""
    whose = Whose(filing["path"], filing["county"] or "", filing["government"] or "", filing["year"] or 0)
    try:
        determining.record(wanted, whose, access.person(), why, seen)
    except Overtaken:
        tell("warning", t("determine.overtaken"))
        return
    importing.publish_unless_under_way()
    st.session_state["settling"] = filing["sha256"], st.query_params.get("cell", "")
    tell("success", done)


def tell(kind: str, message: str) -> None:
    """Have something said at the next drawing of the page."""
    st.session_state["determine.told"] = kind, message


def told() -> None:
    """How the last step went, said until the update that follows it is done.

    Its place is kept when there is nothing to say: what stands below it would else move, and be seen twice until the
    page is drawn to its end.
    """
    spot = st.empty()
    if "determine.told" not in st.session_state:
        return
    kind, message = st.session_state["determine.told"]
    state = importing.publishing()
    if state is None or not state.under_way:
        del st.session_state["determine.told"]
    {"success": spot.success, "warning": spot.warning, "error": spot.error}[kind](message)
