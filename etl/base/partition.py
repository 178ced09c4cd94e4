"""A partition from its plan: the readings from the cache, settled and checked, as rows in the order of the tables.

Filings come in the order of county, government and year, so that a county's question reads a county's rows, and one
government's are in memory at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path, PurePosixPath

from etl import archive, checks, copied, corrections, determined, identity, store
from etl.base import placement, rows
from etl.base.cache import Cache
from etl.base.division import Plan
from etl.base.placement import Member
from etl.base.pointer import SCHEMA_VERSION, Partition, first_report
from etl.checks.localise import Proposals, proposals
from etl.reading import Reading, pack, read, refused
from etl.report import Problem, Report
from etl.several import stored_name


@dataclass(frozen=True, slots=True)
class Order:
    """All that a process needs to make a partition: where to, under which number, from which cache, and when."""

    folder: Path
    number: int
    plan: Plan
    fingerprint: str
    cache: Path
    version: str
    built_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A partition on the disk that nobody reads yet, and its problems, each with the path of its file."""

    partition: Partition
    problems: tuple[tuple[str, Problem], ...]


@dataclass(frozen=True, slots=True)
class _Filing:
    """A filing with its reading, its report settled and corrected."""

    member: Member
    reading: Reading
    body: bytes
    report: Report | None
    problems: tuple[Problem, ...]

    @property
    def proposals(self) -> Proposals:
        """What would put its sums right: found when it was read, anew where a person has read a cell since."""
        return proposals(self.report) if self.report and self.member.determined else self.reading.proposals


def make(order: Order) -> Made:
    """Write the partition. Raises ValueError for a correction that fits nothing, and store.Unwritable."""
    memory = Cache(order.cache, order.version)
    problems: list[tuple[str, Problem]] = []
    noted = _noting(problems, _rows(order, memory))
    try:
        partition = store.write(order.folder, order.number, order.plan.division, noted, order.fingerprint)
    finally:
        memory.close()
    return Made(partition, tuple(problems))


def _noting(problems: list[tuple[str, Problem]], made: Iterator[rows.Placed]) -> Iterator[rows.Placed]:
    for table, row in made:
        if table == "problems":
            problems.append((row[1], Problem(row[2], row[3])))
        yield table, row


def _rows(order: Order, memory: Cache) -> Iterator[rows.Placed]:
    plan = order.plan
    sample = any(member.sample for member in plan.members)
    yield "builds", rows.of_build(order.built_at, order.version, SCHEMA_VERSION, sample)
    yield from rows.reference()
    yield from (("governments", rows.of_government(entry, invented)) for entry, invented in plan.register)
    yield from (("deadlines", (d.county, d.year, d.due, invented)) for d, invented in plan.deadlines)
    identified = [member for member in plan.members if member.place.identified]
    yield from _report_rows(plan.division, identified, memory)
    for member in plan.members[len(identified) :]:
        yield from _filing_rows(_filing(member, memory))
    yield from (("problems", (None, name, p.kind, p.detail)) for name, p in plan.unmatched)


def _filing(member: Member, memory: Cache) -> _Filing:
    """The filing as read; what the cache has lost is read again from the file."""
    found = member.found
    known = bool(found.sha256) and not found.refusal
    reading = memory.reading(found.sha256) if known else _refused(member)
    body = memory.body(found.sha256) if reading and known else b""
    if reading is None:
        reading = _read_again(member)
        body = pack(reading).body
    if reading.report is None:
        return _Filing(member, reading, body, None, (Problem(reading.refusal, reading.message),))
    report = placement.with_source(reading.report, found, member.ruling)
    report = identity.settle(report, member.entries, member.ruling)
    report = determined.apply(corrections.apply(report, member.corrections), member.determined)
    return _Filing(member, reading, body, report, report.problems)


def _refused(member: Member) -> Reading:
    message = member.found.refusal or "文件打不开，请检查权限或稍后重试"
    return refused(member.found.sha256, message)


def _read_again(member: Member) -> Reading:
    try:
        found = read(archive.content(member.found.address))
    except OSError:
        return _refused(member)
    return next((one for one in found if one.sha256 == member.found.sha256), _refused(member))


def _report_rows(division: str, members: list[Member], memory: Cache) -> Iterator[rows.Placed]:
    """The reports of each government and year, the newest current, each held against the year before."""
    number = first_report(division)
    last: tuple[str, str, int] | None = None
    newest: Report | None = None
    for (county, government, year), group in groupby(members, _whose):
        filings = sorted((_filing(member, memory) for member in group), key=_age)
        before = newest if last == (county, government, year - 1) else None
        several = [filing for filing in filings if filing.report]
        for at, filing in enumerate(several, 1):
            number += 1
            yield from _of_report(number, filing, before, at, at == len(several))
        for filing in filings:
            yield from _filing_rows(filing)
        yield from _order_problems(several)
        if several and (newest := several[-1].report):
            last = (county, government, year)
            yield from (("clauses", (number, digest)) for digest in copied.digests(newest))


def _whose(member: Member) -> tuple[str, str, int]:
    return member.place.county, member.place.government, member.place.year


def _age(filing: _Filing) -> tuple[str, str]:
    """The order of refilings: by date of publication; the path decides where dates do not."""
    published = filing.report.source.published if filing.report else None
    return published or "", filing.member.found.path


def _of_report(
    number: int, filing: _Filing, before: Report | None, refiling: int, is_current: bool
) -> Iterator[rows.Placed]:
    if filing.report:
        findings = checks.run(filing.report, before)
        yield "reports", rows.of_identity(number, filing.report, is_current, refiling)
        yield from rows.of_report(number, filing.report, findings, filing.proposals)


def _order_problems(several: list[_Filing]) -> Iterator[rows.Placed]:
    """Two filings of a government and year whose dates do not tell which is newer need a person."""
    for one, other in pairwise(several):
        older, newer = one.report, other.report
        if older and newer and (older.source.published or "") in ("", newer.source.published):
            kind = "refiling-order" if newer.county else "refiling-or-other-county"
            detail = f"与 {older.source.path} 是同一机关同一年度，发布日期分不出先后，暂以本文件为准"
            yield "problems", (newer.source.sha256, newer.source.path, kind, detail)


def _as_published(sha256: str, paths: Iterable[str]) -> list[str]:
    """The paths of a content without that of our own making: what people settle is stored beside what was there."""
    own = stored_name(sha256)
    return [path for path in paths if PurePosixPath(path).stem != own]


def _filing_rows(filing: _Filing) -> Iterator[rows.Placed]:
    found, reading, report = filing.member.found, filing.reading, filing.report
    if report:
        status = "report" if filing.member.place.identified else "unidentified"
        yield "filings", rows.of_filing(report, found.size, status, filing.member.sample)
        yield from rows.of_claims(report)
    elif reading.sha256:
        yield "filings", rows.of_refusal(reading, found, filing.member.sample)
    if filing.body:
        yield "documents", (reading.sha256, filing.body)
    for problem in filing.problems:
        yield "problems", (reading.sha256 or None, found.path, problem.kind, problem.detail)
    first, *copies = _as_published(found.sha256, (found.path, *filing.member.copies)) or [found.path]
    for path in copies:
        yield "problems", (reading.sha256, path, "duplicate-file", f"与 {first} 内容完全相同，只计一次")
