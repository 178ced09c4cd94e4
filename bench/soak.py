"""Fifty people at a county's dashboard while builds publish: no error, memory flat.

Each comes at a moment of their own, opens a page, thinks, changes the filter or goes on to another county's page, closes the tab and comes back, in
a browser's protocol. They go on for a quarter of an hour, or for BENCH_SOAK_SECONDS.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from websockets.exceptions import WebSocketException

from bench.dashboard import Dashboard, running
from bench.synthetic import Township, building, office, refile
from bench.timing import Row, milliseconds
from bench.visitor import Visitor, visiting

_PEOPLE = 50
_FILINGS = 2_000
_SECONDS = float(os.environ.get("BENCH_SOAK_SECONDS", "900"))
_PAGES = (
    "publication",
    "requests",
    "review_litigation",
    "compare",
    "township",
    "submissions",
    "findings",
    "copied",
    "filing",
)
_THINKING = (1.0, 9.0)
_CLICKS_A_VISIT = 12
_BETWEEN_BUILDS, _BETWEEN_LOOKS = 10.0, 1.0


@dataclass
class _Seen:
    """What happened: seconds of each click, what went wrong, and the server's memory in MB as time went on."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    visits: int = 0
    published: int = 0


def rows() -> Iterator[Row]:
    """One soak."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        townships = office(root, _FILINGS)
        building(root, "--no-sample").wait()
        with running(root / "database") as dashboard:
            begun = dashboard.cpu()
            seen = asyncio.run(_soak(root, townships, dashboard))
            used = dashboard.cpu() - begun
    slowest = quantiles(seen.seconds, n=20)[-1]
    name = f"{_PEOPLE} people, {_SECONDS:.0f} s, {seen.visits} visits, {seen.published} publications"
    yield f"{name}: clicks, errors", f"{len(seen.seconds):,}, {len(seen.wrong)}", "–", "–", "0 errors"
    for wrong in sorted(set(seen.wrong)):
        yield f"error, {seen.wrong.count(wrong)} times", wrong, "–", "–", "–"
    yield (
        f"{name}: a click, p95",
        milliseconds(slowest),
        "–",
        f"{slowest / 2:.2f}× of the budget",
        "≤ 2,000 ms",
    )
    a_click = used / len(seen.seconds)
    yield (
        f"{name}: server CPU of a click",
        milliseconds(a_click),
        "–",
        f"{a_click / 0.060:.2f}× of the budget",
        "≤ 60 ms",
    )
    # The first quarter warms the server up: every page once, every cache full.
    last = len(seen.memory) - 1
    early, *later = (seen.memory[last * quarter // 4] for quarter in (1, 2, 3, 4))
    measured = f"{', '.join(f'{held:.0f}' for held in later)} MB (two, three, four quarters in)"
    yield f"{name}: memory", measured, f"{early:.0f} MB (a quarter in)", f"{later[-1] / early:.2f}×", "1.1×"


async def _soak(root: Path, townships: list[Township], dashboard: Dashboard) -> _Seen:
    seen, ended = _Seen(), time.monotonic() + _SECONDS
    people = (_person(number, townships, dashboard, seen, ended) for number in range(_PEOPLE))
    publishing = _publish(root, townships, seen, ended)
    await asyncio.gather(publishing, _watch(dashboard, seen, ended), *people)
    return seen


async def _person(
    number: int, townships: list[Township], dashboard: Dashboard, seen: _Seen, ended: float
) -> None:
    chance = random.Random(number)
    while time.monotonic() < ended:
        await asyncio.sleep(chance.uniform(*_THINKING))
        seen.visits += 1
        try:
            async with visiting(dashboard) as visitor:
                for click in range(_CLICKS_A_VISIT):
                    if time.monotonic() < ended:
                        await _timed(_click(visitor, click, townships, chance), seen)
                        await asyncio.sleep(chance.uniform(*_THINKING))
        except (OSError, RuntimeError, TimeoutError, WebSocketException) as error:
            seen.wrong.append(repr(error))


async def _click(visitor: Visitor, click: int, townships: list[Township], chance: random.Random) -> None:
    """Every fourth click goes to a page, of any county; the others choose a government there."""
    if click % 4 == 0:
        await visitor.go(chance.choice(_PAGES), county=chance.choice(townships).county)
    else:
        await visitor.choose(chance.choice(visitor.offered))


async def _timed(work: Awaitable[None], seen: _Seen) -> None:
    begun = time.perf_counter()
    await asyncio.wait_for(work, timeout=30)
    seen.seconds.append(time.perf_counter() - begun)


async def _publish(root: Path, townships: list[Township], seen: _Seen, ended: float) -> None:
    while time.monotonic() < ended:
        refile(root, townships[seen.published % len(townships)])
        if await asyncio.to_thread(building(root, "--no-sample").wait):
            seen.wrong.append("a build failed")
        else:
            seen.published += 1
        await asyncio.sleep(_BETWEEN_BUILDS)


async def _watch(dashboard: Dashboard, seen: _Seen, ended: float) -> None:
    while time.monotonic() < ended:
        seen.memory.append(dashboard.memory())
        await asyncio.sleep(_BETWEEN_LOOKS)
