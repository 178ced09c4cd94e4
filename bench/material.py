"""One invented filing in every format; old Office formats, which nothing here writes, from the files of the tests."""

import io
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import fixed_layout
import ooxml
import opendocument as odf
import openpyxl
import pypdfium2

from data.sample.grid import Box, size, tables
from data.sample.layouts import render
from data.sample.roster import filings
from data.sample.spec import ReportSpec

_FILES = Path(__file__).resolve().parent.parent / "tests" / "files"
_DPI = 200
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def spec() -> ReportSpec:
    """The report that all formats hold."""
    return next(filing.spec for filing in filings() if set(filing.spec.forms.values()) == {"2021"})


def _layout(name: str) -> Callable[[], bytes]:
    return lambda: render(spec(), name)


def grids() -> list[tuple[Box, ...]]:
    """Its tables, each as its merged and single cells."""
    return [boxes for several in tables(spec()).values() for boxes in several]


def prose() -> list[str]:
    """Its headings and paragraphs."""
    return [text for part in spec().parts for text in (part.heading, *part.paragraphs)]


def _mht() -> bytes:
    message = EmailMessage()
    message["Subject"] = "年报"
    message.set_content(render(spec(), "web").decode(), subtype="html", cte="base64")
    message.make_mixed()
    return message.as_bytes()


def _rtf() -> bytes:
    def written(text: str) -> str:
        return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)

    parts = [rf"\pard {written(text)}\par" for text in prose()]
    for boxes in grids():
        rows, columns = size(boxes)
        for row in range(rows):
            here = sorted(
                (box for box in boxes if box.row <= row < box.row + box.rows), key=lambda box: box.column
            )
            parts.append(r"\trowd")
            for box in here:
                merged = "" if box.rows == 1 else r"\clvmgf" if box.row == row else r"\clvmrg"
                parts.append(rf"{merged}\cellx{9000 * (box.column + box.columns) // columns}")
            texts = (written(box.text) if box.row == row else "" for box in here)
            parts += [rf"\pard\intbl {text}\cell" for text in texts] + [r"\row"]
    return ("{\\rtf1\\ansi\\uc1 " + "\n".join(parts) + "}").encode()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    top = 1
    for text in prose():
        sheet.cell(top, 1, text)
        top += 1
    for boxes in grids():
        for box in boxes:
            row, column = top + box.row, 1 + box.column
            sheet.cell(row, column, box.text)
            if box.rows > 1 or box.columns > 1:
                sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + box.rows - 1,
                    end_column=column + box.columns - 1,
                )
        top += size(boxes)[0] + 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _open_table(boxes: tuple[Box, ...]) -> str:
    rows, columns = size(boxes)
    begins = {(box.row, box.column): box for box in boxes}

    def written(at: int, column: int) -> str:
        box = begins.get((at, column))
        if box is None:
            return odf.COVERED
        spans = f'table:number-rows-spanned="{box.rows}" table:number-columns-spanned="{box.columns}"'
        return odf.cell(box.text, spans)

    return odf.table(*(odf.row(*(written(at, column) for column in range(columns))) for at in range(rows)))


def open_text() -> str:
    """It as the body of an OpenDocument text."""
    return "".join([*map(odf.paragraph, prose()), *map(_open_table, grids())])


def _open_sheet() -> str:
    blank = odf.row(odf.cell())
    above = "".join(odf.row(odf.cell(text)) for text in prose())
    rows = (_open_table(boxes).partition(">")[2].removesuffix("</table:table>") for boxes in grids())
    return odf.table(above, *(each + blank for each in rows))


def _sheet_xml() -> bytes:
    rows = [f"<Row>{_sheet_cell(text)}</Row>" for text in prose()]
    for boxes in grids():
        for at in range(size(boxes)[0]):
            here = sorted((box for box in boxes if box.row == at), key=lambda box: box.column)
            rows.append(f"<Row>{''.join(_sheet_cell(box.text, box) for box in here)}</Row>")
        rows.append("<Row/>")
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{_SHEET}" xmlns:ss="{_SHEET}"><Worksheet ss:Name="年报">'
        f"<Table>{''.join(rows)}</Table></Worksheet></Workbook>"
    ).encode()


def _sheet_cell(text: str, box: Box | None = None) -> str:
    placed = (
        f' ss:Index="{box.column + 1}" ss:MergeAcross="{box.columns - 1}" ss:MergeDown="{box.rows - 1}"'
        if box
        else ""
    )
    return f'<Cell{placed}><Data ss:Type="String">{text}</Data></Cell>'


def _ofd() -> bytes:
    pages = []
    for boxes in grids():
        edges, high = _edges(boxes), 270 / size(boxes)[0]
        drawn = []
        for box in boxes:
            left, right, top = edges[box.column], edges[box.column + box.columns], 10 + box.row * high
            drawn.append(
                fixed_layout.sides(left, top, right, top + box.rows * high)
                + _lines(box.text, left + 1, top + 5, right - left - 2)
            )
        pages.append(fixed_layout.page(*drawn))
    return fixed_layout.ofd(pages)


def _edges(boxes: tuple[Box, ...]) -> list[float]:
    """Where columns begin and end, each as wide as its texts are long, within bounds."""
    longest = [6] * size(boxes)[1]
    for box in boxes:
        if box.columns == 1:
            longest[box.column] = max(longest[box.column], min(len(box.text), 20))
    return [10 + 190 * sum(longest[:at]) / sum(longest) for at in range(len(longest) + 1)]


def _lines(text: str, left: float, top: float, wide: float) -> str:
    """A text in half of the writer's size, wrapped in a cell so wide."""
    half, most = 'CTM="0.5 0 0 0.5 0 0"', int(wide / fixed_layout.SIZE * 2)
    pieces = [text[at : at + most] for at in range(0, len(text), most)]
    step = 0.6 * fixed_layout.SIZE
    return "".join(
        fixed_layout.text(left, top + number * step, piece, half) for number, piece in enumerate(pieces)
    )


def _scan() -> bytes:
    """The page with most of the tables, as a scanner sees it."""
    with pypdfium2.PdfDocument(render(spec(), "pdf")) as printed:
        page = max(printed, key=lambda page: page.get_textpage().count_chars())
        buffer = io.BytesIO()
        page.render(scale=_DPI / 72).to_pil().convert("L").save(buffer, "PNG")
    return buffer.getvalue()


MATERIAL: dict[str, Callable[[], bytes]] = {
    "txt": _layout("tabs"),
    "html": _layout("web"),
    "mht": _mht,
    "docx": _layout("docx"),
    "doc, wps": (_FILES / "township.doc").read_bytes,
    "rtf": _rtf,
    "xlsx": _xlsx,
    "xls": (_FILES / "workbook.xls").read_bytes,
    "pdf": _layout("pdf"),
    "ofd": _ofd,
    "odt": lambda: odf.odf(open_text()),
    "ods": lambda: odf.odf(_open_sheet(), kind="spreadsheet"),
    "Word as one XML": lambda: ooxml.unpacked(render(spec(), "docx")),
    "sheets as one XML": _sheet_xml,
    "scan": _scan,
}
