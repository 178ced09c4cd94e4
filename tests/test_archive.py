"""Archives with many filings: each entry is a filing of its own, under the name its writer gave it."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from filings import page
from ooxml import docx, paragraph
from test_build import Office
from test_command_line import run

from etl import archive
from etl.archive import Entry

WHITE, BLACK = page(), page("云岭县黑石乡人民政府")


def packed(entries: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip as Windows in China writes it: names in GBK, and no mark that says so."""
    buffer = io.BytesIO()
    names = {}
    with zipfile.ZipFile(buffer, "w", method) as file:
        for number, (name, content) in enumerate(entries.items()):
            raw = name.encode("gb18030")
            placeholder = f"{number:04d}".ljust(len(raw), "x")
            names[placeholder.encode()] = raw
            file.writestr(placeholder, content)
    data = buffer.getvalue()
    for written, raw in names.items():
        data = data.replace(written, raw)
    return data


def entries(data: bytes) -> tuple[Entry, ...]:
    return archive.entries(io.BytesIO(data))


def paths(data: bytes) -> list[str]:
    return [entry.path for entry in entries(data)]


def refusal(data: bytes) -> str:
    (entry,) = entries(data)
    return entry.refusal


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_each_entry_of_an_archive_becomes_a_report_that_says_where_it_lay(office: Office) -> None:
    office.put("2023/全县年报.zip", packed({"年报/白石镇.html": WHITE, "年报/黑石乡.html": BLACK}))
    tally = office.build()
    assert (tally.files, tally.read, tally.reports, tally.problems) == (2, 2, 2, [])
    assert office.ask(
        "select path, government, year from filings join reports using (sha256) order by all"
    ) == [
        ("2023/全县年报.zip/年报/白石镇.html", "白石镇人民政府", 2023),
        ("2023/全县年报.zip/年报/黑石乡.html", "黑石乡人民政府", 2023),
    ]


@pytest.mark.parametrize("name", ["云岭县/2022年.zip", "云岭县/2022.zip", "2022/云岭县.ZIP"])
def test_year_and_county_may_stand_only_in_the_name_of_the_archive(office: Office, name: str) -> None:
    office.put(name, packed({"白石镇.html": page("", None)}))
    office.build()
    assert office.ask("select county, government, year from reports") == [("云岭县", "白石镇人民政府", 2022)]


def test_an_entry_of_a_changed_archive_that_was_read_before_is_not_read_again(office: Office) -> None:
    office.put("年报.zip", packed({"白石镇.html": WHITE}))
    office.build()
    office.put("年报.zip", packed({"黑石乡.html": BLACK, "白石镇.html": WHITE}))
    tally = office.build()
    assert (tally.read, tally.reports) == (1, 2)


def test_an_archive_that_did_not_change_is_not_opened_again(office: Office) -> None:
    file = office.put("年报.zip", packed({"白石镇.html": WHITE}))
    office.build()
    times = file.stat()
    file.write_bytes(b"\0" * times.st_size)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    office.put("黑石乡.html", BLACK)
    assert (office.build().reports, office.build().unchanged) == (2, True)


def test_the_same_filing_in_and_beside_an_archive_counts_once(office: Office) -> None:
    office.put("白石镇.html", WHITE)
    office.put("年报.zip", packed({"白石镇.html": WHITE}))
    tally = office.build()
    assert tally.reports == 1
    assert [(path, problem.kind) for path, problem in tally.problems] == [("白石镇.html", "duplicate-file")]


def test_an_entry_that_cannot_be_had_is_a_problem_and_the_others_are_read(office: Office) -> None:
    office.put(
        "年报.zip",
        packed(
            {"白石镇.html": WHITE, "大.txt": b"0" * 61_000_000, "公章.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}
        ),
    )
    tally = office.build()
    assert tally.reports == 1
    assert sorted((path, problem.kind) for path, problem in tally.problems) == [
        ("年报.zip/公章.png", "unreadable"),
        ("年报.zip/大.txt", "unreadable"),
    ]
    assert office.ask("select detail from problems where path like '%大%'")[0][0].startswith("文件解压后大得")


def test_names_are_read_as_they_were_written() -> None:
    assert paths(packed({"联通路街道.txt": "", "云岭县/白石镇.txt": ""})) == [
        "云岭县/白石镇.txt",
        "联通路街道.txt",
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("白石镇.txt", "")
    marked = buffer.getvalue()
    unmarked = marked.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00")
    unmarked = unmarked.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00")
    assert unmarked != marked
    assert paths(marked) == paths(unmarked) == ["白石镇.txt"]


def test_names_that_climb_or_hide_are_only_names() -> None:
    names = {"../../etc/白石镇.txt": "", "/root/a.txt": "", "C:\\年报\\b.txt": "", "\u202e镇.txt": ""}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in (*names, "__MACOSX/._a.txt", "年报/~$a.docx", ".git/config", "年报/"):
            file.writestr(name, "")
    assert paths(buffer.getvalue()) == ["C:/年报/b.txt", "etc/白石镇.txt", "root/a.txt", "镇.txt"]


def test_a_word_file_is_no_archive_and_word_files_stored_in_one_are_its_entries() -> None:
    word = docx(paragraph("年报"))
    data = packed({"word/白石镇.docx": word, "黑石乡.docx": word}, zipfile.ZIP_STORED)
    assert not archive.is_archive(io.BytesIO(word))
    assert archive.is_archive(io.BytesIO(data))
    assert paths(data) == ["word/白石镇.docx", "黑石乡.docx"]


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not(office: Office) -> None:
    inner = packed({"白石镇.html": WHITE})
    office.put("县.zip", packed({"镇.zip": inner}))
    office.build()
    assert office.ask("select path from filings") == [("县.zip/镇.zip/白石镇.html",)]
    assert "多层" in refusal(packed({"乡.zip": packed({"镇.zip": inner})}))


def test_limits_are_said_in_a_sentence() -> None:
    assert "2000 个" in refusal(packed({f"{number}.txt": "" for number in range(2001)}))
    large = bytearray(packed({f"{number}.txt": "" for number in range(21)}))
    at = large.find(b"PK\x01\x02")
    while at >= 0:
        large[at + 24 : at + 28] = (50_000_000).to_bytes(4, "little")
        at = large.find(b"PK\x01\x02", at + 1)
    assert "1000 MB" in refusal(bytes(large))
    assert "没有年报" in refusal(packed({"年报/": ""}))


def test_a_locked_or_broken_entry_is_refused_and_named() -> None:
    data = bytearray(packed({"白石镇.html": WHITE, "黑石乡.html": BLACK}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    first, second = entries(bytes(data))
    assert ("密码" in first.refusal, first.sha256) == (True, "")
    assert second.sha256
    broken = bytearray(packed({"白石镇.html": WHITE}))
    broken[60:90] = b"\xff" * 30
    assert "损坏" in refusal(bytes(broken))


def test_an_archive_within_may_not_swell_beyond_the_whole_limit() -> None:
    swelling = packed({f"{number}.txt": bytes(4_000_000) for number in range(90)})
    found = entries(packed({f"{number}.zip": swelling + bytes([number]) for number in range(4)}))
    assert [entry.path for entry in found if "1000 MB" in entry.refusal]
    assert sum(entry.size for entry in found) <= 1_000_000_000


def test_show_reads_every_entry(tmp_path: Path) -> None:
    file = tmp_path / "年报.zip"
    file.write_bytes(packed({"白石镇.html": WHITE, "黑石乡.html": BLACK, "说明.txt": "请查收"}))
    done = run("show", file)
    assert done.returncode == 2
    assert "年报.zip/白石镇.html\n云岭县白石镇人民政府 2023 年" in done.stdout
    assert "年报.zip/黑石乡.html" in done.stdout
    assert "年报.zip/说明.txt：" in done.stderr
