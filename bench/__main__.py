"""Measurements, each beside its reference or its budget: one Markdown table a part.

    make bench                        reading, checking, building, browser, load: a quarter of an hour on two processors
    make bench PARTS="reading load"   those alone
    make bench PARTS=scale            a nation's 271,000 filings: a quarter of an hour, 3 GB in /tmp
    make bench PARTS=nation           every page on a nation's base: a quarter of an hour and making it (see bench/nation.py)
    make bench PARTS=soak             fifty people while builds publish: a quarter of an hour, or BENCH_SOAK_SECONDS
    make bench PARTS=scans            scanned filings, cells right and wrong by condition: a quarter of an hour (see bench/scans.py)

What is measured beside a reference runs in turns with it, so that a busy machine disturbs both alike. Times without a
reference are read beside the first row, a fixed piece of work on the same machine. A run of all default parts, and one
of parts on demand, leave their rows in docs/bench-history.csv.
"""

import csv
import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

from bench.timing import Row

PARTS = ("reading", "checking", "building", "browser", "load")
ON_DEMAND = ("scale", "nation", "soak", "scans")
HISTORY = Path(__file__).resolve().parent.parent / "docs" / "bench-history.csv"


def main() -> None:
    """Run the named parts, or those of the default, and print a table of each."""
    named = tuple(sys.argv[1:]) or PARTS
    if unknown := set(named) - {*PARTS, *ON_DEMAND}:
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join((*PARTS, *ON_DEMAND))}")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f} at the start, {date.today()}"
    )
    rows = [(part, *row) for part in ("machine", *named) for row in _printed(part)]
    if named == PARTS or set(named) <= set(ON_DEMAND):
        _remember(rows)


def _printed(part: str) -> Iterator[Row]:
    print(f"\n## {part}\n\n| what | measured | reference | ratio | budget |\n|---|---|---|---|---|")
    begun = time.perf_counter()
    for row in import_module(f"bench.{part}").rows():
        print(f"| {' | '.join(cell or '–' for cell in row)} |", flush=True)
        yield row
    print(f"\n{part} took {time.perf_counter() - begun:.0f} s", flush=True)


def _remember(rows: Iterable[tuple[str, ...]]) -> None:
    new = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("date", "part", "what", "measured", "reference", "ratio", "budget")] * new)
        writer.writerows((date.today().isoformat(), *row) for row in rows)


if __name__ == "__main__":
    main()
