"""Which files are the base: the pointer `current` in its folder names the set of them that counts.

It is replaced in one step, so a reader sees the old set or the new one, never a mix. The pointer before it stays as
`previous`, with its files, for readers that are still under way, for servers of the version before, and for a damaged
pointer.
"""

import json
import os
import re
from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

SCHEMA_VERSION = 6
_REPORTS_OF_A_DIVISION = 100_000
_PROVINCE = 2
_CURRENT, _PREVIOUS = "current", "previous"
_FILE = re.compile(r'"([^"/\\]+\.duckdb)"')


@dataclass(frozen=True, slots=True)
class County:
    """A county with reports: whether all of them are invented, its first and its last year."""

    county: str
    sample: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Partition:
    """A division's file: its size in bytes, the fingerprint of all that went into it, and how much is in it.

    `written` is when it was last written, in nanoseconds, 0 where an older build did not say.
    """

    division: str
    file: str
    size: int
    fingerprint: str
    reports: int
    findings: int
    problems: int
    counties: tuple[County, ...]
    written: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The file of what was found by comparing a province's reports: its size in bytes, and the fingerprint of them.

    `written` is as in a partition.
    """

    province: str
    file: str
    size: int
    fingerprint: str
    written: int = 0


@dataclass(frozen=True)
class Published:
    """A set of files: the catalogue, the partitions, the comparisons, and the fingerprint of all that went into them.

    `size` and `written` are those of the catalogue.
    """

    folder: Path
    catalogue: Path
    size: int
    fingerprint: str
    partitions: tuple[Partition, ...]
    comparisons: tuple[Comparison, ...]
    written: int = 0

    @property
    def path(self) -> Path:
        """The partition of what belongs to no division: the whole of a base that is not divided."""
        return self.of_division("")

    @property
    def files(self) -> list[Path]:
        """All files of the set."""
        names = [*(part.file for part in self.partitions), *(each.file for each in self.comparisons)]
        return [self.catalogue, *(self.folder / name for name in names)]

    @property
    def divisions(self) -> list[str]:
        """The divisions that have a partition."""
        return list(self._files)

    def of_division(self, division: str) -> Path:
        """The file of a division; KeyError when it has none."""
        return self._files[division]

    def holding(self, county: str) -> Path:
        """The file that holds a county's reports; a county without any belongs to no division."""
        return self.of_division(self._divisions.get(county, ""))

    def of_report(self, number: int) -> Path:
        """The file of a report, by its number."""
        divisions = sorted(self._files)
        return self._files[divisions[bisect_right(divisions, number, key=first_report) - 1]]

    def comparing(self, county: str) -> Path:
        """The file of what was found by comparing a county's reports with those of its province."""
        return self._comparisons[province(self._divisions.get(county, ""))]

    @cached_property
    def _comparisons(self) -> dict[str, Path]:
        return {each.province: self.folder / each.file for each in self.comparisons}

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {partition.division: self.folder / partition.file for partition in self.partitions}

    @cached_property
    def _divisions(self) -> dict[str, str]:
        return {each.county: part.division for part in self.partitions for each in part.counties}


def first_report(division: str) -> int:
    """Reports of a division are numbered from after this, so that a number tells which file to ask."""
    return int(division or 0) * _REPORTS_OF_A_DIVISION


def province(division: str) -> str:
    """The province of a division, as the first digits of its code have it; empty for no division."""
    return division[:_PROVINCE]


def published(folder: Path) -> Published | None:
    """The set that counts: the one before it where the pointer is damaged or a file is gone; None without any."""
    for found in (current(folder), previous(folder)):
        if found and all(path.is_file() for path in found.files):
            return found
    return None


def current(folder: Path) -> Published | None:
    """What the pointer names, there or not; None without a pointer, or with one of another version."""
    return _read(folder / _CURRENT)


def previous(folder: Path) -> Published | None:
    """What the pointer named before."""
    return _read(folder / _PREVIOUS)


def named(folder: Path) -> frozenset[Path]:
    """The files of the set that counts and of the one before it, whichever version of the program made them."""
    pointers = (path for name in (_CURRENT, _PREVIOUS) if (path := folder / name).is_file())
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in pointers)
    return frozenset(folder / name for text in texts for name in _FILE.findall(text))


def _said(pointer: Path) -> dict[str, Any] | None:
    """What a pointer says, of any version; None where there is none or it is damaged."""
    try:
        said = json.loads(pointer.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _read(pointer: Path) -> Published | None:
    named = _said(pointer)
    if named is None or named.get("schema") != SCHEMA_VERSION:
        return None
    try:
        parts = tuple(
            Partition(**(part | {"counties": tuple(County(**county) for county in part["counties"])}))
            for part in named["partitions"]
        )
        compared = tuple(Comparison(**each) for each in named["comparisons"])
        catalogue = pointer.parent / named["catalogue"]
        size, written = named["size"], named.get("written", 0)
        return Published(pointer.parent, catalogue, size, named["fingerprint"], parts, compared, written)
    except (TypeError, KeyError):
        return None


def mark(folder: Path) -> tuple[int, ...]:
    """What tells one publication from the next without reading the pointer: its inode, time and size; empty for none."""
    try:
        found = (folder / _CURRENT).stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def point(found: Published) -> None:
    """Name another set as the one that counts. Its files must be on the disk, not in the system's memory alone."""
    folder = found.folder
    if _said(folder / _CURRENT):
        _replace(folder / _PREVIOUS, (folder / _CURRENT).read_text(encoding="utf-8"))
    named = {
        "schema": SCHEMA_VERSION,
        "catalogue": found.catalogue.name,
        "size": found.size,
        "written": found.written,
        "fingerprint": found.fingerprint,
        "partitions": [asdict(partition) for partition in found.partitions],
        "comparisons": [asdict(comparison) for comparison in found.comparisons],
    }
    _replace(folder / _CURRENT, json.dumps(named, ensure_ascii=False))
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _replace(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    sync(part)
    part.replace(path)


def sync(path: Path) -> None:
    """Wait until the disk has what was written to a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
