"""A statutory table in Word: its merged cells, its numbers, and a mark on those in doubt."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from etl.paper.statutory_layout import MARK, Slot, size

_SHADE = "D9D9D9"
_LEAST_MM = 6
_MARGIN_MM = 0.6

Place = tuple[str, str]


def draw(
    document: Document,
    slots: Sequence[Slot],
    numbers: Mapping[Place, str],
    marked: Collection[Place],
    widths_mm: Sequence[float],
    size_pt: float,
) -> list[tuple[_Cell, str]]:
    """Add the table at the end of the document; its merged cells with their texts, for the caller to write in its type."""
    rows, columns = size(slots)
    drawn = document.add_table(rows, columns, style="Table Grid")
    drawn.autofit = False
    narrow_margins(drawn)
    grid = [row.cells for row in drawn.rows]
    for row in drawn.rows:
        row.height = Mm(_LEAST_MM) if size_pt < 10 else Mm(_LEAST_MM * 1.5)
    for column, width in zip(drawn.columns, widths_mm, strict=True):
        column.width = Mm(width)
    written = []
    for slot in slots:
        cell = grid[slot.row][slot.column]
        cell = cell.merge(grid[slot.row + slot.rows - 1][slot.column + slot.columns - 1])
        cell.width = Mm(sum(widths_mm[slot.column : slot.column + slot.columns]))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        text = slot.text if slot.cell is None else numbers.get(slot.cell, "")
        if slot.cell in marked:
            shade(cell)
            text += MARK if text else ""
        written.append((cell, text))
    return written


def keep_together(cells: Sequence[_Cell]) -> None:
    """Centre the texts, and hold the rows on one page."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = True


def narrow_margins(table: Table) -> None:
    """Seven columns of numbers beside three of labels: Word's own margins would break the heads letter by letter."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(_MARGIN_MM * 56.7)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    _put_before(table._tbl.tblPr, margins, "w:tblLook")


def shade(cell: _Cell, colour: str = _SHADE) -> None:
    """Fill a cell with a colour, as RRGGBB."""
    filled = OxmlElement("w:shd")
    filled.set(qn("w:val"), "clear")
    filled.set(qn("w:color"), "auto")
    filled.set(qn("w:fill"), colour)
    _put_before(cell._tc.get_or_add_tcPr(), filled, "w:vAlign")


def _put_before(properties: Any, element: Any, next_one: str) -> None:
    """Word refuses properties that do not stand in the order of its schema."""
    following = properties.find(qn(next_one))
    if following is None:
        properties.append(element)
    else:
        following.addprevious(element)
