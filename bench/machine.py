"""How fast this machine is: times of two machines are compared by it."""

from collections.abc import Iterator
from statistics import median

from bench.timing import Row, cpu, milliseconds

_TIMES, _NUMBERS = 9, 1_000_000


def rows() -> Iterator[Row]:
    """CPU time of adding up the squares of a million numbers in plain Python: a median."""
    taken = median(cpu(lambda: sum(number * number for number in range(_NUMBERS))) for _ in range(_TIMES))
    yield "a million squares added up, CPU", milliseconds(taken), "", "", ""
