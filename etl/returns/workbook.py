"""The county's tables as an Excel workbook in the statutory layout: real numbers, ready to print, read back as they are."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from etl.filled_form import COUNTY, GOVERNMENT, YEAR
from etl.forms import PROACTIVE, REQUESTS, Schedule
from etl.paper.statutory_layout import MARK, Slot, size, slots, title
from etl.returns.roll_up import RollUp
from etl.returns.unit import schedules
from etl.returns.words import notes, table, words

_THIN = Side(style="thin", color="000000")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_DOUBT = PatternFill("solid", fgColor="D9D9D9")
_TYPE, _HEAD = "仿宋", "黑体"
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WIDTHS: dict[str, tuple[float, ...]] = {
    PROACTIVE: (26, 20, 20, 20),
    REQUESTS: (8, 12, 40, 9, 9, 9, 9, 9, 9, 9),
}
_REVIEW = (8.5,) * 15
_TOP = 2
# The height of a line in points, and the width of a Chinese letter in digits, in type of 11 points.
_LINE, _LETTER = 15, 2.2


def workbook(rolled: RollUp, sample: bool) -> bytes:
    """The tables, a sheet each, behind a cover that says whose they are."""
    book = Workbook()
    _cover(book.active, rolled, sample)
    for number, schedule in enumerate(schedules(), 2):
        sheet = book.create_sheet(words()["place"].format(table=table(schedule.key)))
        _table(sheet, title(number, schedule), schedule, rolled)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cover(sheet: Any, rolled: RollUp, sample: bool) -> None:
    sheet.title = words()["cover"]
    _line(sheet, 1, (words()["sample"] if sample else "") + words()["report"], 2, Font(_HEAD, 14))
    told: tuple[tuple[str, str | int], ...] = (
        (COUNTY, rolled.county),
        (GOVERNMENT, words()["government"].format(county=rolled.county)),
        (YEAR, rolled.year),
    )
    for row, pair in enumerate(told, 3):
        for column, value in enumerate(pair, 1):
            cell = sheet.cell(row, column, value)
            cell.font, cell.border, cell.alignment = Font(_TYPE, 12), _FRAME, _MIDDLE
    for letter, width in (("A", 20), ("B", 44)):
        sheet.column_dimensions[letter].width = width


def _table(sheet: Any, heading: str, schedule: Schedule, rolled: RollUp) -> None:
    layout = slots(schedule)
    rows, columns = size(layout)
    for column, width in enumerate(_WIDTHS.get(schedule.key, _REVIEW), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _line(sheet, 1, heading, columns, Font(_HEAD, 14))
    for slot in layout:
        _slot(sheet, slot, schedule.key, rolled)
    _heights(sheet, layout)
    _line(sheet, rows + _TOP + 1, notes(rolled, schedule.key), columns, Font(_TYPE, 10.5))
    sheet.row_dimensions[rows + _TOP + 1].height = 34
    _print(sheet, columns)


def _slot(sheet: Any, slot: Slot, schedule: str, rolled: RollUp) -> None:
    row, column = slot.row + _TOP, slot.column + 1
    last_row, last_column = row + slot.rows - 1, column + slot.columns - 1
    for covered in range(row, last_row + 1):
        for beside in range(column, last_column + 1):
            sheet.cell(covered, beside).border = _FRAME
    if slot.rows * slot.columns > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
    cell = sheet.cell(row, column, slot.text or None)
    cell.font, cell.alignment = Font(_TYPE, 11), _MIDDLE
    if slot.cell is None:
        return
    summed = rolled.sums[schedule, slot.cell[0], slot.cell[1]]
    if summed.value is not None:
        whole = summed.value == summed.value.to_integral_value()
        cell.value = int(summed.value) if whole else float(summed.value)
    if summed.doubts:
        cell.fill = _DOUBT
        cell.number_format = f'General"{MARK}"'


def _heights(sheet: Any, layout: Sequence[Slot]) -> None:
    """Rows as high as their labels need: no program makes room for the text of a merged cell by itself."""
    for slot in layout:
        if slot.rows == 1:
            wide = sum(
                sheet.column_dimensions[get_column_letter(slot.column + 1 + beside)].width
                for beside in range(slot.columns)
            )
            lines = ceil(len(slot.text) * _LETTER / wide)
            row = sheet.row_dimensions[slot.row + _TOP]
            row.height = max(row.height or 0, _LINE * max(lines, 1) + 4)


def _line(sheet: Any, row: int, text: str, columns: int, font: Font) -> None:
    """A line of text over the whole width of a table."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = font, Alignment(vertical="center", wrap_text=True)


def _print(sheet: Any, columns: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if columns > 4 else "portrait"
    sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
