"""Statutory tables as sheets and web editors of other offices shape them: side by side, with columns of their own, noted."""

import re
from io import BytesIO

import pytest
from extracted import extracted, settled
from openpyxl import Workbook
from test_extract import Cells, Rows, figures, only, page, stated, tables, text

from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, REVIEW
from etl.report import Report, State

_TITLE = "临川县石桥镇人民政府2023年政府信息公开工作年度报告"
_HEADINGS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def abreast(cells: Cells, gap: int) -> bytes:
    """A workbook whose one sheet has the three tables side by side, each below its section's title."""
    book = Workbook()
    sheet = book.active
    assert sheet
    for row, line in enumerate((_TITLE, "一、总体情况", "全年公开信息12条。"), 1):
        sheet.cell(row, 1, line)
    left = 1
    for heading, rows in zip(_HEADINGS, tables(cells), strict=True):
        sheet.cell(5, left, heading)
        spread = (
            [heads(row, at, len(rows)) for at, row in enumerate(rows)]
            if rows[0][0] != "第二十条第（一）项"
            else rows
        )
        for row, texts in enumerate(spread, 6):
            for column, written in enumerate(texts, left):
                sheet.cell(row, column, int(written) if written.isdigit() else written)
        left += max(map(len, spread)) + gap
    bottom = sheet.max_row + 2
    sheet.cell(bottom, 1, "五、存在的主要问题及改进情况")
    sheet.cell(bottom + 1, 1, "人手不足，下一步加强培训。")
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def summed(cells: Cells) -> Cells:
    """The figures with those totals in table 3 to which they add up."""
    totals = {key: 0 for key in cells if key[0] == REQUESTS and key[2] == APPLICANTS[-1]}
    for schedule, line, column in totals:
        parts = [cells[schedule, line, key] for key in APPLICANTS[:-1]]
        totals[schedule, line, column] = sum(int(part) for part in parts if part)
    return cells | {key: str(total) for key, total in totals.items()}


def heads(row: list[str], at: int, rows: int) -> list[str]:
    """A head row of table 3 or 4 with its texts above their columns, as a sheet has them."""
    if at > 2:
        return row
    if rows > 4:
        return (["", *row], ["", *row[:2], *[""] * 4, row[-1]], ["", "", *row])[at]
    return ([row[0], *[""] * 4, row[1]], [*row[:6], *[""] * 4, row[-1]], [*[""] * 5, *row])[at]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_tables_side_by_side_on_a_sheet_are_tables_of_their_own(gap: int) -> None:
    cells = figures()
    report = settled(abreast(cells, gap))
    assert stated(report) == cells
    assert [section.number for section in report.sections if section.number] == list("一二三四五")
    assert {fact.place.block for fact in report.facts if fact.place} == {
        next(fact.place.block for fact in report.facts if fact.place)
    }


def lines_of(report: Report, *states: State) -> set[str]:
    return {fact.line for fact in report.facts if fact.state in states}


def test_the_form_is_told_where_every_row_repeats_the_names_of_its_groups() -> None:
    """A merged cell taken apart: each of its rows has its words."""

    def repeated(rows: Rows) -> Rows:
        group, found = "", list[list[str]]()
        for row in rows:
            name = row[0]
            if len(row) == 8:
                group = _GROUPS.get(name.split(".")[-1], group)
            inside = len(row) == 8 and group and not name.startswith(("一、", "二、", "四、", "（七）"))
            found.append(
                ["三、本年度办理结果", group, *row]
                if inside
                else [name, "", "", *row[1:]]
                if len(row) == 8
                else row
            )
        return found

    cells = figures()
    report = settled(text(only(repeated, 1, tables(cells)), "\t".join))
    assert dict(report.forms)[REQUESTS] == "2021"
    assert stated(report) == cells
    assert "otherwise_closed" not in {fact.line for fact in report.facts}


_GROUPS = {
    "予以公开": "（一）予以公开",
    "部分公开": "（二）部分公开",
    "属于国家秘密": "（三）不予公开",
    "本机关不掌握相关政府信息": "（四）无法提供",
    "信访举报投诉类申请": "（五）不予处理",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "（六）其他处理",
}


@pytest.mark.parametrize("mark", ["①", "¹", "注", "注2", "（注1）", "*"])
def test_labels_with_a_notes_mark_are_the_labels(mark: str) -> None:
    def marked(rows: Rows) -> Rows:
        return [
            [row[0] + mark, *row[1:]] if len(row) == 8 or row[0].startswith("行政") else row for row in rows
        ]

    cells = figures()
    shown = tables(cells)
    report = settled(page((marked(shown[0]), marked(shown[1]), shown[2])))
    assert stated(report) == cells
    assert not report.problems


def test_a_column_of_measure_words_keeps_the_one_line_of_other_processing() -> None:
    cells = figures("2019")

    def measured(rows: Rows) -> Rows:
        return [[row[0], "件", *row[1:]] if len(row) == 8 else row for row in rows]

    report = settled(text(only(measured, 1, tables(cells, "2019")), "\t".join))
    assert dict(report.forms)[REQUESTS] == "2019"
    assert {key: value for key, value in stated(report).items() if key[0] == REQUESTS} == {
        key: value for key, value in cells.items() if key[0] == REQUESTS
    }


def test_columns_that_only_keep_others_apart_are_no_columns() -> None:
    cells = figures()
    data = page(tables(cells)).decode()
    start = data.rindex("<table>")

    names = [f"<td>{word}</td>" for word in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    numbers = [
        [
            f"<td>{cells[REVIEW, path, key]}</td>"
            for key in ("upheld", "corrected", "other_result", "pending", "total")
        ]
        for path in PATHS
    ]
    empty = "<td></td>"
    above = [f"<td>{name}</td>" + empty * 5 for name in ("行政复议", "未经复议直接起诉", "复议后起诉")]
    body = "".join(
        f"<tr>{''.join(parts)}</tr>"
        for parts in (
            above,
            ["".join(names[:3]) + empty + "".join(names[3:])] * 3,
            ["".join(each[:3]) + empty + "".join(each[3:]) for each in numbers],
        )
    )
    assert stated(settled((data[:start] + f"<table>{body}</table></html>").encode())) == cells


def test_a_number_in_brackets_is_no_note_of_its_label() -> None:
    """Beside a column left empty the numbers behind it would each pass for the one before."""

    def bracketed(rows: Rows) -> Rows:
        return [
            [row[0], f"（{row[1]}）" if row[0] == "重复申请" else row[1], *row[2:7], "", row[7]]
            if len(row) == 8
            else row
            for row in rows
        ]

    cells = figures()
    for data in (page(only(bracketed, 1, tables(cells))), text(only(bracketed, 1, tables(cells)), "\t".join)):
        found = stated(settled(data))
        assert {key: value for key, value in found.items() if cells[key] != value} == {}


@pytest.mark.parametrize("first", ["7", ""])
def test_a_number_too_many_in_one_row_puts_that_row_in_doubt_alone(first: str) -> None:
    """A sheet has a cell below an empty head in every row; in one of them it has a number, so its cells have moved."""
    cells = figures() | {(REQUESTS, "repeated", "natural_person"): first}

    def twice(rows: Rows) -> Rows:
        return [
            [*row[:3], row[2], *row[3:]] if row[0] == "重复申请" else [*row, ""] if len(row) == 8 else row
            for row in rows
        ]

    report = settled(page(only(twice, 1, tables(cells))))
    found = {key: value for key, value in stated(report).items() if key[0] == REQUESTS}
    assert found == {
        key: value for key, value in cells.items() if key[0] == REQUESTS and key[1] != "repeated"
    }
    assert "repeated" in lines_of(report, State.ILLEGIBLE)


@pytest.mark.parametrize("heads", ["", "7"])
def test_a_number_of_another_column_is_not_that_of_a_blank_cell(heads: str) -> None:
    """Table 2 is narrower than the sheet: blank cells stand between its own and a column of somebody's own."""
    cells = {key: "" if key[1] in ("licensing", "fees") else value for key, value in figures().items()}

    def numbered(rows: Rows) -> Rows:
        return [
            [*row, *[""] * (15 - len(row)), heads if row[0] == "信息内容" else str(at)]
            for at, row in enumerate(rows)
        ]

    report = settled(page(only(numbered, 0, tables(cells))))
    assert not {key: value for key, value in stated(report).items() if cells[key] != value}


def test_blank_cells_in_the_row_of_heads_are_no_results() -> None:
    """The heads of the suits lost their words: no number stands below the blank ones."""
    cells = figures()

    def unnamed(rows: Rows) -> Rows:
        heads = rows[-2][-5:]
        return [
            ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
            [*heads, *[""] * 5, "复议后起诉", *[""] * 4],
            [*[""] * 5, *heads, *heads],
            rows[-1],
        ]

    report = settled(page(only(unnamed, 2, tables(cells))))
    assert not [fact for fact in report.facts if fact.schedule == REVIEW and fact.state is State.BLANK]


@pytest.mark.parametrize("lost", ["尚未审结", "总计"])
def test_a_blank_column_below_a_head_that_lost_its_word_keeps_no_columns_apart(lost: str) -> None:
    """Without it the numbers of somebody's own column would make up for the one too few."""
    key = {"尚未审结": "pending", "总计": "total"}[lost]
    cells = figures() | {
        (REVIEW, "direct_suit", key): "",
        (REVIEW, "suit_after_reconsideration", "total"): "",
    }

    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    suit = ["" if result == lost else result for result in results]
    numbers = tables(cells)[2][-1]
    rows = [
        ["行政复议", *[""] * 4, "备注", "行政诉讼", *[""] * 9],
        [*results, "", "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 6, *suit, *results],
        [*numbers[:5], "903", *numbers[5:]],
    ]
    shown = page(tables(cells)).decode()
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    found = stated(settled(f"{shown[: shown.rindex('<table>')]}<table>{body}</table></html>".encode()))
    assert not {place: value for place, value in found.items() if cells[place] != value}


@pytest.mark.parametrize("columns", [0, 3])
def test_a_blank_cell_that_begins_a_row_without_a_label_is_no_value(columns: int) -> None:
    """Beside blank cells at its end the row would be read a cell too early."""
    cells = figures() | {(PROACTIVE, "rules", "in_force"): ""}

    def unlabelled(rows: Rows) -> Rows:
        return [[*("" if text == "规章" else text for text in row), *[""] * columns] for row in rows]

    found = stated(settled(page(only(unlabelled, 0, tables(cells)))))
    assert not {place: value for place, value in found.items() if cells[place] != value}


@pytest.mark.parametrize(
    ("at", "name", "left_out"),
    [(0, "序号", True), (0, "", True), (4, "", True), (7, "核对", True), (7, "", False)],
)
def test_a_column_filled_in_every_line_has_no_number_of_a_blank_cell(
    at: int, name: str, left_out: bool
) -> None:
    """Behind all of the form's, without a head, it may be the form's last, moved by a cell too many in every line."""
    cells = summed(figures(blank=9))
    lines = [[line, *numbers] for line, *numbers in tables(cells)[1] if len(numbers) == len(APPLICANTS)]
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [
        [first, *numbers[:at], own, *numbers[at:]]
        for (first, *numbers), own in zip(
            [["", *names], *lines], [name, *map(str, range(900, 999))], strict=False
        )
    ]
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    parts = re.split("(<table>.*?</table>)", page(tables(cells)).decode(), flags=re.DOTALL)
    report = settled("".join([*parts[:3], f"<table>{body}</table>", *parts[4:]]).encode())
    found = {place: value for place, value in stated(report).items() if place[0] == REQUESTS}
    due = {place: value for place, value in cells.items() if place[0] == REQUESTS and value}
    assert found == (due if left_out else {place: due[place] for place in found})
    assert bool([problem for problem in report.problems if problem.kind == "unknown-head"]) == left_out


def test_a_number_merged_down_beside_two_tables_is_no_column_of_either() -> None:
    cells = figures()
    parts = re.split("(<table>.*?</table>)", page(tables(cells)).decode(), flags=re.DOTALL)
    rows = "".join(part[7:-8] for part in parts if part.startswith("<table>"))
    count, filled = rows.count("<tr>"), "<td>9</td></tr>"
    beside = rows.replace("</tr>", f"<td rowspan={count}>9</td></tr>", 1)
    for body in (beside, rows.replace("</tr>", filled)):
        data = f"{parts[0]}<table>{body}</table></html>".encode()
        assert not {place: value for place, value in stated(settled(data)).items() if cells[place] != value}


def test_an_empty_row_for_sums_below_the_table_leaves_its_lines_as_they_are() -> None:
    cells = figures()
    data = page(only(lambda rows: [*rows, ["合计", *[""] * len(APPLICANTS)]], 1, tables(cells)))
    assert stated(settled(data)) == cells


def test_a_short_sentence_in_a_row_of_its_own_is_prose() -> None:
    cells = figures()
    parts = re.split("(<table>.*?</table>)", page(tables(cells)).decode(), flags=re.DOTALL)
    inside = "".join(
        part[7:-8]
        if part.startswith("<table>")
        else "".join(f"<tr><td colspan=15>{line}</td></tr>" for line in re.findall("<p>(.*?)</p>", part))
        for part in parts
    )
    ending = (
        "<tr><td colspan=15>六、其他需要报告的事项</td></tr><tr><td colspan=15>未收取信息处理费。</td></tr>"
    )
    report = settled(f"<html><meta charset='utf-8'><table>{inside}{ending}</table></html>".encode())
    assert stated(report) == cells
    assert [
        (metric.metric, int(metric.value))
        for metric in report.metrics
        if metric.metric == "handling_fee_yuan"
    ] == [("handling_fee_yuan", 0)]


@pytest.mark.parametrize("wide", [1, 3])
def test_blocks_of_table_2_side_by_side_are_read_below_their_own_heads(wide: int) -> None:
    """`wide` is how many columns the one number of a block takes, below one head or a head with blanks beside it."""
    of_fees = f"<td>行政事业性收费</td><td colspan={wide}>6</td>" + (3 - wide) * "<td></td>"
    table = f"""
        <tr><td colspan=4>第二十条第（一）项</td><td colspan=2>第二十条第（五）项</td></tr>
        <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td><td>信息内容</td><td>本年处理决定数量</td></tr>
        <tr><td>规章</td><td>0</td><td>0</td><td>0</td><td>行政许可</td><td>7</td></tr>
        <tr><td>行政规范性文件</td><td>1</td><td>2</td><td>3</td><td colspan=2>第二十条第（六）项</td></tr>
        <tr><td colspan=4>第二十条第（八）项</td><td>信息内容</td><td>本年处理决定数量</td></tr>
        <tr><td>信息内容</td><td>本年收费金额（单位：万元）</td><td></td><td></td><td>行政处罚</td><td>8</td></tr>
        <tr>{of_fees}<td>行政强制</td><td>/</td></tr>"""
    page = f"<p>2023年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p><table>{table}</table>"
    facts = extracted(page.encode()).facts
    assert [(fact.line, fact.column, fact.text) for fact in facts] == [
        *(("rules", column, "0") for column in ("issued", "repealed", "in_force")),
        *(
            ("normative_documents", column, text)
            for column, text in zip(("issued", "repealed", "in_force"), "123", strict=True)
        ),
        ("licensing", "decisions", "7"),
        ("penalties", "decisions", "8"),
        ("compulsion", "decisions", "/"),
        ("fees", "amount_10k_yuan", "6"),
    ]
    assert {fact.place.block for fact in facts if fact.place} == {2}
