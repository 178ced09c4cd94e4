"""The checks beyond arithmetic: each on a passing, a breaching and a blank case."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from filings import PROSE, page
from test_checks import Figures, report

from etl import checks, identity, reading
from etl.report import Metric, Report, Section
from etl.sections import required


def read(
    figures: dict[tuple[str, str, str], str] | None = None, prose: str = PROSE, **details: Any
) -> Report:
    """A filing of an invented township, read from its page."""
    found = reading.read(page(figures=figures, prose=prose, **details).encode())[0].report
    assert found
    return identity.settle(found)


def ids(report: Report, previous: Report | None = None) -> set[str]:
    return {finding.check for finding in checks.run(report, previous)}


def quotes(report: Report, check: str, previous: Report | None = None) -> list[str]:
    return [f.quotes[0] for f in checks.run(report, previous) if f.check == check]


def metric(name: str, value: int, **details: object) -> Metric:
    return Metric(name, Decimal(value), "件", False, f"{name}{value}件", **details)  # type: ignore[arg-type]


def test_a_good_filing_has_no_finding() -> None:
    assert ids(read()) == set()


def test_a_township_makes_no_rules() -> None:
    assert ids(read({("proactive", "rules", "in_force"): "6"})) == {"township-makes-no-rules"}
    assert ids(read({("proactive", "rules", "in_force"): "6"}, government="云岭市人民政府")) == set()


def test_documents_in_force_cover_those_issued() -> None:
    assert "in-force-covers-issued" in ids(read({("proactive", "normative_documents", "issued"): "3"}))


@pytest.mark.parametrize(
    ("text", "breach"), [("70487", True), ("0.0456", False), ("456元", True), ("456万元", False)]
)
def test_fees_in_yuan_are_noticed(text: str, breach: bool) -> None:
    assert ("fee-unit" in ids(read({("proactive", "fees", "amount_10k_yuan"): text}))) is breach


def test_a_fivefold_change_is_noticed_but_not_among_small_counts() -> None:
    before = read({("proactive", "licensing", "decisions"): "10"}, year=2022)
    assert "jump" in ids(read({("proactive", "licensing", "decisions"): "90"}), before)
    assert "jump" not in ids(read({("proactive", "licensing", "decisions"): "40"}), before)


def carried(column: str, line: str, number: int) -> Figures:
    return {("requests", line, column): number}


def test_carried_in_is_what_was_carried_out() -> None:
    before = report({**carried("natural_person", "carried_out", 2), **carried("total", "carried_out", 2)})
    same = report({**carried("natural_person", "carried_in", 2), **carried("total", "carried_in", 2)})
    moved = report({**carried("enterprise", "carried_in", 2), **carried("total", "carried_in", 2)})
    less = report({**carried("natural_person", "carried_in", 1), **carried("total", "carried_in", 1)})
    assert not ids(same, before) & {"carry-over", "carry-over-by-applicant"}
    assert ids(moved, before) >= {"carry-over-by-applicant"}
    assert "carry-over" not in ids(moved, before)
    assert "carry-over" in ids(less, before)
    assert "carry-over" not in ids(less)
    assert "carry-over" not in ids(report({**carried("total", "carried_in", None)}), before)  # type: ignore[arg-type]


def test_documents_in_force_continue_last_years() -> None:
    def documents(issued: str, repealed: str, in_force: str, year: int) -> Report:
        cells = zip(("issued", "repealed", "in_force"), (issued, repealed, in_force), strict=True)
        return read({("proactive", "normative_documents", column): text for column, text in cells}, year=year)

    before = documents("0", "0", "5", 2022)
    assert "stock-of-documents" not in ids(documents("2", "1", "6", 2023), before)
    assert "stock-of-documents" in ids(documents("2", "1", "7", 2023), before)
    assert "stock-of-documents" not in ids(documents("2", "", "7", 2023), before)


def test_items_of_the_older_form_continue_last_years() -> None:
    def items(prior: str, change: str, year: int) -> Report:
        cells = {
            ("proactive", "licensing", "prior_year_items"): prior,
            ("proactive", "licensing", "change"): change,
        }
        return read(cells, year=year, form="2019")

    assert "item-stock-2019" not in ids(items("8", "0", 2020), items("10", "-2", 2019))
    assert "item-stock-2019" in ids(items("9", "0", 2020), items("10", "-2", 2019))


def test_blank_and_dashed_cells_are_one_finding_a_line() -> None:
    dashed = {("requests", "received", "total"): "/"}
    for cells, column in ((dashed, "total"), ({("requests", "received", "other"): "", **dashed}, "")):
        (found,) = checks.run(read(cells))
        assert (found.check, found.line, found.column) == ("empty-cells", "received", column)
        # How many are filled is no number that stands there, nor one that is due.
        assert found.expected is found.actual is None


def test_an_empty_table_is_one_finding() -> None:
    figures = {("proactive", line, column): "" for line, column in _cells_of_table_2()}
    assert [(f.check, f.schedule, f.line) for f in checks.run(read(figures))] == [
        ("empty-cells", "proactive", "")
    ]


def _cells_of_table_2() -> list[tuple[str, str]]:
    from etl import forms

    return list(forms.form("2021").schedule("proactive").cells())


def test_the_older_form_is_outdated_from_2021_on() -> None:
    assert "outdated-form" in ids(read(year=2022, form="2019"))
    assert "outdated-form" not in ids(read(year=2020, form="2019"))


def test_a_superseded_notice_is_noticed() -> None:
    assert "outdated-form" in ids(read(prose=PROSE + "根据国办公开办函〔2019〕60号要求编制。"))


def test_an_unpaid_fee_needs_a_fee() -> None:
    unpaid = {("requests", "unpaid", column): "1" for column in ("natural_person", "total")}
    charged, free = ("本年度收取信息处理费100元。", "本年度未收取信息处理费。")
    assert "unpaid-needs-fee-notice" in ids(read(unpaid, PROSE + free))
    assert "unpaid-needs-fee-notice" not in ids(read(unpaid, PROSE + charged))


def test_the_handling_fee_is_part_of_the_fees() -> None:
    fee = "本年度收取信息处理费100元。"
    assert "handling-fee" in ids(read(prose=PROSE + fee))
    assert "handling-fee" not in ids(read({("proactive", "fees", "amount_10k_yuan"): "0.01"}, PROSE + fee))


def test_reviews_in_the_prose_stand_in_table_4() -> None:
    prose = PROSE + "全年发生行政复议2件。"
    assert ids(read(prose=prose)) == {"review-in-prose"}
    figures = {("review_litigation", "reconsideration", column): "2" for column in ("upheld", "total")}
    assert ids(read(figures, prose)) == set()


def test_the_prose_states_what_the_table_states() -> None:
    stated = replace(
        report({("requests", "received", "total"): 12}), metrics=(metric("requests_received", 10),)
    )
    (finding,) = [f for f in checks.run(stated) if f.check == "prose-agrees-with-table"]
    assert (finding.line, finding.expected, finding.actual) == ("received", 10, 12)
    assert finding.quotes == ("requests_received10件",)


@pytest.mark.parametrize(
    "note", ["注：含上年结转1件。", "*办理结果总计含上年结转1件。", "注：含结转下年度继续办理1件。"]
)
def test_a_note_that_may_belong_to_any_number_is_no_disagreement_with_one(note: str) -> None:
    printed = page().replace("<p>四、", f"<p>{note}</p><p>四、")
    found = reading.read(printed.encode())[0].report
    assert found
    assert "prose-agrees-with-table" not in ids(found)
    assert [doubt.kind for doubt in found.doubts] == ["content"]


@pytest.mark.parametrize(
    ("prose", "figures", "differs"),
    [
        (
            "办理热线工单50件（含上年结转1件），行政复议3件（含上年结转1件）。",
            {"reconsideration": "3"},
            False,
        ),
        (
            "收到申请9件（含上年结转1件），办结9件。",
            {"received": "8", "carried_in": "1", "closed": "9"},
            False,
        ),
        (
            "收到申请9件（含上年结转2件），办结9件。",
            {"received": "8", "carried_in": "1", "closed": "9"},
            True,
        ),
        ("受理并辦結申請9件。", {"received": "9", "closed": "9"}, False),
        ("共受理申請9件，辦結9件。", {"received": "9", "closed": "8"}, True),
    ],
)
def test_what_the_prose_says_of_cases_is_held_against_their_own_cells(
    prose: str, figures: dict[str, str], differs: bool
) -> None:
    schedules = {"reconsideration": "review_litigation"}
    cells = {(schedules.get(line, "requests"), line, "total"): value for line, value in figures.items()}
    assert ("prose-agrees-with-table" in ids(read(cells, PROSE + prose))) is differs


def test_received_may_count_those_carried_in() -> None:
    figures: Figures = {("requests", "received", "total"): 12, ("requests", "carried_in", "total"): 3}
    for number in (12, 15):
        assert "prose-agrees-with-table" not in ids(
            replace(report(figures), metrics=(metric("requests_received", number),))
        )
    assert "received-with-carried-in" in ids(
        replace(report(figures), metrics=(metric("requests_received", 15),))
    )
    assert "received-with-carried-in" not in ids(
        replace(report(figures), metrics=(metric("requests_received", 12),))
    )
    assert "prose-agrees-with-table" in ids(
        replace(report(figures), metrics=(metric("requests_received", 14),))
    )


def test_hedged_numbers_and_parts_are_not_held_against_the_table() -> None:
    hedged = replace(metric("requests_received", 10), approximate=True)
    part = metric("requests_received", 4, part_of="requests_received")
    figures: Figures = {("requests", "received", "total"): 12}
    assert "prose-agrees-with-table" not in ids(replace(report(figures), metrics=(hedged, part)))


def test_parts_do_not_exceed_their_whole() -> None:
    parts = (
        metric("website_items", 35, part_of="items_published"),
        metric("wechat_items", 400, part_of="items_published"),
    )
    stated = replace(report({}), metrics=(metric("items_published", 382), *parts))
    (finding,) = [f for f in checks.run(stated) if f.check == "parts-make-the-whole"]
    assert (finding.expected, finding.actual) == (400, 382)
    kinds = tuple(
        metric("category_items", value, part_of="items_published", category=name)
        for value, name in ((150, "动态"), (233, "公告"))
    )
    (finding,) = [
        f
        for f in checks.run(replace(stated, metrics=(metric("items_published", 382), *kinds)))
        if f.check == "parts-make-the-whole"
    ]
    assert (finding.expected, finding.actual) == (383, 382)
    twice = tuple(
        metric("category_items", value, part_of="items_published", category=name)
        for value, name in ((150, "动态"), (232, "公告"), (300, "图文"), (82, "视频"))
    )
    divided_twice = replace(stated, metrics=(metric("items_published", 382), *twice))
    assert "parts-make-the-whole" not in ids(divided_twice)
    behind = metric("category_items", 390, part_of="items_published", category="许可")
    complete = replace(stated, metrics=(metric("items_published", 382), *twice[:2], behind))
    assert "parts-make-the-whole" not in ids(complete)
    by_content = metric("category_items", 382, part_of="items_published", category="动态")
    two_divisions = replace(report({}), metrics=(metric("items_published", 382), parts[0], by_content))
    assert "parts-make-the-whole" not in ids(two_divisions)


def test_what_went_through_several_channels_counts_once_in_the_total() -> None:
    channels = tuple(
        metric(name, value, part_of="items_published")
        for name, value in (("website_items", 180), ("wechat_items", 370))
    )
    stated = replace(report({}), metrics=(metric("items_published", 382), *channels))
    assert "parts-make-the-whole" not in ids(stated)


def test_all_answered_states_no_number() -> None:
    figures: Figures = {("requests", "received", "total"): 12, ("requests", "closed", "total"): 9}
    answered = metric("requests_closed", 12, basis="implied_all")
    assert "prose-agrees-with-table" not in ids(replace(report(figures), metrics=(answered,)))


@pytest.mark.parametrize(("sentence", "breach"), [("办理公开申请12件", False), ("办结公开申请12件", True)])
def test_handled_may_mean_received_or_closed(sentence: str, breach: bool) -> None:
    figures: Figures = {("requests", "received", "total"): 12, ("requests", "closed", "total"): 9}
    handled = replace(metric("requests_closed", 12), sentence=sentence)
    found = ids(replace(report(figures), metrics=(handled,)))
    assert ("prose-agrees-with-table" in found) is breach


def test_percentages_fit_their_numbers() -> None:
    def shared(percent: str) -> Report:
        section = Section("一", "总体情况", f"公开信息200条，其中网站50条，占{percent}%。")
        stated = (
            metric("items_published", 200, section="一"),
            metric("website_items", 50, part_of="items_published", section="一"),
        )
        return replace(report({}), metrics=stated, sections=(section,))

    assert "percentages" not in ids(shared("25"))
    assert "percentages" in ids(shared("35"))


def test_a_missing_section_and_a_missing_matter_are_named() -> None:
    sections = (Section("一", "总体情况", "主动公开信息，依申请公开畅通，信息管理规范，维护网站平台。"),)
    found = replace(report({}), sections=sections)
    assert "其他需要报告的事项" in quotes(found, "all-sections")
    assert quotes(found, "all-matters") == ["监督保障", "工作考核", "社会评议", "责任追究"]


HEADINGS = tuple(section["label"] for section in required()["sections"])


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(HEADINGS),
        "總體情況\n" + "\n".join(HEADINGS[1:]),
        "\n".join(f"{number}.{heading}" for number, heading in enumerate(HEADINGS, 1)),
        "\n".join(
            f"第{number}部分 {heading}" for number, heading in zip("一二三四五六", HEADINGS, strict=True)
        ),
        "\n".join(f"（{number}）{heading}" for number, heading in zip("一二三四五六", HEADINGS, strict=True)),
        "编制本报告。"
        + " ".join(
            f"{number}、{heading} 略。" for number, heading in zip("一二三四五六", HEADINGS, strict=True)
        ),
    ],
)
def test_a_section_is_there_however_its_heading_is_numbered(text: str) -> None:
    found = replace(report({}), sections=(Section("", "", text),))
    assert "all-sections" not in ids(found)
    without = text.replace("其他需要报告的事项", "")
    assert quotes(replace(found, sections=(Section("", "", without),)), "all-sections") == [
        "其他需要报告的事项"
    ]


def test_a_heading_in_traditional_characters_is_the_same_heading() -> None:
    traditional = "總體情況", *HEADINGS[1:]
    numbered = (
        Section(number, heading, "") for number, heading in zip("一二三四五六", traditional, strict=True)
    )
    assert "all-sections" not in ids(replace(report({}), sections=tuple(numbered)))


def test_one_heading_without_its_number_among_numbered_ones_is_there() -> None:
    numbered = tuple(
        Section(number, heading, "")
        for number, heading in zip("一二四五六", HEADINGS[:2] + HEADINGS[3:], strict=True)
    )
    lost = replace(numbered[1], text=f"三 {HEADINGS[2]}\n略")
    assert "all-sections" not in ids(replace(report({}), sections=(numbered[0], lost, *numbered[2:])))
    assert quotes(replace(report({}), sections=numbered), "all-sections") == [HEADINGS[2]]


def test_before_the_regulations_of_2019_no_six_sections_are_due() -> None:
    early = replace(report({}), year=2016, sections=(Section("一", "概述", "略。"),))
    assert not {"all-sections", "all-matters"} & ids(early)


@pytest.mark.parametrize(
    ("sentence", "breach"),
    [
        ("2022年，我镇公开各类信息。", True),
        ("（一）2022年全镇公开各类信息。", True),
        ("2023年，我镇公开各类信息。", False),
        ("2022年，我镇公开20条，今年较上年增加。", False),
        ("按照2022年修订的办法执行。", False),
        ("2024年，我镇将继续改进。", False),
    ],
)
def test_the_reports_own_year_is_printed(sentence: str, breach: bool) -> None:
    assert bool(quotes(read(prose=PROSE + sentence), "wrong-year")) is breach


@pytest.mark.parametrize(
    ("sentence", "breach"),
    [
        ("我局加强学习。", True),
        ("我镇加强学习。", False),
        ("我县部署后，全镇落实。", True),
        ("本街道落实。", True),
        ("通过本乡镇设立的公开栏公开。", False),
        ("形成公开工作的基本局面。", False),
        ("交由我处理。", False),
        ("依照《关于编制我市年度报告的通知》编制。", False),
        ("公开栏更新后，各村民委员会严格按照要求张贴。", False),
        ("公开栏更新后，民族宗教事务局严格按照要求张贴。", True),
    ],
)
def test_a_township_speaks_as_a_township(sentence: str, breach: bool) -> None:
    assert bool(quotes(read(prose=PROSE + sentence), "other-body")) is breach


def test_a_renamed_township_may_speak_by_its_former_name() -> None:
    former = read(government="云岭县白石乡人民政府", prose=PROSE + "我乡加强学习。")
    assert not quotes(replace(former, government="白石镇人民政府"), "other-body")


def test_a_title_of_another_year_is_noticed() -> None:
    assert quotes(replace(read(year=2022), year=2023), "wrong-year")


def test_a_text_copied_from_last_year_is_noticed() -> None:
    lines = "".join(f"围绕第{word}项重点任务及时向群众公开办理进展。" for word in "甲乙丙丁戊己庚辛")
    before, now = read(prose=lines + "全年发布信息8条。", year=2022), read(prose=lines + "全年发布信息9条。")
    assert "copied-from-last-year" in ids(now, before)
    fresh = read(prose=PROSE.replace("全年", "一年来"), year=2022)
    assert "copied-from-last-year" not in ids(now, fresh)


@pytest.mark.parametrize(
    ("sentence", "breach"),
    [
        ("收到申请人张建国提出的申请1件。", True),
        ("联系电话13800001234。", True),
        ("身份证号110101199003074518。", True),
        ("申请人无正当理由逾期不补正。", False),
        ("联系电话0531-88881234。", False),
        ("群众高度关注的事项。", False),
    ],
)
def test_no_person_is_named(sentence: str, breach: bool) -> None:
    assert bool(quotes(read(prose=PROSE + sentence), "personal-data")) is breach
