"""Filings put among the reports, and taken out again: all of a batch or nothing, with who did it and why."""

import csv
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path

from filelock import FileLock, Timeout

from etl import folders
from etl.export import safe
from etl.folders import Folder
from etl.intake import Refused, batch, history, unkept
from etl.intake.batch import Understood
from etl.intake.history import Event
from etl.intake.understanding import stored_path
from etl.ledger import Taken, Unkept
from etl.named import is_county_level
from etl.register import Ruling, decoded, rulings

_COLUMNS = ("filing", "government", "county", "year", "published", "note")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()·、〇]{2,60}")
_YEARS = range(2008, 2100)
_PATIENCE = 60
_PART, _OLD = ".part", ".old"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filing that a person accepts, with whose it is, the year and the date as the person leaves them.

    `ruled` says that the person decided, so that the manifest has to carry it.
    """

    file: Understood
    government: str
    county: str
    year: int | None
    published: str = ""
    ruled: bool = False

    @property
    def path(self) -> str:
        """Where it will lie below the reports."""
        return stored_path(self.file, self.county, self.year or 0)


def fault(wanted: Wanted) -> str:
    """The sentence that says what is still missing or wrong; empty when nothing is."""
    if not _NAME.fullmatch(wanted.government):
        return "请写明单位全称（只用汉字、字母、数字和括号）"
    if not wanted.county and not is_county_level(wanted.government):
        return "请写明所属的县（市、区）"
    if wanted.county and not _NAME.fullmatch(wanted.county):
        return "县（市、区）的名称里有不该有的字符"
    if wanted.year not in _YEARS:
        return f"请写明年报的年度（{_YEARS[0]} 年以后）"
    if wanted.published:
        try:
            date.fromisoformat(wanted.published)
        except ValueError:
            return f"公布日期“{wanted.published}”应写成 2025-01-31 的样子"
    return ""


def accept(folder: Folder, place: Path, wanted: Sequence[Wanted], who: str) -> None:
    """Put filings of the batch `place` among the reports, all or none. Raises Refused."""
    for one in wanted:
        if fault(one):
            raise Refused(f"{one.file.name}：{fault(one)}")
    with _told(), _one_at_a_time(folder):
        targets = {folder.filings / one.path: batch.content(place, one.file.content) for one in wanted}
        parts = [(target.with_name(f".{target.name}{_PART}"), target) for target in targets]
        try:
            for part, target in parts:
                _copy(targets[target], part)
            about = {one.file.sha256 for one in wanted}
            with (
                history.recording([_accepted(one, who) for one in wanted]),
                _ruled(folder, about, _rulings(wanted)),
            ):
                _put_in_place(parts)
        finally:
            for part, _ in parts:
                part.unlink(missing_ok=True)


def withdraw(folder: Folder, sha256: str, who: str, why: str) -> None:
    """Take a filing that was put in by mistake out of the reports; it is kept aside. Raises Refused.

    A file with other reports that count stays where it is.
    """
    with _told(), _one_at_a_time(folder):
        standing = history.standing()
        event = standing.pop(sha256, None)
        source = folder.filings / event.path if event else None
        if event is None or source is None or not source.is_file():
            raise Refused("这份文件不在导入的年报里，可能已经撤回了；没有改动任何内容")
        with _legible():
            ledger = folders.ledger(folder)
        corrected = [entry.place for entry in ledger if entry.filing in (sha256, event.path)]
        if corrected:
            raise Refused(f"{corrected[0]} 更正过这份年报，请先删去那一行再撤回")
        stays = any(other.path == event.path for other in standing.values())
        with (
            history.recording([replace(event, what=history.WITHDRAWN, who=who, note=why)]),
            _ruled(folder, {sha256}, ()),
        ):
            if not stays:
                _put_aside(source, folder.filings.parent / "withdrawn" / event.path)


def _put_aside(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _accepted(one: Wanted, who: str) -> Event:
    whose = (one.government, one.county, one.year or 0)
    return Event(history.ACCEPTED, one.file.sha256, one.path, one.file.name, *whose, who)


@contextmanager
def _one_at_a_time(folder: Folder) -> Iterator[None]:
    folder.filings.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.filings / ".intake.lock", timeout=_PATIENCE):
        yield


@contextmanager
def _told() -> Iterator[None]:
    """What the disk or the record refuses, in one sentence."""
    try:
        yield
    except Timeout as error:
        raise Refused("另一个人正在导入，请稍后再试；没有改动任何内容") from error
    except OSError as error:
        raise Refused(f"{unkept(error)}后再试；没有改动任何内容") from error
    except (Taken, Unkept) as error:
        raise Refused("记录导入的数据库写不进去，请稍后再试；没有改动任何内容") from error


def _copy(source: Path, part: Path) -> None:
    """The filing's bytes beside their place, under a name that no build looks at, safely on the disk."""
    part.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read, part.open("wb") as copy:
        shutil.copyfileobj(read, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _put_in_place(parts: Sequence[tuple[Path, Path]]) -> None:
    """Give each filing its name; none of them where one cannot have it."""
    new = [target for _, target in parts if not target.exists()]
    try:
        for part, target in parts:
            part.replace(target)
    except OSError:
        for target in new:
            target.unlink(missing_ok=True)
        raise


@contextmanager
def _ruled(folder: Folder, about: set[str], new: Sequence[Ruling]) -> Iterator[None]:
    """The manifest with `new` rulings on the filings `about`; as it was when what is done within does not succeed."""
    path, part, old = (folder.manifest.with_name(folder.manifest.name + end) for end in ("", _PART, _OLD))
    before = _manifest(path)
    after = with_rulings(before, about, new)
    if after == before:
        yield
        return
    part.write_text(after, encoding="utf-8-sig", newline="")
    existed = path.exists()
    if existed:
        shutil.copy2(path, old)
    part.replace(path)
    try:
        yield
    except OSError:
        if existed:
            old.replace(path)
        else:
            path.unlink()
        raise
    old.unlink(missing_ok=True)


def _manifest(path: Path) -> str:
    """The manifest's text, empty where there is none. Raises Refused for one that cannot be read."""
    if not path.exists():
        return ""
    with _legible():
        text = decoded(path.read_bytes(), path.name)
        rulings(text, path.name)
    return text


@contextmanager
def _legible() -> Iterator[None]:
    """What is wrong in a file that people keep, in its own sentence."""
    try:
        yield
    except ValueError as error:
        raise Refused(f"{error}；没有改动任何内容") from error


def _rulings(wanted: Sequence[Wanted]) -> list[Ruling]:
    return [_ruling(one) for one in wanted if one.ruled or not one.file.by_itself]


def _ruling(one: Wanted) -> Ruling:
    note = f"导入时写明；原文件名：{one.file.name}"
    return Ruling(one.file.sha256, one.government, one.county, one.year, one.published, note)


def with_rulings(manifest: str, about: set[str], new: Sequence[Ruling]) -> str:
    """The manifest with `new` in the place of what it said about the filings `about`; other rows stay as they are."""
    reader = csv.DictReader(StringIO(manifest, newline=None))
    columns = [
        *(reader.fieldnames or ()),
        *(name for name in _COLUMNS if name not in (reader.fieldnames or ())),
    ]
    rows = list(reader)
    kept = [row for row in rows if row["filing"] not in about]
    if not new and kept == rows:
        return manifest
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(kept)
    writer.writerows({name: safe(getattr(ruling, name)) or "" for name in _COLUMNS} for ruling in new)
    return text.getvalue()
