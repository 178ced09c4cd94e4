"""What must be known of a sheet before it is read: how far it reaches, and which of its cells show no value.

The workbook library reserves memory for the whole rectangle a sheet reaches over and aborts the process when
there is none; and it gives cells with an error, or with a formula never calculated, as if they were blank.
"""

import re

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.container import Package, parse_xml
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE

_DAMAGED = "Excel 文件不完整或已损坏，请用 Excel、WPS 打开后重新保存再试。"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)

Marks = dict[tuple[int, int], str]


def xlsx_marks(package: Package, part: str) -> Marks:
    """What to show for an .xlsx sheet's cells without a value: the error, or the formula never calculated.

    Raises UnreadableFile when the sheet is damaged or reaches too far.
    """
    data = package.read(part)
    if data is None:
        raise UnreadableFile(_DAMAGED)
    marks: Marks = {}
    row = column = last_row = last_column = -1
    for element in parse_xml(data).iter("{*}row", "{*}c"):
        if element.tag.endswith("row"):
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
    parts = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
    if cell.get("t") == "e":
        return parts.get("v") or "#N/A"
    if "f" in parts and not parts.get("v") and cell.get("t") != "str":
        return f"={parts['f']}"
    return ""


def _limit(last_row: int, last_column: int) -> None:
    if (last_row + 1) * (last_column + 1) > MAX_CELLS:
        raise UnreadableFile(TOO_LARGE)
