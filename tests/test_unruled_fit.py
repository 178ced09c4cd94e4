"""Tables of a PDF without ruling lines whose heads and labels are told by how all of them are set."""

from collections.abc import Sequence

import pytest
from extracted import extracted
from grids import paragraphs, rows, tables
from reportlab.pdfgen.canvas import Canvas
from test_unruled import middle, printed, read, right, sheet, texts

from etl.document import Cell, Document, Paragraph, Table
from etl.extract import extract
from etl.forms import PATHS, RESULTS, REVIEW
from etl.readers import pdf
from etl.readers.geometry.glyphs import Glyph
from etl.readers.pdf import glyphs
from etl.report import Source, State

RESULT_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
NUMBERS = [str(201 + at) for at in range(15)]
COLUMN, LEFT = 32.0, 60.0


def cases(canvas: Canvas, place: object, between: float, folded: bool = False) -> None:
    """Table 4 in one row of fifteen numbers: 行政复议 stands `between` two rows of heads, or beside one."""

    def over(first: int, count: int) -> float:
        return LEFT + COLUMN * (first + count / 2) if place is middle else LEFT + COLUMN * first + 2

    canvas.setFontSize(7)
    canvas.drawString(50, 790, "四、政府信息公开行政复议、行政诉讼情况")
    put = canvas.drawCentredString if place is middle else canvas.drawString
    for text, first, count, y in (
        ("行政诉讼", 5, 10, 760.0),
        ("行政复议", 0, 5, 760 - 18 * between),
        ("未经复议直接起诉", 5, 5, 742.0),
        ("复议后起诉", 10, 5, 742.0),
    ):
        put(over(first, count), y, text)
    for at, number in enumerate(NUMBERS):
        head = RESULT_HEADS[at % 5]
        parts = (head[:-1], head[-1]) if folded else (head,)
        for line, part in enumerate(parts):
            put(over(at, 1), 724 - 9 * line, part)
        put(over(at, 1), 697, number)


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("between", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("place", ["middle", "left"])
def test_the_numbers_of_table_4_are_those_of_their_path_wherever_its_head_stands(
    place: str, between: float, folded: bool
) -> None:
    data = printed(lambda canvas: cases(canvas, middle if place == "middle" else None, between, folded))
    found = {(fact.line, fact.column): fact.text for fact in extracted(data).facts if fact.schedule == REVIEW}
    keys = [(path, result) for path in PATHS for result in RESULTS]
    assert found == dict(zip(keys, NUMBERS, strict=True))


LABELS = (
    ("重复申请", ("101", "102", "103")),
    ("要求行政机关确认或|重新出具已获取|信息", ("104", "105", "106")),
    ("要求提供公开|出版物", ("107", "108", "109")),
)


def close(canvas: Canvas, anchor: float, serial: bool = False) -> None:
    """Rows with little more room between them than between the lines of a label, whose values stand beside its
    first line (0), its middle (0.5) or its last (1)."""
    for x, text in zip((320, 365, 410), ("自然人", "商业企业", "总计"), strict=True):
        canvas.drawCentredString(x, 790, text)
    if serial:
        canvas.drawCentredString(45, 790, "序号")
    y = 760.0
    for row, (label, numbers) in enumerate(LABELS, 4):
        parts = label.split("|")
        beside = y - 14 * anchor * (len(parts) - 1)
        for line, part in enumerate(parts):
            canvas.drawString(80, y - 14 * line, part)
        for x, number in zip((320, 365, 410), numbers, strict=True):
            canvas.drawCentredString(x, beside, number)
        if serial:
            canvas.drawCentredString(45, beside, str(row))
        y -= 14 * len(parts) + 6


def whole(label: str) -> str:
    return label.replace("|", "")


@pytest.mark.parametrize("anchor", [0.0, 0.5, 1.0])
def test_labels_are_shared_out_to_the_rows_as_all_of_them_stand(anchor: float) -> None:
    (table,) = read(lambda canvas: close(canvas, anchor))
    assert texts(table)[1:] == [[whole(label), *numbers] for label, numbers in LABELS]


@pytest.mark.parametrize("anchor", [0.0, 0.5, 1.0])
def test_the_own_numbers_of_rows_are_no_values(anchor: float) -> None:
    (table,) = read(lambda canvas: close(canvas, anchor, serial=True))
    assert texts(table)[1:] == [
        [str(row), whole(label), *numbers] for row, (label, numbers) in enumerate(LABELS, 4)
    ]


def test_a_row_with_its_own_number_and_no_values_is_a_row() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawCentredString(320, 790, "本年处理决定数量")
        for row, (label, number) in enumerate((("行政处罚", ""), ("行政强制", "5"), ("行政许可", "8")), 1):
            canvas.drawString(50, 790 - 26 * row, str(row))
            canvas.drawString(80, 790 - 26 * row, label)
            canvas.drawCentredString(320, 790 - 26 * row, number)

    (table,) = read(page)
    assert texts(table)[-3:] == [["1", "行政处罚"], ["2", "行政强制", "5"], ["3", "行政许可", "8"]]


def test_words_for_nothing_side_by_side_are_values_of_their_own() -> None:
    body = [("重复申请", ("无", "无", "无")), ("要求提供公开出版物", ("—", "—", "7"))]
    (table,) = read(lambda canvas: sheet(canvas, body, step=20.0))
    assert texts(table)[-2:] == [["重复申请", "无", "无", "无"], ["要求提供公开出版物", "—", "—", "7"]]


def test_heads_at_the_left_of_their_columns_are_those_of_numbers_at_the_right() -> None:
    def page(canvas: Canvas) -> None:
        for at, head in enumerate(("自然人", "商业|企业", "科研|机构", "总计")):
            for line, part in enumerate(head.split("|")):
                canvas.drawString(200 + 70 * at, 790 - 12 * (line - head.count("|") / 2), part)
        for row, label in enumerate(("重复申请", "要求提供公开出版物")):
            canvas.drawString(60, 760 - 26 * row, label)
            for at in range(4):
                right(canvas, 265 + 70 * at, 760 - 26 * row, str(10 * row + at))

    (table,) = read(page)
    assert rows(table)[0] == ["1 自然人", "2 商业企业", "3 科研机构", "4 总计"]
    assert texts(table)[1:] == [
        ["重复申请", "0", "1", "2", "3"],
        ["要求提供公开出版物", "10", "11", "12", "13"],
    ]


def test_a_corner_that_reaches_to_the_first_head_is_no_part_of_it() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 790, "第一项加第二项之和等于第三项加第四项之和自然人")
        for at, head in enumerate(("商业企业", "总计")):
            canvas.drawCentredString(335 + 60 * at, 790, head)
        for row, label in enumerate(("要求行政机关确认或重新出具已获取信息", "重复申请")):
            canvas.drawString(60, 760 - 26 * row, label)
            for at, x in enumerate((275, 335, 395)):
                middle(canvas, x, 760 - 26 * row, str(10 * row + at))

    (table,) = read(page)
    assert [cell.text for cell in table.cells if cell.row == 0] == [
        "第一项加第二项之和等于第三项加第四项之和",
        "自然人",
        "商业企业",
        "总计",
    ]


def test_remarks_before_the_last_row_part_no_row_from_its_table() -> None:
    def page(canvas: Canvas) -> None:
        sheet(canvas, [(f"{at}.重复申请", [str(3 * at + k) for k in range(3)]) for at in (1, 2, 3)])
        canvas.drawString(460, 780, "备注")
        canvas.drawString(460, 754, "已核实")

    document = pdf.read(printed(page))
    assert {"备注", "已核实"} <= set(paragraphs(document))
    (table,) = tables(document)
    assert len(rows(table)) == 4


def lone(lines: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 815, "三、收到和处理政府信息公开申请情况")
        heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
        for at, head in enumerate(heads):
            canvas.setFontSize(7)
            canvas.drawCentredString(240 + 48 * at, 790, head)
        for row, (label, numbers) in enumerate(lines):
            canvas.drawString(60, 764 - 26 * row, label)
            for at, number in enumerate(numbers):
                canvas.drawCentredString(240 + 48 * at, 764 - 26 * row, number)

    return printed(page)


def test_the_line_other_is_not_its_group_where_the_lines_above_are_not_known() -> None:
    seven = ["1", "2", "3", "4", "5", "6", "21"]
    known = [("重复申请", seven), ("要求提供公开出版物", seven)]
    lines = {fact.line for fact in extracted(lone([*known, ("其他", seven)])).facts}
    assert "otherwise_closed" in lines
    unknown = [*known, ("要求缴纳费用其政府信息", seven), ("其他", seven)]
    facts = extracted(lone(unknown)).facts
    assert not [fact for fact in facts if fact.line in ("otherwise_closed", "other_reason")]


def test_heads_that_stand_in_no_row_tell_no_order_of_their_numbers() -> None:
    heads = [Cell(text, 0, at) for at, text in enumerate(RESULT_HEADS * 3)]
    values = [Cell(text, 1, at) for at, text in enumerate(NUMBERS)]
    over = [Paragraph(text, 1) for text in ("行政诉讼", "行政复议", "未经复议直接起诉", "复议后起诉")]
    title = Paragraph("四、政府信息公开行政复议、行政诉讼情况", 1)
    document = Document((title, *over, Table((*heads, *values), 1)))
    facts = [
        fact for fact in extract(document, Source("", "", "application/pdf")).facts if fact.schedule == REVIEW
    ]
    assert {fact.state for fact in facts} == {State.ILLEGIBLE}


def test_a_character_of_han_is_as_wide_as_others_though_its_box_is_its_ink() -> None:
    ink = Glyph("目", 102.3, 110.3, 1.0, 11.6)
    boxed = glyphs._boxed(ink, 12.0, 100.0, 10.6)
    assert (boxed.left, boxed.right) == (100.0, 112.0)
    one = Glyph("1", 102.3, 108.3, 1.0, 11.6)
    assert glyphs._boxed(one, 12.0, 100.0, 10.6) == one


@pytest.mark.parametrize(("strays", "state"), [(0, State.BLANK), (3, State.ILLEGIBLE)])
def test_a_table_without_cells_is_not_blank_where_numbers_stand_elsewhere(strays: int, state: State) -> None:
    over = [
        Cell(text, 0, 5 * at, 1, 5) for at, text in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉"))
    ]
    results = [Cell(text, 1, at) for at, text in enumerate(RESULT_HEADS * 3)]
    astray = [Cell(text, row, at) for row in range(strays) for at, text in enumerate(("?项", "3", "8"))]
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况", 1)]
    document = Document(
        (
            *blocks,
            *((Table(tuple(astray), 1),) if astray else ()),
            Paragraph("四、政府信息公开行政复议、行政诉讼情况", 1),
            Table((*over, *results), 1),
        )
    )
    facts = extract(document, Source("", "", "application/pdf")).facts
    assert {fact.state for fact in facts if fact.schedule == REVIEW} == {state}
