"""The only writer of the base: partitions, one a division of the register, and a catalogue of what stands where.

New files are written beside those that count and named by the pointer once all of them are complete, so a killed
build changes nothing. A partition that has not changed goes on into the next set as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from etl import counts
from etl.base import pointer
from etl.base.loading import Rows, fill
from etl.base.pointer import Comparison, County, Partition, Published, published

__all__ = ["Partition", "Published", "published"]

_SQL = Path(__file__).parent / "sql"
# DuckDB's own block is sixteen times as large, and a county's base with it six times: 7.9 MB instead of 1.3 MB.
_BLOCK = "16384"

File = TypeVar("File", Partition, Comparison)


class Unwritable(Exception):
    """The disk does not take the base; the message is one Chinese sentence."""


class Damaged(Unwritable):
    """Partitions that were to go on as they are cannot be read; they are doubted from now on."""


def next_number(folder: Path) -> int:
    """The number of the next set; all its new files carry it."""
    return max((int(path.stem.split("-")[-1]) for path in folder.glob("*-*.duckdb")), default=0) + 1


def write(folder: Path, number: int, division: str, rows: Rows, fingerprint: str) -> Partition:
    """Load `rows` (table, columns in its order) into a new partition and verify it; nobody reads it before `publish`.

    Raises ValueError naming the assertion when the rows break an invariant, Unwritable.
    """
    path = folder / f"oversight-{division or '0'}-{number:06d}.duckdb"
    with _new(path, "schema", "reference") as base:
        fill(base, rows)
        _create_views(base)
        _verify(base)
        reports, findings, problems = base.execute(_sql("summary")).fetchone() or (0, 0, 0)
        counties = tuple(County(*row) for row in base.execute(_sql("counties")).fetchall())
    left = path.stat()
    return Partition(
        division,
        path.name,
        left.st_size,
        fingerprint,
        reports,
        findings,
        problems,
        counties,
        left.st_mtime_ns,
    )


def compare(
    folder: Path, number: int, province: str, partitions: Sequence[Path], fingerprint: str
) -> Comparison:
    """Hold the reports of a province's partitions against one another, in a new file. Raises Unwritable, Damaged."""
    path = folder / f"province-{province or '0'}-{number:06d}.duckdb"
    with _new(path, "comparison") as base:
        for partition in partitions:
            _gather(base, partition)
        base.execute(_sql("compare"), {"prefectures": len(partitions)})
    left = path.stat()
    return Comparison(province, path.name, left.st_size, fingerprint, left.st_mtime_ns)


def _gather(base: duckdb.DuckDBPyConnection, partition: Path) -> None:
    try:
        base.execute(f"attach {_quoted(partition)} as part (read_only)")
        base.execute(_sql("gather"))
    except duckdb.Error as error:
        doubt(partition)
        raise Damaged(
            f"数据库文件 {partition.name} 已损坏（{error}），原有数据没有改动；请再运行一次"
        ) from error
    base.execute("detach part")


def publish(
    folder: Path,
    number: int,
    partitions: Sequence[Partition],
    comparisons: Sequence[Comparison],
    catalogue: Rows,
    fingerprint: str,
) -> None:
    """Write the catalogue of a set of partitions, and name the set as the one that counts. Raises Unwritable."""
    path = folder / f"catalogue-{number:06d}.duckdb"
    counties = [(each.county, each.sample, each.first, each.last) for p in partitions for each in p.counties]
    with _new(path, "catalogue", "reference") as base:
        fill(base, catalogue)
        fill(base, (("counties", county) for county in counties))
    try:
        ordered = tuple(sorted(partitions, key=lambda partition: partition.division))
        left = path.stat()
        size, written = left.st_size, left.st_mtime_ns
        pointer.point(Published(folder, path, size, fingerprint, ordered, tuple(comparisons), written))
    except OSError as error:
        raise _unwritable(folder, error) from error
    sweep(folder)


@contextmanager
def _new(path: Path, *schemas: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new base file with its tables, under its own name once it is complete and on the disk."""
    part = path.with_suffix(".part")
    try:
        with duckdb.connect(part, config={"default_block_size": _BLOCK, "threads": "2"}) as base:
            # One transaction, or each of the comments on tables and columns waits for the disk.
            base.begin()
            base.execute("".join(map(_sql, schemas)))
            base.commit()
            yield base
            base.execute("checkpoint")
        pointer.sync(part)
        part.replace(path)
    except (OSError, duckdb.IOException, duckdb.FatalException) as error:
        raise _unwritable(path.parent, error) from error


def _unwritable(folder: Path, error: Exception) -> Unwritable:
    return Unwritable(f"写不进数据库文件夹 {folder}（{error}），原有数据没有改动；请检查磁盘空间和权限后重试")


def sweep(folder: Path) -> None:
    """Remove what killed builds left, and all files but those of the set that counts and of the one before it."""
    found = {*folder.glob("*.part*"), *folder.glob("*-*.duckdb*"), *folder.glob("*.doubted")}
    for path in found - pointer.named(folder):
        try:
            path.unlink()
        except PermissionError:
            # Windows does not remove a file that somebody reads; a later build will.
            continue


@dataclass(frozen=True, slots=True)
class Sound:
    """The files of a set that are as they were written; `whole` says that all of them are."""

    partitions: tuple[Partition, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    whole: bool = False


def sound(found: Published) -> Sound:
    """What of a set can go on into the next one."""
    with duckdb.connect() as base:
        parts = tuple(_sound(base, found.folder, found.partitions))
        compared = tuple(_sound(base, found.folder, found.comparisons))
        all_there = len(parts) + len(compared) == len(found.partitions) + len(found.comparisons)
        catalogue = all_there and _written(base, found.catalogue, found.size, found.written)
        return Sound(parts, compared, bool(catalogue))


def _sound(base: duckdb.DuckDBPyConnection, folder: Path, files: Iterable[File]) -> Iterator[File]:
    for file in files:
        if written := _written(base, folder / file.file, file.size, file.written):
            yield replace(file, written=written)


def _written(base: duckdb.DuckDBPyConnection, path: Path, size: int, written: int) -> int:
    """When a sound file was last written; 0 for one of another size, that a reader has doubted, or that does not open.

    One not touched since its build is not opened: a nation has hundreds. What rots in it is noted by who reads it.
    """
    try:
        left = path.stat()
        if _doubt(path).exists() or left.st_size != size:
            return 0
        if left.st_mtime_ns != written:
            base.execute(f"attach {_quoted(path)} as tried (read_only)")
            base.execute("detach tried")
    except (OSError, duckdb.Error):
        return 0
    return left.st_mtime_ns


def doubt(path: Path) -> None:
    """Leave word that a file cannot be read, so that the next build makes it anew, if one may write there."""
    try:
        _doubt(path).touch()
    except OSError:
        return


def _doubt(path: Path) -> Path:
    return path.with_suffix(".doubted")


def table_names(base: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of an attached partition, in the order of the schema."""
    query = "select table_name from duckdb_tables() where database_name = 'build' order by table_oid"
    return [name for (name,) in base.execute(query).fetchall()]


def reference_tables() -> frozenset[str]:
    """The tables that are the same in every partition."""
    with duckdb.connect() as base:
        base.execute(_sql("reference"))
        return frozenset(
            name for (name,) in base.execute("select table_name from duckdb_tables()").fetchall()
        )


def described() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Every table of the schema with its comment, and its columns as (name, type, comment)."""
    with duckdb.connect() as base:
        base.execute(_sql("schema") + _sql("comparison") + _sql("reference"))
        named = base.execute("select table_name, comment from duckdb_tables() order by table_oid").fetchall()
        columns = "select column_name, data_type, comment from duckdb_columns() where table_name = ?"
        return [(name, comment, base.execute(columns, [name]).fetchall()) for name, comment in named]


def attach(path: Path, memory: str = "1GB", threads: int = 0) -> duckdb.DuckDBPyConnection:
    """A connection that can read one file of the base and nothing else on the machine.

    `threads` is how many processors a question may take, 0 for all there are. The file is attached as `build`; use
    `cursor()` for each call and `use build` in it.
    """
    base = duckdb.connect(":memory:")
    base.execute(f"attach {_quoted(path)} as build (read_only)")
    if threads:
        base.execute(f"set threads = {threads}")
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "python_enable_replacements = false",
        # What an answer took goes back at once: the dashboard holds 15 MB less, at no cost that shows.
        "allocator_bulk_deallocation_flush_threshold = '1MB'",
        f"memory_limit = '{memory}'",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        base.execute(f"set {setting}")
    base.execute("use build")
    return base


def plain(value: Any) -> Any:
    """A value of the database as code reckons with it: counts as int, other numbers as float."""
    return counts.plain(value) if isinstance(value, Decimal) else value


def _quoted(path: Path) -> str:
    return f"'{str(path).replace(chr(39), chr(39) * 2)}'"


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


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
