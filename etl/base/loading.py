"""Rows into the tables of a base, in batches: a column of Arrow at a time, since row by row takes fifteen times as long."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection  # noqa: TID251 (a name for types; nothing is imported)

_FLUSH = 10_000

Rows = Iterable[tuple[str, tuple[Any, ...]]]


def fill(base: "DuckDBPyConnection", rows: Rows) -> None:
    """Load rows as they come, table by table in batches, so that a partition's size does not bound its memory."""
    waiting: dict[str, list[tuple[Any, ...]]] = {}
    for table, row in rows:
        batch = waiting.setdefault(table, [])
        batch.append(row)
        if len(batch) >= _FLUSH:
            _load(base, table, waiting.pop(table))
    for table, batch in waiting.items():
        _load(base, table, batch)


def _load(base: "DuckDBPyConnection", table: str, tuples: Sequence[tuple[Any, ...]]) -> None:
    described = base.execute(
        "select column_name, data_type from duckdb_columns() where table_name = ?", [table]
    )
    columns = described.fetchall()
    if not columns:
        raise ValueError(f"schema.sql has no table {table}")
    arrays = zip(*tuples, strict=True)
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
    "DECIMAL(18,6)": pa.decimal128(18, 6),
    "DECIMAL(24,6)": pa.decimal128(24, 6),
}
