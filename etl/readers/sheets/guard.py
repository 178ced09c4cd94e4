"""What must be known of a sheet before it is read: how far it reaches, and what its cells show other than a value.

The workbook library reserves memory for the whole rectangle a sheet reaches over and aborts the process when
there is none; and it gives cells with an error, or with a formula never calculated, as if they were blank.
"""

import re
from typing import NamedTuple

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.container import Package, parse_xml
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE
from etl.readers.sheets.hidden import NOTHING_HIDDEN, Hidden
from etl.readers.sheets.xlsx_look import Cells, Looks, hidden_columns, is_hidden

_DAMAGED = "Excel 文件不完整或已损坏，请用 Excel、WPS 打开后重新保存再试。"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)

Marks = dict[tuple[int, int], str]


class Shown(NamedTuple):
    """What cells show other than their values, what is hidden, whether anything stands there.

    `narrow` says that a column has no room for a number in it.
    """

    marks: Marks
    unseen: Hidden = NOTHING_HIDDEN
    hides: bool = False
    narrow: bool = False


def xlsx_shown(package: Package, part: str, looks: Looks) -> Shown:
    """What an .xlsx sheet shows.

    Cells without a value show the error, or the formula never calculated.
    Raises UnreadableFile when the sheet is damaged or reaches too far.
    """
    data = package.read(part)
    if data is None:
        raise UnreadableFile(_DAMAGED)
    sheet = parse_xml(data)
    columns, cells = frozenset(hidden_columns(sheet)), Cells(sheet, looks)
    marks: Marks = {}
    hidden: set[int] = set()
    hides = narrow = False
    row = column = last_row = last_column = -1
    for element in sheet.iter("{*}row", "{*}c"):
        if element.tag.endswith("row"):
            row, column = _row(element.get("r"), row + 1), -1
            hidden.update((row,) if is_hidden(element) else ())
            continue
        row, column = _place(element.get("r"), row, column + 1)
        if len(element):
            last_row, last_column = max(last_row, row), max(last_column, column)
            unseen = row in hidden or column in columns
            hides = hides or unseen
            if mark := _mark(element):
                marks[row, column] = mark
            else:
                text, fits = cells.shown(element, (row, column))
                narrow = narrow or not (fits or unseen)
                marks |= {} if text is None else {(row, column): text}
    _limit(last_row, last_column)
    return Shown(marks, Hidden(frozenset(hidden), columns), hides, narrow)


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
