"""All checks beside loading the same reports from the cache."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.timing import Row, beside, milliseconds
from etl import checks
from etl.base import codec
from etl.reading import Reading, read

T = TypeVar("T")
FILINGS = Path(__file__).resolve().parent.parent / "data" / "sample" / "filings"


def rows() -> Iterator[Row]:
    """Every check over the sample county's reports; a filing costs the same among ten thousand."""
    readings = [one for path in sorted(FILINGS.rglob("*.*")) for one in read(path.read_bytes())]
    packed = [codec.pack(reading) for reading in readings if reading.report]
    reports = [reading.report for reading in readings if reading.report]
    ours, floor, ratio = beside(
        lambda: _each(checks.run, reports), lambda: _each(partial(codec.unpack, Reading), packed)
    )
    label = f"all checks over {len(reports)} filings"
    yield label, milliseconds(ours), f"{milliseconds(floor)} (loading them)", f"{ratio:.2f}×", "2×"


def _each(work: Callable[[T], object], items: list[T]) -> None:
    for item in items:
        work(item)
