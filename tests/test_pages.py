"""Every page over the sample county, in both languages; over an empty database; and when something breaks.

The numbers expected come from the generator's own list of what it printed, not from what was read.
"""

import csv
import json
import os
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from every_page import OF_REPORTS
from plotly import graph_objects
from streamlit.testing.v1 import AppTest

from dashboard import charts, db, measures, parts, tables
from dashboard.selection import Selection
from dashboard.text import load
from etl import build, store
from etl.folders import Folder

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
PATIENCE = 90


@pytest.fixture
def county(sample_database: Path) -> Path:
    """The folder of a database that holds the sample county."""
    return sample_database


@pytest.fixture
def served(county: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample county as the dashboard's database."""
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(county))
    return county


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, int], dict[str, Any]]:
    """What the generator printed: (township as in its file's truth, year) → schedules."""
    lines = (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        (filing["government"], filing["year"]): filing
        for filing in map(json.loads, lines)
        if filing.get("government")
    }


def opened(page: str = "overview", **address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"../pages/{page}.py").run()
    return app


def said(app: AppTest) -> str:
    found = (*app.title, *app.text, *app.header, *app.subheader, *app.caption, *app.error, *app.info)
    return "\n".join(str(element.value) for element in found)


def test_zeros_of_a_single_year_are_told_and_not_drawn(served: Path) -> None:
    quiet: dict[str, str | list[str]] = {"years": ["2025", "2025"], "governments": "砚坳镇人民政府"}
    app = opened("requests", **quiet)
    assert not app.exception
    assert "2025 年没有办结的申请。" in said(app)
    assert not app.get("plotly_chart")
    assert len(app.expander) == 4, "the numbers behind the words can still be taken away"
    app = opened("publication", **quiet)
    (years, *_) = app.get("plotly_chart")
    shown = [text for trace in json.loads(years.proto.spec)["data"] for text in trace.get("text") or ()]
    assert " 99" in shown, "a lone point has its number"


@pytest.mark.parametrize("page", OF_REPORTS)
@pytest.mark.parametrize(("language", "code"), [("中文", "zh"), ("English", "en")])
def test_every_page_answers_its_question_in_both_languages(
    served: Path, page: str, language: str, code: str
) -> None:
    app = opened(page, lang=language)
    words = load(code)
    assert not app.exception
    assert app.title[0].value == words[f"{page}.title"]
    assert words[f"{page}.question"] in said(app)
    assert words["shared.sample"] in said(app), "an invented county is not told apart"
    assert words["failed.title"] not in said(app)


def test_the_words_are_the_same_in_both_languages() -> None:
    chinese, english = load("zh"), load("en")
    assert chinese.keys() == english.keys()
    fields = {key: set(_fields(words)) for key, words in chinese.items()}
    assert fields == {key: set(_fields(words)) for key, words in english.items()}


def _fields(words: str) -> Iterator[str]:
    from string import Formatter

    return (name for _, name, _, _ in Formatter().parse(words) if name)


def test_every_table_has_its_words() -> None:
    named = {key.removeprefix("tables.") for key in load("zh") if key.startswith("tables.")}
    assert {name for name, _, _ in store.described()} - {"documents", "clauses"} <= named


def test_requests_add_up_what_the_filings_print(served: Path, printed: dict[tuple[str, int], Any]) -> None:
    received = [
        cells["facts"]["requests"]["received"]["total"]
        for (_, year), cells in printed.items()
        if year == 2025
    ]
    total = sum(int(cell[0] if isinstance(cell, list) else cell) for cell in received)
    assert f"共新收申请 {total} 件" in said(opened("requests"))


def test_a_filter_narrows_what_is_said(served: Path) -> None:
    words = said(opened("requests", governments=["霁桥镇人民政府"], years=["2021", "2023"]))
    assert "2021–2023 年 · 1 个乡镇街道" in words
    assert "2023 年 1 个乡镇街道中 1 个填报" in words


def test_a_missing_year_is_a_gap_and_never_a_zero(served: Path) -> None:
    figure = figure_of(opened("publication"), 0)
    lines = next(one for one in figure["data"] if "markers" in one["mode"])
    begin = next(at for at, (who, *_) in enumerate(lines["customdata"]) if who.startswith("筠坪乡"))
    assert lines["y"][begin + 3] is None
    assert None not in lines["y"][begin : begin + 3]
    assert lines["connectgaps"] is False


def test_documents_of_the_old_form_are_not_joined_to_the_new(served: Path) -> None:
    app = opened("publication", years=["2019", "2020"])
    assert "2020 年没有可用的数据。" in said(app)
    figure = figure_of(opened("publication"), 2)
    issued = figure["data"][0]
    assert issued["y"][0] is None
    assert figure["layout"]["annotations"][-1]["text"].endswith("起用新表样")


def test_years_are_whole_and_counts_have_no_decimals(served: Path) -> None:
    for page in ("requests", "review_litigation"):
        for element in opened(page).get("plotly_chart"):
            figure = json.loads(element.proto.spec)
            texts = [text for trace in figure["data"] for text in trace.get("text") or ()]
            assert not [text for text in texts if "." in str(text)]
            axis = figure["layout"].get("xaxis", {})
            assert all(str(text).isdigit() for text in axis.get("ticktext", ()))


@pytest.mark.parametrize("page", ["overview", "publication", "requests", "review_litigation"])
def test_every_figure_is_one_that_plotly_knows(served: Path, page: str) -> None:
    for element in opened(page).get("plotly_chart"):
        graph_objects.Figure(json.loads(element.proto.spec))


@pytest.mark.parametrize(
    "page", ["overview", "publication", "requests", "review_litigation", "compare", "township"]
)
def test_no_chart_is_drawn_twice(served: Path, page: str) -> None:
    # A chart that seeks its own margins, or is taken for changed when it is handed over again, is drawn anew.
    for element in opened(page).get("plotly_chart"):
        layout = json.loads(element.proto.spec)["layout"]
        assert layout["margin"]["autoexpand"] is False
        assert layout["datarevision"]
        assert (layout["hovermode"], layout["dragmode"]) == ("closest", "pan")
        axes = [axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))]
        assert not any(axis.get("automargin") for axis in axes)


def figure_of(app: AppTest, at: int) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[at].proto.spec)
    return figure


def test_a_filing_opens_from_its_address_with_its_findings(served: Path, county: Path) -> None:
    with store.attach(store.published(county).path) as base:  # type: ignore[union-attr]
        query = "select sha256, path from current_reports where findings > 0 order by report_id limit 1"
        sha256, path = base.execute(query).fetchone() or ("", "")
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE)
    app.run()
    app.query_params["filing"] = sha256[:12]
    app.switch_page("../pages/filing.py").run()
    assert path in said(app)
    assert len(app.dataframe[0].value) >= 1


def test_an_unknown_filing_in_the_address_shows_another_and_breaks_nothing(served: Path) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE)
    app.run()
    app.query_params["filing"] = "%_no-such"
    app.switch_page("../pages/filing.py").run()
    assert not app.exception
    assert "公布日期" in said(app)


def test_what_an_address_asks_for_is_told_in_short_and_as_text(served: Path) -> None:
    foul = ["[领奖](http://a.invalid)", "![](http://a.invalid/x.png)", "<script>", "\0" + "长" * 2_000]
    app = opened("findings", governments=[*foul, *(f"第{n}镇" for n in range(900))], township="\0")
    assert not app.exception
    (warning,) = [one.value for one in app.warning]
    assert "不在库中" in warning and len(warning) < 400 and "等" in warning
    assert not re.search(r"(?<!\\)[<>\[\]():!]", warning), "something in it is no text"
    assert all(letter.isprintable() for letter in warning)


def test_without_a_database_the_screen_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(tmp_path))
    app = opened()
    assert app.title[0].value == "还没有任何年报"
    assert app.code[0].value == "python -m etl build"
    assert "No reports yet" in said(opened(lang="English"))


def test_a_database_of_unreadable_files_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filings = tmp_path / "filings"
    filings.mkdir()
    (filings / "坏文件.docx").write_bytes(b"PK\x03\x04 no archive")
    folder = Folder(filings, tmp_path / "governments.csv", tmp_path / "manifest.csv")
    build.build((folder,), tmp_path / "database", tmp_path / "cache.sqlite")
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(tmp_path / "database"))
    app = opened()
    assert app.title[0].value == "还没有任何年报"
    assert "坏文件.docx" in app.dataframe[0].value.to_string()


def test_one_filing_alone_fills_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = next(path for path in sorted((SAMPLE / "filings" / "2023").iterdir()) if path.suffix == ".html")
    filings = tmp_path / "filings"
    filings.mkdir()
    (filings / one.name).write_bytes(one.read_bytes())
    folder = Folder(filings, SAMPLE / "governments.csv", tmp_path / "manifest.csv")
    build.build((folder,), tmp_path / "database", tmp_path / "cache.sqlite")
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(tmp_path / "database"))
    for page in OF_REPORTS:
        app = opened(page)
        assert not app.exception
        assert "2023" in said(app)


def test_a_failure_is_told_in_words_and_kept_from_the_screen(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        from dashboard import nothing

        assert nothing.failed(ValueError("secret particulars"))

    app = AppTest.from_function(script).run()
    assert app.error[0].value == "这一页没有显示出来"
    assert "secret particulars" not in said(app)


def test_what_the_page_shows_and_what_its_file_holds_agree(served: Path) -> None:
    from dashboard import files

    app = opened("requests")
    app.session_state["requests-received.table"] = True
    app.run()
    frame = app.dataframe[0].value
    data = files.csv(files.Sheet("", list(frame.columns), frame.values.tolist()))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows[0][0] == "年度"
    assert [row[0] for row in rows[1:]] == [str(year) for year in range(2019, 2026)]


def test_a_stack_without_a_number_is_a_dash_and_a_zero_is_a_zero() -> None:
    points = [charts.Point("", 2024, "received", 0, ""), charts.Point("", 2025, "received", None, "")]
    figure = charts.by_year([charts.Series("received", "", points)], [2024, 2025], "件", charts.LIGHT)
    assert figure["data"][-1]["text"] == [" 0", "—"]


def test_a_sum_leaves_out_what_is_blank_and_says_how_many_it_added() -> None:
    found = [
        parts.Part("甲镇", 2024, "received", 3, "stated", "", "", ""),
        parts.Part("乙镇", 2024, "received", None, "blank", "", "", ""),
    ]
    (point,) = parts.sums_by_year(found, "received", [2024], "{n} 份年报合计")
    assert (point.value, point.source) == (3, "1 份年报合计")
    assert parts.total(parts.of_year(found, 2023)) is None


def test_the_database_named_in_the_environment_is_the_one_read(served: Path) -> None:
    assert Path(os.environ["OVERSIGHT_DATABASE"]) == served
    from dashboard import db

    first = db.query("counties")
    assert [row["county"] for row in first] == ["栖禾县"]
    assert db.build() == store.published(served).catalogue  # type: ignore[union-attr]


def test_the_copied_report_is_shown_beside_its_source(served: Path) -> None:
    app = opened("copied")
    tables = [frame.value.astype(str).to_string() for frame in app.dataframe]
    assert any("葭洲乡人民政府 2025 年" in table and "霜禾乡人民政府 2025 年" in table for table in tables)
    assert any("【" in table for table in tables), "what differs is not marked"


def test_a_filing_says_how_its_tables_were_read(served: Path) -> None:
    app = opened("filing")
    tabs = [tab.label for tab in app.tabs]
    assert any(label.startswith(load("zh")["filing.leftovers"].split(" ")[0]) for label in tabs)
    rows = db.query("filing_readings", report_id=1)
    assert {row["schedule"] for row in rows} == {"proactive", "requests", "review_litigation"}
    assert all(row["read_by"] in ("order", "grid", "both") and row["cells"] for row in rows)


def test_the_workbook_to_fill_in_is_offered(served: Path) -> None:
    labels = [button.proto.label for button in opened("downloads").get("download_button")]
    assert load("zh")["downloads.form_file"] in labels


def test_a_cell_of_the_table_below_a_chart_leads_to_its_filing(served: Path) -> None:
    chosen = Selection("栖禾县", 2024, 2025, ("霁桥镇人民政府", "葭洲乡人民政府"), True, 14)
    found = measures.cells(chosen, "requests", "requests", ["total"], "line")
    table = tables.by_year(found, ["received"], [2024, 2025], str)
    both = table.origins[1][1]
    assert {part.government for part in both} == set(chosen.governments)
    assert {part.cell for part in both} == {"requests.received.total"}
    received = parts.of_key(found, "received")
    across = tables.across_years(received, chosen.governments, chosen.years, measures.owed(chosen))
    (one,) = across.origins[0][2]
    assert (one.government, one.year) == ("霁桥镇人民政府", 2025)


def test_two_counties_stand_apart_and_each_fills_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filings = tmp_path / "filings"
    for county, year in (("栖禾县", "2023"), ("云岭县", "2024")):
        one = next(path for path in sorted((SAMPLE / "filings" / year).iterdir()) if path.suffix == ".txt")
        (filings / county).mkdir(parents=True)
        text = one.read_text(encoding="utf-8").replace("栖禾县", county)
        (filings / county / one.name).write_text(text, encoding="utf-8")
    rows = "\n".join(f"{county},{name},township" for county, name in two_townships(filings))
    (tmp_path / "governments.csv").write_text(f"county,name,level\n{rows}\n", encoding="utf-8")
    serve(tmp_path, monkeypatch)
    for page in OF_REPORTS:
        app = opened(page, county="云岭县")
        assert not app.exception
        assert "云岭县 · 2024 年 · 1 个乡镇街道" in said(app)


def serve(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dashboard's database of a folder with filings and a register."""
    folder = Folder(office / "filings", office / "governments.csv", office / "manifest.csv")
    build.build((folder,), office / "database", office / "cache.sqlite")
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office / "database"))


def test_a_township_that_was_dissolved_owes_nothing_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year, name in (("2023", "砚坳镇"), ("2024", "杳溪镇")):
        one = next((SAMPLE / "filings" / year).glob(f"{name}*.txt"))
        (tmp_path / "filings").mkdir(exist_ok=True)
        (tmp_path / "filings" / one.name).write_bytes(one.read_bytes())
    (tmp_path / "governments.csv").write_text(
        "county,name,level,since,until\n栖禾县,砚坳镇人民政府,township,,2023\n栖禾县,杳溪镇人民政府,township,,\n",
        encoding="utf-8",
    )
    serve(tmp_path, monkeypatch)
    app = opened("compare", show="requests.received")
    assert "2024 年 1 个乡镇街道中有 1 个写明" in said(app)
    (table,) = [element.value for element in app.dataframe if "2024 年位次" in element.value.columns]
    assert dict(zip(table.iloc[:, 0], table["2024"], strict=True))["砚坳镇"] == "不需报送"
    assert dict(zip(table.iloc[:, 0], table["2023"], strict=True))["杳溪镇"] == "缺年报"
    outcomes = opened("requests")
    assert not outcomes.exception
    assert all("砚坳镇" not in str(json.loads(chart.proto.spec)) for chart in outcomes.get("plotly_chart"))


def two_townships(filings: Path) -> Iterator[tuple[str, str]]:
    """The county and the full name of whoever wrote each of the filings."""
    written = (SAMPLE / "governments.csv").read_text(encoding="utf-8-sig")
    for path in sorted(filings.rglob("*.txt")):
        row = next(row for row in csv.DictReader(StringIO(written)) if row["name"][:3] in path.name)
        yield path.parent.name, row["name"]
