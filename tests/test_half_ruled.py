"""Tables of which only the rows or only the columns are ruled, as office programs and browsers print them."""

from collections.abc import Sequence

import pytest
from grids import rows
from reportlab.pdfgen.canvas import Canvas
from test_unruled import read, texts

SIDES = (60.0, 200.0, 260.0, 320.0, 380.0)
BODY = (
    ("2.没有现成信息|需要另行制作", "24", "101", "332"),
    ("3.补正后申请内|容仍不明确", "720", "651", "9"),
    ("4.重复申请", "663", "8", "967"),
)
HEAD = ("", "自然人", "社会公益|组织", "总计")


def sheet(canvas: Canvas, across: bool, down: bool, body: Sequence[Sequence[str]] = BODY) -> None:
    """Rows of 40 points in a frame, with the rules between rows, or between columns, or both left out."""
    for row, cells in enumerate((HEAD, *body)):
        y = 760 - 40 * row
        for left, right, text in zip(SIDES, SIDES[1:], cells, strict=False):
            for line, part in enumerate(text.split("|")):
                canvas.drawCentredString(
                    (left + right) / 2, y - 20 - 12 * (line - text.count("|") / 2) - 4, part
                )
        if across:
            canvas.line(SIDES[0], y - 40, SIDES[-1], y - 40)
    bottom = 760 - 40 * (1 + len(body))
    for x in SIDES if down else ():
        canvas.line(x, 760, x, bottom)
    canvas.rect(SIDES[0], bottom, SIDES[-1] - SIDES[0], 760 - bottom)


@pytest.mark.parametrize(("across", "down"), [(True, False), (False, True), (False, False), (True, True)])
def test_a_framed_table_reads_alike_whichever_of_its_rules_are_drawn(across: bool, down: bool) -> None:
    (table,) = read(lambda canvas: sheet(canvas, across, down))
    assert [[text.replace("|", "") for text in row if text] for row in (HEAD, *BODY)] == texts(table)


def test_a_label_folded_in_a_row_between_rules_is_one_however_near_the_next_row_stands() -> None:
    def page(canvas: Canvas) -> None:
        for row, (label, *numbers) in enumerate(BODY):
            canvas.line(60, 700 - 26 * row, 380, 700 - 26 * row)
            for line, part in enumerate(label.split("|")):
                canvas.drawString(64, 690 - 26 * row - 12 * line, part)
            for at, number in enumerate(numbers):
                canvas.drawRightString(250 + 60 * at, 690 - 26 * row, number)
        canvas.rect(60, 622, 320, 78)

    (table,) = read(page)
    assert rows(table) == [[f"{at} {text.replace('|', '')}" for at, text in enumerate(row)] for row in BODY]


def test_heads_and_numbers_between_the_same_two_rules_are_rows_of_their_own() -> None:
    def page(canvas: Canvas) -> None:
        for at, (head, number) in enumerate((("结果维持", "772"), ("结果纠正", "27"), ("其他结果", "6"))):
            canvas.drawCentredString(90 + 60 * at, 740, head)
            canvas.drawCentredString(90 + 60 * at, 716, number)
        for x in (60, 120, 180, 240):
            canvas.line(x, 760, x, 700)
        canvas.rect(60, 700, 180, 60)

    (table,) = read(page)
    assert rows(table) == [["0 结果维持", "1 结果纠正", "2 其他结果"], ["0 772", "1 27", "2 6"]]


@pytest.mark.parametrize(("first", "last", "whole"), [("7 7", "9", "7 7 9"), ("７７", "９", "７７ ９")])
def test_a_number_folded_in_its_cell_is_no_head_with_a_number_below(
    first: str, last: str, whole: str
) -> None:
    def page(canvas: Canvas) -> None:
        for at in range(4):
            x = 60 + 24 * at
            for y, text in ((742, "结果"), (712, first), (700, last)):
                canvas.drawString(x + 2, y, text)
            canvas.rect(x, 690, 24, 40)
            canvas.rect(x, 730, 24, 30)

    (table,) = read(page)
    assert rows(table)[1] == [f"{at} {whole}" for at in range(4)]


NARROW = (60.0, 200.0, 223.0, 246.0, 269.0)
FOLDED = (
    ("2.没有现成信息", "24", "10|1", "33|2"),
    ("3.补正后申请内容", "7", "65|12", "90|88|1"),
    ("4.重复申请", "66|3", "", "7"),
    ("5.要求提供公开出版物", "0", "8", "96|7"),
)


def narrow(canvas: Canvas, body: Sequence[Sequence[str]], top: float, down: bool, margin: float) -> None:
    """Rows whose cells are folded at the bars, filled from the middle or, by `top` 1, from above; 12 points from line to line."""
    y = 760.0
    for row, cells in enumerate((("", "自然人", "企业", "总计"), *body)):
        height = 12 * max(text.count("|") + 1 for text in cells) + margin
        for left, right, text in zip(NARROW, NARROW[1:], cells, strict=False):
            parts = text.split("|")
            free = (height - margin - 12 * len(parts)) * (0 if top else 0.5)
            for line, part in enumerate(parts):
                canvas.setFontSize(7 if not row else 10)
                at = y - margin / 2 - free - 12 * line - 9
                canvas.drawCentredString((left + right) / 2, at, part)
        y -= height
    for x in NARROW if down else ():
        canvas.line(x, 760, x, y)
    canvas.rect(NARROW[0], y, NARROW[-1] - NARROW[0], 760 - y)


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("top", [0.0, 1.0])
def test_numbers_folded_in_narrow_columns_are_whole_where_no_rule_parts_the_rows(
    top: float, down: bool
) -> None:
    (table,) = read(lambda canvas: narrow(canvas, FOLDED, top, down, margin=5.0))
    assert [row for row in texts(table) if row[0] != "自然人"] == [
        [text.replace("|", "") for text in row if text] for row in FOLDED
    ]


@pytest.mark.parametrize("margin", [0.0, 0.5])
@pytest.mark.parametrize("down", [True, False])
def test_numbers_that_stand_as_near_as_rows_do_are_never_made_one(down: bool, margin: float) -> None:
    (table,) = read(lambda canvas: narrow(canvas, FOLDED, 1.0, down, margin))
    printed = {cell.text for cell in table.cells}
    assert printed.isdisjoint({"101", "6512", "90881", "663", "967", "65", "90", "88", "66"})
