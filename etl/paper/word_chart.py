"""Native charts in a Word document, each with the workbook that Word opens when somebody edits its numbers."""

from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Length
from docx.text.paragraph import Paragraph
from openpyxl.xml.functions import Element, tostring

from etl.paper import chart_drawing, table_book
from etl.paper.native_chart import Chart

_SHEET, _BOOK = "Sheet1", "rId1"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add(paragraph: Paragraph, chart: Chart, width: Length, height: Length) -> None:
    """Put a chart into a paragraph of a document; of a chart with `apart` each part is put by itself."""
    package = paragraph.part.package
    number = sum(str(part.partname).startswith("/word/charts/") for part in package.iter_parts()) + 1
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        table_book.workbook((), [(_SHEET, chart)]),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, _xml(chart), package)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    related = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph.add_run()._r.append(parse_xml(_frame(related, number, chart.title, width, height)))


def _xml(chart: Chart) -> bytes:
    (drawn,) = chart_drawing.drawn(chart, _SHEET)
    space = drawn._write()
    if not chart.title:
        # Word gives a single series' name to a chart that does not say it wants no title.
        space.find("chart").insert(0, Element("autoTitleDeleted", val="1"))
    space.append(
        parse_xml(
            f'<externalData xmlns="{_CHART}" xmlns:r="{_RELATED}" r:id="{_BOOK}"><autoUpdate val="0"/></externalData>'
        )
    )
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + bytes(tostring(space))


def _frame(related: str, number: int, title: str, width: int, height: int) -> str:
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(width)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}" descr={quoteattr(title)}/>'
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATED}" r:id="{related}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
