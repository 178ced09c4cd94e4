"""Whose words are whose?"""

from collections.abc import Sequence

import streamlit as st

from dashboard import components, db
from dashboard.components import NOWHERE, Table
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t
from etl import copied

HEADS = ("one", "other", "share", "shared")


def main() -> None:
    chosen = components.head("copied")
    found = selected(chosen)
    own = [row for row in found if whose(row, "") == whose(row, "other_")]
    between = [row for row in found if whose(row, "") != whose(row, "other_")]
    listing(between, "between")
    listing(own, "own")
    if found:
        compared(between + own)


def selected(chosen: Selection) -> list[db.Row]:
    """The pairs of which one report is in the selection; the other may be any of the province."""
    years = range(chosen.first, chosen.last + 1)
    wanted = {(chosen.county, name) for name in chosen.governments}
    return [
        row
        for row in db.query("copied_pairs", county=chosen.county)
        if {row["year"], row["other_year"]} & set(years)
        and (not chosen.governments or {whose(row, ""), whose(row, "other_")} & wanted)
    ]


def whose(row: db.Row, side: str) -> tuple[str, str]:
    return row[f"{side}county"], row[f"{side}government"]


def listing(found: Sequence[db.Row], kind: str) -> None:
    words = t(f"copied.{kind}_words", n=len(found)) if found else t(f"copied.{kind}_none")
    with components.card(t(f"copied.{kind}"), words):
        if not found:
            return
        heads = [t(f"copied.{head}") for head in HEADS]
        rows = [entry(row) for row in found]
        origins = [leading(row) for row in found]
        components.table_of_cells(f"copied-{kind}", heads, rows, origins)
        components.downloads(f"copied-{kind}", t(f"copied.{kind}"), Table(heads, rows, NOWHERE))


def leading(row: db.Row) -> list[list[Part]]:
    """Each of the two names leads to its own filing, what they share to the one listed first."""
    one, other = filed(row, ""), filed(row, "other_")
    return [[one], [other], [one], [one]]


def filed(row: db.Row, side: str) -> Part:
    at = row[f"{side}government"], row[f"{side}year"], "", None, "stated"
    return Part(*at, row[f"{side}sha256"], "", row[f"{side}path"])


def entry(row: db.Row) -> tuple[object, ...]:
    share = f"{round(100 * row['shared'] / row['clauses'])}%"
    shared = t("copied.of", shared=row["shared"], clauses=row["clauses"])
    return named(row, ""), named(row, "other_"), share, shared


def named(row: db.Row, side: str) -> str:
    """Whose report and on which year; of another county, with that county."""
    county, government = whose(row, side)
    words = "copied.named" if county == row["county"] else "copied.elsewhere"
    return t(words, county=county, government=government, year=row[f"{side}year"])


def compared(found: Sequence[db.Row]) -> None:
    """One pair's passages side by side, what differs in brackets."""
    with components.card(t("copied.passages"), t("copied.passages_words")):
        row = st.selectbox(
            t("copied.pair"),
            found,
            format_func=lambda row: f"{named(row, '')} ↔ {named(row, 'other_')}",
            key="pair",
        )
        texts = [
            db.query("prose", report_id=row[key])[0]["text"] or "" for key in ("report_id", "other_report_id")
        ]
        passages = list(copied.side_by_side(*texts))
        origins = [[[filed(row, "")], [filed(row, "other_")]]] * len(passages)
        components.table_of_cells(
            "copied-passages", [named(row, ""), named(row, "other_")], passages, origins
        )


main()
