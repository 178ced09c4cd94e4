"""The briefing's five charts, in the colours that the screen gives the same things."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from etl.briefing import sums
from etl.briefing.figures import County, Number, Row
from etl.briefing.filed import of_state
from etl.briefing.requested import OUTCOMES, PATHS, REQUESTS, REVIEW
from etl.briefing.wording import short, words
from etl.paper.native_chart import Chart, Series, Shape
from etl.timeliness import STATES

CHANNELS = ("website_items", "wechat_items", "new_media_items", "bulletin_items", "traditional_items")
# Told apart by lightness as well as by hue, as on the screen.
_COLOURS = {
    "website_items": "1F5A94",
    "wechat_items": "2A8C82",
    "new_media_items": "85B7E0",
    "bulletin_items": "EDB458",
    "traditional_items": "BDC5CC",
    "received": "1F5A94",
    "carried_in": "85B7E0",
    "disclosed": "1F5A94",
    "disclosed_in_part": "85B7E0",
    "withheld": "A63D2F",
    "unavailable": "EDB458",
    "not_processed": "7A62A8",
    "otherwise": "BDC5CC",
    "reconsideration": "1F5A94",
    "direct_suit": "EDB458",
    "suit_after_reconsideration": "7A62A8",
    "in_time": "85B7E0",
    "late": "EDB458",
    "undated": "BDC5CC",
    "missing": "A63D2F",
}


def channels(county: County) -> Chart | None:
    """How many items each unit states, channel by channel; None when nobody states any."""
    found = {key: county.metrics(key, county.year) for key in CHANNELS}
    said = {row["government"] for rows in found.values() for row in rows if row["value"] is not None}
    order = sorted(said, key=lambda who: -sum(_of(rows, who) or 0 for rows in found.values()))
    if not order:
        return None
    series = tuple(
        Series(sums.metric_name(county, key)[0], _COLOURS[key], tuple(_of(rows, who) for who in order))
        for key, rows in found.items()
        if any(_of(rows, who) is not None for who in order)
    )
    title = words()["charts"]["channels"].format(year=county.year)
    names = tuple(map(short, order))
    return Chart(Shape.STACKED_BARS, title, names, series, words()["units"]["items"], words()["sum"])


def _of(rows: Sequence[Row], who: str) -> Number | None:
    return next((row["value"] for row in rows if row["government"] == who), None)


def requests(county: County) -> Chart | None:
    """Requests received and carried in, year by year; None unless two years have some."""
    named = {line: county.labels[REQUESTS, "line", line][0] for line in ("received", "carried_in")}
    return _by_year(
        county, "requests", named, lambda line, year: sums.cell(county, REQUESTS, line, "total", year).value
    )


def outcomes(county: County) -> Chart | None:
    """What became of requests, year by year; None unless two years have some."""
    named = {outcome: words()["groups"][outcome] for outcome in OUTCOMES}
    return _by_year(county, "outcomes", named, lambda outcome, year: sums.group(county, outcome, year).value)


def reviews(county: County) -> Chart | None:
    """Reconsiderations and suits, year by year; None unless two years have some."""
    named = {path: county.labels[REVIEW, "line", path][0] for path in PATHS}
    return _by_year(
        county, "reviews", named, lambda path, year: sums.cell(county, REVIEW, path, "total", year).value
    )


def timeliness(county: County) -> Chart | None:
    """How the filings of each year stood to the date set; None for a single year."""
    named = {state: words()["states"][state] for state in STATES}
    unit = words()["units"]["reports"]
    return _by_year(
        county,
        "timeliness",
        named,
        lambda state, year: of_state(county.register(year), state).value,
        unit,
        False,
    )


def _by_year(
    county: County,
    key: str,
    named: dict[str, str],
    value: Callable[[str, int], Number | None],
    unit: str = "",
    broken: bool = True,
) -> Chart | None:
    series = tuple(
        Series(name, _COLOURS[one], tuple(value(one, year) for year in county.years))
        for one, name in named.items()
    )
    # One year is no course of years, and nothing but zeros no chart: the sentences say both.
    stated = [numbers for numbers in zip(*(one.values for one in series), strict=True) if any(numbers)]
    if len(stated) < 2:
        return None
    breaks = _breaks(county) if broken else ()
    return Chart(
        Shape.STACKED_COLUMNS,
        words()["charts"][key],
        tuple(map(str, county.years)),
        series,
        unit or words()["units"]["cases"],
        words()["sum"],
        breaks,
        words()["break"] if breaks else "",
    )


def _breaks(county: County) -> tuple[int, ...]:
    """Before which years the newest form of table 3 in use is another than the year before."""
    newest = [
        max((row["form_requests"] for row in county.register(year) if row["form_requests"]), default="")
        for year in county.years
    ]
    return tuple(at for at, (before, now) in enumerate(pairwise(newest), 1) if before and now > before)
