"""Ruled tables of a PDF whose cells are too narrow: numbers wrapped, rows cut by the page, notes' marks."""

import io
from collections.abc import Sequence
from random import Random

import grids
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl import counts
from etl.document import Table
from etl.readers import pdf
from etl.readers.geometry.joined import Piece, Printed, joined
from etl.report import State

FONT, SIZE, LABEL, WIDTH, PAD = "STSong-Light", 9.0, 140.0, 30.0, 5.4
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Rows = Sequence[tuple[str, Sequence[str]]]


def folded(text: str, width: float) -> list[str]:
    """The text in lines as office programs wrap it, a number too wide for its cell between any two figures."""
    lines = [""]
    for letter in text:
        if lines[-1] and pdfmetrics.stringWidth(lines[-1] + letter, FONT, SIZE) > width - 2 * PAD:
            lines.append("")
        lines[-1] += letter
    return lines


def drawn(canvas: Canvas, rows: Sequence[Sequence[list[str]]], top: float) -> None:
    """Rows of cells, each a list of lines, with a rule on every side."""
    for row in rows:
        height = 12.0 * max(map(len, row)) + 6
        left = 60.0
        for at, lines in enumerate(row):
            width = WIDTH if at else LABEL
            canvas.rect(left, top - height, width, height)
            for number, line in enumerate(lines):
                canvas.drawString(left + PAD, top - 12 * (number + 1), line)
            left += width
        top -= height


def cells(row: tuple[str, Sequence[str]]) -> list[list[str]]:
    label, numbers = row
    return [folded(label, LABEL), *(folded(text, WIDTH) for text in numbers)]


def read(*pages: Sequence[Sequence[list[str]]]) -> list[list[str]]:
    """The only table's texts, row by row, of pages with these rows."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for at, rows in enumerate(pages):
        canvas.setFont(FONT, SIZE)
        drawn(canvas, rows, 780 if at else 300)
        canvas.showPage()
    canvas.save()
    (table,) = (block for block in pdf.read(buffer.getvalue()).blocks if isinstance(block, Table))
    return grids.texts(table)


def report(seed: int) -> Rows:
    chance = Random(seed)
    labels = (
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "（七）总计",
        "2.重复申请",
    )
    return [
        (label, [str(chance.randint(0, 10 ** chance.randint(1, 6))) for _ in range(7)]) for label in labels
    ]


@pytest.mark.parametrize("seed", range(8))
def test_numbers_wrapped_in_narrow_cells_are_read_whole(seed: int) -> None:
    rows = report(seed)
    assert read([cells(row) for row in rows]) == [[label, *numbers] for label, numbers in rows]


@pytest.mark.parametrize("seed", range(8))
def test_a_row_of_wrapped_numbers_cut_by_the_page_is_read_whole_or_doubted(seed: int) -> None:
    first, cut, *rest = (cells(row) for row in report(seed))
    upper, lower = [lines[:1] for lines in cut], [lines[1:] for lines in cut]
    found = read([first, upper], [lower, *rest])
    printed = [[label, *numbers] for label, numbers in report(seed)]
    for texts, row in zip(found[:2], printed, strict=False):
        for text, number in zip(texts[1:], row[1:], strict=True):
            assert text == number or counts.read(text)[1] is State.ILLEGIBLE
    assert found[-1] == printed[-1]


def test_a_row_cut_by_the_page_is_one_row_though_its_group_is_written_beside_another() -> None:
    def piece(page: int, *rows: tuple[str, str, str]) -> Piece:
        printed = (
            Printed(text, row, column, 1, 1, 0.0 if column == 1 else 9.0)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        return Piece(page, 60.0, (0.0, 40.0, 200.0, 240.0), len(rows), tuple(printed))

    above = piece(
        1, ("（六）其他处理", "1.申请人逾期不补正", "6"), ("", "2.申请人逾期未按收费通知要求缴", "7")
    )
    (table,) = joined([above, piece(2, ("", "纳费用", ""), ("", "3.其他", "8"))])
    assert [cell.text for cell in table.cells if cell.row == 1] == [
        "",
        "2.申请人逾期未按收费通知要求缴纳费用",
        "7",
    ]
    assert [cell.text for cell in table.cells if cell.row == 2] == ["", "3.其他", "8"]


def test_two_rows_with_labels_in_different_columns_on_two_pages_are_two() -> None:
    def piece(page: int, *texts: str) -> Piece:
        cells = (Printed(text, 0, column, 1, 1) for column, text in enumerate(texts))
        return Piece(page, 60.0, (0.0, 80.0, 160.0, 200.0), 1, tuple(cells))

    (table,) = joined([piece(1, "", "（七）总计", "282"), piece(2, "四、结转下年度继续办理", "", "0")])
    assert [cell.text for cell in table.cells] == ["", "（七）总计", "282", "四、结转下年度继续办理", "", "0"]


@pytest.mark.parametrize("lines", [["3", "4"], ["３", "４"]])
def test_two_numbers_below_each_other_in_one_cell_are_not_made_one(lines: list[str]) -> None:
    rows = [[["规章"], ["12"], ["345"]], [["许可"], lines, ["777"]]]
    assert counts.read(read(rows)[1][1])[1] is State.ILLEGIBLE


@pytest.mark.parametrize("lines", [["1", "2"], ["12", "34"], ["12", "3"], ["0", "0", "7"], ["１", "２"]])
def test_two_numbers_in_a_cell_too_narrow_to_tell_are_doubted(lines: list[str]) -> None:
    narrow = 2 * PAD + pdfmetrics.stringWidth(lines[0], FONT, SIZE) + 1
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont(FONT, SIZE)
    for row, (label, figures) in enumerate((("规章", ["5"]), ("许可", lines), ("处罚", ["6"]))):
        canvas.rect(60, 700 - 42 * row, LABEL, 42)
        canvas.rect(60 + LABEL, 700 - 42 * row, narrow, 42)
        canvas.drawString(65, 720 - 42 * row, label)
        for at, figure in enumerate(figures):
            canvas.drawString(60 + LABEL + PAD, 728 - 42 * row - 12 * at, figure)
    canvas.save()
    (table,) = (block for block in pdf.read(buffer.getvalue()).blocks if isinstance(block, Table))
    values = [counts.read(cell.text) for cell in table.cells if cell.column == 1]
    assert [value for value, _ in values] == [5, None, 6] and values[1][1] is State.ILLEGIBLE


def test_a_small_raised_figure_is_a_note_and_a_white_one_is_doubted() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for at, label in enumerate(("规章", "许可", "处罚")):
        for left, width in ((60, 80), (140, 80)):
            canvas.rect(left, 700 - 20 * at, width, 20)
        canvas.setFont(FONT, 10)
        canvas.drawString(65, 705 - 20 * at, label)
        canvas.drawString(150, 705 - 20 * at, "52")
    canvas.setFont(FONT, 6)
    canvas.drawString(160.2, 709, "1")
    canvas.setFont(FONT, 10)
    canvas.setFillGray(1)
    canvas.drawString(160.2, 685, "7")
    canvas.save()
    (table,) = (block for block in pdf.read(buffer.getvalue()).blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells if cell.column] == ["52", "52?", "52"]


def test_a_number_folded_beside_one_of_a_single_line_is_one_number_however_few_figures_fit() -> None:
    lines = [["规章"], ["１２", "３４"], ["7"]]
    assert read([lines, [["许可"], ["5"], ["6"]]])[0] == ["规章", "１２３４", "7"]


def test_a_row_with_a_number_of_its_own_is_one_row_though_the_page_cuts_it() -> None:
    def piece(page: int, *rows: tuple[str, str, str]) -> Piece:
        printed = (
            Printed(text, row, column, 1, 1, 0.0 if column == 1 else 9.0)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        return Piece(page, 60.0, (0.0, 40.0, 200.0, 240.0), len(rows), tuple(printed))

    (table,) = joined([piece(1, ("22", "2.申请人逾期未按收费通知要求缴", "7")), piece(2, ("", "纳费用", ""))])
    assert [cell.text for cell in table.cells] == ["22", "2.申请人逾期未按收费通知要求缴纳费用", "7"]
