"""A nation's filings, every township in China for seven years: python -m bench scale takes some minutes and 2 GB in /tmp."""

from collections.abc import Iterator

from bench.building import measured
from bench.timing import Row

NATION = 271_000


def rows() -> Iterator[Row]:
    """The rows of `building`, at the size of a nation, one prefecture of it whole."""
    return measured(NATION, outlines=True)
