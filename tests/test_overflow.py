"""Numbers wider than their cells, in PDF and OFD: read right or doubted, never read as other numbers."""

import io
from collections.abc import Callable, Sequence
from random import Random

import grids
import pytest
from fixed_layout import ofd, page, sides
from fixed_layout import text as ofd_text
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl import counts
from etl.document import Document, Table
from etl.readers import ofd as ofd_reader
from etl.readers import pdf
from etl.report import State

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
SIZE, WIDTH, HEIGHT, LEFT = 12.0, 24.0, 30.0, 60.0
Rows = Sequence[Sequence[str]]
ALIGNED: dict[str, Callable[[float, float], float]] = {
    "left": lambda cell, _: cell + 2,
    "centre": lambda cell, width: cell + (WIDTH - width) / 2,
    "right": lambda cell, width: cell + WIDTH - 2 - width,
}


def in_pdf(rows: Rows, align: str, pieces: int = 99) -> Document:
    """The rows ruled, each number printed in pieces of so many figures."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, SIZE)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            left, bottom = LEFT + WIDTH * column, 700 - HEIGHT * row
            canvas.rect(left, bottom, WIDTH, HEIGHT)
            x = ALIGNED[align](left, canvas.stringWidth(text, FONT, SIZE))
            for start in range(0, len(text), pieces):
                canvas.drawString(x, bottom + 10, text[start : start + pieces])
                x += canvas.stringWidth(text[start : start + pieces], FONT, SIZE)
    canvas.save()
    return pdf.read(buffer.getvalue())


def in_ofd(rows: Rows, align: str) -> Document:
    """The rows ruled, on the scale of points to millimetres; a figure is 2 mm wide."""
    drawn = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            left, top = 10 + 8 * column, 20 + 10 * row
            drawn.append(sides(left, top, left + 8, top + 10))
            x = {"left": left + 0.7, "centre": left + 4 - len(text), "right": left + 7.3 - 2 * len(text)}
            drawn.append(ofd_text(x[align], top + 7, text))
    return ofd_reader.read(ofd([page(*drawn)]))


def read(document: Document) -> list[list[str]]:
    """The texts of the ruled table, row by row; figures printed outside it may stand below it as another."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return grids.texts(table)


def wrong(printed: Rows, found: Rows) -> list[tuple[str, str]]:
    """The cells that state another number than was printed."""
    return [
        (text, other)
        for texts, others in zip(printed, found, strict=True)
        for text, other in zip(texts, others, strict=True)
        if counts.read(other)[1] is not State.ILLEGIBLE and other != text
    ]


def figures(seed: int, longest: int) -> list[list[str]]:
    """Rows of zeros and of numbers with up to so many figures."""
    chance = Random(seed)
    sizes = [[chance.choice((1, 2, chance.randint(1, longest))) for _ in range(6)] for _ in range(8)]
    return [[str(chance.randint(10 ** (size - 1), 10**size - 1)) for size in row] for row in sizes]


@pytest.mark.parametrize("align", ALIGNED)
@pytest.mark.parametrize("pieces", [99, 2, 1])
def test_no_wide_number_of_a_pdf_is_read_as_another(align: str, pieces: int) -> None:
    for seed in range(6):
        rows = figures(seed, 8)
        assert wrong(rows, read(in_pdf(rows, align, pieces))) == []


@pytest.mark.parametrize("align", ALIGNED)
def test_no_wide_number_of_an_ofd_is_read_as_another(align: str) -> None:
    for seed in range(6):
        rows = figures(seed, 8)
        assert wrong(rows, read(in_ofd(rows, align))) == []


@pytest.mark.parametrize(
    "written", [lambda rows: in_pdf(rows, "centre"), lambda rows: in_ofd(rows, "centre")]
)
def test_a_number_set_in_the_middle_of_a_cell_is_read_over_its_rules(
    written: Callable[[Rows], Document],
) -> None:
    rows = [["0", "12", "345", "0"], ["1", "123456", "2", "77"], ["10", "0", "1234567", "0"]]
    assert read(written(rows)) == rows


@pytest.mark.parametrize("align", ["left", "right"])
def test_a_number_that_reaches_into_a_blank_cell_is_its_own_cells(align: str) -> None:
    rows = [["0", "12", "3", "0", "0"], ["", "", "123456", "", ""], ["10", "0", "12", "0", "45"]]
    assert read(in_pdf(rows, align)) == rows


def test_numbers_that_touch_at_a_rule_stay_two() -> None:
    rows = [["12", "34", "5", "6"], ["1234", "5678", "1", "1"], ["0", "0", "12", "0"]]
    assert read(in_pdf(rows, "centre")) == rows


def test_a_number_drawn_through_a_rule_between_rows_is_doubted() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, SIZE)
    for row in range(3):
        canvas.rect(LEFT, 700 - 20 * row, 90, 20)
        canvas.rect(LEFT + 90, 700 - 20 * row, 60, 20)
        canvas.drawString(LEFT + 5, 705 - 20 * row, "规章")
    for y in (705, 676, 665):
        canvas.drawString(LEFT + 100, y, "31")
    canvas.save()
    numbers = [texts[1] for texts in read(pdf.read(buffer.getvalue()))]
    assert all(counts.read(text)[0] != 3131 for text in numbers)
    assert counts.read(numbers[1])[1] is State.ILLEGIBLE


def test_figures_that_touch_over_a_rule_are_read_where_all_other_numbers_stand_beside_the_table() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, SIZE)
    for column in range(3):
        canvas.rect(LEFT + WIDTH * column, 700, WIDTH, HEIGHT)
        canvas.rect(LEFT + WIDTH * column, 700 - HEIGHT, WIDTH, HEIGHT)
        canvas.drawString(100 + 60 * column, 500, "12")
    edge, figure = LEFT + WIDTH, canvas.stringWidth("5", FONT, SIZE)
    canvas.drawString(edge - figure, 710, "5")
    canvas.drawString(edge, 710, "7")
    canvas.save()
    tables = [block for block in pdf.read(buffer.getvalue()).blocks if isinstance(block, Table)]
    assert sum(counts.read(cell.text)[0] == 57 for table in tables for cell in table.cells) == 0


def test_figures_that_lie_over_each_other_in_a_cell_are_in_doubt_with_those_beside_them() -> None:
    """The spread number 154 ends over the next cell's 0."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, SIZE)
    for column, text in enumerate(("规章", "", "", "8")):
        canvas.rect(LEFT + WIDTH * column, 700, WIDTH, HEIGHT)
        canvas.drawString(LEFT + WIDTH * column, 710, text)
    for figure, x in (("1", 25), ("5", 35), ("4", 49), ("0", 52)):
        canvas.drawString(LEFT + x, 710, figure)
    canvas.save()
    ((_, *values),) = read(pdf.read(buffer.getvalue()))
    assert {counts.read(text)[1] for text in values} == {State.ILLEGIBLE}
