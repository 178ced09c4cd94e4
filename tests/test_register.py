"""The files a person keeps beside the filings: as Excel saves them, and what is said when they are wrong."""

from pathlib import Path

import pytest
from filings import page

from etl import store
from etl.build import build
from etl.folders import Folder
from etl.register import governments, rulings

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


def test_a_name_with_and_without_its_ending_is_one_government() -> None:
    with pytest.raises(ValueError, match="第 3 行与第 2 行"):
        governments(HEAD + ROW + "云岭县,白石镇,township\n")


@pytest.mark.parametrize("level", ["县", "乡镇", "bureau"])
def test_a_level_that_is_none_is_told(level: str) -> None:
    with pytest.raises(ValueError, match="第 2 行的 level"):
        governments(HEAD + f"云岭县,云岭县人民政府,{level}\n")
    assert governments(HEAD + "云岭县,云岭县人民政府,County\n")[0].level == "county"


@pytest.mark.parametrize("between", ["、", ",", "，", "；", ";", "/"])
def test_former_names_may_stand_apart_as_people_write_lists(between: str) -> None:
    register = f'county,name,level,former_names\n云岭县,白石镇,township,"上河乡{between}双河镇"\n'
    assert governments(register)[0].former_names == ("上河乡", "双河镇")


def test_characters_that_nobody_sees_are_no_part_of_a_name() -> None:
    (entry,) = governments("\ufeff" + HEAD + "云岭县,\u202e白石\u200b镇,township\n")
    assert entry.name == "白石镇"


def test_a_code_that_excel_rounded_is_told() -> None:
    with pytest.raises(ValueError, match="科学计数"):
        governments("county,name,level,code\n云岭县,白石镇,township,3.60402E+11\n")


def test_a_misspelt_column_is_told_and_a_persons_own_is_left_alone() -> None:
    with pytest.raises(ValueError, match="government"):
        rulings("filing,goverment\na.docx,白石镇\n")
    with pytest.raises(ValueError, match="former_names"):
        governments("county,name,level,former_name\n云岭县,白石镇,township,上河乡\n")
    assert rulings("filing,government,备注,phone\na.docx,白石镇,盖章,12345\n")[0].government == "白石镇"
