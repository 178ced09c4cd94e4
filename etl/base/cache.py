"""What was read once is not read again: readings by content and code version, digests by path, size and time.

The publisher of a build is its one writer; the processes that make partitions read from it.
"""

import sqlite3
import zlib
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from etl.archive import Entry
from etl.base import codec
from etl.reading import Packed, Reading

_SCHEMA = """
create table if not exists digests (path text primary key, size integer, mtime_ns integer, sha256 text);
create table if not exists archives (sha256 text, version text, value blob, primary key (sha256, version));
create table if not exists readings (
    sha256 text, version text, value blob, head blob, body blob, primary key (sha256, version)
);
create table if not exists several (
    file text, version text, ordinal integer, sha256 text, primary key (file, version, ordinal)
);
create table if not exists places (
    path text, sha256 text, version text, name text, basis text,
    read integer, county text, government text, year integer, primary key (path, sha256)
);
create table if not exists versions (version text primary key);
"""
# A cache of another layout is filled again.
_LAYOUT = zlib.crc32(_SCHEMA.encode()) >> 1
_Entries = tuple[Entry, ...]
# The filing's name, what its place was settled by, then whether it is a report, its county, government and year.
Placed = tuple[str, str, bool, str, str, int]


class Cache:
    """A file beside the filings. A damaged cache is thrown away and filled again: it holds nothing of its own."""

    def __init__(self, path: Path, version: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._version = version
        try:
            self._base = self._open(path)
        except sqlite3.OperationalError:
            # The folder cannot be written, or the disk is full: throwing the cache away would mend neither.
            raise
        except sqlite3.DatabaseError:
            discard(path)
            self._base = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        base = sqlite3.connect(path, timeout=60)
        base.execute("pragma journal_mode = wal")
        (layout,) = base.execute("pragma user_version").fetchone()
        if layout != _LAYOUT:
            for (table,) in base.execute("select name from sqlite_master where type = 'table'").fetchall():
                base.execute(f"drop table {table}")
            base.execute(f"pragma user_version = {_LAYOUT}")
        base.executescript(_SCHEMA)
        base.execute("select count(*) from versions").fetchone()
        return base

    def digest(self, path: str, size: int, mtime_ns: int) -> str | None:
        """The SHA-256 of a file that was seen with that size in bytes and that time of change in nanoseconds."""
        asked = "select sha256 from digests where path = ? and size = ? and mtime_ns = ?"
        row = self._base.execute(asked, (_key(path), size, mtime_ns)).fetchone()
        return row[0] if row else None

    def remember(self, digests: Iterable[tuple[str, int, int, str]]) -> None:
        """Keep the digests of files, replacing what was known of the same paths."""
        rows = ((_key(path), *rest) for path, *rest in digests)
        with self._base:
            self._base.executemany("insert or replace into digests values (?, ?, ?, ?)", rows)

    def archives(self) -> dict[str, tuple[Entry, ...]]:
        """What this version of the code found in archives, by their digest; nothing for files that are none."""
        rows = self._base.execute("select sha256, value from archives where version = ?", (self._version,))
        return {sha256: codec.unpack(_Entries, value) for sha256, value in rows}

    def keep_archives(self, archives: Iterable[tuple[str, tuple[Entry, ...]]]) -> None:
        """Keep what archives hold, by their digest."""
        with self._base:
            rows = [(sha256, self._version, codec.pack(entries)) for sha256, entries in archives]
            self._base.executemany("insert or replace into archives values (?, ?, ?)", rows)

    def known(self) -> set[str]:
        """The digests of all contents that this version of the code has read, and the keys of their filings."""
        asked = "select sha256 from readings where version = ?1 union all select file from several where version = ?1"
        return {sha256 for (sha256,) in self._base.execute(asked, (self._version,))}

    def several(self) -> dict[str, tuple[str, ...]]:
        """The contents that hold several reports, by digest: the keys of their filings, in order."""
        asked = "select file, sha256 from several where version = ? order by file, ordinal"
        rows = self._base.execute(asked, (self._version,))
        return {file: tuple(key for _, key in found) for file, found in groupby(rows, itemgetter(0))}

    def keep(self, readings: Iterable[Packed]) -> None:
        """Keep packed readings by their keys; all those of a file at once."""
        kept = list(readings)
        rows = [(one.sha256, self._version, one.whole, one.head, one.body) for one in kept]
        parted = [(one.file, self._version, one.ordinal, one.sha256) for one in kept if one.ordinal]
        with self._base:
            self._base.executemany("insert or replace into readings values (?, ?, ?, ?, ?)", rows)
            self._base.executemany("insert or replace into several values (?, ?, ?, ?)", parted)

    def reading(self, sha256: str) -> Reading | None:
        """The reading of a content, without its document; None when it is not there or damaged."""
        return self._unpacked("select value from readings where sha256 = ? and version = ?", sha256)

    def head(self, sha256: str) -> Reading | None:
        """As much of a reading as tells whose report it is; None when it is not there or damaged."""
        return self._unpacked("select head from readings where sha256 = ? and version = ?", sha256)

    def body(self, sha256: str) -> bytes:
        """The document of a content as the base keeps it; empty without one."""
        asked = "select body from readings where sha256 = ? and version = ?"
        row = self._base.execute(asked, (sha256, self._version)).fetchone()
        return bytes(row[0]) if row else b""

    def _unpacked(self, asked: str, sha256: str) -> Reading | None:
        row = self._base.execute(asked, (sha256, self._version)).fetchone()
        try:
            reading: Reading | None = codec.unpack(Reading, row[0]) if row else None
        except (ValueError, TypeError, KeyError):
            return None
        return reading

    def place(self, path: str, sha256: str) -> Placed | None:
        """What was settled about a content at a path, as `keep_places` was given it after the two."""
        asked = """
            select name, basis, read, county, government, year from places
            where path = ? and sha256 = ? and version = ?
        """
        row: Placed | None = self._base.execute(asked, (path, sha256, self._version)).fetchone()
        return row

    def keep_places(self, places: Iterable[tuple[str, str, Placed]]) -> None:
        """Keep what was settled about contents at their paths."""
        with self._base:
            rows = [(path, sha256, self._version, *placed) for path, sha256, placed in places]
            self._base.executemany("insert or replace into places values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def forget_other_versions(self) -> None:
        """Drop what earlier versions of the code have read, once after a change of version: it takes a whole scan."""
        with self._base:
            if self._base.execute("select version from versions").fetchall() == [(self._version,)]:
                return
            for table in ("readings", "several", "archives", "places"):
                self._base.execute(f"delete from {table} where version <> ?", (self._version,))
            self._base.execute("delete from versions")
            self._base.execute("insert into versions values (?)", (self._version,))

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _key(path: str) -> str:
    """A path as SQLite takes it: one that Linux keeps in another encoding has bytes that are no text."""
    return path.encode("utf-8", "backslashreplace").decode()


def discard(path: Path) -> None:
    """Throw a cache away: what it held will be read again."""
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)
