"""The sheets of an OpenDocument file: what their cells show, in order."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.blocks import Content
from etl.readers.opendocument import OFFICE, TABLE
from etl.readers.opendocument.looks import Looks
from etl.readers.opendocument.writing import ROWS, Writing, count, is_hidden, within
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE, joined
from etl.readers.sheets.placed import Sheet
from etl.readers.showing import DOUBT

_COLUMNS = tuple(f"{TABLE}{name}" for name in ("table-header-columns", "table-columns", "table-column-group"))
_NUMBER = re.compile(r"-?\d{1,15}(?:\.(\d{1,15}))?(?=\D*$)")
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def content(
    body: etree._Element, looks: Looks, writing: Writing
) -> tuple[Content, tuple[tuple[str, str], ...]]:
    """The blocks of the visible sheets, and what to say of those of which something was left out."""
    return joined(
        (
            sheet.get(f"{TABLE}name", ""),
            None if looks.hides("table", sheet.get(f"{TABLE}style-name")) else _filled(sheet, writing).seen(),
        )
        for sheet in body.iterchildren(f"{TABLE}table")
    )


def _filled(sheet: etree._Element, writing: Writing) -> Sheet:
    filled = Sheet()
    columns = _placed(sheet, f"{TABLE}table-column", _COLUMNS)
    filled.hidden_columns.update(at for at, column in columns if is_hidden(column))
    for row, line in _placed(sheet, f"{TABLE}table-row", ROWS):
        filled.hidden_rows.update((row,) if is_hidden(line) else ())
        _fill(filled, row, line, writing)
    return filled


def _fill(filled: Sheet, row: int, line: etree._Element, writing: Writing) -> None:
    column = 0
    for cell in line.iterchildren(*_CELLS):
        times = count(cell, "number-columns-repeated")
        down, across = (count(cell, f"number-{what}-spanned") for what in ("rows", "columns"))
        text = "" if cell.tag == _CELLS[1] else _taken(writing.cell(cell), cell.get(f"{OFFICE}value"))
        if text and len(filled.texts) + times > MAX_CELLS:
            raise UnreadableFile(TOO_LARGE)
        for at in range(column, column + times if text or down * across > 1 else column):
            filled.put(row, at, text, down, across)
        column += times


def _taken(text: str, value: str | None) -> str:
    """What a cell shows, doubted where that is not its number rounded: a format may show thousands as ones."""
    shown = _NUMBER.match(text.replace(",", ""))
    if shown is None or value is None or not _NUMBER.fullmatch(value):
        return text
    half = Decimal("0.5").scaleb(-len(shown[1] or ""))
    return text + DOUBT if abs(Decimal(shown[0]) - Decimal(value)) > half else text


def _placed(
    parent: etree._Element, tag: str, groups: tuple[str, ...]
) -> Iterator[tuple[int, etree._Element]]:
    """Rows or columns with their places from 0; of those that are repeated without end, the blank ones, only the first."""
    at = 0
    for element in within(parent, tag, groups):
        times = count(element, f"number-{tag.rpartition('-')[2]}s-repeated")
        for place in range(at, at + (times if times < MAX_CELLS // 100 else 1)):
            yield place, element
        at += times
