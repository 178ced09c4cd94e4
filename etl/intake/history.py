"""Who put which file in, what it was called, and who took which out again; added to, never changed."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime

from etl import ledger

ACCEPTED, WITHDRAWN = "accepted", "withdrawn"


@dataclass(frozen=True, slots=True)
class Event:
    """A filing accepted or withdrawn: `path` is where it lies, `name` what it was called, `at` local time in ISO form."""

    what: str
    sha256: str
    path: str
    name: str
    government: str
    county: str
    year: int
    who: str
    note: str = ""
    at: str = ""


def recording(events: Sequence[Event]) -> AbstractContextManager[None]:
    """Record the events if what is done within succeeds, and none of them otherwise."""
    at = datetime.now().isoformat(timespec="seconds")
    return ledger.adding("note_import", [asdict(event) | {"at": at} for event in events])


def events() -> tuple[Event, ...]:
    """Everything that was put in and taken out, in order."""
    return tuple(Event(**row) for row in ledger.asked("imports"))


def standing() -> dict[str, Event]:
    """The filings that were put in and not taken out, by their SHA-256, the newest last."""
    found: dict[str, Event] = {}
    for event in events():
        found.pop(event.sha256, None)
        if event.what == ACCEPTED:
            found[event.sha256] = event
    return found
