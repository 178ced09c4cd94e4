"""The form in which a person says what stands in a filing where the reader could not make it out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from dashboard import access, db
from dashboard.components import count
from dashboard.determining import picture, settled
from dashboard.determining.doubtful import MARKS, Choice, Doubtful, opened, page
from dashboard.text import t
from etl import determining
from etl.determining import Wanted

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?")


def show(filing: db.Row, found: Sequence[Doubtful], cell: str) -> None:
    """One of the things in doubt with its form, the others to choose from."""
    settled.told()
    if not found:
        st.text(t("determine.nothing"))
        return
    one = opened(found, cell) or found[0]
    chosen(filing, found, one)
    described(one)
    picture.show(filing, page(filing, one))
    if not access.may("decide"):
        st.info(t("determine.not_allowed"))
        return
    said, standing = st.empty(), settled.standing(filing["sha256"])
    if own := [standing[subject.digest] for subject in one.subjects if subject.digest in standing]:
        said.text("\n".join(settled.words(each) for each in own))
    access.ask_person()
    asked(filing, one)


def chosen(filing: db.Row, found: Sequence[Doubtful], one: Doubtful) -> None:
    """The list to choose from: the choice is a part of the address."""
    names = {other.cell: other.name for other in found}
    key = f"determine.{filing['sha256'][:12]}.{one.cell}"

    def follow() -> None:
        st.query_params["cell"] = st.session_state[key].split("+")[0]

    order = list(names)
    where = order.index(one.cell)
    words = t("determine.choose", n=len(found))
    st.selectbox(words, order, where, format_func=names.__getitem__, key=key, on_change=follow)


def described(one: Doubtful) -> None:
    """What is printed and why it was not taken; words of the filing are shown as text."""
    several = len(one.sentences) > 1
    with st.container(gap="xsmall"):
        for at, sentence in enumerate(one.sentences):
            st.text(f"{MARKS[at % len(MARKS)]} {sentence}" if several else sentence)
        if not one.sentences:
            st.text(t("determine.made_out", text=one.printed or "—"))
        st.caption(one.why)


def asked(filing: db.Row, one: Doubtful) -> None:
    """The choices, and what is kept when the button is pressed."""
    key = f"determine.{filing['sha256'][:12]}.{one.cell}"
    with st.form(f"{key}.form", border=False):
        st.radio(
            t("determine.what"),
            range(len(one.choices)),
            None,
            format_func=lambda number: one.choices[number].name,
            key=f"{key}.choice",
            horizontal=True,
        )
        left, right = st.columns([1, 2])
        left.text_input(t("determine.number"), key=f"{key}.number", max_chars=30)
        right.text_input(t("determine.why"), key=f"{key}.why", max_chars=200)
        # What the person sees now is what the determination follows, whatever others keep until the button is pressed.
        seen = settled.numbers(filing["sha256"])
        st.form_submit_button(
            t("determine.keep"), type="primary", on_click=keep, args=(filing, one, key, seen)
        )


def keep(filing: db.Row, one: Doubtful, key: str, seen: dict[str, int]) -> None:
    """Keep what was chosen and have the base made anew; what stands in the way is said instead."""
    entered = {name: st.session_state[f"{key}.{name}"] for name in ("choice", "number", "why")}
    at, why = entered["choice"], entered["why"].strip()
    try:
        wanted = _wanted(filing, one, None if at is None else one.choices[at], entered["number"], why)
    except ValueError as error:
        settled.tell("error", str(error))
        return
    settled.record(filing, wanted, why, seen, t("determine.kept"))


def _wanted(
    filing: db.Row, one: Doubtful, choice: Choice | None, number: str, why: str
) -> tuple[Wanted, ...]:
    """What is to be kept. Raises ValueError with a sentence for people."""
    if not access.person():
        raise ValueError(t("access.who_missing"))
    if choice is None:
        raise ValueError(t("determine.no_choice"))
    if not choice.free and number.strip():
        raise ValueError(t("determine.number_unasked"))
    wanted = choice.wanted
    if choice.free:
        value = _number(number)
        wanted = (replace(wanted[0], value=value), *wanted[1:])
        offered = {each.value for other in one.choices if not other.free for each in other.wanted}
        if value not in offered and not why:
            raise ValueError(t("determine.why_missing"))
    for each in wanted:
        if fault := determining.fault(each):
            raise ValueError(t(f"determine.{fault}"))
        _require_alone(filing, each)
    return wanted


def _number(written: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", written).strip().replace(",", "").replace("−", "-")
    if not plain:
        raise ValueError(t("determine.number_missing"))
    if not _NUMBER.fullmatch(plain):
        raise ValueError(t("determine.no_number"))
    return Decimal(plain)


def _require_alone(filing: db.Row, wanted: Wanted) -> None:
    """Refuse a number of the prose beside another of the same metric, which is read surely: then neither would count."""
    subject = wanted.subject
    if wanted.value is None or subject.is_cell or subject.category:
        return
    metric = wanted.metric or subject.place
    for row in db.query("filing_metrics", report_id=filing["report_id"]):
        own = row["metric"] == metric and not (row["scope"] or row["category"] or row["part_of"])
        if own and Decimal(str(row["value"])) != wanted.value:
            raise ValueError(t("determine.stated_already", number=count(row["value"])))
