"""A file with several reports: each is a filing of its own, with a key, a path and a stored name made of the file's."""

import hashlib
import re
from collections.abc import Container
from pathlib import PurePosixPath

_LENGTH = 20
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_PLACE = re.compile(r"第(\d+)份")


def key(file: str, ordinal: int) -> str:
    """What identifies a filing: its file's SHA-256, and where `ordinal` tells it from others in the file, one of both."""
    return hashlib.sha256(f"{file}/{ordinal}".encode()).hexdigest() if ordinal else file


def path(file: str, ordinal: int) -> str:
    """The path of a filing, which goes on into its file as it does into an archive: 年报.docx/第2份."""
    return f"{file}/第{ordinal}份" if ordinal else file


def parted(path: str) -> tuple[str, int]:
    """The path of the file that a filing stands in, and its ordinal there; 0 where it is the only one."""
    file, _, last = path.rpartition("/")
    place = _PLACE.fullmatch(last)
    return (file, int(place[1])) if place and file else (path, 0)


def stored_name(file: str) -> str:
    """The name, without its extension, under which a file is kept that people put in report by report.

    Letters alone stand for the digest: a year read out of a file's name would count as the filing's own word.
    """
    return file[:_LENGTH].translate(_LETTERS)


def counted(path: str, file: str, keys: tuple[str, ...], ruled: Container[str]) -> dict[int, str]:
    """The filings of a file by their ordinals, given its SHA-256, the keys of its reports, and what people ruled on.

    Of a file that was put in report by report those count that somebody accepted, which is a ruling.
    """
    every = {at if len(keys) > 1 else 0: key for at, key in enumerate(keys, 1)}
    if len(keys) > 1 and PurePosixPath(path).stem == stored_name(file):
        return {at: key for at, key in every.items() if key in ruled} or every
    return every
