"""The county's return of the sample county: exact against the generator's ledger, read back, written by one command."""

import json
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from extracted import settled
from filings import page
from streamlit.testing.v1 import AppTest

from dashboard import db, findings, labels, returns
from dashboard.selection import Selection
from data.sample import county_report
from etl import decisions, forms, own_row
from etl.paper.statutory_layout import slots
from etl.report import State
from etl.returns import paper, working_paper
from etl.returns.compare import suspects
from etl.returns.papers import papers
from etl.returns.roll_up import roll_up
from etl.returns.unit import Entry, Filing, Unit, cells, schedules
from etl.returns.whole import CountyReturn
from etl.returns.workbook import workbook

pytestmark = pytest.mark.usefixtures("overseen")
ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
COUNTY = "栖禾县"
YEARS = range(2019, 2026)
LEDGER = [json.loads(line) for line in (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def chosen(year: int, *units: str) -> Selection:
    return Selection(COUNTY, year, year, units, True, 14)


def made(year: int, *units: str) -> CountyReturn:
    return returns.of(chosen(year, *units))


def printed(year: int) -> dict[str, dict[str, dict[str, dict[str, Any]]]]:
    """Unit → schedule → line → column, from the generator; of several filings of a unit the last, which corrects."""
    return {filing["government"]: filing["facts"] for filing in LEDGER if filing["year"] == year}


def ledger_sums(year: int) -> dict[tuple[str, str, str], Decimal]:
    """Every number that the generator printed under a key of the newest form, added up."""
    total: dict[tuple[str, str, str], Decimal] = {}
    for tables in printed(year).values():
        for schedule in forms.load()[-1].schedules:
            for line, column in schedule.cells():
                cell = tables.get(schedule.key, {}).get(line, {}).get(column)
                value = cell[0] if isinstance(cell, list) else cell
                if value is not None:
                    key = schedule.key, line, column
                    total[key] = total.get(key, Decimal(0)) + Decimal(value)
    return total


@pytest.mark.parametrize("year", YEARS)
def test_sums_are_those_of_the_generators_ledger(year: int) -> None:
    sums = {cell: one.value for cell, one in made(year).rolled.sums.items() if one.value is not None}
    assert sums == ledger_sums(year)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", ["word", "excel"])
def test_our_own_document_read_back_gives_exactly_the_sums(year: int, kind: str) -> None:
    whole = made(year)
    sums = {cell: one.value for cell, one in whole.rolled.sums.items()}
    report = settled(next(one.make() for one in papers(whole) if one.kind == kind))
    assert {(f.schedule, f.line, f.column): f.value for f in report.facts} == sums
    assert {f.state for f in report.facts} <= {State.STATED, State.BLANK}
    assert (report.government, report.year) == (f"{COUNTY}人民政府", year)
    assert (report.leftovers, report.problems) == ((), ())
    assert set(dict(report.forms).values()) == {"2021"}


def test_sums_of_money_are_read_back_to_the_last_decimal() -> None:
    cell = ("proactive", "fees", "amount_10k_yuan")
    row = own_row.Row(COUNTY, 2025, "办公室", ((cell, Decimal("12345.6789")),), "赵汇总", "")
    rolled = roll_up(COUNTY, 2025, (Unit("办公室", "office", row.filing),))
    for data in (paper.word(rolled, (), False), workbook(rolled, False)):
        values = {(f.schedule, f.line, f.column): f.value for f in settled(data).facts}
        assert values[cell] == Decimal("12345.6789")
        assert sum(value is not None for value in values.values()) == 1


def test_prose_is_left_to_be_written_and_drafts_carry_their_sources() -> None:
    whole = made(2024)
    text = [one.text for one in Document(BytesIO(paper.word(whole.rolled, whole.drafts, True))).paragraphs]
    assert text[0].startswith("【示例（虚构）】")
    assert "（文字描述）" in text
    (website,) = [line for line in text if "通过政府网站公开信息" in line]
    stated = [
        Decimal(value)
        for filing in {one["government"]: one for one in LEDGER if one["year"] == 2024}.values()
        for metric, value, _ in filing["metrics"]
        if metric == "website_items"
    ]
    assert f"公开信息{sum(stated)}条（据{len(stated)}个单位年报正文相加" in website


def test_cells_in_doubt_are_marked_and_the_note_says_how_many() -> None:
    whole = made(2022)
    drawn = Document(BytesIO(paper.word(whole.rolled, whole.drafts, True)))
    marked = {cell for cell, one in whole.rolled.sums.items() if one.doubts and one.value is not None}
    starred = [
        cell.text
        for table in drawn.tables
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values()
        if cell.text.endswith("*")
    ]
    assert len(starred) == len(marked) > 0
    assert any("未报送的有筠坪乡人民政府，本表数字是下限" in one.text for one in drawn.paragraphs)


def test_properties_stand_in_the_order_of_words_schema() -> None:
    """Word calls a document damaged whose properties stand in another order; LibreOffice takes any."""
    orders = {
        "tcPr": ("tcW", "gridSpan", "vMerge", "shd", "vAlign"),
        "tblPr": ("tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"),
    }
    whole = made(2022)
    for data in (paper.word(whole.rolled, whole.drafts, True), working_paper.word(whole)):
        for element in Document(BytesIO(data)).element.body.iter():
            name = str(element.tag).rpartition("}")[2]
            if name in orders:
                found = [orders[name].index(str(child.tag).rpartition("}")[2]) for child in element]
                assert found == sorted(found)


def test_numbers_of_the_workbook_are_numbers() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(made(2025).rolled, True)))
    assert book.sheetnames == ["封面", "表二", "表三", "表四"]
    assert isinstance(book["表三"]["D5"].value, int)
    assert "A2:C4" in {str(merged) for merged in book["表三"].merged_cells.ranges}


def test_the_working_paper_lists_every_units_figures() -> None:
    whole = made(2024)
    rows = list(working_paper.long_rows(whole.rolled))
    assert len(rows) == 14 * 200
    added = sum(
        row[4]
        for row in rows
        if row[:4] == ("葭洲乡人民政府", "表二", "行政许可", "本年处理决定数量") and row[4]
    )
    assert added == Decimal(printed(2024)["葭洲乡人民政府"]["proactive"]["licensing"]["decisions"])
    text = "\n".join(one.text for one in Document(BytesIO(working_paper.word(whole))).paragraphs)
    assert "应计入14个单位，已计入14个" in text and "与已报的县级年报有4格不同" in text


def test_the_county_report_is_no_unit_and_is_owed_by_nobody() -> None:
    whole = made(2024)
    assert county_report.GOVERNMENT not in {unit.name for unit in whole.rolled.units}
    assert len(whole.rolled.units) == 14
    owed = {row["government"] for row in db.query("submissions", **chosen(2024).parameters())}
    assert county_report.GOVERNMENT not in owed


def test_the_planted_difference_is_found_and_traced_to_its_unit() -> None:
    found = {one.cell: one for one in made(2024).differences}
    planted = found.pop(county_report.AT)
    assert planted.summed == county_report.sums()[county_report.AT]
    assert [(reason.unit, reason.kind) for reason in planted.reasons] == [("芷陌街道办事处", "left-out")]
    # The other differences are what one unit left blank and the county has asked for.
    assert {one.reasons[0].unit for one in found.values()} == {"椴坡乡人民政府"}
    assert suspects(tuple(found.values()))[0][0].kind == "lacking"


def test_last_years_county_report_is_held_against_what_is_carried_in() -> None:
    carried = made(2025).carried
    assert all(one.agrees and one.filed == one.summed for one in carried)
    off = {one.column: [each.unit for each in one.breaks] for one in made(2023).carried if not one.agrees}
    assert off["total"] == ["霁桥镇人民政府"]


def test_a_decision_settles_a_doubt() -> None:
    before = made(2021)
    wrong = [one for one in findings.of(chosen(2021)) if one.row["kind"] == "arithmetic"]
    decisions.record([one.subject for one in wrong], "accepted", "赵核对", "台账属实")
    after = made(2021)
    assert len(after.rolled.doubts) < len(before.rolled.doubts)
    assert {cell: one.value for cell, one in after.rolled.sums.items()} == {
        cell: one.value for cell, one in before.rolled.sums.items()
    }


def test_chosen_units_alone_are_added() -> None:
    whole = made(2025, "霁桥镇人民政府", "蓼湾镇人民政府")
    ours = [printed(2025)[unit.name]["requests"]["received"]["total"] for unit in whole.rolled.units]
    assert whole.rolled.sums["requests", "received", "total"].value == sum(
        Decimal(one[0] if isinstance(one, list) else one) for one in ours
    )


def test_the_offices_own_row_counts_as_a_unit_until_it_is_taken_back() -> None:
    cell = ("requests", "received", "total")
    before = made(2020).rolled.sums[cell].value
    own_row.record(COUNTY, 2020, "县政府办公室", {cell: Decimal(3)}, "赵汇总")
    whole = made(2020)
    assert before is not None and whole.rolled.sums[cell].value == before + 3
    assert whole.by_hand.startswith("县政府办公室（赵汇总，")
    assert {doubt.kind for doubt in whole.rolled.doubts if doubt.unit == "县政府办公室"} == {"blank"}
    own_row.record(COUNTY, 2020, "县政府办公室", {}, "赵汇总")
    assert made(2020).rolled.sums[cell].value == before


def test_a_row_entered_by_hand_is_held_against_the_identities() -> None:
    kinds = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other")
    figures = {("requests", "received", kind): Decimal(1) for kind in kinds}
    own_row.record(
        COUNTY, 2019, "县政府办公室", figures | {("requests", "received", "total"): Decimal(7)}, "赵汇总"
    )
    doubts = [one for one in made(2019).rolled.doubts if one.unit == "县政府办公室" and one.kind == "error"]
    assert [(one.where, one.detail) for one in doubts] == [
        (("requests", "received", "total"), "requests-row-total")
    ]
    own_row.record(COUNTY, 2019, "县政府办公室", {}, "赵汇总")


def test_a_filing_goes_before_a_row_entered_by_hand() -> None:
    own_row.record(
        COUNTY, 2019, "霁桥镇人民政府", {("requests", "received", "total"): Decimal(999)}, "赵汇总"
    )
    assert made(2019).by_hand == ""
    assert len(made(2019).rolled.units) == 14
    assert [unit.name for unit in made(2019, "蓼湾镇人民政府").rolled.units] == ["蓼湾镇人民政府"]


@pytest.mark.parametrize(
    ("unit", "figures", "who", "wrong"),
    [
        ("", {}, "赵汇总", "unit"),
        ("办公室", {}, " ", "who"),
        ("办公室", {("requests", "received", "total"): Decimal("1.5")}, "赵汇总", "requests.received.total"),
        ("办公室", {("requests", "received", "total"): Decimal(-1)}, "赵汇总", "requests.received.total"),
    ],
)
def test_a_row_without_unit_name_or_whole_numbers_is_not_kept(
    unit: str, figures: dict[Any, Decimal], who: str, wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong):
        own_row.record(COUNTY, 2018, unit, figures, who)
    assert own_row.of(COUNTY, 2018) is None


def command(*arguments: object, database: Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "etl", "return", *map(str, arguments), "--database", str(database)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_one_command_goes_from_a_folder_of_filings_to_the_return_and_the_letters(
    tmp_path: Path, sample_database: Path
) -> None:
    where = "--reports", SAMPLE / "filings" / "2025", "--register", SAMPLE / "governments.csv"
    done = command("--county", COUNTY, "--year", 2025, "--out", tmp_path, *where, database=sample_database)
    assert (done.returncode, done.stderr) == (0, "")
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert "【示例（虚构）】栖禾县2025年政府信息公开工作年度报告.docx" in names
    assert sum(name.startswith("退回修改通知/") for name in names) == 3
    assert "应计入 14 个单位，已计入 14 个" in done.stdout and "退回修改通知 3 份" in done.stdout
    report = settled((tmp_path / "【示例（虚构）】栖禾县2025年政府信息公开工作年度报告.docx").read_bytes())
    assert {(f.schedule, f.line, f.column): f.value for f in report.facts} == ledger_sums(2025)


def test_a_messy_folder_gives_what_can_be_added_and_names_the_rest(
    tmp_path: Path, sample_database: Path
) -> None:
    root = tmp_path / "reports"
    root.mkdir()
    received = {("requests", "received", "total"): "3", ("requests", "carried_out", "total"): "3"}
    old = {("requests", "otherwise_closed", "total"): "2", ("requests", "received", "total"): "5"}
    (root / "白石镇.html").write_text(page("云岭县白石镇人民政府", 2023, received), encoding="utf-8")
    (root / "黑石乡.html").write_text(page("云岭县黑石乡人民政府", 2023, old, form="2019"), encoding="utf-8")
    (root / "民政局.html").write_text(page("云岭县民政局", 2023, {}), encoding="utf-8")
    (root / "坏.docx").write_bytes(b"PK\x03\x04")
    register = [
        "白石镇人民政府,township",
        "黑石乡人民政府,township",
        "红石乡人民政府,township",
        "民政局,department",
    ]
    rows = ["county,name,level", *(f"云岭县,{line}" for line in register)]
    (root / "governments.csv").write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "out"
    done = command(
        "--county", "云岭县", "--year", 2023, "--out", out, "--reports", root, database=sample_database
    )
    assert done.returncode == 0 and "坏.docx：" in done.stderr
    assert "应计入 4 个单位，已计入 3 个" in done.stdout and "未报送：红石乡人民政府" in done.stdout
    report = settled((out / "云岭县2023年政府信息公开工作年度报告.docx").read_bytes())
    values = {(f.schedule, f.line, f.column): f.value for f in report.facts}
    assert values["requests", "received", "total"] == 8
    assert values["requests", "uncorrected", "total"] == 0
    assert values["proactive", "fees", "amount_10k_yuan"] == 0
    text = "\n".join(
        cell.text
        for table in Document(str(out / "云岭县2023年年报汇总底稿.docx")).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "旧表样只有合计2件，分不到1至3行" in text and "旧表样的口径不同，不能相加" in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--county", "某县", "--year", 2025), "没有“某县”的年报；现有：栖禾县"),
        (("--county", COUNTY, "--year", 2018), "没有栖禾县2018年的年报；现有年度：2019、"),
        (("--county", COUNTY, "--year", 2025, "--units", "某镇"), "没有这些单位：某镇"),
        (("--county", COUNTY, "--year", 2025, "--reports", "nowhere"), "找不到文件夹 nowhere"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    arguments: tuple[object, ...], sentence: str, tmp_path: Path, sample_database: Path
) -> None:
    done = command(*arguments, "--out", tmp_path / "out", database=sample_database)
    assert done.returncode == 2 and sentence in done.stderr
    assert not (tmp_path / "out").exists()


def opened(**address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("../pages/county_return.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.text, *app.subheader, *app.caption))


def test_the_page_says_coverage_and_doubts_before_the_sums() -> None:
    app = opened(years=["2022", "2022"])
    assert "应计入 14 个单位，已计入 13 个" in app.text[1].value
    assert "未报送：筠坪乡人民政府" in app.text[1].value and "下限" in app.text[1].value


def test_the_units_behind_a_cell_add_up_to_it() -> None:
    app = opened(years=["2025", "2025"])
    app.selectbox(key="return.cell.requests").set_value(("requests", "received", "total")).run()
    (behind,) = [
        table.value
        for table in app.dataframe
        if "2024 年" in table.value.columns and "单位" in table.value.columns
    ]
    total = ledger_sums(2025)["requests", "received", "total"]
    assert sum(map(int, behind["2025 年"])) == total
    assert f"合计 {total}：由 14 个单位中 14 个单位的数字相加" in said(app)


def test_that_the_offices_own_row_is_kept_stays_said_until_it_is_another() -> None:
    kept, figures = "已保存", {("requests", "received", "natural_person"): Decimal(3)}
    own_row.record(COUNTY, 2021, "县政府办公室", figures, "赵汇总")
    app = opened(years=["2021", "2021"])
    app.session_state["own.enter"] = True
    app.run()
    app.text_input(key="who").set_value("赵汇总").run()
    app.button(key="own.keep").click().run()
    assert [one.value for one in app.success if kept in one.value]
    assert own_row.of(COUNTY, 2021) is not None
    app.run()
    assert [one.value for one in app.success if kept in one.value]
    own_row.record(COUNTY, 2021, "县政府办公室", {}, "钱核对")
    assert not app.run().success


def test_the_page_compares_with_the_county_report_and_names_the_unit() -> None:
    app = opened(years=["2024", "2024"])
    assert "与已报的县级年报有 4 格不同" in said(app)
    assert "县级年报另有来源" in said(app)


@pytest.mark.parametrize("year", ["2019", "2024"])
def test_the_page_speaks_english_too(year: str) -> None:
    app = opened(years=[year, year], lang="English")
    assert app.title[0].value == "County return"
    assert "14 of 14 units are counted" in said(app)


def test_the_statutory_tables_are_in_english_on_english_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "language", lambda: "en")
    printed = [
        labels.printed(schedule.key, slot)
        for schedule in schedules()
        for slot in slots(schedule)
        if not slot.cell
    ]
    assert {"3. Outcome of the year", "(2) In part (divided requests count here alone)"} <= set(printed)
    assert all(words.strip() and words.isascii() for words in printed)
    monkeypatch.setattr(labels, "language", lambda: "zh")
    assert all(labels.printed(one.key, slot) == slot.text for one in schedules() for slot in slots(one))


def test_a_number_that_a_person_read_is_marked_in_the_working_paper() -> None:
    filing = Filing(
        {"requests": "2021"}, {("requests", "received", "total"): Entry(Decimal(3), by_person=True)}
    )
    rolled = roll_up("某县", 2024, (Unit("甲乡", "township", filing),))
    figures = [row for _, _, rows in working_paper.tables(rolled) for row in rows if row[0] == "甲乡"]
    assert "3†" in {cell for row in figures for cell in row}
    states = {row[5] for row in working_paper.long_rows(rolled) if row[4] is not None}
    assert states == {"已填（人工认定）"}


def test_every_cell_of_the_return_is_summed() -> None:
    assert len(list(cells())) == 200
