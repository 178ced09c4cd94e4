"""Where a person says whose a filing is, for which year and of which date, before it is imported."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import db, importing, told
from dashboard.importing import Candidate
from dashboard.text import t
from etl.intake import accepting
from etl.intake.accepting import Wanted

AT_ONCE = 20


def settle_all(read: Sequence[Candidate]) -> list[Wanted]:
    """The files to be accepted: those understood, less those put aside, and those that a person settles here."""
    open_ = {one.key: one for one in read if one.state in (importing.READY, *importing.SETTLE)}
    if not open_:
        return []
    left, right = st.columns(2)
    aside = left.multiselect(
        t("import_filings.aside"), list(open_), format_func=lambda key: open_[key].file.name, placeholder="—"
    )
    ready = [key for key, one in open_.items() if one.state == importing.READY and key not in aside]
    changed = right.multiselect(
        t("import_filings.change"), ready, format_func=lambda key: open_[key].file.name, placeholder="—"
    )
    unclear = [key for key, one in open_.items() if one.state in importing.SETTLE and key not in aside]
    county = _own_county() or _only({one.file.county for one in read if one.file.county})
    settled = [_settle(open_[key], county) for key in [*unclear, *changed][:AT_ONCE]]
    if len(unclear) > AT_ONCE:
        st.caption(t("import_filings.more_to_settle", n=len(unclear) - AT_ONCE))
    return [open_[key].wanted for key in ready if key not in changed] + [one for one in settled if one]


def _settle(one: Candidate, own: str) -> Wanted | None:
    """A person's word on whose the filing is, for which year, and of which date; None while it is not clear."""
    file, key = one.file, one.key
    with st.container(border=True, gap="xsmall"):
        st.text(file.name)
        for words in (*file.unsettled, *_rivalry(one)):
            st.text(told.said(words))
        government, county, year, day = st.columns([3, 2, 1, 2])
        wanted = Wanted(
            file,
            _name_in(government, file.government, f"{key}.government"),
            county.text_input(t("shared.county"), file.county or own, key=f"{key}.county").strip(),
            year.number_input(t("shared.year"), 2000, 2099, file.year, 1, format="%d", key=f"{key}.year"),
            _dated(
                day.date_input(
                    t("shared.published"),
                    _printed(file.published),
                    key=f"{key}.published",
                    format="YYYY-MM-DD",
                )
            ),
            ruled=True,
        )
        wrong = accepting.fault(wanted) or _undated(one, wanted)
        if wrong:
            st.text(told.said(wrong))
    return None if wrong else wanted


def _name_in(column: DeltaGenerator, understood_as: str, key: str) -> str:
    """A government of the register, or one typed in."""
    county = _own_county()
    listed = [row["government"] for row in db.query("governments", county=county)] if county else []
    names = list(dict.fromkeys(name for name in (understood_as, *listed) if name))
    index = 0 if understood_as else None
    label = t("import_filings.government")
    picked = column.selectbox(
        label, names, index, key=key, accept_new_options=True, placeholder=t("import_filings.full_name")
    )
    return (picked or "").strip()


def _rivalry(one: Candidate) -> list[str]:
    if one.state != importing.REFILED:
        return []
    dates = t("shared.comma").join(day or t("filing.no_date") for day in one.rivals)
    return [
        t("import_filings.rivals", n=len(one.rivals), dates=dates)
        if one.rivals
        else t("import_filings.twins")
    ]


def _undated(one: Candidate, wanted: Wanted) -> str:
    """Of two filings of a year the later date counts, so a date has to be known."""
    told_apart = wanted.published and wanted.published not in one.rivals
    same = (wanted.government, wanted.year) == (one.file.government, one.file.year)
    return (
        t("import_filings.needs_date") if one.state == importing.REFILED and same and not told_apart else ""
    )


def _own_county() -> str:
    """The county to suggest: the office's own, if it has but one."""
    counties = db.query("counties") if db.readable() else ()
    return _only({row["county"] for row in counties if not row["sample"]})


def _only(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""


def _printed(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def _dated(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""
