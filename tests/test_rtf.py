"""Rich Text Format as Word, WPS and LibreOffice write it: encodings, tables, and what is not printed."""

import random

import pytest

from etl import counts, readers
from etl.document import Cell, Document, Paragraph, Table, UnreadableFile
from etl.report import State

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}}"


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def unicode(text: str, fallback: str = "?") -> str:
    units = text.encode("utf-16-le")
    codes = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{code}{fallback}" for code in codes)


def blocks(body: str) -> tuple[Paragraph | Table, ...]:
    media_type, document = readers.read((HEAD + body + "}").encode("latin-1"))
    assert media_type == "application/rtf"
    return document.blocks


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body) if isinstance(block, Paragraph)]


def row(cells: list[str], edges: list[int], flags: list[str] | None = None) -> str:
    marks = flags or [""] * len(edges)
    definition = "".join(f"{mark}\\cellx{edge}" for mark, edge in zip(marks, edges, strict=True))
    content = "".join(f"\\pard\\intbl {gbk(cell)}\\cell" for cell in cells)
    return f"\\trowd\\trleft-108{definition}{content}\\row\\pard "


@pytest.mark.parametrize(
    "written",
    [
        gbk("一、总体情况"),
        "\\f1 " + gbk("一、总体情况"),
        unicode("一、总体情况"),
        unicode("一、总体情况", "\\'3f"),
        "{\\uc0 " + unicode("一、总体情况", "") + "}",
        "{\\uc2 " + unicode("一、总体情况", "\\'d2\\'bb") + "}",
        "{\\upr{???}{\\*\\ud{" + unicode("一、总体情况") + "}}}",
        "{\\f2 " + "".join(f"\\'{byte:02x}" for byte in "一、".encode("big5")) + "}" + gbk("总体情况"),
    ],
)
def test_chinese_reads_the_same_however_it_is_written(written: str) -> None:
    assert texts(written + "\\par") == ["一、总体情况"]


def test_the_title_in_the_properties_is_not_printed_even_where_it_is_there_in_unicode_too() -> None:
    title = "{\\info{\\upr{\\title ???}{\\*\\ud{\\title " + unicode("二〇二四年报") + "}}}}"
    assert texts(title + unicode("一、总体情况") + "\\par") == ["一、总体情况"]


def test_a_character_beyond_the_basic_plane_is_one_character() -> None:
    assert texts(unicode("𠮷祥村") + "\\par") == ["𠮷祥村"]


def test_a_forgotten_substitute_does_not_swallow_the_figure_in_the_next_cell() -> None:
    (found,) = blocks("\\trowd\\cellx2000\\cellx4000\\pard\\intbl\\u35268\\u31456\\cell 5\\cell\\row")
    assert found == Table((Cell("规章", 0, 0), Cell("5", 0, 1)))


def test_cells_merged_down_and_across_come_once_with_their_spans() -> None:
    edges = [2000, 4000, 6000]
    body = row(["（三）不予公开", "1", "2"], edges, ["\\clvmgf", "", ""])
    body += row(["", "3", "4"], edges, ["\\clvmrg", "", ""])
    body += row(["总计", "", "10"], edges, ["\\clmgf", "\\clmrg", ""])
    (found,) = blocks(body)
    assert isinstance(found, Table)
    assert found.cells[0] == Cell("（三）不予公开", 0, 0, 2, 1)
    assert found.cells[-2:] == (Cell("总计", 2, 0, 1, 2), Cell("10", 2, 2))


def test_dragged_borders_make_no_phantom_column() -> None:
    (found,) = blocks(row(["规章", "7"], [2000, 4000]) + row(["许可", "9"], [2060, 3970]))
    assert isinstance(found, Table)
    assert [(cell.column, cell.columns) for cell in found.cells] == [(0, 1), (1, 1)] * 2


def test_a_table_in_a_cell_stands_by_itself_and_leaves_the_outer_row_its_cells() -> None:
    inner = (
        "\\pard\\intbl\\itap2 a\\nestcell b\\nestcell"
        "{\\*\\nesttableprops\\trowd\\cellx900\\cellx1800\\nestrow}{\\nonesttables\\par}"
    )
    outer = "\\trowd\\cellx2000\\cellx4000\\cellx6000\\cellx8000"
    body = f"{outer}\\pard\\intbl 1\\cell 2\\cell 3\\cell {inner}\\pard\\intbl 4\\cell\\row"
    assert blocks(body) == (
        Table((Cell("1", 0, 0), Cell("2", 0, 1), Cell("3", 0, 2), Cell("4", 0, 3))),
        Table((Cell("a", 0, 0), Cell("b", 0, 1))),
    )


def test_cells_closed_beyond_the_rows_definition_are_dropped_when_empty() -> None:
    (found,) = blocks("\\trowd\\cellx2000\\cellx4000\\pard\\intbl 1\\cell 2\\cell\\cell\\cell\\row")
    assert found == Table((Cell("1", 0, 0), Cell("2", 0, 1)))


def test_a_row_that_never_says_where_its_cells_are_is_not_trusted() -> None:
    (found,) = blocks("\\pard\\intbl 1\\cell 2\\cell\\row")
    assert isinstance(found, Table) and not found.aligned


def test_deleted_hidden_and_struck_text_is_not_printed() -> None:
    assert texts("1{\\deleted 99}{\\v 88}{\\strike 77}{\\v 66\\v0 2}\\par") == ["12"]
    assert texts("1{\\mvf 99}{\\fs2 88}{\\fs2\\fs20 2}\\par") == ["12"]


def test_what_is_hidden_in_a_browser_only_is_printed() -> None:
    assert texts("1{\\webhidden 2}\\par") == ["12"]


def test_a_note_raised_behind_a_figure_is_no_digit() -> None:
    assert texts("5{\\super 1}\\par") == ["5"]


COLOURS = "{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;}"


@pytest.mark.parametrize(
    "look", ["\\v", "\\strike", "\\striked1", "\\cf2", "\\super", "\\sub", "\\up6", "\\dn6"]
)
@pytest.mark.parametrize(
    "style", [r"{\*\cs15", r"{\s15", r"{\*\cs14 %s Base;}{\*\cs15\sbasedon14", r"{\s14%s A;}{\s15\sbasedon14"]
)
def test_a_figure_that_only_its_style_hides_strikes_raises_or_whitens_is_doubted(
    look: str, style: str
) -> None:
    sheet = style % look + " Look;}" if "%s" in style else f"{style}{look} Look;}}"
    run = "{\\cs15 5}" if "\\cs" in style else "\\s15 5"
    (found,) = texts(f"{COLOURS}{{\\stylesheet{{\\s0 Normal;}}{sheet}}}\\pard {gbk('件')}{run}\\par")
    assert counts.read(found.removeprefix("件"))[1] is State.ILLEGIBLE


def test_a_figure_whose_style_and_own_words_agree_is_gone_or_there() -> None:
    sheet = COLOURS + "{\\stylesheet{\\s0 Normal;}{\\*\\cs15\\strike Gone;}{\\s16\\cf2 White;}}"
    assert texts(sheet + "1{\\cs15\\strike 5}{\\cs15\\strike0 7}\\par") == ["17"]
    assert texts(sheet + "\\pard\\s16\\cf1 8\\par\\pard 9\\par") == ["8", "9"]


def test_white_figures_are_doubted_and_white_words_are_not() -> None:
    assert texts(COLOURS + "{\\cf2 A5}{\\cf1 6}{\\cf2 B}\\par") == ["A5?6B"]


def test_of_a_field_only_the_result_is_printed() -> None:
    assert texts("{\\field{\\*\\fldinst HYPERLINK 99}{\\fldrslt 12}} end\\par") == ["12 end"]


def test_automatic_numbers_are_part_of_the_headings_and_bullets_are_not() -> None:
    body = f"{{\\listtext {gbk('一、')}\\tab}}{gbk('总体情况')}\\par"
    body += "{\\listtext 1.\\tab}" + gbk("网站") + "\\par{\\pntext\\f0 \\'b7\\tab}" + gbk("电话") + "\\par"
    assert texts(body) == ["一、总体情况", "1. 网站", "电话"]


def test_headers_styles_and_unknown_groups_are_not_printed() -> None:
    body = "{\\stylesheet{\\s0 Normal;}}{\\info{\\title 9}}{\\header 8\\par}{\\*\\unknown 7}6\\par"
    assert texts(body) == ["6"]


def test_notes_and_text_boxes_come_after_the_text() -> None:
    body = (
        "1{\\footnote 2\\par}{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt 3\\par}}{\\shprslt 4}}5\\par"
    )
    assert texts(body) == ["15", "2", "3"]


def test_the_bytes_of_a_picture_are_no_text() -> None:
    body = "1{\\pict\\bin8 }}{{\\par}2\\par"
    document = readers.read((HEAD + body + "}").encode())[1]
    assert document.blocks == (Paragraph("12"),)
    assert document.properties == (("pictures", "1"),)


def test_escaped_signs_and_typographic_words_are_characters() -> None:
    assert texts("a\\{b\\}c\\\\d\\~e\\ldblquote f\\rdblquote\\emdash g\\line h\\par") == [
        "a{b}c\\d e“f”—g",
        "h",
    ]


def test_a_file_cut_short_anywhere_is_refused() -> None:
    whole = HEAD + row(["规章", "7"], [2000, 4000]) + gbk("完") + "\\par}"
    for size in range(10, len(whole) - 1, 7):
        with pytest.raises(UnreadableFile, match="不完整"):
            readers.read(whole[:size].encode())


@pytest.mark.parametrize(
    "body",
    [
        "{" * 100_000,
        "\\trowd" + "\\cellx9" * 5_000 + "\\intbl" + "\\cell" * 40_000,
        "\\intbl\\itap999999\\par",
    ],
)
def test_what_no_report_needs_is_refused(body: str) -> None:
    with pytest.raises(UnreadableFile):
        readers.read((HEAD + body + "}").encode())


def test_a_damaged_file_is_refused_or_read() -> None:
    chance = random.Random(2024)
    whole = (HEAD + row(["规章", "7"], [2000, 4000]) + unicode("完") + "\\par}").encode()
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(10):
            at = chance.randrange(5, len(whole))
            broken[at : at + 1] = chance.choice(
                (b"{", b"}", b"\\", b"9999999999", b"\\'", chance.randbytes(2))
            )
        try:
            assert isinstance(readers.read(bytes(broken))[1], Document)
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")


def test_a_struck_end_of_a_paragraph_does_not_make_two_numbers_one() -> None:
    assert texts("3{\\strike\\par}7\\par") == ["3", "7"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("{\\listtext 5\\tab}\\ls1", "?"),
        ("\\ls1\\ilvl0", "?"),
        ("{\\pntext\\f0 \\'b7\\tab}", ""),
        ("\\ls0", ""),
        ("\\ls1 5", "5"),
        ("{\\field{\\*\\fldinst{ EQ \\\\o(1,2)}}{\\fldrslt}}", "?"),
        ("{\\field{\\*\\fldinst FORMDROPDOWN{\\*\\formfield{\\*\\ffl 5}}}{\\fldrslt }}", "?"),
        ("{\\field{\\*\\fldinst PAGE}{\\fldrslt 5}}", "5"),
        ("{\\field{\\*\\fldinst AUTONUM}}" + gbk("属于国家秘密"), "属于国家秘密"),
    ],
)
def test_what_is_numbered_or_drawn_by_itself_leaves_a_cell_in_doubt_and_words_as_they_are(
    cell: str, text: str
) -> None:
    body = (
        f"\\trowd\\cellx900\\cellx1800\\pard\\intbl {gbk('规章')}\\cell\\pard\\intbl {cell}\\cell\\row\\pard "
    )
    (table,) = blocks(body)
    assert isinstance(table, Table)
    assert [one.text for one in table.cells] == ["规章", text]
