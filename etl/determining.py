"""Where it is kept what people read in filings where the reader could not: who, when and why; added to, never changed.

It belongs to a filing by its key and outlives every build: a filing that comes back finds it again. Builds take it in
(`determined.apply`), so that it is in every table, file and document that is made of the base.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from etl import forms, ledger
from etl.decisions import Overtaken
from etl.determined import BLANK, NONE, VALUE, WITHDRAWN, Determination, Subject, figure

_MOST = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person determines about a subject; `metric` is what a number of the prose counts as."""

    subject: Subject
    outcome: str
    value: Decimal | None = None
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """The filing as it was known when a person looked at it, for the list of what was determined."""

    path: str
    county: str
    government: str
    year: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A determination with the filing it was made on."""

    determination: Determination
    whose: Whose


def fault(wanted: Wanted) -> str:
    """What is wrong with a number for its place: `negative`, `not_whole` or `too_large`; empty when nothing is."""
    value = wanted.value
    if value is None:
        return ""
    if value < 0 and not wanted.subject.place.endswith(".change"):
        return "negative"
    if abs(value) >= 10**_MOST:
        return "too_large"
    return "" if value == value.to_integral_value() or _takes_decimals(wanted.subject) else "not_whole"


def record(
    wanted: Sequence[Wanted], whose: Whose, who: str, why: str, seen: Mapping[str, int] | None = None
) -> None:
    """Add what a person determined, all or nothing.

    `seen` has, by digest, the number of the last determination the person saw; left out, none. Raises Overtaken when
    there is a newer one, ValueError without a name and for what does not fit its place.
    """
    if not who.strip():
        raise ValueError("who")
    known = seen or {}
    about = {"why": why.strip(), "who": who.strip(), "at": datetime.now().isoformat(timespec="seconds")}
    rows = [
        _row(one) | about | asdict(whose) | {"follows": known.get(one.subject.digest, 0)} for one in wanted
    ]
    try:
        ledger.add("determine", rows)
    except ledger.Taken as error:
        raise Overtaken from error


def latest(filing: str = "") -> dict[str, tuple[Determination, ...]]:
    """The newest determination of each subject, withdrawn ones too, by the key of the filing; of one filing, or of all."""
    newest: dict[str, Determination] = {}
    for entry in map(_entry, ledger.asked("determinations", filing=filing)):
        newest[entry.determination.subject.digest] = entry.determination
    found: dict[str, tuple[Determination, ...]] = {}
    for one in sorted(newest.values(), key=lambda one: one.number):
        found[one.subject.filing] = (*found.get(one.subject.filing, ()), one)
    return found


def known() -> dict[str, tuple[Determination, ...]]:
    """The same for a build, which goes on without only where nothing was ever kept. Raises ValueError with a sentence."""
    if not ledger.is_there():
        return {}
    try:
        return latest()
    except ledger.Unkept as error:
        raise ValueError(f"人工认定的记录读不出来（{error}），没有更新数据库；请检查后重试") from error


def trail(county: str) -> tuple[Entry, ...]:
    """Everything that was determined about filings of a county, in order."""
    return tuple(map(_entry, ledger.asked("determinations_of_county", county=county)))


def _entry(row: ledger.Row) -> Entry:
    subject = Subject(**{name: row[name] for name in Subject.__slots__})
    value = Decimal(row["value"]) if row["value"] else None
    said = row["outcome"], value, row["metric"], row["why"], row["who"], row["at"]
    return Entry(
        Determination(row["number"], subject, *said), Whose(**{name: row[name] for name in Whose.__slots__})
    )


def _row(wanted: Wanted) -> dict[str, object]:
    subject = wanted.subject
    known = (VALUE, BLANK, WITHDRAWN) if subject.is_cell else (VALUE, NONE, WITHDRAWN)
    if (
        wanted.outcome not in known
        or (wanted.outcome == VALUE) != (wanted.value is not None)
        or fault(wanted)
    ):
        raise ValueError(f"{subject.place}: {wanted.outcome} {wanted.value}")
    value = "" if wanted.value is None else figure(wanted.value)
    metric = "" if subject.is_cell else wanted.metric or subject.place
    return asdict(subject) | {
        "subject": subject.digest,
        "outcome": wanted.outcome,
        "value": value,
        "metric": metric,
    }


def _takes_decimals(subject: Subject) -> bool:
    """Whether the place states money; a number of the prose may be printed with decimals."""
    if not subject.is_cell:
        return subject.place == "handling_fee_yuan" or "." in subject.printed
    schedule, line, column = subject.place.split(".")
    return forms.is_money(schedule, line, column)
