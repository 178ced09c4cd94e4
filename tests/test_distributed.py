"""Ruled tables of a PDF whose characters are spread over the width of their cells (分散对齐), or set apart."""

import io
from collections.abc import Sequence

import grids
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl import counts
from etl.document import Table
from etl.readers import pdf
from etl.report import State

FONT, SIZE, LABEL, WIDTH, PAD, ROW = "STSong-Light", 9.0, 110.0, 40.0, 5.4, 20.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Rows = Sequence[Sequence[str]]


def length(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, SIZE))


def spread(canvas: Canvas, text: str, left: float, right: float, y: float) -> None:
    """A text from margin to margin, one of a single character in the middle."""
    if len(text) < 2:
        canvas.drawCentredString((left + right) / 2, y, text)
        return
    gap = (right - left - 2 * PAD - length(text)) / (len(text) - 1)
    for letter_at, letter in enumerate(text):
        canvas.drawString(left + PAD + length(text[:letter_at]) + letter_at * gap, y, letter)


def apart(canvas: Canvas, text: str, left: float, right: float, y: float) -> None:
    """A text in the middle, its characters a fifth of their size apart."""
    canvas.drawCentredString((left + right) / 2, y, text, charSpace=SIZE / 5)


def middle(canvas: Canvas, text: str, left: float, right: float, y: float) -> None:
    canvas.drawCentredString((left + right) / 2, y, text)


def read(*pages: Rows, words: object = spread, numbers: object = spread) -> list[list[str]]:
    """The texts of the only table, row by row, its first cells and first row set as words."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for page, rows in enumerate(pages):
        canvas.setFont(FONT, SIZE)
        bottom = 780.0 if page else 80.0 + ROW * len(rows)
        for number, row in enumerate(rows):
            bottom -= ROW
            for at, text in enumerate(row):
                left = 60 + (LABEL + WIDTH * (at - 1) if at else 0)
                right = left + (WIDTH if at else LABEL)
                canvas.rect(left, bottom, right - left, ROW)
                put = numbers if at and (page or number) else words
                put(canvas, text, left, right, bottom + 6)  # type: ignore[operator]
        canvas.showPage()
    canvas.save()
    (table,) = (block for block in pdf.read(buffer.getvalue()).blocks if isinstance(block, Table))
    return grids.texts(table)


REPORT = (
    ("信息内容", "自然人", "其他", "总计"),
    ("规章", "127", "12", "1"),
    ("行政许可", "4", "305", "88"),
    ("行政处罚", "0", "1204", "—"),
    ("行政强制", "613", "20", "970"),
)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [(spread, spread), (middle, spread), (spread, middle), (apart, apart), (spread, apart), (middle, apart)],
)
def test_texts_spread_over_their_cells_or_set_apart_are_read_whole(words: object, numbers: object) -> None:
    found = read(REPORT, words=words, numbers=numbers)
    assert found == [list(row) for row in REPORT]


def test_two_numbers_side_by_side_in_a_cell_are_not_made_one_where_others_are_spread() -> None:
    def beside(canvas: Canvas, text: str, left: float, right: float, y: float) -> None:
        put = middle if " " in text else spread
        put(canvas, text, left, right, y)

    rows = [list(row) for row in REPORT]
    rows[2][1] = "12 5"
    assert counts.read(read(rows, numbers=beside)[2][1])[1] is State.ILLEGIBLE


def test_labels_whose_numbers_are_set_apart_begin_rows_of_their_own_on_the_next_page() -> None:
    above, below = ("5.属于三类内部事务信息", "3", "4"), ("6.属于四类过程性信息", "5", "7")
    head = ("信息内容", "自然人", "总计")
    found = read((head, above), (below,))
    assert [[text.replace(" ", "") for text in row] for row in found[1:]] == [list(above), list(below)]


def test_full_width_figures_below_the_heads_of_another_page_are_no_rest_of_them() -> None:
    head, row = ("信息内容", "结果维持", "结果纠正"), ("许可", "１２", "０")
    assert read((head,), (row,), words=middle, numbers=middle) == [list(head), list(row)]


def test_a_line_that_ends_early_so_that_no_other_begins_with_a_comma_goes_on_over_the_page() -> None:
    label = ("（二）部分公开区分", "的，只计这一情形")
    assert len(label[0]) * SIZE < LABEL - 2 * PAD - SIZE
    found = read(
        (REPORT[0], (label[0], "61", "7", "0")), ((label[1], "", "", ""),), words=middle, numbers=middle
    )
    assert found[1:] == [["".join(label), "61", "7", "0"]]
