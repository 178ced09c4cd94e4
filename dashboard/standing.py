"""Where a number stands among its peers: the middle of them, and its place in the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from dashboard import parts
from dashboard.charts import Number
from dashboard.parts import Part

# Below this a share or a percentage says more than is known.
FEW = 10


@dataclass(frozen=True, slots=True)
class Place:
    """The place in the order, the largest first; `tied` counts the others with the same number, `of` all that state one."""

    rank: int
    tied: int
    of: int


def middle(peers: Sequence[Part], year: int) -> tuple[Number, int]:
    """The median of what the governments state for a year, and how many state it; None when nobody does."""
    values = [part.value for part in parts.of_year(peers, year) if part.value is not None]
    found = median(values) if values else None
    return (int(found) if found is not None and found == int(found) else found), len(values)


def place(part: Part, peers: Sequence[Part]) -> Place | None:
    """The place of a part among its year's; None where it has no number, or nobody beside it has one."""
    values = [peer.value for peer in parts.of_year(peers, part.year) if peer.value is not None]
    if part.value is None or len(values) < 2:
        return None
    return Place(1 + sum(value > part.value for value in values), values.count(part.value) - 1, len(values))


def growth(before: Number, now: Number) -> int | None:
    """The change in percent; None where one is not stated, or the base is too small for a percentage to mean anything."""
    if before is None or now is None or before < FEW:
        return None
    return round(100 * (now - before) / before)
