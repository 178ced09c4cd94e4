"""The sums of a return as the screen shows them: the statutory tables, and the units behind a cell."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import db, labels
from dashboard.charts import short
from dashboard.paper import Marks
from dashboard.parts import Part
from dashboard.text import language, t
from etl.determined import BY_PERSON
from etl.forms import REQUESTS, Schedule
from etl.paper.statutory_layout import MARK, slots
from etl.returns.compare import Carried, of_cell
from etl.returns.roll_up import DIVIDED, UNDIVIDED, Doubt, RollUp
from etl.returns.unit import Cell, Filing, Unit, cells
from etl.returns.whole import CountyReturn
from etl.returns.words import number

VIEWS = ("now", "before", "change")


def layout(made: CountyReturn, schedule: Schedule, view: str) -> tuple[list[list[Any]], Marks]:
    """The cells of a table in the statutory layout, and those to mark; every number leads on."""
    drawn: list[list[Any]] = []
    marks: list[list[Any]] = []
    for slot in slots(schedule):
        text = labels.printed(schedule.key, slot)
        if slot.cell:
            cell = (schedule.key, *slot.cell)
            text = shown(made, cell, view)
            doubted = view != "before" and made.rolled.sums[cell].doubts
            marks.append([0, slot.row, slot.column, ".".join(cell), "finding" if doubted else ""])
        drawn.append([text, slot.row, slot.column, slot.rows, slot.columns])
    return drawn, {"cells": marks, "sentences": []}


def shown(made: CountyReturn, cell: Cell, view: str) -> str:
    """A cell of this year, of the year before, or the change between them; empty where a number is lacking."""
    now, before = made.rolled.sums[cell], made.before.sums[cell]
    if view == "before":
        return number(before.value)
    star = MARK if now.doubts else ""
    if view == "now":
        return number(now.value) + (star if now.value is not None else "")
    if now.value is None or before.value is None:
        return ""
    return signed(now.value - before.value) + star


def entry(made: CountyReturn, cell: Cell) -> tuple[str, ...]:
    """A cell in a list of all of them: where it stands, both years, the change, what is in doubt."""
    doubts = made.rolled.sums[cell].doubts
    said = t("shared.comma").join(dict.fromkeys(f"{short(one.unit)}：{matter(one)}" for one in doubts))
    years = (shown(made, cell, view).removesuffix(MARK) for view in VIEWS)
    return *_names(db.build(), language())[cell], *years, said


def name(cell: Cell) -> str:
    """Where a cell of the return stands, in words: line · column."""
    _, line, column = _names(db.build(), language())[cell]
    return f"{line} · {column}"


@lru_cache(maxsize=4)
def _names(build: Path | None, code: str) -> dict[Cell, tuple[str, str, str]]:
    """Table, line and column of every cell, of a build in a language: a page asks for all of them on every run."""
    return {
        (schedule, line, column): (
            t(f"schedule.{schedule}"),
            labels.line(schedule, line),
            labels.column(schedule, column),
        )
        for schedule, line, column in cells()
    }


def signed(value: Decimal) -> str:
    """A change with its sign; none for no change."""
    return ("+" if value > 0 else "") + number(value).replace("-", "−")


def first_of_interest(rolled: RollUp, schedule: str) -> Cell:
    """The first cell in doubt, else the first with something in it, else the first."""
    own = [(cell, summed) for cell, summed in rolled.sums.items() if cell[0] == schedule]
    doubted = [cell for cell, summed in own if summed.doubts]
    filled = [cell for cell, summed in own if summed.value]
    return (doubted or filled or [own[0][0]])[0]


def behind(made: CountyReturn, cell: Cell) -> tuple[list[tuple[str, str, str, str, str]], list[Part]]:
    """The units behind a cell, those that give most first: what each gives, what it gave the year before, what is in doubt."""
    former = {part.unit: part.value for part in made.before.sums[cell].parts}
    rows, parts = [], []
    for unit, value, kinds in sorted(of_cell(made.rolled, cell), key=_weight):
        said = t("shared.comma").join(t(f"county_return.short_{kind}") for kind in kinds)
        source = unit.filing.path if unit.filing and unit.filing.path else "—"
        where = _printed_at(unit, cell)
        by_person = BY_PERSON if read_by_person(unit, where) else ""
        given = (number(value) or "—") + by_person
        rows.append((short(unit.name), given, number(former.get(unit.name)) or "—", said, source))
        parts.append(replace(leading(unit, made.rolled.year, where), read_by=by_person))
    return rows, parts


def read_by_person(unit: Unit, where: Cell) -> bool:
    """Whether a person read a cell of the unit's filing where the reader could not."""
    entry = unit.filing.entries.get(where) if unit.filing else None
    return entry is not None and entry.by_person


def behind_entry(made: CountyReturn, cell: Cell) -> list[list[Part]]:
    """What a click on each column of an entry leads to: the filings added, those of last year from its own column."""
    now, before = (added(rolled, cell) for rolled in (made.rolled, made.before))
    return [now, now, now, now, before, now, now]


def carried(one: Carried) -> tuple[str, ...]:
    """The row of a kind of applicant over the turn of the year; its last cell names the units that break."""
    numbers = (number(value) or "—" for value in (one.carried_in, one.filed, one.summed))
    breaks = (
        t(
            "county_return.break",
            unit=short(each.unit),
            out=number(each.carried_out),
            into=number(each.carried_in),
        )
        for each in one.breaks
    )
    return labels.column("requests", one.column), *numbers, t("shared.comma").join(breaks)


def behind_carried(made: CountyReturn, column: str) -> list[list[Part]]:
    """What a click leads to on each column of a kind of applicant carried over the turn of the year."""
    into, out = (REQUESTS, "carried_in", column), (REQUESTS, "carried_out", column)
    carried_in, carried_out = added(made.rolled, into), added(made.before, out)
    return [carried_in, carried_in, own(made.filed_before, made.before.year, out), carried_out, carried_in]


def own(filing: Filing | None, year: int, cell: Cell) -> list[Part]:
    """The way to a cell of the county's own filing; none without one."""
    at = "", year, "", None, "stated"
    return [Part(*at, filing.sha256, ".".join(cell), filing.path)] if filing else []


def added(rolled: RollUp, cell: Cell) -> list[Part]:
    """The way to each filing whose number was added to a cell."""
    units = {unit.name: unit for unit in rolled.units}
    given = [units[part.unit] for part in rolled.sums[cell].parts if part.value is not None]
    return [leading(unit, rolled.year, _printed_at(unit, cell)) for unit in given if unit.filing]


def _printed_at(unit: Unit, cell: Cell) -> Cell:
    """Where a unit's filing prints what belongs to a cell: the older form has other closings only as a total."""
    schedule, line, column = cell
    total = (schedule, UNDIVIDED, column)
    undivided = line in DIVIDED and unit.filing and total in unit.filing.entries
    return total if undivided else cell


def _weight(behind: tuple[Unit, Decimal | None, tuple[str, ...]]) -> tuple[int, Decimal]:
    """What gives something stands before what ought to, and that before what has nothing to give."""
    _, value, _ = behind
    return (0, -value) if value else (1 if value is None else 2, Decimal(0))


def leading(unit: Unit, year: int, where: Cell) -> Part:
    """The way to a unit's filing at a place; a unit without a filing leads nowhere."""
    sha256, path = (unit.filing.sha256, unit.filing.path) if unit.filing else ("", "")
    return Part(unit.name, year, "", None, "stated", sha256, ".".join(filter(None, where)), path)


def doubtful(rolled: RollUp) -> tuple[list[tuple[str, str, str]], list[Part]]:
    """Every doubt but that a unit is missing, which the words above the table say: unit, where, what is the matter."""
    units = {unit.name: unit for unit in rolled.units}
    named = {
        (doubt.unit, doubt.kind, doubt.source, doubt.detail): doubt
        for doubt in rolled.doubts
        if doubt.unit and doubt.kind != "missing"
    }
    rows = [(short(doubt.unit), place(doubt.source), matter(doubt)) for doubt in named.values()]
    return rows, [leading(units[doubt.unit], rolled.year, doubt.source) for doubt in named.values()]


def matter(doubt: Doubt) -> str:
    """What is in doubt, in words."""
    detail = labels.rule(doubt.detail) if doubt.kind == "error" else doubt.detail
    return t(f"county_return.kind_{doubt.kind}", detail=detail)


def place(where: Cell) -> str:
    """Where something stands, its table before its line."""
    schedule, line, column = where
    if not schedule or not line:
        return labels.place(schedule or None, None, None)
    return f"{t(f'schedule.{schedule}')} {labels.place(schedule, line, column or None)}"
