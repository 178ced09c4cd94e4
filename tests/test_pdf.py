"""Ruled tables, paragraphs and bad files, in PDFs printed for the test and in published ones."""

import io
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import grids
import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.document import Cell, Document, Paragraph, Table, UnreadableFile
from etl.readers import pdf

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
SIZE = 10
WIDTHS = (90, 150, 50, 50, 50)
GROUP = "（四）无法提供"
ROWS = (
    ("1.本机关不掌握相关政府信息", "746", "12", "758"),
    ("2.没有现成信息需要另行制作", "11", "0", "11"),
    ("3.补正后申请内容仍不明确", "1", "0", "1"),
)


def printed(
    *pages: Callable[[Canvas], None], size: tuple[float, float] = (595, 842), **options: object
) -> bytes:
    """A PDF with one page for each drawing function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for page in pages:
        canvas.setFont("STSong-Light", SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, x: float, y: float, *lines: str) -> None:
    """Lines centred on a point."""
    for index, line in enumerate(lines):
        canvas.drawCentredString(x, y + (len(lines) / 2 - index - 0.8) * SIZE * 1.2, line)


def table(
    canvas: Canvas,
    cells: Sequence[tuple[int, int, int, int, str]],
    top: float = 780,
    height: float = 30,
    widths: Sequence[float] = WIDTHS,
    left: float = 80,
    rule: Callable[[Canvas, float, float, float, float], None] = lambda canvas, *ends: canvas.line(*ends),
) -> None:
    """Cells as (row, column, rows, columns, text with line breaks), each with a rule on its four sides."""
    xs = [left + sum(widths[:index]) for index in range(len(widths) + 1)]
    for row, column, rows, columns, text in cells:
        x0, x1 = xs[column], xs[column + columns]
        y1, y0 = top - row * height, top - (row + rows) * height
        for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            rule(canvas, *ends)
        write(canvas, (x0 + x1) / 2, (y0 + y1) / 2, *text.split("\n"))


def body(
    rows: Sequence[Sequence[str]], first: int = 0, group: str | None = GROUP
) -> list[tuple[int, int, int, int, str]]:
    """Rows of a label and three values beside one merged group cell."""
    cells = [
        (first + index, at + 1, 1, 1, text) for index, row in enumerate(rows) for at, text in enumerate(row)
    ]
    return cells if group is None else [(first, 0, len(rows), 1, group), *cells]


def tables(data: bytes) -> list[Table]:
    return [block for block in pdf.read(data).blocks if isinstance(block, Table)]


WHOLE = [[GROUP, *ROWS[0]], list(ROWS[1]), list(ROWS[2])]


def test_a_merged_cell_comes_once_with_its_span() -> None:
    (found,) = tables(printed(lambda canvas: table(canvas, body(ROWS))))
    assert found.cells[0] == Cell(GROUP, 0, 0, 3, 1)
    assert grids.texts(found) == WHOLE


def filled(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.rect(x0 - 0.4, y0 - 0.4, x1 - x0 + 0.8, y1 - y0 + 0.8, stroke=0, fill=1)


def dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    steps = max(int((x1 - x0 + y1 - y0) // 4), 1)
    for step in range(steps):
        a, b = step / steps, (step + 0.6) / steps
        canvas.line(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0))


def doubled(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    for shift in (-1.2, 1.2):
        canvas.line(x0 + shift, y0 + shift, x1 + shift, y1 + shift)


@pytest.mark.parametrize("rule", [filled, dashed, doubled])
def test_rules_may_be_filled_boxes_or_dashes_or_doubled(rule: Callable[..., None]) -> None:
    (found,) = tables(printed(lambda canvas: table(canvas, body(ROWS), rule=rule)))
    assert grids.texts(found) == WHOLE
    assert max(cell.column + cell.columns for cell in found.cells) == 5


def test_borders_dragged_a_little_make_no_phantom_column() -> None:
    def page(canvas: Canvas) -> None:
        table(canvas, body(ROWS[:1]))
        table(canvas, body(ROWS[1:], group=""), top=750, widths=(90, 152, 46, 52, 50))

    (found,) = tables(printed(page))
    assert max(cell.column + cell.columns for cell in found.cells) == 5


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        corner = {90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn]
        canvas.translate(*corner)
        canvas.rotate(turn)
        table(canvas, body(ROWS), top=500)

    assert grids.texts(*tables(printed(page))) == WHOLE


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_shown_lying_on_its_side_reads_like_an_upright_one(turn: int) -> None:
    words = ("结果维", "持"), ("商业企", "业"), ("不予公", "开"), ("法律服务", "机构")

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        table(canvas, [(0, at, 1, 1, "") for at in range(4)], top=500, widths=(90, 90, 90, 90))
        for at, lines in enumerate(words):
            for line, text in enumerate(lines):
                canvas.drawString(90 + 90 * at, 488 - 12 * line, text)

    (found,) = tables(printed(page))
    assert grids.texts(found) == [["".join(lines) for lines in words]]


def test_a_landscape_page_reads_like_any_other() -> None:
    assert (
        grids.texts(*tables(printed(lambda canvas: table(canvas, body(ROWS), top=500), size=(842, 595))))
        == WHOLE
    )


def test_what_lies_outside_the_crop_box_is_not_printed() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setCropBox((60, 600, 500, 842))
        table(canvas, body(ROWS))
        write(canvas, 300, 100, "裁掉的文字")

    document = pdf.read(printed(page))
    assert [type(block) for block in document.blocks] == [Table]


def test_a_character_printed_twice_to_look_bold_is_one() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0.0, 0.3):
            canvas.drawString(80 + shift, 700, "全年收到申请1133件。")

    assert pdf.read(printed(page)).blocks == (Paragraph("全年收到申请1133件。", 1),)


def test_a_character_that_the_font_gives_in_two_halves_is_one() -> None:
    data = printed(lambda canvas: canvas.drawString(80, 700, "𠮷祥村公开政府信息"))
    assert pdf.read(data).blocks == (Paragraph("𠮷祥村公开政府信息", 1),)


def test_numbers_without_rules_between_their_rows_stay_apart() -> None:
    def page(canvas: Canvas) -> None:
        table(
            canvas,
            [(0, 0, 1, 1, "信息内容"), (0, 1, 1, 1, "制发"), (0, 2, 1, 1, "废止")],
            widths=(150, 60, 60),
        )
        held = [(0, 0, 1, 1, ""), (0, 1, 1, 1, ""), (0, 2, 1, 1, "")]
        table(canvas, held, top=750, height=60, widths=(150, 60, 60))
        for y, row in ((730, ("规章", "7", "5")), (705, ("行政规范性文件", "19", "8"))):
            for x, text in zip((155, 260, 320), row, strict=True):
                write(canvas, x, y, text)

    (found,) = tables(printed(page))
    assert grids.texts(found)[1:] == [["规章", "7", "5"], ["行政规范性文件", "19", "8"]]


def test_a_number_wrapped_in_a_narrow_cell_is_one_number() -> None:
    cells = [(0, 0, 1, 1, "行政处罚"), (0, 1, 1, 1, "39857\n58")]
    (found,) = tables(printed(lambda canvas: table(canvas, cells, widths=(100, 36))))
    assert grids.texts(found) == [["行政处罚", "3985758"]]


def test_two_numbers_beside_two_labels_in_one_cell_are_not_made_one_number() -> None:
    cells = [(0, 0, 1, 1, "行政处罚\n行政强制"), (0, 1, 1, 1, "3047\n5421")]
    (found,) = tables(printed(lambda canvas: table(canvas, cells, widths=(100, 34))))
    assert "30475421" not in [cell.text for cell in found.cells]


def test_upright_text_in_a_narrow_cell_reads_downwards() -> None:
    cells = [(0, 0, 4, 1, "三\n、\n本\n年\n度"), *[(row, 1, 1, 1, str(row)) for row in range(4)]]
    (found,) = tables(printed(lambda canvas: table(canvas, cells, widths=(20, 60))))
    assert found.cells[0] == Cell("三、本年度", 0, 0, 4, 1)


@pytest.mark.parametrize(
    ("above", "below"), [("（四）无", "法提供"), ("（四）无\n法提供", ""), ("", "（四）无\n法提供")]
)
@pytest.mark.parametrize("rows", [1, 2])
def test_a_group_cut_by_the_page_is_one_group(above: str, below: str, rows: int) -> None:
    wrapped = (44, 150, 50, 50, 50)
    data = printed(
        lambda canvas: table(canvas, body(ROWS[:rows], group=above), top=120, widths=wrapped),
        lambda canvas: table(canvas, body(ROWS[rows:], group=below), widths=wrapped),
    )
    (found,) = tables(data)
    assert found.cells[0] == Cell(GROUP, 0, 0, 3, 1)
    assert grids.texts(found) == WHOLE


def test_a_row_cut_by_the_page_is_one_row() -> None:
    above = [*body(ROWS[:1], group=None), *body([("2.申请人逾期未按收费通知要求", "", "", "")], 1, None)]
    below = [*body([("缴纳费用", "6", "0", "6")], 0, None), *body(ROWS[2:], 1, None)]
    widths = (0, 150, 50, 50, 50)
    data = printed(
        lambda canvas: table(canvas, above, top=120, widths=widths),
        lambda canvas: table(canvas, below, widths=widths),
    )
    (found,) = tables(data)
    assert grids.texts(found) == [
        list(ROWS[0]),
        ["2.申请人逾期未按收费通知要求缴纳费用", "6", "0", "6"],
        list(ROWS[2]),
    ]


def test_blank_rows_on_both_sides_of_the_page_are_not_mended_into_one() -> None:
    widths = (0, 150, 50, 50, 50)
    blank = [[(label, "", "", "")] for label in ("规章", "行政规范性文件")]
    data = printed(
        lambda canvas: table(canvas, body(blank[0], 0, None), top=90, widths=widths),
        lambda canvas: table(canvas, body(blank[1], 0, None), widths=widths),
    )
    assert [row[0] for row in grids.texts(*tables(data))] == ["规章", "行政规范性文件"]


def test_the_heads_repeated_on_the_next_page_are_dropped_and_furniture_does_not_part_the_table() -> None:
    head = body([("情形", "自然人", "商业企业", "总计")], 0, None)

    def page(
        number: int, cells: list[tuple[int, int, int, int, str]], top: float
    ) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            table(canvas, [*head, *cells], top=top, widths=(0, 150, 50, 50, 50))
            write(canvas, 297, 30, f"- {number} -")

        return draw

    data = printed(page(1, body(ROWS[:2], 1, None), 150), page(2, body(ROWS[2:], 1, None), 780))
    document = pdf.read(data)
    assert len(document.blocks) == 1
    assert [row[0] for row in grids.texts(*tables(data))] == ["情形", *(row[0] for row in ROWS)]


def test_several_figures_at_the_edge_of_a_page_are_no_page_number() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 297, 700, "本年度有关情况如下。")
        write(canvas, 200, 60, "80")
        write(canvas, 260, 60, "63")

    assert "80" in str(pdf.read(printed(page)).blocks)


def test_the_next_page_may_have_fewer_columns() -> None:
    above = [(0, 0, 1, 1, "信息内容"), (0, 1, 1, 1, "制发"), (0, 2, 1, 1, "废止"), (0, 3, 1, 1, "有效")]
    below = [(0, 0, 1, 1, "行政许可"), (0, 1, 1, 3, "1216")]
    widths = (150, 60, 60, 60)
    (found,) = tables(
        printed(
            lambda canvas: table(canvas, above, top=90, widths=widths),
            lambda canvas: table(canvas, below, widths=widths),
        )
    )
    assert found.cells[-2:] == (Cell("行政许可", 1, 0), Cell("1216", 1, 1, 1, 3))


def test_tables_with_a_heading_between_them_stay_two() -> None:
    def second(canvas: Canvas) -> None:
        write(canvas, 200, 800, "四、政府信息公开行政复议、行政诉讼情况")
        table(canvas, body(ROWS))

    assert len(tables(printed(lambda canvas: table(canvas, body(ROWS), top=180), second))) == 2


def test_wrapped_lines_are_one_paragraph_and_a_page_number_is_not_text() -> None:
    lines = (
        "　　本报告由青溪镇人民政府编制，所列数据的统计期限自某年",
        "一月起至十二月止，如有疑问请与青溪镇人民政府办公室联系",
        "，电话见门户网站。",
    )

    def page(canvas: Canvas) -> None:
        canvas.drawString(80, 760, "一、总体情况")
        for index, line in enumerate(lines):
            canvas.drawString(80, 740 - 18 * index, line)
        canvas.drawString(100, 686, "全年发布信息412条。")
        write(canvas, 297, 30, "—1—")

    texts = [block.text for block in pdf.read(printed(page)).blocks if isinstance(block, Paragraph)]
    assert texts == ["一、总体情况", "".join(lines).strip("　"), "全年发布信息412条。"]


def test_a_title_over_two_lines_is_one_paragraph_and_a_signature_below_another_is_not() -> None:
    def page(canvas: Canvas) -> None:
        for size, y, line in [
            (22, 780, "青溪镇人民政府2024年政府信息公开工作年"),
            (22, 748, "度报告"),
            (12, 716, "现将青溪镇全年政府信息公开工作的情况报告如下，如有疑问请来电"),
            (12, 698, "询问。"),
            (12, 650, "青溪镇人民政府"),
            (12, 632, "2025年1月20日"),
        ]:
            canvas.setFont("STSong-Light", size)
            canvas.drawCentredString(297, y, line)

    texts = [block.text for block in pdf.read(printed(page)).blocks if isinstance(block, Paragraph)]
    assert texts[0] == "青溪镇人民政府2024年政府信息公开工作年度报告"
    assert texts[-2:] == ["青溪镇人民政府", "2025年1月20日"]


def test_a_lone_number_at_the_foot_of_a_single_page_is_kept() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 297, 400, "收到申请")
        write(canvas, 297, 30, "3")

    assert pdf.read(printed(page)).blocks[-1] == Paragraph("3", 1)


def picture(canvas: Canvas) -> None:
    canvas.drawInlineImage(_image(), 0, 0, 595, 842)


def _image() -> object:
    from PIL import Image

    return Image.new("L", (20, 20), 90)


def test_a_scan_is_refused_and_says_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match=r"扫描件.*文字识别"):
        pdf.read(printed(picture))


def test_text_recognised_under_a_scan_is_not_trusted() -> None:
    def page(canvas: Canvas) -> None:
        picture(canvas)
        hidden = canvas.beginText(80, 700)
        hidden.setTextRenderMode(3)
        hidden.textOut("收到申请8件")
        canvas.drawText(hidden)

    with pytest.raises(UnreadableFile, match="扫描件"):
        pdf.read(printed(page))


def test_pages_without_text_are_named() -> None:
    document = pdf.read(printed(lambda canvas: table(canvas, body(ROWS)), picture, picture))
    assert ("pages_without_text", "2,3") in document.properties


def test_a_password_is_told_from_damage() -> None:
    locked = printed(
        lambda canvas: write(canvas, 200, 200, "密"), encrypt=StandardEncryption("secret", canPrint=1)
    )
    with pytest.raises(UnreadableFile, match="密码"):
        pdf.read(locked)


def test_too_many_pages_are_refused() -> None:
    many = pypdfium2.PdfDocument.new()
    for _ in range(pdf.MAX_PAGES + 1):
        many.new_page(100, 100)
    buffer = io.BytesIO()
    many.save(buffer)
    with pytest.raises(UnreadableFile, match="上限"):
        pdf.read(buffer.getvalue())


def test_a_file_cut_short_anywhere_is_refused_or_read_whole() -> None:
    data = printed(lambda canvas: table(canvas, body(ROWS)), lambda canvas: write(canvas, 200, 200, "完"))
    for size in range(0, len(data), 10):
        try:
            document = pdf.read(data[:size])
        except UnreadableFile:
            continue
        assert document == pdf.read(data)


def test_rubbish_after_the_signature_is_refused_or_read() -> None:
    chance = random.Random(2024)
    whole = printed(lambda canvas: table(canvas, body(ROWS)))
    for _ in range(40):
        broken = bytearray(whole)
        for _ in range(30):
            broken[chance.randrange(8, len(whole))] = chance.randrange(256)
        for data in (b"%PDF-1.7\n" + chance.randbytes(500) + b"%%EOF", bytes(broken)):
            try:
                assert isinstance(pdf.read(data), Document)
            except UnreadableFile as refusal:
                assert str(refusal).endswith("。")


@pytest.mark.parametrize("name", ["huaian_2024", "hongze_2023"])
def test_the_grid_of_a_published_report_holds_every_figure_in_place(shared: Path, name: str) -> None:
    truth = json.loads((shared / "reports" / f"{name}.truth.json").read_text(encoding="utf-8"))
    wanted = [fact["text"] for fact in truth["facts"]]
    found = []
    for table_found in tables((shared / "reports" / f"{name}.pdf").read_bytes()):
        found += [cell.text for cell in table_found.cells if cell.text.replace(".", "", 1).isdigit()]
    assert found == wanted


def test_the_properties_come_from_the_file(shared: Path) -> None:
    properties = dict(pdf.read((shared / "reports" / "huaian_2024.pdf").read_bytes()).properties)
    assert properties["title"] == "政府信息公开工作年度报告"
    assert properties["created"] == "2025-02-25"
