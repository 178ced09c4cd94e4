"""Zip archives with many filings: each entry is a filing of its own, read from where it lies, never unpacked to disk."""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from etl.document import UnreadableFile

IGNORED = ("~$", ".", "Thumbs.db", "desktop.ini", "__MACOSX")
_PARTED, _NESTED = "\0", ":"
_MAX_ENTRIES = 2_000
_MAX_DIRECTORY = 200_000
_MAX_ENTRY_BYTES = 60_000_000
_MAX_TOTAL_BYTES = 1_000_000_000
_RATIO_MATTERS_ABOVE = 2_000_000
_MAX_RATIO = 400
_LONGEST_NAME = 200
_ENCRYPTED = 1
_UTF8 = 1 << 11
_CHUNK = 1 << 20
_TOO_MANY = f"压缩包里的文件超过 {_MAX_ENTRIES} 个，没有读取，请分成几个压缩包。"
_DAMAGED = "压缩包不完整或已损坏，请重新压缩后再放进来。"
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
)
_OFFICE = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|OFD\.xml|content\.xml|META-INF/container\.xml|Index/Document\.iwa|(?:word|xl|ppt)/.*\.(?:xml|bin|rels)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A filing in an archive: `path` in it, `number` by which `content` finds it, size in bytes.

    `refusal` says in a sentence why its bytes were not read, and then there is no digest; without a path it
    speaks of the whole archive.
    """

    path: str
    number: str
    sha256: str = ""
    size: int = 0
    refusal: str = ""


def is_archive(file: IO[bytes]) -> bool:
    """Whether it is a zip, and none of the office formats that are zips themselves."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return False
    try:
        _count(file)
        return not any(_OFFICE.fullmatch(_name(info)) for info in _open(file).infolist())
    except UnreadableFile:
        return False


def entries(file: IO[bytes]) -> tuple[Entry, ...]:
    """The filings in an archive and in the archives within it, in the order of their paths."""
    try:
        found = sorted(_entries(file, "", _Spent()), key=lambda entry: entry.path)
    except UnreadableFile as error:
        return (Entry("", "", refusal=str(error)),)
    return tuple(found) or (Entry("", "", refusal="压缩包里没有年报文件。"),)


def address(file: Path, entry: Entry) -> str:
    """Where `content` finds an entry: the archive's path and the entry's number, parted by what no path may hold."""
    return f"{file}{_PARTED}{entry.number}"


def content(where: str) -> bytes:
    """The bytes of a file, or of an archive's entry, by its address. Raises OSError when they cannot be had."""
    path, _, number = where.partition(_PARTED)
    with Path(path).open("rb") as file:
        return read(file, number) if number else file.read()


def read(file: IO[bytes], number: str) -> bytes:
    """The bytes of the entry with that number. Raises OSError when the archive is no longer what it was."""
    for position in number.split(_NESTED):
        try:
            archive = _open(file)
            file = io.BytesIO(_bytes(archive, archive.infolist()[int(position)]))
        except (UnreadableFile, IndexError) as error:
            raise OSError(0, "压缩包正在改动") from error
    return file.read()


def named(file: IO[bytes], path: str) -> Iterator[bytes]:
    """The bytes of the entries of a path, within the limits of `entries`; none where the archive does not give them."""
    try:
        yield from _named(file, path, _Spent())
    except UnreadableFile:
        return


def _named(file: IO[bytes], path: str, spent: "_Spent") -> Iterator[bytes]:
    _count(file)
    archive = _open(file)
    spent.add(archive.infolist())
    for info in archive.infolist():
        name = safe_path(_name(info))
        if name == path:
            yield _bytes(archive, info)
        elif path.startswith(f"{name}/") and is_archive(inner := io.BytesIO(_bytes(archive, info))):
            yield from _named(inner, path.removeprefix(f"{name}/"), spent)


@dataclass(slots=True)
class _Spent:
    """What the directories read so far promise, archives within the archive included."""

    entries: int = 0
    size: int = 0

    def add(self, infos: list[zipfile.ZipInfo]) -> None:
        entries, size = self.entries + len(infos), self.size + sum(info.file_size for info in infos)
        if entries > _MAX_ENTRIES:
            raise UnreadableFile(_TOO_MANY)
        if size > _MAX_TOTAL_BYTES:
            most = _MAX_TOTAL_BYTES // 1_000_000
            raise UnreadableFile(f"压缩包解开后超过 {most} MB，没有读取，请分成几个压缩包。")
        self.entries, self.size = entries, size


def _open(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _ZIP_ERRORS as error:
        raise UnreadableFile(_DAMAGED) from error


def _count(file: IO[bytes]) -> None:
    """Every entry costs memory before one can be counted, so the marks of the directory are counted first."""
    file.seek(0)
    if sum(chunk.count(b"PK\x01\x02") for chunk in iter(lambda: file.read(_CHUNK), b"")) > _MAX_DIRECTORY:
        raise UnreadableFile(_TOO_MANY)


def _entries(file: IO[bytes], prefix: str, spent: _Spent) -> Iterator[Entry]:
    _count(file)
    archive = _open(file)
    spent.add(archive.infolist())
    for number, info in enumerate(archive.infolist()):
        path = safe_path(_name(info))
        # The library's own question fails for an entry without a name.
        if info.filename.endswith("/") or any(part.startswith(IGNORED) for part in path.split("/")):
            continue
        entry = Entry(path, f"{prefix}{number}", size=info.file_size)
        try:
            yield from _filings(entry, _bytes(archive, info), spent)
        except UnreadableFile as error:
            yield replace(entry, size=0, refusal=str(error))


def _filings(entry: Entry, data: bytes, spent: _Spent) -> Iterator[Entry]:
    """The entry itself, or what is in it when it is an archive; one archive within another and no more."""
    inner = io.BytesIO(data)
    if not is_archive(inner):
        yield replace(entry, sha256=hashlib.sha256(data).hexdigest())
    elif _NESTED in entry.number:
        raise UnreadableFile("压缩包里套着多层压缩包，请解开后再放进来。")
    else:
        for found in _entries(inner, f"{entry.number}{_NESTED}", spent):
            yield replace(found, path=f"{entry.path}/{found.path}")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry; the library gives no more of them than the directory promises."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile("压缩包设有密码，请去掉密码后重新压缩。")
    swollen = info.file_size > _RATIO_MATTERS_ABOVE and info.file_size > _MAX_RATIO * info.compress_size
    if info.file_size > _MAX_ENTRY_BYTES or swollen:
        raise UnreadableFile("文件解压后大得不像一份年报，没有读取。")
    try:
        return archive.read(info)
    except (*_ZIP_ERRORS, RuntimeError) as error:
        raise UnreadableFile(_DAMAGED) from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: Windows in China writes GBK without saying so, others UTF-8."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GBK that happens to be valid UTF-8 reads as Greek, Arabic and the like, never as Chinese.
        if encoding != "utf-8" or not re.search(r"[\u0080-\u2dff]", name):
            return name
    return info.filename


def safe_path(name: str) -> str:
    """A name as a path that stays where it is: no steps upwards, no roots, nothing that does not print."""
    printable = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    parts = [part.strip() for part in printable.split("/")]
    path = "/".join(part[-_LONGEST_NAME:] for part in parts if part not in ("", ".", ".."))
    return path or "（无名）"
