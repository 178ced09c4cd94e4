"""Letters of return: every finding with its place, numbers, rule and what to do; one Word document a township."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

from docx import Document

from etl import checks
from etl.paper import slips
from etl.paper.slips import Item, Slip

ITEM = Item(
    "表三“结转下年度继续办理”（自然人）",
    "1",
    "2",
    "",
    "本年新收加上年结转，应等于总计加结转下年度",
    "表三所印勾稽关系",
    "最可能有误：结转下年度，印作 1，应为 2",
    "arithmetic",
)
WORDS = replace(
    ITEM, place="全文", printed="", expected="", quote="我局严格审核", likely="", kind="copied-text"
)
SLIP = Slip(
    "白石镇人民政府",
    2024,
    date(2025, 1, 20),
    (ITEM, WORDS),
    "云岭县人民政府办公室",
    date(2025, 2, 3),
    date(2025, 2, 14),
)


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def test_a_letter_says_to_whom_from_whom_when_and_until_when() -> None:
    lines = paragraphs(slips.word(SLIP))
    assert lines[:2] == ["政府信息公开工作年度报告退回修改通知", "白石镇人民政府："]
    assert "2024年" in lines[2] and "2025年1月20日公布" in lines[2] and "2025年2月14日前" in lines[2]
    at = lines.index("云岭县人民政府办公室")
    assert lines[at + 1] == "2025年2月3日"


def test_a_finding_stands_with_place_numbers_rule_likeliest_cell_and_what_to_do() -> None:
    lines = paragraphs(slips.word(SLIP))
    at = lines.index("一、表三“结转下年度继续办理”（自然人）")
    assert lines[at + 1] == "所填：1；按规则推算为：2。"
    assert "本年新收加上年结转" in lines[at + 2] and "表三所印勾稽关系" in lines[at + 2]
    assert "印作 1，应为 2" in lines[at + 3]
    assert lines[at + 4].startswith("办理：")


def test_a_finding_in_words_stands_with_its_quote_and_no_numbers() -> None:
    lines = paragraphs(slips.word(SLIP))
    at = lines.index("二、全文")
    assert lines[at + 1] == "原文：“我局严格审核”"
    assert not any("所填" in line for line in lines[at:])


def test_the_annexed_table_has_a_row_for_each_finding() -> None:
    (table,) = Document(BytesIO(slips.word(SLIP))).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["序号", "位置", "所填", "应为", "问题", "依据"]
    assert [row[:4] for row in cells[1:]] == [["1", ITEM.place, "1", "2"], ["2", "全文", "—", "—"]]


def test_the_body_is_in_fangsong_and_headings_in_heiti() -> None:
    document = Document(BytesIO(slips.word(SLIP)))
    fonts = {
        paragraph.text: paragraph.runs[0]._element.xpath("string(.//w:rFonts/@w:eastAsia)")
        for paragraph in document.paragraphs
    }
    assert fonts["白石镇人民政府："] == "仿宋"
    assert fonts["二、全文"] == "黑体"


def test_a_letter_of_the_invented_county_says_so() -> None:
    assert paragraphs(slips.word(replace(SLIP, sample=True)))[0].startswith("【示例（虚构）】")
    assert slips.name(replace(SLIP, sample=True)).startswith("【示例（虚构）】")


def test_all_letters_come_in_one_file_one_document_a_township() -> None:
    packed = slips.bundle([SLIP, replace(SLIP, government="黑石乡人民政府")])
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        names = archive.namelist()
        assert names == [
            "白石镇人民政府2024年年报退回修改通知.docx",
            "黑石乡人民政府2024年年报退回修改通知.docx",
        ]
        assert paragraphs(archive.read(names[1]))[1] == "黑石乡人民政府："


def test_every_kind_of_check_says_what_to_do() -> None:
    for kind in {check.kind for check in checks.CHECKS}:
        (item,) = (replace(ITEM, kind=kind),)
        assert any(
            line.startswith("办理：请") for line in paragraphs(slips.word(replace(SLIP, items=(item,))))
        )


def test_headings_count_in_chinese() -> None:
    assert [slips.numeral(number) for number in (1, 10, 11, 20, 35, 99, 100)] == [
        "一",
        "十",
        "十一",
        "二十",
        "三十五",
        "九十九",
        "100",
    ]
