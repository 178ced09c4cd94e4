"""One filing from bytes to meaning, as the workers of a build do it: whatever the file, a value comes back."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from etl import apart, archive, readers, several
from etl.apart import Stretch
from etl.base import codec
from etl.checks.localise import Proposals, proposals
from etl.document import Document, UnreadableFile
from etl.extract import UnknownForm, extract
from etl.report import Report, Source

UNREADABLE, UNKNOWN_FORM = "unreadable", "unknown-form"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a filing says, without regard to where its file stands.

    `sha256` is the filing's key, `file` its file's SHA-256: the same, but for one of several reports in the file, which
    has an `ordinal`, and a document that begins with the file's block `first`; places in reports are the file's.
    `refusal` is UNREADABLE or UNKNOWN_FORM with its sentence in `message`; the document is kept when there is one.
    `proposals` mend the identities that fail; they are worked out once, with the reading, since they take longest.
    """

    sha256: str
    media_type: str
    refusal: str = ""
    message: str = ""
    document: Document | None = None
    report: Report | None = None
    proposals: Proposals = ()
    file: str = ""
    ordinal: int = 0
    first: int = 0


def read(data: bytes) -> tuple[Reading, ...]:
    """The readings of a file's bytes, one for each report in it. Never raises for what a file contains."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        media_type, document = readers.read(data)
    except UnreadableFile as error:
        return (refused(sha256, str(error)),)
    except (MemoryError, RecursionError):
        return (refused(sha256, "文件过于庞大或嵌套过深，无法读取；请另存为 .docx 或文字版 .pdf 后重新提交"),)
    return understood(sha256, media_type, document)


def understood(file: str, media_type: str, document: Document) -> tuple[Reading, ...]:
    """The readings of a document, one for each report in it; `file` is the SHA-256 of its file."""
    found = apart.reports(document)
    return tuple(
        _read(file, at if len(found) > 1 else 0, media_type, stretch) for at, stretch in enumerate(found, 1)
    )


def refused(sha256: str, message: str) -> Reading:
    """The reading of a file that cannot be read."""
    return Reading(sha256, "", UNREADABLE, message, file=sha256)


def _read(file: str, ordinal: int, media_type: str, stretch: Stretch) -> Reading:
    own = Reading(
        several.key(file, ordinal),
        media_type,
        document=stretch.document,
        file=file,
        ordinal=ordinal,
        first=stretch.first,
    )
    try:
        report = extract(stretch.document, Source(own.sha256, "", media_type))
    except UnknownForm as error:
        return replace(own, refusal=UNKNOWN_FORM, message=str(error))
    if ordinal:
        report = apart.in_file(report, stretch.first)
    report = replace(report, problems=(*stretch.problems, *report.problems))
    return replace(own, report=report, proposals=proposals(report))


@dataclass(frozen=True, slots=True)
class Packed:
    """A reading as the cache keeps it, in parts: without its document; as much as tells whose report it is; the
    document as the base keeps it, empty without one. `codec.unpack` makes readings of the first two.
    """

    sha256: str
    file: str
    ordinal: int
    whole: bytes
    head: bytes
    body: bytes


def pack(reading: Reading) -> Packed:
    """A reading, packed."""
    report, document = reading.report, reading.document
    whole = replace(reading, document=None)
    said = report and replace(
        report, facts=(), metrics=(), sections=(), leftovers=(), readings=(), problems=(), doubts=()
    )
    head = replace(whole, report=said, proposals=())
    body = codec.page(document, report.facts if report else (), reading.first) if document else b""
    parts = codec.pack(whole), codec.pack(head), body
    return Packed(reading.sha256, reading.file, reading.ordinal, *parts)


def read_file(address: str) -> tuple[Packed, ...]:
    """What is at an address, read; OSError when it cannot be had."""
    return tuple(map(pack, read(archive.content(address))))


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
