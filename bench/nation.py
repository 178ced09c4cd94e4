"""The pages on a nation's base, each beside itself on a prefecture's: a county's questions cost a county.

`OVERSIGHT_DATA=FOLDER make bench PARTS=nation` takes the base of a folder that `python -m bench.synthetic FOLDER
271000` has filled; without one it is made first, which takes some minutes and 2 GB in /tmp. Both bases hold the same first prefecture, so
both servers show the same county; they are asked in turns. Twice the budgets of a county are allowed.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean

from playwright.sync_api import Playwright, sync_playwright

from bench import browser
from bench.dashboard import ROOT, Dashboard, running
from bench.scale import NATION
from bench.synthetic import building, first_prefecture, held_by, office
from bench.timing import Row
from bench.visitor import offered, visiting
from etl import places
from etl.base import pointer

_ALLOWED = 2
_PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
_Both = tuple[Dashboard, Dashboard]


def rows() -> Iterator[Row]:
    """Start, first visit, every page with a change of filter and of page, and of counties nobody has asked for yet."""
    small = _office(sum(map(held_by, first_prefecture())))
    with _nation() as large, small as base, running(large) as nation, running(base) as prefecture:
        both = nation, prefecture
        *_, government = offered(nation)
        with sync_playwright() as tool:
            yield from _on_screen(tool, both, government)
        memory, reference = (each.memory() for each in both)
        yield _row("memory of the server", memory, reference, browser.MEMORY, "MB")
        for page in _PAGES:
            yield asyncio.run(_unasked(both, page))


@contextmanager
def _nation() -> Iterator[Path]:
    if "OVERSIGHT_DATA" in os.environ:
        if pointer.published(places.database()) is None:
            sys.exit(f"no base of this version of the program in {places.database()}: see bench/nation.py")
        yield places.database()
    else:
        with _office(NATION, outlines=True) as database:
            yield database


@contextmanager
def _office(filings: int, outlines: bool = False) -> Iterator[Path]:
    """The base of a synthetic office of so many filings."""
    with tempfile.TemporaryDirectory() as place:
        office(Path(place), filings, outlines)
        if building(Path(place), "--no-sample").wait():
            raise RuntimeError("the build failed")
        yield Path(place) / "database"


def _on_screen(tool: Playwright, both: _Both, government: str) -> Iterator[Row]:
    yield _timed("server start to healthy", both[0].started, both[1].started, browser.STARTED)
    (cold, warm), (theirs_cold, theirs_warm) = (
        browser.visits(tool, f"{each.address}/{browser.FIRST}") for each in both
    )
    yield _timed("first page with its charts, cold browser", cold, theirs_cold, browser.COLD)
    yield _timed("first page with its charts, warm browser", warm, theirs_warm, browser.WARM)
    with (
        browser.opened(tool, both[0], government) as nation,
        browser.opened(tool, both[1], government) as prefecture,
    ):
        for name in nation.names:
            ours, theirs = nation.filter_changes(name), prefecture.filter_changes(name)
            yield _timed(f"{name}: filter change to drawn", ours.wall, theirs.wall, browser.FILTER)
            yield _timed(f"{name}: server CPU of a filter change", ours.cpu, theirs.cpu, browser.CPU)
            ours, theirs = nation.page_changes(name), prefecture.page_changes(name)
            yield _timed(f"{name}: page change", ours.wall, theirs.wall, browser.PAGE)
            yield _timed(f"{name}: server CPU of a page change", ours.cpu, theirs.cpu, browser.CPU)


async def _unasked(both: _Both, page: str) -> Row:
    """A page of each county of the prefecture but the one on the screen so far: no answer is one that was kept."""
    _, *counties = sorted({township.county for township in first_prefecture()})
    cpus: tuple[list[float], list[float]] = [], []
    async with visiting(both[0]) as nation, visiting(both[1]) as prefecture:
        for county in counties:
            for dashboard, visitor, taken in zip(both, (nation, prefecture), cpus, strict=True):
                before = dashboard.cpu()
                await visitor.go("" if page == "overview" else page, county=county)
                taken.append(dashboard.cpu() - before)
    ours, theirs = map(mean, cpus)
    row = _timed(f"{page} of a county not asked for yet: server CPU", ours, theirs, browser.CPU)
    return (*row[:-1], f"≤ {_ALLOWED}×")


def _timed(what: str, nation: float, prefecture: float, budget: float) -> Row:
    return _row(what, nation * 1000, prefecture * 1000, budget * 1000, "ms")


def _row(what: str, nation: float, prefecture: float, budget: float, unit: str) -> Row:
    reference = f"{prefecture:,.0f} {unit} (a prefecture's base)"
    ratio = f"{nation / prefecture:.2f}×" if prefecture else "–"
    return what, f"{nation:,.0f} {unit}", reference, ratio, f"≤ {budget * _ALLOWED:,.0f} {unit}"
