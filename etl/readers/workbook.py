"""Excel workbooks (.xlsx): what stands on the visible sheets, in order, as a person sees it."""

import io
import posixpath
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.document import Document, UnreadableFile
from etl.readers.blocks import Content, document
from etl.readers.container import LOCKED, Package
from etl.readers.sheets.blocks import Seen, arrange, joined, shown
from etl.readers.sheets.guard import Shown, xlsx_shown
from etl.readers.sheets.xlsx_look import looks

_DAMAGED = "Excel 文件不完整或已损坏，请用 Excel、WPS 打开后重新保存再试。"
_BINARY = "这是 Excel 的二进制工作簿（.xlsb），请用 Excel 打开后另存为 .xlsx。"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_SHEETS = 100
_MAX_XML_BYTES = 60_000_000


def read(data: bytes) -> Document:
    """The document of the visible sheets; `hidden_sheets`, `hidden_cells` and `narrow_columns` name those not seen whole.

    Raises UnreadableFile with the reason.
    """
    sheets = _shown(Package(data))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return document(*joined(_sheets(workbook, sheets)))
    except PasswordError as error:
        raise UnreadableFile(LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(_DAMAGED) from error


def _sheets(workbook: CalamineWorkbook, sheets: list[Shown]) -> Iterator[tuple[str, Seen | None]]:
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.visible != SheetVisibleEnum.Visible:
            yield sheet.name, None
        elif sheet.typ == SheetTypeEnum.WorkSheet:
            seen = sheets[index] if index < len(sheets) else Shown({})
            content = _content(workbook.get_sheet_by_index(index), seen)
            yield sheet.name, Seen(content, seen.hides, seen.narrow)


def _content(sheet: CalamineSheet, seen: Shown) -> Content:
    marks = seen.marks
    if sheet.end is None and not marks:
        return []
    rows = [[shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    # A cell without a value may lie beyond all that the library saw.
    for row, column in marks:
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = marks[row, column]
    return arrange(rows, sheet.merged_cell_ranges or [], seen.unseen)


def _shown(package: Package) -> list[Shown]:
    """What the library would not tell of each sheet; every part it will read is tried for its size first."""
    parts = [name for name in package.names() if name.startswith("xl/") and name.endswith((".xml", ".rels"))]
    if "xl/workbook.bin" in package.names():
        raise UnreadableFile(_BINARY)
    if package.has_twins() or sum(len(package.read(name) or b"") for name in parts) > _MAX_XML_BYTES:
        raise UnreadableFile(_DAMAGED)
    workbook, relations = package.xml("xl/workbook.xml"), package.xml("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        raise UnreadableFile(_DAMAGED)
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    sheets = [item.get(_RELATION) for item in workbook.iter("{*}sheet")]
    if len(sheets) > _MAX_SHEETS:
        raise UnreadableFile(_DAMAGED)
    looked = looks(package)
    return [
        xlsx_shown(package, posixpath.normpath(posixpath.join("/xl", targets.get(sheet, "")))[1:], looked)
        for sheet in sheets
    ]
