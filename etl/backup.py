"""Backup and restore of what no build can make again: the filings, what people wrote beside them, their decisions.

A backup is a zip of everything below data/ but the database, the cache and the sample, with a list of digests in it.
"""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Container, Iterator
from contextlib import closing
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

from etl.folders import legible

_LIST = "backup.json"
_VERSION = 1
# What builds make, and what comes with the product.
_MADE = frozenset({"database", "cache", "sample"})
_ASIDE = "before-restore"


class Refused(Exception):
    """A backup that cannot be made or restored; the message is one Chinese sentence. Nothing has been changed."""


def write(data: Path, backup: Path) -> int:
    """Back up the folder `data` into the zip file `backup`, replacing it in one step; how many files are in it."""
    part = backup.with_name(backup.name + ".part")
    digests: dict[str, str] = {}
    try:
        with (
            tempfile.TemporaryDirectory() as place,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for path in _kept(data):
                name = _named(path.relative_to(data), digests)
                source = _copied(path, Path(place)) if path.suffix == ".sqlite" else path
                digests[name] = _digest(source)
                archive.write(source, name)
            archive.writestr(_LIST, json.dumps({"version": _VERSION, "files": digests}, ensure_ascii=False))
        part.replace(backup)
    finally:
        part.unlink(missing_ok=True)
    return len(digests)


def _named(path: Path, taken: Container[str]) -> str:
    """The name of a file in the backup: one that is text, and no other's."""
    name = "/".join(map(legible, path.parts))
    while name in taken:
        name += "~"
    return name


def restore(backup: Path, data: Path, overwrite: bool = False) -> tuple[int, Path | None]:
    """Put the files of a backup back into the folder `data`; how many, and where files that gave way are now.

    Everything is verified first. Without `overwrite` a file that is there with another content is a reason to refuse.
    Raises Refused.
    """
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as place:
        names = _unpacked(backup, Path(place))
        differing = [name for name in names if _differs(Path(place) / name, data / name)]
        if differing and not overwrite:
            raise Refused(
                f"{data} 里已有 {len(differing)} 个内容不同的文件（如 {differing[0]}），没有恢复；"
                "要用备份代替它们请加 --overwrite，原来的文件会移到一边保存"
            )
        aside = _moved_aside(data, differing)
        for name in names:
            target = data / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (Path(place) / name).replace(target)
    return len(names), aside


def _kept(data: Path) -> Iterator[Path]:
    """The files to keep; no build reads links among the filings, which may lead anywhere."""
    for top in sorted(data.iterdir()):
        if top.name not in _MADE and not top.name.startswith("."):
            below = (path for path in sorted(top.rglob("*")) if not path.is_symlink())
            yield from (path for path in (top, *below) if path.is_file())


def _copied(base: Path, place: Path) -> Path:
    """A consistent copy of a SQLite file that others may be writing."""
    copy = place / base.name
    with closing(sqlite3.connect(base)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _unpacked(backup: Path, place: Path) -> list[str]:
    """The names of the backup's files, all verified and unpacked."""
    try:
        with zipfile.ZipFile(backup) as archive:
            listed = json.loads(archive.read(_LIST))
            digests: dict[str, str] = dict(listed["files"]) if listed["version"] == _VERSION else {}
            for name in digests:
                _require_inside(name)
                archive.extract(name, place)
        damaged = [name for name, digest in digests.items() if _digest(place / name) != digest]
    except FileNotFoundError as error:
        raise Refused(f"找不到备份文件 {backup}") from error
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, EOFError, OSError) as error:
        raise Refused(f"{backup} 不是完整的备份文件，没有恢复任何内容") from error
    if not digests:
        raise Refused(f"{backup} 里没有可以恢复的文件，可能出自更新的版本")
    if damaged:
        raise Refused(f"备份已损坏：{damaged[0]} 与记录的校验值不符，没有恢复任何内容")
    return list(digests)


def _require_inside(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or path.parts[0] in _MADE:
        raise ValueError(name)


def _differs(new: Path, old: Path) -> bool:
    return old.exists() and _content(new) != _content(old)


def _content(path: Path) -> str:
    """What a file says: two copies of one SQLite base differ in bytes that say nothing."""
    if path.suffix != ".sqlite":
        return _digest(path)
    try:
        with closing(sqlite3.connect(path)) as base:
            return sha256("".join(base.iterdump()).encode()).hexdigest()
    except sqlite3.DatabaseError:
        # A damaged base is what a backup is restored for; it says nothing but its bytes.
        return _digest(path)


def _moved_aside(data: Path, names: list[str]) -> Path | None:
    if not names:
        return None
    number = 1 + sum(1 for _ in data.glob(f"{_ASIDE}-*"))
    aside = data / f"{_ASIDE}-{number}"
    for name in names:
        target = aside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (data / name).replace(target)
    return aside
