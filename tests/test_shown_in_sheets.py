"""What sheets show is what counts: number formats, struck and white fonts, hidden rows and columns, zeros left out."""

import io
import itertools
import struct
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

import grids
import opendocument
import openpyxl
import pytest
from extracted import extracted
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from test_workbook import saved
from word_binary import container

from bench import material
from etl import counts, forms, readers, shortcomings
from etl.document import Document, Table
from etl.forms import APPLICANTS, REQUESTS, REVIEW
from etl.readers.sheets import formats
from etl.report import Report, State

FORMATS = [
    ("5", "0", "5"),
    ("12.5", "0", "13"),
    ("1234567", "#,##0", "1,234,567"),
    ("3", "0.00", "3.00"),
    ("3", "0.0#", "3.0"),
    ("3", 'General"件"', "3件"),
    ("0", "0;;;", ""),
    ("5", ";;;", ""),
    ("0", "#", ""),
    ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
    ("7", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "7"),
    ("5", '0"万"', "5万"),
    ("0.05", "0%", "5%"),
    ("-3", "0_);[Red](0)", "(3)"),
    ("-3", "0", "-3"),
    ("3", "@", "3"),
]


@pytest.mark.parametrize(("value", "code", "text"), FORMATS)
def test_a_number_is_what_its_format_shows(value: str, code: str, text: str) -> None:
    assert formats.shown(Decimal(value), code) == text


@pytest.mark.parametrize(
    "code", ["0,", '0.0,"万"', "0.00E+00", "# ?/?", "[White]0", "[>9]0;0.0", "[DBNum1]General"]
)
def test_a_number_shown_in_another_unit_or_way_is_doubted(code: str) -> None:
    shown = formats.shown(Decimal(12345), code)
    assert shown is not None and counts.read(shown)[1] is State.ILLEGIBLE


@pytest.mark.parametrize("code", ["yyyy/m/d", 'yyyy"年"m"月"', "[h]:mm"])
def test_a_date_is_left_to_be_a_date(code: str) -> None:
    assert formats.shown(Decimal(12345), code) is None


def texts(document: Document) -> list[list[str]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return grids.texts(table)


def read(change: Callable[[Worksheet, SheetCell], None]) -> Document:
    """A sheet of labels and numbers, of which the 57 in B2 has been changed."""
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet) and sheet.parent is not None
    for row in (["规章", 12, 34], ["许可", 57, 8], ["处罚", 0, 9]):
        sheet.append(row)
    cell = sheet["B2"]
    assert isinstance(cell, SheetCell)
    change(sheet, cell)
    return readers.read(saved(sheet.parent))[1]


def in_font(**font: object) -> Callable[[Worksheet, SheetCell], None]:
    def change(_: Worksheet, cell: SheetCell) -> None:
        cell.font = Font(**font)

    return change


def written(text: str, **font: object) -> Callable[[Worksheet, SheetCell], None]:
    def change(_: Worksheet, cell: SheetCell) -> None:
        cell.value, cell.font = text, Font(**font)

    return change


def white_on_blue(_: Worksheet, cell: SheetCell) -> None:
    cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF4472C4")


def rich(*parts: object) -> Callable[[Worksheet, SheetCell], None]:
    def change(_: Worksheet, cell: SheetCell) -> None:
        cell.value = CellRichText(*parts)

    return change


def formatted(code: str) -> Callable[[Worksheet, SheetCell], None]:
    def change(_: Worksheet, cell: SheetCell) -> None:
        cell.number_format = code

    return change


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (in_font(), "57"),
        (in_font(strike=True), ""),
        (in_font(color="FFFFFFFF"), "57?"),
        (written("57", color="FFFFFFFF"), "57?"),
        (rich(TextBlock(InlineFont(color="FFFFFFFF"), "5"), "7"), "5?7"),
        (white_on_blue, "57"),
        (rich(TextBlock(InlineFont(strike=True), "5"), "7"), "7"),
        (rich("57", TextBlock(InlineFont(vertAlign="superscript"), "1")), "57"),
        (formatted("0;;;"), "57"),
        (formatted(";;;"), ""),
        (formatted('0"万"'), "57万"),
        (formatted("#,##0,"), "57?"),
    ],
)
def test_a_cell_reads_as_it_looks(change: Callable[[Worksheet, SheetCell], None], text: str) -> None:
    assert texts(read(change))[1] == ["许可", text, "8"]


WHITE, BLACK = Font(color="FFFFFFFF"), Font(color="FF000000")


def ruled(*rules: Rule, cells: str = "B1:C3") -> Callable[[Worksheet, SheetCell], None]:
    def change(sheet: Worksheet, _: SheetCell) -> None:
        for rule in rules:
            sheet.conditional_formatting.add(cells, rule)

    return change


def unseen_format() -> DifferentialStyle:
    return DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;"))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (ruled(CellIsRule("equal", ["57"], font=WHITE)), "57?"),
        (ruled(CellIsRule("equal", ["58"], font=WHITE)), "57"),
        (ruled(CellIsRule("between", ["60", "50"], font=WHITE)), "57?"),
        (ruled(CellIsRule("equal", ["57"], font=WHITE, fill=PatternFill(bgColor="FF1F4E79"))), "57"),
        (ruled(CellIsRule("equal", ["57"], font=BLACK), CellIsRule("equal", ["57"], font=WHITE)), "57"),
        (ruled(CellIsRule("equal", ["57"], stopIfTrue=True, font=Font(strike=True))), ""),
        (ruled(CellIsRule("equal", ["$A$9"], font=WHITE)), "57?"),
        (ruled(CellIsRule("equal", ["$A$9"], font=BLACK)), "57"),
        (ruled(CellIsRule("equal", ["57"], stopIfTrue=True), CellIsRule("equal", ["57"], font=WHITE)), "57"),
        (ruled(FormulaRule(["B1>50"], font=WHITE)), "57?"),
        (ruled(FormulaRule(["B1>57"], font=WHITE)), "57"),
        (ruled(FormulaRule(['$A1="规章"'], font=WHITE)), "57?"),
        (ruled(FormulaRule(["B1>50"], font=WHITE), cells="C1:C3"), "57"),
        (ruled(Rule("cellIs", dxf=unseen_format(), operator="greaterThan", formula=["50"])), ""),
        (ruled(DataBarRule("min", 0, "max", 10, "FF638EC6", showValue=False)), "57?"),
        (ruled(DataBarRule("min", 0, "max", 10, "FF638EC6", showValue=True)), "57"),
    ],
)
def test_a_number_that_a_conditional_format_hides_is_no_number(
    change: Callable[[Worksheet, SheetCell], None], text: str
) -> None:
    assert texts(read(change))[1][:2] == ["许可", text]


def test_a_number_too_wide_for_its_column_counts_and_is_told() -> None:
    def narrow(sheet: Worksheet, _: SheetCell) -> None:
        sheet.column_dimensions["B"].width = 1.5

    def shrunk(sheet: Worksheet, cell: SheetCell) -> None:
        narrow(sheet, cell)
        for row in sheet["B1:B3"]:
            row[0].alignment = Alignment(shrink_to_fit=True)

    assert texts(read(narrow))[1] == ["许可", "57", "8"]
    assert [problem.kind for problem in shortcomings.problems(read(narrow))] == ["narrow-columns"]
    assert [*shortcomings.problems(read(shrunk))] == []


def hide_row(sheet: Worksheet, _: SheetCell) -> None:
    sheet.row_dimensions[2].hidden = True


def hide_column(sheet: Worksheet, _: SheetCell) -> None:
    sheet.column_dimensions["B"].hidden = True


def flatten_row(sheet: Worksheet, _: SheetCell) -> None:
    sheet.row_dimensions[2].height = 0.3


def squeeze_column(sheet: Worksheet, _: SheetCell) -> None:
    sheet.column_dimensions["B"].width = 0.1


@pytest.mark.parametrize("change", [hide_row, hide_column, flatten_row, squeeze_column])
def test_hidden_rows_and_columns_are_left_out_and_told(
    change: Callable[[Worksheet, SheetCell], None],
) -> None:
    document = read(change)
    assert not any("57" in row for row in texts(document))
    assert [problem.kind for problem in shortcomings.problems(document)] == ["hidden-cells"]


def form_sheet() -> Worksheet:
    """A sheet with the statutory tables merged as the form has them, of whose numbers none is blank."""
    sheet = openpyxl.load_workbook(io.BytesIO(material.MATERIAL["xlsx"]())).active
    assert isinstance(sheet, Worksheet)
    numbers = itertools.count(11)
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell, SheetCell) and cell.value is not None and counts.looks_like_a_value(cell.value):
            cell.value = next(numbers)
    return sheet


def column_of(sheet: Worksheet, head: str) -> int:
    """The number of the column in which a head stands first."""
    return next(at for row in sheet.iter_rows() for at, cell in enumerate(row, 1) if cell.value == head)


def inserted(sheet: Worksheet, at: int, number: str, head: str) -> None:
    """Put a column of numbers into the tables that reach so far, merged heads reaching over it."""
    merges = [area.bounds for area in sheet.merged_cells.ranges]
    for area in [str(area) for area in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    sheet.insert_cols(at)
    for left, top, right, bottom in merges:
        sheet.merge_cells(None, top, left + (left >= at), bottom, right + (right >= at))
    for row in sheet.iter_rows():
        cell = row[at - 1]
        numbers = [type(other.value) is int for other in row if other.value is not None]
        if isinstance(cell, SheetCell) and row[at].value is not None:
            cell.value = number if any(numbers) else head


def numbers(report: Report) -> dict[tuple[str, str, str], Decimal | None]:
    return {
        (fact.schedule, fact.line, fact.column): fact.value
        for fact in report.facts
        if fact.state is State.STATED
    }


def hidden_in(sheet: Worksheet, column: int) -> Report:
    """What the sheet states when a column is hidden; no number but what it states otherwise."""
    assert sheet.parent is not None
    whole = form_sheet().parent
    assert whole is not None
    stated = numbers(extracted(saved(whole)))
    sheet.column_dimensions[get_column_letter(column)].hidden = True
    report = extracted(saved(sheet.parent))
    assert numbers(report).items() <= stated.items()
    assert {fact.state for fact in report.facts} <= {State.STATED, State.ILLEGIBLE}
    return report


def illegible(report: Report) -> set[str]:
    """The columns of table 3 in which not every cell could be read."""
    return {
        fact.column for fact in report.facts if fact.schedule == REQUESTS and fact.state is State.ILLEGIBLE
    }


HEADS = {column.key: column.label for column in forms.form("2021").schedule(REQUESTS).blocks[0].columns}


@pytest.mark.parametrize("key", APPLICANTS)
def test_of_a_table_whose_column_is_hidden_the_others_are_read(key: str) -> None:
    sheet = form_sheet()
    report = hidden_in(sheet, column_of(sheet, HEADS[key]))
    assert illegible(report) == {key}
    assert sum(fact.state is State.ILLEGIBLE for fact in report.facts if fact.schedule == REVIEW) == 1
    assert [problem.kind for problem in report.problems] == ["hidden-cells"]


@pytest.mark.parametrize("key", APPLICANTS)
@pytest.mark.parametrize(("number", "head"), [("", ""), ("9", ""), ("9", "备注")])
def test_no_other_column_stands_for_a_hidden_one(key: str, number: str, head: str) -> None:
    sheet = form_sheet()
    at = column_of(sheet, HEADS[key])
    inserted(sheet, at, number, head)
    assert key in illegible(hidden_in(sheet, at + 1))


@pytest.mark.parametrize("key", APPLICANTS)
@pytest.mark.parametrize("written", ["9", "同上"])
def test_what_each_table_lacks_is_told_where_a_column_joins_them(key: str, written: str) -> None:
    sheet = form_sheet()
    beside = sheet.max_column + 1
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, beside, written)
    report = hidden_in(sheet, column_of(sheet, HEADS[key]))
    assert illegible(report) == {key}


@pytest.mark.parametrize(("number", "head"), [("", ""), ("9", ""), ("9", "备注"), ("9", "科研机构")])
def test_a_hidden_column_that_the_form_does_not_lack_is_gone(number: str, head: str) -> None:
    sheet = form_sheet()
    at = column_of(sheet, HEADS[APPLICANTS[2]])
    inserted(sheet, at, number, head)
    assert all(fact.state is State.STATED for fact in hidden_in(sheet, at).facts)


def test_labels_in_a_hidden_column_name_their_lines() -> None:
    sheet = form_sheet()
    at = column_of(sheet, "3.其他")
    assert not illegible(hidden_in(sheet, at))


def rows_of_requests() -> list[list[str]]:
    """Table 3 with a seven in every cell."""
    (block,) = forms.form("2021").schedule(REQUESTS).blocks
    return [["", *HEADS.values()], *([line.label, *("7" * len(HEADS))] for line in block.leaves())]


def test_of_a_table_of_an_open_sheet_whose_column_is_hidden_the_others_are_read() -> None:
    lines = (opendocument.row(*map(opendocument.cell, row)) for row in rows_of_requests())
    away = '<table:table-column table:visibility="collapse"/>'
    columns = "".join(away if at == 3 else "<table:table-column/>" for at in range(1 + len(HEADS)))
    report = extracted(opendocument.odf(opendocument.table(*lines, columns=columns), kind="spreadsheet"))
    assert illegible(report) == {APPLICANTS[2]}
    assert {fact.value for fact in report.facts if fact.state is State.STATED} == {7}


def test_of_a_table_of_an_old_workbook_whose_column_is_hidden_the_others_are_read() -> None:
    report = extracted(
        old_workbook([[OldCell(text) for text in row] for row in rows_of_requests()], column=3)
    )
    assert illegible(report) == {APPLICANTS[2]}
    assert {fact.value for fact in report.facts if fact.state is State.STATED} == {7}


def test_zeros_that_the_sheet_leaves_out_are_blanks() -> None:
    def no_zeros(sheet: Worksheet, _: SheetCell) -> None:
        sheet.sheet_view.showZeros = False

    assert texts(read(no_zeros))[2] == ["处罚", "", "9"]


def record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


class OldCell(NamedTuple):
    """A number or a text of an old workbook with the number of its look: plain, struck, white, formatted, white on blue."""

    value: float | str
    look: int = 0


def old_workbook(
    rows: Sequence[Sequence[OldCell]],
    code: str = "0;;;",
    row: int | None = None,
    column: int | None = None,
    options: int = 0xB6,
    narrow: int | None = None,
) -> bytes:
    """A workbook as Excel 97 writes it; `row` and `column` are hidden, `options` are those of its window."""
    font = "<HHHHHBBBxBB5s"
    fonts = [(0, 0x7FFF), (8, 0x7FFF), (0, 9)]
    looks = [(0, 0, 0, 64), (1, 0, 0, 64), (2, 0, 0, 64), (0, 200, 0, 64), (2, 0, 1, 12)]
    book = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 6))
    book += b"".join(
        record(0x31, struct.pack(font, 200, flags, colour, 400, 0, 0, 0, 134, 5, 0, b"Arial"))
        for flags, colour in fonts
    )
    book += record(0x41E, struct.pack("<H", 200) + string(code))
    book += b"".join(
        record(
            0xE0, struct.pack("<HHHBBBBIIH", font, form, 1, 0, 0, 0, 0xFC, 0, fill << 26, colour | 65 << 7)
        )
        for font, form, fill, colour in looks
    )
    listed = struct.pack("<BBBB", 0, 0, 2, 1) + "报表".encode("utf-16-le")
    start = len(book) + 4 + 4 + len(listed) + 4
    book += record(0x85, struct.pack("<I", start) + listed) + record(0x0A, b"")
    book += record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 6))
    if column is not None:
        book += record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))
    if narrow is not None:
        book += record(0x7D, struct.pack("<HHHHHH", narrow, narrow, 300, 0, 0, 0))
    if row is not None:
        book += record(0x208, struct.pack("<HHHHHHI", row, 0, 3, 300, 0, 0, 0x20))
    for at, cells in enumerate(rows):
        for across, (value, look) in enumerate(cells):
            place = struct.pack("<HHH", at, across, look)
            written = (0x204, string(value)) if isinstance(value, str) else (0x203, struct.pack("<d", value))
            book += record(written[0], place + written[1])
    return container({"Workbook": book + record(0x23E, struct.pack("<H16x", options)) + record(0x0A, b"")})


OLD = [
    [OldCell("规章"), OldCell(12), OldCell(34)],
    [OldCell("许可"), OldCell(57), OldCell(8)],
    [OldCell("处罚"), OldCell(0), OldCell(9)],
]


def old_rows(look: int, code: str = "0;;;") -> list[list[str]]:
    changed = [*OLD[:1], [OldCell("许可"), OldCell(57, look), OldCell(8)], *OLD[2:]]
    return texts(readers.read(old_workbook(changed, code))[1])


@pytest.mark.parametrize(
    ("look", "code", "text"),
    [
        (0, "0", "57"),
        (1, "0", ""),
        (2, "0", "57?"),
        (3, ";;;", ""),
        (3, '0"万"', "57万"),
        (3, "0,", "57?"),
        (4, "0", "57"),
    ],
)
def test_a_cell_of_an_old_workbook_reads_as_it_looks(look: int, code: str, text: str) -> None:
    assert old_rows(look, code)[1] == ["许可", text, "8"]


@pytest.mark.parametrize(("row", "column"), [(1, None), (None, 1)])
def test_hidden_rows_and_columns_of_an_old_workbook_are_left_out_and_told(
    row: int | None, column: int | None
) -> None:
    document = readers.read(old_workbook(OLD, row=row, column=column))[1]
    assert not any("57" in row for row in texts(document))
    assert [problem.kind for problem in shortcomings.problems(document)] == ["hidden-cells"]


def test_zeros_that_an_old_sheet_leaves_out_are_blanks() -> None:
    assert texts(readers.read(old_workbook(OLD))[1])[2] == ["处罚", "0", "9"]
    assert texts(readers.read(old_workbook(OLD, options=0xB6 & ~0x10))[1])[2] == ["处罚", "", "9"]


def test_a_number_too_wide_for_its_column_of_an_old_workbook_counts_and_is_told() -> None:
    document = readers.read(old_workbook(OLD, narrow=1))[1]
    assert texts(document)[1] == ["许可", "57", "8"]
    assert [problem.kind for problem in shortcomings.problems(document)] == ["narrow-columns"]
