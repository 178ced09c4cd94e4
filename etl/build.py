"""Files in, database out: find the filings, read what is new, settle whose they are, check, publish.

A build loads everything afresh from the cache of what was read. When nothing has changed it publishes nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

from filelock import FileLock, Timeout

from etl import checks, copied, corrections, folders, identity, rows, store, workers
from etl.cache import Cache
from etl.folders import Folder, Found, find, opened
from etl.readers import scan
from etl.reading import UNREADABLE, Reading
from etl.register import Government, Ruling
from etl.report import Problem, Report
from etl.store import SCHEMA_VERSION, Rows
from etl.workers import MakeExecutor

_TO_CACHE = 200
_FEW = 4

Progress = Callable[[int, int], None]


class Busy(Exception):
    """Another build is under way; the message is one Chinese sentence."""


@dataclass(slots=True)
class Tally:
    """What a build did, for people to read."""

    files: int = 0
    read: int = 0
    reports: int = 0
    findings: int = 0
    unchanged: bool = False
    problems: list[tuple[str, Problem]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Filing:
    """A file with its reading, its report settled."""

    found: Found
    reading: Reading
    report: Report | None
    problems: tuple[Problem, ...]


def build(
    sources: tuple[Folder, ...],
    database: Path,
    cache_file: Path,
    progress: Progress = lambda done, total: None,
    make: MakeExecutor = workers.processes,
) -> Tally:
    """Bring the database up to date with the filings. Raises Busy, and ValueError for a wrong register, manifest or correction."""
    database.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(database / "lock", timeout=0):
            return _build(sources, database, cache_file, progress, make)
    except Timeout as error:
        raise Busy("另一次导入正在进行，请等它结束后再试") from error


def _build(
    sources: tuple[Folder, ...], database: Path, cache_file: Path, progress: Progress, make: MakeExecutor
) -> Tally:
    files = [file for number, folder in enumerate(sources) for file in find(number, folder)]
    fingerprint = _fingerprint(sources, files)
    tally = Tally(files=len(files))
    current = store.published(database)
    if current and current.fingerprint == fingerprint:
        tally.unchanged = True
        return tally
    memory = Cache(cache_file, code_version())
    try:
        found = list(opened(files, memory))
        tally.files = len(found)
        tally.read = _read_new(found, memory, progress, make)
        filings = _corrected(sources, list(_settled(sources, found, memory)))
        memory.forget_other_versions()
    finally:
        memory.close()
    store.write(database, _rows(sources, filings, tally), fingerprint)
    return tally


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


def _fingerprint(sources: tuple[Folder, ...], found: Iterable[Found]) -> str:
    digest = hashlib.sha256(code_version().encode())
    for folder in sources:
        for path in (folder.register, folder.manifest, folder.corrections, folder.deadlines):
            digest.update(path.read_bytes() if path.exists() else b"")
            digest.update(b"\0")
    for file in found:
        digest.update(f"{file.folder}\0{file.path}\0{file.size}\0{file.mtime_ns}\n".encode())
    return digest.hexdigest()


def _read_new(found: list[Found], memory: Cache, progress: Progress, make: MakeExecutor) -> int:
    """Read every content that is not in the cache, and keep it there; how many."""
    known = memory.known()
    new = {file.sha256: file.address for file in found if file.sha256 and file.sha256 not in known}
    addresses = {address: sha256 for sha256, address in new.items()}
    few = len(new) <= _FEW
    outcomes = workers.in_process(list(addresses)) if few else workers.read_all(list(addresses), make)
    batch: list[tuple[str, bytes]] = []
    for done, (address, _, packed) in enumerate(outcomes, 1):
        batch.append((addresses[address], packed))
        if len(batch) >= _TO_CACHE:
            memory.keep(batch)
            batch = []
        progress(done, len(new))
    memory.keep(batch)
    return len(new)


def _settled(sources: tuple[Folder, ...], found: list[Found], memory: Cache) -> Iterator[_Filing]:
    """Every content once, with its government and year settled; further copies are problems."""
    registers = [folders.register(folder) for folder in sources]
    manifests = [folders.manifest(folder) for folder in sources]
    seen: dict[str, str] = {}
    for file in found:
        if file.sha256 in seen:
            copy = Problem("duplicate-file", f"与 {seen[file.sha256]} 内容完全相同，只计一次")
            yield _Filing(file, Reading(file.sha256, ""), None, (copy,))
            continue
        message = file.refusal or "文件打不开，请检查权限或稍后重试"
        reading = memory.reading(file.sha256) or Reading(file.sha256, "", UNREADABLE, message)
        if file.sha256:
            seen[file.sha256] = file.path
        yield _settle(file, reading, registers[file.folder], manifests[file.folder])


def _settle(
    file: Found, reading: Reading, register: tuple[Government, ...], manifest: dict[str, Ruling]
) -> _Filing:
    if reading.report is None:
        return _Filing(file, reading, None, (Problem(reading.refusal, reading.message),))
    ruling = manifest.get(file.path) or manifest.get(reading.sha256)
    source = replace(reading.report.source, path=file.path)
    if ruling and ruling.published:
        source = replace(source, published=ruling.published, published_from="manifest")
    report = identity.settle(replace(reading.report, source=source), register, ruling)
    return _Filing(file, reading, report, report.problems)


def _corrected(sources: tuple[Folder, ...], filings: list[_Filing]) -> list[_Filing]:
    """The filings with a person's corrections of our reading; ValueError where one fits nothing."""
    ledgers = [folders.ledger(folder) for folder in sources]
    for number, ledger in enumerate(ledgers):
        read = [filing for filing in filings if filing.report and filing.found.folder == number]
        corrections.require(ledger, frozenset(n for f in read for n in (f.found.path, f.found.sha256)))
    return [
        replace(filing, report=corrections.apply(filing.report, ledgers[filing.found.folder]))
        if filing.report
        else filing
        for filing in filings
    ]


def _rows(sources: tuple[Folder, ...], filings: list[_Filing], tally: Tally) -> Rows:
    """All rows of the database, reports in the order of county, government, year and refiling."""
    tables: Rows = {}
    for table, row in _all_rows(sources, filings, tally):
        tables.setdefault(table, []).append(row)
    return tables


def _all_rows(
    sources: tuple[Folder, ...], filings: list[_Filing], tally: Tally
) -> Iterator[tuple[str, rows.Row]]:
    sample = any(sources[filing.found.folder].sample for filing in filings)
    yield (
        "builds",
        rows.of_build(datetime.now().replace(microsecond=0), code_version(), SCHEMA_VERSION, sample),
    )
    for folder in sources:
        yield from (("governments", row) for row in rows.of_register(folders.register(folder), folder.sample))
        yield from (
            ("deadlines", (d.county, d.year, d.due, folder.sample)) for d in folders.deadlines(folder)
        )
    yield from rows.reference()
    for filing in filings:
        yield from _filing_rows(filing, sources[filing.found.folder].sample)
    identified = [filing for filing in filings if _is_identified(filing)]
    problems = [(filing.found.path, filing.reading.sha256, p) for filing in filings for p in filing.problems]
    yield from _report_rows(identified, problems, tally)
    for path, sha256, problem in problems:
        tally.problems.append((path, problem))
        yield "problems", (sha256 or None, path, problem.kind, problem.detail)


def _filing_rows(filing: _Filing, sample: bool) -> Iterator[tuple[str, rows.Row]]:
    reading, found = filing.reading, filing.found
    if reading.sha256 and reading.refusal:
        status = reading.refusal.replace("-", "_")
        details = (found.size, reading.media_type or None, None, None, None, status, sample)
        yield "filings", (reading.sha256, found.path, *details)
    elif filing.report:
        status = "report" if _is_identified(filing) else "unidentified"
        yield "filings", rows.of_filing(filing.report, found.size, status, sample)
    if reading.document:
        facts = filing.report.facts if filing.report else ()
        yield "documents", rows.of_document(reading.document, facts, reading.sha256)


def _is_identified(filing: _Filing) -> bool:
    return bool(filing.report and filing.report.government and filing.report.year)


def _report_rows(
    filings: list[_Filing], problems: list[tuple[str, str, Problem]], tally: Tally
) -> Iterator[tuple[str, rows.Row]]:
    """The reports of each government and year, the newest current, each held against the year before."""
    grouped: dict[tuple[str, str, int], list[Report]] = {}
    proposals = {filing.reading.sha256: filing.reading.proposals for filing in filings}
    for report in (filing.report for filing in filings if filing.report):
        key = (report.county or "", report.government or "", report.year or 0)
        grouped.setdefault(key, []).append(report)
    number, current = 0, dict[int, Report]()
    for county, government, year in sorted(grouped):
        several = sorted(grouped[county, government, year], key=_age)
        problems += _order_problems(several)
        previous = grouped.get((county, government, year - 1))
        before = max(previous, key=_age) if previous else None
        for refiling, report in enumerate(several, 1):
            number += 1
            findings = checks.run(report, before)
            tally.reports += 1
            tally.findings += len(findings)
            yield "reports", rows.of_identity(number, report, refiling == len(several), refiling)
            yield from rows.of_report(number, report, findings, proposals[report.source.sha256])
        current[number] = several[-1]
    yield from (("copied_pairs", row) for row in copied.rows(current))


def _age(report: Report) -> tuple[str, str]:
    """The order of refilings: by date of publication; the path decides where dates do not."""
    return report.source.published or "", report.source.path


def _order_problems(several: list[Report]) -> Iterator[tuple[str, str, Problem]]:
    """Two filings of a government and year whose dates do not tell which is newer need a person."""
    for older, newer in pairwise(several):
        if not older.source.published or older.source.published == newer.source.published:
            kind = "refiling-order" if newer.county else "refiling-or-other-county"
            detail = f"与 {older.source.path} 是同一机关同一年度，发布日期分不出先后；暂以本文件为准，请在 manifest.csv 中写明"
            yield newer.source.path, newer.source.sha256, Problem(kind, detail)
