"""一页简报 and Excel: what a page shows, on paper and in workbooks, with charts that are drawn from cells."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from test_pages import opened

from dashboard import charts, files, one_page
from dashboard.text import LANGUAGES, load
from etl.paper import one_page_word as paper
from etl.paper.native_chart import Shape
from etl.paper.one_page import Headline, Page, Part

ZH = load("zh")
WORDS = charts.Words("合计", "来源", "去向")
ANALYSIS = ("overview", "publication", "requests", "review_litigation", "compare", "township")
POINTS = [
    charts.Point("", year, "received", value, "") for year, value in ((2020, 3), (2021, None), (2022, 0))
]
RECEIVED = charts.Series("received", "新收申请", POINTS)
CARRIED = charts.Series("carried_in", "上年结转", POINTS)
WIDE = replace(charts.LIGHT, room=1000)
YEARS = [2020, 2021, 2022]


def texts(document: bytes) -> list[str]:
    """Every paragraph of a document, those in the cells of its tables too."""
    paragraphs = Document(BytesIO(document)).element.body.iter("{*}p")
    return ["".join(text.text for text in one.iter("{*}t")) for one in paragraphs]


@pytest.mark.parametrize(
    ("page", "language"), [*((page, "中文") for page in ANALYSIS), ("requests", "English")]
)
def test_the_brief_of_a_page_has_its_sentences(
    page: str, language: str, sample_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(sample_database))
    gathered: list[Any] = []
    makers: list[Callable[[], bytes]] = []
    maker = one_page._maker

    def noted(found: Any, footer: str) -> Callable[[], bytes]:
        gathered.append(found)
        makers.append(maker(found, footer))
        return makers[-1]

    monkeypatch.setattr(one_page, "_maker", noted)
    app = opened(page, lang=language)
    assert not app.exception
    kept, document = gathered[-1], makers[-1]()
    made = texts(document)
    assert kept.entries and {entry.sentence for entry in kept.entries} <= {text.value for text in app.text}
    for entry in kept.entries:
        assert entry.sentence in made and entry.title in made
    footer = Document(BytesIO(document)).sections[0].footer.paragraphs[0].text
    words = load(LANGUAGES[language])
    built = re.escape(words["printed.source"]).replace(re.escape("{at}"), r"20\d\d-\d\d-\d\d \d\d:\d\d")
    assert re.search(built, footer) and words["printed.sample"] in footer
    with zipfile.ZipFile(BytesIO(document)) as package:
        charts_in = sum(name.startswith("word/charts/chart") for name in package.namelist())
    assert page == "overview" or 0 < charts_in <= one_page._CHARTS


def test_what_screens_draw_as_stacks_word_and_excel_draw_as_stacks_with_their_break() -> None:
    figure = charts.by_year([RECEIVED, CARRIED], YEARS, "件", charts.DARK, {2021: "2021 年起用新表样"})
    drawn = charts.native(figure, "收到的申请", WORDS)
    assert drawn is not None and drawn.shape is Shape.STACKED_COLUMNS
    assert drawn.names == ("2020", "2021", "2022") and drawn.unit == "件"
    assert [one.values for one in drawn.series] == [(3, None, 0)] * 2
    assert [one.colour for one in drawn.series] == [
        charts.COLOURS[key][0][1:] for key in ("received", "carried_in")
    ]
    assert drawn.breaks == (1,) and drawn.note == "┊ 2021 年起用新表样"


def test_a_flow_becomes_two_stacks_of_one_height() -> None:
    received, handled, disclosed, withheld = (
        charts.Series(key, name, [charts.Point("", 2024, key, value, "")])
        for key, name, value in (
            ("received", "新收", 5),
            ("handled", "应办理", 5),
            ("disclosed", "公开", 3),
            ("withheld", "不公开", 2),
        )
    )
    figure = charts.flow([received], handled, [disclosed, withheld], "件", charts.DARK)
    drawn = charts.native(figure, "去向", WORDS)
    assert drawn is not None and drawn.shape is Shape.STACKED_BARS and drawn.unit == "件"
    assert [one.colour for one in drawn.series][:1] == [charts.COLOURS["received"][0][1:]]
    assert drawn.names == ("来源", "去向")
    assert {one.name: one.values for one in drawn.series} == {
        "新收": (5, None),
        "公开": (None, 3),
        "不公开": (None, 2),
    }


def test_on_a_phone_fewer_small_multiples_stand_beside_each_other() -> None:
    panels = [charts.Series("received", f"白石{n}镇人民政府", POINTS) for n in range(6)]
    for shared in (True, False):
        *_, words = charts.small_multiples(panels, YEARS, "条", charts.LIGHT, 4, shared)["data"]
        rows = {up for up, name in zip(words["y"], words["text"], strict=True) if name.startswith("白石")}
        assert len(rows) == 3


def test_small_multiples_stay_apart_on_one_scale() -> None:
    panels = [charts.Series("received", f"白石{n}镇人民政府", POINTS) for n in range(6)]
    median = charts.Series("", "中位数", [charts.Point("", year, "", 2, "") for year in YEARS])
    figure = charts.small_multiples(panels, YEARS, "条", WIDE, 4, middles=[median] * 6)
    assert not [name for name in figure["layout"] if name.startswith(("xaxis", "yaxis")) and name[5:]]
    # The medians are one trace, the lines one, the names with years, numbers of the scales and unit one.
    assert [(one["mode"], len(one["x"])) for one in figure["data"]] == [
        ("lines", 6 * len(YEARS) + 5),
        ("lines+markers", 6 * len(YEARS) + 5),
        ("text", 6 + 6 * 2 + 2 * 2 + 1),
    ]
    drawn = charts.native(figure, "", WORDS)
    assert drawn is not None and drawn.apart and drawn.top == 3
    assert [one.name for one in drawn.series][:2] == ["白石0镇", "白石1镇"]
    assert drawn.names == tuple(map(str, YEARS)) and drawn.series[5].values == drawn.series[0].values
    assert drawn.series[5].beside is not None and drawn.series[5].beside.values == (2,) * len(YEARS)


def test_small_multiples_on_scales_of_their_own_say_their_numbers() -> None:
    few = [charts.Point("白石镇", year, "pages", 10 * at, "a.doc") for at, year in enumerate(YEARS)]
    none = [charts.Point("白石镇", year, "fees", 0, "a.doc") for year in YEARS]
    panels = [
        charts.Series("received", "申请", POINTS),
        charts.Series("pages", "网页", few),
        charts.Series("fees", "收费", none),
    ]
    figure = charts.small_multiples(panels, YEARS, "", WIDE, 4, shared=False)
    lines, words = figure["data"]
    assert words["text"][:3] == ["申请", "网页", "收费"]
    assert [text.strip() for text in words["text"][9:]] == ["0", "2", "4", "0", "10", "20", "0", "1"]
    assert max(lines["y"][2 * len(YEARS) + 2 :]) == words["y"][9] == words["y"][12] == words["y"][15]
    assert [value for *_, value in lines["customdata"]][-2 * len(YEARS) - 1 : -len(YEARS) - 1] == [0, 10, 20]
    drawn = charts.native(figure, "", WORDS)
    assert drawn is not None and drawn.top is None
    assert [one.values for one in drawn.series][1:] == [(0, 10, 20), (0, 0, 0)]


def test_a_kindred_line_stays_with_its_panel_and_every_point_leads_to_its_own_filing() -> None:
    older = [charts.Point("白石1镇", year, "received", 2, "a.doc", dotted=year < YEARS[1]) for year in YEARS]
    panels = [charts.Series("received", "白石0镇", POINTS), charts.Series("received", "白石1镇", older)]
    figure = charts.small_multiples(panels, YEARS, "条", WIDE, 4)
    dotted, full, names = figure["data"]
    assert dotted["line"]["dash"] == "dot" and dotted["meta"] == ["白石1镇"] and names["text"][1] == "白石1镇"
    assert full["meta"] == ["白石0镇", "白石1镇"] and full["x"][len(YEARS)] is None
    assert [origin[:2] for origin in full["customdata"][-len(YEARS) :]] == [["白石1镇", y] for y in YEARS]
    drawn = charts.native(figure, "", WORDS)
    assert drawn is not None and [one.name for one in drawn.series] == ["白石0镇", "白石1镇"]
    assert drawn.series[1].values == (None, *([2] * (len(YEARS) - 1)))


def test_small_multiples_of_zeros_alone_show_nothing() -> None:
    for value, shows in ((0, False), (None, False), (1, True)):
        panels = [
            charts.Series("received", who, [charts.Point(who, 2024, "received", value, "a.doc")])
            for who in ("白石镇", "黑石乡")
        ]
        for shared in (True, False):
            assert charts.rises(charts.small_multiples(panels, [2024], "件", WIDE, 4, shared)) is shows


def test_the_points_of_a_single_year_have_their_numbers_beside_them() -> None:
    panels = [
        charts.Series("received", who, [charts.Point(who, 2024, "received", value, "a.doc")])
        for who, value in (("白石镇", 1234), ("黑石乡", None))
    ]
    own, words = charts.small_multiples(panels, [2024], "件", WIDE, 4)["data"]
    assert own["text"] == [" 1,234", "", ""] and own["mode"] == "lines+markers+text"
    assert words["text"][:4] == ["白石镇", "黑石乡", "2024", "2024"]


def test_a_small_chart_without_any_number_says_so() -> None:
    panels = [
        charts.Series("x", who, [charts.Point(who, year, "x", value, "") for year in (2023, 2024)])
        for who, value in (("甲镇", 3), ("乙镇", None))
    ]
    drawn = charts.small_multiples(panels, [2023, 2024], "件", WIDE, unsaid="没有数字")
    assert drawn["data"][-1]["text"].count("没有数字") == 1


def test_a_grid_is_squares_and_no_chart() -> None:
    points = [charts.Point("白石镇", 2020, "read", None, ""), charts.Point("白石镇", 2021, "findings", 2, "")]
    states = {"read": "已读", "findings": "有问题", "missing": "缺"}
    figure = charts.grid(points, states, ["白石镇"], [2020, 2021], charts.DARK)
    found = charts.squares(figure)
    assert charts.native(figure, "", WORDS) is None and found is not None
    assert found.squares["白石镇", "2021"] == ("2", charts.COLOURS["findings"][0][1:])
    assert ("缺", "FFFFFF") in found.key


def test_a_workbook_has_numbers_where_the_table_shows_numbers_and_a_chart_on_cells() -> None:
    table = files.Sheet(
        "申请", ["年度", "新收", "结转"], [(2020, "1,234", "≈30"), (2021, "空白", "−2.5"), (2022, "—", "0")]
    )
    drawn = charts.native(charts.by_year([RECEIVED], YEARS, "件", charts.LIGHT), "收到", WORDS)
    data = files.workbook([table], [drawn] if drawn else [])
    book = load_workbook(BytesIO(data))
    assert [list(row) for row in book["申请"].values][1:] == [
        [2020, 1234, 30],
        [2021, "空白", -2.5],
        [2022, "—", 0],
    ]
    assert "≈" in book["申请"]["C2"].number_format
    assert book["申请"].freeze_panes == "A2"
    assert [row[:2] for row in book[f"{ZH['shared.chart']}1"].values] == [
        ("件", "新收申请"),
        ("2020", 3),
        ("2021", None),
        ("2022", 0),
    ]
    with zipfile.ZipFile(BytesIO(data)) as package:
        chart = etree.fromstring(package.read("xl/charts/chart1.xml"))
    assert {one.text for one in chart.iter("{*}f")} == {"'图1'!$B$1", "'图1'!$A$2:$A$4", "'图1'!$B$2:$B$4"}


def test_what_neither_word_nor_a_grid_can_draw_is_shown_as_its_table() -> None:
    pie = {"data": [{"type": "pie", "labels": ["甲"], "values": [1]}], "layout": {}}
    part = one_page._part(
        one_page._Entry("渠道", "只有一个。", pie, ["渠道", "数"], [("甲", 1)]), WORDS, "{n}", 1
    )
    assert part.chart is None and part.squares is None and part.rows == (("甲", "1"),)


def test_rows_that_do_not_fit_are_counted() -> None:
    rows = tuple((f"镇{n}", str(n)) for n in range(14))
    part = Part("变化", "最大的变化。", heads=("乡镇", "数"), rows=rows, more="另有 {n} 行")
    made = texts(paper.word(Page("总览", "栖禾县", (Headline("已交", "14", ""),), (part,), "")))
    assert "另有 4 行" in made and "镇9" in made and "镇10" not in made
