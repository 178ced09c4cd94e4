"""The file of a filing itself, byte for byte as it was published."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dashboard.db import Row
from etl import archive, places, readers, several

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ARCHIVES = ("zip", "rar", "7z")


def read(filing: Row) -> bytes | None:
    """The bytes of a filing's file; None when it is gone or is no longer the one that was read."""
    root = (places.sample() if filing["sample"] else places.own()).filings.resolve()
    file, ordinal = several.parted(filing["path"])
    same = (
        data
        for data in _found(root, PurePosixPath(file))
        if several.key(hashlib.sha256(data).hexdigest(), ordinal) == filing["sha256"]
    )
    return next(same, None)


def _found(root: Path, path: PurePosixPath) -> Iterator[bytes]:
    """What lies at a path below the folder, which may go on into an archive."""
    for place in (path, *path.parents):
        lying = (root / place).resolve()
        if not lying.is_relative_to(root) or not lying.is_file():
            continue
        if place == path:
            yield lying.read_bytes()
        else:
            with lying.open("rb") as file:
                yield from archive.named(file, path.relative_to(place).as_posix())


def name(filing: Row) -> str:
    """What the file is called, so that no system takes it for a folder or a program: it ends as documents do."""
    file, _ = several.parted(filing["path"])
    last = _NO_NAME.sub("_", file.rsplit("/", 1)[-1])
    known = {extension for format_ in readers.FORMATS for extension in format_.extensions}
    if last.rpartition(".")[2].lower() in (*known, *_ARCHIVES):
        return last
    return f"{last}.{readers.extension(filing['media_type']) if filing['media_type'] else 'bin'}"
