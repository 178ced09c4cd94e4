"""What is found by comparing the reports of a province, whatever prefectures they belong to: a file for each province.

It is made afresh when one of the province's partitions has changed, from what the partitions keep for it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from etl import store
from etl.base import pointer
from etl.base.pointer import Comparison, Partition


@dataclass(frozen=True, slots=True)
class Order:
    """All that a process needs to make a comparison: where to, under which number, and of which partitions."""

    folder: Path
    number: int
    province: str
    partitions: tuple[Partition, ...]
    version: str

    @property
    def fingerprint(self) -> str:
        """A digest of all that the comparison is made of."""
        said = [self.version, self.province, *(part.fingerprint for part in self.partitions)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def orders(folder: Path, number: int, parts: Iterable[Partition], version: str) -> Iterator[Order]:
    """An order for each province of the partitions."""
    ordered = sorted(parts, key=lambda part: part.division)
    for province, those in groupby(ordered, key=lambda part: pointer.province(part.division)):
        yield Order(folder, number, province, tuple(those), version)


def make(order: Order) -> Comparison:
    """Write the comparison. Raises store.Unwritable."""
    files = [order.folder / part.file for part in order.partitions]
    return store.compare(order.folder, order.number, order.province, files, order.fingerprint)
