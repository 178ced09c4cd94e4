"""Where what people decide and enter is kept: one database apart from every build, added to, never changed.

It is SQLite, or PostgreSQL by one setting: OVERSIGHT_DECISIONS names another address than data/decisions.sqlite. The
same statements serve both; only the tables are made in the words of each.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from etl import places

_SQL = Path(__file__).parent / "sql" / "ledger"
_PARAMETER = re.compile(r"\$(\w+)")
_FILE = "sqlite:///"
_PATIENCE = 30

Row = Mapping[str, Any]
Base = tuple[Any, Callable[[str], str]]


class Taken(Exception):
    """Somebody else has added what was to be added, or followed what it follows."""


class Unkept(Exception):
    """The database does not take what it is given, or cannot be read."""


@contextmanager
def adding(name: str, rows: Sequence[Row]) -> Iterator[None]:
    """Add rows by sql/ledger/NAME.sql when what is done within succeeds: all, or none. Raises Taken and Unkept."""
    with _base() as (cursor, statement):
        if rows:
            cursor.executemany(statement(name), rows)
        yield


def add(name: str, rows: Sequence[Row]) -> None:
    """Add rows by sql/ledger/NAME.sql, all or none. Raises Taken and Unkept."""
    with adding(name, rows):
        pass


def asked(name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of sql/ledger/NAME.sql. Raises Unkept."""
    with _base() as (cursor, statement):
        cursor.execute(statement(name), parameters)
        heads = [column[0] for column in cursor.description]
        return [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]


def is_there() -> bool:
    """Whether anything may have been kept: another database is named, or the office's own is on the disk."""
    return bool(_named()) or _own().exists()


def _named() -> str:
    return os.environ.get("OVERSIGHT_DECISIONS", "")


def _own() -> Path:
    return places.data() / "decisions.sqlite"


def _base() -> AbstractContextManager[Base]:
    """A transaction: a cursor, and how a statement is written for it."""
    address = _named() or f"{_FILE}{_own()}"
    if address.startswith(_FILE):
        return _sqlite(address.removeprefix(_FILE))
    return _postgresql(address.replace("+psycopg", "", 1))


@contextmanager
def _sqlite(path: str) -> Iterator[Base]:
    with _told(sqlite3), closing(sqlite3.connect(path, timeout=_PATIENCE)) as base:
        base.executescript(_read("sqlite"))
        with base:
            yield base.cursor(), _read


@contextmanager
def _postgresql(address: str) -> Iterator[Base]:
    # Only who keeps decisions in PostgreSQL has it installed.
    import psycopg

    with _told(psycopg), psycopg.connect(address) as base:
        cursor = base.cursor()
        cursor.execute(_read("missing"))
        if cursor.fetchall():
            cursor.execute(_read("postgresql"))
        yield cursor, lambda name: _PARAMETER.sub(r"%(\1)s", _read(name))


@contextmanager
def _told(driver: ModuleType) -> Iterator[None]:
    """What the database refuses, in our words."""
    try:
        yield
    except driver.IntegrityError as error:
        raise Taken from error
    except driver.Error as error:
        raise Unkept(str(error)) from error


@cache
def _read(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
