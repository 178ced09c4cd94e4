"""Pictures of invented filings, as the scanner of the bench makes them."""

import io
import random
from collections.abc import Callable, Sequence

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_pdf import printed, table, write

from bench.scanner import Condition, scanned
from etl import forms
from etl.forms import PROACTIVE, REQUESTS, REVIEW

Cells = list[tuple[int, int, int, int, str]]
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
    *pages: Callable[[Canvas], None],
    dpi: int = 200,
    skew: float = 0,
    seals: Sequence[tuple[int, int]] = (),
    pressed: Sequence[float] = (),
) -> list[Image.Image]:
    """The pages as a scanner sees them; seals are set at points from the left and the top, `pressed` so hard each."""
    condition = Condition("", dpi, skew, seals_at=tuple(seals), pressed=tuple(pressed))
    return scanned(printed(*pages), condition, random.Random(dpi))


def saved(images: Sequence[Image.Image], kind: str) -> bytes:
    """The pictures as one file."""
    buffer = io.BytesIO()
    several = {"save_all": True, "append_images": list(images[1:])} if len(images) > 1 else {}
    images[0].save(buffer, kind, quality=80, compress_level=1, **several)
    return buffer.getvalue()


def shown(canvas: Canvas, image: Image.Image, width: float = 595, height: float = 842) -> None:
    """The picture over a whole page, as a scanning program puts it into a PDF."""
    canvas.drawImage(ImageReader(io.BytesIO(saved([image], "JPEG"))), 0, 0, width, height)
