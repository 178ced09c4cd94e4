"""The page that says how a number gets here; what it counts comes from the reports alone."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects
from streamlit.testing.v1 import AppTest

from dashboard import charts, db, fitting
from etl import checks, forms

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def served(sample_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample county as the dashboard's database."""
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(sample_database))


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page("../pages/method.py").run()


def table_with(app: AppTest, column: str) -> Any:
    return next(element.value for element in app.dataframe if column in element.value.columns)


def test_every_rule_stands_there_with_its_basis() -> None:
    app = opened()
    assert not app.exception
    shown = table_with(app, "依据")
    rules, bases = ({one.replace(fitting.BREAK, "") for one in shown[head]} for head in ("规则", "依据"))
    assert rules >= {check.message_zh for check in checks.CHECKS}
    assert bases >= {check.basis for check in checks.CHECKS}


def test_every_generation_of_the_form_names_its_notice() -> None:
    shown = table_with(opened(lang="English"), "Ordered by")
    assert list(shown["Ordered by"]) == [form.notice for form in forms.load()]


def test_the_coverage_is_drawn_and_a_missing_report_is_an_empty_square() -> None:
    (chart,) = opened().get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    graph_objects.Figure(figure)
    missing = next(trace for trace in figure["data"] if trace["name"] == "缺年报")
    assert sorted(zip(missing["y"], missing["x"], strict=True)) == [("椴坡乡", 2020), ("筠坪乡", 2022)]


def test_a_filing_that_mixes_two_forms_is_told_apart() -> None:
    chosen = {"county": "栖禾县", "first": 0, "last": 9999, "governments": ()}
    used = {(row["government"], row["year"]): row["generation"] for row in db.query("coverage", **chosen)}
    forms_used = {(row["government"], row["year"]): row for row in db.query("forms_used", **chosen)}
    mixed = {at for at, row in forms_used.items() if row["form"] != row["form_requests"]}
    assert mixed
    assert {at for at, generation in used.items() if generation == "mixed"} == mixed


def test_what_fits_is_left_alone_and_what_does_not_is_broken_over_lines() -> None:
    heads = ["甲", "乙"]
    assert fitting.fit(heads, [("短", "短")], 300) == ({}, None)
    widths, height = fitting.fit(heads, [("短", "很长的一句话" * 10)], 300)
    assert widths["甲"] < widths["乙"]
    assert sum(widths.values()) <= 300
    assert height is not None
    assert height > fitting.ROW


def test_a_row_is_as_high_as_its_lines_up_to_the_most() -> None:
    heads = ["甲", "乙"]
    heights = [fitting.fit(heads, [("短", "一二三四五六七八" * n)], 200, most_lines=5)[1] for n in (2, 5, 50)]
    assert None not in heights
    assert heights == sorted(set(heights), key=lambda high: high or 0)


def test_no_text_is_cut_off_in_a_narrow_window_where_the_column_may_still_be_wider() -> None:
    heads = ["乡镇街道", "年度", "程度", "处理", "位置", "问题", "依据"]
    rule = "第一项（本年新收）加第二项（上年结转）之和，应等于第三项总计加第四项（结转下年度）之和"
    rows = [("望禾街道", 2025, "差错", "未处理", "结转下年度继续办理 · 自然人", rule, "附件表三所印勾稽关系")]
    widths, height = fitting.fit(heads, rows, 600)
    assert height == fitting.ROW + 19 * 3
    assert 4 * (widths["问题"] - 18) >= charts.width(rule, 13.2)


def test_rows_are_no_higher_where_only_heads_are_wider_than_their_columns() -> None:
    widths, height = fitting.fit(["本年新收政府信息公开申请数量", "结转下年度继续办理"], [(5, 3)], 200)
    assert widths and height is None


@pytest.mark.parametrize(
    "text",
    [
        "国办公开办函〔2021〕30号附件表三所印勾稽关系",
        "2025/栖禾县稔桥镇2025年度政府信息公开工作年度报告.docx",
        "共发布政府信息【269】条，其中通过政府网站发布【95】条、通过微信公众号发布【174】条（含转发），没有发生应公开未公开的情形。",
    ],
)
@pytest.mark.parametrize(("letter", "more"), [(12.8, 0), (13, 0), (13.2, 0), (12.8, 10)])
def test_no_line_in_a_table_ends_or_begins_where_chinese_or_a_word_must_not(
    text: str, letter: float, more: int
) -> None:
    """However many pixels the browser takes for a letter, and gives to the last column."""
    for width in range(120, 600, 13):
        broken = fitting.broken(text, width)
        assert broken.replace(fitting.BREAK, "") == text
        lines = on_the_canvas(broken, width - 18 + more, letter)
        for line, following in pairwise(lines):
            assert line[-1] not in "（【〔" and following[0] not in "，、。）】〕.", (
                f"{lines} at {width} pixels"
            )
            assert not (line[-1] + following[0]).isascii(), f"{lines} at {width} pixels"


def on_the_canvas(text: str, room: int, letter: float) -> list[str]:
    """The lines that the browser makes of a table's text, which knows of no place to end one but a space."""
    text = text.replace("\n", " ")
    lines = []
    while taking(text, letter) > room:
        full = max(n for n in range(1, len(text)) if taking(text[:n], letter) <= room)
        space = text.rfind(" ", 0, full + 1)
        end = space if space > 0 else full
        lines.append(text[:end].removesuffix("\u2060"))
        text = text[end:].lstrip()
    return [*lines, text]


def test_words_parted_by_a_space_are_parted_by_nothing_else() -> None:
    text = "The total of a line must equal the sum of the six kinds of applicants"
    for width in range(120, 600, 13):
        assert fitting.broken(text, width) == text


def taking(text: str, letter: float) -> int:
    return charts.width(text.replace("\u2060", ""), letter)


def test_a_column_is_as_wide_as_what_stands_further_down() -> None:
    rows = [*[("短", "1")] * 7, ("短", "not on form")]
    widths, height = fitting.fit(["甲", "乙"], rows, 600)
    assert height is None
    assert set(widths) == {"乙"}


def test_no_column_is_narrower_than_its_longest_word() -> None:
    heads = ["Place", "Finding", "Printed"]
    rows = [("Reconsideration · Other result", "Cases must be whole numbers, not below zero", "-1")]
    widths, height = fitting.fit(heads, rows, 300)
    assert height is not None
    assert widths["Place"] >= charts.width("Reconsideration", 13.2)


def test_a_column_with_a_few_long_texts_among_dashes_has_room_for_them() -> None:
    rows = [("镇", "—"), ("镇", "2025/某镇2025年年报.docx"), *[("镇", "—")] * 8]
    widths, height = fitting.fit(["甲", "乙"], rows, 900)
    assert height is None
    assert widths["乙"] >= charts.width("2025/某镇2025年年报.docx", 13.2)
