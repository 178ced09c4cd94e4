"""What one number was read as, before a passage is settled as a whole."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric with its place in the normalised text.

    `order` is the index of its phrase; `part` says that the text makes it a part of something;
    `kind` is "describing" for a total only described by its contents, "route" for requests of one route, "handled" where 办理 may mean closed or not.
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
    handled: bool = False
    doubt: str = ""
