"""How does the county stand this year?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard import (
    apart,
    charts,
    components,
    db,
    findings,
    handing,
    labels,
    mapping,
    measures,
    one_page,
    parts,
    room,
    tables,
    told,
)
from dashboard.components import count, section
from dashboard.determining import doubtful, lists
from dashboard.determining.doubtful import TO_SETTLE
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import language, t
from etl import briefing

PROSE = ("items_published", "website_items", "wechat_items", "training_sessions")
CELLS = ("received", "closed", "carried_out")
STATES = ("read", "findings", "missing")
# A number must reach this in one of two years before its change is worth a line.
FLOOR = 5
MANY = 24
SEVERITIES = ("error", "doubt", "hint")


def main() -> None:
    chosen = components.head("overview", year_in_words)
    found = measures.metrics(chosen, PROSE) + measures.cells(
        chosen, "requests", "requests", ["total"], "line"
    )
    disputes = measures.cells(chosen, "review_litigation", "review", ["total"], "line")
    headline(chosen, found, disputes)
    problems = db.query("problems", **chosen.parameters())
    left, right = room.columns([5, 6])
    # Of many townships the map is as high as two lists: it stands where there is more room.
    many = len(measures.governments(chosen)) > MANY
    with left:
        grid(chosen)
        if many:
            changes(chosen, found)
        else:
            mapping.show(chosen)
    with right:
        attention(chosen, problems)
        if many:
            mapping.show(chosen)
        else:
            changes(chosen, found)
    waiting(problems)


def year_in_words(chosen: Selection) -> None:
    """The whole county's newest year as a document to be signed; its numbers lead to the filings in an annex."""
    place = db.holding(chosen.county)
    handing.button(
        t("overview.briefing", year=chosen.last),
        lambda: apart.written(briefing.document, place, chosen.county, chosen.last, date.today())[1],
        briefing.name(chosen.county, chosen.last, chosen.sample),
        "briefing",
        help=t("overview.briefing_help"),
    )


def headline(chosen: Selection, found: Sequence[Part], disputes: Sequence[Part]) -> None:
    rows = chosen.rows("submissions")
    filed = {year: [row for row in rows if row["year"] == year and row["sha256"]] for year in years(chosen)}
    with st.container(key="headline"):
        cards = iter(st.columns(6, gap="small"))
    due = measures.owing(chosen, chosen.last)
    filings = {year: len(filed[year]) for year in filed}
    now = filings[chosen.last]
    with next(cards):
        metric(
            t("overview.filed"), t("overview.reports", n=f"{now} / {due}"), filings.get(chosen.last - 1), now
        )
    with next(cards):
        figure(chosen, t("overview.items"), "items", parts.of_key(found, "items_published"))
    for key in ("received", "closed"):
        with next(cards):
            figure(chosen, t(f"short.{key}"), "cases", parts.of_key(found, key))
    with next(cards):
        figure(chosen, t("overview.disputes"), "cases", disputes)
    wrong = {year: sum(row["findings"] for row in filed[year]) for year in filed}
    with next(cards):
        said = t("overview.places", n=count(wrong[chosen.last]))
        metric(t("overview.findings"), said, wrong.get(chosen.last - 1), wrong[chosen.last])


def years(chosen: Selection) -> list[int]:
    return [year for year in (chosen.last - 1, chosen.last) if year >= chosen.first]


def figure(chosen: Selection, name: str, unit: str, own: Sequence[Part]) -> None:
    """A sum of `unit` (cases or items) with last year's beside it, which only the same governments make comparable."""
    now, before = parts.of_year(own, chosen.last), parts.of_year(own, chosen.last - 1)
    covered = t("shared.coverage", n=parts.stated(now), of=measures.owing(chosen, chosen.last))
    if {part.government for part in now if part.value is not None} != {
        part.government for part in before if part.value is not None
    }:
        covered = (
            f"{covered}{t('overview.not_compared', n=parts.stated(before), sum=count(parts.total(before)))}"
        )
        before = []
    total = parts.total(now)
    said = t("state.unstated") if total is None else t(f"overview.{unit}_said", n=count(total))
    metric(name, said, parts.total(before), total, covered)


def metric(name: str, shown: str, before: float | None, now: float | None, covered: str = "") -> None:
    delta = None if before is None or now is None else signed(now - before)
    last = t("overview.last_year", n=count(before))
    one_page.headline(name, shown, "" if before is None else last)
    st.metric(
        name,
        shown,
        delta=delta,
        delta_color="off",
        delta_arrow="off",
        delta_description=None if delta is None else last,
        help=covered or None,
        border=True,
        height="stretch",
    )


def signed(difference: float) -> str:
    """A difference with its sign."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + count(abs(difference))


def grid(chosen: Selection) -> None:
    rows = chosen.rows("submissions")
    governments = measures.governments(chosen)
    points = [
        charts.Point(
            row["government"], row["year"], row["status"], row["findings"] or None, row["path"] or ""
        )
        for row in rows
    ]
    found = [
        Part(
            row["government"],
            row["year"],
            row["status"],
            row["findings"],
            "stated",
            row["sha256"],
            "",
            row["path"],
        )
        for row in rows
        if row["sha256"]
    ]
    names = {state: t(f"status.{state}") for state in STATES}
    drawn = charts.grid(points, names, governments, chosen.years, components.style())
    status = {(row["government"], row["year"]): names[row["status"]] for row in rows}
    table = tables.by_square(found, governments, chosen.years, status)
    words = grid_words(chosen, rows)
    section("overview-grid", t("overview.grid"), words, drawn, table, found, fill=False)


def grid_words(chosen: Selection, rows: Sequence[db.Row]) -> str:
    now = [row for row in rows if row["year"] == chosen.last]
    missing = [charts.short(row["government"]) for row in now if row["status"] == "missing"]
    doubtful = sum(row["status"] == "findings" for row in now)
    words = t(
        "overview.grid_words",
        year=chosen.last,
        due=len(now),
        filed=len(now) - len(missing),
        doubtful=doubtful,
    )
    if missing:
        named = t("shared.comma").join(missing[:3]) + (t("shared.and_more") if len(missing) > 3 else "")
        words += t("overview.grid_missing", names=named)
    if chosen.first == chosen.last:
        return words
    all_missing = sum(row["status"] == "missing" for row in rows)
    return words + t("overview.grid_all", years=chosen.span, n=all_missing)


def attention(chosen: Selection, problems: Sequence[db.Row]) -> None:
    found = [row for row in chosen.rows("findings") if row["year"] == chosen.last]
    found.sort(key=lambda row: SEVERITIES.index(row["severity"]))
    with components.card(t("overview.attention"), attention_words(chosen, found, problems), fill=False):
        if found:
            heads = [
                t(f"shared.{name}") for name in ("government", "place", "printed", "expected", "finding")
            ]
            rows = [tuple(described(row)) for row in found]
            components.table_of_parts("attention", heads, rows, list(map(findings.origin, found)))
        lists.link(lists.of(chosen))


def waiting(problems: Sequence[db.Row]) -> None:
    """The files that could not be counted among the reports."""
    if not problems:
        return
    heads = [t("shared.source"), t("shared.detail")]
    rows = [(row["path"], told.problem(row)) for row in problems]
    with components.card(t("overview.problems"), t("overview.problems_words", n=len(problems)), fill=False):
        components.table_of_parts("problems", heads, rows, list(map(led_to, problems)))


def led_to(problem: db.Row) -> Part:
    """The filing, with the form that settles a problem of our reading."""
    return replace(parts.of_filing(problem), cell=TO_SETTLE if problem["kind"] in doubtful.PROBLEMS else "")


def attention_words(chosen: Selection, findings: Sequence[db.Row], problems: Sequence[db.Row]) -> str:
    if not findings and not problems:
        return t("overview.attention_none", year=chosen.last)
    wrong = [row for row in findings if row["severity"] != "hint"]
    errors = sum(row["severity"] == "error" for row in wrong)
    filings = len({row["government"] for row in wrong})
    kind = "attention_words" if wrong else "attention_only"
    words = t(f"overview.{kind}", year=chosen.last, n=len(wrong), errors=errors, filings=filings)
    if hints := len(findings) - len(wrong):
        words += t("overview.attention_hints" if wrong else "overview.attention_hints_only", n=hints)
    return words + (t("overview.attention_problems", n=len(problems)) if problems else t("shared.stop"))


def described(row: db.Row) -> Iterator[str]:
    yield charts.short(row["government"])
    yield labels.place(row["schedule"], row["line"], row["column"])
    yield count(row["actual"])
    yield count(row["expected"])
    yield findings.quoted(row[f"message_{language()}"], row["quote"])


def changes(chosen: Selection, found: Sequence[Part]) -> None:
    pairs = sorted(changed(chosen, found), key=lambda pair: -strength(pair))[:10]
    title = t("overview.changes", year=chosen.last, before=chosen.last - 1)
    with components.card(title, changes_words(chosen, pairs), fill=False):
        if pairs:
            heads = [
                t("shared.government"),
                t("shared.indicator"),
                str(chosen.last - 1),
                str(chosen.last),
                t("shared.change"),
            ]
            components.table_of_parts(
                "changes", heads, [change_row(*pair) for pair in pairs], [now for _, now in pairs]
            )


def changed(chosen: Selection, found: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    """Each number with last year's, where both are stated, differ, and are not both small."""
    last = {(p.government, p.key): p for p in parts.of_year(found, chosen.last - 1) if p.value is not None}
    for now in parts.of_year(found, chosen.last):
        before = last.get((now.government, now.key))
        if before is None or now.value is None or now.key not in PROSE + CELLS:
            continue
        if now.value != before.value and max(now.value, before.value or 0) >= FLOOR:
            yield before, now


def strength(pair: tuple[Part, Part]) -> float:
    values = sorted((part.value or 0) + FLOOR for part in pair)
    return values[1] / values[0]


def change_row(before: Part, now: Part) -> tuple[Any, ...]:
    name = labels.metric(now.key) if now.key in PROSE else t(f"short.{now.key}")
    return (
        charts.short(now.government),
        name,
        components.shown(before),
        components.shown(now),
        signed((now.value or 0) - (before.value or 0)),
    )


def changes_words(chosen: Selection, pairs: Sequence[tuple[Part, Part]]) -> str:
    if not pairs:
        return t("overview.changes_none", year=chosen.last, before=chosen.last - 1)
    before, now = pairs[0]
    government, name, then, latest, _ = change_row(before, now)
    return t(
        "overview.changes_words",
        government=charts.short(government),
        name=name,
        then=then,
        now=latest,
        floor=FLOOR,
    )


main()
