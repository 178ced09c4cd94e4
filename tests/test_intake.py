"""Filings on their way in: understood before they count, stored by content, settled by people, never lost."""

import errno
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from filings import page

from dashboard import importing
from etl import backup, folders, places, store
from etl.base import pointer
from etl.intake import Refused, accepting, batch, history, task, understanding
from etl.intake.accepting import Wanted, with_rulings
from etl.intake.batch import Understood
from etl.register import Ruling

ROOT = Path(__file__).resolve().parents[1]
ONE = page(published="2024-01-20").encode()
NAMELESS = page(government="白石镇", year=None).encode()
ZIP = BytesIO()
with zipfile.ZipFile(ZIP, "w") as written:
    written.writestr("年报/清泉乡.html", page(government="云岭县清泉乡人民政府"))
    written.writestr("说明.txt", "今天下午开会。")


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of an office of its own, empty."""
    for name in ("OVERSIGHT_DATABASE", "OVERSIGHT_CACHE", "OVERSIGHT_DECISIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    return tmp_path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def received(*files: tuple[str, bytes]) -> tuple[Path, dict[str, Understood]]:
    place = batch.create(places.incoming())
    batch.put(place, files)
    understanding.understand(place, (), {}, lambda: ThreadPoolExecutor(1))
    return place, {file.name: file for file in batch.understood(place)}


def as_read(file: Understood) -> Wanted:
    return Wanted(file, file.government, file.county, file.year, file.published)


def put_in(place: Path, files: Sequence[Understood], who: str = "王敏") -> None:
    accepting.accept(places.own(), place, [as_read(file) for file in files], who)


def reports(office: Path) -> list[Path]:
    return sorted(path for path in (office / "reports").rglob("*.*") if not path.name.startswith("."))


def test_uploads_are_understood_and_nothing_counts_yet(office: Path) -> None:
    place, files = received(("甲.html", ONE), ("包.zip", ZIP.getvalue()), ("坏.docx", b"PK\x03\x04 no"))
    assert set(files) == {"甲.html", "包.zip/年报/清泉乡.html", "包.zip/说明.txt", "坏.docx"}
    one = files["甲.html"]
    assert (one.government, one.county, one.year) == ("白石镇人民政府", "云岭县", 2023)
    assert (one.form, one.published, one.doubtful) == ("2021", "2024-01-20", ())
    assert one.cells > 150
    assert "不是政府信息公开工作年度报告" in files["包.zip/说明.txt"].refusal
    assert "文件不完整" in files["坏.docx"].refusal
    assert task.state(place) and task.state(place).name == "done"  # type: ignore[union-attr]
    assert not (office / "reports").exists()


def test_accepted_filings_lie_under_a_path_of_our_own_making(office: Path) -> None:
    name = "../../../../etc/cron.d/=cmd|'x'!A1\u202e2019年.html"
    place, files = received((name, ONE))
    (file,) = files.values()
    put_in(place, [file])
    (stored,) = reports(office)
    assert stored.read_bytes() == ONE
    assert stored.relative_to(office / "reports").parent == Path("云岭县/2023")
    assert stored.stem.isalpha() and stored.suffix == ".html"
    (event,) = history.events()
    assert (event.name, event.who) == ("etc/cron.d/=cmd|'x'!A12019年.html", "王敏")
    assert not (office / "manifest.csv").exists()


def test_the_build_that_follows_counts_them(office: Path) -> None:
    place = batch.create(places.incoming())
    batch.put(place, [("甲.html", ONE), ("包.zip", ZIP.getvalue())])
    assert run("receive", str(place)).stderr == ""
    put_in(place, [file for file in batch.understood(place) if not file.refusal])
    done = run("publish", "--no-sample")
    assert (done.returncode, done.stderr) == (0, "")
    state = task.state(places.incoming())
    assert state and (state.name, state.total) == ("done", 2)


def test_what_only_a_person_can_settle_goes_into_the_manifest(office: Path) -> None:
    (office / "manifest.csv").write_text(
        "filing,government,year\r\nold.doc,某镇人民政府,2020\r\n", "utf-8-sig"
    )
    place, files = received(("x.html", NAMELESS))
    (file,) = files.values()
    assert file.unsettled
    with pytest.raises(Refused, match=r"x.html：请写明"):
        put_in(place, [file])
    settled = Wanted(file, "白石镇人民政府", "云岭县", 2022, "2023-02-01", ruled=True)
    accepting.accept(places.own(), place, [settled], "王敏")
    rulings = folders.manifest(places.own())
    assert rulings["old.doc"] == Ruling("old.doc", "某镇人民政府", year=2020)
    ruling = rulings[file.sha256]
    assert (ruling.government, ruling.county, ruling.year) == ("白石镇人民政府", "云岭县", 2022)
    assert ruling.published == "2023-02-01" and "x.html" in ruling.note


def test_what_only_the_files_own_name_said_is_not_lost_with_the_name(office: Path) -> None:
    place, files = received(("云岭县白石镇人民政府2021年年报.html", page(year=None).encode()))
    (file,) = files.values()
    assert (file.year, file.unsettled) == (2021, ())
    put_in(place, [file])
    assert run("publish", "--no-sample").returncode == 0
    query = "select government, county, year from reports"
    with store.attach(pointer.published(places.database()).path) as base:  # type: ignore[union-attr]
        assert base.execute(query).fetchall() == [("白石镇人民政府", "云岭县", 2021)]


def test_a_filing_that_nobody_could_place_is_settled_where_it_lies_and_is_no_copy(office: Path) -> None:
    (office / "reports").mkdir()
    (office / "reports" / "x.html").write_bytes(NAMELESS)
    assert filed() == []
    place, files = received(("x.html", NAMELESS))
    (file,) = files.values()
    accepting.accept(
        places.own(), place, [Wanted(file, "白石镇人民政府", "云岭县", 2022, ruled=True)], "王敏"
    )
    assert filed() == [("白石镇人民政府", 2022)]
    with store.attach(pointer.published(places.database()).path) as base:  # type: ignore[union-attr]
        assert base.execute("select * from problems").fetchall() == []
    accepting.withdraw(places.own(), file.sha256, "李四", "传错了")
    assert filed() == []


def test_what_was_not_read_surely_is_told_file_by_file(office: Path) -> None:
    unsure = page(year=None, figures={("requests", "received", "total"): "3 8"}).replace("对外公开", "x")
    _, files = received(("2021/白石镇.html", unsure.encode()))
    (file,) = files.values()
    assert "按文件名或文件夹定为 2021 年" in file.doubtful[0]
    assert "难辨：收到和处理政府信息公开申请情况“本年新收政府信息公开申请数量”（总计） 3 8" in file.doubtful


def test_a_formula_in_a_files_name_stays_text_in_the_manifest() -> None:
    text = with_rulings("", {"a"}, [Ruling("a", "甲镇", note="=1+1")])
    assert "'=1+1" in text
    assert with_rulings(text, {"a"}, []).count("\n") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"government": "=HYPERLINK(1)"}, "单位全称"),
        ({"government": ""}, "单位全称"),
        ({"government": "<b>镇</b>"}, "单位全称"),
        ({"county": "../.."}, "不该有的字符"),
        ({"county": ""}, "所属的县"),
        ({"year": 1900}, "年度"),
        ({"published": "明天"}, "公布日期"),
    ],
)
def test_a_settlement_that_cannot_be_is_told_in_a_sentence(change: dict[str, object], sentence: str) -> None:
    said = {"government": "甲镇人民政府", "county": "云岭县", "year": 2023, "published": ""} | change
    assert sentence in accepting.fault(Wanted(Understood("a", "0" * 64, media_type="text/html"), **said))  # type: ignore[arg-type]


def test_too_many_files_are_refused_with_the_limit() -> None:
    place = batch.create(places.incoming())
    with pytest.raises(Refused, match="一次最多 500 个文件"):
        batch.put(place, [("a", b"")] * 501)


def test_a_full_disk_changes_nothing(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, files = received(("甲.html", ONE), ("包.zip", ZIP.getvalue()))
    sync, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="磁盘已满"):
        put_in(place, [file for file in files.values() if not file.refusal])
    assert [
        path for path in (office / "reports").rglob("*") if path.is_file() and path.name != ".intake.lock"
    ] == []
    assert history.events() == ()


@pytest.mark.skipif(os.name != "posix", reason="forks, signals and limits are POSIX")
@pytest.mark.parametrize("most", [400, 2_000])
def test_a_disk_that_fills_while_uploads_are_read_is_told_and_what_was_read_before_stands(
    office: Path, most: int
) -> None:
    place = batch.create(places.incoming())
    batch.put(place, [("小.pdf", b"%PDF"), ("甲.html", ONE)])
    limits = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))"
    command = f"{limits}; from etl.__main__ import main; raise SystemExit(main(['receive', {str(place)!r}]))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    state = task.state(place)
    assert state and state.name == "refused"
    assert state.message == "读取没有完成：磁盘已满，请腾出空间，再把没有读完的文件重新上传"
    assert {file.name for file in batch.understood(place)} <= {"小.pdf"}


def test_uploads_that_the_disk_does_not_take_leave_nothing(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "0001":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        importing.receive([("甲.html", ONE), ("乙.html", NAMELESS)])
    assert list(places.incoming().iterdir()) == []


@pytest.mark.parametrize("hours", [-5, 5])
def test_work_that_never_started_is_told_whatever_the_clock_says(tmp_path: Path, hours: int) -> None:
    task.tell(tmp_path, "starting")
    told = json.loads((tmp_path / "state.json").read_text("utf-8"))
    (tmp_path / "state.json").write_text(json.dumps(told | {"at": told["at"] + hours * 3600}), "utf-8")
    state = task.state(tmp_path)
    assert state and state.name == "died"


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(office: Path) -> None:
    place, files = received(("甲.html", ONE))
    (office / "reports").mkdir()
    (office / "reports" / "云岭县").write_text("in the way")
    with pytest.raises(Refused, match="不能写入"):
        put_in(place, list(files.values()))
    assert history.events() == ()


def test_a_withdrawn_filing_is_moved_aside_and_recorded(office: Path) -> None:
    place, files = received(("甲.html", ONE))
    (file,) = files.values()
    put_in(place, [file])
    accepting.withdraw(places.own(), file.sha256, "李四", "传错了")
    assert reports(office) == []
    (kept,) = [path for path in (office / "withdrawn").rglob("*") if path.is_file()]
    assert kept.read_bytes() == ONE
    assert [(event.what, event.who, event.note) for event in history.events()] == [
        ("accepted", "王敏", ""),
        ("withdrawn", "李四", "传错了"),
    ]
    with pytest.raises(Refused, match="已经撤回"):
        accepting.withdraw(places.own(), file.sha256, "李四", "再撤")
    put_in(place, [file])
    assert len(reports(office)) == 1


def test_a_filing_somebody_corrected_is_not_withdrawn_under_the_correction(office: Path) -> None:
    place, files = received(("甲.html", ONE))
    (file,) = files.values()
    put_in(place, [file])
    head = "filing,metric,read,right,sentence,why,by"
    row = f"{file.sha256},website_items,12,13,全年通过县政府门户网站发布信息12条,看错,王敏"
    for text, said in ((f"{head}\n{row}\n", "第 2 行 更正过"), (f"{head}\nx,,,,,,\n", "第 2 行缺少 metric")):
        (office / "corrections.csv").write_text(text, "utf-8")
        with pytest.raises(Refused, match=f"corrections.csv {said}"):
            accepting.withdraw(places.own(), file.sha256, "李四", "传错了")
    assert len(reports(office)) == 1


def test_a_backup_holds_what_was_imported_and_withdrawn_but_no_uploads(office: Path, tmp_path: Path) -> None:
    place, files = received(("甲.html", ONE), ("包.zip", ZIP.getvalue()))
    good = [file for file in files.values() if not file.refusal]
    put_in(place, good)
    accepting.withdraw(places.own(), good[0].sha256, "李四", "传错了")
    backup.write(office, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as kept:
        names = kept.namelist()
    assert sum(name.startswith("reports/云岭县") for name in names) == 1
    assert sum(name.startswith("withdrawn/") for name in names) == 1
    assert "decisions.sqlite" in names
    assert not [name for name in names if "incoming" in name]


def test_work_whose_process_has_died_is_told_apart_from_work_under_way(tmp_path: Path) -> None:
    assert task.state(tmp_path) is None
    task.tell(tmp_path, "working", 1, 3)
    died = task.state(tmp_path)
    assert died and died.name == "died"
    with task.held(tmp_path, 0):
        alive = task.state(tmp_path)
        assert alive and alive.under_way


def test_an_address_names_no_folder_but_a_batch(office: Path) -> None:
    place = batch.create(places.incoming())
    batch.put(place, [("a", b"x")])
    assert batch.find(places.incoming(), place.name) == place
    for token in ("", "..", "../reports", place.name + "/uploads", "nosuch", "a" * 20_000):
        assert batch.find(places.incoming(), token) is None


def test_of_a_file_with_two_reports_the_accepted_one_counts_alone_until_it_is_withdrawn(office: Path) -> None:
    other = page("云岭县清泉乡人民政府").partition("<body>")[2]
    both = (page().partition("</body>")[0] + other).encode()
    place, files = received(("汇编.html", both))
    assert set(files) == {"汇编.html/第1份", "汇编.html/第2份"}
    put_in(place, [files["汇编.html/第2份"]])
    (kept,) = reports(office)
    assert kept.read_bytes() == both
    assert filed() == [("清泉乡人民政府", 2023)]
    put_in(place, [files["汇编.html/第1份"]])
    assert filed() == [("清泉乡人民政府", 2023), ("白石镇人民政府", 2023)]
    assert reports(office) == [kept]
    accepting.withdraw(places.own(), files["汇编.html/第2份"].sha256, "李四", "重复")
    assert filed() == [("白石镇人民政府", 2023)]
    accepting.withdraw(places.own(), files["汇编.html/第1份"].sha256, "李四", "重复")
    assert (reports(office), folders.manifest(places.own())) == ([], {})


def test_the_reports_of_a_file_keep_their_years_and_are_stored_with_it_once(office: Path) -> None:
    older = page(year=2021).partition("<body>")[2]
    place, files = received(("历年.html", (page().partition("</body>")[0] + older).encode()))
    put_in(place, list(files.values()))
    assert len(reports(office)) == 1
    assert filed() == [("白石镇人民政府", 2021), ("白石镇人民政府", 2023)]


def test_a_manifest_that_cannot_be_read_is_told_and_left_alone(office: Path) -> None:
    place, files = received(("x.html", NAMELESS))
    settled = Wanted(files["x.html"], "白石镇人民政府", "云岭县", 2022, ruled=True)
    for wrong in (b"file,year\r\na.doc,2020\r\n", b"\xff\xfe\x00"):
        (office / "manifest.csv").write_bytes(wrong)
        with pytest.raises(Refused, match=r"manifest\.csv.*没有改动任何内容"):
            accepting.accept(places.own(), place, [settled], "王敏")
        assert (office / "manifest.csv").read_bytes() == wrong
        assert (history.events(), reports(office)) == ((), [])


def test_a_manifest_is_as_it_was_when_the_filings_cannot_be_put_in_place(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = office / "manifest.csv"
    place, files = received(("x.html", NAMELESS))
    settled = Wanted(files["x.html"], "白石镇人民政府", "云岭县", 2022, ruled=True)

    def broken(parts: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(accepting, "_put_in_place", broken)
    for before in (None, "filing,year\r\nold.doc,2020\r\n"):
        if before:
            manifest.write_bytes(before.encode())
        with pytest.raises(Refused):
            accepting.accept(places.own(), place, [settled], "王敏")
        assert (manifest.read_bytes().decode() if manifest.exists() else None) == before
        assert not list(office.glob("manifest.csv.*"))


def filed() -> list[tuple[str, int]]:
    """The reports of the base as it is built now."""
    assert run("build", "--no-sample").returncode == 0
    base = store.published(places.database())
    assert base
    with store.attach(base.path) as opened:
        return opened.execute("select government, year from reports order by government").fetchall()


@pytest.mark.parametrize("at", [0, 1])
def test_filings_of_which_one_cannot_be_put_in_place_come_in_together_the_next_time(
    office: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    place, files = received(("甲.html", ONE), ("乙.html", page("云岭县清泉乡人民政府").encode()))
    moves, moved = Path.replace, [0]

    def broken_off(self: Path, target: Path) -> Path:
        if self.suffix == ".part" and self.parent != office:
            moved[0] += 1
            if moved[0] > at:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        return moves(self, target)

    monkeypatch.setattr(Path, "replace", broken_off)
    with pytest.raises(Refused):
        put_in(place, list(files.values()))
    assert history.events() == () and reports(office) == []
    monkeypatch.setattr(Path, "replace", moves)
    put_in(place, list(files.values()))
    assert len(reports(office)) == len(history.events()) == 2
    assert filed() == [("清泉乡人民政府", 2023), ("白石镇人民政府", 2023)]
