"""From a folder of filings to a published database: incremental, idempotent, atomic, and never lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filings import page

from etl import store
from etl.build import Busy, Tally, build
from etl.folders import Folder

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Office:
    """A county office's folder of filings with its database."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "database"

    def put(self, path: str, content: str | bytes) -> Path:
        file = self.root / "reports" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def build(self) -> Tally:
        folder = Folder(self.root / "reports", self.root / "governments.csv", self.root / "manifest.csv")
        return build((folder,), self.database, self.root / "cache" / "readings.sqlite")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        current = store.published(self.database)
        assert current
        with store.attach(current.path) as base:
            return base.execute(query).fetchall()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.put("2023/白石镇.html", page())
    office.put("2023/黑石乡.html", page("云岭县黑石乡人民政府"))
    return office


def test_filings_become_reports_with_all_their_cells(office: Office) -> None:
    tally = office.build()
    assert (tally.files, tally.read, tally.reports) == (2, 2, 2)
    assert office.ask("select county, government, year, form, current from reports") == [
        ("云岭县", "白石镇人民政府", 2023, "2021", True),
        ("云岭县", "黑石乡人民政府", 2023, "2021", True),
    ]
    assert office.ask("select count(*), sum(value) from facts")[0][0] == 2 * 200


def test_a_build_without_changes_leaves_the_database_alone(office: Office) -> None:
    office.build()
    before = store.published(office.database)
    tally = office.build()
    assert tally.unchanged
    assert store.published(office.database) == before


def test_only_what_changed_is_read_again(office: Office) -> None:
    office.build()
    office.put("2022/白石镇.html", page(year=2022))
    assert office.build().read == 1
    assert office.ask("select year from reports order by all") == [(2022,), (2023,), (2023,)]


def test_a_renamed_file_is_not_read_again(office: Office) -> None:
    office.build()
    (office.root / "reports/2023/白石镇.html").rename(office.root / "reports/2023/白石.html")
    assert office.build().read == 0


def test_two_builds_of_the_same_filings_hold_the_same(office: Office) -> None:
    office.build()
    query = "select * exclude (report_id) from facts order by all"
    before = office.ask(query)
    shutil.rmtree(office.database)
    shutil.rmtree(office.root / "cache")
    office.build()
    assert office.ask(query) == before


def test_bad_files_are_rows_and_the_others_are_read(office: Office) -> None:
    office.put("empty.docx", b"")
    office.put("program.pdf", b"MZ" + bytes(200))
    office.put("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    office.put("notice.txt", "关于做好年度报告编制工作的通知")
    tally = office.build()
    assert tally.reports == 2
    rows = office.ask("select path, kind, detail from problems where kind in ('unreadable', 'unknown-form')")
    assert {path for path, _, _ in rows} == {"empty.docx", "program.pdf", "cut.pdf", "notice.txt"}
    assert all(detail.strip() and len(detail.splitlines()) == 1 for _, _, detail in rows)
    statuses = dict(office.ask("select path, status from filings"))
    assert statuses["notice.txt"] == "unknown_form"
    assert statuses["program.pdf"] == "unreadable"


def test_a_filing_without_a_year_waits_for_a_ruling(office: Office) -> None:
    office.put("黄石镇.html", page("云岭县黄石镇人民政府", year=None))
    office.build()
    assert office.ask("select status from filings where path = '黄石镇.html'") == [("unidentified",)]
    (office.root / "manifest.csv").write_text("filing,year\n黄石镇.html,2021\n", encoding="utf-8")
    office.build()
    assert office.ask("select year from reports where government = '黄石镇人民政府'") == [(2021,)]


def test_a_refiling_replaces_and_keeps_the_earlier_one(office: Office) -> None:
    cell = {("proactive", "licensing", "decisions"): "7"}
    office.put("a/青石镇.html", page("云岭县青石镇人民政府", published="2024-01-20"))
    office.put("b/青石镇.html", page("云岭县青石镇人民政府", figures=cell, published="2024-01-10"))
    office.build()
    rows = office.ask("""
        select path, current, refiling from reports join filings using (sha256)
        where government = '青石镇人民政府' order by refiling
    """)
    assert rows == [("b/青石镇.html", False, 1), ("a/青石镇.html", True, 2)]
    assert not office.ask("select * from problems where kind = 'refiling-order'")


def test_refilings_without_dates_need_a_person(office: Office) -> None:
    office.put("again.html", page(prose="更正后重新报送。"))
    office.build()
    assert office.ask("select path from problems where kind = 'refiling-order'") == [("again.html",)]


def test_a_copy_of_a_file_is_counted_once(office: Office) -> None:
    office.put("2023/copy.html", page())
    office.build()
    assert office.ask("select count(*) from reports") == [(2,)]
    assert office.ask("select path from problems where kind = 'duplicate-file'") == [("2023/白石镇.html",)]


def test_a_year_is_held_against_the_year_before(office: Office) -> None:
    office.put("broken.html", page("云岭县赤石镇人民政府", figures={("requests", "received", "total"): "3"}))
    office.build()
    rows = office.ask(
        "select check_id, expected, actual from findings where schedule = 'requests' order by check_id"
    )
    assert [row[0] for row in rows] == ["requests-balance", "requests-row-total"]


def test_a_wrong_register_stops_the_build_and_keeps_the_database(office: Office) -> None:
    office.build()
    (office.root / "governments.csv").write_text("county,name,level\n云岭县,,township\n", encoding="utf-8")
    with pytest.raises(ValueError, match="第 2 行"):
        office.build()
    assert office.ask("select count(*) from reports") == [(2,)]


def test_who_is_on_the_register_and_has_not_filed_is_missing(office: Office) -> None:
    register = "county,name,level\n云岭县,白石镇人民政府,township\n云岭县,青石镇人民政府,township\n"
    (office.root / "governments.csv").write_text(register, encoding="utf-8")
    office.build()
    assert office.ask("select government, status from submissions order by all") == [
        ("白石镇人民政府", "read"),
        ("青石镇人民政府", "missing"),
        ("黑石乡人民政府", "read"),
    ]


def test_a_damaged_cache_is_filled_again(office: Office) -> None:
    office.build()
    (office.root / "cache/readings.sqlite").write_bytes(b"no database" * 1000)
    for name in ("readings.sqlite-wal", "readings.sqlite-shm"):
        (office.root / "cache" / name).unlink(missing_ok=True)
    office.put("2022/白石镇.html", page(year=2022))
    assert office.build().read == 3


def test_a_cache_of_an_earlier_layout_is_filled_again(office: Office) -> None:
    office.build()
    with sqlite3.connect(office.root / "cache/readings.sqlite") as base:
        base.execute("drop table readings")
        base.execute("create table readings (sha256 text, value blob)")
        base.execute("pragma user_version = 1")
    office.put("2022/白石镇.html", page(year=2022))
    assert office.build().read == 3


def test_a_second_build_at_the_same_time_is_told_to_wait(office: Office) -> None:
    office.build()
    from filelock import FileLock

    with FileLock(office.database / "lock"), pytest.raises(Busy, match="正在进行"):
        office.build()


def test_a_reader_keeps_its_build_until_it_asks_again(office: Office) -> None:
    office.build()
    before = store.published(office.database)
    assert before
    with store.attach(before.path) as base:
        office.put("2022/白石镇.html", page(year=2022))
        office.build()
        assert base.execute("select count(*) from reports").fetchall() == [(2,)]
    assert office.ask("select count(*) from reports") == [(3,)]


def test_readers_see_whole_builds_while_builds_are_published(office: Office) -> None:
    office.build()
    counts: list[int] = []
    failures: list[Exception] = []
    done = threading.Event()

    def keep_reading() -> None:
        while not done.wait(0.005):
            try:
                counts.append(office.ask("select count(*) from reports")[0][0])
            except (OSError, duckdb.Error) as error:
                failures.append(error)

    readers = [threading.Thread(target=keep_reading) for _ in range(3)]
    for reader in readers:
        reader.start()
    for year in range(2015, 2020):
        office.put(f"{year}.html", page(year=year))
        office.build()
    done.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert set(counts) <= set(range(2, 8))
    assert office.ask("select count(*) from reports") == [(7,)]


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a POSIX signal")
def test_a_killed_build_leaves_the_previous_database(office: Office) -> None:
    office.build()
    for year in range(2000, 2022):
        office.put(f"{year}/白石镇.html", page(year=year))
    command = [sys.executable, "-m", "etl", "build", "--no-sample", "--reports", str(office.root / "reports")]
    command += ["--database", str(office.database), "--cache", str(office.root / "cache" / "readings.sqlite")]
    for delay in (0.3, 0.8, 1.6):
        with subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(delay)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        assert office.ask("select count(*) from reports") in ([(2,)], [(24,)])
    office.build()
    assert office.ask("select count(*) from reports") == [(24,)]
    assert not list(office.database.glob("*.part*"))


def test_a_ruling_on_a_file_that_is_not_there_is_told(office: Office) -> None:
    (office.root / "manifest.csv").write_text("filing,year\n白石镇.html,2022\n", encoding="utf-8")
    ((name, problem),) = office.build().problems
    assert (name, problem.kind) == ("白石镇.html", "ruling-unmatched")
    assert office.ask("select sha256, path, kind from problems") == [
        (None, "白石镇.html", "ruling-unmatched")
    ]


def test_a_ruling_may_name_a_second_copy_and_write_its_path_as_windows_does(office: Office) -> None:
    office.put("2024/白石镇.html", page())
    (office.root / "manifest.csv").write_text("filing,year\n2024\\白石镇.html,2022\n", encoding="utf-8")
    assert [problem.kind for _, problem in office.build().problems] == ["duplicate-file"]
    assert office.ask("select path from reports join filings using (sha256) where year = 2022") == [
        ("2023/白石镇.html",)
    ]


def test_two_rulings_on_one_filing_are_refused_with_their_rows(office: Office) -> None:
    office.put("白石镇.html", page())
    (office.root / "manifest.csv").write_text("filing,year\na.html,2022\na.html,2023\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"manifest.csv 第 3 行与第 2 行说的都是“a.html”"):
        office.build()
