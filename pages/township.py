"""Everything about one township."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from dashboard import (
    charts,
    components,
    db,
    findings,
    indicators,
    labels,
    link,
    measures,
    one_page,
    parts,
    standing,
)
from dashboard.components import Table, count, section, shown
from dashboard.findings import Found
from dashboard.indicators import Indicator
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import language, t
from etl import timeliness

FIGURES = (
    "metric.items_published",
    "metric.website_items",
    "metric.wechat_items",
    "metric.training_sessions",
    "requests.received",
    "requests.closed",
    "requests.carried_out",
    "review_litigation.any.total",
    "proactive.normative_documents.in_force",
    "proactive.licensing.decisions",
    "proactive.penalties.decisions",
    "proactive.fees.amount_10k_yuan",
)
COLUMNS = 4
FILING_HEADS = (
    "year",
    "refiling",
    "counts",
    "form",
    "published",
    "outcome",
    "cells_read",
    "illegible",
    "findings",
    "source",
)
FINDING_HEADS = ("year", "severity", "standing", "place", "printed", "expected", "finding", "decided")
PROSE_HEADS = ("year", "metric", "value", "unit", "sentence")

Figures = dict[Indicator, list[Part]]


def main() -> None:
    chosen = components.head("township")
    county = replace(chosen, governments=())
    everyone = measures.governments(county)
    first = next((who for who in everyone if who in chosen.governments), everyone[0])
    who = link.one("township", t("shared.government"), {name: name for name in everyone}, first)
    one_page.about(who)
    own = replace(chosen, governments=(who,))
    wrong = findings.of(own)
    st.text(summary(own, who, wrong))
    known = indicators.every()
    peers = {known[key]: indicators.of(county, known[key]) for key in FIGURES}
    figures = {one: [part for part in found if part.government == who] for one, found in peers.items()}
    over_years(own, figures, peers)
    numbers(own, figures, peers)
    filings(own, who)
    faults(own, wrong)
    prose(own, who)


def summary(own: Selection, who: str, wrong: Sequence[Found]) -> str:
    rows = own.rows("submissions")
    filed = [row for row in rows if row["sha256"]]
    missing = [str(row["year"]) for row in rows if not row["sha256"]]
    late = [str(row["year"]) for row in rows if timeliness.state(row) == "late"]
    words = t("township.filed", who=who, due=len(rows), filed=len(filed))
    if missing:
        words += t("township.missing", years=t("shared.comma").join(missing))
    if late:
        words += t("township.late", years=t("shared.comma").join(late))
    waiting = sum(findings.to_be_mended(found) for found in wrong)
    return words + t("township.waiting" if waiting else "township.settled", n=waiting)


def name_of(indicator: Indicator) -> str:
    return t(f"short_indicator.{indicator.key}")


def over_years(own: Selection, figures: Figures, peers: Figures) -> None:
    """A small chart a figure, each on its own scale, the county's median beside it."""
    (who,) = own.governments
    panels, middles, turned = [], [], {}
    for one, found in figures.items():
        name = t("shared.with_unit", name=name_of(one), unit=one.unit)
        keyed = [replace(part, key=one.key) for part in found]
        panels.append(charts.Series(one.key, name, parts.over_years(keyed, who, own.years)))
        points = [charts.Point("", year, "", standing.middle(peers[one], year)[0], "") for year in own.years]
        middles.append(charts.Series("", t("compare.median"), points))
        turned[name] = indicators.breaks(own, one).get(who, [])
    figure = charts.small_multiples(
        panels,
        own.years,
        "",
        components.style(),
        COLUMNS,
        shared=False,
        middles=middles,
        breaks=turned,
        unsaid=t("shared.no_numbers"),
    )
    words = moved(own, figures)
    if any(turned.values()):
        words += t(
            "township.turned",
            years=t("shared.comma").join(sorted({str(y) for ys in turned.values() for y in ys})),
        )
    if any(part.kindred for own_parts in figures.values() for part in own_parts):
        words += t("compare.kindred")
    found = [replace(part, key=one.key) for one, own_parts in figures.items() for part in own_parts]
    heads, rows, origins = table_of(own, figures, peers)
    section(
        "township-years",
        t("township.years"),
        words,
        figure,
        Table(heads, rows, origins, lambda: indicators.tidy(own, figures)),
        found,
        wide=True,
    )


def moved(own: Selection, figures: Figures) -> str:
    """What moved most against the year before, told with its numbers."""
    pairs = [
        (one, before, now)
        for one, found in figures.items()
        for now in parts.of_year(found, own.last)
        for before in parts.of_year(found, own.last - 1)
        if now.value is not None and before.value is not None and now.value != before.value
    ]
    if not pairs:
        return t("township.steady", year=own.last)
    one, before, now = max(pairs, key=lambda pair: parts.strength(pair[1], pair[2]))
    return t(
        "township.moved",
        year=own.last,
        name=name_of(one),
        then=shown(before),
        now=shown(now),
        unit=one.unit,
        n=len(pairs),
    )


def numbers(own: Selection, figures: Figures, peers: Figures) -> None:
    """The figures as printed, year by year, and where the newest stand among the county's."""
    year = own.last
    places = [
        standing.place(part, peers[one])
        for one, found in figures.items()
        for part in parts.of_year(found, year)
    ]
    ranked = [place for place in places if place]
    first = sum(place.rank == 1 and not place.tied for place in ranked)
    words = t("township.places" if ranked else "township.places_none", year=year, n=len(ranked), first=first)
    with components.card(t("township.figures"), words):
        components.table_of_cells("township-figures", *table_of(own, figures, peers))


def table_of(
    own: Selection, figures: Figures, peers: Figures
) -> tuple[list[str], list[tuple[str, ...]], list[list[list[Part]]]]:
    year = own.last
    heads = [
        t("shared.indicator"),
        t("shared.unit"),
        *map(str, own.years),
        t("township.median", year=year),
        t("compare.place", year=year),
    ]
    rows: list[tuple[str, ...]] = []
    origins: list[list[list[Part]]] = []
    due = {of for _, of in measures.owed(own)}
    for one, found in figures.items():
        at = {part.year: part for part in found}
        middle, _ = standing.middle(peers[one], year)
        now = at.get(year)
        rows.append(
            (
                name_of(one),
                one.unit,
                *(shown(at.get(y), y in due) for y in own.years),
                count(middle),
                components.placed(now, peers[one]),
            )
        )
        cells = [[at[y]] if y in at else [] for y in own.years]
        last = [now] if now else []
        origins.append([last, last, *cells, [], last])
    return heads, rows, origins


def filings(own: Selection, who: str) -> None:
    rows = db.query("township_filings", county=own.county, government=who, first=own.first, last=own.last)
    due = {row["year"]: row for row in own.rows("submissions")}
    again = sum(row["refiling"] > 1 for row in rows)
    with components.card(t("township.filings"), t("township.filings_words", n=len(rows), again=again)):
        heads = [t(f"shared.{name}") for name in FILING_HEADS]
        found = [parts.of_filing(row) for row in rows]
        components.table_of_parts("township-filings", heads, [filing(row, due) for row in rows], found)


def filing(row: db.Row, due: dict[int, db.Row]) -> tuple[object, ...]:
    """A filing as a row: the current one with how it stands to the date set."""
    state = t("filing.superseded")
    if row["current"] and row["year"] in due:
        asked = due[row["year"]]
        state = t(f"submissions.because_{timeliness.state(asked)}", days=asked["days_after"])
    published = row["published"].isoformat() if row["published"] else "—"
    counts = t("shared.yes") if row["current"] else t("shared.no")
    generations = t("shared.comma").join(sorted({row[key] for key in ("form", "form_requests") if row[key]}))
    read = row["cells"], row["illegible"], row["findings"], row["path"]
    return row["year"], row["refiling"], counts, generations or "—", published, state, *read


def faults(own: Selection, wrong: Sequence[Found]) -> None:
    settled = sum(not findings.to_be_mended(found) for found in wrong)
    words = (
        t("township.findings_words", n=len(wrong), settled=settled) if wrong else t("township.findings_none")
    )
    with components.card(t("township.findings"), words):
        if wrong:
            heads = [t(f"shared.{name}") for name in FINDING_HEADS]
            rows = [tuple(described(found)) for found in wrong]
            components.table_of_parts(
                "township-findings", heads, rows, [findings.origin(found.row) for found in wrong]
            )


def described(found: Found) -> Iterator[object]:
    decision = found.standing.decision
    yield from findings.described(found)
    yield findings.quoted(found.rule, found.row["quote"])
    yield t("findings.decided", who=decision.who, at=decision.at[:10], note=decision.note) if decision else ""


def prose(own: Selection, who: str) -> None:
    rows = db.query("township_metrics", county=own.county, government=who, first=own.first, last=own.last)
    years = len({row["year"] for row in rows})
    words = t("township.prose_words", n=len(rows), years=years) if rows else t("filing.metrics_none")
    with components.card(t("township.prose"), words):
        if rows:
            heads = [t(f"shared.{name}") for name in PROSE_HEADS]
            found = [
                Part(
                    who,
                    row["year"],
                    "",
                    row["value"],
                    "stated",
                    row["sha256"],
                    f"metric.{row['metric']}",
                    row["path"],
                )
                for row in rows
            ]
            components.table_of_parts("township-prose", heads, [sentence(row) for row in rows], found)


def sentence(row: db.Row) -> tuple[object, ...]:
    name = row[f"label_{language()}"] + (f"（{row['category']}）" if row["category"] else "")
    value = ("≈" if row["approximate"] else "") + count(row["value"])
    return row["year"], name, value, labels.metric_unit(row["metric"]), row["sentence"]


main()
