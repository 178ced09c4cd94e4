"""The only reader of the database: query(name, **parameters), answers kept until the next build."""

import os
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from etl import codec, store

_ROOT = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"\$(\w+)")
_lock = threading.Lock()
_bases: dict[Path, duckdb.DuckDBPyConnection] = {}

# One page asks a hundred times which build counts; the pointer is read again only when it has been replaced.
_seen: dict[Path, tuple[tuple[int, ...], Path | None]] = {}

_named: list[Path] = []

Row = dict[str, Any]


def use(folder: Path) -> None:
    """Read the database of another folder from now on: for a command that is told which."""
    _named[:] = [folder]


def folder() -> Path:
    """The folder of the database; OVERSIGHT_DATABASE names another than data/database."""
    if _named:
        return _named[0]
    return Path(os.environ.get("OVERSIGHT_DATABASE", _ROOT.parent / "data" / "database"))


def build() -> Path | None:
    """The file of the published build; None when nothing has been built yet."""
    place = folder()
    mark = store.mark(place)
    seen = _seen.get(place)
    if seen is None or seen[0] != mark:
        current = store.published(place)
        seen = _seen[place] = (mark, current.path if current else None)
    return seen[1]


def query(name: str, **parameters: Any) -> tuple[Row, ...]:
    """The rows of queries/NAME.sql, not to be changed; parameters the query does not name are left out.

    Counts come as int, other numbers as float. Raises KeyError for a parameter that the query names and does not
    get, FileNotFoundError without a build, duckdb.Error when the database cannot be read.
    """
    named = sorted(set(_PARAMETER.findall(_sql(name))))
    path = build()
    if path is None:
        raise FileNotFoundError(f"no database in {folder()}: run python -m etl build")
    return _answer(path, name, tuple((key, parameters[key]) for key in named))


def body(sha256: str) -> Row | None:
    """The document of a filing as read: its blocks, and the place of each fact; None when it was not readable."""
    found = query("document", sha256=sha256)
    return dict(codec.decompress(found[0]["body"])) if found else None


def table(name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The column names and all rows of a table or view of the build. `name` must be one that `tables` lists."""
    path = build()
    if path is None or name not in tables():
        raise KeyError(name)
    cursor = _cursor(path)
    found = cursor.execute(f'select * from "{name}"')
    return [column[0] for column in found.description or []], found.fetchall()


def tables() -> list[str]:
    """The names of the build's tables and views that people may take away."""
    return [row["name"] for row in query("tables")]


@lru_cache(maxsize=64)
def _answer(path: Path, name: str, values: tuple[tuple[str, Any], ...]) -> tuple[Row, ...]:
    named = {key: list(value) if isinstance(value, tuple) else value for key, value in values}
    found = _cursor(path).execute(_sql(name), named)
    heads = [column[0] for column in found.description or []]
    return tuple(dict(zip(heads, map(store.plain, row), strict=True)) for row in found.fetchall())


@lru_cache(maxsize=256)
def _sql(name: str) -> str:
    return (_ROOT / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def _cursor(path: Path) -> duckdb.DuckDBPyConnection:
    """A cursor of its own for each call: DuckDB refuses a connection that threads share."""
    with _lock:
        if path not in _bases:
            _bases.clear()
            _bases[path] = store.attach(path)
        cursor = _bases[path].cursor()
    cursor.execute("use build")
    return cursor
