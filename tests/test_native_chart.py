"""Charts that Word and Excel draw from cells: what is missing is a gap, a change of form shows, no number is lost."""

import zipfile
from io import BytesIO

from docx import Document
from docx.shared import Mm
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from etl import documents
from etl.paper import chart_drawing, native_chart, word_chart
from etl.paper.native_chart import Chart, Series, Shape

YEARS = ("2019", "2020", "2021", "2022")
RECEIVED = Series("本年新收", "1F5A94", (3, 0, None, 12))
CARRIED = Series("上年结转", "85B7E0", (1, 0, None, 2))
STACKED = Chart(Shape.STACKED_COLUMNS, "申请", YEARS, (RECEIVED, CARRIED), "件", "合计", breaks=(2,))
EVERY_SHAPE = [
    Chart(shape, "图", YEARS, (RECEIVED, CARRIED), "件", apart=apart)
    for shape in Shape
    for apart in (False, True)
]


def sheet_of(chart: Chart) -> tuple[list[tuple[object, ...]], list[str]]:
    """The cells of a chart's sheet, and every reference its charts make."""
    data = documents.workbook((), [("图表", chart)])
    with zipfile.ZipFile(BytesIO(data)) as package:
        drawn = [
            etree.fromstring(package.read(name)) for name in package.namelist() if "charts/chart" in name
        ]
    references = [str(found.text) for one in drawn for found in one.iter("{*}f")]
    return list(load_workbook(BytesIO(data))["图表"].values), references


def test_what_is_not_stated_is_an_empty_cell_and_a_zero_is_a_zero() -> None:
    rows = native_chart.cells(STACKED)
    assert rows[0] == ("件", "本年新收", "上年结转", "合计")
    assert rows[2] == ("2020", 0, 0, 0)
    assert rows[4] == ("2021", None, None, None)


def test_a_change_of_form_stands_between_the_years() -> None:
    assert [row[0] for row in native_chart.cells(STACKED)[1:]] == ["2019", "2020", "┊", "2021", "2022"]


def test_every_reference_of_a_workbooks_charts_names_cells_that_hold_its_numbers() -> None:
    for chart in EVERY_SHAPE:
        cells, references = sheet_of(chart)
        assert len(references) == 6
        for reference in references:
            sheet, place = reference.split("!")
            assert sheet == "'图表'"
            left, top, right, bottom = range_boundaries(place)
            assert left == right
            held = [cells[row - 1][left - 1] for row in range(top, bottom + 1)]
            assert held in (
                list(YEARS),
                ["本年新收"],
                ["上年结转"],
                list(RECEIVED.values),
                list(CARRIED.values),
            )


def test_a_chart_in_word_carries_its_numbers_and_the_workbook_they_stand_in() -> None:
    document = Document()
    word_chart.add(document.add_paragraph(), STACKED, Mm(150), Mm(70))
    packed = BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as package:
        chart = etree.fromstring(package.read("word/charts/chart1.xml"))
        (external,) = chart.iter("{*}externalData")
        relations = etree.fromstring(package.read("word/charts/_rels/chart1.xml.rels"))
        related = {one.get("Id"): str(one.get("Target")) for one in relations}
        target = related[external.get(f"{{{word_chart._RELATED}}}id")]
        book = load_workbook(BytesIO(package.read(target.replace("..", "word"))))
    first = next(chart.iter("{*}ser"))
    assert [(pt.get("idx"), float(str(pt[0].text))) for pt in first.iterfind(".//{*}numCache/{*}pt")] == [
        ("0", 3),
        ("1", 0),
        ("4", 12),
    ]
    assert [row[1] for row in book["Sheet1"].values] == ["本年新收", 3, 0, None, None, 12]


def test_a_chart_without_a_title_is_given_none() -> None:
    document = Document()
    one = Chart(Shape.BARS, "", YEARS, (RECEIVED,), "件")
    word_chart.add(document.add_paragraph(), one, Mm(80), Mm(40))
    packed = BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as package:
        chart = etree.fromstring(package.read("word/charts/chart1.xml"))
    assert next(chart.iter("{*}autoTitleDeleted")).get("val") == "1"
    (axis,) = chart.iterfind(".//{*}title/..")
    assert axis.tag.endswith("valAx")


def test_small_charts_of_one_row_share_the_end_of_their_axes() -> None:
    small = Chart(Shape.LINES, "", YEARS, (RECEIVED, CARRIED), apart=True, top=12)
    ends = {one.y_axis.scaling.max for one in chart_drawing.drawn(small, "图表")}
    assert len(ends) == 1 and ends.pop() >= 12
