"""Townships side by side: what may be joined, where a number stands among its peers, how a link opens the view."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects
from streamlit.testing.v1 import AppTest

from dashboard import charts, indicators, standing
from dashboard.charts.slope import spread
from dashboard.parts import Part

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
TOWNSHIPS = ["霁桥镇人民政府", "葭洲乡人民政府"]


@pytest.fixture(autouse=True)
def served(sample_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample county as the dashboard's database."""
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(sample_database))


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, int], str]:
    """What the generator printed in the received line, township by year."""
    filings = map(json.loads, (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines())
    return {
        (one["government"], one["year"]): value_of(one["facts"]["requests"]["received"]["total"])
        for one in filings
        if one.get("government")
    }


def value_of(cell: Any) -> str:
    """The number of a cell: it stands alone where the text is simply it."""
    return str(cell[0] if isinstance(cell, list) else cell)


def opened(**address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page("../pages/compare.py").run()


def part(value: int | None, government: str, year: int = 2025) -> Part:
    return Part(government, year, "", value, "stated" if value is not None else "blank", "", "", "")


def table_of(app: AppTest, column: str) -> dict[str, str]:
    frame = next(element.value for element in app.dataframe if column in element.value.columns)
    return dict(zip(frame.iloc[:, 0], frame[column], strict=True))


def test_a_link_opens_the_comparison_it_was_copied_from(printed: dict[tuple[str, int], str]) -> None:
    address: dict[str, str | list[str]] = {"show": ["requests.received"], "from": "2021", "to": "2024"}
    app = opened(governments=TOWNSHIPS, **address)
    assert not app.exception
    for year in ("2021", "2024"):
        shown = table_of(app, year)
        for name in TOWNSHIPS:
            assert shown[charts.short(name)] == printed[name, int(year)]


def test_the_same_link_opens_in_the_other_language() -> None:
    app = opened(show=["requests.withheld.state_secret"], lang="English")
    assert app.header
    assert all("state secret" in str(title.value).lower() for title in app.header)


def test_an_indicator_in_the_address_that_is_none_is_left_out() -> None:
    app = opened(show=["no.such.thing", "requests.received"])
    assert not app.exception
    assert {str(title.value).partition("：")[0] for title in app.header} == {
        "表三 · 本年新收政府信息公开申请数量"
    }


def test_every_indicator_can_be_shown() -> None:
    keys = list(indicators.every())
    assert "proactive.procurement.projects" in keys
    assert "proactive.procurement.amount" not in keys, "the form of 2019 gives no unit"
    assert len(keys) > 60
    for at in range(0, len(keys), 6):
        app = opened(show=keys[at : at + 6], governments=TOWNSHIPS)
        assert not app.exception
        assert list(app.get("plotly_chart"))
        for chart in app.get("plotly_chart"):
            graph_objects.Figure(json.loads(chart.proto.spec))


def test_what_only_resembles_across_the_forms_is_not_joined() -> None:
    known = indicators.every()
    assert indicators.on_every_form(known["requests.received"])
    assert indicators.on_every_form(known["requests.otherwise"])
    assert not indicators.on_every_form(known["requests.otherwise.unpaid"])
    assert not indicators.on_every_form(known["proactive.normative_documents.in_force"])
    assert not indicators.on_every_form(known["proactive.fees.amount_10k_yuan"])
    assert "两代表样口径不同" in "".join(
        str(text.value) for text in opened(show=["proactive.normative_documents.in_force"]).text
    )


def test_a_form_without_the_figure_is_told_from_a_missing_filing() -> None:
    shown = table_of(opened(show=["proactive.normative_documents.in_force"]), "2019")
    assert set(shown.values()) >= {"无此项"}


def test_the_place_says_how_many_share_it_and_of_how_many() -> None:
    peers = [part(5, "甲"), part(5, "乙"), part(2, "丙"), part(None, "丁")]
    assert standing.place(peers[0], peers) == standing.Place(1, 1, 3)
    assert standing.place(peers[2], peers) == standing.Place(3, 0, 3)
    assert standing.place(peers[3], peers) is None
    assert standing.middle(peers, 2025) == (5, 3)
    assert standing.middle(peers, 2024) == (None, 0)


def test_small_bases_have_no_percentage() -> None:
    assert standing.growth(9, 18) is None
    assert standing.growth(10, 18) == 80
    assert standing.growth(None, 18) is None
    assert standing.growth(10, None) is None


def test_names_beside_the_lines_do_not_cover_one_another() -> None:
    moved = spread([0, 1, 2, 99, 100], 10, 100)
    assert moved == sorted(moved)
    assert all(later - earlier >= 10 for earlier, later in pairwise(moved))
    assert moved[-1] <= 100


def test_lines_drawn_together_stay_a_series_each_in_a_workbook() -> None:
    ends = {
        f"{name}镇人民政府": (at, None if at == 3 else 2 * at) for at, name in enumerate("甲乙丙丁戊己庚辛")
    }
    lines = [
        charts.Series(
            "",
            who,
            [
                charts.Point(who, year, "", value, "")
                for year, value in zip((2019, 2025), values, strict=True)
            ],
        )
        for who, values in ends.items()
    ]
    figure = charts.slope(lines, (2019, 2025), "条", charts.LIGHT, ["甲镇人民政府"])
    assert len([trace for trace in figure["data"] if "lines" in trace["mode"]]) == 2
    drawn = charts.native(figure, "图", charts.Words("", "", ""))
    assert drawn is not None
    assert drawn.names == ("2019", "2025")
    assert {one.name: one.values for one in drawn.series} == {
        charts.short(who): values for who, values in ends.items()
    }
    # Who points at a line is told whose it is, and a click leads there.
    pointed = {
        (*origin[:2], value)
        for trace in figure["data"]
        if "lines" in trace["mode"]
        for origin, value in zip(trace["customdata"], trace["y"], strict=True)
        if origin[0]
    }
    assert pointed == {
        (who, year, v) for who, two in ends.items() for year, v in zip((2019, 2025), two, strict=True)
    }
