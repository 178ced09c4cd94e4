"""Whose report it is and on which year."""

from dataclasses import replace

import pytest
from extracted import extracted, settled
from filings import page

from etl import identity
from etl.claims import claims
from etl.document import Document, Paragraph
from etl.extract import UnknownForm
from etl.register import Government, Ruling
from etl.report import Report, Source


def report(path: str, *lines: str) -> Report:
    document = Document(tuple(Paragraph(line) for line in lines))
    source = Source("", path, "text/plain")
    return Report(None, None, None, None, (), (), (), (), (), (), claims(document), source)


def kinds(settled: Report) -> set[str]:
    return {problem.kind for problem in settled.problems}


TITLE = ("云岭县白石镇人民政府", "2023年政府信息公开工作年度报告")


def test_the_title_names_government_county_and_year() -> None:
    settled = identity.settle(report("a.txt", *TITLE))
    assert (settled.government, settled.county, settled.year) == ("白石镇人民政府", "云岭县", 2023)
    assert not settled.problems


def test_a_subdistrict_is_an_office() -> None:
    settled = identity.settle(report("a.txt", "江城市东湖区望江街道办事处2022年政府信息公开工作年度报告"))
    assert (settled.government, settled.county, settled.year) == ("望江街道办事处", "东湖区", 2022)


def test_a_year_in_chinese_numerals_is_a_year() -> None:
    settled = identity.settle(report("a.txt", "云岭县白石镇二〇二一年政府信息公开工作年度报告"))
    assert settled.year == 2021


def test_a_title_that_contradicts_its_period_settles_no_year() -> None:
    period = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    settled = identity.settle(report("a.txt", "云岭县白石镇2022年政府信息公开工作年度报告", period))
    assert settled.year is None
    assert "year-disagrees" in kinds(settled)


def test_there_is_no_report_yet_on_a_year_to_come() -> None:
    ahead = report("", "云岭县白石镇人民政府", "2033年政府信息公开工作年度报告")
    settled = identity.settle(ahead, latest=2026)
    assert settled.year is None
    assert "year-disagrees" in kinds(settled)
    assert identity.settle(ahead, latest=2033).year == 2033
    assert identity.settle(ahead, ruling=Ruling("", year=2033), latest=2026).year == 2033


def test_a_ruling_settles_what_the_filing_does_not() -> None:
    undated = report("a.txt", "云岭县白石镇人民政府政府信息公开工作年度报告")
    assert "no-year" in kinds(identity.settle(undated))
    settled = identity.settle(undated, ruling=Ruling("a.txt", year=2020))
    assert settled.year == 2020
    assert not settled.problems


def test_a_year_only_in_the_folder_is_taken_from_there() -> None:
    settled = identity.settle(report("云岭县/2020/白石镇.txt", "白石镇人民政府政府信息公开工作年度报告"))
    assert (settled.county, settled.year) == ("云岭县", 2020)


def test_a_folder_named_after_the_year_of_publication_is_no_contradiction() -> None:
    assert identity.settle(report("2024/a.txt", *TITLE)).year == 2023


def test_a_file_named_after_another_township_settles_no_government() -> None:
    settled = identity.settle(report("黑石镇2023年年报.txt", *TITLE))
    assert settled.government is None
    assert "government-disagrees" in kinds(settled)


def test_a_name_in_two_counties_needs_the_county() -> None:
    register = (
        Government("云岭县", "太平镇人民政府", "township"),
        Government("青川县", "太平镇人民政府", "township"),
    )
    settled = identity.settle(report("a.txt", "太平镇人民政府2023年政府信息公开工作年度报告"), register)
    assert settled.county is None
    assert "county-disagrees" in kinds(settled)


def test_the_register_knows_the_county_and_the_former_name() -> None:
    register = (Government("云岭县", "新桥镇人民政府", "township", former_names=("老桥乡人民政府",)),)
    settled = identity.settle(report("a.txt", "老桥乡2019年政府信息公开工作年度报告"), register)
    assert (settled.county, settled.government) == ("云岭县", "新桥镇人民政府")


def test_a_notice_about_reports_is_no_title() -> None:
    settled = identity.settle(report("a.txt", "关于做好2023年政府信息公开工作年度报告编制工作的通知"))
    assert settled.year is None


def test_a_department_is_found_with_its_county_before_its_name_or_without() -> None:
    register = (
        Government("云岭县", "教育局", "department"),
        Government("云岭县", "云岭县民政局", "department"),
    )
    for written, registered in (("云岭县教育局", "教育局"), ("民政局", "云岭县民政局")):
        found = identity.settle(report("a.txt", written, TITLE[1]), register)
        assert (found.county, found.government) == ("云岭县", registered)


def test_a_countys_own_report_belongs_to_its_county() -> None:
    found = identity.settle(
        report("a.txt", "云岭县人民政府", TITLE[1]), (Government("云岭县", "白石镇人民政府", "township"),)
    )
    assert (found.county, found.government, found.problems) == ("云岭县", "云岭县人民政府", ())


def filed(text: str, path: str, register: tuple[Government, ...] = ()) -> Report:
    return identity.settle(extracted(text.encode(), path), register)


TWICE = tuple(Government(county, "太平镇人民政府", "township") for county in ("云岭县", "石泉县"))


@pytest.mark.parametrize("county", ["云岭县", "石泉县"])
def test_the_folder_tells_which_of_two_counties_with_such_a_township_is_meant(county: str) -> None:
    assert filed(page("太平镇人民政府"), f"{county}/2023/太平镇.html", TWICE).county == county


def test_without_a_word_of_the_county_a_name_that_two_have_is_not_settled() -> None:
    report = filed(page("太平镇人民政府"), "收到/太平镇.html", TWICE)
    assert report.county is None
    assert [problem.kind for problem in report.problems] == ["county-disagrees"]


@pytest.mark.parametrize(
    ("title", "government"),
    [
        ("云岭县民政局", "云岭县民政局"),
        ("青江市云岭县民政局", "青江市云岭县民政局"),
        ("云岭县人民政府办公室", "云岭县人民政府办公室"),
    ],
)
def test_a_department_is_of_the_county_it_names_and_no_other_body(title: str, government: str) -> None:
    report = filed(page(title), "x.html")
    assert (report.county, report.government) == ("云岭县", government)


def test_a_zone_is_no_county() -> None:
    assert filed(page("云岭经济开发区管理委员会"), "x.html").county is None


def test_a_year_that_only_the_path_tells_is_told_as_such() -> None:
    report = filed(page("云岭县白石镇人民政府", None), "云岭县/2022/白石镇.html")
    assert report.year == 2022
    assert [problem.kind for problem in report.problems] == ["year-from-path"]


MERGED = (
    Government("云岭县", "老桥乡人民政府", "township", until=2019),
    Government(
        "云岭县", "新桥镇人民政府", "township", former_names=("老桥乡人民政府", "老桥镇人民政府"), since=2020
    ),
)


@pytest.mark.parametrize(
    ("written", "year", "government"),
    [
        ("老桥乡人民政府", 2018, "老桥乡人民政府"),
        ("老桥乡人民政府", 2021, "新桥镇人民政府"),
        ("老桥镇人民政府", 2018, "新桥镇人民政府"),
        ("新桥镇人民政府", 2018, "新桥镇人民政府"),
    ],
)
def test_a_merged_townships_report_is_its_own_while_it_stood_and_its_successors_afterwards(
    written: str, year: int, government: str
) -> None:
    settled = identity.settle(
        report("a.txt", f"云岭县{written}", f"{year}年政府信息公开工作年度报告"), MERGED
    )
    assert (settled.county, settled.government, settled.problems) == ("云岭县", government, ())


def test_a_former_name_that_two_townships_have_had_is_a_question() -> None:
    parted = tuple(
        Government("云岭县", name, "township", former_names=("大桥乡人民政府",))
        for name in ("东桥镇人民政府", "西桥镇人民政府")
    )
    settled = identity.settle(report("a.txt", "云岭县大桥乡人民政府", TITLE[1]), parted)
    assert (settled.county, settled.government, settled.year) == ("云岭县", None, 2023)
    (problem,) = settled.problems
    assert problem.detail == "大桥乡人民政府后来可能是：东桥镇人民政府、西桥镇人民政府"


def test_of_two_counties_with_a_township_of_a_name_the_one_that_has_it_in_that_year_is_meant() -> None:
    register = (
        Government("云岭县", "太平镇人民政府", "township", until=2020),
        Government("石泉县", "太平镇人民政府", "township"),
    )
    for year, kind in ((2023, set()), (2019, {"county-disagrees"})):
        settled = identity.settle(
            report("a.txt", f"太平镇人民政府{year}年政府信息公开工作年度报告"), register
        )
        assert kinds(settled) == kind
        assert settled.county == (None if kind else "石泉县")


def test_a_year_that_only_the_folder_tells_is_a_question_when_it_is_that_of_publication() -> None:
    undated = report("2024/白石镇.html", "云岭县白石镇人民政府政府信息公开工作年度报告")
    for published, year in (("2024-01-20", None), ("2025-01-20", 2024), (None, 2024)):
        settled = identity.settle(replace(undated, source=replace(undated.source, published=published)))
        assert settled.year == year
        assert kinds(settled) == {"year-from-path" if year else "year-disagrees"}


@pytest.mark.parametrize(
    ("title", "government"),
    [
        ("云岭县乡村振兴局2023年政府信息公开工作年度报告", "云岭县乡村振兴局"),
        ("云岭县住房和城乡建设局2023年政府信息公开工作年度报告", "云岭县住房和城乡建设局"),
        ("江城市云岭风景区城乡工作办事处2023年政府信息公开工作年度报告", "城乡工作办事处"),
        ("云岭县古城乡2023年政府信息公开工作年度报告", "古城乡人民政府"),
        ("云岭临空经济区2023年政府信息公开工作年度报告", "云岭临空经济区"),
        ("云岭开发区管理委员会办公室2023年政府信息公开工作年度报告", "云岭开发区管理委员会办公室"),
        ("名称：云岭县人民政府2023年政府信息公开工作年度报告", "云岭县人民政府"),
        ("云乡县财政局2023年政府信息公开工作年度报告", "云乡县财政局"),
        ("云岭县卫生健康委2023年政府信息公开工作年度报告", "云岭县卫生健康委"),
        ("江城市生态环境局云岭分局2023年政府信息公开工作年度报告", "江城市生态环境局云岭分局"),
        ("2023年政府信息公开工作年度报告（江城市云岭县白石镇人民政府）", "白石镇人民政府"),
        ("中共白石镇委员会 白石镇人民政府2023年政府信息公开工作年度报告", "白石镇人民政府"),
        ("附件1：云岭县白石镇2023年政府信息公开工作年度报告", "白石镇人民政府"),
        ("云岭县白石镇政府信息公开工作2023年度报告", "白石镇人民政府"),
    ],
)
def test_a_department_or_office_is_no_township(title: str, government: str) -> None:
    assert identity.settle(report("a.txt", title)).government == government


def test_who_compiled_the_report_is_named_without_the_preposition() -> None:
    settled = identity.settle(
        report("a.txt", "2018年政府信息公开年报", "按照要求，由江城市白石镇人民政府编制。")
    )
    assert (settled.government, settled.county) == ("白石镇人民政府", "江城市")


def test_a_clause_that_says_who_compiled_the_report_names_nobody_else() -> None:
    line = "本年度报告由云岭县白石镇人民政府根据《中华人民共和国政府信息公开条例》编制。"
    settled = identity.settle(report("a.txt", "2018年政府信息公开年报", line))
    assert (settled.government, settled.county) == ("白石镇人民政府", "云岭县")


@pytest.mark.parametrize(
    ("below", "government"), [("云岭县白石镇人民政府", "白石镇人民政府"), ("云岭县人民政府", None)]
)
def test_who_signs_below_a_title_without_a_name_has_filed_it_unless_it_is_the_county(
    below: str, government: str | None
) -> None:
    lines = "政府信息公开工作年度报告", "（2023年度）", below, "一、总体情况", *["全年公开信息38条。"] * 4
    assert identity.settle(report("a.txt", *lines)).government == government


def test_a_department_whose_title_says_only_county_is_of_the_one_it_signs_with() -> None:
    lines = "县财政局2023年政府信息公开工作年度报告", "一、总体情况", "全年公开信息38条。", "云乡县财政局"
    settled = identity.settle(report("a.txt", *lines))
    assert (settled.government, settled.county) == ("云乡县财政局", "云乡县")


def test_where_the_report_can_be_read_is_nobody_who_compiled_it() -> None:
    line = "本报告电子版可在云岭市政府网站政府信息公开专栏下载。"
    assert identity.settle(report("a.txt", "2018年政府信息公开年报", line)).government is None


def test_a_county_in_traditional_characters_is_the_same_county() -> None:
    settled = identity.settle(report("a.txt", "義烏市雲嶺鎮人民政府2023年政府信息公開工作年度報告"))
    assert (settled.government, settled.county) == ("云岭镇人民政府", "义乌市")


def test_a_title_in_a_table_of_the_pages_head_makes_a_report() -> None:
    text = (
        "| 标题： | 云岭县望江街道办事处2023年政府信息公开工作年度报告 |\n"
        "一、总体情况\n公开信息9条。\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n"
        "四、存在的主要问题及改进情况\n无。\n"
    )
    assert settled(text.encode()).government == "望江街道办事处"


@pytest.mark.parametrize(
    ("branch", "county"), [("江城市生态环境局云岭分局", None), ("江城市公安局云岭县分局", "云岭县")]
)
def test_a_branch_is_not_of_the_city_of_the_whole(branch: str, county: str | None) -> None:
    assert identity.settle(report("a.txt", f"{branch}2023年政府信息公开工作年度报告")).county == county


@pytest.mark.parametrize(
    "said",
    [
        "为规范公开，编制云岭县白石镇2023年政府信息公开工作年度报告，向社会公布。",
        "如对本报告有任何疑问，请与云岭县白石镇人民政府党政办公室联系。",
    ],
)
def test_without_a_title_the_text_tells_whose_report_it_is(said: str) -> None:
    found = identity.settle(report("a.txt", said, "本报告内容涵盖我镇政府信息公开情况。"))
    assert (found.government, found.county) == ("白石镇人民政府", "云岭县")


def test_without_title_and_period_the_year_of_the_overview_counts_and_is_told() -> None:
    overview = (
        "一、总体情况",
        "2019年，我镇公开信息81条。",
        "二、主动公开政府信息情况",
        "2020年，我镇将加大力度。",
    )
    found = identity.settle(report("a.txt", *overview))
    assert found.year == 2019
    assert "year-from-text" in kinds(found)


def test_an_overview_that_speaks_of_two_years_settles_none() -> None:
    overview = (
        "一、总体情况",
        "2019年，我镇公开信息81条。2020年，我镇将加大力度。",
        "二、主动公开政府信息情况",
    )
    assert identity.settle(report("a.txt", *overview)).year is None


def test_a_day_in_the_overview_is_no_year_reported_on() -> None:
    overview = ("一、总体情况", "2019年5月15日，修订后的条例施行。", "二、主动公开政府信息情况")
    assert identity.settle(report("a.txt", *overview)).year is None


def test_the_menu_of_another_body_above_the_title_tells_no_county() -> None:
    lines = ("石泉县青山镇信息公开专栏", "白石镇2023年政府信息公开工作年度报告", "公开信息9条。", *"一二三")
    found = identity.settle(report("a.txt", *lines))
    assert (found.government, found.county) == ("白石镇人民政府", None)


def test_the_day_of_publication_above_a_title_without_a_year_is_no_year_reported_on() -> None:
    lines = ("云岭县白石镇2010年政府信息公开报告", "发布日期：2011-01-01", "年度政府信息公开工作报告")
    assert identity.settle(report("a.txt", *lines)).year == 2010


_MATTERS = (
    "一、主动公开政府信息的情况\n2012年我镇公开信息21条。\n二、依申请公开的情况\n没有收到。\n"
    "三、因政府信息公开申请行政复议、提起行政诉讼的情况\n没有发生。\n四、存在的主要问题\n内容不够全面。\n"
)


def test_a_report_whose_title_was_not_kept_is_told_by_what_it_tells() -> None:
    found = settled(f"{_MATTERS}云岭县白石镇人民政府\n2013年1月10日\n".encode())
    assert (found.government, found.county, found.year) == ("白石镇人民政府", "云岭县", 2012)


@pytest.mark.parametrize(
    "head", ["云岭县政府信息公开年度报告编制工作的通知", "白石镇政府信息公开制度（试行）"]
)
def test_a_notice_or_a_rule_with_a_reports_sections_is_none(head: str) -> None:
    with pytest.raises(UnknownForm):
        settled(f"{head}\n{_MATTERS}".encode())


def test_a_title_over_two_lines_is_whole_though_a_menu_above_it_names_reports() -> None:
    lines = (
        "首页 > 政务公开 > 政府信息公开年度报告",
        "云岭县民政局2019年政府信息公开",
        "工作年度报告",
        "一、总体情况",
    )
    found = identity.settle(report("a.txt", *lines))
    assert (found.government, found.year) == ("云岭县民政局", 2019)


@pytest.mark.parametrize(
    "name",
    [
        "附件2：白石镇2023年报",
        "关于报送白石镇2023年政府信息公开年报的函",
        "副本 白石镇 2023",
        "【定稿】白石镇2023",
        "最终版-白石镇2023",
    ],
)
def test_words_written_before_the_name_when_a_file_is_handed_on_are_no_part_of_it(name: str) -> None:
    settled = identity.settle(report(f"云岭县/{name}.docx", "政府信息公开工作年度报告"))
    assert (settled.government, settled.county, settled.year) == ("白石镇人民政府", "云岭县", 2023)


@pytest.mark.parametrize("folder", ["云岭县", "云岭县2023年", "2023年度云岭县"])
def test_a_folder_named_after_a_county_does_not_make_a_nameless_filing_the_countys_own(folder: str) -> None:
    settled = identity.settle(report(f"{folder}/report2.docx", "2023年政府信息公开工作年度报告"))
    assert settled.government is None
    assert kinds(settled) == {"no-government"}


def test_a_title_with_the_county_alone_is_not_believed_against_the_township_that_signs() -> None:
    lines = "云岭县2023年政府信息公开工作年度报告", "一、总体情况", "全年公开信息38条。", "白石镇人民政府"
    settled = identity.settle(report("a.txt", *lines))
    assert settled.government is None
    assert kinds(settled) == {"government-disagrees"}
    own = identity.settle(report("a.txt", *lines[:3], "云岭县人民政府办公室"))
    assert own.government == "云岭县人民政府"


def test_a_county_in_a_line_of_its_own_above_the_townships_name_is_its_county() -> None:
    lines = "云岭县", "白石镇人民政府", "2023年政府信息公开工作年度报告"
    settled = identity.settle(report("a.txt", *lines))
    assert (settled.government, settled.county, settled.year) == ("白石镇人民政府", "云岭县", 2023)
    assert not settled.problems


def test_a_period_with_a_comma_in_it_is_a_period() -> None:
    period = "本报告所列数据的统计期限自2022年1月1日起，至2022年12月31日止。"
    settled = identity.settle(report("a.txt", "云岭县白石镇2023年政府信息公开工作年度报告", period))
    assert settled.year is None
    assert "year-disagrees" in kinds(settled)


def test_a_folder_of_two_years_tells_neither() -> None:
    settled = identity.settle(report("2022-2023/a.txt", "云岭县白石镇政府信息公开工作年度报告"))
    assert settled.year is None
