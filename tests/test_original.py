"""The file of a filing as it was published, to be taken away: from its folder, from an archive, under a safe name."""

import hashlib
import io
from pathlib import Path

import pytest
from filings import page
from test_archive import packed
from test_several import BOTH, together

from dashboard import original
from etl import archive, several

ONE, TWO = page().encode(), page("云岭县黑石乡人民政府").encode()


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


def filing(path: str, data: bytes, media_type: str | None = "text/html") -> dict[str, object]:
    _, ordinal = several.parted(path)
    key = several.key(hashlib.sha256(data).hexdigest(), ordinal)
    return {"path": path, "sha256": key, "sample": False, "media_type": media_type}


def test_a_filing_in_an_archive_or_in_an_archive_within_it_is_handed_out_byte_for_byte(reports: Path) -> None:
    (reports / "2023").mkdir()
    inner = packed({"乡/黑石乡.html": TWO})
    (reports / "2023" / "全县.zip").write_bytes(packed({"年报/白石镇.html": ONE, "乡镇.zip": inner}))
    assert original.read(filing("2023/全县.zip/年报/白石镇.html", ONE)) == ONE
    assert original.read(filing("2023/全县.zip/乡镇.zip/乡/黑石乡.html", TWO)) == TWO


def test_of_two_entries_of_one_name_the_one_that_was_read_is_handed_out(reports: Path) -> None:
    (reports / "全县.zip").write_bytes(packed({"a/../年报.html": ONE, "b/../年报.html": TWO}))
    for data in (ONE, TWO):
        path = "全县.zip/a/年报.html" if data is ONE else "全县.zip/b/年报.html"
        assert original.read(filing(path, data)) == data


def test_one_of_several_reports_in_an_archive_leads_to_its_whole_file(reports: Path) -> None:
    whole = together(*BOTH).encode()
    (reports / "全县.zip").write_bytes(packed({"汇编.html": whole}))
    assert original.read(filing("全县.zip/汇编.html/第2份", whole)) == whole


def test_what_is_gone_or_changed_or_lies_elsewhere_is_not_handed_out(reports: Path) -> None:
    (reports / "全县.zip").write_bytes(packed({"白石镇.html": ONE}))
    (reports.parent / "other.html").write_bytes(ONE)
    for path, data in (
        ("全县.zip/白石镇.html", TWO),
        ("全县.zip/黑石乡.html", ONE),
        ("没有.zip/白石镇.html", ONE),
        ("../other.html", ONE),
    ):
        assert original.read(filing(path, data)) is None


def test_an_archive_that_was_replaced_by_a_bomb_gives_nothing(reports: Path) -> None:
    bomb = packed({"白石镇.html": b"\0" * 70_000_000})
    (reports / "全县.zip").write_bytes(bomb)
    assert list(archive.named(io.BytesIO(bomb), "白石镇.html")) == []
    assert original.read(filing("全县.zip/白石镇.html", b"\0" * 70_000_000)) is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("2023/白石镇.HTM", "白石镇.HTM"),
        ("全县.zip/白石镇.hta", "白石镇.hta.html"),
        ("全县.zip/白石镇", "白石镇.html"),
        ('2023/白"石:镇?.html', "白_石_镇_.html"),
        ("2023/汇编.html/第2份", "汇编.html"),
    ],
)
def test_a_file_is_handed_out_under_a_name_that_is_a_documents(path: str, name: str) -> None:
    assert original.name(filing(path, ONE)) == name


def test_a_file_that_nobody_could_read_is_no_program_either() -> None:
    assert original.name(filing("2023/年报.exe", b"MZ", None)) == "年报.exe.bin"
