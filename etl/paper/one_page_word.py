"""A laid-out page as a Word document: figures, plain words, native charts, grids, tables."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from math import ceil

from docx.document import Document as Open
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from etl.paper import native_chart, word_chart
from etl.paper.native_chart import Chart
from etl.paper.one_page import (
    ACROSS,
    HALF,
    WIDTH,
    Headline,
    Page,
    Part,
    Squares,
    drawn_height,
    letters,
    paired,
    share,
    shortened,
)
from etl.paper.style import HEAD, SANS, a4, write
from etl.paper.table import narrow_margins, shade

_EDGE = 14
_TITLE, _LARGE, _PART, _TEXT, _FINE, _TINY = Pt(16), Pt(15), Pt(10), Pt(8.5), Pt(7.5), Pt(7)
_INK, _FAINT, _LINE = "1B2733", "55636F", "C6CBCF"


def word(page: Page) -> bytes:
    """The page as a Word document."""
    document = _blank(page)
    _text(document.add_paragraph(), page.title, _TITLE, font=HEAD)
    _text(document.add_paragraph(), page.scope, _FINE, _FAINT).paragraph_format.space_after = Pt(4)
    if page.headlines:
        _headlines(document, page.headlines)
    rows = list(paired(shortened(page)))
    stretch = share(page, rows)
    for pair in rows:
        table = _grid(document, 1, [WIDTH] if pair[0].wide else [HALF + 2, HALF + 2])
        height = max(map(drawn_height, pair)) * stretch
        for cell, part in zip(table.rows[0].cells, pair, strict=False):
            _part(cell, part, height, WIDTH - 4 if part.wide else HALF - 3)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _blank(page: Page) -> Open:
    document = a4(page.title)
    paper = document.sections[0]
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(_EDGE)
    paper.footer_distance = Mm(7)
    _text(paper.footer.paragraphs[0], page.footer, _TINY, _FAINT)
    return document


def _headlines(document: Open, headlines: Sequence[Headline]) -> None:
    table = _grid(document, 1, [WIDTH / len(headlines)] * len(headlines), ruled=True)
    for cell, one in zip(table.rows[0].cells, headlines, strict=True):
        _text(cell.paragraphs[0], one.name, _FINE, _FAINT)
        _text(cell.add_paragraph(), one.shown, _LARGE, font=HEAD)
        _text(cell.add_paragraph(), one.remark, _TINY, _FAINT)
    _text(document.add_paragraph(), "", Pt(3))


def _part(cell: _Cell, part: Part, height: float, width: float) -> None:
    _text(cell.paragraphs[0], part.title, _PART, font=HEAD).paragraph_format.space_before = Pt(4)
    _text(cell.add_paragraph(), part.sentence, _TEXT).paragraph_format.space_after = Pt(2)
    if part.chart:
        _chart(cell, part.chart, height, width)
    elif part.squares:
        _squares(cell, part.squares, width)
    elif part.rows:
        _rows(cell, part, width)


def _chart(cell: _Cell, chart: Chart, height: float, width: float) -> None:
    paragraph = cell.add_paragraph()
    _plain(paragraph)
    several = native_chart.parts(chart)
    across = min(len(several), ACROSS)
    for one in several:
        lines = ceil(len(several) / ACROSS)
        names = _short_years(one.names) if one.small else one.names
        word_chart.add(
            paragraph, replace(one, size=6.5, names=names), Mm(width / across - 0.5), Mm(height / lines)
        )
    if chart.note:
        _text(cell.add_paragraph(), chart.note, _TINY, _FAINT)


def _short_years(names: Sequence[str]) -> tuple[str, ...]:
    """2024 as 24, for which a small chart has room."""
    return tuple(name[-2:] if name.isdigit() and len(name) == 4 else name for name in names)


def _squares(cell: _Cell, found: Squares, width: float) -> None:
    name = 20
    table = _within(
        cell, len(found.names) + 1, [name, *[(width - name) / len(found.years)] * len(found.years)]
    )
    for cell_, text in zip(table.rows[0].cells, ("", *found.years), strict=True):
        _text(cell_.paragraphs[0], text, _TINY, _FAINT, centred=True)
    for row, government in zip(table.rows[1:], found.names, strict=True):
        cells = row.cells
        _text(cells[0].paragraphs[0], government, _TINY)
        for column, year in enumerate(found.years, 1):
            text, colour = found.squares.get((government, year), ("", ""))
            _text(cells[column].paragraphs[0], text, _TINY, centred=True)
            if colour:
                shade(cells[column], colour)
    legend = cell.paragraphs[-1]
    for words, colour in found.key:
        _text(legend, "□ " if colour == "FFFFFF" else "■ ", _TINY, _FAINT if colour == "FFFFFF" else colour)
        _text(legend, f"{words}　", _TINY, _FAINT)


def _rows(cell: _Cell, part: Part, width: float) -> None:
    shown = [part.heads, *part.rows]
    table = _within(cell, len(shown), _widths(shown, width))
    for row, texts in zip(table.rows, shown, strict=True):
        head = texts is part.heads
        for one, text in zip(row.cells, texts, strict=True):
            _text(one.paragraphs[0], text, _TINY, _FAINT if head else _INK)
    _text(cell.paragraphs[-1], part.more.format(n=part.left) if part.left else "", _TINY, _FAINT)


def _widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Columns as wide as their longest text, within bounds, on the whole `width`."""
    longest = [min(max(max(map(letters, column)), 7), 36) for column in zip(*rows, strict=True)]
    return [width * one / sum(longest) for one in longest]


def _grid(document: Open, rows: int, widths_mm: Sequence[float], ruled: bool = False) -> Table:
    table = _fixed(document.add_table(rows, len(widths_mm)), widths_mm)
    return _ruled(table) if ruled else table


def _within(cell: _Cell, rows: int, widths_mm: Sequence[float]) -> Table:
    return _ruled(_fixed(cell.add_table(rows, len(widths_mm)), widths_mm))


def _ruled(table: Table) -> Table:
    """Thin grey lines."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": "4", "space": "0", "color": _LINE}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    narrow_margins(table)
    return table


def _fixed(table: Table, widths_mm: Sequence[float]) -> Table:
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP
    return table


def _text(
    paragraph: Paragraph, text: str, size: Pt, colour: str = _INK, font: str = SANS, centred: bool = False
) -> Paragraph:
    write(paragraph.add_run(text), font, size, colour=colour)
    _plain(paragraph)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _plain(paragraph: Paragraph) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.0
