"""The figures of a county's year: each a number together with the filings, cells and sentences it is made of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from etl import decisions, store
from etl.decisions import Decision
from etl.determined import BY_PERSON

_SQL = Path(__file__).resolve().parent.parent / "sql" / "briefing"
_TABLES = ("register", "cells", "outcomes", "metrics", "findings", "states", "labels")

Row = Mapping[str, Any]
Number = int | float


@dataclass(frozen=True, slots=True)
class Origin:
    """One thing a figure is made of: what one government's filing says, or that there is none (`path` is empty then).

    It is `doubted` while a check finds fault with the cell and nobody has settled that.
    """

    government: str
    year: int
    said: str
    path: str
    sentence: str = ""
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the briefing. `name` says what it counts and where it stands in the filings; None: nobody states it."""

    name: str
    value: Number | None
    origins: tuple[Origin, ...]
    text: str = ""

    @property
    def shown(self) -> str:
        """The number as it is printed."""
        return self.text or written(self.value)

    @property
    def doubted(self) -> bool:
        """Whether a cell in doubt is in it."""
        return any(origin.doubted for origin in self.origins)

    @property
    def governments(self) -> frozenset[str]:
        """Whose numbers are in it."""
        return frozenset(origin.government for origin in self.origins)


def written(value: Number | None) -> str:
    """A number with its thousands set apart; a dash for none."""
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")


def added(name: str, rows: Sequence[Row]) -> Figure:
    """The sum of the rows that state a value."""
    stated = [row for row in rows if row["value"] is not None]
    total = round(sum(row["value"] for row in stated), 4) if stated else None
    return Figure(name, total, tuple(_origin(row) for row in stated))


def counted(name: str, rows: Sequence[Row], said: Callable[[Row], str]) -> Figure:
    """How many rows there are, each an origin that says why it counts."""
    origins = (Origin(row["government"], row["year"], said(row), row["path"] or "") for row in rows)
    return Figure(name, len(rows), tuple(origins))


def settled(row: Row) -> str:
    """The mark of a number that a person read in the filing where the reader could not."""
    return BY_PERSON if row.get("by_person") else ""


def _origin(row: Row) -> Origin:
    said = ("≈" if row.get("approximate") else "") + written(row["value"]) + settled(row)
    return Origin(
        row["government"], row["year"], said, row["path"], row.get("sentence") or "", bool(row.get("doubted"))
    )


@dataclass(frozen=True)
class County:
    """A county's figures for `year` and the years before it, from a published build."""

    county: str
    year: int
    tables: Mapping[str, Sequence[Row]]
    trail: tuple[Decision, ...]

    @property
    def sample(self) -> bool:
        """Whether the county is invented."""
        return any(row["sample"] for row in self.tables["register"])

    @cached_property
    def labels(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """The printed label and the unit of a line, column or metric, by schedule, kind and key."""
        rows = self.tables["labels"]
        return {(row["schedule"], row["kind"], row["key"]): (row["label"], row["unit"]) for row in rows}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year up to the briefing's for which anybody owes a report."""
        return tuple(sorted({row["year"] for row in self.tables["register"]}))

    @cached_property
    def governments(self) -> tuple[str, ...]:
        """Who owes a report on the year."""
        return tuple(row["government"] for row in self.register(self.year))

    def register(self, year: int) -> list[Row]:
        """Who owes a report on a year, with what became of it."""
        return [row for row in self.tables["register"] if row["year"] == year]

    def cells(self, schedule: str, line: str, column: str, year: int) -> list[Row]:
        """The printed cells of a year, one a filing."""
        wanted = (schedule, line, column, year)
        return self._cells_by_place.get(wanted, [])

    def outcomes(self, outcome: str, year: int) -> list[Row]:
        """The totals of a group of results of table 3, several a filing."""
        return [
            {**row, "doubted": self._in_doubt(row, "requests", row["line"], "total")}
            for row in self.tables["outcomes"]
            if (row["outcome"], row["year"]) == (outcome, year)
        ]

    def metrics(self, metric: str, year: int) -> list[Row]:
        """What the prose of a year states, one a filing."""
        return [row for row in self.tables["metrics"] if (row["metric"], row["year"]) == (metric, year)]

    @property
    def findings(self) -> list[Row]:
        """What the checks found in the year's reports."""
        return [row for row in self.tables["findings"] if row["year"] == self.year]

    def standing(self, row: Row) -> str:
        """How a finding stands by what people decided: open, reopened, returned, accepted or corrected."""
        return self._standings[decisions.subject(row).digest].state

    @cached_property
    def _standings(self) -> Mapping[str, decisions.Standing]:
        subjects = [decisions.subject(row) for row in self.tables["findings"]]
        return decisions.standings(subjects, self.trail)

    @cached_property
    def _cells_by_place(self) -> dict[tuple[str, str, str, int], list[Row]]:
        found: dict[tuple[str, str, str, int], list[Row]] = {}
        for row in self.tables["cells"]:
            place = (row["schedule"], row["line"], row["column"], row["year"])
            found.setdefault(place, []).append({**row, "doubted": self._in_doubt(row, *place[:3])})
        return found

    def _in_doubt(self, row: Row, schedule: str, line: str, column: str) -> bool:
        place = (row["government"], row["year"], schedule, line)
        return bool({(*place, column), (*place, None)} & self._doubted)

    @cached_property
    def _doubted(self) -> set[tuple[Any, ...]]:
        """The cells and lines with which a check finds fault, this year and the year before, and that nobody has settled."""
        keys = ("government", "year", "schedule", "line", "column")
        return {
            tuple(row[key] for key in keys)
            for row in self.tables["findings"]
            if row["severity"] != "hint" and self.standing(row) not in ("accepted", "corrected")
        }


def load(build: Path, county: str, year: int, trail: Iterable[Decision]) -> County:
    """The county's figures from a published build and the decisions on its findings.

    Raises LookupError when the build has nobody of the county who owes a report on the year.
    """
    with store.attach(build) as base:
        tables = {name: _rows(base, name, {"county": county, "year": year}) for name in _TABLES}
    found = County(county, year, tables, tuple(trail))
    if not found.governments:
        raise LookupError(
            f"{county}没有{year}年应报送年报的单位：请核对县名、年份和名册 data/governments.csv"
        )
    return found


def _rows(base: Any, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    sql = (_SQL / f"{name}.sql").read_text(encoding="utf-8")
    answer = base.execute(sql, {key: value for key, value in parameters.items() if f"${key}" in sql})
    heads = [column[0] for column in answer.description]
    return [dict(zip(heads, map(store.plain, row), strict=True)) for row in answer.fetchall()]
