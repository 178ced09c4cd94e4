"""Tables as an Excel workbook: real numbers, frozen headings, charts that Excel draws."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from etl import counts
from etl.export import About, Rows, Value, safe
from etl.paper import chart_drawing, native_chart
from etl.paper.native_chart import Chart

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDEST = 60
_A4 = 9  # as Excel numbers paper
# Small charts on a sheet: how many beside each other, and the cells each takes at Excel's own widths and heights.
_ACROSS, _CHART_COLUMNS, _CHART_ROWS = 4, 5, 10


def workbook(
    sheets: Iterable[tuple[str, Sequence[str], Rows]],
    charts: Iterable[tuple[str, Chart]] = (),
    title: str = "",
) -> bytes:
    """An Excel workbook of (name, heads, rows): numbers as numbers, headings frozen, a filter on every column.

    Each of `charts` (name, chart) stands on a sheet of its own, beside the cells it is drawn from, after the first table.
    `title` stands above every printed sheet.
    """
    book = Workbook(write_only=True)
    tables = list(sheets)
    for table in tables[:1]:
        _table_sheet(book, *table)
    for name, chart in charts:
        _chart_sheet(_sheet(book, name), chart)
    for table in tables[1:]:
        _table_sheet(book, *table)
    book.properties.title = title
    for sheet in book.worksheets:
        # An ampersand begins a command there.
        sheet.oddHeader.left.text = title.replace("&", "&&")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _table_sheet(book: Workbook, name: str, heads: Sequence[str], rows: Rows) -> None:
    sheet = _sheet(book, name)
    for number, head in enumerate(heads, 1):
        widest = max([_width(head), *(_width(row[number - 1]) for row in rows[:200])])
        sheet.column_dimensions[get_column_letter(number)].width = min(widest + 3, _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(heads), 1))}{len(rows) + 1}"
    sheet.append([_head(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _sheet_name(name: str) -> str:
    """What Excel takes as the name of a sheet, and as a part of a reference without doubling a mark."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31]


def _sheet(book: Workbook, name: str) -> WriteOnlyWorksheet:
    """A new sheet that prints across, as wide as the paper."""
    sheet = book.create_sheet(_sheet_name(name))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def _chart_sheet(sheet: WriteOnlyWorksheet, chart: Chart) -> None:
    heads, *rows = native_chart.cells(chart)
    sheet.column_dimensions["A"].width = min(max(_width(row[0]) for row in rows or [("",)]) + 3, _WIDEST)
    sheet.freeze_panes = "B2"
    drawn = chart_drawing.drawn(chart, sheet.title)
    across = _ACROSS if len(drawn) > 1 else 1
    for at, one in enumerate(drawn):
        one.width, one.height = (
            (7, 4.5) if chart.apart else (20, max(9, 0.8 * len(rows) if chart.lies else 0))
        )
        column = get_column_letter(len(heads) + 2 + at % across * _CHART_COLUMNS)
        sheet.add_chart(one, f"{column}{2 + at // across * _CHART_ROWS}")
    sheet.append([_head(sheet, str(head)) for head in heads])
    for row in rows:
        sheet.append([_number(value) for value in row])
    if chart.note:
        sheet.append([])
        sheet.append([_number(chart.note)])


def _head(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EEF4")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> object:
    if not isinstance(value, About):
        return _number(value)
    cell = WriteOnlyCell(sheet, value=value.value)
    cell.number_format = '"≈"#,##0.####' if isinstance(value.value, float) else '"≈"#,##0'
    return cell


def _number(value: Value) -> Value:
    if isinstance(value, Decimal):
        return counts.plain(value)
    return _CONTROLS.sub("", value) if isinstance(value := safe(value), str) else value


def _width(value: Value) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in str("" if value is None else value))
