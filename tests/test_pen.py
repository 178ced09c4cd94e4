"""Numbers of scans whose figures the page shows nowhere else: print is built as the page's other print is."""

from collections.abc import Callable

import grids
import pytest
import scans
from reportlab.pdfgen.canvas import Canvas
from test_pdf import table
from test_scan import cells

from etl.document import Table
from etl.readers import read, scan

pytestmark = pytest.mark.skipif(not scan.is_installed(), reason="requirements-ocr.txt is not installed")

NUMBERS = (("12", "30", "0"), ("203", "1", "31"), ("20", "113", "2"), ("3", "10", "302"))
Written = Callable[[Canvas, float, float], None]


def values(written: Written) -> list[list[str]]:
    """The numbers of a page with one more cell, in which something is written about a place."""
    labels = "规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制"
    rows = [(label, *numbers) for label, numbers in zip(labels, (*NUMBERS, ("", "23", "0")), strict=True)]

    def page(canvas: Canvas) -> None:
        table(canvas, cells(tuple(rows)), 760, widths=(150, 60, 60, 60))
        written(canvas, 236, 760 - 30 * len(NUMBERS) - 18)

    (found,) = [
        block for block in read(scans.saved(scans.picture(page), "PNG"))[1].blocks if isinstance(block, Table)
    ]
    return [row[1:] for row in grids.texts(found)]


def figures(font: str, size: float, text: str, pitch: float = 5.0) -> Written:
    def write(canvas: Canvas, left: float, bottom: float) -> None:
        canvas.setFont(font, size)
        for at, letter in enumerate(text):
            canvas.drawString(left + at * pitch, bottom, letter)

    return write


def test_a_figure_like_the_others_in_build_is_print() -> None:
    assert values(figures("STSong-Light", 10, "7")) == [*map(list, NUMBERS), ["7", "23", "0"]]


@pytest.mark.parametrize(
    "written",
    [
        figures("STSong-Light", 14, "7"),
        figures("Helvetica-Bold", 9, "57"),
        figures("STSong-Light", 10, "157", 7.5),
    ],
    ids=["taller", "thicker", "wider apart"],
)
def test_a_figure_of_another_build_than_all_others_may_be_a_hand_s(written: Written) -> None:
    (*others, last) = values(written)
    assert others == list(map(list, NUMBERS)) and last[1:] == ["23", "0"]
    assert not last[0].isdigit()
