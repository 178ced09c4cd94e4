"""A county office's folder: the filings in it, archives opened, with register, manifest and corrections beside them."""

import os
import stat
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from etl import archive, corrections, several
from etl.base.cache import Cache
from etl.readers import too_large
from etl.reading import hash_file
from etl.register import Deadline, Government, Ruling, decoded, governments, rulings
from etl.register import deadlines as read_deadlines

_MOST_BYTES = 1_000_000_000
_LINK = "这是一个链接，为免读到文件夹以外的内容，没有读取，请把文件本身放进来。"
_NO_FILE = "这不是普通文件（可能是管道或设备），没有读取，请换上年报文件。"


@dataclass(frozen=True, slots=True)
class Folder:
    """A county office's data: the filings below `filings`, the register and the manifest beside them."""

    filings: Path
    register: Path
    manifest: Path
    sample: bool = False

    @property
    def corrections(self) -> Path:
        """The corrections of our reading, beside the manifest."""
        return self.manifest.with_name("corrections.csv")

    @property
    def deadlines(self) -> Path:
        """The dates by which reports are due, beside the manifest."""
        return self.manifest.with_name("deadlines.csv")


@dataclass(frozen=True, slots=True)
class Found:
    """A filing; `path` is relative to its folder, in POSIX form, and goes on into the archive or file it lies in.

    `address` is where its bytes are, see `archive.content`; `sha256`, its key, is empty while they are not known.
    `refusal` is the sentence that says why an archive does not give them.
    """

    folder: int
    path: str
    address: str
    size: int
    mtime_ns: int
    sha256: str = ""
    refusal: str = ""


def find(number: int, folder: Folder) -> Iterator[Found]:
    """The filings of a folder, in the order of their paths.

    Office lock files, hidden files, and the folder's own register, manifest, corrections and dates are no filings.
    What is no file, or a link to one, is refused: it may lead out of the folder, or never end.
    """
    own = {str(path) for path in (folder.register, folder.manifest, folder.corrections, folder.deadlines)}
    waiting = [(str(folder.filings), "")]
    while waiting:
        directory, prefix = waiting.pop()
        below: list[tuple[str, str]] = []
        # A nation's filings are listed for every build, so no file may cost more than its entry in the directory.
        for entry in _entries_of(directory):
            path = prefix + legible(entry.name)
            if entry.is_dir(follow_symlinks=False):
                below += [] if entry.name.startswith(".") else [(entry.path, f"{path}/")]
            elif not entry.name.startswith(archive.IGNORED) and entry.path not in own:
                yield from _found(number, path, entry)
        waiting += reversed(below)


def _found(number: int, path: str, entry: os.DirEntry[str]) -> Iterator[Found]:
    """The file of an entry; nothing when it has just gone."""
    with suppress(FileNotFoundError):
        status = entry.stat(follow_symlinks=False)
        refusal = _LINK if stat.S_ISLNK(status.st_mode) else "" if stat.S_ISREG(status.st_mode) else _NO_FILE
        yield Found(number, path, entry.path, status.st_size, status.st_mtime_ns, refusal=refusal)


def legible(name: str) -> str:
    """A file's name as text; Linux keeps bytes, which are GBK where an archive from Windows was opened without care."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _entries_of(directory: str) -> list[os.DirEntry[str]]:
    """What is in a directory, by name; nothing when it has just gone. Raises OSError when it may not be read."""
    try:
        with os.scandir(directory) as listed:
            return sorted(listed, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def opened(found: Iterable[Found], memory: Cache) -> Iterator[Found]:
    """The filings with their digests, each archive replaced by what it holds.

    Only files that are new or changed are opened. One that cannot be opened, or is refused, has no digest.
    """
    archives, readings = memory.archives(), memory.known()
    fresh: list[tuple[str, int, int, str]] = []
    for file in found:
        key = file.address, file.size, file.mtime_ns
        try:
            if refusal := file.refusal or _immoderate(file):
                yield replace(file, refusal=refusal)
                continue
            sha256 = memory.digest(*key)
            if sha256 is None:
                sha256 = hash_file(Path(file.address))
                fresh.append((*key, sha256))
            if sha256 not in archives and sha256 not in readings:
                archives[sha256] = _entries(Path(file.address))
        except OSError:
            yield file
            continue
        if archives.get(sha256):
            yield from _filings(file, archives[sha256])
        else:
            yield replace(file, sha256=sha256)
    memory.remember(fresh)
    memory.keep_archives((sha256, entries) for sha256, entries in archives.items() if entries)


def _immoderate(file: Found) -> str:
    """Why a file is not even opened: it is larger than reports are, and no archive of them."""
    refusal = too_large(file.size)
    if refusal and file.size <= _MOST_BYTES:
        with Path(file.address).open("rb") as opened_file:
            return "" if archive.is_archive(opened_file) else refusal
    return refusal


def _entries(path: Path) -> tuple[archive.Entry, ...]:
    with path.open("rb") as file:
        return archive.entries(file) if archive.is_archive(file) else ()


def _filings(file: Found, entries: tuple[archive.Entry, ...]) -> Iterator[Found]:
    for entry in entries:
        path = f"{file.path}/{entry.path}" if entry.path else file.path
        address = archive.address(Path(file.address), entry)
        yield replace(
            file, path=path, address=address, size=entry.size, sha256=entry.sha256, refusal=entry.refusal
        )


def reports(found: Iterable[Found], memory: Cache, ruled: Container[str]) -> Iterator[Found]:
    """The filings as they count once they are read: a file with several reports is as many filings.

    `ruled` has the paths and keys that the manifests speak of.
    """
    parted = memory.several()
    for file in found:
        keys = parted.get(file.sha256, (file.sha256,))
        for ordinal, key in several.counted(file.path, file.sha256, keys, ruled).items():
            yield replace(file, path=several.path(file.path, ordinal), sha256=key)


def _text(path: Path) -> str:
    """What a file that people keep says, nothing where there is none. Raises OSError for a link that leads nowhere."""
    return decoded(path.read_bytes(), path.name) if path.is_symlink() or path.exists() else ""


def register(folder: Folder) -> tuple[Government, ...]:
    """The register of a folder, empty without one. Raises ValueError where it is wrong."""
    return governments(_text(folder.register), folder.register.name)


def manifest(folder: Folder) -> dict[str, Ruling]:
    """A person's rulings by filing, empty without a manifest. Raises ValueError where it is wrong."""
    text = _text(folder.manifest)
    return {ruling.filing: ruling for ruling in rulings(text, folder.manifest.name)}


def ledger(folder: Folder) -> tuple[corrections.Entry, ...]:
    """The corrections of our reading, empty without any. Raises ValueError where they are wrong."""
    return corrections.entries(_text(folder.corrections), folder.corrections.name)


def deadlines(folder: Folder) -> tuple[Deadline, ...]:
    """The dates set by which reports are due, empty without any. Raises ValueError where they are wrong."""
    return read_deadlines(_text(folder.deadlines), folder.deadlines.name)
