"""A filing as a PDF: ruled tables over page breaks, wrapped labels, a font every reader has and none is embedded."""

import io
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from data.sample.grid import NEVER_FIRST, Box, size, tables
from data.sample.spec import ReportSpec

_FONT = "STSong-Light"
_TOP, _BOTTOM, _LEFT, _RIGHT = A4[1] - 72, 72.0, 72.0, A4[0] - 72
_TEXT, _CELL, _LEADING = 15.0, 9.5, 12.0
_PAD = 4.0


@dataclass(slots=True)
class _Pen:
    """A canvas with the height reached so far on its page."""

    canvas: Canvas
    y: float = _TOP
    pages: int = field(default=1)

    def turn(self) -> None:
        self.canvas.setFont(_FONT, 10)
        self.canvas.drawCentredString(A4[0] / 2, 40, f"- {self.pages} -")
        self.canvas.showPage()
        self.pages += 1
        self.y = _TOP

    def need(self, height: float) -> None:
        if self.y - height < _BOTTOM:
            self.turn()


def pdf(spec: ReportSpec) -> bytes:
    """The filing printed on A4, a page number below each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setSubject("示例（虚构）")
    pen = _Pen(canvas)
    for line in spec.title:
        _text(pen, line, 20, centred=True)
    pen.y -= 12
    for line in spec.opening:
        _text(pen, "　　" + line, _TEXT)
    grids = tables(spec)
    for part in spec.parts:
        _text(pen, "　　" + part.heading, _TEXT + 1)
        for text in part.paragraphs:
            _text(pen, "　　" + text, _TEXT)
        for boxes in grids.get(part.schedule or "", ()):
            _table(pen, boxes)
    for line in spec.signature:
        _text(pen, "　" * 16 + line, _TEXT)
    pen.turn()
    canvas.save()
    return buffer.getvalue()


def _text(pen: _Pen, text: str, points: float, centred: bool = False) -> None:
    for line in _folded(text, _RIGHT - _LEFT, points):
        pen.need(points * 1.6)
        pen.y -= points * 1.6
        pen.canvas.setFont(_FONT, points)
        if centred:
            pen.canvas.drawCentredString(A4[0] / 2, pen.y, line)
        else:
            pen.canvas.drawString(_LEFT, pen.y, line)


def _folded(text: str, room: float, points: float) -> list[str]:
    lines, line = [], ""
    for character in text:
        full = pdfmetrics.stringWidth(line + character, _FONT, points) > room
        if line and full and character not in NEVER_FIRST:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _table(pen: _Pen, boxes: tuple[Box, ...]) -> None:
    """Draw as many rows as the page holds, then go on upon the next; a cell that spans both is drawn on each."""
    edges = _edges(boxes)
    texts = {
        box: _folded(box.text, edges[box.column + box.columns] - edges[box.column] - 2 * _PAD, _CELL)
        for box in boxes
    }
    heights = _heights(boxes, texts)
    pen.y -= 8
    first = 0
    while first < len(heights):
        last = _fitting(heights, first, pen.y - _BOTTOM)
        if last == first:
            pen.turn()
            continue
        _rows(pen, boxes, texts, edges, heights, range(first, last))
        first = last
        if first < len(heights):
            pen.turn()
    pen.y -= 8


def _edges(boxes: tuple[Box, ...]) -> list[float]:
    columns = size(boxes)[1]
    labels = min(box.column for box in boxes if box.value)
    room = _RIGHT - _LEFT
    widths = [room * 0.07, room * 0.12, room * 0.33] if labels == 3 else [room / columns] * labels
    value = (room - sum(widths)) / (columns - labels)
    widths += [value] * (columns - labels)
    return [_LEFT + sum(widths[:at]) for at in range(columns + 1)]


def _heights(boxes: tuple[Box, ...], texts: dict[Box, list[str]]) -> list[float]:
    rows = range(size(boxes)[0])
    lines = [
        max((len(texts[box]) for box in boxes if box.row == row and box.rows == 1), default=1) for row in rows
    ]
    heights = [count * _LEADING + 2 * _PAD for count in lines]
    for box in boxes:
        missing = len(texts[box]) * _LEADING + 2 * _PAD - sum(heights[box.row : box.row + box.rows])
        if missing > 0:
            heights[box.row + box.rows - 1] += missing
    return heights


def _fitting(heights: list[float], first: int, room: float) -> int:
    last = first
    while last < len(heights) and sum(heights[first : last + 1]) <= room:
        last += 1
    return last


def _rows(
    pen: _Pen,
    boxes: tuple[Box, ...],
    texts: dict[Box, list[str]],
    edges: list[float],
    heights: list[float],
    rows: range,
) -> None:
    for box in boxes:
        shown = range(max(box.row, rows.start), min(box.row + box.rows, rows.stop))
        if not shown:
            continue
        top = pen.y - sum(heights[rows.start : shown.start])
        height = sum(heights[shown.start : shown.stop])
        left, right = edges[box.column], edges[box.column + box.columns]
        pen.canvas.setLineWidth(0.5)
        pen.canvas.rect(left, top - height, right - left, height)
        room = len(texts[box]) if shown.stop == box.row + box.rows else int((height - _PAD) // _LEADING)
        _cell(pen.canvas, box, texts[box][:room], (left, right, top, height))
        texts[box] = texts[box][room:]
    pen.y -= sum(heights[rows.start : rows.stop])


def _cell(canvas: Canvas, box: Box, lines: list[str], area: tuple[float, float, float, float]) -> None:
    left, right, top, height = area
    canvas.setFont(_FONT, _CELL)
    y = top - (height - len(lines) * _LEADING) / 2 - _LEADING + 3
    for line in lines:
        if box.centred:
            canvas.drawCentredString((left + right) / 2, y, line)
        else:
            canvas.drawString(left + _PAD, y, line)
        y -= _LEADING
