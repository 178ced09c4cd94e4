"""Fifty people at once: sessions over websockets against the real server, each changing a filter without a pause.

BENCH_LOAD_SECONDS is how long they go on. The soak is `soak`: people who think, and builds that publish meanwhile.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from statistics import quantiles

from bench.dashboard import Dashboard, running
from bench.timing import Row
from bench.visitor import visiting

SESSIONS = 50
SECONDS = float(os.environ.get("BENCH_LOAD_SECONDS", "60"))
PAGES = ("requests", "review_litigation", "publication", "submissions")


def rows() -> Iterator[Row]:
    """Measure and yield the rows of the table."""
    with running() as dashboard:
        asyncio.run(_session(dashboard, 0, time.monotonic()))
        before = dashboard.memory()
        begun = dashboard.cpu()
        times = asyncio.run(_everybody(dashboard))
        held, used = dashboard.memory(), dashboard.cpu() - begun
    cuts = quantiles(times, n=100)
    said = f"{SESSIONS} sessions, {SECONDS:.0f} s, no pause"
    yield f"{said}: filter change, p50", f"{cuts[49] * 1000:,.0f} ms", "", "", ""
    yield f"{said}: filter change, p95", f"{cuts[94] * 1000:,.0f} ms", "", f"{cuts[94] / 2:.2f}", "≤ 2,000 ms"
    yield f"{said}: changes answered", f"{len(times):,}", "", "", ""
    yield f"{said}: server CPU of a change", f"{used / len(times) * 1000:.0f} ms", "", "", "≤ 60 ms"
    yield "memory before and after", f"{before:,.0f} → {held:,.0f} MB", "", f"{held / 300:.2f}", "≤ 300 MB"


async def _everybody(dashboard: Dashboard) -> list[float]:
    until = time.monotonic() + SECONDS
    sessions = await asyncio.gather(*(_session(dashboard, at, until) for at in range(SESSIONS)))
    return [taken for session in sessions for taken in session]


async def _session(dashboard: Dashboard, at: int, until: float) -> list[float]:
    """One person: opens a page, then changes the filter again and again; seconds of each change."""
    async with visiting(dashboard) as visitor:
        await visitor.go(PAGES[at % len(PAGES)])
        choices = [[government] for government in visitor.offered[-2:]] + [[]]
        times: list[float] = []
        while time.monotonic() < until:
            begun = time.perf_counter()
            await visitor.choose(*choices[len(times) % len(choices)])
            times.append(time.perf_counter() - begun)
        return times
