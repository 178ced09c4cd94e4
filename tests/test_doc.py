"""Word 97–2003 and WPS files: the same document that Word prints, with merged cells and automatic numbers."""

import random
import struct
from pathlib import Path

import pytest
from word_binary import (
    DELETED,
    ENDS_ROW,
    HIDDEN,
    IN_TABLE,
    RAISED,
    STRUCK,
    Line,
    definition,
    depth,
    plain,
    row,
    sprm,
    word,
)

from etl import readers
from etl.document import Cell, Document, Paragraph, Table, UnreadableFile

FILES = Path(__file__).parent / "files"
FIRST_DOWN, NEXT_DOWN = 0x60, 0x20


def blocks(*lines: Line, **options: object) -> tuple[Paragraph | Table, ...]:
    media_type, document = readers.read(word(lines, **options))  # type: ignore[arg-type]
    assert media_type == "application/msword"
    return document.blocks


def texts(*lines: Line, **options: object) -> list[str]:
    return [block.text for block in blocks(*lines, **options) if isinstance(block, Paragraph)]


def only_table(*lines: Line, **options: object) -> Table:
    (found,) = (block for block in blocks(*lines, **options) if isinstance(block, Table))
    return found


def test_paragraphs_come_in_order() -> None:
    assert texts(plain("一、总体情况"), plain("全年公开信息38条。")) == ["一、总体情况", "全年公开信息38条。"]


def test_a_cell_mark_ends_a_cell_and_only_the_row_mark_a_row() -> None:
    found = only_table(*row(["规章", "7"], (0, 2000, 4000)), *row(["行政许可", "12"], (0, 2000, 4000)))
    assert found.cells == (Cell("规章", 0, 0), Cell("7", 0, 1), Cell("行政许可", 1, 0), Cell("12", 1, 1))
    assert found.aligned


def test_columns_are_the_edges_of_all_rows_together() -> None:
    found = only_table(
        *row(["规章", "7", "5"], (0, 2000, 4000, 6000)), *row(["行政许可", "12"], (0, 2000, 6000))
    )
    assert found.cells[-1] == Cell("12", 1, 1, 1, 2)


def test_dragged_borders_make_no_phantom_column() -> None:
    found = only_table(
        *row(["规章", "7", "5"], (0, 2000, 4000, 6000)),
        *row(["规范性文件", "9", "8"], (-60, 2070, 3940, 6010)),
    )
    assert [(cell.column, cell.columns) for cell in found.cells] == [(0, 1), (1, 1), (2, 1)] * 2


def test_cells_merged_downwards_come_once() -> None:
    found = only_table(
        *row(["（三）不予公开", "1"], (0, 2000, 4000), (FIRST_DOWN, 0)),
        *row(["", "2"], (0, 2000, 4000), (NEXT_DOWN, 0)),
        *row(["（四）无法提供", "3"], (0, 2000, 4000), (FIRST_DOWN, 0)),
    )
    assert found.cells[0] == Cell("（三）不予公开", 0, 0, 2, 1)
    assert found.cells[3] == Cell("（四）无法提供", 2, 0)


@pytest.mark.parametrize("flags", [(1, 2, 2, 0), (2, 1, 1, 0)])
def test_cells_merged_beside_each_other_are_one_whichever_way_it_is_written(flags: tuple[int, ...]) -> None:
    edges = (0, 1000, 2000, 3000, 4000)
    found = only_table(*row(["申请人情况", "", "", "总计"], edges, flags), *row(["1", "2", "3", "6"], edges))
    assert found.cells[:2] == (Cell("申请人情况", 0, 0, 1, 3), Cell("总计", 0, 3))


def test_a_row_too_wide_for_its_page_is_found_in_the_data_stream() -> None:
    edges = tuple(range(0, 31_000, 1000))
    huge = IN_TABLE + ENDS_ROW + definition(edges)
    end = Line((), "\x07", sprm(0x6646, struct.pack("<I", 4)))
    lines = [*(plain(str(number), "\x07", IN_TABLE) for number in range(30)), end]
    found = only_table(*lines, data=bytes(4) + struct.pack("<H", len(huge)) + huge)
    assert found.cells == tuple(Cell(str(number), 0, number) for number in range(30))
    assert found.aligned


def test_a_row_that_never_says_where_its_cells_are_is_not_trusted() -> None:
    end = Line((), "\x07", IN_TABLE + ENDS_ROW)
    assert not only_table(plain("规章", "\x07", IN_TABLE), plain("7", "\x07", IN_TABLE), end).aligned


def test_a_table_in_a_cell_stands_by_itself() -> None:
    inner = IN_TABLE + depth(2)
    found = blocks(
        *(plain(text, "\x07", IN_TABLE + depth(1)) for text in ("规章", "7", "行政许可")),
        plain("内", "\r", inner + sprm(0x244B, b"\1")),
        plain("表", "\r", inner + sprm(0x244B, b"\1")),
        Line((), "\r", inner + sprm(0x244B, b"\1") + sprm(0x244C, b"\1") + definition((0, 900, 1800))),
        plain("12", "\x07", IN_TABLE + depth(1)),
        Line((), "\x07", IN_TABLE + depth(1) + ENDS_ROW + definition((0, 2000, 4000, 6000, 8000))),
    )
    assert found == (
        Table((Cell("规章", 0, 0), Cell("7", 0, 1), Cell("行政许可", 0, 2), Cell("12", 0, 3))),
        Table((Cell("内", 0, 0), Cell("表", 0, 1))),
    )


def test_deleted_hidden_and_struck_text_is_not_printed() -> None:
    runs = (("收到", b""), ("99", DELETED), ("88", HIDDEN), ("77", STRUCK), ("8件", b""))
    assert texts(Line(runs)) == ["收到8件"]


def stylesheet(*styles: tuple[int, int, bytes]) -> bytes:
    """The part with the styles: kind (1 paragraph, 2 character), the style it is based on, character properties."""
    part = struct.pack("<HHH", 4, len(styles), 10)
    for kind, based, look in styles:
        name = struct.pack("<H", 1) + "s".encode("utf-16-le") + b"\0\0"
        paragraph = struct.pack("<HH", 2, 0) if kind == 1 else b""
        written = struct.pack("<H", len(look)) + look
        style = struct.pack("<HHHHH", 0, kind | based << 4, 0, 0, 0) + name + paragraph + written
        part += struct.pack("<H", len(style)) + style
    return part


NONE = 0xFFF
WHITE, NEARLY_WHITE = sprm(0x6870, b"\xff\xff\xff\0"), sprm(0x6870, b"\xfe\xfd\xfe\0")
NO_COLOUR, SPECK = sprm(0x6870, b"\xff\xff\xff\xff"), sprm(0x4A43, b"\2\0")


def in_style(number: int) -> bytes:
    return sprm(0x4A30, struct.pack("<H", number))


@pytest.mark.parametrize(
    ("look", "left"),
    [
        (HIDDEN, "7"),
        (STRUCK, "7"),
        (RAISED, "7"),
        (WHITE, "75?"),
        (NEARLY_WHITE, "75?"),
        (NO_COLOUR, "75"),
        (SPECK, "7"),
    ],
)
def test_a_character_style_hides_strikes_raises_and_whitens(look: bytes, left: str) -> None:
    parts = {1: stylesheet((1, NONE, b""), (2, NONE, look), (2, 1, b""))}
    for style in (1, 2):
        assert texts(Line((("7", b""), ("5", in_style(style)))), parts=parts) == [left]


@pytest.mark.parametrize(("look", "left"), [(HIDDEN, []), (STRUCK, []), (WHITE, ["75?"])])
def test_a_paragraph_style_hides_strikes_and_whitens(look: bytes, left: list[str]) -> None:
    parts = {1: stylesheet((1, NONE, b""), (1, 0, look), (1, 1, b""))}
    for style in (1, 2):
        assert texts(Line((("75", b""),), style=style), parts=parts) == left


def test_what_a_style_hides_its_characters_may_show_again() -> None:
    parts = {1: stylesheet((1, NONE, b""), (2, NONE, STRUCK))}
    off, other, same = (sprm(0x0837, value) for value in (b"\0", b"\x81", b"\x80"))
    runs = (("7", in_style(1) + off), ("8", in_style(1) + other), ("5", in_style(1) + same), ("9", same))
    assert texts(Line(runs), parts=parts) == ["789"]


def test_a_struck_end_of_a_paragraph_does_not_make_two_numbers_one() -> None:
    assert texts(Line((("5", b""),), "\r", b"", STRUCK), plain("7")) == ["5", "7"]


def test_a_note_raised_behind_a_figure_is_no_digit() -> None:
    assert texts(Line((("5", b""), ("1", RAISED)))) == ["5"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    assert texts(Line((("收到", b""),), "\r", b"", DELETED), plain("8件")) == ["收到8件"]


def test_a_deleted_row_is_gone() -> None:
    edges = (0, 2000, 4000)
    found = only_table(
        *row(["规章", "7"], edges), *row(["", ""], edges, deleted=True), *row(["许可", "1"], edges)
    )
    assert [cell.text for cell in found.cells] == ["规章", "7", "许可", "1"]


def test_of_a_field_only_the_result_is_printed() -> None:
    assert texts(plain("见\x13 PAGEREF 99 \x14链接12\x15页")) == ["见链接12页"]
    assert texts(plain("第\x13 IF \x13 X 3 \x144\x15 \x147\x15页")) == ["第7页"]
    assert texts(plain("第\x13 FORMDROPDOWN \x14\x15页")) == ["第?页"]


def test_a_field_without_end_does_not_swallow_the_table() -> None:
    cells = row(["\x13 PAGE", "7"], (0, 2000, 4000))
    assert only_table(*cells).cells[-1].text == "7"


def test_pieces_come_in_reading_order_whatever_their_place_and_width() -> None:
    lines = [plain("一、总体情况"), plain("38 items: “ok”"), plain("三、存在的问题")]
    assert texts(*lines, shuffled=True, compressed=(1,)) == [
        "一、总体情况",
        "38 items: “ok”",
        "三、存在的问题",
    ]


def test_a_piece_may_bring_properties_of_its_own() -> None:
    assert texts(plain("收到8件。"), plain("作废99件。"), plain("完。"), added=(1, DELETED)) == [
        "收到8件。",
        "完。",
    ]


def test_line_breaks_and_hyphens_that_show_are_kept_and_others_not() -> None:
    assert texts(plain("上\x0b下\x1e中\x1f末\x01")) == ["上", "下-中末"]


def test_notes_and_text_boxes_are_read_and_headers_and_comments_are_not() -> None:
    written = ("正文", "脚注", "页眉", "批注", "尾注", "文本框")
    sizes = [len(text) + 1 for text in written]
    lengths = (*sizes[:3], 0, *sizes[3:])
    assert texts(*map(plain, written), lengths=lengths) == ["正文", "脚注", "尾注", "文本框"]


def level(style: int, text: str, start: int = 1) -> bytes:
    shown = text.encode("utf-16-le")
    return struct.pack("<iBB9xB8x4x", start, style, 0, 0) + struct.pack("<H", len(shown) // 2) + shown


def numbered(text: str, depth_of_list: int) -> Line:
    return plain(text, "\r", sprm(0x460B, b"\1\0") + sprm(0x260A, bytes((depth_of_list,))))


def test_automatic_numbers_are_part_of_the_headings() -> None:
    levels = (
        level(37, "\0、") + level(39, "（\1）") + level(0, "\2.") + b"".join(level(0, "") for _ in range(6))
    )
    lists = struct.pack("<H", 1) + struct.pack("<ii", 7, 0) + bytes(20)
    references = struct.pack("<I", 1) + struct.pack("<i12x", 7) + struct.pack("<I", 0xFFFFFFFF)
    lines = [
        numbered("总体情况", 0),
        numbered("主动公开", 1),
        numbered("依申请公开", 1),
        numbered("件数", 2),
        plain("收到8件。"),
        numbered("主动公开政府信息情况", 0),
        numbered("网站", 1),
    ]
    found = texts(*lines, parts={1: bytes(6), 73: lists, 74: references}, after_lists=levels)
    assert found == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1. 件数",
        "收到8件。",
        "二、主动公开政府信息情况",
        "（一）网站",
    ]


def test_a_password_is_told_from_damage() -> None:
    with pytest.raises(UnreadableFile, match="密码"):
        blocks(plain("密"), flags=0x0100)


def test_a_file_older_than_word_97_is_named() -> None:
    with pytest.raises(UnreadableFile, match="Word 95"):
        blocks(plain("旧"), version=0x65)


def test_a_file_cut_short_anywhere_is_refused_or_read_whole() -> None:
    data = word([plain("一、总体情况"), *row(["规章", "7"], (0, 2000, 4000)), plain("完")])
    whole = readers.read(data)[1]
    for size in range(8, len(data), 97):
        try:
            document = readers.read(data[:size])[1]
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")
        else:
            assert document == whole


def test_a_damaged_file_is_refused_or_read() -> None:
    chance = random.Random(2024)
    whole = word([plain("一、总体情况"), *row(["规章", "7"], (0, 2000, 4000)), plain("完")])
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(10):
            at = chance.randrange(8, len(whole))
            broken[at : at + 4] = chance.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", chance.randbytes(4))
            )
        try:
            assert isinstance(readers.read(bytes(broken))[1], Document)
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")


@pytest.mark.parametrize("offset", [0x4C, 0x9A + 8 * 12 + 4, 0x9A + 8 * 13 + 4, 0x9A + 8 * 33 + 4])
def test_lengths_beyond_the_file_are_refused(offset: int) -> None:
    data = bytearray(word([plain("一、总体情况")]))
    main = data.index(struct.pack("<HH", 0xA5EC, 0xC1))
    struct.pack_into("<I", data, main + offset, 0x7FFFFFF0)
    with pytest.raises(UnreadableFile):
        readers.read(bytes(data))


def test_a_report_saved_as_doc_reads_as_it_does_from_docx() -> None:
    # township.doc is township.docx as LibreOffice saves it.
    old, new = (readers.read((FILES / f"township.{kind}").read_bytes())[1] for kind in ("doc", "docx"))
    assert old.blocks == new.blocks
    assert sum(isinstance(block, Table) for block in old.blocks) == 3


def test_a_row_is_not_gone_because_its_end_looks_like_the_next_rows_first_word() -> None:
    edges = (0, 2000, 4000)
    found = only_table(*row(["规章", "7"], edges, deleted=True), *row(["许可", "1"], edges))
    assert [cell.text for cell in found.cells] == ["规章", "7", "许可", "1"]
