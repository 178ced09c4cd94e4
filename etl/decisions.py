"""What people decided about findings: who, when and why; added to, never changed, and kept apart from every build.

A decision is about a finding by what it says, not by its row in a build: a rebuild keeps it, a refiling with the same
finding carries it, and a finding whose numbers or words have changed is open again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from etl import ledger

VERDICTS = ("returned", "accepted", "corrected", "opened")


@dataclass(frozen=True, slots=True)
class Subject:
    """A finding as a decision knows it: where it stands, and what is printed, expected and quoted there."""

    county: str
    government: str
    year: int
    check_id: str
    place: str
    printed: str
    expected: str
    quote: str

    @property
    def where(self) -> tuple[str, str, int, str, str]:
        """What the finding is about, whatever the numbers say."""
        return self.county, self.government, self.year, self.check_id, self.place

    @property
    def digest(self) -> str:
        """The finding in one word: another number or another quote is another finding."""
        parts = (*map(str, self.where), self.printed, self.expected, self.quote)
        return sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the trail; `number` counts them in order, `at` is the local time in ISO form."""

    number: int
    subject: Subject
    verdict: str
    note: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a finding stands: open, reopened, returned, accepted or corrected, and the decision that says so."""

    state: str
    decision: Decision | None = None

    @property
    def follows(self) -> int:
        """The number of the decision that the next one follows; 0 for none."""
        return self.decision.number if self.decision and self.state != "reopened" else 0


class Overtaken(Exception):
    """Somebody else decided in the meantime; nothing of what was asked for has been recorded."""


def subject(row: Mapping[str, Any]) -> Subject:
    """The finding of a row of the database, whose numbers come as int or float, as decisions know it."""
    place = ".".join(filter(None, (row["schedule"], row["line"], row["column"])))
    quotes = "\n".join(filter(None, (row["quote"], row["other_quote"])))
    at = (row["county"], row["government"], row["year"], row["check_id"], place)
    return Subject(*at, _figure(row["actual"]), _figure(row["expected"]), quotes)


def _figure(value: float | None) -> str:
    return "" if value is None else str(value)


def record(
    subjects: Sequence[Subject], verdict: str, who: str, note: str, seen: Mapping[str, int] | None = None
) -> None:
    """Add one decision for each subject, all or none.

    `seen` has, by digest, the number of the last decision the person saw; left out, none. Raises Overtaken when there
    is a newer one, ValueError for an unknown verdict, without a name, and for an acceptance without a reason.
    """
    if verdict not in VERDICTS:
        raise ValueError(f"{verdict} is no verdict")
    if not who.strip():
        raise ValueError("who")
    if verdict == "accepted" and not note.strip():
        raise ValueError("note")
    at = datetime.now().isoformat(timespec="seconds")
    said = {"verdict": verdict, "note": note.strip(), "who": who.strip(), "at": at}
    known = seen or {}
    rows = {
        subject.digest: asdict(subject)
        | said
        | {"finding": subject.digest, "follows": known.get(subject.digest, 0)}
        for subject in subjects
    }
    try:
        ledger.add("decide", list(rows.values()))
    except ledger.Taken as error:
        raise Overtaken from error


def trail(county: str = "") -> tuple[Decision, ...]:
    """Every decision in the order they were made; of one county, or of all."""
    return tuple(map(_decision, ledger.asked("decisions", county=county)))


def standings(subjects: Iterable[Subject], decided: Iterable[Decision]) -> dict[str, Standing]:
    """How each subject stands, by digest: as last decided, reopened when only its former facts were, else open."""
    exact: dict[str, Decision] = {}
    places: dict[tuple[str, str, int, str, str], Decision] = {}
    current = {subject.digest: subject for subject in subjects}
    for decision in decided:
        exact[decision.subject.digest] = decision
        if decision.subject.digest not in current:
            places[decision.subject.where] = decision
    found = {}
    for digest, subject in current.items():
        former = places.get(subject.where)
        found[digest] = Standing("reopened", former) if former else Standing("open")
        if digest in exact:
            found[digest] = _standing(exact[digest])
    return found


def _standing(decision: Decision) -> Standing:
    return Standing("open" if decision.verdict == "opened" else decision.verdict, decision)


def _decision(row: ledger.Row) -> Decision:
    subject = Subject(**{name: row[name] for name in Subject.__slots__})
    return Decision(row["number"], subject, row["verdict"], row["note"], row["who"], row["at"])
