"""The planted faults: what is changed in which filing, from faults.yaml."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data.sample.figures import Figures
from data.sample.spec import Key


@dataclass(frozen=True, slots=True)
class Fault:
    """What one filing has wrong; the fields are those of faults.yaml, described there."""

    township: str
    year: int
    note: str
    figures: dict[Key, int] = field(default_factory=dict)
    misprint: dict[Key, int] = field(default_factory=dict)
    prose: dict[str, int] = field(default_factory=dict)
    add: dict[str, int] = field(default_factory=dict)
    use: dict[str, str] = field(default_factory=dict)
    zeros: dict[str, str] = field(default_factory=dict)
    blank: str = ""
    drop: int = 0
    like: tuple[str, int] | None = None
    layout: str = ""
    published: str = ""
    refiled: str = ""
    yearless: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


def _keys(cells: dict[str, int]) -> dict[Key, int]:
    return {tuple(name.split(".")): change for name, change in cells.items()}  # type: ignore[misc]


def _fault(raw: dict[str, Any]) -> Fault:
    township, year = raw.pop("at")
    for name in ("figures", "misprint"):
        raw[name] = _keys(raw.get(name, {}))
    for name in ("published", "refiled"):
        raw[name] = str(raw.get(name, ""))
    like = raw.pop("like", None)
    rows = tuple(tuple(map(str, row)) for row in raw.pop("rows", ()))
    return Fault(township, year, like=tuple(like) if like else None, rows=rows, **raw)


@cache
def faults() -> dict[tuple[str, int], Fault]:
    """The faults by township and year."""
    text = Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8")
    return {(fault.township, fault.year): fault for fault in map(_fault, yaml.safe_load(text))}


def changed(figures: Figures, changes: dict[Key, int]) -> Figures:
    """The figures with changes added, on both forms where the form has the cell."""
    cells = {
        place: {key: value + Decimal(changes.get(key, 0)) for key, value in old.items()}
        for place, old in figures.cells.items()
    }
    return Figures(cells, figures.prose)
