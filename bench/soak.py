"""Fifty readers of an office's base while builds publish: no error, no answer that mixes two builds, memory flat.

This is the dashboard's way to the base without the browser: every reader asks the questions of its pages, of counties
at random, as fast as a person clicks. OVERSIGHT_SOAK is its length in seconds.
"""

import os
import random
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from bench.building import ROOT, command
from bench.synthetic import Township, office, refile
from bench.timing import Row, milliseconds
from dashboard import db

_READERS = 50
_FILINGS = 2_000
_SECONDS = float(os.environ.get("OVERSIGHT_SOAK", "60"))
_QUESTIONS = ("submissions", "requests", "findings", "filings", "outcomes", "notes")
_CHOSEN = {"first": 0, "last": 9999, "governments": (), "sample": False}


@dataclass
class _Seen:
    """What the readers saw: seconds of each question, what went wrong, and the memory in MB as time went on."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def rows() -> Iterator[Row]:
    """One soak."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        townships = office(root, _FILINGS)
        subprocess.run(command(root), cwd=ROOT, check=True, capture_output=True)
        db.use(root / "database")
        seen, ended = _Seen(), time.monotonic() + _SECONDS
        readers = [
            threading.Thread(target=_read, args=(number, townships, seen, ended))
            for number in range(_READERS)
        ]
        for reader in readers:
            reader.start()
        published = _publish(root, townships, seen, ended)
        for reader in readers:
            reader.join()
    slowest = quantiles(seen.seconds, n=20)[-1]
    name = f"{_READERS} readers, {_SECONDS:.0f} s, {published} publications"
    yield f"{name}: questions, errors", f"{len(seen.seconds):,}, {len(seen.wrong)}", "–", "–", "0 errors"
    yield f"{name}: a question, p95", milliseconds(slowest), "–", "–", "–"
    early, late = seen.memory[len(seen.memory) // 4], seen.memory[-1]
    yield (
        f"{name}: memory",
        f"{late:.0f} MB",
        f"{early:.0f} MB (a quarter in)",
        f"{late / early:.2f}×",
        "1.1×",
    )


def _read(number: int, townships: list[Township], seen: _Seen, ended: float) -> None:
    chance = random.Random(number)
    while time.monotonic() < ended:
        township = chance.choice(townships)
        begun = time.perf_counter()
        try:
            found = db.query(chance.choice(_QUESTIONS), county=township.county, **_CHOSEN)
        except (OSError, db.duckdb.Error) as error:
            seen.wrong.append(repr(error))
            continue
        seen.seconds.append(time.perf_counter() - begun)
        if not found and not db.query("governments", county=township.county):
            seen.wrong.append(f"{township.county} has gone")
        time.sleep(chance.uniform(0.2, 1.0))


def _publish(root: Path, townships: list[Township], seen: _Seen, ended: float) -> int:
    published = 0
    while time.monotonic() < ended:
        refile(root, townships[published % len(townships)])
        published += subprocess.run(command(root), cwd=ROOT, capture_output=True).returncode == 0
        seen.memory.append(_resident())
    return published


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
