"""The whole base as files: every table, read partition by partition, so that a nation's fits the memory of a PC."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from etl import documents, export, store
from etl.base.division import NONE
from etl.base.pointer import Published, province

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection  # noqa: TID251 (a name for types; nothing is imported)

_NOT_TABLES = ("documents", "clauses")
_FACTS = "facts"
_BATCH = 100_000
_SHEET = 1_048_575


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of some partitions, its rows read a batch at a time."""

    name: str
    parts: "tuple[DuckDBPyConnection, ...]"

    def batches(self) -> Iterator[pa.RecordBatch]:
        for part in self.parts:
            reader: pa.RecordBatchReader = part.sql(f"select * from {self.name}").to_arrow_reader(_BATCH)
            yield from reader

    def rows(self) -> Iterator[tuple[export.Value, ...]]:
        for part in self.parts:
            found = part.execute(f"select * from {self.name}")
            while batch := found.fetchmany(_BATCH):
                yield from batch

    def schema(self) -> pa.Schema:
        none: pa.Table = self.parts[0].sql(f"select * from {self.name} limit 0").to_arrow_table()
        return none.schema

    def heads(self) -> list[str]:
        found = self.parts[0].execute(f"select * from {self.name} limit 0")
        return [column[0] for column in found.description or []]


def write_all(base: Published, form: str, folder: Path) -> Iterator[Path]:
    """Write every table of the base, and the long table of all facts, below `folder`; yields what was written.

    Parquet has the facts in a folder a province, which DuckDB, Spark and ClickHouse read as one table.
    Raises ValueError when a table has more rows than a sheet of a workbook.
    """
    with ExitStack() as opened:
        # All files are opened at once, so that a publication meanwhile takes none of them away.
        parts = {
            division: opened.enter_context(store.attach(base.of_division(division)))
            for division in base.divisions
        }
        everywhere = tuple(parts.values())
        compared = tuple(
            opened.enter_context(store.attach(base.folder / one.file)) for one in base.comparisons
        )
        names = [name for name in store.table_names(parts[NONE]) if name not in _NOT_TABLES]
        tables = [
            *(_Table(name, _holders(name, everywhere)) for name in names),
            *(_Table(name, compared) for name in store.table_names(compared[0])),
            _Table(_FACTS, everywhere),
        ]
        if form == "xlsx":
            yield _workbook(tables, folder / "oversight.xlsx")
        elif form == "csv":
            yield from (_csv(table, folder / f"{table.name}.csv") for table in tables)
        else:
            yield from (_parquet(table, folder / f"{table.name}.parquet") for table in tables[:-1])
            for division, part in parts.items():
                place = folder / _FACTS / f"province={province(division) or '00'}"
                place.mkdir(parents=True, exist_ok=True)
                yield _parquet(_Table(_FACTS, (part,)), place / f"{division or '0'}.parquet")


def _holders(name: str, parts: "tuple[DuckDBPyConnection, ...]") -> "tuple[DuckDBPyConnection, ...]":
    """The partitions whose rows make the table; the forms and their like are the same in all."""
    return parts[:1] if name in store.reference_tables() else parts


def _csv(table: _Table, path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        export.write_csv(file, table.heads(), table.rows())
    return path


def _workbook(tables: list[_Table], path: Path) -> Path:
    sheets = []
    for table in tables:
        rows = list(table.rows())
        if len(rows) > _SHEET:
            raise ValueError(
                f"表 {table.name} 有 {len(rows)} 行，超过 Excel 一张表的上限；请用 --format parquet 或 csv 导出"
            )
        sheets.append((table.name, table.heads(), rows))
    path.write_bytes(documents.workbook(sheets))
    return path


def _parquet(table: _Table, path: Path) -> Path:
    with pq.ParquetWriter(path, table.schema(), compression="zstd") as writer:
        for batch in table.batches():
            writer.write_batch(batch)
    return path
