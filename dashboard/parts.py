"""The printed numbers behind a chart, and how they add up to its points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.charts import Number, Point

_FLOOR = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One printed number. `cell` says where it stands: "schedule.line.column", or "metric.KEY" for prose.

    `state` is stated, blank, dashed, illegible, unstated (the prose does not say) or several (it says more than one).
    """

    government: str
    year: int
    key: str
    value: Number
    state: str
    sha256: str
    cell: str
    path: str
    approximate: bool = False
    # Who read it in the filing where the reader could not.
    read_by: str = ""
    # Printed on another form under words that mean nearly the same: shown as nearly so, and drawn apart.
    kindred: bool = False


def of_filing(row: Mapping[str, Any]) -> Part:
    """A filing as a whole, or a file that is none: nothing leads to what has no SHA-256."""
    at = row.get("government") or "", row.get("year") or 0, "", None, "stated"
    return Part(*at, row["sha256"] or "", "", row["path"] or "")


def of_year(parts: Iterable[Part], year: int) -> list[Part]:
    """The parts of one year."""
    return [part for part in parts if part.year == year]


def of_key(parts: Iterable[Part], key: str) -> list[Part]:
    """The parts of one meaning."""
    return [part for part in parts if part.key == key]


def total(parts: Iterable[Part]) -> Number:
    """The sum of what is stated; None when nothing is."""
    values = [part.value for part in parts if part.value is not None]
    return _tidy(sum(values)) if values else None


def _tidy(value: float) -> int | float:
    """Sums of money carry the four decimals of the database, and none that adding binary fractions makes up."""
    return value if isinstance(value, int) else round(value, 4)


def stated(parts: Iterable[Part]) -> int:
    """How many governments state a number."""
    return len({part.government for part in parts if part.value is not None})


def sums_by_year(parts: Sequence[Part], key: str, years: Sequence[int], source: str) -> list[Point]:
    """The sum of each year; a year in which nothing is stated has no number. `source` takes {n}, filings added."""
    points = []
    own = of_key(parts, key)
    for year in years:
        chosen = of_year(own, year)
        points.append(Point("", year, key, total(chosen), source.format(n=stated(chosen))))
    return points


def by_government(parts: Sequence[Part], key: str, governments: Sequence[str], year: int) -> list[Point]:
    """One point a government for a year; several parts of a key are added."""
    points = []
    own = of_year(of_key(parts, key), year)
    for government in governments:
        chosen = [part for part in own if part.government == government]
        source = chosen[0].path if chosen else ""
        points.append(Point(government, year, key, total(chosen), source))
    return points


def over_years(parts: Sequence[Part], government: str, years: Sequence[int]) -> list[Point]:
    """A government's points, year by year; a year without a filing, or without a number in it, is a gap."""
    found = {part.year: part for part in parts if part.government == government}
    points = []
    for year in years:
        part = found.get(year)
        if part is None:
            points.append(Point(government, year, "", None, ""))
        else:
            points.append(
                Point(government, year, part.key, part.value, part.path, part.approximate, part.kindred)
            )
    return points


def strength(before: Part, now: Part) -> float:
    """How much a number moved, as a ratio; both are raised a little so that small counts do not outdo all others."""
    values = sorted((part.value or 0) + _FLOOR for part in (before, now))
    return values[1] / values[0]


def breaks(forms: Mapping[int, set[str]], words: str) -> dict[int, str]:
    """The years that open a new generation of the form: the newest form of a year is not that of the year before.

    `words` takes {year}.
    """
    years = sorted(forms)
    turned = {}
    for before, year in pairwise(years):
        if max(forms[year]) > max(forms[before]):
            turned[year] = words.format(year=year)
    return turned


def forms_by_year(rows: Iterable[Mapping[str, object]], column: str) -> dict[int, set[str]]:
    """The generations of the form that the filings of each year use."""
    found: dict[int, set[str]] = {}
    for row in rows:
        if row[column]:
            found.setdefault(int(str(row["year"])), set()).add(str(row[column]))
    return found
