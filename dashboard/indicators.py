"""What townships are compared by: every statutory figure and every core number of the prose, as one list."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dashboard import db, labels, measures, parts
from dashboard.files import Sheet
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t
from etl import forms

PROSE = "metric"
_ANY, _TOTAL, _OUTCOME = "any", "total", "outcome"
# One line in 2019, three below a heading in 2021: comparable as their sum only.
_SAME = {"otherwise_closed": "otherwise"}
# 收到申请数 of the statistical table, which nearly is what later forms call 新收.
_OLD = "2014"
_RECEIVED, _RECEIVED_2014 = "requests.received", f"{forms.STATISTICS}.requests_received.count"
_QUERIES = {forms.PROACTIVE: "proactive", forms.REQUESTS: "requests", forms.REVIEW: "review"}
_FORMS = {forms.PROACTIVE: "form", forms.REQUESTS: "form_requests", forms.REVIEW: "form_review_litigation"}

Cell = tuple[str, str]
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number of each government and year, added from `cells` of a schedule, or stated by the prose.

    `key` is its name in addresses: "metric.website_items", "requests.received", "requests.withheld.state_secret".
    """

    key: str
    schedule: str
    cells: tuple[Cell, ...] = ()

    @property
    def metric(self) -> str:
        """The metric of the prose; empty for a figure of a table."""
        return self.key.removeprefix(f"{PROSE}.") if self.schedule == PROSE else ""

    @property
    def unit(self) -> str:
        """The unit in words."""
        if self.metric:
            return labels.metric_unit(self.metric)
        return measures.unit(self.cells[0][1])

    @property
    def name(self) -> str:
        """What it is called, with the table it stands in."""
        if self.metric:
            return t("compare.in_prose", name=labels.metric(self.metric))
        return f"{t(f'schedule.{self.schedule}')} · {self._label()}"

    def _label(self) -> str:
        keys = self.key.split(".")[1:]
        if self.schedule == forms.PROACTIVE:
            return labels.cell(self.schedule, *keys)
        if keys[0] == _ANY:
            return labels.column(self.schedule, keys[1])
        return " · ".join(labels.line(self.schedule, line) for line in keys)


def every() -> dict[str, Indicator]:
    """All indicators by key: the prose first, then the tables in the order of print, what the newest form dropped last."""
    core = (row["metric"] for row in db.query("metric_labels") if row["tier"] == "core")
    prose = {f"{PROSE}.{metric}": Indicator(f"{PROSE}.{metric}", PROSE) for metric in core}
    printed: dict[str, Indicator] = {}
    for form in reversed(forms.having(forms.REQUESTS)):
        printed |= {key: one for key, one in _of_form(form.key).items() if key not in printed}
    return prose | dict(sorted(printed.items(), key=lambda item: list(_QUERIES).index(item[1].schedule)))


def of(chosen: Selection, indicator: Indicator) -> list[Part]:
    """One part a filing of the selection: the number, or the reason why there is none."""
    return chosen.of(_of_county(db.build(), chosen.ever, indicator))


@lru_cache(maxsize=128)
def _of_county(build: Path | None, county: Selection, indicator: Indicator) -> tuple[Part, ...]:
    """The same for a whole county, of a build: a change of filter chooses among them."""
    if indicator.metric:
        return tuple(measures.metrics(county, [indicator.metric]))
    printed = _printed(county, indicator)
    used = generations(county, indicator)
    kindred = _kindred(county) if indicator.key == _RECEIVED else {}
    found = []
    for row in county.rows("submissions"):
        if row["sha256"]:
            at = row["government"], row["year"]
            found.append(kindred.get(at) or _one(indicator, row, printed.get(at, []), used.get(at)))
    return tuple(found)


def generations(chosen: Selection, indicator: Indicator) -> dict[Place, str]:
    """The form that each government's table of the year follows; nothing for the prose, which follows none."""
    if indicator.metric:
        return {}
    column = _FORMS[indicator.schedule]
    used = {(row["government"], row["year"]): _generation(row, column) for row in chosen.rows("forms_used")}
    return {at: form for at, form in used.items() if form}


def _generation(row: db.Row, column: str) -> str:
    """The form of a table; the one table of 2014 stands for all of them, and is found in the first."""
    return str(row[column] or (row["form"] if row["form"] == _OLD else "") or "")


def breaks(chosen: Selection, indicator: Indicator) -> dict[str, list[int]]:
    """For each government the years in which its table first follows a newer form."""
    used = generations(chosen, indicator)
    found = {}
    for who in {government for government, _ in used}:
        by_year = {year: {form} for (government, year), form in used.items() if government == who}
        found[who] = list(parts.breaks(by_year, ""))
    return found


def on_form(indicator: Indicator, form: str) -> bool:
    """Whether a generation of the form has the indicator."""
    return indicator.key in _of_form(form)


def on_every_form(indicator: Indicator) -> bool:
    """Whether it may be followed from one generation of the form to the next: same meaning, same key."""
    return all(on_form(indicator, form.key) for form in forms.having(indicator.schedule))


def long(chosen: Selection, indicator: Indicator) -> Sheet:
    """The printed numbers behind an indicator, one a row, with state, unit, source and open findings."""
    if indicator.metric:
        return measures.long_metrics(chosen, [indicator.metric])
    lines, columns = zip(*_cells_of_all_forms(indicator), strict=True)
    return measures.long_cells(chosen, indicator.schedule, lines, columns)


def tidy(chosen: Selection, figures: Mapping[Indicator, Sequence[Part]]) -> Sheet:
    """Several indicators, one number a row, with state, unit, source and the findings that name the place."""
    named = [".".join(filter(None, (f["schedule"], f["line"], f["column"]))) for f in chosen.rows("findings")]
    places = Counter(zip((row["sha256"] for row in chosen.rows("findings")), named, strict=True))
    heads = ("county", "government", "year", "indicator", "value", "unit", "state", "source", "open_findings")
    rows = [
        (*_head(chosen, one, part), t(f"state.{part.state}"), part.path, places[part.sha256, part.cell])
        for one, found in figures.items()
        for part in found
    ]
    return Sheet(t("shared.long"), [t(f"shared.{name}") for name in heads], rows)


def _head(chosen: Selection, indicator: Indicator, part: Part) -> tuple[Any, ...]:
    return chosen.county, part.government, part.year, indicator.name, part.value, indicator.unit


@cache
def _of_form(form: str) -> dict[str, Indicator]:
    """The indicators of one generation of the form, each with the cells that make it up there."""
    known = forms.form(form)
    cells: dict[str, tuple[Cell, ...]] = {
        f"{forms.PROACTIVE}.{line}.{column}": ((line, column),)
        for line, column in known.schedule(forms.PROACTIVE).comparable_cells()
    }
    (block,) = known.schedule(forms.REQUESTS).blocks
    for item in block.lines:
        cells |= dict(_with_parts(item, ()))
    cells |= {f"{forms.REVIEW}.{path}": ((path, "total"),) for path in forms.PATHS}
    for result in forms.RESULTS:
        cells[f"{forms.REVIEW}.{_ANY}.{result}"] = tuple((path, result) for path in forms.PATHS)
    return {key: Indicator(key, key.partition(".")[0], own) for key, own in cells.items()}


def _with_parts(item: forms.Item, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """A line of table 3, then the lines it sums; the sum of all outcomes has a line of its own on the form."""
    path = above if item.key == _OUTCOME else (*above, _SAME.get(item.key, item.key))
    if path:
        yield ".".join((forms.REQUESTS, *path)), tuple((leaf.key, _TOTAL) for leaf in item.leaves())
    for part in item.parts:
        yield from _with_parts(part, path)


def _cells(indicator: Indicator, form: str) -> tuple[Cell, ...]:
    own = None if form == _OLD else _of_form(form).get(indicator.key)
    return own.cells if own else ()


def _cells_of_all_forms(indicator: Indicator) -> set[Cell]:
    return {cell for form in forms.having(indicator.schedule) for cell in _cells(indicator, form.key)}


def _printed(chosen: Selection, indicator: Indicator) -> Mapping[Place, list[Part]]:
    wanted = _cells_of_all_forms(indicator)
    columns = sorted({column for _, column in wanted})
    found: dict[Place, list[Part]] = {}
    for part in measures.cells(chosen, indicator.schedule, _QUERIES[indicator.schedule], columns, "line"):
        if tuple(part.cell.split(".")[1:]) in wanted:
            found.setdefault((part.government, part.year), []).append(part)
    return found


def _kindred(chosen: Selection) -> dict[Place, Part]:
    """What reports on the form of 2014 say they received."""
    return {
        (row["government"], row["year"]): Part(
            row["government"],
            row["year"],
            _RECEIVED,
            row["value"],
            row["state"] or "stated",
            row["sha256"],
            _RECEIVED_2014,
            row["path"],
            kindred=True,
        )
        for row in chosen.rows("received_2014")
    }


def _one(indicator: Indicator, row: db.Row, own: Sequence[Part], form: str | None) -> Part:
    """The sum of a filing's cells; without one of them there is no sum, and the first that lacks says why."""
    wanted = _cells(indicator, form) if form else ()
    lacking = next((part for part in own if part.value is None), None)
    if lacking:
        state = lacking.state
    elif form and not wanted:
        state = "other_form"
    else:
        state = "stated" if own and len(own) == len(wanted) else "unread"
    value = parts.total(own) if state == "stated" else None
    cell = (lacking or own[0]).cell if own else ""
    at = row["government"], row["year"], indicator.key, value, state
    who = next((part.read_by for part in own if part.read_by), "")
    return Part(*at, row["sha256"], cell, row["path"], read_by=who)
