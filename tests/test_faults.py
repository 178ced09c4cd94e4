"""What goes wrong on real machines: a build that dies, a disk that is full, files that are damaged, a clock that lies.

What is published stays whole and served, one sentence says what happened, and the next build mends it by itself.
"""

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filings import page
from offices import Office, contents, divided

from dashboard import db
from etl import store
from etl.base import pointer
from etl.build import Busy, build
from etl.folders import Folder
from etl.store import Unwritable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks, signals and limits are POSIX")

KILLS = int(os.environ.get("OVERSIGHT_KILLS", "6"))
CHOSEN = {"county": "临海县", "first": 0, "last": 9999, "governments": (), "sample": False}


@pytest.fixture
def office(divided_office: Office) -> Office:
    return divided_office


def forked(work: Callable[[], object]) -> int:
    """Do the work in a copy of this process, which writes nothing of its own and never returns."""
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            work()
            ended = 0
        finally:
            os._exit(ended)
    return child


def said_by(work: Callable[[], object], folder: Path) -> str:
    """The one sentence with which the work ends in a process of its own."""
    said = folder / "said"

    def saying() -> None:
        try:
            work()
        except (Unwritable, Busy) as error:
            said.write_text(str(error), encoding="utf-8")

    said.touch(mode=0o666)
    said.chmod(0o666)
    assert os.waitstatus_to_exitcode(os.waitpid(forked(saying), 0)[1]) == 0
    return said.read_text(encoding="utf-8")


def test_a_build_killed_at_any_moment_leaves_a_whole_base(office: Office) -> None:
    begun = time.monotonic()
    office.put("临海县/金沙镇2010.html", page("临海县金沙镇人民政府", 2010))
    office.build()
    whole = time.monotonic() - begun
    chance = random.Random(8)
    killed = 0
    for kill in range(KILLS):
        before = contents(office.published())
        office.put(
            f"临海县/金沙镇{2011 + kill % 12}.html",
            page("临海县金沙镇人民政府", 2011 + kill % 12, prose=f"{kill}条。"),
        )
        child = forked(office.build)
        time.sleep(chance.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            killed += 1
        else:
            whole *= 0.7
        after = contents(office.published())
        changed = {
            division for (division, table) in after if after[division, table] != before[division, table]
        }
        assert changed <= {"4401", "catalogue"}
    assert killed, "every build was done before it could be killed"
    office.build()
    office.build("at once", "another cache.sqlite")
    assert contents(office.published()) == contents(office.published("at once"))
    assert not list(office.database.glob("*.part*"))


def test_a_page_that_is_being_drawn_keeps_to_its_set_while_builds_are_killed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    counties = ("云岭县", "松江县", "临海县")

    def asked() -> list[tuple[db.Row, ...]]:
        return [db.query("filings", **(CHOSEN | {"county": county})) for county in counties]

    was, chance = asked(), random.Random(4)
    with db.one_build():
        for kill in range(4):
            office.put(f"临海县/金沙镇{2011 + kill}.html", page("临海县金沙镇人民政府", 2011 + kill))
            child = forked(office.build)
            time.sleep(chance.uniform(0, 0.3))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            assert asked() == was
        office.build()
        assert asked() == was
    assert [len(rows) for rows in asked()] == [len(was[0]), len(was[1]), len(was[2]) + 4]


@pytest.mark.parametrize("most", [1_000, 30_000, 200_000])
@pytest.mark.parametrize("lost", ["cache.sqlite", "database"])
def test_a_full_disk_is_one_sentence_and_changes_nothing(office: Office, most: int, lost: str) -> None:
    import resource

    before = office.published()
    was = contents(before)
    office.put("临海县/金沙镇2022.html", page("临海县金沙镇人民政府", 2022))
    if lost == "cache.sqlite":
        (office.root / lost).unlink()

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        office.build()

    sentence = said_by(with_little_room, office.root)
    assert "原有数据没有改动" in sentence
    assert len(sentence.splitlines()) == 1
    assert office.published() == before
    assert contents(before) == was
    assert office.build().reports == 5


def test_a_folder_that_may_not_be_written_is_one_sentence() -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        office = divided(root)
        office.put("临海县/金沙镇2022.html", page("临海县金沙镇人民政府", 2022))
        for folder in (root, office.database):
            folder.chmod(0o555)

        def as_nobody() -> None:
            if os.getuid() == 0:
                os.setuid(65534)
            office.build()

        sentence = said_by(as_nobody, root)
        assert "请检查磁盘空间" in sentence
        assert len(sentence.splitlines()) == 1
        assert len(contents(office.published())) > 4
        for folder in (root, office.database):
            folder.chmod(0o755)


def test_reports_that_may_only_be_read_are_built() -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        office = divided(root)
        office.put("临海县/金沙镇2022.html", page("临海县金沙镇人民政府", 2022))
        for path in (root / "reports").rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for path in (root, office.database):
            path.chmod(0o777)
        for path in (*root.glob("cache*"), *office.database.iterdir()):
            path.chmod(0o666)

        def as_nobody() -> None:
            if os.getuid() == 0:
                os.setuid(65534)
            assert office.build().reports == 5

        assert os.waitstatus_to_exitcode(os.waitpid(forked(as_nobody), 0)[1]) == 0
        assert office.build().unchanged


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwritten(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


def of_another_program(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[12:20] = (9999).to_bytes(8, "little")
    path.write_bytes(data)


def another_base(path: Path) -> None:
    others = (
        other for other in sorted(path.parent.glob("*.duckdb")) if other.stat().st_size != path.stat().st_size
    )
    shutil.copyfile(next(others), path)


def all_files(office: Office) -> dict[str, str]:
    """Every file of the base by what it is."""
    compared = {f"province {province}": file for province, file in office.compared().items()}
    return office.files() | compared | {"catalogue": office.published().catalogue.name}


@pytest.mark.parametrize("damage", [Path.unlink, truncated, overwritten, of_another_program, another_base])
@pytest.mark.parametrize("division", ["", "4401", "catalogue", "province 33"])
def test_a_damaged_file_of_the_base_is_made_anew_and_no_other(
    office: Office, damage: Callable[[Path], None], division: str
) -> None:
    was, files = contents(office.published()), all_files(office)
    damage(office.database / files[division])
    assert not office.build().unchanged
    assert contents(office.published()) == was
    after = all_files(office)
    assert {key for key in files if files[key] != after[key]} <= {division, "catalogue"}


def rotten(office: Office, division: str, table: str) -> None:
    """Damage the one block of a partition that holds a table."""
    path = office.published().of_division(division)
    sound = path.read_bytes()
    for start in range(12_288, len(sound), 16_384):
        data = bytearray(sound)
        for at in range(start, min(start + 16_384, len(data)), 64):
            data[at] ^= 0x55
        path.write_bytes(data)
        if store.sound(office.published()).whole:
            with store.attach(path) as base:
                try:
                    base.execute(f"select * from {table}").fetchall()
                except duckdb.Error:
                    return
    pytest.fail(f"no block holds {table} alone")


def test_rot_within_a_file_is_noted_by_who_reads_it_and_mended_by_the_next_build(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    was = contents(office.published())
    rotten(office, "4401", "requests")
    assert store.sound(office.published()).whole, "who only opens the file finds nothing wrong"
    with pytest.raises(duckdb.Error):
        db.query("requests", **CHOSEN)
    assert len(db.query("requests", **(CHOSEN | {"county": "云岭县"}))) > 20
    assert not office.build().unchanged
    assert contents(office.published()) == was
    assert len(db.query("requests", **CHOSEN)) > 20


def test_rot_found_while_a_province_is_compared_is_mended_at_once(office: Office) -> None:
    rotten(office, "3302", "clauses")
    office.put("云岭县/白石镇2022.html", page("云岭县白石镇人民政府", 2022))
    office.build()
    office.build("at once", "another cache.sqlite")
    assert contents(office.published()) == contents(office.published("at once"))


def unopenable(path: Path) -> None:
    """Damage a file's head as a disk does, which leaves no trace on its length and time."""
    left = path.stat()
    of_another_program(path)
    os.utime(path, ns=(left.st_atime_ns, left.st_mtime_ns))


def test_a_partition_that_no_longer_opens_is_noted_by_who_asks_it_and_mended_by_the_next_build(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    was = contents(office.published())
    unopenable(office.published().of_division("4401"))
    assert office.build().unchanged, "a build without a change opens no partition"
    with pytest.raises(duckdb.Error):
        db.query("requests", **CHOSEN)
    assert not office.build().unchanged
    assert contents(office.published()) == was


def test_a_catalogue_that_no_longer_opens_is_noted_by_who_asks_it_and_mended_by_the_next_build(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    unopenable(office.published().catalogue)
    assert office.build().unchanged and db.unusable()
    assert not office.build().unchanged and db.readable()


def test_a_partition_that_no_longer_opens_is_mended_at_once_where_its_province_is_compared(
    office: Office,
) -> None:
    unopenable(office.published().of_division("3302"))
    office.put("云岭县/白石镇2022.html", page("云岭县白石镇人民政府", 2022))
    office.build()
    office.build("at once", "another cache.sqlite")
    assert contents(office.published()) == contents(office.published("at once"))


def test_a_base_brought_back_with_other_times_goes_on_as_it_is(office: Office) -> None:
    files = office.published().files
    for path in files:
        os.utime(path, ns=(0, 1))
    assert office.build().unchanged
    office.put("云岭县/白石镇2022.html", page("云岭县白石镇人民政府", 2022))
    office.build()
    kept = [part for part in office.published().partitions if office.database / part.file in files]
    assert kept and all(part.written == 1 for part in kept), "from now on its times are known"


@pytest.mark.parametrize("schema", [pointer.SCHEMA_VERSION - 1, pointer.SCHEMA_VERSION + 1])
def test_a_base_of_another_version_is_told_and_built_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch, schema: int
) -> None:
    was = contents(office.published())
    for name in ("current", "previous"):
        text = (office.database / "current").read_text(encoding="utf-8")
        named = text.replace(f'"schema": {pointer.SCHEMA_VERSION}', f'"schema": {schema}')
        (office.database / name).write_text(named, encoding="utf-8")
    assert store.published(office.database) is None
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    assert db.unusable()
    office.build()
    assert not db.unusable()
    assert contents(office.published()) == was


def test_a_server_of_the_version_before_goes_on_with_its_own_set_when_a_newer_program_has_built(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    was = contents(office.published())
    assert len(db.query("requests", **CHOSEN)) > 20
    office.put("临海县/金沙镇2022.html", page("临海县金沙镇人民政府", 2022))

    def newer() -> None:
        monkeypatch.setattr(pointer, "SCHEMA_VERSION", pointer.SCHEMA_VERSION + 1)
        assert office.build().reports == 5
        assert office.build().unchanged

    assert os.waitstatus_to_exitcode(os.waitpid(forked(newer), 0)[1]) == 0
    assert f'"schema": {pointer.SCHEMA_VERSION + 1}' in (office.database / "current").read_text("utf-8")
    assert db.readable()
    assert contents(office.published()) == was
    for county in ("临海县", "云岭县", "松江县"):
        assert len(db.query("requests", **(CHOSEN | {"county": county}))) > 20


def test_a_base_that_is_gone_is_built_anew(office: Office) -> None:
    was = contents(office.published())
    shutil.rmtree(office.database)
    assert office.build().read == 0
    assert contents(office.published()) == was


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8])
def test_a_damaged_cache_is_filled_again(office: Office, share: float) -> None:
    was = contents(office.published())
    cache = office.root / "cache.sqlite"
    with sqlite3.connect(cache) as base:
        base.execute("pragma wal_checkpoint(truncate)")
    data = bytearray(cache.read_bytes())
    at = int(len(data) * share)
    data[at : at + 20_000] = b"\xaa" * len(data[at : at + 20_000])
    cache.write_bytes(data)
    shutil.rmtree(office.database)
    office.build()
    assert contents(office.published()) == was


def test_of_two_builds_at_once_one_builds_and_the_base_is_whole(office: Office) -> None:
    office.put("临海县/金沙镇2022.html", page("临海县金沙镇人民政府", 2022))

    def patiently() -> None:
        try:
            office.build()
        except Busy as error:
            assert "正在进行" in str(error)

    children = [forked(patiently) for _ in range(3)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert office.build().unchanged
    assert office.ask("select year from reports order by year", "4401") == [(2022,), (2023,)]


class Changing(Executor):
    """An executor under whose hands files change before they are read, once each."""

    def __init__(self, change: Callable[[str], None]) -> None:
        self._change = change

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            self._change(args[0])
            future.set_result(fn(*args))
        except OSError as error:
            future.set_exception(error)
        return future


def test_a_file_that_changes_while_it_is_read_is_kept_as_what_was_read(office: Office) -> None:
    files = [
        office.put(f"文件{year - 2010}.html", page("临海县金沙镇人民政府", year))
        for year in range(2010, 2016)
    ]

    def change(address: str) -> None:
        if address == str(files[0]):
            files[0].write_text(page("临海县金沙镇人民政府", 2001), encoding="utf-8")
        if address == str(files[1]):
            files[1].unlink()

    folder = Folder(office.root / "reports", office.root / "governments.csv", office.root / "manifest.csv")
    build((folder,), office.database, office.root / "cache.sqlite", make=lambda: Changing(change))
    years = "select year from reports order by year"
    assert office.ask(years, "4401") == [(2001,), (2012,), (2013,), (2014,), (2015,), (2023,)]
    assert office.ask("select path from problems where kind = 'unreadable'") == [("文件1.html",)]
    office.build()
    office.build("at once", "another cache.sqlite")
    assert contents(office.published()) == contents(office.published("at once"))


def test_a_file_that_could_not_be_had_is_tried_again_though_nothing_has_changed(office: Office) -> None:
    files = [office.put(f"{year}.html", page("临海县金沙镇人民政府", year)) for year in range(2010, 2016)]

    def refuse(address: str) -> None:
        if address == str(files[3]):
            raise PermissionError(13, "Permission denied")

    folder = Folder(office.root / "reports", office.root / "governments.csv", office.root / "manifest.csv")
    build((folder,), office.database, office.root / "cache.sqlite", make=lambda: Changing(refuse))
    assert office.ask("select path from problems where kind = 'unreadable'") == [("2013.html",)]
    assert office.build().read == 1
    assert office.build().unchanged
    assert office.ask("select count(*) from reports", "4401") == [(7,)]


def test_a_clock_that_goes_backwards_hides_no_change(office: Office) -> None:
    file = office.put("临海县/金沙镇.html", page("临海县金沙镇人民政府", 2019))
    office.build()
    size = file.stat().st_size
    file.write_text(page("临海县金沙镇人民政府", 2022), encoding="utf-8")
    os.utime(file, (1, 1))
    assert file.stat().st_size == size
    assert office.build().read == 1
    assert office.ask("select year from reports order by year", "4401") == [(2022,), (2023,)]
    os.utime(office.database / "current", (1, 1))
    office.put("临海县/金沙镇2020.html", page("临海县金沙镇人民政府", 2020))
    office.build()
    assert office.ask("select count(*) from reports", "4401") == [(3,)]


@pytest.fixture
def held(office: Office) -> Iterator[tuple[Office, duckdb.DuckDBPyConnection]]:
    with store.attach(office.published().of_division("4401")) as base:
        yield office, base


def test_a_reader_that_holds_the_old_base_reads_it_through_a_hundred_publications(
    held: tuple[Office, duckdb.DuckDBPyConnection],
) -> None:
    office, base = held
    was = base.execute("select * from facts order by all").fetchall()
    for number in range(1_000, 1_100):
        parts = []
        for part in office.published().partitions:
            new = f"oversight-{part.division or '0'}-{number:06d}.duckdb"
            shutil.copyfile(office.database / part.file, office.database / new)
            parts.append(replace(part, file=new))
        store.publish(office.database, number, parts, office.published().comparisons, (), "again")
    assert base.execute("select * from facts order by all").fetchall() == was
    kept = [office.published(), pointer.previous(office.database)]
    assert set(office.database.glob("*.duckdb")) == {path for found in kept if found for path in found.files}
    assert office.ask("select count(*) from reports", "4401") == [(1,)]
