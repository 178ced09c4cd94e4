"""One filing from bytes to meaning, as the workers of a build do it: whatever the file, a value comes back."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from etl import archive, codec, readers
from etl.checks.localise import Proposals, proposals
from etl.document import Document, UnreadableFile
from etl.extract import UnknownForm, extract
from etl.report import Report, Source

UNREADABLE, UNKNOWN_FORM = "unreadable", "unknown-form"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file's bytes say, without regard to where the file stands.

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


def read(data: bytes) -> Reading:
    """The reading of a file's bytes. Never raises for what a file contains."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        media_type, document = readers.read(data)
    except UnreadableFile as error:
        return Reading(sha256, "", UNREADABLE, str(error))
    except (MemoryError, RecursionError):
        return Reading(
            sha256,
            "",
            UNREADABLE,
            "文件过于庞大或嵌套过深，无法读取；请另存为 .docx 或文字版 .pdf 后重新提交",
        )
    try:
        report = extract(document, Source(sha256, "", media_type))
    except UnknownForm as error:
        return Reading(sha256, media_type, UNKNOWN_FORM, str(error), document)
    return Reading(sha256, media_type, document=document, report=report, proposals=proposals(report))


@dataclass(frozen=True, slots=True)
class Packed:
    """A reading as the cache keeps it, in parts: without its document; as much as tells whose report it is; the
    document as the base keeps it, empty without one. `codec.unpack` makes readings of the first two.
    """

    sha256: str
    whole: bytes
    head: bytes
    body: bytes


def pack(reading: Reading) -> Packed:
    """A reading, packed."""
    report, document = reading.report, reading.document
    whole = replace(reading, document=None)
    said = report and replace(
        report, facts=(), metrics=(), sections=(), leftovers=(), readings=(), problems=()
    )
    head = replace(whole, report=said, proposals=())
    body = codec.page(document, report.facts if report else ()) if document else b""
    return Packed(reading.sha256, codec.pack(whole), codec.pack(head), body)


def read_file(address: str) -> Packed:
    """What is at an address, read; OSError when it cannot be had."""
    return pack(read(archive.content(address)))


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
