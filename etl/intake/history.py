"""Who put which file in, what it was called, and who took which out again; added to, never changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

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


_tables = sa.MetaData()
_imports = sa.Table(
    "imports",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("what", sa.String, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("government", sa.String, nullable=False),
    sa.Column("county", sa.String, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("note", sa.String, nullable=False),
    sa.Column("at", sa.String, nullable=False),
    sqlite_autoincrement=True,
)
ledger.keep(_imports)


@contextmanager
def recording(events: Sequence[Event]) -> Iterator[None]:
    """Record the events if what is done within succeeds, and none of them otherwise."""
    at = datetime.now().isoformat(timespec="seconds")
    with ledger.base(_tables).begin() as base:
        if events:
            base.execute(_imports.insert(), [asdict(event) | {"at": at} for event in events])
        yield


def events() -> tuple[Event, ...]:
    """Everything that was put in and taken out, in order."""
    wanted = sa.select(*(_imports.c[name] for name in Event.__slots__)).order_by(_imports.c.number)
    with ledger.base(_tables).connect() as base:
        return tuple(Event(**row) for row in base.execute(wanted).mappings())


def standing() -> dict[str, Event]:
    """The filings that were put in and not taken out, by their SHA-256, the newest last."""
    found: dict[str, Event] = {}
    for event in events():
        found.pop(event.sha256, None)
        if event.what == ACCEPTED:
            found[event.sha256] = event
    return found
