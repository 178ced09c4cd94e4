"""Building an office of a hundred and of ten thousand filings; `scale` does the same for a nation's.

The filings are synthetic and their readings are in the cache (see synthetic.py), so that building is measured apart
from reading. Times are CPU seconds of the whole command, its processes included; memory is that of the largest
process, and never less than this one's when it starts the other.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import duckdb

from bench.synthetic import Township, building, held_by, office, refile, register
from bench.timing import Row, beside, milliseconds
from dashboard import db
from etl.base import pointer

SIZES = (100, 10_000)
_ALONE = ("--no-sample",)
_CHOSEN = {"first": 0, "governments": (), "sample": False, "schedule": "requests"}
_EVER = count(9999)
_QUESTIONS = ("submissions", "requests", "findings", "cells", "filings")


def rows() -> Iterator[Row]:
    """The sample county with its reading, then the synthetic offices."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "reports").mkdir()
        cold = _build(root)
        yield _row("the sample county, 99 files, reading included", cold, cold)
        yield _row("the sample county, no change", _build(root), cold)
    for size in SIZES:
        yield from measured(size)


def measured(size: int, outlines: bool = False) -> Iterator[Row]:
    """An office of a size: built, left alone, changed in one file and in one row of the register, asked.

    With `outlines` only the first prefecture's readings are whole, see synthetic.py.
    """
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        townships = office(root, size, outlines)
        name = f"{sum(map(held_by, townships)):,} filings"
        cold = _build(root, *_ALONE)
        yield _row(f"{name}, built from the cache{' (outlines)' if outlines else ''}", cold, cold)
        yield _row(f"{name}, no change", _build(root, *_ALONE), cold)
        refile(root, townships[0])
        yield _row(f"{name}, one file changed", _build(root, *_ALONE), cold)
        _register_one_more(root, townships[0])
        yield _row(f"{name}, one row added to the register", _build(root, *_ALONE), cold)
        yield from _questions(name, root, townships)


def _register_one_more(root: Path, township: Township) -> None:
    with register(root).open("a", encoding="utf-8") as listed:
        listed.write(f"\n{township.county},新设镇人民政府,township,{township.code[:6]}999")


@dataclass(frozen=True, slots=True)
class _Cost:
    """CPU and wall seconds, and the memory of the largest process in MB."""

    cpu: float
    wall: float
    memory: float


def _build(root: Path, *options: str) -> _Cost:
    begun = time.perf_counter()
    process = building(root, *options)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the build ended with {process.returncode}")
    return _Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024)


def _row(what: str, cost: _Cost, whole: _Cost) -> Row:
    measured = f"{cost.cpu:.2f} s CPU, {cost.wall:.2f} s, {cost.memory:.0f} MB"
    reference = "–" if cost is whole else f"{whole.cpu:.2f} s CPU (all of it)"
    return what, measured, reference, f"{cost.cpu / whole.cpu:.3f}×", "–"


def _questions(name: str, root: Path, townships: list[Township]) -> Iterator[Row]:
    """The questions of a page, each of a county, beside a bare look at the same partition's largest table."""
    db.use(root / "database")
    county = townships[0].county
    path = db.holding(county)
    for question in _QUESTIONS:
        ask = partial(_ask, question, county)
        with duckdb.connect(path, read_only=True) as bare:
            scan = partial(_scan, bare)
            ours, floor, ratio = beside(ask, scan)
        yield (
            f"{name}, {question} of a county",
            milliseconds(ours),
            f"{milliseconds(floor)} (bare scan)",
            f"{ratio:.1f}×",
            "–",
        )
    begun = time.perf_counter()
    db.query("counties")
    first = time.perf_counter() - begun
    yield f"{name}, list of counties", milliseconds(first), "–", "–", "–"
    base = pointer.published(root / "database")
    size = sum(file.stat().st_size for file in base.files) / 1e6 if base else 0
    yield f"{name}, database", f"{size:,.0f} MB in {len(base.files) if base else 0} files", "–", "–", "–"


def _ask(question: str, county: str) -> None:
    # Another upper year each time, so that no answer is one that was kept.
    db.query(question, county=county, last=next(_EVER), **_CHOSEN)


def _scan(bare: duckdb.DuckDBPyConnection) -> None:
    bare.execute("select * from requests").fetchall()
