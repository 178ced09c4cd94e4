"""What was asked for and what became of it, and whether decisions were challenged."""

from collections.abc import Iterator, Sequence

from etl.briefing import sums
from etl.briefing.figures import County, Figure, Row, added
from etl.briefing.wording import Said, joined, say, short, words

OUTCOMES = ("disclosed", "disclosed_in_part", "withheld", "unavailable", "not_processed", "otherwise")
BODIES = ("enterprise", "research", "public_interest", "legal_service", "other")
PATHS = ("reconsideration", "direct_suit", "suit_after_reconsideration")
RESULTS = ("upheld", "corrected", "other_result", "pending")
REQUESTS, REVIEW = "requests", "review_litigation"
# Below ten cases a percentage says more than is known.
FEW = 10


def said(county: County) -> Iterator[Said]:
    """Requests received, carried, closed, by whom, and with what result."""
    flows = {line: _total(county, line) for line in ("received", "carried_in", "closed", "carried_out")}
    if flows["received"].value is None:
        yield say("requests_none")
        return
    yield _received(county, flows["received"])
    yield say("flows", **{line: flows[line] for line in ("carried_in", "closed", "carried_out")})
    difference = words()["names"]["difference"]
    due = sums.plus(difference, flows["received"], flows["carried_in"])
    gap = sums.less(difference, due, sums.plus(difference, flows["closed"], flows["carried_out"]))
    if gap.value:
        yield say("unbalanced", gap=gap)
    yield _applicants(county)
    yield say("outcomes", **{outcome: sums.group(county, outcome) for outcome in OUTCOMES})
    yield _share(county, flows["closed"])


def _received(county: County, received: Figure) -> Said:
    def rows(year: int) -> Sequence[Row]:
        return county.cells(REQUESTS, "received", "total", year)

    now = rows(county.year)
    unit = words()["units"]["cases"]
    said_ = say("received", n=sums.units(received, now), received=received)
    said_ += sums.largest(received.name, now, unit)
    return said_ + sums.against_last_year(county, received.name, rows, unit) + say("stop")


def _total(county: County, line: str) -> Figure:
    return sums.cell(county, REQUESTS, line, "total")


def _applicants(county: County) -> Said:
    people = sums.cell(county, REQUESTS, "received", "natural_person")
    bodies = [sums.cell(county, REQUESTS, "received", column) for column in BODIES]
    return say("applicants", people=people, bodies=sums.plus("、".join(one.name for one in bodies), *bodies))


def _share(county: County, closed: Figure) -> Said:
    shown = [sums.group(county, outcome) for outcome in ("disclosed", "disclosed_in_part")]
    opened = sums.plus(words()["separator"].join(one.name for one in shown), *shown)
    if not closed.value or opened.value is None:
        return ()
    if closed.value < FEW:
        return say("share_few")
    percent = f"{round(100 * opened.value / closed.value)}%"
    origins = (*opened.origins, *closed.origins)
    share = Figure(words()["names"]["share"], opened.value / closed.value, origins, percent)
    return say("share", open=opened, share=share)


def reviewed(county: County) -> Iterator[Said]:
    """Reconsiderations and suits, their results, and who had to correct."""
    paths = {path: sums.cell(county, REVIEW, path, "total") for path in PATHS}
    if all(figure.value is None for figure in paths.values()):
        yield say("reviewed_none")
        return

    def rows(year: int) -> Sequence[Row]:
        return [row for path in PATHS for row in county.cells(REVIEW, path, "total", year)]

    names = words()["separator"].join(figure.name for figure in paths.values())
    n = sums.units(Figure(names, None, ()), rows(county.year))
    unit = words()["units"]["cases"]
    yield say("reviewed", n=n, **paths) + sums.against_last_year(county, names, rows, unit) + say("stop")
    yield say("results", **{result: _result(county, result) for result in RESULTS})
    if items := list(_corrected(county)):
        yield say("corrected", items=joined(items))


def _result(county: County, result: str) -> Figure:
    found = [sums.cell(county, REVIEW, path, result) for path in PATHS]
    return sums.plus(words()["separator"].join(one.name for one in found), *found)


def _corrected(county: County) -> Iterator[Said]:
    rows = [row for path in PATHS for row in county.cells(REVIEW, path, "corrected", county.year)]
    for government in county.governments:
        own = added(
            _result(county, "corrected").name, [row for row in rows if row["government"] == government]
        )
        if own.value:
            yield say("item", government=short(government), value=own, unit=words()["units"]["cases"])
