"""The statistical table of 2014 to 2018: read line by line, in every shape, and never mixed with the later tables."""

from decimal import Decimal
from pathlib import Path

import pytest
from extracted import extracted
from filings import page
from test_build import Office

from etl import forms, show
from etl.forms import STATISTICS, Item
from etl.report import Report, State

HEADS = ("统计指标", "单位", "统计数")
TITLE = "云岭县白石镇人民政府2016年政府信息公开工作年度报告"
PROSE = [
    "一、概述",
    "2016年通过县政府门户网站发布信息12条。",
    "二、存在的问题",
    "更新不够及时。",
    "三、改进措施",
    "加强培训。",
]


def printed_lines() -> list[tuple[Item, str]]:
    """Every line of the form as the notice prints it, numbered and inset."""
    (block,) = forms.form("2014").schedule(STATISTICS).blocks
    inset = {"normative_documents_disclosed", "press_conferences_by_heads", "refused_state_secret"}
    found = []

    def walk(items: tuple[Item, ...], depth: int) -> None:
        for number, item in enumerate(items):
            mark = (
                "一二三四五六七八九"[number % 9] + "、",
                f"（{number + 1}）",
                "1.",
            )[depth]
            mark = "　　其中：" if item.key in inset else mark
            found.append((item, mark + item.label + item.note))
            walk(item.parts, depth + 1)

    walk(block.lines, 0)
    return found


def values(figures: dict[str, str]) -> list[tuple[str, str, str]]:
    """Label, unit and count of each line; a different number in each but for `figures`."""
    return [
        (label, item.unit or "——", "" if item.parts else figures.get(item.key, str(number)))
        for number, (item, label) in enumerate(printed_lines(), 1)
    ]


def due() -> list[tuple[str, Decimal]]:
    return [(item.key, Decimal(at)) for at, (item, _) in enumerate(printed_lines(), 1) if not item.parts]


def web(figures: dict[str, str] | None = None, extra: str = "", title: str = TITLE) -> str:
    rows = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in [HEADS, *values(figures or {})]
    )
    prose = "".join(f"<p>{line}</p>" for line in PROSE)
    return f"<html><body><p>{title}</p>{prose}<p>政府信息公开情况统计表</p><table>{rows}{extra}</table></body></html>"


def text(join: str) -> str:
    rows = (join.join(filter(None, row)) for row in [HEADS, *values({})])
    return "\n".join([TITLE, *PROSE, "政府信息公开情况统计表", *rows])


def read(content: str) -> Report:
    return extracted(content.encode())


@pytest.mark.parametrize(
    "content",
    [web(), text("\n"), text("\t"), text(" "), text(" | ")],
    ids=["web page", "a cell a line", "tabs", "blanks", "pipes"],
)
def test_every_line_is_read_from_every_shape(content: str) -> None:
    report = read(content)
    assert [(fact.line, fact.value) for fact in report.facts] == due()
    assert (report.government, report.year, report.form) == ("白石镇人民政府", 2016, "2014")
    assert (report.forms, report.leftovers, report.problems) == (((STATISTICS, "2014"),), (), ())


def test_lines_of_the_same_name_are_told_apart_by_their_place() -> None:
    report = read(web({"reconsiderations_corrected": "3", "suits_corrected": "5", "suits_other": "7"}))
    counts = {fact.line: fact.value for fact in report.facts}
    assert (counts["reconsiderations_corrected"], counts["suits_corrected"], counts["suits_other"]) == (
        3,
        5,
        7,
    )


def test_blanks_dashes_and_money_keep_their_state() -> None:
    report = read(web({"weibo_items": "", "wechat_items": "/", "budget": "1.5", "staff": "二 三"}))
    facts = {fact.line: (fact.value, fact.state) for fact in report.facts}
    assert facts["weibo_items"] == (None, State.BLANK)
    assert facts["wechat_items"] == (None, State.DASHED)
    assert facts["budget"] == (Decimal("1.5"), State.STATED)
    assert facts["staff"] == (None, State.ILLEGIBLE)


def test_a_table_with_several_counts_a_line_is_not_guessed_at() -> None:
    page = web().replace("</td></tr>", "</td><td>4</td></tr>")
    assert {fact.state for fact in read(page).facts} == {State.ILLEGIBLE}


def test_a_line_that_the_form_does_not_have_is_left_over() -> None:
    report = read(web(extra="<tr><td>（四）其他培训数</td><td>次</td><td>8</td></tr>"))
    assert [(left.text, left.reason) for left in report.leftovers] == [
        ("（四）其他培训数 次 8", "unknown-label")
    ]


def test_a_line_that_is_missing_is_a_problem() -> None:
    page = web().replace("传真申请数", "电话申请数")
    report = read(page)
    assert [(problem.kind, problem.detail) for problem in report.problems] == [
        ("line-not-found", "没有找到政府信息公开情况统计表“传真申请数”")
    ]


def test_the_prose_beside_the_table_is_read_and_the_table_is_no_prose() -> None:
    report = read(web())
    assert {(metric.metric, metric.value) for metric in report.metrics} == {("website_items", Decimal(12))}
    assert [section.number for section in report.sections if section.number] == ["一", "二", "三"]


def test_a_report_in_prose_only_is_read_and_before_2014_no_table_is_due() -> None:
    for year, missing in ((2012, []), (2016, ["没有找到表格：政府信息公开情况统计表"])):
        lines = [f"云岭县白石镇人民政府{year}年政府信息公开工作年度报告", *PROSE]
        report = read("\n".join(lines).replace("2016", str(year)))
        assert (report.year, report.form, report.facts) == (year, None, ())
        assert [problem.detail for problem in report.problems if problem.kind == "table-not-found"] == missing
        assert [metric.metric for metric in report.metrics] == ["website_items"]


def test_the_later_forms_have_nothing_of_the_old_table() -> None:
    assert {fact.schedule for fact in read(page()).facts} == {"proactive", "requests", "review_litigation"}


def test_the_database_keeps_the_old_table_apart(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.put("2016/白石镇.html", web({"weibo_items": ""}))
    office.build()
    assert office.ask("select form, form_requests from reports") == [("2014", None)]
    assert office.ask("select count(*), count(count) from statistics_2014") == [(len(due()), len(due()) - 1)]
    query = "select line, value, state from facts where schedule = 'statistics_2014' and state <> 'stated'"
    assert office.ask(query) == [("weibo_items", None, "blank")]
    assert office.ask("select schedule, read_by, cells, blank from readings") == [
        (STATISTICS, "order", len(due()), 1)
    ]
    assert office.ask("select count(*) from proactive") == [(0,)]


def test_show_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    show.readable(Path("白石镇.html"), read(web()), (), sys.stdout)
    printed = capsys.readouterr().out
    assert "政府信息公开情况统计表" in printed
    assert "当面申请数" in printed
