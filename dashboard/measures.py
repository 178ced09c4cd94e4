"""The numbers of the selection as parts of charts, and in the long form people take away."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import db, labels
from dashboard.files import Sheet
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t

_UNITS = {
    "amount_10k_yuan": "money",
    "amount": "unknown",
    "prior_year_items": "projects",
    "change": "projects",
    "projects": "projects",
    "decisions": "decisions",
    **dict.fromkeys(
        ("issued", "repealed", "in_force", "newly_made", "newly_disclosed", "total_disclosed"), "documents"
    ),
}


def governments(chosen: Selection, year: int | None = None) -> list[str]:
    """The governments of the selection that owe a report for a year, or in any of its years."""
    return sorted({who for who, of in owed(chosen) if year in (None, of)})


def owing(chosen: Selection, year: int) -> int:
    """How many governments of the selection owe a report for a year."""
    return len(governments(chosen, year))


def owed(chosen: Selection) -> set[tuple[str, int]]:
    """Who of the selection owes a report for which year."""
    return {(row["government"], row["year"]) for row in chosen.rows("owing")}


def cells(chosen: Selection, schedule: str, query: str, columns: Iterable[str], key: str) -> list[Part]:
    """The cells of a schedule's lines in `columns`; `key` tells which of line, column or outcome names the part."""
    return chosen.of(_cells(db.build(), chosen.ever, schedule, query, tuple(columns), key))


@lru_cache(maxsize=16)
def _cells(
    build: Path | None, county: Selection, schedule: str, query: str, columns: tuple[str, ...], key: str
) -> tuple[Part, ...]:
    """The cells of a whole county, of a build: a change of filter chooses among them."""
    notes = {
        (note["report_id"], note["line"], note["column"]): (note["state"], note["corrected_by"])
        for note in county.rows("notes")
        if note["schedule"] == schedule
    }
    parts = []
    for row in county.rows(query):
        for column in columns:
            state, who = notes.get((row["report_id"], row["line"], column), (None, None))
            if row[column] is not None or state:
                named = column if key == "column" else row[key]
                cell = f"{schedule}.{row['line']}.{column}"
                at = (row["government"], row["year"], named, row[column], state or "stated")
                parts.append(Part(*at, row["sha256"], cell, row["path"], read_by=who or ""))
    return tuple(parts)


def metrics(chosen: Selection, keys: Iterable[str]) -> list[Part]:
    """What the prose states of `keys`; a filing that does not say is a part without a number."""
    found = {(row["sha256"], row["metric"]): row for row in chosen.rows("metrics")}
    wanted = tuple(keys)
    return [
        _of_metric(row, key, found.get((row["sha256"], key)))
        for row in chosen.rows("submissions")
        if row["sha256"]
        for key in wanted
    ]


def _of_metric(report: db.Row, key: str, row: db.Row | None) -> Part:
    value, state = None, "unstated"
    if row:
        value, state = row["value"], "several" if row["value"] is None else "stated"
    at = (
        report["government"],
        report["year"],
        key,
        value,
        state,
        report["sha256"],
        f"metric.{key}",
        report["path"],
    )
    who = row["corrected_by"] if row else None
    return Part(*at, approximate=bool(row and row["approximate"]), read_by=who or "")


def unit(column: str) -> str:
    """The unit of a column of the forms, in words."""
    return t(f"unit.{_UNITS.get(column, 'cases')}")


def long_cells(
    chosen: Selection, schedule: str, lines: Iterable[str] = (), columns: Iterable[str] = ()
) -> Sheet:
    """The cells of a schedule, one a row, with state, text, source and open findings."""
    names = [
        "county",
        "government",
        "year",
        "line",
        "column",
        "value",
        "unit",
        "state",
        "text",
        "read_by",
        "source",
        "open_findings",
    ]
    wanted, across = set(lines), set(columns)
    rows = [
        _long_cell(schedule, row)
        for row in db.query("cells", schedule=schedule, **chosen.parameters())
        if (not wanted or row["line"] in wanted) and (not across or row["column"] in across)
    ]
    return Sheet(t("shared.long"), [t(f"shared.{name}") for name in names], rows)


def _long_cell(schedule: str, row: db.Row) -> tuple[Any, ...]:
    where = labels.line(schedule, row["line"]), labels.column(schedule, row["column"])
    state = t(f"state.{row['state']}")
    head = row["county"], row["government"], row["year"], *where
    said = row["value"], unit(row["column"]), state, row["text"], row["corrected_by"] or ""
    return *head, *said, row["path"], row["open_findings"]


def long_metrics(chosen: Selection, keys: Iterable[str]) -> Sheet:
    """The numbers of the prose, one a row, with the sentence that states each."""
    names = [
        "county",
        "government",
        "year",
        "metric",
        "value",
        "unit",
        "approximate",
        "sentence",
        "read_by",
        "source",
    ]
    wanted = set(keys)
    rows = [
        (
            row["county"],
            row["government"],
            row["year"],
            labels.metric(row["metric"]),
            row["value"],
            row["unit"],
            t("shared.yes") if row["approximate"] else t("shared.no"),
            row["sentence"],
            row["corrected_by"] or "",
            row["path"],
        )
        for row in db.query("metric_cells", **chosen.parameters())
        if row["metric"] in wanted
    ]
    return Sheet(t("shared.long"), [t(f"shared.{name}") for name in names], rows)
