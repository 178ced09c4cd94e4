"""Who has filed, late, or not?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from dashboard import (
    apart,
    charts,
    components,
    db,
    findings,
    handing,
    letters,
    measures,
    parts,
    provenance,
    room,
    tables,
    told,
)
from dashboard.components import Table, section
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t
from etl.paper import circular
from etl.timeliness import STATES, state

HEADS = ("government", "year", "due", "published", "outcome", "source")


def main() -> None:
    chosen = components.head("submissions")
    rows = db.query("submissions", **chosen.parameters())
    left, right = room.columns([6, 5])
    with left:
        grid(chosen, rows)
    with right:
        chase(chosen, [row for row in rows if row["year"] == chosen.last])
    listing(chosen, rows)
    refused(db.query("problems", **chosen.parameters()))
    announcing(replace(chosen, first=chosen.last, governments=()))


def reason(row: db.Row) -> str:
    return t(f"submissions.because_{state(row)}", days=row["days_after"])


def grid(chosen: Selection, rows: Sequence[db.Row]) -> None:
    governments = measures.governments(chosen)
    points = [
        charts.Point(
            row["government"],
            row["year"],
            state(row),
            row["days_after"] if row["late"] else None,
            row["path"] or "",
        )
        for row in rows
    ]
    names = {name: t(f"submissions.{name}") for name in STATES}
    drawn = charts.grid(points, names, governments, chosen.years, components.style())
    said = {(row["government"], row["year"]): shown(row) for row in rows}
    words = t("submissions.grid_words", years=chosen.span, **counted(rows))
    filed = [part_of(row) for row in rows if row["sha256"]]
    table = tables.by_square(filed, governments, chosen.years, said)
    section("submissions-grid", t("submissions.grid"), words, drawn, table, filed)


def shown(row: db.Row) -> str:
    """A square of the register in words: the date, and the reason where it is not plainly in time."""
    if row["published"] is None:
        return reason(row)
    return f"{row['published']}" + (f"（{reason(row)}）" if row["late"] else "")


def counted(rows: Sequence[db.Row]) -> dict[str, int]:
    states = Counter(map(state, rows))
    return {name: states[name] for name in STATES} | {
        "owed": len(rows),
        "filed": len(rows) - states["missing"],
    }


def part_of(row: db.Row) -> Part:
    key, days = state(row), row["days_after"] if row["late"] else None
    return Part(row["government"], row["year"], key, days, "stated", row["sha256"], "", row["path"])


def chase(chosen: Selection, rows: Sequence[db.Row]) -> None:
    """The list to telephone or to send round: who has not filed for the newest year, then who was late."""
    with components.card(t("submissions.chase", year=chosen.last), chase_words(chosen, rows)):
        listed = "\n\n".join(chased(chosen, rows))
        if listed:
            st.code(listed, language=None, wrap_lines=True)
            st.caption(t("submissions.copy"))


def chase_words(chosen: Selection, rows: Sequence[db.Row]) -> str:
    if not rows:
        return t("submissions.nothing_owed", year=chosen.last)
    return t("submissions.chase_words", year=chosen.last, due=rows[0]["due"].isoformat(), **counted(rows))


def chased(chosen: Selection, rows: Sequence[db.Row]) -> Iterator[str]:
    """A paragraph for each state that calls for a word with somebody."""
    county = provenance.sample_mark(chosen).strip() + chosen.county
    for name in ("missing", "late", "undated"):
        own = [row for row in rows if state(row) == name]
        if own:
            head = t(f"submissions.list_{name}", county=county, year=chosen.last, n=len(own))
            yield "\n".join([head, *(item(name, *numbered) for numbered in enumerate(own, 1))])


def item(name: str, number: int, row: db.Row) -> str:
    government, published, days = row["government"], row["published"], row["days_after"]
    return t(f"submissions.item_{name}", number=number, government=government, published=published, days=days)


def listing(chosen: Selection, rows: Sequence[db.Row]) -> None:
    """What is not plainly in order, newest year first; a click opens the filing."""
    odd = sorted((row for row in rows if state(row) in ("missing", "late")), key=lambda row: -row["year"])
    title = t("submissions.odd")
    with components.card(title, odd_words(chosen, odd)):
        heads = [t(f"shared.{name}") for name in HEADS]
        if odd:
            components.table_of_parts(
                "submissions-odd", heads, list(map(entry, odd)), list(map(part_of, odd))
            )
        components.table_with_files("submissions-list", title, lambda: everything(heads, rows))


def everything(heads: Sequence[str], rows: Sequence[db.Row]) -> Table:
    origins = components.row_by_row(list(map(part_of, rows)), heads)
    return Table(heads, list(map(entry, rows)), origins)


def odd_words(chosen: Selection, odd: Sequence[db.Row]) -> str:
    if not odd:
        return t("submissions.odd_none", years=chosen.span)
    missing = sum(state(row) == "missing" for row in odd)
    return t(
        "submissions.odd_words",
        years=chosen.span,
        missing=missing,
        late=len(odd) - missing,
    )


def entry(row: db.Row) -> tuple[object, ...]:
    published = row["published"].isoformat() if row["published"] else "—"
    head = row["government"], row["year"], row["due"].isoformat(), published
    return *head, reason(row), row["path"] or "—"


def refused(problems: Sequence[db.Row]) -> None:
    """Files that are no filing of anybody yet: unreadable, of no known form, or of nobody knows whom."""
    files = [row for row in problems if row["status"] not in (None, "report")]
    words = t("submissions.refused_words", n=len(files)) if files else t("submissions.refused_none")
    with components.card(t("submissions.refused"), words):
        if files:
            heads = [t("shared.source"), t("shared.outcome"), t("shared.detail")]
            rows = [(row["path"], t(f"submissions.{row['status']}"), told.problem(row)) for row in files]
            components.table_of_parts("submissions-refused", heads, rows, list(map(parts.of_filing, files)))


def announcing(chosen: Selection) -> None:
    """The circular on the whole county's newest year, to be finished by hand in Word."""
    rows = db.query("submissions", **chosen.parameters())
    if not rows:
        return
    with components.card(t("submissions.circular", year=chosen.last), t("submissions.circular_words")):
        office = st.text_input(
            t("findings.office"), t("findings.office_of", county=chosen.county), key="office"
        )
        written = letters.circular(chosen, rows, findings.of(chosen), office, date.today())
        handing.button(
            t("submissions.circular_file"),
            partial(apart.written, circular.word, written),
            circular.name(written),
            "circular",
        )


main()
