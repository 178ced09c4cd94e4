"""What was read once is not read again: readings by content and code version, digests by path, size and time."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from etl import codec
from etl.archive import Entry
from etl.reading import Reading

_SCHEMA = """
create table if not exists digests (path text primary key, size integer, mtime_ns integer, sha256 text);
create table if not exists archives (sha256 text, version text, value blob, primary key (sha256, version));
create table if not exists readings (sha256 text, version text, value blob, primary key (sha256, version));
"""
_Entries = tuple[Entry, ...]


class Cache:
    """A file beside the filings. A damaged cache is thrown away and filled again: it holds nothing of its own."""

    def __init__(self, path: Path, version: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._version = version
        try:
            self._base = self._open(path)
        except sqlite3.DatabaseError:
            for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                name.unlink(missing_ok=True)
            self._base = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        base = sqlite3.connect(path, timeout=60)
        base.execute("pragma journal_mode = wal")
        base.executescript(_SCHEMA)
        base.execute("select count(*) from digests").fetchone()
        return base

    def digests(self) -> dict[tuple[str, int, int], str]:
        """The SHA-256 of every file seen, by path, size in bytes and modification time in nanoseconds."""
        rows = self._base.execute("select path, size, mtime_ns, sha256 from digests")
        return {(path, size, mtime_ns): sha256 for path, size, mtime_ns, sha256 in rows}

    def remember(self, digests: Iterable[tuple[str, int, int, str]]) -> None:
        """Keep the digests of files, replacing what was known of the same paths."""
        with self._base:
            self._base.executemany("insert or replace into digests values (?, ?, ?, ?)", digests)

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
        """The digests of all contents that this version of the code has read."""
        rows = self._base.execute("select sha256 from readings where version = ?", (self._version,))
        return {sha256 for (sha256,) in rows}

    def keep(self, readings: Iterable[tuple[str, bytes]]) -> None:
        """Keep packed readings by their digest."""
        with self._base:
            rows = [(sha256, self._version, value) for sha256, value in readings]
            self._base.executemany("insert or replace into readings values (?, ?, ?)", rows)

    def reading(self, sha256: str) -> Reading | None:
        """The reading of a content; None when it is not there or damaged."""
        row = self._base.execute(
            "select value from readings where sha256 = ? and version = ?", (sha256, self._version)
        ).fetchone()
        try:
            reading: Reading | None = codec.unpack(Reading, row[0]) if row else None
        except (ValueError, TypeError, KeyError):
            return None
        return reading

    def forget_other_versions(self) -> None:
        """Drop the readings of earlier versions of the code."""
        with self._base:
            self._base.execute("delete from readings where version <> ?", (self._version,))
            self._base.execute("delete from archives where version <> ?", (self._version,))

    def close(self) -> None:
        """Close the file."""
        self._base.close()
