"""Tables of a PDF without ruling lines, or with a frame round each cell, as browsers and office programs print them."""

import io
from collections.abc import Callable, Sequence

import pytest
from grids import paragraphs, rows, tables
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.document import Table
from etl.readers import pdf

FONT, SIZE, STEP = "STSong-Light", 10.0, 26.0
HEADS = ("自然人", "商业企业", "总计")
LABELS = ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请")
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Place = Callable[[Canvas, float, float, str], None]


def left(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)


def middle(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawCentredString(x, y, text)


def right(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawRightString(x, y, text)


def printed(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for page in pages:
        canvas.setFont(FONT, SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: Callable[[Canvas], None]) -> list[Table]:
    return tables(pdf.read(printed(*pages)))


def texts(table: Table) -> list[list[str]]:
    """Each row's texts, without the cells that say nothing."""
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).extend([cell.text] if cell.text else [])
    return [found[row] for row in sorted(found)]


def sheet(
    canvas: Canvas,
    body: Sequence[tuple[str, Sequence[str]]],
    place: Place = middle,
    step: float = 45.0,
    at: float = 60.0,
    label: Place = left,
    top: float = 780.0,
) -> None:
    """Heads and rows, the labels at x = `at`, the columns `step` apart from x = 320 on."""
    for row, (text, numbers) in enumerate((("", HEADS), *body)):
        y = top - STEP * row
        for line, part in enumerate(text.split("|")):
            label(canvas, at, y - 12 * (line - text.count("|") / 2), part)
        for column, number in enumerate(numbers):
            place(canvas, 320 + step * column, y, number)


def numbered(first: int = 101) -> list[tuple[str, Sequence[str]]]:
    return [
        (label, [str(first + 3 * row + column) for column in range(3)]) for row, label in enumerate(LABELS)
    ]


@pytest.mark.parametrize("place", [left, middle, right])
def test_numbers_of_narrow_columns_that_nearly_touch_are_two(place: Place) -> None:
    wide = pdfmetrics.stringWidth("888", FONT, SIZE) + 3.5
    (table,) = read(lambda canvas: sheet(canvas, numbered(), place, step=wide))
    assert texts(table)[-4:] == [[label, *numbers] for label, numbers in numbered()]


def test_labels_set_in_the_middle_of_their_column_are_one_column() -> None:
    body = [("1.申请人逾期未按收费通知|要求缴纳费用", ["7", "8", "9"]), *numbered()]
    (table,) = read(lambda canvas: sheet(canvas, body, label=middle, at=170))
    assert texts(table)[1] == ["1.申请人逾期未按收费通知要求缴纳费用", "7", "8", "9"]
    assert texts(table)[2:] == [[label, *numbers] for label, numbers in numbered()]


def test_a_label_with_a_number_of_its_own_begins_however_near_its_group_stands() -> None:
    def page(canvas: Canvas) -> None:
        sheet(canvas, numbered(), at=104)
        canvas.drawString(60, 780 - 2 * STEP, "（五）不")
        canvas.drawString(60, 780 - 2.5 * STEP, "予处理")

    (table,) = read(page)
    assert [row[-4:] for row in texts(table)[1:]] == [[label, *numbers] for label, numbers in numbered()]


def test_a_label_that_wraps_below_heads_printed_again_on_the_next_page_is_no_head() -> None:
    wrapped = ("5.要求行政机关确认或重新出具|已获取信息", ["51", "52", "53"])
    (first, second) = read(
        lambda canvas: sheet(canvas, numbered(), top=160),
        lambda canvas: sheet(canvas, [wrapped, *numbered(201)]),
    )
    assert texts(second)[:2] == [[*HEADS], ["5.要求行政机关确认或重新出具已获取信息", "51", "52", "53"]]
    assert len(texts(first)) == len(texts(second)) - 1 == 5


def test_heads_beside_their_values_begin_a_part_of_their_own() -> None:
    def page(canvas: Canvas) -> None:
        parts = (
            ("本年处理决定数量", "行政许可", "59"),
            ("本年收费金额（单位：万元）", "行政事业性收费", "461"),
        )
        for part, (head, label, number) in enumerate(parts):
            y = 780 - 3 * STEP * part
            canvas.drawString(60, y, "信息内容")
            canvas.drawString(180, y, head)
            canvas.drawString(60, y - STEP, label)
            canvas.drawCentredString(380, y - STEP, number)

    assert [texts(table) for table in read(page)] == [
        [["信息内容", "本年处理决定数量"], ["行政许可", "59"]],
        [["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "461"]],
    ]


def test_heads_in_one_line_belong_to_the_columns_in_their_order_however_they_are_set() -> None:
    def page(canvas: Canvas) -> None:
        for row, texts in enumerate((HEADS, ("531", "896", "596"), ("27", "74", "17"))):
            canvas.drawString(60, 780 - STEP * row, ("信息内容", "规章", "行政规范性文件")[row])
            for column, text in enumerate(texts):
                (left if not row else right)(
                    canvas, (200 if not row else 295) + 110 * column, 780 - STEP * row, text
                )

    (table,) = read(page)
    assert texts(table)[0] == ["信息内容", *HEADS]
    assert [cell.column for cell in table.cells if cell.row == 0] == [0, 1, 2, 3]


@pytest.mark.parametrize("form", ["{}件", "{}[1]", "{}*", "{}万元"])
def test_numbers_with_a_unit_or_a_mark_are_values(form: str) -> None:
    body = [(label, [form.format(number) for number in numbers]) for label, numbers in numbered()]
    (table,) = read(lambda canvas: sheet(canvas, body, step=60))
    assert texts(table)[1:] == [[label, *numbers] for label, numbers in body]


def frames(canvas: Canvas, apart: float) -> None:
    """Cells with a frame each; the first row's second frame is as wide as two columns."""
    boxes = [(0, 0, 1, "信息内容"), (0, 1, 2, "件数"), (1, 0, 1, "规章"), (1, 1, 1, "12"), (1, 2, 1, "345")]
    for row, column, wide, text in boxes:
        x, y = 60 + 90 * column, 760 - 30 * row
        canvas.rect(x, y, 90 * wide - apart, 30 - apart)
        canvas.drawCentredString(x + 45 * wide, y + 9, text)


@pytest.mark.parametrize("apart", [1.5, 3.0, 4.0])
def test_cells_with_a_frame_each_and_space_between_them_are_one_table(apart: float) -> None:
    (table,) = read(lambda canvas: frames(canvas, apart))
    assert rows(table) == [["0 信息内容", "1+2 件数"], ["0 规章", "1 12", "2 345"]]


def test_a_frame_round_the_page_is_no_cell_of_the_table_in_it() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(30, 30, 535, 782)
        canvas.drawString(60, 600, "一是公开内容更新不够及时。")
        frames(canvas, 3.0)

    (table,) = read(page)
    assert rows(table) == [["0 信息内容", "1+2 件数"], ["0 规章", "1 12", "2 345"]]


def heads(
    lines: Sequence[Sequence[tuple[float, str]]], values: Sequence[tuple[float, str]]
) -> list[list[str]]:
    """The rows of a table with these lines of heads, 12 points apart, and a row of values right below."""

    def page(canvas: Canvas) -> None:
        for at, words in enumerate((*lines, values)):
            for x, text in words:
                canvas.drawString(x, 780 - 12 * at, text)

    (table,) = read(page)
    return rows(table)


def test_a_head_over_several_columns_is_no_part_of_the_head_right_below_it() -> None:
    results = [(60 + 30.0 * at, word) for at, word in enumerate(("结果", "结果", "其他") * 2)]
    lower = [(60 + 30.0 * at, word) for at, word in enumerate(("维持", "纠正", "结果") * 2)]
    values = [(61 + 30.0 * at, str(101 + at)) for at in range(6)]
    found = heads([[(60, "未经复议直接起诉"), (150, "复议后起诉")], results, lower], values)
    assert found[0] == ["0+3 未经复议直接起诉", "3+3 复议后起诉"]
    assert found[1] == [f"{at} {text}" for at, text in enumerate(("结果维持", "结果纠正", "其他结果") * 2)]


def test_heads_set_from_the_top_share_the_head_over_them_however_many_lines_they_have() -> None:
    kinds = [(140, "商业"), (180, "社会"), (220, "其他")]
    lines = [[(60, "自然"), (140, "法人或其他组织"), (260, "总计")], [(60, "人"), *kinds]]
    lines += [[(140, "企业"), (180, "公益")], [(180, "组织")]]
    found = heads(lines, [(x, str(101 + at)) for at, x in enumerate((61, 141, 181, 221, 261))])
    assert found[0] == ["0*2 自然人", "1+3 法人或其他组织", "4*2 总计"]
    assert found[1] == ["1 商业企业", "2 社会公益组织", "3 其他"]


def test_heads_with_small_gaps_between_them_are_heads_though_their_line_is_as_long_as_prose() -> None:
    words = ("结果维持", "结果纠正", "其他结果", "尚未审结") * 2
    xs = [60 + 45.0 * at for at in range(8)]
    values = [(x, str(101 + at)) for at, x in enumerate(xs)]
    found = heads([list(zip(xs, words, strict=True))], values)
    assert found[0] == [f"{at} {word}" for at, word in enumerate(words)]


def test_a_wrapped_head_whose_last_line_misses_its_values_makes_no_column_of_its_own() -> None:
    lines = [[(60, "自然人"), (140, "社会公益"), (260, "总计")], [(140, "组织")]]
    found = heads(lines, [(61, "201"), (168, "32"), (261, "203")])
    assert [cell.split(" ", 1)[1] for cell in found[0]] == ["自然人", "社会公益组织", "总计"]
    assert found[-1] == ["0 201", "1 32", "2 203"]


def test_the_lines_of_a_head_stand_over_its_column_though_none_stands_over_its_values() -> None:
    lines = [[(60, "商业企"), (110, "科研机"), (160, "社会公")], [(60, "业"), (110, "构"), (160, "益组织")]]
    values = [(80, "107"), (130, "230"), (180, "8")]
    found = heads(lines, values)
    assert found[0] == ["0 商业企业", "1 科研机构", "2 社会公益组织"]


def test_a_head_over_several_columns_right_above_their_first_is_told_by_the_heads_it_has_in_common() -> None:
    results = ("结果维持", "结果纠正", "其他结果")
    lower = [(60 + 48.0 * at, word) for at, word in enumerate(results * 3)]
    values = [(60 + 48.0 * at, str(101 + at)) for at in range(9)]
    found = heads([[(60, "行政复议"), (204, "未经复议直接起诉"), (348, "复议后起诉")], lower], values)
    assert found[0] == ["0+3 行政复议", "3+3 未经复议直接起诉", "6+3 复议后起诉"]
    assert found[1] == [f"{at} {word}" for at, word in enumerate(results * 3)]


def test_labels_set_at_the_right_are_one_column() -> None:
    body = [("1.申请人逾期未按收费通知|要求缴纳费用", ["7", "8", "9"]), *numbered()]
    (table,) = read(lambda canvas: sheet(canvas, body, label=right, at=300))
    assert texts(table)[1] == ["1.申请人逾期未按收费通知要求缴纳费用", "7", "8", "9"]
    assert texts(table)[2:] == [[label, *numbers] for label, numbers in numbered()]


def test_a_column_is_known_by_all_its_numbers_where_every_row_leaves_some_out() -> None:
    body = [
        (label, ["" if (row + at) % 3 == 0 else str(10 * row + at) for at in range(3)])
        for row, label in enumerate(LABELS, 1)
    ]
    (table,) = read(lambda canvas: sheet(canvas, body, right))
    assert [cell.text for cell in table.cells if cell.row == 1] == [LABELS[0], "10", "11", ""]
    assert [cell.text for cell in table.cells if cell.row == 2] == [LABELS[1], "20", "", "22"]


@pytest.mark.parametrize("step", [6.0, 12.0])
def test_figures_below_each_other_beside_one_label_are_never_two_rows(step: float) -> None:
    def page(canvas: Canvas) -> None:
        sheet(canvas, [(label, ["", "58", "96"]) for label in LABELS])
        for row in range(1, 1 + len(LABELS)):
            canvas.drawCentredString(320, 780 - STEP * row + step / 2, "30")
            canvas.drawCentredString(320, 780 - STEP * row - step / 2, "4")

    (table,) = read(page)
    assert [row[-4:] for row in texts(table)[1:]] == [[label, "30 4", "58", "96"] for label in LABELS]


def test_remarks_right_of_the_numbers_part_no_table() -> None:
    def page(canvas: Canvas) -> None:
        sheet(canvas, numbered())
        canvas.drawString(450, 780, "备注")
        for row, lines in ((2, ("网络", "申请")), (4, ("含当面",))):
            for line, text in enumerate(lines):
                canvas.drawString(450, 780 - STEP * row - 12 * (line - (len(lines) - 1) / 2), text)

    document = pdf.read(printed(page))
    (table,) = tables(document)
    assert texts(table) == [[*HEADS], *([label, *numbers] for label, numbers in numbered())]
    assert paragraphs(document) == ["备注", "网络", "申请", "含当面"]


def test_numbers_of_two_rows_with_one_label_between_them_are_in_doubt() -> None:
    def page(canvas: Canvas) -> None:
        body = numbered()
        body[1] = ("2.重复申请", ["", "", ""])
        sheet(canvas, body)
        for at, (rise, number) in enumerate(((6, "724"), (-6, "419"), (-6, "603"))):
            canvas.drawCentredString(320 + 45 * at, 780 - 2 * STEP + rise, number)

    (table,) = read(page)
    assert [cell.text for cell in table.cells if cell.text[:3] in ("724", "419", "603")] == [
        "724?",
        "419?",
        "603?",
    ]


@pytest.mark.parametrize(
    ("places", "values"),
    [((60, 100, 150, 185), (61, 138, 190)), ((60, 130, 215, 260), (61, 180, 261))],
    ids=["two heads over one column", "a column between two heads"],
)
def test_where_heads_cannot_be_told_apart_the_numbers_below_them_are_not_either(
    places: Sequence[float], values: Sequence[float]
) -> None:
    words = zip(places, ("自然人", "商业企业", "其他", "总计"), strict=True)
    found = heads([list(words)], list(zip(values, ("101", "2222", "103"), strict=True)))
    assert found[-1][0].split(" ", 1)[1] == "101 2222 103"


def test_a_figure_alone_near_a_row_may_be_of_a_number_of_that_row_and_both_are_in_doubt() -> None:
    def page(canvas: Canvas) -> None:
        for row, (label, numbers) in enumerate((("", HEADS), *numbered())):
            canvas.drawString(60, 780 - 54 * row, label)
            for column, number in enumerate(numbers):
                canvas.drawCentredString(320 + 45 * column, 780 - 54 * row, number)
        canvas.drawCentredString(365, 780 - 54 * 2 + 21, "9")

    (table,) = read(page)
    assert texts(table)[1:4] == [
        [LABELS[0], "101", "102", "103"],
        ["9?"],
        [LABELS[1], "104?", "105?", "106?"],
    ]


def test_figures_right_below_the_only_row_of_a_table_put_its_numbers_in_doubt() -> None:
    def page(canvas: Canvas) -> None:
        sheet(canvas, [("1.信访举报投诉类申请", ["201", "32", "203"])])
        canvas.drawCentredString(320, 780 - STEP - 19, "6")

    (table,) = read(page)
    printed = [cell.text for cell in table.cells if cell.text[:3] in ("201", "32", "203")]
    assert "201" not in printed and "6" not in printed


def test_a_number_folded_beside_the_lines_of_its_label_is_no_row_of_its_own() -> None:
    def page(canvas: Canvas) -> None:
        sheet(canvas, numbered())
        y = 780 - STEP * 5
        for x, at, text in (
            (60, 0, "5.要求行政机关确认"),
            (60, 14, "或重新出具"),
            (325, 9, "28"),
            (365, 9, "10"),
            (410, 0, "734"),
            (410, 14, "7"),
        ):
            canvas.drawString(x, y - at, text)

    (table,) = read(page)
    assert not {"734", "7", "28", "10"} & {cell.text for cell in table.cells}
