"""What an attacker, or an accident, leaves among the filings and in the files that people keep beside them.

Nothing is let in, nothing is lost unsaid, and whatever is wrong is told in one Chinese sentence.
"""

import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filings import PROSE, page
from offices import Office

from dashboard import boundaries
from etl import backup
from etl.forms import PROACTIVE

ROOT = Path(__file__).resolve().parents[1]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="such files are Linux's")
SENTENCE = re.compile(r"[\u4e00-\u9fff]{4}")
HEADS = {
    "governments.csv": "county,name,level,since,until",
    "manifest.csv": "filing,government,year,published",
    "corrections.csv": "filing,metric,read,right,sentence,why,by",
    "deadlines.csv": "year,date",
}
CORRECTED = "a.html,website_items,12,{},全年通过县政府门户网站发布信息12条,看错,王"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.put("a.html", page())
    return office


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("governments.csv", "云岭县,白石镇,township,²,", "四位数字"),
        ("governments.csv", f"云岭县,白石镇,township,{'9' * 20},", "四位数字"),
        ("governments.csv", f"云岭县,白石镇,township,{'9' * 5000},", "四位数字"),
        ("governments.csv", "云岭县,白石镇,township,0,", "四位数字"),
        ("governments.csv", "云岭县,白石镇,township,2030,2020", "晚于"),
        ("governments.csv", f"云岭县,{'白' * 200_000},township,,", "一格里的字太多"),
        ("governments.csv", '云岭县,"白石镇,township,,\n云岭县,黑石镇,township,,', "引号没有成对"),
        ("governments.csv", "云岭县,白石镇,township,,,又一格", "比第一行的栏名多"),
        ("manifest.csv", "a.html,,,昨天", "第 2 行：日期“昨天”"),
        ("manifest.csv", "a.html,,,2024-13-45", "日期"),
        ("manifest.csv", "a.html,,,20240105", "日期"),
        ("manifest.csv", "a.html,,12,", "四位数字"),
        ("manifest.csv", "a.html,,99999999999,", "四位数字"),
        ("manifest.csv", 'a.html,"某镇,,\nb.html,某乡,,', "引号没有成对"),
        ("manifest.csv", "x\\a.html,,2023,\nx/a.html,,2022,", "只留一行"),
        ("corrections.csv", CORRECTED.format("NaN"), "不是数字"),
        ("corrections.csv", CORRECTED.format("sNaN"), "不是数字"),
        ("corrections.csv", CORRECTED.format("Infinity"), "不是数字"),
        ("corrections.csv", CORRECTED.format("1e999999"), "不是数字"),
        ("corrections.csv", CORRECTED.format("9" * 30), "不是数字"),
        ("corrections.csv", CORRECTED.format("1.23456789"), "不是数字"),
        ("corrections.csv", CORRECTED.format("约"), "不是数字"),
        ("deadlines.csv", f"2023,{'9' * 20}-02-01", "日期"),
        ("deadlines.csv", f"{'9' * 5000},2024-02-01", "四位数字"),
    ],
)
def test_what_is_wrong_in_a_kept_file_is_told_and_nothing_is_built(
    office: Office, name: str, rows: str, said: str
) -> None:
    office.keep(name, f"{HEADS[name]}\n{rows}\n")
    with pytest.raises(ValueError, match=said) as refused:
        office.build()
    assert str(refused.value).startswith(name)
    assert len(str(refused.value)) < 200
    assert not (office.database / "current").exists()


@pytest.mark.parametrize("name", HEADS)
def test_a_kept_file_whose_first_row_names_no_columns_is_not_taken_for_an_empty_one(
    office: Office, name: str
) -> None:
    office.keep(name, "云岭县,白石镇人民政府,township,2023,2024-01-31,x,y\n")
    with pytest.raises(ValueError, match="第一行应是栏名"):
        office.build()


def test_dates_as_excel_rewrites_them_and_lines_as_old_macs_end_them_are_read(office: Office) -> None:
    office.keep("manifest.csv", "filing,published\ra.html,2024/1/5\r")
    office.build()
    assert office.ask("select cast(published as varchar) from filings") == [("2024-01-05",)]


def pipe(place: Path) -> None:
    os.mkfifo(place)


def closed_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(place))


def link(target: str) -> Callable[[Path], None]:
    return lambda place: place.symlink_to(target)


def endless(place: Path) -> None:
    with place.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(1 << 40)


@LINUX
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (pipe, "不是普通文件"),
        (closed_socket, "不是普通文件"),
        (link("/dev/zero"), "这是一个链接"),
        (link("/etc/passwd"), "这是一个链接"),
        (link("/"), "这是一个链接"),
        (link("."), "这是一个链接"),
        (link("年报.docx"), "这是一个链接"),
        (link("/nowhere/at/all"), "这是一个链接"),
        (endless, "大得不像一份年报"),
    ],
)
def test_what_is_no_file_is_told_and_not_opened(
    office: Office, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], said: str
) -> None:
    monkeypatch.chdir(office.root)
    make(office.root / "reports" / "年报.docx")
    tally = office.build()
    assert [(path, said in problem.detail) for path, problem in tally.problems] == [("年报.docx", True)]
    assert tally.reports == 1
    assert office.build().unchanged


@LINUX
def test_a_name_in_gbk_is_read_and_kept_in_a_backup(office: Office) -> None:
    office.put(os.fsdecode("黑石乡.html".encode("gb18030")), page("云岭县黑石乡人民政府"))
    assert office.build().reports == 2
    assert office.ask("select path from filings order by path") == [("a.html",), ("黑石乡.html",)]
    assert office.build().unchanged
    backup.write(office.root, office.root.parent / "kept.zip")
    assert "reports/黑石乡.html" in zipfile.ZipFile(office.root.parent / "kept.zip").namelist()


@LINUX
def test_a_backup_follows_no_link_out_of_the_filings(office: Office) -> None:
    (office.root / "reports" / "b.txt").symlink_to("/etc/passwd")
    backup.write(office.root, office.root.parent / "kept.zip")
    names = zipfile.ZipFile(office.root.parent / "kept.zip").namelist()
    assert names == ["reports/a.html", "backup.json"]


@pytest.fixture
def deep(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder below more than a thousand others, taken away by a program that can."""
    top = office.root / "reports" / "a"
    monkeypatch.chdir(office.root / "reports")
    for _ in range(1_200):
        Path("a").mkdir()
        os.chdir("a")
    yield Path()
    os.chdir(office.root)
    subprocess.run(["rm", "-rf", top], check=True)


@LINUX
def test_folders_a_thousand_deep_are_walked(office: Office, deep: Path) -> None:
    (deep / "b.html").write_text(page("云岭县黑石乡人民政府"), encoding="utf-8")
    assert office.build().reports == 2


@pytest.mark.parametrize("figure", ["1.234567", "0.000001", "999999999999", "9" * 13, "9" * 5000, "1e400"])
def test_no_figure_of_one_filing_stops_the_build_of_all(office: Office, figure: str) -> None:
    figures = {(PROACTIVE, "fees", "amount_10k_yuan"): figure, ("requests", "received", "total"): figure}
    prose = (
        f"{PROSE}通过网站发布信息{figure}条，发布信息{figure}。收取信息处理费{figure}元，{figure}亿元。"
        f"收到申请{figure}件，占{figure}%。3条，占33.33333333%。"
    )
    office.put("b.html", page("云岭县黑石乡人民政府", figures=figures, prose=prose))
    assert office.build().reports == 2
    kept = office.ask("select amount_10k_yuan from proactive where line = 'fees' order by report_id")
    notes = office.ask("select text from cell_notes where schedule = 'proactive' and line = 'fees'")
    legible = re.fullmatch(r"\d{1,12}(\.\d{1,6})?", figure)
    assert (str(kept[-1][0]).rstrip("0").rstrip(".") == figure) if legible else (figure,) in notes


CORNERS = [[110.0, 30.0], [111.0, 30.0], [111.0, 31.0], [110.0, 30.0]]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[], [], [], []]]},
        {"type": "Polygon", "coordinates": [[[10**400, 1]] * 4]},
        {"type": "Polygon", "coordinates": {"a": 1}},
        {"type": ["Polygon"], "coordinates": [CORNERS]},
        {"type": "Polygon", "coordinates": [[{"0": 1}] * 4]},
        {"type": "MultiPolygon", "coordinates": 5},
        [],
    ],
)
def test_an_outline_that_is_none_is_told(geometry: object) -> None:
    feature = {"properties": {"name": "白石镇"}, "geometry": geometry}
    data = json.dumps({"features": [feature]}).encode()
    assert [fault for fault, _ in boundaries.read(data, [("白石镇", "")]).faults] == ["no_polygon"]


@pytest.mark.parametrize(
    "data", [b"9" * 5_000, b'{"features": [' + b"9" * 5_000 + b"]}", b"\xff", b"[" * 10**6]
)
def test_boundaries_that_are_no_json_are_told(data: bytes) -> None:
    assert [fault for fault, _ in boundaries.read(data, ()).faults] == ["no_json"]


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        *(
            (["metrics"], given)
            for given in (b"{", b"[]", b'{"id":1}', b'{"id":1,"text":5,"year":2023}', b"[" * 10**5, b"\xff")
        ),
        (["form", "--out", "."], b""),
        (["form", "--out", "x.xlsx", "--county", "\x01"], b""),
        (["form", "--out", "/dev/null/x"], b""),
        (["backup", "--out", "/dev/null/x"], b""),
        (["restore", "/dev/null"], b""),
        (["build", "--reports", "/dev/null"], b""),
        (["show", "/"], b""),
        (
            [
                "return",
                "--county",
                "甲县",
                "--year",
                "2023",
                "--out",
                "x",
                "--reports",
                ".",
                "--register",
                "-",
            ],
            b"",
        ),
    ],
)
def test_a_command_says_in_one_sentence_what_it_cannot_do(
    arguments: list[str], given: bytes, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=tmp_path,
        input=given,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OVERSIGHT_DATA": str(tmp_path)},
    )
    (said,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert SENTENCE.search(said)
