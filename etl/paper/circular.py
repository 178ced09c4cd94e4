"""The county's circular on a year's reports, as a Word document: who filed when, what is wrong, who does well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl import documents
from etl.paper.native_chart import Chart, Series, Shape
from etl.paper.slips import on

_WORDS = Path(__file__).parent.parent / "lookups" / "circular.yaml"
_UNIT_WIDTHS_MM = (12, 48, 28, 40, 14, 14)
_KIND_WIDTHS_MM = (12, 24, 76, 18, 26)
_DARK, _LIGHT = "1F5A96", "F0B45A"


@dataclass(frozen=True, slots=True)
class Unit:
    """A government in the circular; `state` is in_time, late, undated or missing, `days` how many it was late."""

    government: str
    state: str
    published: date | None
    days: int
    errors: int
    doubts: int

    @property
    def good(self) -> bool:
        """Filed, not known to be late, and nothing to mend."""
        return self.state in ("in_time", "undated") and not self.errors + self.doubts


@dataclass(frozen=True, slots=True)
class Kind:
    """How often a rule is broken, and by how many governments; `kind` is the kind of the check."""

    kind: str
    rule: str
    findings: int
    units: int


@dataclass(frozen=True, slots=True)
class Circular:
    """The circular on `year`; `due` is the last day in time."""

    county: str
    year: int
    due: date
    units: tuple[Unit, ...]
    kinds: tuple[Kind, ...]
    office: str
    dated: date
    sample: bool = False


def word(circular: Circular) -> bytes:
    """The circular as a Word document."""
    words = _words()
    mark = words["sample"] + "\n" if circular.sample else ""
    letter = documents.letter(mark + words["title"].format(county=circular.county, year=circular.year))
    letter.title()
    letter.addressee(words["addressee"])
    letter.paragraph(words["opening"].format(year=circular.year))
    for heading, lines in _parts(circular):
        letter.heading(words[heading])
        for line in lines:
            letter.paragraph(line)
    letter.annexes(words["annexes"])
    letter.signature(circular.office, on(circular.dated))
    letter.annex(words["annex"].format(number=1), words["units"])
    letter.table(words["unit_heads"], list(_unit_rows(circular.units)), _UNIT_WIDTHS_MM)
    if any(unit.errors + unit.doubts for unit in circular.units):
        letter.chart(_found_by_unit(circular.units))
    letter.annex(words["annex"].format(number=2), words["kinds"])
    letter.table(words["kind_heads"], list(_kind_rows(circular.kinds)), _KIND_WIDTHS_MM)
    if circular.kinds:
        letter.chart(_found_by_kind(circular.kinds))
    return letter.bytes()


def name(circular: Circular) -> str:
    """The file name of the circular."""
    made: str = _words()["file"].format(county=circular.county, year=circular.year)
    return _words()["sample"] + made if circular.sample else made


def _parts(circular: Circular) -> Iterator[tuple[str, Sequence[str]]]:
    yield "filed", list(_filed(circular))
    yield "checked", [_checked(circular.units)]
    yield "good", [_good(circular.units)]
    yield "next", [_words()["next_words"]]


def _filed(circular: Circular) -> Iterator[str]:
    words, units = _words(), circular.units
    states = {state: [unit for unit in units if unit.state == state] for state in words["states"]}
    counts = {state: len(own) for state, own in states.items()}
    owed, filed = len(units), len(units) - counts["missing"]
    days = {"due": on(circular.due), "dated": on(circular.dated)}
    yield words["filed_words"].format(owed=owed, filed=filed, **counts, **days)
    if states["missing"]:
        yield words["missing_list"].format(names=_names(states["missing"]))
    if states["late"]:
        yield words["late_list"].format(names=words["separator"].join(map(_late, states["late"])))


def _late(unit: Unit) -> str:
    published = on(unit.published) if unit.published else ""
    late: str = _words()["late_item"].format(government=unit.government, published=published, days=unit.days)
    return late


def _checked(units: Sequence[Unit]) -> str:
    words = _words()
    errors, doubts = sum(unit.errors for unit in units), sum(unit.doubts for unit in units)
    at_fault = sum(bool(unit.errors + unit.doubts) for unit in units)
    filed = sum(unit.state != "missing" for unit in units)
    key = "checked_words" if at_fault else "checked_none"
    said: str = words[key].format(
        filed=filed, units=at_fault, n=errors + doubts, errors=errors, doubts=doubts
    )
    return said


def _good(units: Sequence[Unit]) -> str:
    good = [unit for unit in units if unit.good]
    said: str = _words()["good_words" if good else "good_none"].format(n=len(good), names=_names(good))
    return said


def _names(units: Sequence[Unit]) -> str:
    joined: str = _words()["separator"].join(unit.government for unit in units)
    return joined


def _unit_rows(units: Sequence[Unit]) -> Iterator[tuple[str, ...]]:
    for number, unit in enumerate(units, 1):
        published = unit.published.isoformat() if unit.published else "—"
        state = _words()["states"][unit.state].format(days=unit.days)
        found = ("—", "—") if unit.state == "missing" else (str(unit.errors), str(unit.doubts))
        yield str(number), unit.government, published, state, *found


def _found_by_unit(units: Sequence[Unit]) -> Chart:
    words = _words()
    found = [unit for unit in units if unit.errors + unit.doubts]
    errors = Series(words["unit_heads"][4], _DARK, tuple(unit.errors for unit in found))
    doubts = Series(words["unit_heads"][5], _LIGHT, tuple(unit.doubts for unit in found))
    names = tuple(unit.government for unit in found)
    return Chart(
        Shape.STACKED_BARS, words["unit_chart"], names, (errors, doubts), words["places"], words["sum"]
    )


def _found_by_kind(kinds: Sequence[Kind]) -> Chart:
    words = _words()
    sums: dict[str, int] = {}
    for kind in kinds:
        named = words["kinds_by_key"][kind.kind]
        sums[named] = sums.get(named, 0) + kind.findings
    series = Series(words["kind_heads"][3], _DARK, tuple(sums.values()))
    return Chart(Shape.BARS, words["kind_chart"], tuple(sums), (series,), words["places"])


def _kind_rows(kinds: Sequence[Kind]) -> Iterator[tuple[str, ...]]:
    for number, kind in enumerate(kinds, 1):
        named = _words()["kinds_by_key"][kind.kind]
        yield str(number), named, kind.rule, str(kind.findings), str(kind.units)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return words
