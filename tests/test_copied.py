"""Whose words are whose: copied prose is found, common wording is not."""

from dataclasses import replace

from test_checks import report

from etl import copied
from etl.report import Report, Section

OWN = tuple(f"围绕第{word}件民生实事逐项公开办理进展和责任人" for word in "甲乙丙丁戊己庚辛壬癸")
OTHERS = tuple(
    f"聚焦{word}领域梳理事项目录并按季度更新内容"
    for word in ("教育", "卫生", "养老", "水利", "交通", "住房", "就业", "救助")
)
COMMON = tuple(
    f"严格落实{word}审查制度确保信息准确" for word in ("保密", "合法", "内容", "时效", "格式", "来源", "用语")
)


def filed(name: str, *sentences: str) -> Report:
    section = Section("一", "总体情况", "。".join(sentences))
    return replace(report({}), government=f"{name}人民政府", sections=(section,))


def test_prose_copied_with_other_numbers_and_names_is_found() -> None:
    first = filed("白石镇", *(f"白石镇{sentence}3次" for sentence in OWN))
    second = filed("黑石乡", *(f"黑石乡{sentence}28次" for sentence in OWN))
    (pair,) = copied.pairs({1: first, 2: second, 3: filed("青石镇", *OTHERS)})
    assert (pair.first, pair.second, pair.shared, pair.clauses) == (1, 2, 10, 10)


def test_wording_that_many_governments_share_is_set_aside() -> None:
    reports = {
        number: filed(f"第{number}镇", *COMMON, f"本镇独有的第{number}项公开工作安排")
        for number in range(1, 9)
    }
    assert list(copied.pairs(reports)) == []


def test_different_prose_is_no_pair() -> None:
    assert list(copied.pairs({1: filed("白石镇", *OWN), 2: filed("黑石乡", *OTHERS)})) == []


def test_what_differs_is_marked() -> None:
    assert copied.marked("全年公开3条。", "全年公开28条。") == ("全年公开【3】条。", "全年公开【28】条。")
    ((one, other),) = copied.side_by_side("我镇发布信息12条。毫不相干的一句话。", "我乡发布信息90条。")
    assert (one, other) == ("我【镇】发布信息【12】条。", "我【乡】发布信息【90】条。")
