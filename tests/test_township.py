"""Everything about one township: its figures as printed, every filing, every finding with its decision."""

import json
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects
from streamlit.testing.v1 import AppTest

from dashboard import db, findings, selection
from etl import decisions

ROOT = Path(__file__).resolve().parents[1]
FILED_AGAIN = "樨岭镇人民政府"


@pytest.fixture(autouse=True)
def served(sample_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample county as the dashboard's database, with decisions of its own."""
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(sample_database))
    monkeypatch.setenv("OVERSIGHT_DECISIONS", f"sqlite:///{tmp_path}/decisions.sqlite")


def opened(**address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90)
    app.run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page("../pages/township.py").run()


def table_with(app: AppTest, column: str) -> Any:
    return next(element.value for element in app.dataframe if column in element.value.columns)


def test_the_figures_are_those_printed_year_by_year() -> None:
    app = opened(township="葭洲乡人民政府")
    assert not app.exception
    figures = table_with(app, "指标").set_index("指标")
    received = [
        row
        for row in db.query("requests", county="栖禾县", first=0, last=9999, governments=("葭洲乡人民政府",))
        if row["line"] == "received"
    ]
    assert [figures.loc["新收申请", str(row["year"])] for row in received] == [
        str(row["total"]) for row in received
    ]
    assert figures.loc["现行有效规范性文件", "2019"] == "无此项"
    assert figures.loc["新收申请", "2025 年位次"].endswith("并列")
    for chart in app.get("plotly_chart"):
        graph_objects.Figure(json.loads(chart.proto.spec))


def test_a_filing_and_its_correction_both_stand_in_the_list() -> None:
    filings = table_with(opened(township=FILED_AGAIN), "第几次报送")
    assert list(filings[filings["年度"] == 2023]["第几次报送"]) == [2, 1]
    assert list(filings[filings["年度"] == 2023]["现行"]) == ["是", "否"]


def test_a_missing_year_is_named_and_is_no_zero() -> None:
    app = opened(township="筠坪乡人民政府")
    assert any("缺 2022 年" in str(text.value) for text in app.text)
    figures = table_with(app, "指标").set_index("指标")
    assert set(figures["2022"]) == {"缺年报"}


def test_a_decision_stands_beside_its_finding() -> None:
    county = selection.Selection("栖禾县", 2019, 2025, ("霁桥镇人民政府",), True, 14)
    found = findings.of(county)[0]
    decisions.record(
        [found.subject], "accepted", "张三", "已核实", {found.subject.digest: found.standing.follows}
    )
    rows = table_with(opened(township="霁桥镇人民政府"), "经办")
    assert "张三" in rows["经办"].iloc[0]


def test_a_finding_stands_with_the_words_that_it_is_about() -> None:
    county = selection.Selection("栖禾县", 2019, 2025, ("霜禾乡人民政府",), True, 14)
    quoted = [found.row["quote"] for found in findings.of(county) if found.row["quote"]]
    rows = table_with(opened(township="霜禾乡人民政府"), "经办")
    assert quoted and all(any(f"“{quote}”" in text for text in rows["问题"]) for quote in quoted)


def test_the_township_chosen_in_the_bar_is_the_one_that_opens() -> None:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90)
    app.query_params["governments"] = ["霜禾乡人民政府"]
    app.run()
    app.switch_page("../pages/township.py").run()
    assert any(str(text.value).startswith("霜禾乡人民政府：") for text in app.text)
