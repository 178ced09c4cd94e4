"""The county's return from the database, for the page and for the command line alike."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from dashboard import db, findings
from dashboard.selection import Selection
from etl import decisions, own_row
from etl.report import State
from etl.returns.compare import broken
from etl.returns.drafts import Stated
from etl.returns.roll_up import roll_up
from etl.returns.unit import Cell, Entry, Error, Filing, Unit
from etl.returns.whole import CountyReturn

# What these kinds of findings say is about numbers of the tables; blanks and old forms are doubts of their own.
_ABOUT_NUMBERS = ("arithmetic", "law", "cross-table", "continuity", "prose")
_COUNTY = "county"


def of(chosen: Selection) -> CountyReturn:
    """The return for the newest year of a selection, from its governments; from all of them when none is named."""
    rows = tuple(own_row.of(chosen.county, year) for year in (chosen.last, chosen.last - 1))
    return _made(chosen, rows, db.build(), decisions.trail(chosen.county))


@lru_cache(maxsize=32)
def _made(
    chosen: Selection,
    rows: tuple[own_row.Row | None, ...],
    build: Path | None,
    decided: tuple[decisions.Decision, ...],
) -> CountyReturn:
    """The return as it stands with a build, what has been decided and what was entered by hand: kept while none changes."""
    year = chosen.last
    now, before = (_Year(chosen, year - ago, row) for ago, row in enumerate(rows))
    row = now.by_hand
    return CountyReturn(
        roll_up(chosen.county, year, now.units),
        roll_up(chosen.county, year - 1, before.units),
        now.own,
        before.own,
        f"{row.unit}（{row.who}，{row.at.replace('T', ' ')}）" if row else "",
        chosen.sample,
        tuple(_stated(chosen.county, year)),
    )


class _Year:
    """What a county's units filed on a year, its own report, and the row entered by hand."""

    def __init__(self, chosen: Selection, year: int, row: own_row.Row | None) -> None:
        rows = db.query("return_filings", county=chosen.county, year=year)
        filings = _filings(chosen.county, year, rows)
        wanted = [row for row in rows if not chosen.governments or row["unit"] in chosen.governments]
        units = [row for row in wanted if row["level"] != _COUNTY]
        errors = _errors(chosen, year)
        names = dict.fromkeys(row["unit"] for row in units)
        self.units = tuple(_unit(name, units, filings, errors.get(name, ())) for name in names)
        county = [row for row in rows if row["level"] == _COUNTY and row["current"]]
        self.own = filings[county[0]["report_id"]] if county else None
        filed = {row["unit"] for row in rows if row["current"]}
        self.by_hand = self._enter(row) if row and row.unit not in filed else None

    def _enter(self, row: own_row.Row) -> own_row.Row:
        """Add the row entered by hand as a unit; where the unit has filed, its filing goes before it."""
        others = tuple(unit for unit in self.units if unit.name != row.unit)
        values = {cell: entry.value for cell, entry in row.filing.entries.items()}
        errors = tuple(
            Error((one.schedule, one.line, one.column), one.check, one.expected, one.actual)
            for one in broken(values)
        )
        self.units = (*others, Unit(row.unit, "office", row.filing, errors=errors))
        return row


def _filings(county: str, year: int, rows: Sequence[db.Row]) -> dict[int, Filing]:
    entries: dict[int, dict[Cell, Entry]] = {}
    for cell in db.query("return_cells", county=county, year=year):
        value = None if cell["value"] is None else Decimal(cell["value"])
        place = cell["schedule"], cell["line"], cell["column"]
        entries.setdefault(cell["report_id"], {})[place] = Entry(
            value, State(cell["state"]), cell["by_person"]
        )
    return {
        row["report_id"]: Filing(_forms(row), entries.get(row["report_id"], {}), row["sha256"], row["path"])
        for row in rows
        if row["report_id"] is not None
    }


def _forms(row: db.Row) -> dict[str, str]:
    """The generation of each table found; the one table of 2014 is none of the three."""
    names = {"proactive": "form", "requests": "form_requests", "review_litigation": "form_review_litigation"}
    found = {schedule: row[name] for schedule, name in names.items() if row[name]}
    return {"statistics_2014": "2014"} if found == {"proactive": "2014"} else found


def _unit(name: str, rows: Sequence[db.Row], filings: Mapping[int, Filing], errors: Sequence[Error]) -> Unit:
    own = [row for row in rows if row["unit"] == name]
    counted = [row for row in own if row["current"]]
    former = tuple(filings[row["report_id"]] for row in own if row["report_id"] and not row["current"])
    filing = filings[counted[0]["report_id"]] if counted else None
    return Unit(name, own[0]["level"], filing, former, tuple(errors), any(row["unsure"] for row in counted))


def _errors(chosen: Selection, year: int) -> dict[str, list[Error]]:
    """By unit, what nobody has settled about the numbers of its tables."""
    found: dict[str, list[Error]] = {}
    asked = Selection(chosen.county, year, year, (), chosen.sample, chosen.owing)
    for one in findings.of(asked):
        row = one.row
        if findings.to_be_mended(one) and row["schedule"] and row["kind"] in _ABOUT_NUMBERS:
            where = row["schedule"], row["line"] or "", row["column"] or ""
            expected, actual = (_exact(row[name]) for name in ("expected", "actual"))
            found.setdefault(row["government"], []).append(Error(where, row["check_id"], expected, actual))
    return found


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _stated(county: str, year: int) -> Iterator[Stated]:
    for row in db.query("return_metrics", county=county, year=year):
        value = Decimal(row["value"])
        yield Stated(row["government"], row["metric"], value, row["approximate"], row["sentence"])
