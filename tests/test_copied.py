"""Whose words are whose: copied prose is found wherever in the province it comes from, common wording is not."""

from pathlib import Path

import pytest
from filings import page
from offices import REGISTER, Office

from dashboard import db
from etl import copied

OWN = tuple(f"围绕第{word}件民生实事逐项公开办理进展和责任人" for word in "甲乙丙丁戊己庚辛壬癸")
OTHERS = tuple(
    f"聚焦{word}领域梳理事项目录并按季度更新内容"
    for word in ("教育", "卫生", "养老", "水利", "交通", "住房", "就业", "救助")
)
COMMON = tuple(
    f"严格落实{word}审查制度确保信息准确" for word in ("保密", "合法", "内容", "时效", "格式", "来源", "用语")
)


Pair = tuple[str, str, int, str, str, int, int, int]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Counties of two prefectures of one province, and of another province."""
    office = Office(tmp_path)
    office.keep("governments.csv", REGISTER)
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    return office


def file(office: Office, name: str, *sentences: str, year: int = 2023) -> None:
    office.put(f"{name}{year}.html", page(f"{name}人民政府", year, prose="。".join(sentences)))


def pairs(county: str) -> list[Pair]:
    """The pairs that the page of a county shows."""
    sides = ("county", "government", "year")
    keys = (*sides, *(f"other_{side}" for side in sides), "shared", "clauses")
    return [tuple(row[key] for key in keys) for row in db.query("copied_pairs", county=county)]


def with_the_title(shared: int, clauses: int) -> tuple[int, int]:
    """The counts with the report's title, a clause that every report prints."""
    return shared + 1, clauses + 1


def test_prose_copied_with_other_numbers_and_names_is_found(office: Office) -> None:
    file(office, "云岭县白石镇", *(f"白石镇{sentence}3次" for sentence in OWN))
    file(office, "云岭县黑石乡", *(f"黑石乡{sentence}28次" for sentence in OWN))
    file(office, "云岭县青石镇", *OTHERS)
    office.build()
    assert pairs("云岭县") == [
        ("云岭县", "白石镇人民政府", 2023, "云岭县", "黑石乡人民政府", 2023, *with_the_title(10, 10)),
    ]


def test_prose_copied_from_another_prefecture_is_found_and_both_counties_see_it(office: Office) -> None:
    file(office, "云岭县白石镇", *(f"云岭县白石镇{sentence}" for sentence in OWN))
    file(office, "松江县长桥镇", *(f"松江县长桥镇{sentence}" for sentence in OWN[:8]), *OTHERS[:1])
    office.build()
    one, other = ("云岭县", "白石镇人民政府", 2023), ("松江县", "长桥镇人民政府", 2023)
    assert pairs("云岭县") == [(*one, *other, *with_the_title(8, 9))]
    assert pairs("松江县") == [(*other, *one, *with_the_title(8, 9))]


def test_a_change_in_one_prefecture_is_compared_with_the_others_and_leaves_other_provinces_alone(
    office: Office,
) -> None:
    file(office, "云岭县白石镇", *OWN)
    file(office, "松江县长桥镇", *OTHERS)
    file(office, "临海县金沙镇", *OWN)
    office.build()
    assert pairs("云岭县") == pairs("松江县") == pairs("临海县") == []
    before = office.compared()
    file(office, "松江县长桥镇", *OWN)
    office.build()
    after = office.compared()
    assert [pair[4] for pair in pairs("云岭县")] == ["长桥镇人民政府"]
    assert pairs("临海县") == []
    assert {province for province in after if after[province] != before[province]} == {"33"}


def test_the_newest_filing_of_a_year_is_compared_and_no_older_one(office: Office) -> None:
    file(office, "云岭县白石镇", *OWN)
    file(office, "松江县长桥镇", *OWN)
    new = page("松江县长桥镇人民政府", prose="。".join(OTHERS), published="2024-03-01")
    office.put("松江县长桥镇更正.html", new)
    office.build()
    assert pairs("云岭县") == []


def test_wording_that_many_governments_share_is_set_aside(office: Office) -> None:
    for number in "一二三四五六七八":
        file(office, f"云岭县第{number}镇", *COMMON, f"本镇独有的第{number}项公开工作安排")
    office.build()
    assert pairs("云岭县") == []


def test_wording_that_many_governments_of_the_province_share_is_set_aside(office: Office) -> None:
    for number in "一二三":
        file(office, f"云岭县第{number}镇", *COMMON)
    office.build()
    assert len(pairs("云岭县")) == 3
    file(office, "松江县长桥镇", *COMMON)
    office.build()
    assert pairs("云岭县") == pairs("松江县") == []


def test_different_prose_is_no_pair(office: Office) -> None:
    file(office, "云岭县白石镇", *OWN)
    file(office, "云岭县黑石乡", *OTHERS)
    office.build()
    assert pairs("云岭县") == []


def test_what_differs_is_marked() -> None:
    assert copied.marked("全年公开3条。", "全年公开28条。") == ("全年公开【3】条。", "全年公开【28】条。")
    assert copied.marked("推送269条，网站95条", "推送199条，网站58条") == (
        "推送【269】条，网站【95】条",
        "推送【199】条，网站【58】条",
    )
    ((one, other),) = copied.side_by_side("我镇发布信息12条。毫不相干的一句话。", "我乡发布信息90条。")
    assert (one, other) == ("我【镇】发布信息【12】条。", "我【乡】发布信息【90】条。")
