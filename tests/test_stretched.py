"""Tables of a PDF without rules whose characters are spread over the width of their column (分散对齐)."""

from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from test_unruled import FONT, SIZE, Place, left, middle, read, right, sheet, texts

from etl.document import Cell, Document, Paragraph, Table
from etl.extract import extract
from etl.report import Report, Source, State

COLUMN = 200.0
BODY = (
    ("1.信访举报投诉类申请", ("12", "345", "0")),
    ("2.重复申请", ("1", "0", "7")),
    ("3.要求提供公开|出版物", ("0", "4012", "18")),
    ("规章", ("3", "5", "8")),
)


def spread(canvas: Canvas, x: float, y: float, text: str, width: float = COLUMN) -> None:
    taken = pdfmetrics.stringWidth(text, FONT, SIZE)
    gap = (width - taken) / (len(text) - 1)
    for at, letter in enumerate(text):
        canvas.drawString(x + pdfmetrics.stringWidth(text[:at], FONT, SIZE) + at * gap, y, letter)


def report(*blocks: Paragraph | Table) -> Report:
    return extract(Document(blocks), Source("", "", "application/pdf"))


@pytest.mark.parametrize("place", [left, middle, right])
def test_labels_spread_over_their_column_are_those_of_their_rows(place: Place) -> None:
    (table,) = read(lambda canvas: sheet(canvas, BODY, place, label=spread, at=60))
    assert texts(table)[1:] == [[label.replace("|", ""), *numbers] for label, numbers in BODY]


def test_numbers_right_behind_labels_that_fill_their_column_are_no_part_of_them() -> None:
    (table,) = read(lambda canvas: sheet(canvas, BODY, left, label=spread, at=320 - COLUMN - 0.7 * SIZE))
    assert texts(table)[1:] == [[label.replace("|", ""), *numbers] for label, numbers in BODY]


def test_heads_that_run_down_the_page_over_their_numbers_are_no_words_across() -> None:
    heads = ("自然人数", "商业企业", "科研机构", "法律服务", "其他组织")
    rows = [(f"{at}.重复申请", [str(10 * at + column) for column in range(len(heads))]) for at in range(1, 4)]

    def drawn(canvas: Canvas) -> None:
        for column, head in enumerate(heads):
            for at, letter in enumerate(head):
                canvas.drawCentredString(320 + 30 * column, 790 - 12 * at, letter)
        for at, (label, numbers) in enumerate(rows):
            spread(canvas, 60, 720 - 26 * at, label)
            for column, number in enumerate(numbers):
                canvas.drawCentredString(320 + 30 * column, 720 - 26 * at, number)

    (table,) = read(drawn)
    assert texts(table)[-3:] == [[label, *numbers] for label, numbers in rows]
    assert not any(cell.text == "自商科法其" for cell in table.cells)


def test_a_dash_that_ran_into_its_label_is_its_value() -> None:
    lines = ("二、主动公开政府信息情况", "第二十条第（六）项", "信息内容 本年处理决定数量")
    found = report(*(Paragraph(text, 1) for text in (*lines, "行政处罚—", "行政强制65")))
    assert [(fact.line, fact.text, fact.state) for fact in found.facts] == [
        ("penalties", "—", State.DASHED),
        ("compulsion", "65", State.STATED),
    ]


def figures(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        tuple(Cell(text, row, at) for row, texts in enumerate(rows) for at, text in enumerate(texts)), 1
    )


@pytest.mark.parametrize("swallowed", ["行政规范性文件/", "行政规范性文件4469处", "行政规范性文件4469"])
def test_a_value_within_a_label_leaves_no_cell_blank(swallowed: str) -> None:
    head = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    title = Paragraph("二、主动公开政府信息情况", 1)
    found = report(title, figures((head, ("规章", "1", "2", "3"), (swallowed, "", "1", "7"))))
    issued = [fact for fact in found.facts if fact.line == "normative_documents" and fact.column == "issued"]
    assert not any(fact.state is State.BLANK for fact in issued)
