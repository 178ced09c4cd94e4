"""Old Excel workbooks (.xls, and .et of WPS): what stands on the visible sheets, in order."""

import io
import struct
import zipfile

import xlrd
from xlrd.compdoc import CompDocError

from etl.document import Document, UnreadableFile
from etl.readers import ole
from etl.readers.blocks import Content, document
from etl.readers.container import LOCKED
from etl.readers.sheets import xls_look
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE, Seen, arrange, joined, shown
from etl.readers.sheets.hidden import Hidden

_DAMAGED = "Excel 文件不完整或已损坏，请用 Excel、WPS 打开后重新保存再试。"
# What the library raises for files that are not what they say.
_ERRORS = (
    xlrd.XLRDError,
    CompDocError,
    zipfile.BadZipFile,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
)


def read(data: bytes) -> Document:
    """The document of the visible sheets; `hidden_sheets`, `hidden_cells` and `narrow_columns` name those not seen whole.

    Raises UnreadableFile with the reason.
    """
    # The library follows a chain of sectors that runs in a circle without end; it is given the stream itself.
    streams = ole.streams(data, ("Workbook", "Book"))
    stream = streams.get("Workbook") or streams.get("Book") or b""
    try:
        book = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        return document(
            *joined(
                (sheet.name, None if sheet.visibility else _seen(sheet, book.datemode))
                for sheet in book.sheets()
            )
        )
    except _ERRORS as error:
        raise UnreadableFile(LOCKED if "encrypted" in str(error) else _DAMAGED) from error


def _seen(sheet: xlrd.sheet.Sheet, datemode: int) -> Seen:
    unseen = xls_look.unseen(sheet)
    return Seen(_content(sheet, datemode, unseen), _hides(sheet, unseen), _is_narrow(sheet, unseen))


def _content(sheet: xlrd.sheet.Sheet, datemode: int, unseen: Hidden) -> Content:
    rows = [
        [_text(sheet, row, column, datemode) for column in range(sheet.row_len(row))]
        for row in range(sheet.nrows)
    ]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise UnreadableFile(TOO_LARGE)
    full = [row + [""] * (width - len(row)) for row in rows]
    return arrange(
        full,
        [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells],
        unseen,
    )


def _hides(sheet: xlrd.sheet.Sheet, unseen: Hidden) -> bool:
    """Whether a hidden row or column of the sheet holds anything."""
    return any(
        cell.value != "" and unseen.covers(row, column)
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
    )


def _is_narrow(sheet: xlrd.sheet.Sheet, unseen: Hidden) -> bool:
    """Whether a column of the sheet has no room for a number in it."""
    merged = {(top, left) for top, _, left, _ in sheet.merged_cells}
    return not all(
        (row, column) in merged or xls_look.has_room(sheet, row, column)
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
        if not unseen.covers(row, column)
    )


def _text(sheet: xlrd.sheet.Sheet, row: int, column: int, datemode: int) -> str:
    look = xls_look.shown(sheet, row, column)
    return _value(sheet.cell(row, column), datemode) if look is None else look


def _value(cell: xlrd.sheet.Cell, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xlrd.xldate_as_datetime(cell.value, datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    return shown(cell.value)
