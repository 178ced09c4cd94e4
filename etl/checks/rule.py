"""What a check is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.report import Report


@dataclass(frozen=True, slots=True)
class Breach:
    """What is at fault: a cell (schedule, line, column), a whole line or table (empty keys), or words.

    `expected` is what the rule makes of the rest, `actual` what is printed; `quotes` are the filing's own words.
    """

    where: tuple[str, str, str] = ("", "", "")
    expected: Decimal | None = None
    actual: Decimal | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: a stable kebab-case id, its kind and source, what it says in both languages, how it finds breaches.

    `hint` marks a rule that good filings may break.
    """

    id: str
    kind: str
    basis: str
    message_zh: str
    message_en: str
    find: Callable[[Report, Report | None], Iterator[Breach]]
    hint: bool = False

    @property
    def severity(self) -> str:
        """How much a breach weighs: error for what cannot be right, doubt otherwise, hint where marked so."""
        if self.hint:
            return "hint"
        return "error" if self.kind in ("arithmetic", "law") else "doubt"


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach with its check."""

    check: str
    schedule: str
    line: str
    column: str
    expected: Decimal | None
    actual: Decimal | None
    quotes: tuple[str, ...] = ()
