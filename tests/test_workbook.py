"""Workbooks: a report on one sheet or on several, its merged cells, and what a sheet hides or never calculated."""

import datetime
import io
import json
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from extracted import extracted
from openpyxl.worksheet.worksheet import Worksheet
from word_binary import container

from etl import readers
from etl.document import Cell, Document, Paragraph, Table, UnreadableFile

HEADS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def sheet() -> Worksheet:
    active = openpyxl.Workbook().active
    assert isinstance(active, Worksheet)
    return active


def read(written: Worksheet) -> Document:
    assert written.parent is not None
    return readers.read(saved(written.parent))[1]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_prose_rows_are_paragraphs_and_rows_of_several_cells_a_table() -> None:
    written = sheet()
    for row in (
        ["一、总体情况"],
        ["全年公开信息38条。"],
        [],
        HEADS,
        ["规章", 0, 0, 3],
        [],
        ["三、存在的问题"],
    ):
        written.append(row)
    written.merge_cells("A1:D1")
    written.merge_cells("A2:D2")
    blocks = read(written).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "全年公开信息38条。",
        "三、存在的问题",
    ]
    assert [cell.text for cell in tables(read(written))[0].cells] == [*HEADS, "规章", "0", "0", "3"]


def test_a_heading_between_two_tables_parts_them_without_a_blank_row() -> None:
    written = sheet()
    for row in (
        HEADS,
        ["规章", 0, 0, 3],
        ["三、收到和处理政府信息公开申请情况"],
        ["情形", "自然人", "总计"],
        ["一、本年新收", 1, 1],
    ):
        written.append(row)
    blocks = read(written).blocks
    assert [type(block) for block in blocks] == [Table, Paragraph, Table]


def test_a_label_whose_figures_are_blank_stays_in_its_table() -> None:
    written = sheet()
    for row in (
        ["情形", None, "自然人", "总计"],
        ["一、本年新收政府信息公开申请数量"],
        ["二、上年结转", None, 1, 1],
    ):
        written.append(row)
    for number in (1, 2, 3):
        written.merge_cells(start_row=number, start_column=1, end_row=number, end_column=2)
    (found,) = tables(read(written))
    assert Cell("", 1, 1) in found.cells and Cell("", 1, 2) in found.cells


def test_merged_cells_come_once_with_their_spans() -> None:
    written = sheet()
    for row in (["（三）不予公开", "1.属于国家秘密", 4], [None, "2.其他", 5]):
        written.append(row)
    written.merge_cells("A1:A2")
    (found,) = tables(read(written))
    assert found.cells[0] == Cell("（三）不予公开", 0, 0, 2, 1)
    assert [(cell.row, cell.column) for cell in found.cells] == [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (412, "412"),
        (412.0, "412"),
        (0.1 + 0.2, "0.3"),
        (86.52, "86.52"),
        (9.7200000000001, "9.72"),
        (12.00000000001, "12"),
        ("１２", "１２"),
        (-3, "-3"),
        (datetime.date(2024, 1, 15), "2024年1月15日"),
    ],
)
def test_a_value_reads_as_its_cell_shows_it(value: object, shown: str) -> None:
    written = sheet()
    written.append(["行政许可", value])
    assert tables(read(written))[0].cells[1].text == shown


def test_a_formula_never_calculated_is_no_blank() -> None:
    written = sheet()
    written.append(["总计", "=1+1"])
    assert tables(read(written))[0].cells[1].text == "=1+1"


def test_an_error_is_no_blank() -> None:
    written = sheet()
    written.append(["总计", "#REF!", 3])
    assert [cell.text for cell in tables(read(written))[0].cells] == ["总计", "#REF!", "3"]


def test_a_hidden_sheet_is_left_out_and_named() -> None:
    written = sheet()
    written.append(["全年公开信息38条。"])
    assert written.parent is not None
    other = written.parent.create_sheet("旧数")
    other.append(["全年公开信息99条。"])
    other.sheet_state = "hidden"
    document = read(written)
    assert document.blocks == (Paragraph("全年公开信息38条。"),)
    assert ("hidden_sheets", "旧数") in document.properties


def test_sheets_come_in_their_order() -> None:
    written = sheet()
    written.append(["一、总体情况"])
    assert written.parent is not None
    written.parent.create_sheet("二").append(["二、主动公开政府信息情况"])
    assert [block.text for block in read(written).blocks if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
    ]


@pytest.mark.parametrize("far", ["XFD1048576", "A1048576", "ZZ9999"])
def test_a_sheet_that_reaches_to_the_end_of_the_world_is_refused(far: str) -> None:
    written = sheet()
    written["A1"] = 1
    written["B1"] = 1
    written[far] = 2
    if far == "A1048576":
        written["B1048576"] = 1
    with pytest.raises(UnreadableFile, match="大得不像"):
        read(written)


def test_a_merge_over_the_whole_sheet_is_bounded() -> None:
    written = sheet()
    written.append(["标题"])
    written.append(["情形", "自然人"])
    written.merge_cells("A1:XFD1")
    assert read(written).blocks[0] == Paragraph("标题")


def altered(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The container with one part's bytes replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, re.sub(old, new, content) if name == part else content)
    return buffer.getvalue()


def test_a_cell_that_lies_about_its_place_is_refused_or_read() -> None:
    written = sheet()
    written.append(["情形", 1])
    assert written.parent is not None
    for place in (b"A0", b"ZZZZZ1", b"A99999999999", b"1", b""):
        data = altered(saved(written.parent), "xl/worksheets/sheet1.xml", rb'r="B1"', b'r="' + place + b'"')
        try:
            assert isinstance(readers.read(data)[1], Document)
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")


def test_a_workbook_with_two_parts_of_one_name_is_refused() -> None:
    written = sheet()
    written.append(["情形", 1])
    assert written.parent is not None
    buffer = io.BytesIO(saved(written.parent))
    with zipfile.ZipFile(buffer, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    with pytest.raises(UnreadableFile, match="损坏"):
        readers.read(buffer.getvalue())


@pytest.mark.parametrize("name", ["one_sheet.xlsx", "xlsx_named_xls.xls"])
def test_a_whole_report_on_one_sheet_holds_every_figure(shared: Path, name: str) -> None:
    path = shared / "variants" / name
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    report = extracted(path.read_bytes(), name)
    found = {(fact.schedule, fact.line, fact.column): fact.value for fact in report.facts}
    assert all(float(found[f["schedule"], f["line"], f["column"]] or 0) == f["value"] for f in truth["facts"])


def test_an_old_workbook_reads_like_a_new_one() -> None:
    media_type, document = readers.read((Path(__file__).parent / "files" / "workbook.xls").read_bytes())
    assert media_type == "application/vnd.ms-excel"
    assert document.properties == (("hidden_sheets", "旧数"),)
    assert document.blocks == (
        Paragraph("一、总体情况"),
        Paragraph("全年公开信息38条。"),
        Table(
            (
                Cell("（三）不予公开", 0, 0, 2, 1),
                Cell("1.属于国家秘密", 0, 1),
                Cell("4", 0, 2),
                Cell("2.其他法律行政法规禁止公开", 1, 1),
                Cell("5.5", 1, 2),
                Cell("总计", 2, 0, 1, 2),
                Cell("9.5", 2, 2),
                Cell("差错", 3, 0, 1, 2),
                Cell("#N/A", 3, 2),
            )
        ),
    )


def test_an_old_workbook_whose_stream_begins_like_a_zip_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        readers.read(container({"Workbook": b"PK\x03\x04" + bytes(600)}))


def test_a_damaged_old_workbook_is_refused_or_read() -> None:
    chance = random.Random(2024)
    whole = (Path(__file__).parent / "files" / "workbook.xls").read_bytes()
    for attempt in range(200):
        broken = bytearray(whole[: chance.randrange(8, len(whole))] if attempt % 2 else whole)
        for _ in range(8):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        try:
            assert isinstance(readers.read(bytes(broken))[1], Document)
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")
