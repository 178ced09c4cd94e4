"""The only writer of the database, and the protocol by which readers find the one that counts.

A build is a new file in the database's folder. The file `current` names the published one; it is replaced in one
step, so a reader sees the old build or the new one, never half of either, and a killed build changes nothing.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

SCHEMA_VERSION = 1
_SQL = Path(__file__).parent / "sql"
_POINTER = "current"

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Published:
    """The build that counts: its file, and the fingerprint of all that went into it."""

    path: Path
    fingerprint: str


def published(folder: Path) -> Published | None:
    """The published build of a database folder; None when there is none, or what is named is not there."""
    try:
        named = json.loads((folder / _POINTER).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    path = folder / named["file"]
    return Published(path, named["fingerprint"]) if path.is_file() else None


def mark(folder: Path) -> tuple[int, ...]:
    """What tells one publication from the next without reading the pointer: its inode, time and size; empty for none."""
    try:
        found = (folder / _POINTER).stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def write(folder: Path, rows: Rows, fingerprint: str) -> Path:
    """Load `rows` (table → tuples in the order of its columns) into a new build, verify it, publish it.

    Raises ValueError naming the assertion when the rows break an invariant; the published build stays as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    path = folder / f"oversight-{_number(folder) + 1:06d}.duckdb"
    part = path.with_suffix(".part")
    with duckdb.connect(part) as base:
        base.execute((_SQL / "schema.sql").read_text(encoding="utf-8"))
        for table, tuples in rows.items():
            _load(base, table, tuples)
        _create_views(base)
        _verify(base)
        base.execute("checkpoint")
    _sync(part)
    part.replace(path)
    _point(folder, path.name, fingerprint)
    return path


def table_names(base: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of an attached build, in the order of the schema."""
    query = "select table_name from duckdb_tables() where database_name = 'build' order by table_oid"
    return [name for (name,) in base.execute(query).fetchall()]


def described() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Every table of the schema with its comment, and its columns as (name, type, comment)."""
    with duckdb.connect() as base:
        base.execute((_SQL / "schema.sql").read_text(encoding="utf-8"))
        named = base.execute("select table_name, comment from duckdb_tables() order by table_oid").fetchall()
        columns = "select column_name, data_type, comment from duckdb_columns() where table_name = ?"
        return [(name, comment, base.execute(columns, [name]).fetchall()) for name, comment in named]


def attach(path: Path, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """A connection that can read the build at `path` and nothing else on the machine.

    The build is attached as `build`; use `cursor()` for each call and `use build` in it.
    """
    base = duckdb.connect(":memory:")
    base.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as build (read_only)")
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "python_enable_replacements = false",
        f"memory_limit = '{memory}'",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        base.execute(f"set {setting}")
    base.execute("use build")
    return base


def plain(value: Any) -> Any:
    """A value of the database as code reckons with it: counts as int, other numbers as float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _load(base: duckdb.DuckDBPyConnection, table: str, tuples: Sequence[tuple[Any, ...]]) -> None:
    described = base.execute(
        "select column_name, data_type from duckdb_columns() where table_name = ?", [table]
    )
    columns = described.fetchall()
    if not columns:
        raise ValueError(f"schema.sql has no table {table}")
    arrays = list(zip(*tuples, strict=True)) or [()] * len(columns)
    names = [name for name, _ in columns]
    batch = pa.table(
        [pa.array(values, _ARROW[kind]) for values, (_, kind) in zip(arrays, columns, strict=True)],
        names=names,
    )
    base.register("batch", batch)
    base.execute(f"insert into {table} select * from batch")
    base.unregister("batch")


_ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "BLOB": pa.binary(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
}


def _create_views(base: duckdb.DuckDBPyConnection) -> None:
    """Create every view after those it reads; a view that reads what does not exist raises."""
    waiting = sorted((_SQL / "views").glob("*.sql"))
    while waiting:
        later = []
        for view in waiting:
            try:
                base.execute(f"create view {view.stem} as {view.read_text(encoding='utf-8')}")
            except duckdb.CatalogException:
                later.append(view)
                if len(later) == len(waiting):
                    raise
        waiting = later


def _verify(base: duckdb.DuckDBPyConnection) -> None:
    """Hold the loaded tables against every assertion; each is a query that must find nothing."""
    for assertion in sorted((_SQL / "assertions").glob("*.sql")):
        broken = base.execute(assertion.read_text(encoding="utf-8")).fetchall()
        if broken:
            raise ValueError(f"{assertion.stem}: {len(broken)} rows, the first {broken[0]}")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _point(folder: Path, name: str, fingerprint: str) -> None:
    part = folder / f"{_POINTER}.part"
    part.write_text(json.dumps({"file": name, "fingerprint": fingerprint}), encoding="utf-8")
    _sync(part)
    part.replace(folder / _POINTER)
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _number(folder: Path) -> int:
    return max((int(path.stem.split("-")[1]) for path in folder.glob("oversight-*.duckdb")), default=0)


def _sweep(folder: Path) -> None:
    """Remove what killed builds left, and all builds before the published one, which a reader may still hold."""
    current = published(folder)
    kept = {current.path} if current else set()
    stale: Iterable[Path] = (*folder.glob("*.part*"), *set(folder.glob("oversight-*.duckdb*")) - kept)
    for path in stale:
        try:
            path.unlink()
        except PermissionError:
            # Windows does not remove a file that somebody reads; a later build will.
            continue
