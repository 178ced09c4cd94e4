import json
from pathlib import Path

import pytest
from grids import outline, paragraphs, rows, tables
from ooxml import cell, docx, paragraph, row, table

from etl import readers
from etl.document import UnreadableFile
from etl.readers.docx import read

CHINESE_LEVELS = """
<w:abstractNum w:abstractNumId="4">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="4"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def numbered(text: str, depth: int = 0, number: int = 7) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_a_heading_numbered_automatically_shows_its_number() -> None:
    body = numbered("总体情况") + numbered("主动公开", 1) + numbered("机制", 1) + numbered("工作", 2)
    body += numbered("收到申请") + numbered("予以公开", 1) + numbered("问题", number=8)
    assert paragraphs(read(docx(body, CHINESE_LEVELS))) == [
        *(
            "一、总体情况",
            "（一）主动公开",
            "（二）机制",
            "1. 工作",
            "二、收到申请",
            "（一）予以公开",
            "五、问题",
        ),
    ]


def test_an_automatic_number_stays_apart_from_a_figure_after_it() -> None:
    assert paragraphs(read(docx(numbered("5万元", 2), CHINESE_LEVELS))) == ["1. 5万元"]


@pytest.mark.parametrize(
    ("style", "start", "printed"),
    [
        ("chineseCounting", 10, "十、"),
        ("chineseCountingThousand", 21, "二十一、"),
        ("chineseCountingThousand", 105, "一百〇五、"),
        ("ideographTraditional", 3, "丙、"),
        ("chineseLegalSimplified", 12, "壹拾贰、"),
        ("decimalEnclosedCircle", 2, "②、"),
        ("lowerRoman", 4, "iv、"),
        ("decimal", 6, "6、"),
        ("bullet", 1, ""),
    ],
)
def test_numbers_are_written_as_their_list_says(style: str, start: int, printed: str) -> None:
    levels = f"""<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>
      <w:numFmt w:val="{style}"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
      <w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>"""
    assert paragraphs(read(docx(numbered("标题"), levels))) == [f"{printed}标题"]


def test_a_heading_style_brings_its_number() -> None:
    styles = """<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
      <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>"""
    body = paragraph("总体情况", '<w:pStyle w:val="b"/>')
    body += paragraph("无编号", '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert paragraphs(read(docx(body, CHINESE_LEVELS, styles))) == ["一、总体情况", "无编号"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = """<w:p><w:del><w:r><w:delText>2022</w:delText></w:r></w:del><w:ins><w:r><w:t>2023</w:t></w:r></w:ins>
      <w:r><w:t>年报告</w:t></w:r><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>"""
    assert paragraphs(read(docx(body))) == ["2023年报告"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = paragraph("前半句", "<w:rPr><w:del/></w:rPr>") + paragraph("后半句") + paragraph("下一段")
    assert paragraphs(read(docx(body))) == ["前半句后半句", "下一段"]


def test_deleted_rows_and_cells_are_gone() -> None:
    document = read(
        docx(
            table(
                row(cell("甲"), cell("1")),
                row(cell("乙"), cell("2"), properties="<w:del/>"),
                row(cell("丙"), cell("旧", "<w:cellDel/>"), cell("3")),
            )
        )
    )
    assert rows(tables(document)[0]) == [["0 甲", "1 1"], ["0 丙", "1 3"]]


def test_hidden_struck_and_field_code_text_is_not_read() -> None:
    body = """<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>
      <w:r><w:rPr><w:strike/></w:rPr><w:t>5</w:t></w:r><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>
      <w:r><w:t>6</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"""
    assert paragraphs(read(docx(body))) == ["显6"]


LOOKS = {
    "<w:vanish/>": ["7"],
    "<w:strike/>": ["7"],
    "<w:dstrike/>": ["7"],
    "<w:color w:val='FFFFFF'/>": ["7"],
    "<w:vertAlign w:val='superscript'/>": ["7"],
}


def style(name: str, kind: str, look: str = "", based: str = "", more: str = "") -> str:
    base = f"<w:basedOn w:val='{based}'/>" if based else ""
    return f"<w:style w:type='{kind}' w:styleId='{name}' {more}>{base}<w:rPr>{look}</w:rPr></w:style>"


def seven_and_five(run: str = "", paragraph: str = "") -> str:
    return (
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr><w:color w:val='000000'/><w:strike w:val='0'/><w:dstrike w:val='0'/>"
        f"<w:vanish w:val='0'/><w:vertAlign w:val='baseline'/></w:rPr><w:t>7</w:t></w:r>"
        f"<w:r>{run}<w:t>5</w:t></w:r></w:p>"
    )


@pytest.mark.parametrize(("look", "left"), LOOKS.items())
def test_what_is_hidden_struck_or_white_is_not_read_however_it_became_so(look: str, left: list[str]) -> None:
    own = docx(seven_and_five(f"<w:rPr>{look}</w:rPr>"))
    characters = style("a", "character", look) + style("b", "character", "<w:b/>", "a")
    named = docx(seven_and_five("<w:rPr><w:rStyle w:val='b'/></w:rPr>"), styles=characters)
    paragraphs_too = style("a", "paragraph", look) + style("b", "paragraph", "<w:b/>", "a")
    lines = docx(seven_and_five(paragraph="<w:pStyle w:val='b'/>"), styles=paragraphs_too)
    usual = docx(seven_and_five(), styles=style("a", "paragraph", look, more="w:default='1'"))
    whole = f"<w:docDefaults><w:rPrDefault><w:rPr>{look}</w:rPr></w:rPrDefault></w:docDefaults>"
    everywhere = docx(seven_and_five(), styles=whole)
    for written in (own, named, lines, usual, everywhere):
        assert paragraphs(read(written)) == left


def test_what_a_style_hides_its_paragraph_or_run_may_show_again() -> None:
    sheet = style("p", "paragraph", "<w:strike/>") + style("c", "character", "<w:strike w:val='0'/>")
    shown = seven_and_five("<w:rPr><w:rStyle w:val='c'/></w:rPr>", "<w:pStyle w:val='p'/>")
    assert paragraphs(read(docx(shown, styles=sheet))) == ["75"]


WHITE_FIVE = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>5</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("cell_shade", "table_shade", "read_as"),
    [
        ("", "", ""),
        ("<w:shd w:val='clear' w:fill='4472C4'/>", "", "5"),
        ("", "<w:tcPr><w:shd w:val='clear' w:fill='4472C4'/></w:tcPr>", "5"),
        (
            "",
            "<w:tblStylePr w:type='firstRow'><w:tcPr><w:shd w:fill='4472C4'/></w:tcPr></w:tblStylePr>",
            "5?",
        ),
    ],
)
def test_white_counts_on_a_ground_and_is_doubted_where_the_tables_style_fills_other_cells(
    cell_shade: str, table_shade: str, read_as: str
) -> None:
    sheet = f"<w:style w:type='table' w:styleId='t'><w:rPr><w:color w:val='000000'/></w:rPr>{table_shade}</w:style>"
    cells = cell("规章") + f"<w:tc><w:tcPr>{cell_shade}</w:tcPr>{WHITE_FIVE}</w:tc>"
    body = table(row(cells)).replace("<w:tblPr/>", "<w:tblPr><w:tblStyle w:val='t'/></w:tblPr>")
    (found,) = tables(read(docx(body, styles=sheet)))
    assert [cell.text for cell in found.cells] == ["规章", read_as]


def test_a_raised_note_mark_is_no_digit_of_the_figure() -> None:
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
    body = f"<w:p><w:r><w:t>5</w:t></w:r>{raised}</w:p><w:p>{raised}</w:p>"
    assert paragraphs(read(docx(body))) == ["5", "1"]


def test_footnotes_are_read_below_the_text() -> None:
    notes = f'<w:footnote w:type="separator">{paragraph("—")}</w:footnote><w:footnote>{paragraph("含修订1件")}</w:footnote>'
    assert paragraphs(read(docx(paragraph("正文"), footnotes=notes))) == ["正文", "含修订1件"]


def test_special_characters_and_breaks() -> None:
    body = """<w:p><w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t><w:tab/><w:t>A</w:t><w:noBreakHyphen/>
      <w:sym w:font="Wingdings" w:char="00FE"/></w:r></w:p>"""
    assert paragraphs(read(docx(body))) == ["商业", "企业\tA-þ"]


def test_content_controls_are_read_at_every_level_and_prompts_are_not() -> None:
    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    inside = control("<w:r><w:t>内</w:t></w:r>")
    prompt = control("<w:r><w:t>单击此处输入文字</w:t></w:r>", "<w:showingPlcHdr/>")
    values = f"<w:tc><w:p>{prompt}</w:p></w:tc>"
    body = control(paragraph("块")) + f"<w:p>{inside}</w:p>"
    body += table(control(row(cell("甲"), control(cell("1")), values)), row(cell("乙"), cell("2"), cell("3")))
    document = read(docx(body))
    assert paragraphs(document) == ["块", "内"]
    assert rows(tables(document)[0]) == [["0 甲", "1 1", "2"], ["0 乙", "1 2", "2 3"]]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中标题')}</w:txbxContent>"
    body = f"""<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>
      <mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    assert paragraphs(read(docx(body))) == ["正文", "框中标题"]


def test_merged_cells_keep_their_spans() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        docx(
            table(
                row(cell("标题", '<w:gridSpan w:val="3"/>')),
                row(cell("组", down), cell("甲"), cell("1")),
                row(cell("", on), cell("乙"), cell("2")),
                row(cell("尾"), cell("丙"), cell("3")),
                grid=(1000, 1000, 1000),
            )
        )
    )
    assert rows(tables(document)[0]) == [
        *(["0+3 标题"], ["0*2 组", "1 甲", "2 1"], ["1 乙", "2 2"], ["0 尾", "1 丙", "2 3"]),
    ]


def test_a_row_that_begins_late_or_ends_early_keeps_its_columns() -> None:
    document = read(
        docx(
            table(
                row(cell("甲"), cell("乙"), cell("丙")),
                row(cell("1"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
                grid=(1000, 1000, 1000),
            )
        )
    )
    assert rows(tables(document)[0])[1] == ["1 1"]


def test_a_dragged_border_makes_no_column() -> None:
    document = read(
        docx(
            table(
                row(cell("甲", '<w:gridSpan w:val="2"/>'), cell("1")),
                row(cell("乙"), cell("2", '<w:gridSpan w:val="2"/>')),
                row(cell("丙"), cell(""), cell("3")),
                grid=(2000, 40, 1960),
            )
        )
    )
    assert rows(tables(document)[0]) == [["0 甲", "1 1"], ["0 乙", "1 2"], ["0 丙", "1 3"]]


def test_narrow_columns_with_text_in_them_stay() -> None:
    """Some writers give every grid column the same 5 points, whatever the page shows."""
    document = read(
        docx(table(row(cell("甲"), cell("1"), cell("2")), row(cell(""), cell(""), cell("")), grid=(100,) * 3))
    )
    assert rows(tables(document)[0]) == [["0 甲", "1 1", "2 2"], ["0", "1", "2"]]


def test_rows_without_spans_are_placed_by_their_widths() -> None:
    def wide(text: str, width: int) -> str:
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    document = read(
        docx(
            table(
                row(wide("甲", 1000), wide("乙", 1000), wide("丙", 1000)),
                row(wide("丁", 1000), wide("2", 2000)),
                grid=(1000, 1000, 1000),
            )
        )
    )
    assert rows(tables(document)[0])[1] == ["0 丁", "1+2 2"]


def test_a_table_in_a_layout_table_is_a_table_of_its_own() -> None:
    inner = table(row(cell("甲"), cell("1")), row(cell("乙"), cell("2")))
    body = table(f"<w:tr><w:tc>{paragraph('二、主动公开')}{inner}{paragraph('三、收到')}</w:tc></w:tr>")
    assert outline(read(docx(body))) == ["二、主动公开", "[4]", "三、收到"]


def test_a_small_table_in_a_cell_leaves_the_outer_table_whole() -> None:
    inner = table(row(cell("细"), cell("9")))
    body = table(row(cell("甲"), cell("1")), row(cell("乙"), f"<w:tc>{inner}{paragraph('2')}</w:tc>"))
    outer, nested = tables(read(docx(body)))
    assert rows(outer) == [["0 甲", "1 1"], ["0 乙", "1 2"]]
    assert rows(nested) == [["0 细", "1 9"]]


def test_text_embedded_as_a_web_page_is_refused_not_lost() -> None:
    with pytest.raises(UnreadableFile, match="另存为"):
        read(docx("<w:altChunk/><w:p><w:r><w:t>题</w:t></w:r></w:p>"))


def printed_figures(path: Path) -> tuple[list[str], list[str]]:
    """What stands in the cells of the statutory tables, and what the truth says was printed there."""
    _, document = readers.read(path.read_bytes())
    facts = json.loads(path.with_name(f"{path.stem}.truth.json").read_text(encoding="utf-8"))["facts"]
    printed = [
        cell.text
        for table in tables(document)
        for cell in table.cells
        if cell.text.replace(".", "").isdecimal() or cell.text == "/"
    ]
    return printed, [fact["text"] for fact in facts if fact["state"] != "blank"]


@pytest.mark.parametrize(
    "name", ["merged_cells.docx", "tracked_changes.docx", "slash_for_zero_word.docx", "docx_named_doc.doc"]
)
def test_every_figure_of_a_word_filing_is_read_in_order(shared: Path, name: str) -> None:
    printed, truth = printed_figures(shared / "variants" / name)
    assert printed == truth


def test_the_blank_statutory_form_has_its_columns_and_no_figure(shared: Path) -> None:
    printed, truth = printed_figures(shared / "reports" / "form_template_2021.docx")
    assert printed == truth == []
    _, document = readers.read((shared / "reports" / "form_template_2021.docx").read_bytes())
    assert [max(cell.column + cell.columns for cell in table.cells) for table in tables(document)] == [
        4,
        10,
        15,
    ]
