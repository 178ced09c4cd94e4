"""Where every filing belongs before its partition is made: its county, government and year, found once and remembered.

What decides it is the filing's own claims, its path, a person's ruling, and the entries of the register that bear its
name. The cache keeps the result with a digest of the last two, so that a change of either settles that filing anew.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from etl import corrections, folders, identity
from etl.base.cache import Cache, Placed
from etl.determined import Determination
from etl.folders import Folder, Found
from etl.register import Deadline, Government, Ruling
from etl.report import Problem, Report

Fresh = tuple[str, str, Placed]
Determined = Mapping[str, tuple[Determination, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """What is settled about a filing: `read` where it is a report; empty county, government and year where unknown."""

    read: bool = False
    county: str = ""
    government: str = ""
    year: int = 0

    @property
    def identified(self) -> bool:
        """Whether it is known whose report it is and on which year."""
        return bool(self.government and self.year)


@dataclass(frozen=True)
class Office:
    """What people keep beside a folder's filings, each by what it speaks of."""

    sample: bool
    register: tuple[Government, ...]
    manifest: Mapping[str, Ruling]
    ledger: tuple[corrections.Entry, ...]
    deadlines: tuple[Deadline, ...]

    def entries(self, name: str) -> tuple[Government, ...]:
        """The entries of the register that bear a name, today or formerly; for a county's own name those of the county."""
        return self._entries.get(identity.core(name), ())

    def digest(self, name: str) -> str:
        """A digest of those entries."""
        return self._digests.get(identity.core(name), "")

    def ruling(self, *names: str) -> Ruling | None:
        """What a person settled about a filing of these paths and this key; the first that is named counts."""
        return next((self.manifest[name] for name in names if name in self.manifest), None)

    def corrections(self, found: Found) -> tuple[corrections.Entry, ...]:
        """The corrections of a filing, in their order."""
        if not self._corrected.isdisjoint((found.path, found.sha256)):
            return tuple(entry for entry in self.ledger if entry.filing in (found.path, found.sha256))
        return ()

    @cached_property
    def _entries(self) -> dict[str, tuple[Government, ...]]:
        by_name: dict[str, dict[Government, None]] = {}
        for entry in self.register:
            for name in (*identity.names(entry), entry.county):
                by_name.setdefault(name, {})[entry] = None
        return {name: tuple(entries) for name, entries in by_name.items()}

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {name: _digest(entries) for name, entries in self._entries.items()}

    @cached_property
    def _corrected(self) -> frozenset[str]:
        return frozenset(entry.filing for entry in self.ledger)


@dataclass(frozen=True, slots=True)
class Member:
    """A filing with its place and all that people wrote about it; `copies` are the paths of further copies."""

    found: Found
    sample: bool
    place: Place
    entries: tuple[Government, ...]
    ruling: Ruling | None
    corrections: tuple[corrections.Entry, ...]
    determined: tuple[Determination, ...]
    copies: tuple[str, ...]


def offices(sources: Iterable[Folder]) -> tuple[Office, ...]:
    """What stands beside the filings of each folder. Raises ValueError where it is wrong."""
    found = tuple(
        Office(
            folder.sample,
            folders.register(folder),
            folders.manifest(folder),
            folders.ledger(folder),
            folders.deadlines(folder),
        )
        for folder in sources
    )
    own, sample = (
        {(entry.county, entry.name) for office in found if office.sample == kind for entry in office.register}
        for kind in (False, True)
    )
    if both := sorted(own & sample):
        raise ValueError(f"登记表里的 {''.join(both[0])} 与自带的示例同名，请加 --no-sample，不载入示例")
    return found


def members(
    beside: tuple[Office, ...], found: Iterable[Found], memory: Cache, determined: Determined
) -> list[Member]:
    """Every content once, with its place and what was `determined` by its key.

    Raises ValueError for a correction of a filing that is not there.
    """
    first: dict[str, Found] = {}
    copies: dict[str, list[str]] = {}
    for file in found:
        if file.sha256 in first:
            copies.setdefault(file.sha256, []).append(file.path)
        else:
            first[file.sha256 or file.address] = file
    fresh: list[Fresh] = []
    placed = [
        replace(
            _member(file, beside[file.folder], tuple(copies.get(file.sha256, ())), memory, fresh),
            determined=determined.get(file.sha256, ()),
        )
        for file in first.values()
    ]
    memory.keep_places(fresh)
    _require(beside, placed)
    return placed


def _member(
    file: Found,
    office: Office,
    copies: tuple[str, ...],
    memory: Cache,
    fresh: list[Fresh],
) -> Member:
    ruling = office.ruling(file.path, file.sha256, *copies)
    kept = memory.place(file.path, file.sha256)
    if kept and kept[1] == _basis(ruling, office, kept[0]):
        name, place = kept[0], Place(bool(kept[2]), *kept[3:])
    else:
        name, place = _settled(file, office, ruling, memory)
        if file.sha256:
            basis = _basis(ruling, office, name)
            at = (name, basis, place.read, place.county, place.government, place.year)
            fresh.append((file.path, file.sha256, at))
    written = office.entries(name), ruling, office.corrections(file)
    return Member(file, office.sample, place, *written, (), copies)


def _basis(ruling: Ruling | None, office: Office, name: str) -> str:
    return office.digest(name) + (_digest(ruling) if ruling else "")


def _settled(file: Found, office: Office, ruling: Ruling | None, memory: Cache) -> tuple[str, Place]:
    """The name a filing bears by itself or by the ruling, and its place."""
    head = memory.head(file.sha256)
    if head is None or head.report is None:
        return "", Place()
    report = with_source(head.report, file, ruling)
    name = identity.named(report, ruling) or ""
    settled = identity.settle(report, office.entries(name), ruling)
    return name, Place(True, settled.county or "", settled.government or "", settled.year or 0)


def with_source(report: Report, file: Found, ruling: Ruling | None) -> Report:
    """The report with its path, and with the date of publication that a person knows."""
    source = replace(report.source, path=file.path)
    if ruling and ruling.published:
        source = replace(source, published=ruling.published, published_from="manifest")
    return replace(report, source=source)


def unmatched(beside: tuple[Office, ...], found: Iterable[Found]) -> Iterator[tuple[str, Problem]]:
    """The rulings that speak of no filing, each with what it names and the problem."""
    every = list(found)
    for number, office in enumerate(beside):
        if office.manifest:
            own = [file for file in every if file.folder == number]
            lost = office.manifest.keys() - set(_names(own))
            below = _below(own) if lost else {}
            yield from ((name, _of_no_filing(below.get(name, 0))) for name in sorted(lost))


def _below(found: Iterable[Found]) -> Counter[str]:
    """How many filings there are in each folder, archive and file."""
    return Counter(str(place) for file in found for place in PurePosixPath(file.path).parents)


def _of_no_filing(filings: int) -> Problem:
    if filings:
        return Problem(
            "ruling-on-several",
            f"里面有 {filings} 份年报，manifest.csv 写明的是整个文件或文件夹，没有用于任何一份",
        )
    return Problem("ruling-unmatched", "manifest.csv 写明的这份文件不在年报里，没有用于任何一份")


def _require(beside: tuple[Office, ...], placed: list[Member]) -> None:
    for number, office in enumerate(beside):
        if office.ledger:
            read = (m.found for m in placed if m.place.read and m.found.folder == number)
            corrections.require(office.ledger, frozenset(_names(read)))


def _names(found: Iterable[Found]) -> Iterator[str]:
    for file in found:
        yield from (file.path, file.sha256)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
