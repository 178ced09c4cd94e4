"""The pages of oversight over the sample county: who filed when, what is wrong, what was decided."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import db, findings, fitting, letters
from dashboard.selection import Selection
from etl import decisions

pytestmark = pytest.mark.usefixtures("overseen")
ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
PATIENCE = 60


def opened(page: str, **address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=PATIENCE)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.text, *app.header, *app.subheader, *app.caption))


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


def table_of(app: AppTest) -> list[dict[Any, Any]]:
    rows: list[dict[Any, Any]] = app.dataframe[0].value.to_dict("records")
    return [
        {
            head: cell.replace(fitting.BREAK, "") if isinstance(cell, str) else cell
            for head, cell in row.items()
        }
        for row in rows
    ]


def decide(app: AppTest, verdict: str, note: str, who: str = "赵核对", at: int = 0) -> AppTest:
    """Fill in the form for the finding at a place of the list and press the button."""
    app.text_input(key="who").set_value(who)
    which = app.multiselect(key="deciding")
    which.set_value([which.options[at]])
    app.run()
    app.radio(key="verdict").set_value(verdict)
    app.text_area(key="note").set_value(note)
    app.button(key="record").click()
    app.run()
    assert not app.exception
    return app


def test_findings_are_counted_by_severity_in_words() -> None:
    app = opened("findings", years=["2021", "2021"])
    rows = table_of(app)
    assert f"查出 {len(rows)} 处问题" in said(app)
    assert {row["程度"] for row in rows} == {"差错", "疑问", "提示"}


def test_a_finding_shows_printed_expected_likeliest_cell_and_basis() -> None:
    rows = table_of(opened("findings", years=["2021", "2021"]))
    (row,) = [row for row in rows if row["问题"].startswith("第一项（本年新收）")]
    assert (row["乡镇街道"], row["填报"], row["应为"]) == ("霁桥镇", "2", "1")
    assert row["最可能有误"].endswith("印作 29，应为 28")
    assert row["依据"].startswith("国办公开办函〔2021〕30号")


def test_where_several_changes_would_do_the_page_says_so() -> None:
    rows = table_of(opened("findings", years=["2024", "2024"]))
    tied = [row["最可能有误"] for row in rows if "分不出哪一种" in row["最可能有误"]]
    assert any(words.startswith("有 5 种同样小的改法") for words in tied)


def test_filters_leave_what_was_asked_for() -> None:
    app = opened("findings")
    everything = len(table_of(app))
    app.multiselect(key="severity").set_value(["error"])
    app.run()
    rows = table_of(app)
    assert {row["程度"] for row in rows} == {"差错"}
    assert 0 < len(rows) < everything
    assert f"按筛选列出 {len(rows)} 处" in said(app)


def test_an_acceptance_without_a_reason_is_not_recorded() -> None:
    app = decide(opened("findings", years=["2020", "2020"]), "accepted", " ")
    assert app.error[0].value == "认可须写明理由。"
    assert "还没有人作过决定" in said(app)


def test_a_decision_is_recorded_shown_and_stands_in_the_trail() -> None:
    app = decide(opened("findings", years=["2020", "2020"]), "accepted", "已与台账核对")
    assert app.success[0].value == "已记下 1 处的决定。"
    (row,) = [row for row in table_of(app) if row["处理"].startswith("已认可 赵核对")]
    assert "已与台账核对" in row["处理"]
    assert "共 1 条，按先后排列" in said(app)


def test_who_decides_on_what_another_has_decided_meanwhile_is_told_and_nothing_is_recorded() -> None:
    slower, faster = (opened("findings", years=["2023", "2023"]) for _ in range(2))
    for app in (slower, faster):
        app.text_input(key="who").set_value("钱一" if app is slower else "孙二")
        which = app.multiselect(key="deciding")
        which.set_value([which.options[0]])
        app.run()
    faster.radio(key="verdict").set_value("returned")
    faster.button(key="record").click().run()
    assert faster.success[0].value == "已记下 1 处的决定。"
    # Writing the reason draws the page anew, with what the other has decided in the list; what was chosen was chosen before.
    slower.radio(key="verdict").set_value("accepted").run()
    slower.text_area(key="note").set_value("已核对").run()
    slower.button(key="record").click().run()
    assert "别人刚刚已对其中的问题作了决定" in slower.warning[0].value
    assert {made.who for made in decisions.trail() if made.subject.year == 2023} == {"孙二"}
    # Now that it has been seen, it can be decided otherwise.
    again = decide(slower, "opened", "", "钱一")
    assert again.success[0].value == "已记下 1 处的决定。"


def test_letters_are_offered_to_every_township_with_something_to_mend() -> None:
    app = opened("findings")
    assert "2025 年有 3 个乡镇街道的 5 处差错和疑问" in said(app)
    assert "请先填写经办人。" in said(app)
    app.text_input(key="who").set_value("赵核对")
    app.run()
    assert "下载即记为“已退回”" in said(app)


def test_the_pages_speak_english_too() -> None:
    app = opened("findings", lang="English")
    assert app.title[0].value == "Findings"
    assert "findings in" in said(app)
    assert opened("submissions", lang="English").title[0].value == "Submissions"


def test_a_letter_names_places_in_the_words_of_the_form_and_leaves_hints_out() -> None:
    chosen = Selection("栖禾县", 2025, 2025, (), True, 14)
    due = [found for found in findings.of(chosen) if found.row["severity"] != "hint"]
    written = letters.write(due, "栖禾县人民政府办公室", date(2026, 3, 2), date(2026, 3, 12), sample=True)
    by_government = {letter.government: letter for letter in written}
    assert len(by_government) == 3
    item = by_government["霁桥镇人民政府"].items[0]
    assert item.place == "表三“结转下年度继续办理”（自然人）"
    assert (item.printed, item.expected) == ("1", "2")
    assert item.likely == "最可能有误：表三“结转下年度继续办理”（自然人），印作 1，应为 2"


def test_the_circular_says_of_each_township_when_it_filed_and_what_it_has_to_mend() -> None:
    chosen = Selection("栖禾县", 2025, 2025, (), True, 14)
    owed = db.query("submissions", **chosen.parameters())
    written = letters.circular(chosen, owed, findings.of(chosen), "栖禾县人民政府办公室", date(2026, 3, 2))
    units = {unit.government: unit for unit in written.units}
    assert len(units) == 14
    assert (units["椴坡乡人民政府"].state, units["椴坡乡人民政府"].days) == ("late", 24)
    assert (units["霁桥镇人民政府"].errors, units["霁桥镇人民政府"].doubts) == (2, 0)
    assert sum(kind.findings for kind in written.kinds) == 5
    assert {unit.government for unit in written.units if unit.good}.isdisjoint(
        {"椴坡乡人民政府", "霁桥镇人民政府", "苇渡镇人民政府", "望禾街道办事处"}
    )


def test_the_share_of_copied_text_is_no_printed_number() -> None:
    chosen = Selection("栖禾县", 2020, 2020, (), True, 14)
    copied = [found for found in findings.of(chosen) if found.row["check_id"] == "copied-from-last-year"]
    assert [found.printed for found in copied] == ["100%"]
    (letter,) = letters.write(copied, "县政府办公室", date(2021, 3, 2), date(2021, 3, 12), sample=True)
    assert letter.items[0].printed == ""
