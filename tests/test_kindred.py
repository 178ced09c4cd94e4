"""What the form of 2014 says was received stands on the screen beside what later forms say, nearly the same and apart."""

import json
from pathlib import Path
from typing import Any

import pytest
from filings import page
from streamlit.testing.v1 import AppTest
from test_statistics import TITLE, web

from dashboard.text import load
from etl import places
from etl.build import build

ROOT = Path(__file__).resolve().parents[1]
RECEIVED = {2016: "3", 2018: "5"}


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A township with reports on two years of the form of 2014 and two of that of 2021."""
    for name in ("OVERSIGHT_DATABASE", "OVERSIGHT_CACHE", "OVERSIGHT_DECISIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    reports = tmp_path / "reports"
    reports.mkdir()
    for year, number in RECEIVED.items():
        old = web({"requests_received": number}, title=TITLE).replace("2016", str(year))
        (reports / f"{year}.html").write_text(old, "utf-8")
    for year in (2022, 2023):
        (reports / f"{year}.html").write_text(page().replace("2023", str(year)), "utf-8")
    build((places.own(),), places.database(), places.cache())


def opened(name: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90)
    app.run()
    for key, value in address.items():
        app.query_params[key] = value
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def numbers(line: dict[str, Any]) -> list[object]:
    """What the drawn points of a line stand for."""
    points = zip(line["y"], line["customdata"], strict=True)
    return [None if y is None else point[-1] for y, point in points]


def test_what_was_received_before_2019_is_a_dotted_line_of_its_own() -> None:
    app = opened("compare", show="requests.received")
    lines = [
        trace
        for trace in json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
        if trace["mode"] == "lines+markers"
    ]
    dotted, solid = lines
    assert (dotted["line"]["dash"], solid["line"]["dash"]) == ("dot", "solid")
    assert numbers(dotted) == [3, None, 5, None, None, None, None, None]
    assert numbers(solid) == [None, None, None, None, None, None, 0, 0]
    assert load("zh")["compare.kindred"] in app.text[1].value


def test_what_is_nearly_the_same_is_told_from_what_is_the_same() -> None:
    app = opened("compare", show="requests.received")
    frame = next(one.value for one in app.dataframe if "2016" in one.value.columns)
    assert list(frame.iloc[0][["2016", "2023"]]) == ["≈3", "0"]


@pytest.mark.parametrize("name", ["overview", "requests", "township", "publication", "county_return"])
def test_every_page_bears_years_of_the_old_form(name: str) -> None:
    opened(name)
