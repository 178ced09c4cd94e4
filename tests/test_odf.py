"""OpenDocument texts and sheets: what a reader of the printed page sees, with numbers, merged cells and what is left out."""

import pytest
from grids import paragraphs, rows, tables
from opendocument import COVERED, cell, flat, odf, paragraph, row, table

from etl import readers, shortcomings
from etl.document import UnreadableFile
from etl.readers.odf import read

LEVELS = """<text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
  <text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"/>
</text:list-style>"""
LOOKS = """<style:style style:name="hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
  <style:style style:name="struck" style:family="text">
    <style:text-properties style:text-line-through-style="solid"/></style:style>
  <style:style style:name="heir" style:family="text" style:parent-style-name="struck"/>
  <style:style style:name="white" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
  <style:style style:name="raised" style:family="text">
    <style:text-properties style:text-position="super 58%"/></style:style>
  <style:style style:name="dark" style:family="table-cell">
    <style:table-cell-properties fo:background-color="#1f4e79"/></style:style>
  <style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>"""


def span(text: str, look: str) -> str:
    return f'<text:span text:style-name="{look}">{text}</text:span>'


def listed(*items: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="L" {more}>{inner}</text:list>'


def sheets(*written: str) -> bytes:
    return odf("".join(written), LOOKS, "spreadsheet")


def test_a_text_its_flat_twin_and_the_kind_of_either_are_told_by_content() -> None:
    body = paragraph("一、总体情况") + table(row(cell("规章"), cell("3")))
    for data in (odf(body), flat(body)):
        media_type, document = readers.read(data)
        assert media_type == "application/vnd.oasis.opendocument.text"
        assert paragraphs(document) == ["一、总体情况"]
        assert rows(tables(document)[0]) == [["0 规章", "1 3"]]
    assert (
        readers.read(sheets(table(row(cell("规章")))))[0] == "application/vnd.oasis.opendocument.spreadsheet"
    )


def test_numbers_are_counted_on_after_running_text_and_begin_anew_in_a_new_list() -> None:
    inner = f"<text:list><text:list-item>{paragraph('主动公开')}</text:list-item></text:list>"
    body = listed(paragraph("总体情况") + inner) + paragraph("正文")
    body += listed(paragraph("收到申请"), more='text:continue-numbering="true"') + listed(paragraph("另起"))
    assert paragraphs(read(odf(body, LEVELS))) == [
        "一、总体情况",
        "（一）主动公开",
        "正文",
        "二、收到申请",
        "一、另起",
    ]


def test_merged_cells_and_repeated_ones_keep_their_places() -> None:
    body = table(
        "<table:table-header-rows>"
        + row(
            cell("信息内容", 'table:number-rows-spanned="2"'),
            cell("件数", 'table:number-columns-spanned="2"'),
            COVERED,
        )
        + "</table:table-header-rows>",
        row(COVERED, cell("制发"), cell("废止")),
        row(cell("规章"), cell("0", 'table:number-columns-repeated="2"')),
    )
    found = rows(tables(read(odf(body)))[0])
    assert found == [["0*2 信息内容", "1+2 件数"], ["1 制发", "2 废止"], ["0 规章", "1 0", "2 0"]]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (span("5", "hidden") + "7", "7"),
        (span("5", "struck") + "7", "7"),
        (span("5", "heir") + "7", "7"),
        ("7" + span("1", "raised"), "7"),
        ("12<text:s/>345", "12 345"),
        ("1\n  2", "1 2"),
        ("57<text:note><text:note-citation>1</text:note-citation></text:note>", "57"),
        ("57<office:annotation><text:p>再核</text:p></office:annotation>", "57"),
        ('5<text:change text:change-id="c"/>7', "57"),
        ('5<text:change-start text:change-id="d"/>6<text:s/>4<text:change-end text:change-id="d"/>7', "57"),
        ('5<text:change-start text:change-id="i"/>6<text:change-end text:change-id="i"/>7', "567"),
        ('5<text:change-start text:change-id="d"/>6', "56"),
    ],
)
def test_a_cell_reads_as_it_shows(written: str, text: str) -> None:
    kept_apart = (
        "<text:changed-region><text:deletion><text:p>6</text:p></text:deletion></text:changed-region>"
    )
    in_place = '<text:changed-region text:id="d"><text:deletion/></text:changed-region>'
    inserted = '<text:changed-region text:id="i"><text:insertion/></text:changed-region>'
    changes = f"<text:tracked-changes>{kept_apart}{in_place}{inserted}</text:tracked-changes>"
    body = changes + table(
        row(cell("规章"), cell(written), cell("8")), row(cell("许可"), cell("1"), cell("2"))
    )
    assert tables(read(odf(body, LOOKS)))[0].cells[1].text == text


def test_white_counts_on_a_coloured_cell_is_doubted_in_others_and_gone_on_paper() -> None:
    white = span("5", "white")
    body = paragraph("共7" + white) + table(
        row(cell(white, 'table:style-name="dark"'), cell(white), cell("规章"))
    )
    document = read(odf(body, LOOKS))
    assert paragraphs(document) == ["共7"]
    assert [found.text for found in tables(document)[0].cells] == ["5", "5?", "规章"]


def test_notes_stand_below_the_text_and_frames_behind_their_paragraph() -> None:
    note = f"<text:note><text:note-body>{paragraph('含街道')}</text:note-body></text:note>"
    frame = f"<draw:frame><draw:text-box>{paragraph('框内')}</draw:text-box></draw:frame>"
    assert paragraphs(read(odf(paragraph(f"发布12条{note}{frame}") + paragraph("下文")))) == [
        "发布12条",
        "框内",
        "下文",
        "含街道",
    ]


def test_a_hidden_section_is_not_printed() -> None:
    body = f'<text:section text:display="none">{paragraph("草稿")}</text:section><text:section>{paragraph("正文")}</text:section>'
    assert paragraphs(read(odf(body))) == ["正文"]


@pytest.mark.parametrize(
    ("shown", "number", "text"),
    [("1,216件", "1216", "1,216件"), ("13", "12.6", "13"), ("0.3", "305", "0.3?"), ("3", "-3", "3?")],
)
def test_a_number_that_a_sheet_shows_as_another_is_doubted(shown: str, number: str, text: str) -> None:
    written = cell(shown, f'office:value-type="float" office:value="{number}"')
    document = read(sheets(table(row(cell("规章"), written, cell("8")))))
    assert tables(document)[0].cells[1].text == text


def test_a_sheet_reads_as_its_cells_show_it() -> None:
    written = table(
        row(cell("一、总体情况"), cell(look='table:number-columns-repeated="16383"')),
        row(cell(look='table:number-columns-repeated="16384"'), look='table:number-rows-repeated="2"'),
        row(
            cell("信息内容", 'table:number-columns-spanned="2"'),
            COVERED,
            cell("件数", 'table:number-columns-repeated="2"'),
        ),
        row(
            cell("规章"), cell("1,216", 'office:value-type="float" office:value="1216"'), cell("8"), cell("9")
        ),
        row(cell("许可"), cell(look='table:formula="of:=[.B4]"'), cell("8"), cell("9")),
        row(cell(look='table:number-columns-repeated="16384"'), look='table:number-rows-repeated="1048000"'),
    )
    document = read(sheets(written))
    assert paragraphs(document) == ["一、总体情况"]
    assert rows(tables(document)[0]) == [
        ["0+2 信息内容", "2 件数", "3 件数"],
        ["0 规章", "1 1,216", "2 8", "3 9"],
        ["0 许可", "1 of:=[.B4]", "2 8", "3 9"],
    ]


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    away = 'table:visibility="collapse"'
    lines = (row(cell("规章"), cell("3"), cell("4")), row(cell("许可"), cell("57"), cell("8")))
    by_row = sheets(table(lines[0], row(cell("许可"), cell("57"), cell("8"), look=away)))
    by_column = sheets(table(*lines, columns=f"<table:table-column/><table:table-column {away}/>"))
    by_sheet = sheets(table(*lines, look='table:style-name="away"'), table(row(cell("规章"))))
    for data, kind in ((by_row, "hidden-cells"), (by_column, "hidden-cells"), (by_sheet, "hidden-sheets")):
        document = read(data)
        assert not any("57" in text for found in tables(document) for line in rows(found) for text in line)
        assert [problem.kind for problem in shortcomings.problems(document)] == [kind]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (odf("", kind="presentation"), "演示文稿"),
        (flat(paragraph("甲")).replace(b"office:body", b"office:bodies"), "损坏"),
        (flat(paragraph("一、总体情况"))[:-30], "损坏"),
        (flat("<text:section>" * 3000 + "</text:section>" * 3000), "损坏|嵌套"),
        (sheets(table(row(cell("甲", 'table:number-columns-repeated="2000000"')))), "大得不像"),
        (
            sheets(
                table(
                    row(cell("甲")),
                    *(row(cell("")) for _ in range(2)),
                    row(cell("乙", 'table:number-rows-spanned="9999999"')),
                )
            ),
            "大得不像",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        readers.read(data)


def test_a_locked_file_is_told_from_damage() -> None:
    with pytest.raises(UnreadableFile, match="密码"):
        read(odf(paragraph("甲"), **{"META-INF__manifest_xml": "<manifest:encryption-data/>"}))
