"""Tables pasted as pictures into Word files, web pages and PDFs: read like a scan, or told; never blank."""

import base64
import io
from collections.abc import Callable

import pypdfium2
import pytest
from grids import paragraphs, tables
from ooxml import NAMESPACES, cell, docx, paragraph, relationships, row, table, zipped
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_pdf import ROWS, body, printed
from test_pdf import table as drawn

from etl import counts, readers
from etl.document import Cell as TableCell
from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.readers import scan
from etl.report import State

BLIP = (
    "<w:p><w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' r:embed='rimage'/>"
    "</w:drawing></w:r></w:p>"
)
SEEN = Table((TableCell("规章", 0, 0), TableCell("7", 0, 1)))


@pytest.fixture
def recognition(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """A recognition that knows one picture and keeps what it was asked to read."""
    asked: list[bytes] = []

    def blocks(data: bytes) -> tuple[Paragraph | Table, ...]:
        asked.append(data)
        return (SEEN,)

    monkeypatch.setattr(scan, "blocks", blocks)
    return asked


def word(text: str, picture: bytes = b"picture") -> bytes:
    return zipped(
        {
            "_rels/.rels": relationships(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{text}</w:body></w:document>",
            "word/_rels/document.xml.rels": relationships(image="media/image1.png"),
            "word/media/image1.png": picture,
        }
    )


def page(inside: str) -> bytes:
    return f"<html><body><p>一、总体情况</p>{inside}<p>五、问题</p></body></html>".encode()


def saved(inside: str) -> bytes:
    parts = (
        ("text/html", "", page(inside)),
        (
            "image/png",
            "Content-ID: <one>\r\nContent-Transfer-Encoding: base64\r\n",
            base64.b64encode(b"picture"),
        ),
    )
    mail = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    for kind, more, content in parts:
        mail += f"--b\r\nContent-Type: {kind}; charset=utf-8\r\n{more}\r\n{content.decode()}\r\n"
    return (mail + "--b--\r\n").encode()


DATA = base64.b64encode(b"picture").decode()


@pytest.mark.parametrize(
    "written",
    [
        word(paragraph("一、总体情况") + BLIP + paragraph("五、问题")),
        page(f"<p><img src='data:image/png;base64,{DATA}'></p>"),
        saved("<p><img src='cid:one'></p>"),
    ],
    ids=["word", "page", "saved page"],
)
def test_a_picture_is_read_where_it_stands(written: bytes, recognition: list[bytes]) -> None:
    document = readers.read(written)[1]
    assert document.blocks == (Paragraph("一、总体情况"), SEEN, Paragraph("五、问题"))
    assert recognition == [b"picture"]
    assert ("pictures_read", "1") in document.properties


def three_tables() -> str:
    rows = [row(*(cell(f"{r}{c}") for c in range(4))) for r in range(4)]
    return "".join(table(*rows, grid=(900,) * 4) + paragraph("表") for _ in range(3))


def test_photographs_beside_three_tables_are_left_alone(recognition: list[bytes]) -> None:
    readers.read(word(three_tables() + BLIP))
    assert recognition == []


def test_no_more_pictures_are_read_than_a_report_has(recognition: list[bytes]) -> None:
    properties = dict(readers.read(word(BLIP * 20))[1].properties)
    assert len(recognition) < 20
    assert "超过" in properties["unread_pictures"]


def test_without_text_recognition_a_picture_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def blocks(data: bytes) -> tuple[Paragraph | Table, ...]:
        raise UnreadableFile(scan.MISSING_INSIDE)

    monkeypatch.setattr(scan, "blocks", blocks)
    document = readers.read(word(paragraph("一、总体情况") + BLIP))[1]
    assert dict(document.properties)["unread_pictures"] == scan.MISSING_INSIDE


@pytest.mark.parametrize(
    "written",
    [
        docx(table(row(cell("规章"), f"<w:tc><w:tcPr/>{BLIP}</w:tc>"), grid=(900, 900))),
        page("<table><tr><td>规章</td><td><img src='http://example.invalid/5.png'></td></tr></table>"),
        page("<table><tr><td>规章</td><td><svg><text>5</text></svg></td></tr></table>"),
    ],
    ids=["word", "page", "drawn"],
)
def test_a_cell_that_holds_a_picture_is_not_blank(written: bytes) -> None:
    (found,) = tables(readers.read(written)[1])
    assert counts.read(found.cells[1].text)[1] is State.ILLEGIBLE


def test_a_picture_that_only_keeps_things_apart_is_nothing() -> None:
    (found,) = tables(
        readers.read(page("<table><tr><td>规章</td><td><img src='a.gif' width=1></td></tr></table>"))[1]
    )
    assert found.cells[1].text == ""


def as_picture(draw: Callable[[Canvas], None]) -> io.BytesIO:
    sheet = pypdfium2.PdfDocument(printed(draw))[0].render(scale=3).to_pil()
    buffer = io.BytesIO()
    sheet.crop((200, 150, 1500, 520)).save(buffer, "PNG")
    buffer.seek(0)
    return buffer


@pytest.mark.skipif(not scan.is_installed(), reason="requirements-ocr.txt is not installed")
def test_a_table_pasted_as_a_picture_among_the_text_of_a_pdf_is_read() -> None:
    picture = as_picture(lambda canvas: drawn(canvas, body(ROWS)))

    def sheet(canvas: Canvas) -> None:
        canvas.drawString(80, 780, "三、收到和处理政府信息公开申请情况")
        canvas.drawImage(ImageReader(picture), 80, 600, 433, 123)
        canvas.drawString(80, 560, "四、政府信息公开行政复议、行政诉讼情况")

    document: Document = readers.read(printed(sheet))[1]
    (found,) = tables(document)
    assert [[c.text for c in found.cells if c.row == at][-3:] for at in range(3)] == [
        list(r[1:]) for r in ROWS
    ]
    assert paragraphs(document)[0].startswith("三、收到")
    assert ("pictures_read", "1") in document.properties
