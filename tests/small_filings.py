"""One small sound filing in every format: what truncation and mutation start from."""

import io
from pathlib import Path

import fixed_layout as ofd
import opendocument
import openpyxl
from ooxml import cell, docx, paragraph, row, table, unpacked, zipped
from PIL import Image, ImageDraw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.readers import scan

FILES = Path(__file__).parent / "files"
TITLE = "云岭县白石镇人民政府2023年政府信息公开工作年度报告"
PROSE = ("一、总体情况", "全年通过县政府门户网站发布信息12条。", "二、主动公开政府信息情况")
ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("行政规范性文件", "4", "1", "32"),
)


def text() -> bytes:
    return "\n".join((TITLE, *PROSE, *("\t".join(row) for row in ROWS))).encode()


def web() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    prose = "".join(f"<p>{line}</p>" for line in (TITLE, *PROSE))
    return (
        f"<html><head><meta charset='utf-8'></head><body>{prose}<table>{rows}</table></body></html>".encode()
    )


def saved_page() -> bytes:
    head = (
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="part"',
        "",
        "--part",
        'Content-Type: text/html; charset="utf-8"',
        "Content-Transfer-Encoding: 8bit",
        "",
    )
    return "\r\n".join(head).encode() + b"\r\n" + web() + b"\r\n--part--\r\n"


def word() -> bytes:
    rows = (row(*(cell(text) for text in texts)) for texts in ROWS)
    prose = "".join(paragraph(line) for line in (TITLE, *PROSE))
    return docx(prose + table(*rows, grid=(2000, 1500, 1500, 1500)))


def rich_text() -> bytes:
    def escaped(text: str) -> str:
        return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)

    prose = "".join(f"\\pard {escaped(line)}\\par\n" for line in (TITLE, *PROSE))
    edges = "".join(f"\\cellx{edge}" for edge in (2000, 3500, 5000, 6500))
    rows = "".join(
        f"\\trowd{edges}" + "".join(f"\\pard\\intbl {escaped(text)}\\cell" for text in row) + "\\row\n"
        for row in ROWS
    )
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1\n{prose}{rows}}}".encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in (TITLE, *PROSE):
        book.active.append([line])
    book.active.append([])
    for texts in ROWS:
        book.active.append([int(text) if text.isdigit() else text for text in texts])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def printed() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 10)
    for at, line in enumerate((TITLE, *PROSE)):
        canvas.drawString(80, 780 - 24 * at, line)
    for at, texts in enumerate(ROWS):
        for column, content in enumerate(texts):
            canvas.rect(80 + 100 * column, 640 - 30 * at, 100, 30)
            canvas.drawString(90 + 100 * column, 650 - 30 * at, content)
    canvas.save()
    return buffer.getvalue()


def fixed_layout() -> bytes:
    lines = [ofd.text(20, 20 + 8 * at, line) for at, line in enumerate((TITLE, *PROSE))]
    for at, texts in enumerate(ROWS):
        for column, content in enumerate(texts):
            left, top = 20 + 40 * column, 60 + 10 * at
            lines += [ofd.sides(left, top, left + 40, top + 10), ofd.text(left + 2, top + 6, content)]
    return ofd.ofd([ofd.page(*lines)])


def picture(kind: str) -> bytes:
    """A picture that is decoded but too small to be recognised, which would take seconds."""
    image = Image.new("RGB", (150, 50), "white")
    ImageDraw.Draw(image).rectangle((20, 10, 120, 40), outline="black")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def archive() -> bytes:
    return zipped({"白石镇.html": web(), "乡/白石镇.docx": word()})


def open_text() -> bytes:
    prose = "".join(opendocument.paragraph(line) for line in (TITLE, *PROSE))
    rows = (opendocument.row(*map(opendocument.cell, texts)) for texts in ROWS)
    return opendocument.odf(prose + opendocument.table(*rows))


SMALL = {
    "txt": text(),
    "utf16": text().decode().encode("utf-16"),
    "html": web(),
    "mht": saved_page(),
    "docx": word(),
    "xml": unpacked(word()),
    "odt": open_text(),
    "rtf": rich_text(),
    "xlsx": workbook(),
    "pdf": printed(),
    "ofd": fixed_layout(),
    "zip": archive(),
    "doc": (FILES / "township.doc").read_bytes(),
    "xls": (FILES / "workbook.xls").read_bytes(),
}
PICTURES = {kind: picture(kind) for kind in scan.FORMATS}
