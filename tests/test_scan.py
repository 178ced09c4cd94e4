"""Scans and photographs: every figure is read right or marked as illegible, none wrongly, none lost."""

import io
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import grids
import numpy as np
import pytest
import scans
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas
from test_pdf import printed, table, write

from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.extract import extract
from etl.readers import pdf, read, scan
from etl.readers.scans.agreement import DOUBT
from etl.report import Report, Source, State

pytestmark = pytest.mark.skipif(not scan.is_installed(), reason="requirements-ocr.txt is not installed")

ROWS = (("规章", "12", "0", "7"), ("行政规范性文件", "305", "18", "4.5"))


def report(data: bytes) -> Report:
    media_type, document = read(data)
    return extract(document, Source("", "", media_type))


def held_against(found: Report, figures: scans.Figures) -> tuple[int, int]:
    """How many cells are right and how many illegible; any other cell fails the test."""
    facts = {(fact.schedule, fact.line, fact.column): fact for fact in found.facts}
    wrong = {
        cell: (printed, facts[cell].text)
        for cell, printed in figures.items()
        if facts[cell].state is not State.ILLEGIBLE and str(facts[cell].value) != printed
    }
    assert not wrong
    illegible = sum(facts[cell].state is State.ILLEGIBLE for cell in figures)
    return len(figures) - illegible, illegible


@pytest.mark.parametrize(
    ("kind", "dpi", "lines", "skew", "seals"),
    [("PNG", 150, 8, 0, ()), ("JPEG", 200, 4, 2, ((350, 60), (120, 400)))],
)
def test_a_scanned_filing_reads_as_it_is_printed(
    kind: str, dpi: int, lines: int, skew: float, seals: tuple[tuple[int, int], ...]
) -> None:
    figures = scans.figures(dpi, lines)
    found = report(scans.saved(scans.picture(scans.sheet(figures), dpi=dpi, skew=skew, seals=seals), kind))
    right, _ = held_against(found, figures)
    assert right >= 0.98 * len(figures)
    assert (found.government, found.county, found.year) == ("白石镇人民政府", "云岭县", 2023)


def cells(rows: tuple[tuple[str, ...], ...]) -> scans.Cells:
    return [(row, at, 1, 1, text) for row, texts in enumerate(rows) for at, text in enumerate(texts)]


Rows = tuple[tuple[str, ...], ...]
Seals = tuple[tuple[int, int], ...]


def small(
    rows: Rows = ROWS, top: float = 760, seals: Seals = (), pressed: tuple[float, ...] = ()
) -> Image.Image:
    """A page with a small table, to be drawn on."""
    return _small(rows, top, seals, pressed).copy()


@cache
def _small(rows: Rows, top: float, seals: Seals, pressed: tuple[float, ...]) -> Image.Image:
    def page(canvas: Canvas) -> None:
        table(canvas, cells(rows), top, widths=(150, 60, 60, 60))

    return scans.picture(page, seals=seals, pressed=pressed)[0]


def values(image: Image.Image, kind: str = "PNG") -> list[list[str]]:
    (found,) = [block for block in read(scans.saved([image], kind))[1].blocks if isinstance(block, Table)]
    return [row[1:] for row in grids.texts(found)]


def points(image: Image.Image, *sides: float) -> list[float]:
    return [side * image.width / 595 for side in sides]


def test_a_cell_without_ink_is_blank_and_a_dash_is_a_dash() -> None:
    assert values(small((("规章", "", "-", "0"), ("行政规范性文件", "1", "", "/")))) == [
        ["", "—", "0"],
        ["1", "", "/"],
    ]


def test_a_figure_struck_out_is_illegible() -> None:
    image = small()
    ImageDraw.Draw(image).line(points(image, 240, 98, 272, 94), fill=(40, 40, 60), width=7)
    (struck, *others), below = values(image)
    assert struck.endswith("？")
    assert [others, below] == [list(ROWS[0][2:]), list(ROWS[1][1:])]


def test_a_line_of_a_pen_through_a_number_leaves_it_illegible_in_any_ink_and_be_it_ever_so_fine() -> None:
    rows = (
        ("规章", "4485", "", "80"),
        ("行政规范性文件", "717", "609", "13"),
        ("行政许可", "3062", "-", "9"),
        ("行政处罚", "851", "24", ""),
    )
    image = small(rows)
    pen = ImageDraw.Draw(image)
    inks = ((20, 20, 25), (30, 50, 140), (200, 30, 35), (90, 110, 200))
    for row, (ink, width) in enumerate(zip(inks, (3, 3, 3, 1), strict=True)):
        pen.line(points(image, 247, 97 + 30 * row, 273, 95 + 30 * row), fill=ink, width=width)
    found = values(image)
    assert all(row[0].endswith("？") for row in found)
    assert [row[1:] for row in found] == [["", "80"], ["609", "13"], ["—", "9"], ["24", ""]]


def test_a_number_written_before_another_makes_no_longer_one() -> None:
    image = small(
        (("规章", "44", "31", "80"), ("行政规范性文件", "717", "62", "13"), ("行政许可", "5", "", "9"))
    )
    for ink, size, top in (((20, 20, 25), 15, 87), ((30, 50, 140), 11, 120)):
        hand = ImageFont.load_default(round(size * image.width / 595))
        ImageDraw.Draw(image).text(points(image, 308, top), "7", font=hand, fill=ink)  # type: ignore[arg-type]
    (first, written, last), (before, also_written, after), below = values(image)
    assert not written.isdigit() and not also_written.isdigit()
    assert [first, last, before, after, below] == ["44", "80", "717", "13", ["5", "", "9"]]


# Every figure stands in it several times, as on a page of a filing.
DENSE = (
    ("规章", "4485", "196", "80"),
    ("行政规范性文件", "717", "609", "13"),
    ("行政许可", "2396", "32", "5247"),
    ("行政处罚", "58", "1074", "961"),
    ("行政强制", "3205", "87", "624"),
    ("行政事业性收费", "149", "7530", "382"),
)


@cache
def _dense(pitch: float) -> Image.Image:

    def page(canvas: Canvas) -> None:
        table(
            canvas,
            cells(tuple((label, *("" for _ in numbers)) for label, *numbers in DENSE)),
            760,
            widths=(150, 60, 60, 60),
        )
        canvas.setFont("Helvetica", 9)
        for row, (_, *numbers) in enumerate(DENSE):
            for column, number in enumerate(numbers):
                for at, figure in enumerate(number):
                    left = 260 + 60 * column + (at - len(number) / 2) * pitch
                    canvas.drawString(left, 742 - 30 * row, figure)

    return scans.picture(page)[0]


def dense(pitch: float = 5.2) -> Image.Image:
    """A page with figures so far apart; less than five points, and they touch each other."""
    return _dense(pitch).copy()


def inked(image: Image.Image, row: int, column: int) -> tuple[float, float, float, float]:
    """The sides of the number in a cell of a dense page, in points."""
    left, top, right, bottom = 235 + 60 * column, 86 + 30 * row, 285 + 60 * column, 108 + 30 * row
    part = image.crop(tuple(map(round, points(image, left, top, right, bottom))))  # type: ignore[arg-type]
    found = part.convert("L").point(lambda level: 255 * (level < 128)).getbbox()
    assert found
    x0, y0, x1, y1 = (side * 595 / image.width for side in found)
    return left + x0, top + y0, left + x1, top + y1


def drawn(image: Image.Image, width: float, level: int, *at: tuple[float, float]) -> None:
    """A stroke of a pen through these points, so many points wide; it may be thinner than a pixel."""
    finer, scale = 8, image.width / 595
    pen = Image.new("L", (image.width * finer, round(200 * scale) * finer), 0)
    path = [side * scale * finer for point in at for side in (point[0], point[1] - 80)]
    ImageDraw.Draw(pen).line(path, fill=255, width=round(width * scale * finer), joint="curve")
    image.paste((level,) * 3, (0, round(80 * scale)), pen.resize((pen.width // finer, pen.height // finer)))


def test_what_a_hand_adds_to_print_in_the_same_ink_and_size_leaves_a_number_illegible() -> None:
    image = dense()
    left, top, right, bottom = inked(image, 0, 0)
    drawn(image, 0.3, 25, (left - 1, top + 4), (right + 1, bottom - 3))
    left, top, _, bottom = inked(image, 1, 1)
    drawn(image, 0.8, 25, (left - 5, top + 0.6), (left - 1.2, top + 0.2), (left - 3, bottom - 0.2))
    left, top, right, bottom = inked(image, 3, 2)
    drawn(image, 0.7, 110, (left + 4, bottom), (left + 11, top))
    _, top, right, bottom = inked(image, 4, 0)
    drawn(image, 0.8, 25, (right + 2.2, top + 0.3), (right + 1.6, bottom - 0.3))
    found = values(image)
    for row, column in ((0, 0), (1, 1), (3, 2), (4, 0)):
        assert not found[row][column].isdigit()
        found[row][column] = DENSE[row][column + 1]
    assert found == [list(row[1:]) for row in DENSE]


def test_what_a_hand_adds_is_seen_though_a_hand_marked_half_of_the_page() -> None:
    image = dense()
    marked = ((0, 0), (0, 2), (1, 1), (2, 2), (3, 1), (4, 0), (4, 2), (5, 1))
    for at, (row, column) in enumerate(marked):
        left, top, right, bottom = inked(image, row, column)
        figure, level = (right - left) / len(DENSE[row][column + 1]), at % 3
        ends = (right - 0.85 * figure, bottom - 1.2 - 0.4 * level), (right - 0.5, top + 1.5 + 0.5 * level)
        drawn(image, 0.6, (25, 110)[at % 2], *ends)
    found = values(image)
    for row, column in marked:
        assert found[row][column] == DENSE[row][column + 1] + DOUBT
        found[row][column] = DENSE[row][column + 1]
    assert found == [list(row[1:]) for row in DENSE]


def test_print_that_comes_near_its_rules_is_in_no_doubt() -> None:
    def page(canvas: Canvas) -> None:
        blank = tuple((label, "", "", "") for label, *_ in DENSE)
        table(canvas, cells(blank), 760, 21, (150, 60, 60, 60))
        canvas.setFont("Helvetica", 22)
        for row, (_, *numbers) in enumerate(DENSE):
            for column, number in enumerate(numbers):
                canvas.drawCentredString(260 + 60 * column, 742 - 21 * row, number)

    (image,) = scans.picture(page, dpi=150, skew=2)
    assert values(image) == [list(row[1:]) for row in DENSE]


@pytest.mark.parametrize("pitch", [4.4, 5.2])
def test_figures_that_touch_each_other_are_in_no_doubt(pitch: float) -> None:
    assert values(dense(pitch)) == [list(row[1:]) for row in DENSE]


def test_a_row_crossed_out_from_side_to_side_has_no_numbers() -> None:
    image = small((("规章", "44", "31", "80"), ("行政规范性文件", "717", "609", "13")))
    ImageDraw.Draw(image).line(points(image, 90, 97, 405, 96), fill=(20, 20, 25), width=4)
    *above, last = values(image)
    crossed = [text for row in above for text in row]
    assert crossed and not any(text.isdigit() for text in crossed)
    assert last == ["717", "609", "13"]


def test_a_table_drawn_with_dashes_or_dots_is_a_table() -> None:
    def rule(dash: tuple[float, float]) -> Callable[..., None]:
        def drawn(canvas: Canvas, *ends: float) -> None:
            canvas.setDash(*dash)
            canvas.line(*ends)

        return drawn

    rows = (("规章", "1", "", "7"), ("行政规范性文件", "305", "-", "11"))
    for dash in ((3, 2), (1, 1.5)):
        (image,) = scans.picture(
            lambda canvas, dash=dash: table(  # type: ignore[misc]
                canvas, cells(rows), 760, widths=(150, 60, 60, 60), rule=rule(dash)
            ),
            dpi=150,
        )
        assert values(image) == [["1", "", "7"], ["305", "—", "11"]]


def test_print_that_touches_the_rule_below_it_reads_as_it_is_printed_or_is_in_doubt() -> None:
    rows = (("上年处理决定数量", "286", "7", "1530"), ("本年处理决定数量", "94", "2", "1"))

    def low(canvas: Canvas) -> None:
        for ends in ((80, y, 410, y) for y in (760, 742, 724)):
            canvas.line(*ends)
        for x in (80, 230, 290, 350, 410):
            canvas.line(x, 760, x, 724)
        for row, texts in enumerate(rows):
            for middle, text in zip((155, 260, 320, 380), texts, strict=True):
                canvas.drawCentredString(middle, 742.3 - 18 * row, text)

    (image,) = scans.picture(low)
    (found,) = [block for block in read(scans.saved([image], "PNG"))[1].blocks if isinstance(block, Table)]
    due, texts = ([text for row in several for text in row] for several in (rows, grids.texts(found)))
    assert [text.removesuffix(DOUBT) for text in texts] == due
    # How sure recognition is of strokes cut at a rule differs a little from processor to processor.
    assert sum(text.endswith(DOUBT) for text in texts) <= 2


def test_white_heads_on_a_dark_ground_read_as_they_are_printed() -> None:
    heads = ("信息内容", "本年制发", "本年废止", "现行有效")

    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.12, 0.3, 0.47)
        canvas.rect(80, 730, 330, 30, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        table(canvas, cells((heads,)), 760, widths=(150, 60, 60, 60))
        canvas.setFillColorRGB(0, 0, 0)
        table(canvas, cells(ROWS), 730, widths=(150, 60, 60, 60))

    (image,) = scans.picture(page)
    assert values(image) == [list(row[1:]) for row in (heads, *ROWS)]


def test_faint_print_is_not_taken_for_a_blank() -> None:
    image = small()
    left, top, right, bottom = map(round, points(image, 232, 84, 288, 110))
    image.paste(image.crop((left, top, right, bottom)).point(lambda level: 215 + level // 8), (left, top))
    assert "" not in values(image)[0]


def test_a_page_of_pale_print_reads_as_one_of_black_print() -> None:
    rows = (("规章", "4485", "", "80"), ("行政规范性文件", "-", "609", "13"))
    (image,) = scans.picture(
        lambda canvas: table(canvas, cells(rows), 760, widths=(150, 60, 60, 60)), dpi=150
    )
    pale = image.point(lambda level: round(255 - (255 - level) * 0.3))
    assert values(pale) == [["4485", "", "80"], ["—", "609", "13"]]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_under_a_seal_that_lets_the_rules_show_everything_reads_as_it_is_printed(kind: str) -> None:
    rows = (("规章", "0", "", "8"), ("行政规范性文件", "-", "0", "3"), ("行政许可", "", "52", ""))
    assert values(small(rows, seals=((210, 70),)), kind) == [["0", "", "8"], ["—", "0", "3"], ["", "52", ""]]


@pytest.mark.parametrize("pressed", [(1.0, 0.45), (0.45, 1.0)])
def test_under_a_dark_seal_and_a_pale_one_everything_reads_as_it_is_printed(
    pressed: tuple[float, float],
) -> None:
    rows = (("规章", "640", "", "8"), ("行政规范性文件", "-", "17", "3"), ("行政许可", "1", "52", ""))
    assert values(small(rows, seals=((170, 50), (300, 70)), pressed=pressed)) == [
        ["640", "", "8"],
        ["—", "17", "3"],
        ["1", "52", ""],
    ]


def test_a_seal_that_hides_the_paper_leaves_a_blank_cell_illegible() -> None:
    image = small((("规章", "", "", "8"), ("行政规范性文件", "5", "", "3")))
    ImageDraw.Draw(image).ellipse(points(image, 240, 86, 280, 108), fill=(220, 60, 60))
    assert values(image) == [["？", "", "8"], ["5", "", "3"]]


@pytest.mark.parametrize("dpi", [96, 300])
def test_a_table_pasted_as_a_picture_reads_whatever_its_size(dpi: int) -> None:
    (image,) = scans.picture(lambda canvas: table(canvas, cells(ROWS), widths=(150, 60, 60, 60)), dpi=dpi)
    part = image.crop([round(side * dpi / 72) for side in (70, 55, 425, 130)])  # type: ignore[arg-type]
    (found,) = scan.blocks(scans.saved([part], "GIF"))
    assert isinstance(found, Table) and grids.texts(found) == [list(row) for row in ROWS]


def test_a_cell_not_found_on_a_scanned_page_is_illegible_and_no_blank() -> None:
    labels = (
        *(
            "云岭县白石镇人民政府2023年政府信息公开工作年度报告",
            "二、主动公开政府信息情况",
            "第二十条第（一）项",
        ),
        *("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "行政规范性文件"),
    )
    blocks = tuple(Paragraph(label) for label in labels)
    for properties, state in (((), State.BLANK), ((("scanned", "1"),), State.ILLEGIBLE)):
        facts = extract(Document(blocks, properties), Source("", "", "")).facts
        assert [fact.state for fact in facts] == [state] * 6


def test_a_banner_and_a_logo_are_no_part_of_the_report() -> None:
    (image,) = scans.picture(lambda canvas: write(canvas, 297, 820, "云岭县人民政府", "政务公开"))
    banner = image.crop((0, 0, image.width, 140))
    for picture in (banner, banner.resize((180, 40)), Image.new("RGB", (400, 300), "teal")):
        assert scan.blocks(scans.saved([picture], "PNG")) == ()


def stacked(canvas: Canvas) -> None:
    """A table across the middle, its heads printed one character under another, and a line above it."""
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结") * 3
    write(canvas, 297, 480, "四、政府信息公开行政复议、行政诉讼情况")
    rows = [(0, at, 1, 1, "\n".join(head)) for at, head in enumerate(heads)]
    table(canvas, [*rows, *((1, at, 1, 1, str(7 * at)) for at in range(12))], 450, 60, [34] * 12)


def test_each_page_is_set_upright_whichever_way_it_lies() -> None:
    (image,) = scans.picture(stacked, dpi=150)
    turned = [image.rotate(90 * quarters, expand=True) for quarters in range(4)]
    (found,) = [block for block in read(scans.saved(turned, "TIFF"))[1].blocks if isinstance(block, Table)]
    assert grids.texts(found)[1:] == [[str(7 * at) for at in range(12)]] * 4


def test_scanned_pages_that_a_pdf_shows_turned_are_set_upright() -> None:
    lying = small().rotate(90, expand=True)

    def page(turn: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setPageRotation(turn)
            scans.shown(canvas, lying, 842, 595)

        return draw

    (found,) = [block for block in pdf.read(printed(page(90), page(270))).blocks if isinstance(block, Table)]
    assert [row[1:] for row in grids.texts(found)] == [list(row[1:]) for row in ROWS * 2]


def test_what_a_picture_says_about_its_own_position_is_followed() -> None:
    image = small().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[274] = 6
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, quality=90)
    (found,) = [block for block in read(buffer.getvalue())[1].blocks if isinstance(block, Table)]
    assert [row[1:] for row in grids.texts(found)] == [list(row[1:]) for row in ROWS]


def test_a_fax_with_half_as_many_rows_as_columns_to_an_inch_is_seen_as_it_was_sent() -> None:
    sent = small()
    fax = sent.resize((sent.width, sent.height // 2), Image.Resampling.BOX)
    buffer = io.BytesIO()
    fax.save(buffer, "TIFF", dpi=(204, 102))
    (found,) = [block for block in read(buffer.getvalue())[1].blocks if isinstance(block, Table)]
    assert [row[1:] for row in grids.texts(found)] == [list(row[1:]) for row in ROWS]


def test_the_frames_of_a_picture_file_are_pages_and_their_tables_are_joined() -> None:
    frames = [small(ROWS, top=120), small((("行政许可", "36", "1", "97"),))]
    media_type, document = read(scans.saved(frames, "TIFF"))
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    assert (media_type, document.properties) == ("image/tiff", (("scanned", "1,2"),))
    assert [row[1:] for row in grids.texts(found)] == [[*row[1:]] for row in ROWS] + [["36", "1", "97"]]


def test_a_table_goes_on_though_the_next_page_was_photographed_from_farther_away() -> None:
    near, far = small(ROWS, top=120), Image.new("RGB", (1654, 2339), "white")
    far.paste(small((("行政许可", "36", "1", "97"),)).resize((1489, 2105)), (90, 60))
    (found,) = [
        block for block in read(scans.saved([near, far], "TIFF"))[1].blocks if isinstance(block, Table)
    ]
    assert grids.texts(found)[2][1:] == ["36", "1", "97"]


@cache
def spread() -> Image.Image:
    """A sheet of A3 with a page that ends in a table and the next one, on which the table goes on."""

    def left(canvas: Canvas) -> None:
        write(canvas, 297, 700, "一、总体情况", "本年度收到政府信息公开申请")
        table(canvas, cells(ROWS), 120, widths=(150, 60, 60, 60))

    def right(canvas: Canvas) -> None:
        table(canvas, cells((("行政许可", "36", "1", "97"),)), 760, widths=(150, 60, 60, 60))
        write(canvas, 297, 690, "五、存在的主要问题及改进情况", "十八件")

    one, other = scans.picture(left, right, dpi=150)
    sheet = Image.new("RGB", (2 * one.width, one.height), "white")
    for at, page in enumerate((one, other)):
        sheet.paste(page, (at * one.width, 0))
    return sheet.rotate(-0.7, Image.Resampling.BICUBIC, fillcolor="white")


@pytest.mark.parametrize(("kind", "turn"), [("PNG", 180), ("PDF", 0)])
def test_two_pages_side_by_side_on_one_sheet_are_read_one_after_the_other(kind: str, turn: int) -> None:
    first, second, found, *last = read(scans.saved([spread().rotate(turn)], kind))[1].blocks
    assert (first, second) == (
        Paragraph("一、总体情况", 1),
        Paragraph("本年度收到政府信息公开申请", 1),
    )
    assert isinstance(found, Table)
    assert [row[1:] for row in grids.texts(found)] == [
        list(row[1:]) for row in (*ROWS, ("", "36", "1", "97"))
    ]
    assert last == [Paragraph("五、存在的主要问题及改进情况", 2), Paragraph("十八件", 2)]


def test_a_page_on_its_side_with_a_gap_in_its_middle_is_one_page() -> None:
    (image,) = scans.picture(
        lambda canvas: write(canvas, 297, 700, "一、总体情况", "本年度没有收到申请"),
    )
    image.paste(image.crop((0, 0, image.width, 600)), (0, 1700))
    blocks = read(scans.saved([image.rotate(90, expand=True)], "PNG"))[1].blocks
    assert [block.page for block in blocks] == [1, 1, 1, 1]


def test_a_wide_table_on_a_landscape_sheet_is_one_page() -> None:
    (image,) = scans.picture(lambda canvas: table(canvas, cells(ROWS), 760, widths=(150, 100, 100, 100)))
    assert len(values(image.crop((0, 0, image.width, round(image.width / 1.41))))) == len(ROWS)


def test_a_page_photographed_at_a_slant_and_on_its_side_is_set_square() -> None:
    figures = scans.figures(31, lines=4)
    (image,) = scans.picture(scans.sheet(figures), dpi=150)
    width, height = image.size
    corners = (-20, -60, -70, height + 40, width + 60, height, width + 30, -10)
    slanted = image.transform(
        image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="white"
    )
    right, _ = held_against(report(scans.saved([slanted.rotate(90, expand=True)], "PNG")), figures)
    assert right >= 0.95 * len(figures)


def test_the_steepest_slash_of_a_fax_is_no_one() -> None:
    image = small((("规章", "1", "", "11"), ROWS[1]))
    pen = ImageDraw.Draw(image)
    pen.line(points(image, 317, 101, 320.5, 91), fill=(20, 20, 20), width=2)
    fax = image.convert("L").point(lambda level: 255 * (level > 150)).convert("1")
    one, slash, eleven = values(fax, "TIFF")[0]
    assert (one, eleven) == ("1", "11") and slash in ("/", "1？")


def test_pages_with_and_without_text_are_read_in_their_order() -> None:
    image = small()
    document = pdf.read(
        printed(
            lambda canvas: write(canvas, 297, 700, "一、总体情况"),
            lambda canvas: scans.shown(canvas, image),
            lambda canvas: write(canvas, 297, 700, "五、存在的主要问题及改进情况"),
        )
    )
    first, found, last = document.blocks
    assert isinstance(found, Table) and [row[1:] for row in grids.texts(found)] == [
        list(row[1:]) for row in ROWS
    ]
    assert (first, found.page, last) == (
        Paragraph("一、总体情况", 1),
        2,
        Paragraph("五、存在的主要问题及改进情况", 3),
    )
    assert ("scanned", "2") in document.properties


def test_the_empty_back_of_a_sheet_is_no_page_left_unread() -> None:
    printed_side, empty = scans.picture(
        lambda canvas: write(canvas, 297, 700, "一、总体情况", "本年度没有收到申请"), lambda canvas: None
    )
    dark = empty.point(lambda level: level // 3)
    ImageDraw.Draw(dark).ellipse((300, 300, 900, 900), fill=(140, 90, 60))
    told = dict(pdf.read(scans.saved([printed_side, empty, dark], "PDF")).properties)
    assert told["pages_without_text"] == "3"


def test_a_scanning_programs_own_line_does_not_make_a_scan_a_text() -> None:
    image = small()

    def page(canvas: Canvas) -> None:
        scans.shown(canvas, image)
        write(canvas, 450, 20, "扫描全能王 创建")

    assert any(isinstance(block, Table) for block in pdf.read(printed(page)).blocks)


def test_what_a_scanning_program_recognised_is_not_read_beside_its_own_line() -> None:
    image = small()

    def page(canvas: Canvas) -> None:
        scans.shown(canvas, image)
        hidden = canvas.beginText(80, 740)
        hidden.setTextRenderMode(3)
        for line in (
            "规 章 72 0 7",
            "行政规范性文件 305 78 45",
            "政府信息公开工作年度报告的其余文字共二十多个",
        ):
            hidden.textLine(line)
        canvas.drawText(hidden)
        canvas.setFont("STSong-Light", 10)
        shown = canvas.beginText(450, 20)
        shown.setTextRenderMode(0)
        shown.textLine("扫描全能王 创建")
        canvas.drawText(shown)

    (found,) = [block for block in pdf.read(printed(page)).blocks if isinstance(block, Table)]
    assert [row[1:] for row in grids.texts(found)] == [list(row[1:]) for row in ROWS]


def _transparent(image: Image.Image) -> Image.Image:
    paper = image.convert("RGBA")
    paper.putalpha(image.convert("L").point(lambda level: 255 if level < 160 else 0))
    return paper


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (lambda image: image.convert("CMYK"), "JPEG"),
        (lambda image: image.convert("L").point(lambda level: 255 * (level > 150)).convert("1"), "TIFF"),
        (lambda image: Image.fromarray(np.asarray(image.convert("L"), np.uint16) * 257), "PNG"),
        (lambda image: image.quantize(32), "PNG"),
        (_transparent, "PNG"),
    ],
    ids=["cmyk", "one bit", "sixteen bits", "palette", "transparent"],
)
def test_a_picture_reads_whatever_its_pixels_are_made_of(
    made: Callable[[Image.Image], Image.Image], kind: str
) -> None:
    assert values(made(small()), kind) == [list(row[1:]) for row in ROWS]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(90), "HEIC"),
        (scans.saved([Image.new("L", (900, 1200), 235)], "PNG"), "没有认出文字"),
        (scans.saved([Image.new("1", (12000, 9000))], "PNG"), "像素"),
        (scans.saved([Image.new("L", (400, 400), 200)], "JPEG")[:700], "损坏"),
        (scans.saved([Image.new("1", (40, 40))] * 41, "TIFF"), "40 页"),
    ],
)
def test_a_picture_that_is_no_filing_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read(data)


def test_without_the_extra_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    for data in (
        scans.saved([Image.new("L", (90, 90), 235)], "PNG"),
        printed(lambda canvas: canvas.drawInlineImage(Image.new("L", (9, 9)), 0, 0, 595, 842)),
    ):
        with pytest.raises(UnreadableFile, match=r"requirements-ocr\.txt"):
            read(data)
    with pytest.raises(UnreadableFile, match=r"图片.*requirements-ocr\.txt"):
        scan.blocks(scans.saved([Image.new("L", (900, 400), 235)], "BMP"))
    assert scan.blocks(scans.saved([Image.new("L", (90, 90), 235)], "BMP")) == ()


def test_recognition_asks_the_network_for_nothing() -> None:
    program = """
import socket, sys
def refuse(*_, **__): raise SystemExit("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from etl.readers import read
print(len(read(sys.stdin.buffer.read())[1].blocks))
"""
    (page,) = scans.picture(lambda canvas: write(canvas, 297, 700, "政府信息公开工作年度报告"))
    done = subprocess.run(
        [sys.executable, "-c", program], input=scans.saved([page], "PNG"), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"1"


def test_figures_of_one_number_that_are_found_one_by_one_stay_one_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from etl.readers.scans import outside
    from etl.readers.scans.picture import PER_POINT, picture

    sheet = Image.new("RGB", (round(595 * PER_POINT), round(842 * PER_POINT)), "white")
    font = ImageFont.load_default(30)
    pen = ImageDraw.Draw(sheet)
    for at in (200, 420):
        pen.text((at, 300), "23", font=font, fill="black")
    first = [pen.textbbox((at, 300), "2", font=font) for at in (200, 420)]
    above = round(first[0][1]) - 30
    # What finds lines of text, from a little above the print on, found the first figure of each number alone.
    monkeypatch.setattr(
        outside,
        "located",
        lambda _: [(round(a), round(b) - above, round(c), round(d) - above) for a, b, c, d in first],
    )
    found = outside.lines(picture(np.asarray(sheet), whole_sheet=True), 12)
    assert len(found) == 2
    assert all(box.right - box.left > 25 for box in found)


@pytest.mark.parametrize("stroke", [(246, 106, 262, 88), (244, 96, 268, 96), (250, 86, 252, 108)])
def test_a_pale_stroke_is_no_sign_and_no_figure(stroke: tuple[float, ...]) -> None:
    image = small((("规章", "", "", "8"), ("行政规范性文件", "5", "", "3")))
    ImageDraw.Draw(image).line(points(image, *stroke), fill=(180, 180, 180), width=3)
    assert values(image)[0][0] not in ("", "/", "—", "1")
