"""Files in, database out: find the filings, read what is new, make the partitions that have changed, publish.

A partition is made afresh from the cache of what was read when anything that goes into it has changed; the others go
on as they are. When nothing has changed nothing is published, and nothing but the list of files is looked at.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from filelock import FileLock, Timeout

from etl import spawning, store, workers
from etl.base import comparison, division, partition, placement, pointer, rows
from etl.base.cache import Cache, discard
from etl.base.division import Plan
from etl.base.partition import Made, Order
from etl.base.placement import Determined
from etl.base.pointer import SCHEMA_VERSION, Comparison, Partition
from etl.folders import Folder, Found, find, opened, reports
from etl.readers import scan
from etl.reading import Packed, pack, refused
from etl.report import Problem
from etl.store import Damaged, Sound, Unwritable
from etl.workers import MakeExecutor, Outcome

_TO_CACHE = 50
_FEW = 4
# Below this many filings a second process takes longer to start than it saves.
_WORTH_PROCESSES = 1_000

Progress = Callable[[int, int], None]
Given = TypeVar("Given")
Done = TypeVar("Done")


class Busy(Exception):
    """Another build is under way; the message is one Chinese sentence."""


@dataclass(slots=True)
class Tally:
    """What a build did, for people to read; `problems` are those of the partitions it has made."""

    files: int = 0
    read: int = 0
    reports: int = 0
    findings: int = 0
    unchanged: bool = False
    problems: list[tuple[str, Problem]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """What a build works on and with."""

    sources: tuple[Folder, ...]
    database: Path
    cache: Path
    progress: Progress
    make: MakeExecutor
    determined: Determined


def build(
    sources: tuple[Folder, ...],
    database: Path,
    cache_file: Path,
    progress: Progress = lambda done, total: None,
    make: MakeExecutor = workers.processes,
    determined: Determined = MappingProxyType({}),
) -> Tally:
    """Bring the database up to date with the filings; what is published stays as it is when that fails.

    `determined` has what people read in filings where the reader could not, by the filing's key.
    Raises Busy, Unwritable when the disk does not take it, ValueError for a wrong register, manifest or correction.
    """
    try:
        database.mkdir(parents=True, exist_ok=True)
        with FileLock(database / "lock", timeout=0):
            return _build(_Run(sources, database, cache_file, progress, make, determined))
    except Timeout as error:
        raise Busy("另一次导入正在进行，请等它结束后再试") from error
    except (OSError, sqlite3.OperationalError, BrokenExecutor) as error:
        raise Unwritable(
            f"导入没有完成（{error}），原有数据没有改动；请检查磁盘空间、内存和文件夹权限后重试"
        ) from error


def _build(run: _Run) -> Tally:
    files = [file for number, folder in enumerate(run.sources) for file in find(number, folder)]
    fingerprint = _fingerprint(run, files)
    current = pointer.current(run.database)
    sound = store.sound(current) if current else Sound()
    if current and sound.whole and current.fingerprint == fingerprint:
        return Tally(files=len(files), unchanged=True)
    while True:
        try:
            return _with_cache(run, files, fingerprint, sound)
        except Damaged:
            # What is damaged is doubted, and made anew the next time.
            before, sound = sound, store.sound(current) if current else Sound()
            if sound == before:
                raise


def _with_cache(run: _Run, files: list[Found], fingerprint: str, sound: Sound) -> Tally:
    try:
        return _update(run, files, fingerprint, sound)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # Damage within the cache is found only when that part is read; all of it can be read anew.
        discard(run.cache)
        return _update(run, files, fingerprint, sound)


def _update(run: _Run, files: list[Found], fingerprint: str, sound: Sound) -> Tally:
    beside = placement.offices(run.sources)
    memory = Cache(run.cache, code_version())
    try:
        found = list(opened(files, memory))
        found, read = _read_new(found, memory, run)
        ruled = frozenset(name for office in beside for name in office.manifest)
        filings = list(reports(found, memory, ruled))
        members = placement.members(beside, filings, memory, run.determined)
        memory.forget_other_versions()
    finally:
        memory.close()
    tally = Tally(files=len(found), read=read)
    store.sweep(run.database)
    number, now = store.next_number(run.database), datetime.now().replace(microsecond=0)
    plans = division.plans(beside, members, tuple(placement.unmatched(beside, filings)))
    parts: list[Partition] = []
    for made in _partitions(run, plans, sound.partitions, number, now):
        parts.append(made.partition)
        tally.reports += made.partition.reports
        tally.findings += made.partition.findings
        tally.problems += made.problems
    sample = any(member.sample for member in members)
    known = max((one.number for several in run.determined.values() for one in several), default=0)
    built = ("builds", rows.of_build(now, code_version(), SCHEMA_VERSION, sample, known))
    # A file that could not be had this time is tried again by the next build, though nothing has changed.
    had = all(file.sha256 or file.refusal for file in found)
    catalogue = [built, *rows.reference(), *_places(plans)]
    compared = list(_comparisons(run, parts, sound.comparisons, number))
    store.publish(run.database, number, parts, compared, catalogue, fingerprint if had else "")
    return tally


def _partitions(
    run: _Run, plans: list[Plan], sound: Iterable[Partition], number: int, now: datetime
) -> Iterator[Made]:
    """The partitions of the set, those that have not changed as they are."""
    version = code_version()
    kept = {part.fingerprint: part for part in sound}
    orders = []
    for plan in plans:
        fingerprint = plan.fingerprint(version)
        if old := kept.get(fingerprint):
            yield Made(old, ())
        else:
            orders.append(Order(run.database, number, plan, fingerprint, run.cache, version, now))
    yield from _each(partition.make, orders, sum(len(order.plan.members) for order in orders))


def _comparisons(
    run: _Run, parts: Iterable[Partition], sound: Iterable[Comparison], number: int
) -> Iterator[Comparison]:
    """The comparisons of the provinces, those whose partitions have not changed as they are."""
    kept = {compared.fingerprint: compared for compared in sound}
    orders = []
    for order in comparison.orders(run.database, number, parts, code_version()):
        if old := kept.get(order.fingerprint):
            yield old
        else:
            orders.append(order)
    reports = sum(part.reports for order in orders for part in order.partitions)
    yield from _each(comparison.make, orders, reports)


def _each(work: Callable[[Given], Done], orders: list[Given], filings: int) -> Iterator[Done]:
    """The work done for every order: in processes of their own where so many filings are worth them."""
    if len(orders) < 2 or filings < _WORTH_PROCESSES:
        yield from map(work, orders)
        return
    with ProcessPoolExecutor(mp_context=spawning.CONTEXT) as executor:
        yield from executor.map(work, orders)


def _places(plans: Iterable[Plan]) -> Iterator[rows.Placed]:
    """Which partition holds a filing, for the catalogue, in the order of the digests."""
    digests = (
        (member.found.sha256[:16], plan.division)
        for plan in plans
        for member in plan.members
        if member.found.sha256
    )
    yield from (("places", place) for place in sorted(digests))


@cache
def code_version() -> str:
    """A digest of the reading code and its look-ups: what was read by other code is read again.

    So is everything once text recognition has been installed: scans refused before can then be read.
    """
    digest = hashlib.sha256(bytes([scan.is_installed()]))
    root = Path(__file__).parent
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.yaml"), *root.rglob("*.sql"))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _fingerprint(run: _Run, found: Iterable[Found]) -> str:
    digest = hashlib.sha256(f"{code_version()}{sorted(run.determined.items())}".encode())
    for folder in run.sources:
        for path in (folder.register, folder.manifest, folder.corrections, folder.deadlines):
            digest.update(path.read_bytes() if path.exists() else b"")
            digest.update(b"\0")
    for file in found:
        digest.update(f"{file.folder}\0{file.path}\0{file.size}\0{file.mtime_ns}\n".encode())
    return digest.hexdigest()


def _read_new(found: list[Found], memory: Cache, run: _Run) -> tuple[list[Found], int]:
    """Read every content that is not in the cache, and keep it there; the filings as read, and how many were."""
    known = memory.known()
    new: dict[str, Found] = {}
    for file in found:
        if file.sha256 and file.sha256 not in known:
            new.setdefault(file.sha256, file)
    files = {file.address: file for file in new.values()}
    few = len(new) <= _FEW
    outcomes = workers.in_process(list(files)) if few else workers.read_all(list(files), run.make)
    as_read: dict[str, Found] = {}
    for batch in _batches(outcomes):
        packed = {outcome.address: _packed(outcome, files[outcome.address]) for outcome in batch}
        memory.keep(one for several in packed.values() for one in several)
        for outcome in batch:
            file = files[outcome.address]
            # A file may change, or go, between the taking of its digest and its reading: what was read counts.
            sha256 = next((one.file for one in packed[outcome.address]), "")
            as_read[file.address] = replace(file, sha256=sha256, refusal=outcome.refusal)
        run.progress(len(as_read), len(new))
    return [as_read.get(file.address, file) for file in found], len(new)


def _packed(outcome: Outcome, file: Found) -> tuple[Packed, ...]:
    if outcome.lasting:
        return outcome.packed or (pack(refused(file.sha256, outcome.refusal)),)
    return ()


def _batches(outcomes: Iterator[Outcome]) -> Iterator[list[Outcome]]:
    while batch := list(islice(outcomes, _TO_CACHE)):
        yield batch
