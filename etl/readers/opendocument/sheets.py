"""The sheets of an OpenDocument file: what their cells show, in order."""

from collections.abc import Iterator

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.blocks import Content
from etl.readers.opendocument import TABLE
from etl.readers.opendocument.looks import Looks
from etl.readers.opendocument.writing import Writing, count
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE, arrange

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
        grid = _Grid(sheet, writing)
        found += grid.content()
        left_out["hidden_cells"] += [name] if grid.hides else []
    return found, left_out


class _Grid:
    """The texts of a sheet by place, its merged cells, its hidden rows, and whether anything stands in hidden cells."""

    def __init__(self, sheet: etree._Element, writing: Writing) -> None:
        self._texts: dict[tuple[int, int], str] = {}
        self._merges: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._hidden: set[int] = set()
        self.hides = False
        unseen = {at for at, column in _placed(sheet, f"{TABLE}table-column", _COLUMNS) if _is_hidden(column)}
        for row, line in _placed(sheet, f"{TABLE}table-row", _ROWS):
            if _is_hidden(line):
                self._hidden.add(row)
            self._line(row, line, unseen, writing)

    def _line(self, row: int, line: etree._Element, unseen: set[int], writing: Writing) -> None:
        column = 0
        for cell in line.iterchildren(*_CELLS):
            times = max(1, count(cell, "number-columns-repeated"))
            across, down = (max(1, count(cell, f"number-{what}-spanned")) for what in ("columns", "rows"))
            text = "" if cell.tag == _CELLS[1] else writing.cell(cell)
            if len(self._texts) + times > MAX_CELLS and text:
                raise UnreadableFile(TOO_LARGE)
            for at in range(column, column + times if text or across * down > 1 else column):
                shown = "" if row in self._hidden or at in unseen else text
                self.hides |= shown != text
                self._texts[row, at] = shown
                if across * down > 1:
                    self._merges.append(((row, at), (row + down - 1, at + across - 1)))
                    self._texts.setdefault((row + down - 1, at + across - 1), "")
            column += times

    def content(self) -> Content:
        """The paragraphs and tables. Raises UnreadableFile when the sheet reaches too far."""
        height = max((row for row, _ in self._texts), default=-1) + 1
        width = max((column for _, column in self._texts), default=-1) + 1
        if height * width > MAX_CELLS:
            raise UnreadableFile(TOO_LARGE)
        rows = [[""] * width for _ in range(height)]
        for (row, column), text in self._texts.items():
            rows[row][column] = text
        return arrange(rows, self._merges, self._hidden)


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
