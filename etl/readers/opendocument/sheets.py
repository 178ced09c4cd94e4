"""The sheets of an OpenDocument file: what their cells show, in order."""

from collections.abc import Iterator

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.blocks import Content
from etl.readers.opendocument import TABLE
from etl.readers.opendocument.looks import Looks
from etl.readers.opendocument.writing import Writing, count
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE
from etl.readers.sheets.placed import Sheet

_ROWS = tuple(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_COLUMNS = tuple(f"{TABLE}{name}" for name in ("table-header-columns", "table-columns", "table-column-group"))
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_SHOWN = "visible"


def content(body: etree._Element, looks: Looks, writing: Writing) -> tuple[Content, dict[str, list[str]]]:
    """The blocks of the visible sheets, and the names of the sheets of which something was left out."""
    found: Content = []
    left_out: dict[str, list[str]] = {"hidden_sheets": [], "hidden_cells": []}
    for sheet in body.iterchildren(f"{TABLE}table"):
        name = sheet.get(f"{TABLE}name", "")
        if looks.hides("table", sheet.get(f"{TABLE}style-name")):
            left_out["hidden_sheets"].append(name)
            continue
        filled = _filled(sheet, writing)
        found += filled.content()
        left_out["hidden_cells"] += [name] if filled.hides else []
    return found, left_out


def _filled(sheet: etree._Element, writing: Writing) -> Sheet:
    filled = Sheet()
    columns = _placed(sheet, f"{TABLE}table-column", _COLUMNS)
    filled.hidden_columns.update(at for at, column in columns if _is_hidden(column))
    for row, line in _placed(sheet, f"{TABLE}table-row", _ROWS):
        filled.hidden_rows.update((row,) if _is_hidden(line) else ())
        _fill(filled, row, line, writing)
    return filled


def _fill(filled: Sheet, row: int, line: etree._Element, writing: Writing) -> None:
    column = 0
    for cell in line.iterchildren(*_CELLS):
        times = max(1, count(cell, "number-columns-repeated"))
        down, across = (max(1, count(cell, f"number-{what}-spanned")) for what in ("rows", "columns"))
        text = "" if cell.tag == _CELLS[1] else writing.cell(cell)
        if text and len(filled.texts) + times > MAX_CELLS:
            raise UnreadableFile(TOO_LARGE)
        for at in range(column, column + times if text or down * across > 1 else column):
            filled.put(row, at, text, down, across)
        column += times


def _placed(
    parent: etree._Element, tag: str, groups: tuple[str, ...]
) -> Iterator[tuple[int, etree._Element]]:
    """Rows or columns with their places from 0; of those that are repeated without end, the blank ones, only the first."""
    at = 0
    for element in _within(parent, tag, groups):
        times = max(1, count(element, f"number-{tag.rpartition('-')[2]}s-repeated"))
        for place in range(at, at + (times if times < MAX_CELLS // 100 else 1)):
            yield place, element
        at += times


def _within(parent: etree._Element, tag: str, groups: tuple[str, ...]) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _within(child, tag, groups)


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{TABLE}visibility", _SHOWN) != _SHOWN
