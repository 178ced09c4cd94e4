"""The county's own tables, ready to file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import streamlit as st

from dashboard import (
    apart,
    components,
    files,
    findings,
    handing,
    labels,
    letters,
    link,
    own_row_form,
    return_sheet,
    returns,
    room,
)
from dashboard import return_tables as tables
from dashboard.components import NOWHERE, Table
from dashboard.selection import Selection
from dashboard.text import t
from etl.returns.compare import suspects
from etl.returns.papers import papers
from etl.returns.whole import CountyReturn
from etl.returns.words import number

_NAMED, _REASONS = 6, 3


def main() -> None:
    chosen = components.head("county_return")
    chosen = of_one_year(chosen)
    made = returns.of(chosen)
    left, right = room.columns([8, 4])
    with left:
        coverage(made)
    with right:
        documents(chosen, made)
    return_sheet.show(made)
    left, right = room.columns([7, 5])
    with left:
        carried(made)
    with right:
        balanced(made)
    compared(made)
    own_row_form.show(chosen, made)


def of_one_year(chosen: Selection) -> Selection:
    """The selection cut to the year asked for, the newest at first."""
    if len(chosen.years) == 1:
        return chosen
    years = chosen.years[::-1]
    link.note_unknown("return_year", years)
    year = st.selectbox(t("county_return.year"), years, key="return_year", bind="query-params", width=160)
    return replace(chosen, first=year, last=year)


def coverage(made: CountyReturn) -> None:
    """What was added, what was not, and everything that only a person can settle: before any number."""
    with components.card(t("county_return.coverage", year=made.rolled.year), "\n".join(covered(made))):
        rows, parts = tables.doubtful(made.rolled)
        if rows:
            heads = [t(f"county_return.{name}") for name in ("unit", "place", "matter")]
            components.table_of_parts("return-doubts", heads, rows, parts)
            components.downloads("return-doubts", t("county_return.doubts"), Table(heads, rows, NOWHERE))


def covered(made: CountyReturn) -> list[str]:
    rolled = made.rolled
    said = [t("county_return.counted", units=len(rolled.units), filed=len(rolled.filed))]
    if rolled.missing:
        said.append(t("county_return.missing", names=named([unit.name for unit in rolled.missing])))
    refiled = [unit.name for unit in rolled.units if unit.superseded]
    if refiled:
        said.append(t("county_return.superseded", names=named(refiled)))
    if made.by_hand:
        said.append(t("county_return.by_hand", row=made.by_hand))
    if any(doubt.kind == "no-register" for doubt in rolled.doubts):
        said.append(t("county_return.kind_no-register"))
    marked = sum(bool(one.doubts) for one in rolled.sums.values())
    # That there is no register is said already, and bears on no cell.
    open_ = [doubt for doubt in rolled.doubts if doubt.kind != "no-register"]
    if rolled.doubts and not open_:
        return said
    key = "lower_bound" if rolled.is_lower_bound else "disputed" if open_ else "settled"
    return [*said, t(f"county_return.{key}", n=len(open_), cells=marked)]


def named(names: Sequence[str]) -> str:
    more = t("shared.and_more") if len(names) > _NAMED else ""
    return t("shared.comma").join(names[:_NAMED]) + more


def documents(chosen: Selection, made: CountyReturn) -> None:
    """Everything to take away: the report, its tables, the working paper, and the letters of return."""
    with components.card(t("county_return.documents"), t("county_return.documents_words")):
        for at, one in enumerate(papers(made)):
            look = {"type": "secondary" if at else "primary", "width": "stretch"}
            handing.button(
                t(f"county_return.{one.kind}"),
                partial(apart.written, one.make),
                one.name,
                f"return.{one.kind}",
                **look,
            )
        sending(chosen)


def sending(chosen: Selection) -> None:
    due = [found for found in findings.of(chosen) if findings.to_be_mended(found)]
    if not due:
        return
    today = date.today()
    office = t("findings.office_of", county=chosen.county)
    sent = letters.write(due, office, today, today + timedelta(letters.DAYS_TO_REPLY), chosen.sample)
    name = letters.file_name(sent, files.name_of(chosen, t("findings.slips_file")) + ".zip")
    label = t("county_return.slips", n=len(sent))
    handing.button(label, lambda: letters.packed(sent), name, "return.slips", width="stretch")
    st.caption(t("county_return.slips_hint"))


def carried(made: CountyReturn) -> None:
    """Requests carried over the turn of the year, against the county's own return and the units' filings."""
    known = [one for one in made.carried if one.filed is not None or one.summed is not None]
    off = [one for one in known if not one.agrees]
    key = "carried_off" if off else "carried_same" if known else "carried_none"
    with components.card(t("county_return.carried"), t(f"county_return.{key}", n=len(off))):
        if not known:
            return
        heads = [
            t(f"county_return.{name}", before=made.before.year, year=made.rolled.year)
            for name in ("applicant", "carried_in", "carried_filed", "carried_summed", "carried_breaks")
        ]
        rows = [tables.carried(one) for one in made.carried]
        origins = [tables.behind_carried(made, one.column) for one in made.carried]
        components.table_of_cells("return-carried", heads, rows, origins)


def balanced(made: CountyReturn) -> None:
    """The identities that the sums do not keep."""
    found = made.imbalances
    said = t("county_return.balance_off", n=len(found)) if found else t("county_return.balance_same")
    with components.card(t("county_return.balance"), said):
        if found:
            heads = [t("shared.place"), t("county_return.sum"), t("shared.expected"), t("shared.check")]
            rows = [
                (
                    labels.place(one.schedule, one.line, one.column),
                    number(one.actual),
                    number(one.expected) or "—",
                    labels.rule(one.check),
                )
                for one in found
            ]
            cells = [(one.schedule, one.line, one.column) for one in found]
            origins = [[tables.added(made.rolled, cell)] * len(heads) for cell in cells]
            components.table_of_cells("return-balance", heads, rows, origins)


def compared(made: CountyReturn) -> None:
    """The county's own filing, cell by cell, with the units that would explain what differs."""
    found = made.differences
    key = "compared_none" if made.filed is None else "compared_off" if found else "compared_same"
    with components.card(t("county_return.compared"), t(f"county_return.{key}", n=len(found))):
        if made.filed is None or not found:
            return
        reason, explained = next(iter(suspects(found)), (None, 0))
        if reason:
            st.text(t(f"county_return.reason_{reason.kind}", unit=reason.unit, n=explained))
        heads = [t("shared.place"), t("county_return.filed"), t("county_return.sum"), t("county_return.why")]
        rows = [
            (
                tables.name(one.cell),
                number(one.filed) or "—",
                number(one.summed) or "—",
                t("shared.comma").join(
                    t(f"county_return.because_{each.kind}", unit=each.unit) for each in one.reasons[:_REASONS]
                ),
            )
            for one in found
        ]
        origins = [[tables.own(made.filed, made.rolled.year, one.cell)] * len(heads) for one in found]
        components.table_of_cells("return-compared", heads, rows, origins)
        components.downloads("return-compared", t("county_return.compared"), Table(heads, rows, NOWHERE))


main()
