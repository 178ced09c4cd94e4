"""What was published: the numbers of the prose, and table 2."""

from collections.abc import Iterator, Sequence

from etl.briefing import sums
from etl.briefing.figures import County, Row
from etl.briefing.wording import Said, say

METRICS = ("items_published", "website_items", "wechat_items", "training_sessions")
DOCUMENTS = ("issued", "repealed", "in_force")
DECISIONS = ("licensing", "penalties", "compulsion")
PROACTIVE = "proactive"


def said(county: County) -> Iterator[Said]:
    """Each number with who states it, and the same units' number of the year before."""
    for metric in METRICS:
        yield _metric(county, metric)
    yield _documents(county)
    yield _decisions(county)
    yield _fees(county)


def _metric(county: County, metric: str) -> Said:
    name, unit = sums.metric_name(county, metric)
    total = sums.metric(county, metric)
    if total.value is None:
        return say("metric_none", name=name)

    def rows(year: int) -> Sequence[Row]:
        return county.metrics(metric, year)

    words = say("metric", name=name, n=sums.units(total, rows(county.year)), total=total, unit=unit)
    words += sums.largest(total.name, [row for row in rows(county.year) if row["value"] is not None], unit)
    return words + sums.against_last_year(county, total.name, rows, unit) + say("stop")


def _documents(county: County) -> Said:
    found = {column: sums.cell(county, PROACTIVE, "normative_documents", column) for column in DOCUMENTS}
    if all(figure.value is None for figure in found.values()):
        return say("documents_none")
    rows = county.cells(PROACTIVE, "normative_documents", "in_force", county.year)
    return say("documents", n=sums.units(found["in_force"], rows), **found)


def _decisions(county: County) -> Said:
    found = {line: sums.cell(county, PROACTIVE, line, "decisions") for line in DECISIONS}
    filled = {
        f"n_{line}": sums.units(figure, county.cells(PROACTIVE, line, "decisions", county.year))
        for line, figure in found.items()
    }
    return say("decisions", **found, **filled)


def _fees(county: County) -> Said:
    total = sums.cell(county, PROACTIVE, "fees", "amount_10k_yuan")
    if total.value is None:
        return say("fees_none")
    rows = county.cells(PROACTIVE, "fees", "amount_10k_yuan", county.year)
    return say("fees", n=sums.units(total, rows), total=total)
