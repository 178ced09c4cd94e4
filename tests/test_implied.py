"""Cells of a PDF that no rule parts, numbers with space between their figures, and words that run up the page."""

import io
from collections.abc import Callable

import pytest
from grids import tables
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.document import Table
from etl.readers import pdf

FONT, SIZE, HEIGHT, LABEL, WIDTH = "STSong-Light", 9.0, 24.0, 150.0, 60.0
HEADS = ("自然人", "商业企业", "总计")
LABELS = ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请")
NUMBERS = [[str(1007 + 251 * row + 97 * column) for column in range(3)] for row in range(len(LABELS))]
WHOLE = [[*HEADS], *([label, *numbers] for label, numbers in zip(LABELS, NUMBERS, strict=True))]
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def page(draw: Callable[[Canvas], None]) -> list[list[list[str]]]:
    """The texts of the tables on a page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, SIZE)
    draw(canvas)
    canvas.save()
    return [texts(table) for table in tables(pdf.read(buffer.getvalue()))]


def texts(table: Table) -> list[list[str]]:
    """Each row's texts from left to right, without the cells that say nothing."""
    last = max(cell.row for cell in table.cells)
    return [[cell.text for cell in table.cells if cell.row == row and cell.text] for row in range(last + 1)]


def box(canvas: Canvas, row: int, column: int) -> tuple[float, float, float]:
    """Left, bottom and width of a cell."""
    return (
        60 + (LABEL + WIDTH * (column - 1) if column else 0),
        740 - HEIGHT * row,
        WIDTH if column else LABEL,
    )


def ruled(canvas: Canvas, labels: bool = True, heads: bool = True, numbers: bool = True) -> None:
    for row in range(len(WHOLE)):
        for column in range(len(HEADS) + 1):
            if heads if row == 0 else numbers if column else labels:
                left, bottom, width = box(canvas, row, column)
                canvas.rect(left, bottom, width, HEIGHT)


def written(canvas: Canvas, apart: float = 0.0, heads: bool = True) -> None:
    for row, line in enumerate(WHOLE):
        for column, text in enumerate(line, row == 0):
            left, bottom, _ = box(canvas, row, column)
            if row or heads:
                canvas.drawString(left + 4, bottom + 8, text, charSpace=apart if row and column else 0)


def test_numbers_of_a_table_whose_labels_and_heads_alone_are_ruled_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, numbers=False)
        written(canvas)

    assert page(draw) == [WHOLE]


def test_numbers_right_of_ruled_labels_stand_in_their_rows() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, heads=False, numbers=False)
        written(canvas, heads=False)

    assert page(draw) == [WHOLE[1:]]


def test_a_number_that_reaches_over_two_columns_keeps_them_undivided() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, numbers=False)
        written(canvas)
        left, bottom, _ = box(canvas, 1, 3)
        canvas.drawString(left - 9, bottom + 8, "12")

    assert all("12" not in row for table in page(draw) for row in table)


@pytest.mark.parametrize("apart", [1.5, 3.0, 5.0])
def test_figures_set_equally_far_apart_are_one_number(apart: float) -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas)
        written(canvas, apart)

    assert page(draw) == [WHOLE]


def test_two_numbers_with_a_blank_between_them_stay_two() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas)
        written(canvas)
        left, bottom, _ = box(canvas, 2, 1)
        canvas.drawString(left + 4 + 6 * SIZE / 2, bottom + 8, "5")

    assert page(draw)[0][2][1] == f"{NUMBERS[1][0]} 5"


def test_numbers_of_one_figure_side_by_side_are_as_many_as_there_are() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(6):
            canvas.drawString(60, 700 - HEIGHT * row, f"{row + 1}.重复申请")
            for column in range(7):
                canvas.drawString(200 + 9 * column, 700 - HEIGHT * row, "0")

    (table,) = page(draw)
    assert all(row[-7:] == ["0"] * 7 for row in table)


def test_heads_that_run_up_the_page_are_read_from_below() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, heads=False)
        written(canvas, heads=False)
        for column, head in enumerate(HEADS, 1):
            left, bottom, width = box(canvas, 0, column)
            canvas.rect(left, bottom, width, 2 * HEIGHT)
            canvas.saveState()
            canvas.translate(left + width / 2, bottom + 4)
            canvas.rotate(90)
            canvas.drawString(0, 0, head)
            canvas.restoreState()

    assert page(draw)[0][0] == list(HEADS)


def test_a_watermark_across_the_page_is_no_part_of_its_tables() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 60)
        canvas.translate(150, 620)
        canvas.rotate(35)
        canvas.drawString(0, 0, "第38号 2024")
        canvas.restoreState()
        canvas.setFont(FONT, SIZE)
        written(canvas)

    assert page(draw)[0] == WHOLE


def test_heads_and_labels_with_their_characters_set_apart_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        written(canvas, heads=False)
        for column, head in enumerate(HEADS, 1):
            left, bottom, _ = box(canvas, 0, column)
            canvas.drawString(left, bottom + 8, head, charSpace=3)

    assert page(draw)[0][0] == list(HEADS)
