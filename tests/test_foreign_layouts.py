"""Layouts that other programs and other offices give the statutory tables."""

import re
from collections.abc import Callable

import pytest
from extracted import settled
from test_extract import Cells, Rows, Tables, figures, only, page, stated, tables, text

from etl import forms
from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.paper.statutory_layout import Slot, slots
from etl.report import State
from etl.tables.tokens import section_heading

OTHERWISE = ("uncorrected", "unpaid", "other_reason")
GROUP = "（六）其他处理"


def with_group(values: list[str]) -> Rows:
    """Table 3 in which the group 其他处理 stands above its lines in a row of its own, with these values."""
    shown = tables(figures())[1]
    at = next(number for number, row in enumerate(shown) if row[0].startswith("申请人无正当理由"))
    return [*shown[:at], [GROUP, *values], *shown[at:]]


def test_sums_beside_a_group_whose_lines_have_numbers_are_no_cells_of_the_form() -> None:
    cells = figures()
    for data in (
        page(only(lambda _: with_group(["777"] * 7), 1, tables(cells))),
        text(only(lambda _: with_group(["777"] * 7), 1, tables(cells)), "\t".join),
    ):
        report = settled(data)
        assert stated(report) == cells
        assert dict(report.forms)[REQUESTS] == "2021"
        assert any("777" in leftover.text for leftover in report.leftovers)


def test_dashes_beside_a_group_whose_lines_have_numbers_are_no_empty_cells() -> None:
    cells = figures()
    report = settled(page(only(lambda _: with_group(["/"] * 7), 1, tables(cells))))
    assert stated(report) == cells
    assert {fact.state for fact in report.facts} == {State.STATED}


def test_numbers_beside_a_group_whose_lines_are_blank_are_the_groups_own() -> None:
    cells = figures() | {(REQUESTS, line, key): "" for line in OTHERWISE for key in APPLICANTS}
    shown = tables(cells)[1]
    at = next(number for number, row in enumerate(shown) if row[0].startswith("申请人无正当理由"))
    shown = [*shown[:at], [GROUP, *map(str, range(900, 907))], *shown[at:]]
    report = settled(page(only(lambda _: shown, 1, tables(cells))))
    assert stated(report)[REQUESTS, "otherwise_closed", "total"] == "906"


def in_one_paragraph(shown: Tables, between: str) -> bytes:
    """A web page that lost the marks of its tables: each is one paragraph."""
    titles = (schedule.title for schedule in forms.form("2021").schedules)
    parts = ["临川县石桥镇人民政府2023年政府信息公开工作年度报告", "一、总体情况", "全年公开信息12条。"]
    for number, title, rows in zip("二三四", titles, shown, strict=True):
        parts += [f"{number}、{title}", between.join(cell for row in rows for cell in row if cell)]
    lines = [*parts, "五、存在的主要问题及改进情况", "人手不足。"]
    return ("<meta charset='utf-8'>" + "".join(f"<p>{line}</p>" for line in lines)).encode()


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_table_that_became_one_paragraph_is_read(form: str) -> None:
    cells = figures(form)
    assert stated(settled(in_one_paragraph(tables(cells, form), " "))) == cells


def test_of_a_paragraph_that_lost_blank_cells_no_number_is_taken_for_anothers() -> None:
    cells = figures(blank=3)
    report = settled(in_one_paragraph(tables(cells), " "))
    assert stated(report).items() <= cells.items()
    blank = {(fact.schedule, fact.line, fact.column) for fact in report.facts if fact.state is State.BLANK}
    assert not any(cells[cell] for cell in blank)


def test_of_rows_whose_cells_ran_into_each_other_noughts_and_single_numbers_are_read() -> None:
    sure = {(PROACTIVE, line, "decisions"): "31" for line in ("licensing", "penalties", "compulsion")}
    sure[PROACTIVE, "fees", "amount_10k_yuan"] = "86.52"
    zeros = {cell: "0" for cell in figures() if cell[0] == REQUESTS and cell[1] != "repeated"}
    report = settled(text(tables(figures() | sure | zeros), "".join))
    assert stated(report) == sure | zeros
    assert {fact.state for fact in report.facts} == {State.STATED, State.ILLEGIBLE}


def test_heads_printed_again_with_the_total_first_are_heads() -> None:
    def total_first(rows: Rows) -> Rows:
        heads = [rows[0], [rows[1][-1], *rows[1][:-1]], rows[2]]
        lines = [[row[0], row[-1], *row[1:-1]] for row in rows[3:]]
        return [*heads, *lines[:12], *heads[1:], *lines[12:]]

    cells = figures()
    assert stated(settled(text(only(total_first, 1, tables(cells)), "\t".join))) == cells


@pytest.mark.parametrize("write", ["\n".join, "\t".join, " ".join])
def test_what_a_line_is_counted_in_is_no_cell_of_it(write: Callable[[list[str]], str]) -> None:
    def counted(rows: Rows) -> Rows:
        return [[row[0], "件", *row[1:]] if len(row) == 8 and row[1].isdigit() else row for row in rows]

    cells = figures()
    assert stated(settled(text(only(counted, 1, tables(cells)), write))) == cells


def test_other_chinese_writing_has_words_of_its_own() -> None:
    cells = figures()
    data = text(tables(cells), "\t".join).decode()
    for here, there in (
        ("信息", "資訊"),
        ("规范性文件", "規範性檔"),
        ("镇", "鎮"),
        ("数", "數"),
        ("其他", "其它"),
    ):
        data = data.replace(here, there)
    report = settled(data.encode())
    assert stated(report) == cells
    assert (report.year, report.government) == (2023, "石桥镇人民政府")


def test_an_amount_in_ten_thousand_yuan_is_one_in_other_writing_too() -> None:
    cells = figures()
    data = text(tables(cells), "\t".join).decode().replace("收费金额（单位：万元）", "收費金額（單位：萬元）")
    assert stated(settled(data.encode())) == cells


def test_a_line_of_table_2_below_no_head_of_its_own_is_left_over() -> None:
    """Its number is told, not only that the line was not found."""

    def headless(rows: Rows) -> Rows:
        at = next(number for number, row in enumerate(rows) if row[0] == "行政许可")
        return [*rows[: at - 1], ["行政许可", "31415"], *rows[at + 1 :]]

    report = settled(text(only(headless, 0, tables(figures())), "\t".join))
    assert not [fact for fact in report.facts if fact.line == "licensing" and fact.value is not None]
    assert any("31415" in leftover.text for leftover in report.leftovers)


@pytest.mark.parametrize("between", ["", "  ", "\n"])
def test_a_heading_printed_twice_begins_one_section(between: str) -> None:
    cells = figures()
    lines = text(tables(cells), "\t".join).decode().split("\n")
    twice = [
        f"{line}{between}{line}" if section_heading(line) and "\t" not in line else line for line in lines
    ]
    report = settled("\n".join(twice).encode())
    assert stated(report) == cells
    assert [section.number for section in report.sections if section.number] == ["一", "二", "三", "四", "五"]
    assert report.sections[1].heading == "总体情况"


def test_a_line_may_be_written_behind_its_heading() -> None:
    def joined(rows: Rows) -> Rows:
        return [["（三）不予公开—1." + row[0], *row[1:]] if row[0] == "属于国家秘密" else row for row in rows]

    cells = figures()
    assert stated(settled(page(only(joined, 1, tables(cells))))) == cells


def test_suits_may_have_a_table_of_their_own() -> None:
    cells = figures()
    data = page(tables(cells)).decode()
    start = data.rindex("<table>")
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")

    def part(*paths: int) -> str:
        heads = "".join(f"<td colspan=5>{names[at]}</td>" for at in paths)
        results = ("<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>") * len(
            paths
        )
        numbers = "".join(
            f"<td>{cells[REVIEW, PATHS[at], result]}</td>" for at in paths for result in RESULTS
        )
        return f"<table><tr>{heads}</tr><tr>{results}</tr><tr>{numbers}</tr></table>"

    assert stated(settled((data[:start] + part(0) + part(1, 2) + "</html>").encode())) == cells


def official(cells: Cells, spans: Callable[[Slot], tuple[int, int]]) -> bytes:
    """A page with table 3 as the form merges its cells, but for the rows and columns that `spans` says of each."""
    rows: dict[int, str] = {}
    for slot in slots(forms.form("2021").schedule(REQUESTS)):
        down, across = spans(slot)
        written = cells[REQUESTS, *slot.cell] if slot.cell else slot.text
        rows[slot.row] = rows.get(slot.row, "") + f"<td rowspan={down} colspan={across}>{written}</td>"
    parts = re.split("(<table>.*?</table>)", page(tables(cells)).decode(), flags=re.DOTALL)
    parts[3] = f"<table>{''.join(f'<tr>{rows[row]}</tr>' for row in sorted(rows))}</table>"
    return "".join(parts).encode()


@pytest.mark.parametrize("wrong", [-1, 1])
@pytest.mark.parametrize("group", ["三、", "（三）", "（四）", "（五）"])
def test_a_row_moved_whole_by_a_wrong_row_span_is_read(group: str, wrong: int) -> None:
    def spans(slot: Slot) -> tuple[int, int]:
        return slot.rows + wrong * slot.text.startswith(group), slot.columns

    cells = figures()
    assert stated(settled(official(cells, spans))) == cells


@pytest.mark.parametrize("kept", [(0, 0), (0, 1)])
def test_a_table_whose_merged_cells_were_lost_is_read(kept: tuple[int, int]) -> None:
    """Programs leave out the rows that a cell spans, or rows and columns."""

    def spans(slot: Slot) -> tuple[int, int]:
        return slot.rows if kept[0] else 1, slot.columns if kept[1] else 1

    cells = figures()
    assert stated(settled(official(cells, spans))) == cells


def test_a_row_that_lost_a_number_beside_a_column_of_row_numbers_is_not_read() -> None:
    def numbered(rows: Rows) -> Rows:
        full = [[row[0], str(at), *row[1:]] if len(row) == 8 else row for at, row in enumerate(rows)]
        return [row[:-1] if row[0] == "重复申请" else row for row in full]

    found = stated(settled(page(only(numbered, 1, tables(figures())))))
    assert {key: value for key, value in found.items() if figures().get(key) != value} == {}


def test_a_report_written_into_one_table_has_its_sections_and_its_prose() -> None:
    cells = figures()
    parts = re.split("(<table>.*?</table>)", page(tables(cells)).decode(), flags=re.DOTALL)
    rows = [part[len("<table>") : -len("</table>")] for part in parts if part.startswith("<table>")]
    lines = iter(re.findall("<p>(.*?)</p>", "".join(parts)))
    prose = "全年通过县政府门户网站发布信息38条。各项工作有序开展，没有发生泄密事件。"

    def written(*texts: str) -> str:
        return "".join(f"<tr><td colspan=15>{text}</td></tr>" for text in texts)

    title, first, _ = next(lines), next(lines), next(lines)
    table = written(title, first, prose) + "".join(
        written(heading) + row for heading, row in zip(lines, rows, strict=True)
    )
    ending = written("五、存在的主要问题及改进情况", "更新不够及时，下一步将加强培训，提高公开质量。")
    report = settled(f"<html><meta charset='utf-8'><table>{table}{ending}</table></html>".encode())
    assert stated(report) == cells
    assert [section.number for section in report.sections if section.number] == list("一二三四五")
    assert [(metric.metric, int(metric.value)) for metric in report.metrics] == [("website_items", 38)]
    assert not report.leftovers


def test_a_title_right_behind_the_last_cell_of_a_table_is_no_part_of_it() -> None:
    cells = figures()
    written = text(tables(cells), lambda row: "\n" + "\n".join(f"\t{cell}" for cell in row))
    assert stated(settled(written)) == cells


def test_a_table_whose_numbers_stand_where_no_line_claims_them_is_not_blank() -> None:
    """Each number of table 2 in a row of its own, beside the name of its column."""
    rows = "".join(
        f"<tr>{name}<td>{head}</td><td>{number}</td></tr>"
        for name, head, number in (
            ("<td rowspan=3>行政规范性文件</td>", "本年制发件数", "4"),
            ("", "本年废止件数", "1"),
            ("", "现行有效件数", "32"),
        )
    )
    written = re.sub(
        "<table>.*?</table>", f"<table>{rows}</table>", page(tables(figures())).decode(), count=1
    )
    report = settled(written.encode())
    states = {fact.state for fact in report.facts if fact.line == "normative_documents"}
    assert State.BLANK not in states


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_sheet_saved_with_commas_is_read_as_a_sheet(encoding: str) -> None:
    cells = figures()
    widest = max(len(row) for rows in tables(cells) for row in rows)
    lines = text(tables(cells), "\t".join).decode().split("\n")
    written = "\n".join(",".join((line.split("\t") + [""] * widest)[:widest]) for line in lines)
    assert stated(settled(written.encode(encoding))) == cells


def test_heads_of_table_4_that_a_page_layout_sets_in_one_column_are_told_apart() -> None:
    cells = figures()
    heads = [
        name + result if at == 0 else result
        for name in ("行政复议", "行政诉讼未经复议直接起诉", "复议后起诉")
        for at, result in enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    ]
    shown = only(lambda rows: [heads, rows[-1]], 2, tables(cells))
    assert stated(settled(text(shown, "\t".join))) == cells


def test_a_line_split_to_as_many_cells_as_are_due_in_a_table_that_lost_a_column_is_not_read() -> None:
    def damaged(rows: Rows) -> Rows:
        short = [[*row[:3], *row[4:]] if len(row) == 8 else row for row in rows]
        return [[*row[:1], row[1][0], row[1][1:], *row[2:]] if row[0] == "重复申请" else row for row in short]

    report = settled(page(only(damaged, 1, tables(figures()))))
    assert not [cell for cell in stated(report) if cell[0] == REQUESTS]


@pytest.mark.parametrize("last", [("",), ("五、存在的主要问题及改进情况", "人手不足。")])
def test_a_sheet_saved_as_a_page_begins_with_its_title_and_goes_on_below_its_table(
    last: tuple[str, ...],
) -> None:
    cells = figures()
    parts = re.split("(<table>.*?</table>)", page(tables(cells)).decode(), flags=re.DOTALL)
    blank = "<td></td>"
    title = "".join(
        f"<tr><td>{line}</td>{blank * 14}</tr>"
        for line in ("临川县石桥镇人民政府", "2023年政府信息公开工作年度报告")
    )
    body = "".join(
        part[len("<table>") : -len("</table>")] if part.startswith("<table>") else "" for part in parts
    )
    body += "".join(f"<tr><td>{line}</td>{blank * 14}</tr>" for line in last)
    report = settled(f"<html><meta charset='utf-8'><table>{title}{body}</table></html>".encode())
    assert stated(report) == cells
    assert (report.government, report.county, report.year) == ("石桥镇人民政府", "临川县", 2023)


def test_a_count_in_words_above_the_next_label_is_no_number_of_that_label() -> None:
    shown = figures() | {(PROACTIVE, "licensing", "decisions"): "三"}
    report = settled(text(tables(shown), "\n".join))
    (fact,) = [fact for fact in report.facts if fact.line == "licensing"]
    assert (fact.state, fact.text) == (State.ILLEGIBLE, "三")


def test_an_empty_column_within_table_4_is_not_told_from_its_blank_cells() -> None:
    """Of a text with one cell too many any blank one may be it."""

    def spaced(rows: Rows) -> Rows:
        return [*rows[:-1], ["", *rows[-1][1:8], "", *rows[-1][8:]]]

    report = settled(text(only(spaced, 2, tables(figures())), "\t".join))
    found = {fact.state for fact in report.facts if fact.schedule == REVIEW}
    assert found == {State.ILLEGIBLE}
