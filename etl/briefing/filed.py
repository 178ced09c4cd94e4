"""Who has filed, in time, late or not."""

from collections.abc import Iterator, Sequence
from datetime import date

from etl.briefing.figures import County, Figure, Origin, Row, counted
from etl.briefing.wording import Said, joined, names, say, short, words
from etl.paper.slips import on
from etl.timeliness import STATES, state


def said(county: County, dated: date) -> Iterator[Said]:
    """How the year's filings came in, and last year's beside them."""
    rows = county.register(county.year)
    counts = {name: of_state(rows, name) for name in STATES}
    days = {"due": on(rows[0]["due"]), "dated": on(dated)}
    yield say(
        "filed", county=county.county, year=county.year, owed=owed(rows), filed=_filed(rows), **counts, **days
    )
    if missing := [row["government"] for row in rows if state(row) == "missing"]:
        yield say("missing", names=names(missing))
    if late := [row for row in rows if state(row) == "late"]:
        yield say("late", items=joined(map(_late, late)))
    if before := county.register(county.year - 1):
        last = {name: of_state(before, name) for name in ("missing", "late")}
        yield say("filed_before", owed=owed(before), **last)


def owed(rows: Sequence[Row]) -> Figure:
    """How many owe a report."""
    return counted(words()["names"]["owed"], rows, lambda row: "")


def of_state(rows: Sequence[Row], name: str) -> Figure:
    """How many filings of a year stand so to the date set."""
    own = [row for row in rows if state(row) == name]
    return counted(_named(name), own, _why)


def _named(name: str) -> str:
    named: str = words()["names"]["register"].format(state=words()["states"][name])
    return named


def _filed(rows: Sequence[Row]) -> Figure:
    own = [row for row in rows if row["path"]]
    return counted(words()["names"]["filed"], own, lambda row: "")


def _why(row: Row) -> str:
    key = {"missing": "said_missing", "late": "said_days", "undated": "said_undated"}.get(
        state(row), "said_in_time"
    )
    published = on(row["published"]) if row["published"] else ""
    said: str = words()[key].format(published=published, due=on(row["due"]), days=row["days_after"])
    return said


def _late(row: Row) -> Said:
    days = Figure(
        _named("late"),
        row["days_after"],
        (Origin(row["government"], row["year"], _why(row), row["path"]),),
    )
    return say("late_item", government=short(row["government"]), published=on(row["published"]), days=days)
