"""OFD, the state's fixed-layout format: tables by their ruling lines, text by its place, as in a PDF."""

import random
from collections.abc import Callable

import grids
import pytest
from fixed_layout import WIDTHS, bars, frame, ofd, page, sides, text
from ooxml import zipped

from etl import readers
from etl.document import Cell, Document, Paragraph, Table, UnreadableFile

GROUP = "（四）无法提供"
ROWS = (
    ("1.本机关不掌握相关政府信息", "746", "12", "758"),
    ("2.没有现成信息需要另行制作", "11", "0", "11"),
    ("3.补正后申请内容仍不明确", "1", "0", "1"),
)
WHOLE = [[GROUP, *ROWS[0]], list(ROWS[1]), list(ROWS[2])]
HEIGHT = 10.0


def table(
    top: float = 30,
    rows: tuple[tuple[str, ...], ...] = ROWS,
    box: Callable[..., str] = sides,
    group: bool = True,
) -> str:
    """The rows beside one merged group cell, each cell with its sides drawn by `box`."""
    xs = [20.0]
    for width in WIDTHS:
        xs.append(xs[-1] + width)
    drawn = []
    if group:
        drawn.append(box(xs[0], top, xs[1], top + HEIGHT * len(rows)) + text(xs[0] + 1, top + 6, GROUP))
    for index, row in enumerate(rows):
        y = top + HEIGHT * index
        for column, written in enumerate(row, 1):
            drawn.append(
                box(xs[column], y, xs[column + 1], y + HEIGHT) + text(xs[column] + 2, y + 6, written)
            )
    return "".join(drawn)


def blocks(data: bytes) -> tuple[Paragraph | Table, ...]:
    media_type, document = readers.read(data)
    assert media_type == "application/ofd"
    return document.blocks


def grid(found: Paragraph | Table) -> list[list[str]]:
    assert isinstance(found, Table)
    return grids.texts(found)


@pytest.mark.parametrize("box", [sides, bars, frame])
def test_a_table_is_read_by_its_rules_however_they_are_drawn(box: Callable[..., str]) -> None:
    (found,) = blocks(ofd([page(table(box=box))]))
    assert isinstance(found, Table)
    assert found.cells[0] == Cell(GROUP, 0, 0, 3, 1)
    assert grid(found) == WHOLE


def test_a_table_cut_by_the_page_is_one_table() -> None:
    pages = [page(table(270, ROWS[:2], group=False)), page(table(20, ROWS[2:], group=False))]
    (found,) = blocks(ofd(pages))
    assert grid(found) == [list(row) for row in ROWS]


@pytest.mark.parametrize("step", ["4 4 4 4 4", "g 5 4", "4 g 3 4 4", ""])
def test_steps_between_characters_may_be_written_short_or_left_out(step: str) -> None:
    assert blocks(ofd([page(text(20, 30, "一、总体情况", step=step))])) == (Paragraph("一、总体情况", 1),)


def test_figures_stepped_apart_into_cells_are_not_one_number() -> None:
    written = text(82, 36, "746", step="22 22")
    columns = "".join(sides(80 + 20 * n, 30, 100 + 20 * n, 40) for n in range(3))
    (found,) = blocks(ofd([page(columns, written)]))
    assert grid(found) == [["7", "4", "6"]]


def test_a_matrix_scales_the_text_of_an_object() -> None:
    scaled = text(0, 4, "一、总体情况", 'CTM="0.5 0 0 0.5 20 30"') + text(
        32.2, 32, "完", 'CTM="0.5 0 0 0.5 0 2"'
    )
    assert blocks(ofd([page(scaled)])) == (Paragraph("一、总体情况完", 1),)


def test_what_a_template_draws_is_part_of_each_page() -> None:
    using = '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    data = ofd(
        [page(text(20, 60, "全年公开信息38条。"), template=using)], [page(text(20, 40, "一、总体情况"))]
    )
    assert [block.text for block in blocks(data) if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "全年公开信息38条。",
    ]


def test_invisible_objects_are_not_printed() -> None:
    data = ofd([page(text(20, 30, "8"), text(20, 50, "9", 'Visible="false"'))])
    assert blocks(data) == (Paragraph("8", 1),)


def test_places_may_be_written_from_the_root() -> None:
    assert blocks(ofd([page(text(20, 30, "一、总体情况"))], absolute=True)) == (Paragraph("一、总体情况", 1),)


def test_objects_in_blocks_within_blocks_are_found() -> None:
    data = ofd([page(f"<ofd:PageBlock><ofd:PageBlock>{text(20, 30, '完')}</ofd:PageBlock></ofd:PageBlock>")])
    assert blocks(data) == (Paragraph("完", 1),)


def test_title_and_date_come_from_the_file() -> None:
    properties = readers.read(ofd([page(text(20, 30, "完"))]))[1].properties
    assert properties == (("title", "年度报告"), ("created", "2024-01-15"))


def test_a_scan_is_refused_and_a_page_without_text_is_named() -> None:
    picture = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="1"/>'
    with pytest.raises(UnreadableFile, match="没有文字"):
        readers.read(ofd([page(picture)]))
    properties = readers.read(ofd([page(text(20, 30, "完")), page(picture)]))[1].properties
    assert ("pages_without_text", "2") in properties


def test_signs_without_an_encoding_are_no_text() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        readers.read(ofd([page(text(20, 30, "\ue001\ue002\ue003"))]))


@pytest.mark.parametrize(
    "content",
    [
        page(text(20, 30, "完").replace('Size="4.0"', 'Size="x"')),
        page(text(20, 30, "完").replace("Boundary", "Bound")),
        page(text(20, 30, "完").replace('X="0"', 'X="1e300"')),
        page(sides(0, 0, 9, 9).replace("L 9", "Z 9"), text(20, 30, "完")),
        "<ofd:Page",
        "",
    ],
)
def test_a_damaged_page_is_refused(content: str) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        readers.read(ofd([content]))


def test_a_step_repeated_a_billion_times_is_bounded() -> None:
    assert blocks(ofd([page(text(20, 30, "完了", step="g 999999 4"))])) == (Paragraph("完了", 1),)


def test_more_pages_than_any_report_has_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="上限"):
        readers.read(ofd([page(text(20, 30, "完"))] * 301))


def test_a_package_without_its_document_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        readers.read(zipped({"OFD.xml": "<OFD><DocBody><DocRoot>../../x.xml</DocRoot></DocBody></OFD>"}))


def test_a_file_cut_short_or_altered_anywhere_is_refused_or_read() -> None:
    chance = random.Random(2024)
    whole = ofd([page(table())])
    for attempt in range(200):
        broken = bytearray(whole[: chance.randrange(4, len(whole))] if attempt % 2 else whole)
        for _ in range(4):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        try:
            assert isinstance(readers.read(bytes(broken))[1], Document)
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")
