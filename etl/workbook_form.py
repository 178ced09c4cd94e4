"""The form to fill in: a workbook in the statutory layout that checks itself and that the readers read back."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from etl import forms, narrative
from etl.filled_form import CHECK, COUNTY, GOVERNMENT, HEADS, YEAR
from etl.forms import PROACTIVE, REQUESTS, RESULTS, REVIEW, Schedule
from etl.paper.statutory_layout import slots, title

_STATED = (
    "items_published",
    "website_items",
    "wechat_items",
    "new_media_items",
    "bulletin_items",
    "traditional_items",
    "bulletin_boards",
    "interpretations",
    "public_responses",
    "grassroots_standard_items",
    "training_sessions",
    "trained_persons",
    "handling_fee_yuan",
)
_NUMERALS = "一二三四五六七八九十"
_LABELS = 3
_THIN = Side(style="thin", color="808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LABEL = PatternFill("solid", fgColor="EEF2F7")
_WRONG = PatternFill("solid", bgColor="F8C9C4")
_SUM = Font(italic=True, color="5A6270")


def blank(county: str = "", government: str = "", year: int | None = None) -> bytes:
    """The workbook, empty but for what is known of the cover, in the layout of the newest form."""
    form = forms.load()[-1]
    book = Workbook()
    _cover(_Sheet(book.active, "封面", (22, 40)), county, government, year)
    _overview(_Sheet(book.create_sheet(), "一、总体情况", (34, 16, 10)))
    for number, schedule in enumerate(form.schedules, 1):
        write, widths = _LAYOUTS[schedule.key]
        sheet = _Sheet(book.create_sheet(), f"表{_NUMERALS[number]}", widths)
        sheet.prose(1, title(number + 1, schedule), heading=True)
        write(sheet, schedule)
    last = _Sheet(book.create_sheet(), "五、六", (100,))
    last.prose(1, "五、存在的主要问题及改进情况", heading=True)
    last.prose(2, "", height=200)
    last.prose(4, "六、其他需要报告的事项", heading=True)
    last.prose(5, "", height=200)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class _Sheet:
    """A protected sheet: labels are locked, cells to fill in are not. Rows and columns count from 1."""

    def __init__(self, sheet: Any, title: str, widths: Sequence[int]) -> None:
        self._sheet = sheet
        self._width = len(widths)
        sheet.title = title
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.protection.sheet = True
        sheet.protection.formatRows = sheet.protection.formatColumns = False
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape" if len(widths) > _LABELS + 1 else "portrait"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._counts = self._validation("whole", "这里填不小于零的整数；没有的填零，不涉及的留空")
        self._money = self._validation("decimal", "这里填不小于零的数，单位万元")

    def _validation(self, kind: str, message: str) -> DataValidation:
        rule = DataValidation(kind, formula1="0", operator="greaterThanOrEqual", allow_blank=True)
        rule.error, rule.errorTitle, rule.showErrorMessage = message, "填写有误", True
        self._sheet.add_data_validation(rule)
        return rule

    def prose(self, row: int, text: str, heading: bool = False, height: int | None = None) -> None:
        """A line over the whole width; one without a text is there to be written in."""
        cell = self.put(row, 1, text, columns=self._width, framed=not heading)
        cell.font = Font(bold=heading, size=13 if heading else 11)
        cell.alignment = Alignment(vertical="top" if height else "center", wrap_text=True)
        cell.protection = Protection(locked=bool(text))
        if height:
            self._sheet.row_dimensions[row].height = height

    def put(
        self, row: int, column: int, text: Any, rows: int = 1, columns: int = 1, framed: bool = True
    ) -> Any:
        """A cell, merged over its spans, with a frame around each of the cells it covers."""
        for covered_row in range(row, row + rows):
            for covered in range(column, column + columns) if framed else ():
                self._sheet.cell(covered_row, covered).border = _FRAME
        if rows * columns > 1:
            self._sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1
            )
        cell = self._sheet.cell(row, column)
        cell.value = text or None
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        return cell

    def label(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        """A label of the form."""
        self.put(row, column, text, rows, columns).fill = _LABEL

    def field(self, row: int, column: int, columns: int = 1, value: Any = None) -> Any:
        """A cell to fill in with a text."""
        cell = self.put(row, column, value, columns=columns)
        cell.protection = Protection(locked=False)
        return cell

    def count(self, row: int, column: int, columns: int = 1, money: bool = False) -> None:
        """A cell to fill in with a number of things, or with money in 10,000 yuan."""
        (self._money if money else self._counts).add(self.field(row, column, columns).coordinate)

    def rule(self, kind: str, coordinate: str, low: str, high: str, message: str) -> None:
        """Allow only values between two in a cell."""
        rule = self._validation(kind, message)
        rule.operator, rule.formula1, rule.formula2 = "between", low, high
        rule.add(coordinate)

    def sum(self, row: int, column: int, formula: str, entered: str = "") -> None:
        """A sum that follows what is entered, and the entered total that turns red when it differs."""
        cell = self._sheet.cell(row, column, f"={formula}")
        cell.font, cell.alignment = _SUM, Alignment(horizontal="center")
        if entered:
            rule = FormulaRule([f'AND({entered}<>"",{entered}<>{formula})'], fill=_WRONG)
            self._sheet.conditional_formatting.add(entered, rule)

    def mark(self, row: int, column: int, rows: int = 1) -> None:
        """The word by which readers know that sums stand below or beside it."""
        cell = self.put(row, column, CHECK, rows, framed=False)
        cell.font = _SUM


def _cover(sheet: _Sheet, county: str, government: str, year: int | None) -> None:
    sheet.prose(1, "政府信息公开工作年度报告", heading=True)
    for row, (label, value) in enumerate(((COUNTY, county), (GOVERNMENT, government), (YEAR, year)), 3):
        sheet.label(row, 1, label)
        cell = sheet.field(row, 2, value=value)
    sheet.rule("whole", cell.coordinate, "2008", "2100", "这里填报告的年度，四位数字")
    sheet.prose(7, "只填白色单元格。总数照原件填写，与自动核对的结果不一致时变红，仍以填写的为准。")


def _overview(sheet: _Sheet) -> None:
    sheet.prose(1, "一、总体情况", heading=True)
    sheet.prose(2, "", height=200)
    for column, head in enumerate(HEADS, 1):
        sheet.label(4, column, head)
    defined = {definition.key: definition for definition in narrative.definitions()}
    for row, key in enumerate(_STATED, 5):
        sheet.label(row, 1, defined[key].label_zh)
        sheet.count(row, 2)
        sheet.label(row, 3, defined[key].unit)


def _table(sheet: _Sheet, schedule: Schedule) -> dict[tuple[str, str], tuple[int, int]]:
    """Draw a table below the sheet's heading; the row and column of each of its cells."""
    places = {}
    for slot in slots(schedule):
        row, column = slot.row + 2, slot.column + 1
        if slot.cell is None:
            sheet.label(row, column, slot.text, slot.rows, slot.columns)
        else:
            sheet.count(row, column, slot.columns, slot.money)
            places[slot.cell] = row, column
    return places


def _proactive(sheet: _Sheet, schedule: Schedule) -> None:
    _table(sheet, schedule)


def _requests(sheet: _Sheet, schedule: Schedule) -> None:
    places = _table(sheet, schedule)
    rows = {line: row for (line, _), (row, _) in places.items()}
    columns = sorted({column for _, column in places.values()})
    person, total = columns[0], columns[-1]
    sheet.mark(2, total + 1, rows=3)
    for row in rows.values():
        sheet.sum(row, total + 1, f"SUM({_cell(row, person)}:{_cell(row, total - 1)})", _cell(row, total))
    _request_sums(sheet, rows, range(person, total + 1))


def _request_sums(sheet: _Sheet, rows: dict[str, int], columns: range) -> None:
    """Below the table: what the lines add up to, and what the balance leaves, which should be nothing."""
    closed = rows["closed"]
    sums, balance = rows["carried_out"] + 2, rows["carried_out"] + 3
    for row, text in ((sums, "各项之和，应与（七）总计相同"), (balance, "一＋二－（七）－四，应为零")):
        sheet.mark(row, 1)
        sheet.put(row, 2, text, columns=_LABELS - 1, framed=False).font = _SUM
    for column in columns:
        parts = f"SUM({_cell(rows['carried_in'] + 1, column)}:{_cell(closed - 1, column)})"
        sheet.sum(sums, column, parts, _cell(closed, column))
        come, gone = ("received", "carried_in"), ("closed", "carried_out")
        into, out = ("+".join(_cell(rows[key], column) for key in keys) for keys in (come, gone))
        sheet.sum(balance, column, f"{into}-({out})")


def _review(sheet: _Sheet, schedule: Schedule) -> None:
    places = _table(sheet, schedule)
    totals = [place for (_, result), place in places.items() if result == RESULTS[-1]]
    for row, column in totals:
        first = column - len(RESULTS) + 1
        sheet.sum(row + 2, column, f"SUM({_cell(row, first)}:{_cell(row, column - 1)})", _cell(row, column))
    sheet.mark(row + 2, 1)


def _cell(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


_LAYOUTS: dict[str, tuple[Any, tuple[int, ...]]] = {
    PROACTIVE: (_proactive, (30, 18, 18, 18)),
    REQUESTS: (_requests, (8, 14, 34, 10, 10, 10, 12, 12, 10, 10, 12)),
    REVIEW: (_review, (9,) * 15),
}
