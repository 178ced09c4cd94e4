"""What one filing says, before it is given a layout: the printed cells, the prose, and where it stands."""

from dataclasses import dataclass, field
from decimal import Decimal

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as printed. `value` is None unless `state` is "stated"."""

    value: Decimal | None
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the prose states, under its metric; `basis` is "verbal_zero" for a zero said in words."""

    metric: str
    value: int
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered section: its heading as printed and its paragraphs; a schedule key makes its table follow."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    schedule: str | None = None


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One filing. `forms` maps each schedule to the form it is printed on; `labels` replaces labels as misprinted."""

    government: str
    county: str
    year: int
    title: tuple[str, ...]
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    forms: dict[str, str]
    cells: dict[Key, Printed]
    labels: dict[str, str] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    signature: tuple[str, ...] = ()
    published: str | None = None


def stated(value: Decimal | int, text: str | None = None) -> Printed:
    """A number printed plainly, or as `text`."""
    return Printed(Decimal(value), "stated", str(value) if text is None else text)
