"""Pictures of invented filings: printed, rasterised, skewed, stamped and noisy like what a scanner makes."""

import io
import random
from collections.abc import Callable, Sequence

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfgen.canvas import Canvas
from test_pdf import printed, table, write

from etl import forms
from etl.forms import PROACTIVE, REQUESTS, REVIEW

Cells = list[tuple[int, int, int, int, str]]
Pixels = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Figures = dict[tuple[str, str, str], str]
_LABEL, _VALUE = 200.0, 34.0


def figures(seed: int, lines: int = 8) -> Figures:
    """A different number in every cell of tables 2 and 4 and of the first lines of table 3; one decimal."""
    chance = random.Random(seed)
    found: Figures = {}
    for schedule in forms.form("2021").schedules:
        cells = list(schedule.cells())
        for line, column in cells[: 7 * lines] if schedule.key == REQUESTS else cells:
            found[schedule.key, line, column] = str(chance.choice((0, 1, 7, 11, chance.randint(2, 4999))))
    found[PROACTIVE, "fees", "amount_10k_yuan"] = f"{chance.randint(10, 99)}.{chance.randint(10, 99)}"
    return found


def sheet(values: Figures) -> Callable[[Canvas], None]:
    """One page with a title and the three tables, table 3 as far as `values` go."""

    def page(canvas: Canvas) -> None:
        write(canvas, 297, 815, "云岭县白石镇人民政府")
        write(canvas, 297, 800, "2023年政府信息公开工作年度报告")
        write(canvas, 150, 782, "二、主动公开政府信息情况")
        height = _proactive(canvas, values, 770)
        write(canvas, 180, height - 14, "三、收到和处理政府信息公开申请情况")
        height = _requests(canvas, values, height - 26)
        write(canvas, 200, height - 14, "四、政府信息公开行政复议、行政诉讼情况")
        _review(canvas, values, height - 26)

    return page


def _proactive(canvas: Canvas, values: Figures, top: float) -> float:
    for block in forms.form("2021").schedule(PROACTIVE).blocks:
        cells: Cells = [(0, 0, 1, 1, "信息内容")]
        cells += [(0, at, 1, 1, column.label) for at, column in enumerate(block.columns, 1)]
        for row, line in enumerate(block.leaves(), 1):
            cells.append((row, 0, 1, 1, line.label))
            cells += [
                (row, at, 1, 1, values[PROACTIVE, line.key, column.key])
                for at, column in enumerate(block.columns, 1)
            ]
        table(canvas, cells, top, 17, (140, *[140] * len(block.columns)), 40)
        top -= 17 * (len(list(block.leaves())) + 1)
    return top


def _requests(canvas: Canvas, values: Figures, top: float) -> float:
    (block,) = forms.form("2021").schedule(REQUESTS).blocks
    heads = ("自然人", "商业\n企业", "科研\n机构", "公益\n组织", "法律\n服务", "其他", "总计")
    cells: Cells = [(0, 0, 1, 1, "申请人情况"), *((0, at, 1, 1, head) for at, head in enumerate(heads, 1))]
    lines = [line for line in block.leaves() if (REQUESTS, line.key, "total") in values]
    for row, line in enumerate(lines, 1):
        cells.append((row, 0, 1, 1, line.label.split("（")[0]))
        cells += [
            (row, at, 1, 1, values[REQUESTS, line.key, column.key])
            for at, column in enumerate(block.columns, 1)
        ]
    table(canvas, cells, top, 26, (_LABEL, *[44] * 7), 40)
    return top - 26 * (len(lines) + 1)


def _review(canvas: Canvas, values: Figures, top: float) -> None:
    (block,) = forms.form("2021").schedule(REVIEW).blocks
    lines = list(block.leaves())
    cells: Cells = [(0, 5 * at, 1, 5, line.label) for at, line in enumerate(lines)]
    for at, (line, column) in enumerate((line, column) for line in lines for column in block.columns):
        cells += [
            (1, at, 1, 1, f"{column.label[:2]}\n{column.label[2:]}"),
            (2, at, 1, 1, values[REVIEW, line.key, column.key]),
        ]
    table(canvas, cells, top, 28, [_VALUE] * 15, 40)


def picture(
    *pages: Callable[[Canvas], None], dpi: int = 200, skew: float = 0, seals: Sequence[tuple[int, int]] = ()
) -> list[Image.Image]:
    """The pages as a scanner sees them; seals are set at points from the left and the top."""
    found = []
    for page in pypdfium2.PdfDocument(printed(*pages)):
        paper = np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB"), np.float32)
        for left, top in seals:
            paper = _stamped(paper, left * dpi / 72, top * dpi / 72, dpi)
        image = Image.fromarray(paper.astype(np.uint8)).rotate(
            skew, Image.Resampling.BICUBIC, fillcolor="white"
        )
        grain = np.random.default_rng(dpi).normal(0, 4, (*paper.shape[:2], 1))
        soft = np.asarray(image.filter(ImageFilter.GaussianBlur(dpi / 400)), np.float32)
        found.append(Image.fromarray((soft * 0.93 + 8 + grain).clip(0, 255).astype(np.uint8)))
    return found


def _stamped(paper: Pixels, left: float, top: float, dpi: int) -> Pixels:
    seal = Image.new("RGB", (paper.shape[1], paper.shape[0]), "white")
    size, ink = 1.65 * dpi, (215, 40, 50)
    pen = ImageDraw.Draw(seal)
    pen.ellipse((left, top, left + size, top + size), outline=ink, width=dpi // 16)
    pen.regular_polygon((left + size / 2, top + size / 2, size / 7), 5, fill=ink)
    pen.ellipse(
        (left + size / 4, top + size / 4, left + size * 0.75, top + size * 0.75), outline=ink, width=3
    )
    # Ink on ink: a seal darkens print, it does not cover it.
    return paper * (np.asarray(seal, np.float32) / np.float32(255))


def saved(images: Sequence[Image.Image], kind: str) -> bytes:
    """The pictures as one file."""
    buffer = io.BytesIO()
    several = {"save_all": True, "append_images": list(images[1:])} if len(images) > 1 else {}
    images[0].save(buffer, kind, quality=80, **several)
    return buffer.getvalue()
