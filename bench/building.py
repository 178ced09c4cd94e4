"""Building: cold, without a change, with one file changed; storing beside reading."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Row
from etl.build import build
from etl.folders import Folder

FILINGS = Path(__file__).resolve().parent.parent / "data" / "sample" / "filings"
_MANY = 10_000


def rows() -> Iterator[Row]:
    """The sample county cold, unchanged and with one change; ten thousand files unchanged."""
    with tempfile.TemporaryDirectory() as name:
        office = Path(name)
        shutil.copytree(FILINGS, office / "reports")
        count = sum(path.is_file() for path in (office / "reports").rglob("*"))
        cold = _build(office)
        yield f"cold build, {count} files", _seconds(cold), "–", "–", "–"
        shutil.rmtree(office / "database")
        stored = _build(office)
        yield (
            "loading and publishing from the cache",
            _seconds(stored),
            f"{_seconds(cold)} (cold)",
            f"{stored / cold:.2f}×",
            "0.20×",
        )
        yield "no change", _seconds(_build(office)), "–", "–", "–"
        changed = next((office / "reports").rglob("*.txt"))
        changed.write_bytes(changed.read_bytes() + b"\n")
        yield "one file changed", _seconds(_build(office)), "–", "–", "–"
    with tempfile.TemporaryDirectory() as name:
        office = Path(name)
        (office / "reports").mkdir()
        for number in range(_MANY):
            (office / "reports" / f"{number:05d}.txt").write_text(str(number), encoding="utf-8")
        yield f"{_MANY} files that are no reports, cold", _seconds(_build(office)), "–", "–", "–"
        yield f"{_MANY} files, no change", _seconds(_build(office)), "–", "–", "3 s"


def _build(office: Path) -> float:
    start = time.perf_counter()
    folder = Folder(office / "reports", office / "governments.csv", office / "manifest.csv")
    build((folder,), office / "database", office / "cache" / "readings.sqlite")
    return time.perf_counter() - start


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"
