"""What one number was read as, before a passage is settled as a whole."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric with its place in the normalised text.

    `order` is the index of its phrase; `part` says that the text makes it a part of something; `doubt` why it is not taken.
    `kind` is "" for most. Of what was published: "describing" for a total only described by its contents, "several" for
    one number of several channels, "unsure" for one behind work on a channel, which may be its own. Of requests: "route"
    for those of one route, "handled" where 办理 leaves open whether they were closed, "unspoken" for a number carried over
    where no request was spoken of.
    """

    metric: str
    value: Decimal
    unit: str
    approximate: bool
    start: int
    end: int
    order: int
    unit_start: int = -1
    bound: str | None = None
    scope: str | None = None
    part_of: str | None = None
    category: str | None = None
    basis: str | None = None
    part: bool = False
    kind: str = ""
    doubt: str = ""
