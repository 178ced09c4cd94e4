"""The pages of oversight over the sample county: who filed when, what is wrong, what was decided."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import build, folders

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
PATIENCE = 60


@pytest.fixture(scope="module", autouse=True)
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample county, built, and decisions of its own."""
    root = tmp_path_factory.mktemp("oversight")
    folder = folders.Folder(
        SAMPLE / "filings", SAMPLE / "governments.csv", SAMPLE / "manifest.csv", sample=True
    )
    build.build((folder,), root / "database", root / "cache.sqlite")
    names = {
        "OVERSIGHT_DATABASE": str(root / "database"),
        "OVERSIGHT_DECISIONS": f"sqlite:///{root / 'decisions.sqlite'}",
    }
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    yield root
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def opened(page: str, **address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.text, *app.subheader, *app.caption))


def test_submissions_say_how_many_are_late_and_missing() -> None:
    app = opened("submissions")
    assert app.title[0].value == "交件情况"
    words = said(app)
    assert "应交 98 份，已交 96 份" in words
    assert "晚于规定日期 3 份" in words and "未交 2 份" in words
    assert "违法" not in words


def test_the_list_to_chase_names_who_has_not_filed() -> None:
    app = opened("submissions", years=["2019", "2022"])
    listed = app.code[0].value
    assert "尚未报送的单位（1 个）" in listed
    assert "筠坪乡人民政府" in listed


def test_late_and_missing_reports_stand_with_their_dates() -> None:
    table = opened("submissions").dataframe[0].value
    rows = {
        (row["乡镇街道"], row["年度"]): (row["规定日期"], row["公布日期"], row["情况"])
        for _, row in table.iterrows()
    }
    assert rows["葭洲乡人民政府", 2023] == ("2024-01-31", "2024-03-26", "晚于规定日期 55 天")
    assert rows["椴坡乡人民政府", 2020] == ("2021-01-31", "—", "未交")
    assert len(rows) == 5


def test_a_filing_cut_off_is_listed_as_unreadable() -> None:
    tables = [table.value for table in opened("submissions").dataframe]
    (refused,) = [table for table in tables if "说明" in table.columns]
    assert set(refused["情况"]) == {"读不出", "认不出表样"}
