"""The files a person keeps beside the filings: as Excel saves them, and what is said when they are wrong."""

from pathlib import Path

import pytest
from filings import page

from etl import store
from etl.build import build
from etl.folders import Folder

ROW = "云岭县,白石镇人民政府,township\n"
HEAD = "county,name,level\n"


def _folder(root: Path, register: bytes, sample: bool = False) -> Folder:
    place = root / ("sample" if sample else "own")
    (place / "reports").mkdir(parents=True)
    (place / "reports" / "白石镇.html").write_text(page(), encoding="utf-8")
    (place / "governments.csv").write_bytes(register)
    return Folder(place / "reports", place / "governments.csv", place / "manifest.csv", sample=sample)


def _refused(root: Path, *folders: Folder) -> str:
    with pytest.raises(ValueError) as refusal:
        build(folders, root / "database", root / "cache.sqlite")
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_register_is_read_as_excel_saves_it(encoding: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path, (HEAD + ROW).encode(encoding))
    build((folder,), tmp_path / "database", tmp_path / "cache.sqlite")
    current = store.published(tmp_path / "database")
    assert current
    with store.attach(current.path) as base:
        owing = base.execute("select county, government from governments").fetchall()
    assert owing == [("云岭县", "白石镇人民政府")]


def test_a_register_in_no_known_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    assert "CSV UTF-8" in _refused(tmp_path, _folder(tmp_path, HEAD.encode() + b"\xff\xff\xff"))


def test_a_government_entered_twice_is_told_with_both_rows(tmp_path: Path) -> None:
    said = _refused(tmp_path, _folder(tmp_path, (HEAD + ROW + ROW).encode()))
    assert "第 3 行与第 2 行" in said and "白石镇人民政府" in said


def test_a_government_named_as_one_of_the_sample_is_told(tmp_path: Path) -> None:
    register = (HEAD + ROW).encode()
    said = _refused(tmp_path, _folder(tmp_path, register), _folder(tmp_path, register, sample=True))
    assert "--no-sample" in said
