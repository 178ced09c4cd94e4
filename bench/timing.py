"""CPU time of a function beside that of its reference, in turns, so that a busy machine disturbs both alike."""

import statistics
import time
from collections.abc import Callable

Row = tuple[str, str, str, str, str]
_TURNS = 15


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time of one call in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def beside(work: Callable[[], object], reference: Callable[[], object]) -> tuple[float, float, float]:
    """Medians of both in seconds, and the median of their ratios turn by turn."""
    work(), reference()
    turns = [(cpu(work), cpu(reference)) for _ in range(_TURNS)]
    ours, floor = (statistics.median(column) for column in zip(*turns, strict=True))
    return ours, floor, statistics.median(one / max(other, 1e-9) for one, other in turns)


def milliseconds(seconds: float) -> str:
    """A time for the table."""
    return f"{seconds * 1000:.1f} ms"
