"""The tables of the annexes, a row a unit: numbers as the filings state them, and what stands where none does."""

from collections import Counter
from collections.abc import Iterator, Sequence

from etl.briefing import checked
from etl.briefing.figures import County, Figure, Origin, Row, added, settled, written
from etl.briefing.published import DECISIONS, DOCUMENTS, METRICS, PROACTIVE
from etl.briefing.requested import OUTCOMES, PATHS, REQUESTS, REVIEW
from etl.briefing.wording import names, short, words
from etl.determined import BY_PERSON
from etl.timeliness import state

Rows = list[tuple[str, ...]]


def published(county: County) -> Rows:
    """Numbers of the prose and table 2."""
    columns = [county.metrics(metric, county.year) for metric in METRICS]
    columns += [county.cells(PROACTIVE, "normative_documents", column, county.year) for column in DOCUMENTS]
    columns += [county.cells(PROACTIVE, line, "decisions", county.year) for line in DECISIONS]
    columns.append(county.cells(PROACTIVE, "fees", "amount_10k_yuan", county.year))
    return _rows(county, columns)


def requested(county: County) -> Rows:
    """Tables 3 and 4, totals."""
    year = county.year
    columns = [county.cells(REQUESTS, line, "total", year) for line in ("received", "carried_in")]
    columns += [county.outcomes(outcome, year) for outcome in OUTCOMES]
    columns += [county.cells(REQUESTS, line, "total", year) for line in ("closed", "carried_out")]
    columns += [county.cells(REVIEW, path, "total", year) for path in PATHS]
    return _rows(county, columns)


def filed(county: County) -> Rows:
    """When each filed, what the checks found, and what was returned."""
    weights = Counter((row["government"], row["severity"]) for row in county.findings)
    back = Counter(row["government"] for row in checked.returned(county))
    return [
        (
            short(who := row["government"]),
            *_filing(row),
            *_found(row, weights[who, "error"], weights[who, "doubt"], back[who]),
        )
        for row in county.register(county.year)
    ]


def _filing(row: Row) -> tuple[str, str]:
    published_ = row["published"].isoformat() if row["published"] else "—"
    named: str = words()["states"][state(row)]
    return published_, words()["late_days"].format(days=row["days_after"]) if row["late"] else named


def _found(row: Row, *counts: int) -> tuple[str, ...]:
    return tuple(map(str, counts)) if row["path"] else ("—",) * len(counts)


def _rows(county: County, columns: Sequence[Sequence[Row]]) -> Rows:
    rows = [(short(who), *(_cell(column, who) for column in columns)) for who in county.governments]
    return [*rows, (words()["count_sum"], *(written(added("", column).value) for column in columns))]


def _cell(column: Sequence[Row], who: str) -> str:
    """A unit's number; where a filing has none, what stands there; a dash where it says nothing."""
    own = [row for row in column if row["government"] == who]
    if any(row["value"] is not None for row in own):
        about = "≈" if any(row.get("approximate") for row in own) else ""
        return about + written(added("", own).value) + max(map(settled, own))
    states = {row.get("state") for row in own} & set(words()["cell_states"])
    return str(words()["cell_states"][states.pop()]) if states else "—"


def sources(numbered: Sequence[Figure], year: int) -> Iterator[tuple[str, str, str]]:
    """The figures in the order of their notes, each with what it is made of; who states nothing but zeros comes last."""
    for number, figure in enumerate(numbered, 1):
        zero = _only_zeros(figure)
        parts = [_part(origin, year) for origin in figure.origins if origin.government not in zero]
        if zero:
            parts.append(words()["zeros"].format(n=len(zero), names=names(zero)))
        made = words()["separator"].join(parts) or words()["nothing"]
        yield mark(number, figure), figure.shown, words()["source"].format(name=figure.name, parts=made)


def mark(number: int, figure: Figure) -> str:
    """The mark of a note; a star for a number with a cell in doubt."""
    return f"[{number}]{'*' if figure.doubted else ''}"


def _only_zeros(figure: Figure) -> list[str]:
    said: dict[str, set[str]] = {}
    for origin in figure.origins:
        said.setdefault(origin.government, set()).add(words()["doubted"] if origin.doubted else origin.said)
    return [government for government, values in said.items() if values == {"0"}]


def _part(origin: Origin, year: int) -> str:
    key = "part" if origin.year == year else "part_year"
    figure = (
        not origin.said
        or origin.said.lstrip("≈-").rstrip(BY_PERSON).replace(",", "").replace(".", "").isdigit()
    )
    said = origin.said if figure else f"（{origin.said}）"
    part: str = words()[key].format(government=short(origin.government), year=origin.year, said=said)
    return part + (words()["doubted"] if origin.doubted else "")


def sentences(numbered: Sequence[Figure]) -> Rows:
    """The words of the prose that state a number, with the year of the filing they stand in, each once."""
    origins = {origin: None for figure in numbered for origin in figure.origins if origin.sentence}
    rows = {(short(one.government), str(one.year), one.sentence) for one in origins}
    return sorted(rows)


def filings(numbered: Sequence[Figure]) -> Rows:
    """The filings that the figures come from."""
    rows = {
        (short(one.government), str(one.year), one.path)
        for figure in numbered
        for one in figure.origins
        if one.path
    }
    return sorted(rows)
