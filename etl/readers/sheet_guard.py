"""What must be known of a sheet before it is read: how far it reaches, and which of its cells show no value.

The workbook library reserves memory for the whole rectangle a sheet reaches over and aborts the process when
there is none; and it gives cells with an error, or with a formula never calculated, as if they were blank.
"""

import re
import struct
from collections.abc import Iterator

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.container import Package, parse_xml

MAX_CELLS = 1_000_000
_DAMAGED = "Excel 文件不完整或已损坏，请用 Excel、WPS 打开后重新保存再试。"
_TOO_LARGE = "工作表大得不像一份年报，没有读取。"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BOUNDSHEET, _BEGIN, _BOOL_OR_ERROR, _FORMULA = 0x0085, 0x0809, 0x0205, 0x0006
# FORMULA, LABEL, NUMBER, RK, MULRK, LABELSST, RSTRING and their forms in older workbooks begin with row and column.
_CELLS = frozenset((_FORMULA, 0x0004, 0x0003, 0x0204, 0x0203, 0x027E, 0x00BD, 0x00FD, 0x00D6, _BOOL_OR_ERROR))
_WHOLE_SHEET = 0x10

Marks = dict[tuple[int, int], str]


def xlsx_marks(package: Package, part: str) -> Marks:
    """What to show for an .xlsx sheet's cells without a value: the error, or the formula never calculated.

    Raises UnreadableFile when the sheet is damaged or reaches too far.
    """
    data = package.read(part)
    if data is None:
        return {}
    marks: Marks = {}
    row = column = last_row = last_column = -1
    for element in parse_xml(data).iter("{*}row", "{*}c"):
        if etree.QName(element).localname == "row":
            row, column = _row(element.get("r"), row + 1), -1
            continue
        row, column = _place(element.get("r"), row, column + 1)
        if len(element):
            last_row, last_column = max(last_row, row), max(last_column, column)
            if mark := _mark(element):
                marks[row, column] = mark
    _limit(last_row, last_column)
    return marks


def _row(number: str | None, otherwise: int) -> int:
    if number is None:
        return otherwise
    if not _ROW.fullmatch(number):
        raise UnreadableFile(_DAMAGED)
    return int(number) - 1


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """A cell's row and column from 0. The library computes both without a limit, so no other form passes."""
    if reference is None:
        return row, column
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise UnreadableFile(_DAMAGED)
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - 64
    return int(found[2]) - 1, number - 1


def _mark(cell: etree._Element) -> str:
    value, formula = cell.find("{*}v"), cell.find("{*}f")
    shown = "" if value is None else value.text or ""
    if cell.get("t") == "e":
        return shown or "#N/A"
    return f"={formula.text or ''}" if formula is not None and not shown and cell.get("t") != "str" else ""


def xls_marks(stream: bytes) -> list[Marks]:
    """The same for each sheet of an .xls, in the order of their names."""
    starts = [
        struct.unpack_from("<I", body)[0]
        for kind, _, body in _records(stream)
        if kind == _BOUNDSHEET and len(body) > 4
    ]
    sheets: dict[int, Marks] = {}
    current: Marks = {}
    last_row = last_column = -1
    for kind, start, body in _records(stream):
        if kind == _BEGIN and start in starts:
            last_row = last_column = -1
            current = {}
            sheets[start] = current
        elif kind in _CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last_row, last_column = max(last_row, row), max(last_column, column)
            _limit(last_row, last_column)
            if mark := _binary_mark(kind, body):
                current[row, column] = mark
    return [sheets.get(start, {}) for start in starts]


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _binary_mark(kind: int, body: bytes) -> str:
    if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7] == 1:
        return _ERRORS.get(body[6], "#N/A")
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#N/A")
    return ""


def _limit(last_row: int, last_column: int) -> None:
    if (last_row + 1) * (last_column + 1) > MAX_CELLS:
        raise UnreadableFile(_TOO_LARGE)
