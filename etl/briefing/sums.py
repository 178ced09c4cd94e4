"""Sums over the county's units: what one year states, and what the same units stated the year before."""

from collections.abc import Callable, Sequence

from etl.briefing.figures import County, Figure, Number, Row, added, counted
from etl.briefing.wording import Said, say, short, words

Rows = Callable[[int], Sequence[Row]]


def cell(county: County, schedule: str, line: str, column: str, year: int | None = None) -> Figure:
    """The sum of a cell of the form over the units that fill it in."""
    rows = county.cells(schedule, line, column, year or county.year)
    return added(cell_name(county, schedule, line, column), rows)


def cell_name(county: County, schedule: str, line: str, column: str) -> str:
    """Where a cell stands in the form, as printed."""
    head, _ = county.labels[schedule, "column", column]
    label, _ = county.labels[schedule, "line", line]
    return str(words()["names"]["cell"]).format(
        schedule=words()["schedules"][schedule], line=label, column=head
    )


def group(county: County, outcome: str, year: int | None = None) -> Figure:
    """The sum of a group of results of table 3."""
    name = words()["names"]["group"].format(name=words()["groups"][outcome])
    return added(name, county.outcomes(outcome, year or county.year))


def metric_name(county: County, metric: str) -> tuple[str, str]:
    """What a number of the prose is called, and its unit."""
    return county.labels["prose", "metric", metric]


def metric(county: County, key: str, year: int | None = None) -> Figure:
    """The sum of what the prose states."""
    name = words()["names"]["prose"].format(name=metric_name(county, key)[0])
    return added(name, county.metrics(key, year or county.year))


def units(figure: Figure, rows: Sequence[Row]) -> Figure:
    """How many units state the number."""
    stated = [row for row in rows if row["value"] is not None]
    firsts = list({row["government"]: row for row in stated}.values())
    return counted(figure.name, firsts, lambda row: "")


def against_last_year(county: County, name: str, rows: Rows, unit: str) -> Said:
    """How the units that state a number in both years stand to the year before; nothing when there are none."""
    now, before = (
        [row for row in rows(year) if row["value"] is not None] for year in (county.year, county.year - 1)
    )
    both = {row["government"] for row in now} & {row["government"] for row in before}
    if not both:
        return ()
    then = added(name, [row for row in before if row["government"] in both])
    today = added(name, [row for row in now if row["government"] in both])
    return say(
        "same_years",
        both=units(today, [row for row in now if row["government"] in both]),
        then=then,
        now=today,
        unit=unit,
    )


def largest(name: str, rows: Sequence[Row], unit: str) -> Said:
    """Who states the largest number, where one unit alone does and it is no zero."""
    by_unit = {
        who: added(name, [row for row in rows if row["government"] == who])
        for who in {row["government"] for row in rows}
    }
    best: Number = max((figure.value or 0 for figure in by_unit.values()), default=0)
    leaders = [who for who, figure in by_unit.items() if figure.value == best]
    if not best or len(leaders) > 1 or len(by_unit) < 2:
        return ()
    return say("most", government=short(leaders[0]), value=by_unit[leaders[0]], unit=unit)


def less(name: str, one: Figure, other: Figure) -> Figure:
    """One figure less another, with the origins of both."""
    value = None if one.value is None or other.value is None else round(one.value - other.value, 4)
    return Figure(name, value, (*one.origins, *other.origins))


def plus(name: str, *several: Figure) -> Figure:
    """Figures added, with the origins of all; nothing stated anywhere is no number."""
    stated = [one.value for one in several if one.value is not None]
    origins = tuple(origin for one in several for origin in one.origins)
    return Figure(name, round(sum(stated), 4) if stated else None, origins)
