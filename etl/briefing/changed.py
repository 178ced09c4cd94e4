"""What changed most against the year before."""

from collections.abc import Iterator

from etl.briefing import sums
from etl.briefing.figures import County, Figure, Row, added
from etl.briefing.published import METRICS
from etl.briefing.requested import REQUESTS
from etl.briefing.wording import Said, joined, say, short, words

# A number must reach this in one of two years before its change is worth a line.
FLOOR = 5
MOST = 5
LINES = ("received", "closed", "carried_out")

Pair = tuple[str, str, str, Figure, Figure]


def said(county: County) -> Iterator[Said]:
    """The largest changes of single units, by the factor; why is not in the filings, and so not here."""
    pairs = sorted(_pairs(county), key=_strength, reverse=True)[:MOST]
    if not pairs:
        yield say("changed_none", floor=FLOOR)
        return
    items = [
        say("changed_item", government=short(government), name=name, then=then, now=now, unit=unit)
        for government, name, unit, then, now in pairs
    ]
    yield say("changed", items=joined(items, "pause"), floor=FLOOR)
    yield say("changed_why")


def _pairs(county: County) -> Iterator[Pair]:
    for metric in METRICS:
        name, unit = sums.metric_name(county, metric)
        now, before = (_by_unit(county.metrics(metric, year)) for year in (county.year, county.year - 1))
        yield from _compared(name, unit, sums.metric(county, metric).name, now, before)
    for line in LINES:
        name, _ = county.labels[REQUESTS, "line", line]
        now, before = (
            _by_unit(county.cells(REQUESTS, line, "total", year)) for year in (county.year, county.year - 1)
        )
        place = sums.cell_name(county, REQUESTS, line, "total")
        yield from _compared(f"“{name}”", words()["units"]["cases"], place, now, before)


def _by_unit(rows: list[Row]) -> dict[str, Row]:
    return {row["government"]: row for row in rows if row["value"] is not None}


def _compared(
    name: str, unit: str, place: str, now: dict[str, Row], before: dict[str, Row]
) -> Iterator[Pair]:
    for government in sorted(now.keys() & before.keys()):
        values = now[government]["value"], before[government]["value"]
        if values[0] != values[1] and max(values) >= FLOOR:
            then, today = (added(place, [rows[government]]) for rows in (before, now))
            yield government, name, unit, then, today


def _strength(pair: Pair) -> float:
    low, high = sorted((figure.value or 0) + FLOOR for figure in pair[3:])
    return high / low
