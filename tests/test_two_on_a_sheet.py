"""Sheets of a PDF with two pages beside each other, as many people print to save paper."""

import ctypes
import io
from collections.abc import Callable

import grids
import pypdfium2
import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas
from test_pdf import GROUP, ROWS, body, printed, table

from etl.document import Document, Table
from etl.readers import pdf

# A page with a letter and, right behind it, a figure that the file spells out besides drawing it.
SPELT = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 100>>stream
BT /F 12 Tf 100 700 Td (A) Tj ET /Span <</ActualText (5)>> BDC BT /F 12 Tf 108 700 Td (5) Tj ET EMC
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def two_up(data: bytes, width: float = 842, height: float = 595) -> bytes:
    """The pages of a PDF two on a sheet."""
    with pypdfium2.PdfDocument(data) as pages:
        sheets = raw.FPDF_ImportNPagesToOne(
            pages.raw, ctypes.c_float(width), ctypes.c_float(height), ctypes.c_size_t(2), ctypes.c_size_t(1)
        )
        buffer = io.BytesIO()
        pypdfium2.PdfDocument(sheets).save(buffer)
    return buffer.getvalue()


def rows(document: Document) -> list[list[list[str]]]:
    return [grids.texts(block) for block in document.blocks if isinstance(block, Table)]


def first(canvas: Canvas) -> None:
    canvas.drawString(80, 800, "三、收到和处理政府信息公开申请情况")
    table(canvas, body(ROWS[:2]), top=100)


def second(canvas: Canvas) -> None:
    table(canvas, body(ROWS[2:], group=""), top=800)
    canvas.drawString(80, 700, "五、存在的主要问题及改进情况")
    canvas.drawString(80, 680, "更新不够及时。")


@pytest.mark.parametrize("size", [(842, 595), (1190, 842)])
def test_a_table_that_goes_on_on_the_page_beside_it_is_one_table(size: tuple[float, float]) -> None:
    data = printed(first, second)
    assert rows(pdf.read(two_up(data, *size))) == rows(pdf.read(data))
    assert grids.paragraphs(pdf.read(two_up(data, *size))) == grids.paragraphs(pdf.read(data))


def wide(canvas: Canvas) -> None:
    """A table without rules over the whole of a wide sheet, nothing of it in the middle."""
    for at, (label, *numbers) in enumerate(ROWS):
        canvas.drawString(80, 500 - 30 * at, label)
        for place, number in enumerate(numbers):
            canvas.drawString(500 + 80 * place, 500 - 30 * at, number)


def across(canvas: Canvas) -> None:
    table(canvas, body(ROWS), widths=(90, 300, 100, 100, 100), top=500)


@pytest.mark.parametrize("drawing", [wide, across])
def test_a_wide_sheet_with_one_table_is_one_page(drawing: Callable[[Canvas], None]) -> None:
    ((table_rows),) = rows(pdf.read(printed(drawing, size=(842, 595))))
    assert [row[-4:] for row in table_rows] == [list(row) for row in ROWS]
    assert drawing is wide or table_rows[0][0] == GROUP


def test_a_figure_that_is_spelt_out_stands_where_the_sheet_has_it() -> None:
    assert grids.paragraphs(pdf.read(SPELT)) == grids.paragraphs(pdf.read(two_up(SPELT))) == ["A5"]
