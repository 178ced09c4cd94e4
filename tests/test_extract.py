"""Layouts that programs and people make of the statutory tables: read right, or left unread, never read wrong."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from extracted import extracted, settled

from etl import forms
from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Report, State
from etl.tables import labels

Cells = dict[tuple[str, str, str], str]
Rows = list[list[str]]
Tables = tuple[Rows, Rows, Rows]
Change = Callable[[Rows], Rows]
_NUMBERED = {
    "received": "一、",
    "carried_in": "二、",
    "carried_out": "四、",
    "closed": "（七）",
    "other_reason": "3.",
}
_TITLE = "临川县石桥镇人民政府2023年政府信息公开工作年度报告"


def figures(form: str = "2021", blank: int = 0) -> Cells:
    """A different number in every cell; every cell whose turn is a multiple of `blank` is left empty."""
    keys = [(own.key, *cell) for own in forms.form(form).schedules for cell in own.cells()]
    return {key: "" if blank and at % blank == 0 else str(11 + at) for at, key in enumerate(keys)}


def tables(cells: Cells, form: str = "2021") -> Tables:
    """The three tables as rows of texts, without any merged cell."""
    proactive, requests, review = forms.form(form).schedules
    second = []
    for block in proactive.blocks:
        second += [[block.basis], [*proactive.heads, *(column.label for column in block.columns)]]
        second += [
            [line.label, *(cells[PROACTIVE, line.key, column.key] for column in block.columns)]
            for line in block.leaves()
        ]
    (block,) = requests.blocks
    names = [column.label for column in block.columns]
    third = [[requests.heads[0]], [names[0], requests.heads[1], names[-1]], names[1:-1]]
    third += [
        [_NUMBERED.get(line.key, "") + line.label, *(cells[REQUESTS, line.key, key] for key in APPLICANTS)]
        for line in block.leaves()
    ]
    (block,) = review.blocks
    paths, results = [line.label for line in block.lines], [column.label for column in block.columns]
    fourth = [[paths[0], *review.heads], [*results, *paths[1:]], results * 2]
    fourth.append([cells[REVIEW, path, result] for path in PATHS for result in RESULTS])
    return second, third, fourth


def text(shown: Tables, row: Callable[[list[str]], str], title: str = _TITLE) -> bytes:
    """A report as plain text, each row of its tables written by `row`."""
    parts = [title, "一、总体情况", "全年公开信息12条。"]
    for number, rows, schedule in zip("二三四", shown, forms.form("2021").schedules, strict=True):
        parts += [f"{number}、{schedule.title}", *map(row, rows)]
    return "\n".join([*parts, "五、存在的主要问题及改进情况", "人手不足。"]).encode()


def page(shown: Tables) -> bytes:
    """The same report as a web page; the heads of table 3 and 4 are merged as the forms do."""

    def cell(content: str, wide: int = 1, high: int = 1) -> str:
        return f'<td colspan="{wide}" rowspan="{high}">{content}</td>'

    spans = {(1, 0): [1], (1, 1): [1] * 4, (2, 0): [1, 7], (2, 1): [1, 5, 1], (3, 0): [5, 10]}
    parts = [f"<p>{_TITLE}</p><p>一、总体情况</p><p>全年公开信息12条。</p>"]
    for at, (number, rows) in enumerate(zip("二三四", shown, strict=True), 1):
        parts.append(f"<p>{number}、{forms.form('2021').schedules[at - 1].title}</p><table>")
        for row, texts in enumerate(rows):
            wide, high = spans.get((at, row), [1] * len(texts)), [1] * len(texts)
            if at == 2 and row == 0:
                texts, high = ["", *texts], [3, 1]
            elif at == 2 and row == 1:
                high = [2, 1, 2]
            elif at == 3 and row == 1:
                wide, high = [1] * 5 + [5, 5], [2] * 5 + [1, 1]
            parts.append("<tr>" + "".join(map(cell, texts, wide, high)) + "</tr>")
        parts.append("</table>")
    return "".join(["<html><meta charset='utf-8'>", *parts, "</html>"]).encode()


def stated(report: Report) -> Cells:
    return {
        (fact.schedule, fact.line, fact.column): format(fact.value, "f")
        for fact in report.facts
        if fact.value is not None
    }


def filled(cells: Cells) -> Cells:
    return {key: value for key, value in cells.items() if value}


def only(change: Change, number: int, shown: Tables) -> Tables:
    changed = list(shown)
    changed[number] = change(changed[number])
    return changed[0], changed[1], changed[2]


def piped(row: list[str]) -> str:
    """A row as page stores keep it: a pipe behind every cell, and the pipes of merged cells at the end."""
    return " | ".join(row) + " | " + "|" * (2 if len(row) == 8 and not row[0].startswith("（") else 0)


def marked(cell: str) -> str:
    """A cell as programs write Markdown: labels bold, marks kept from meaning something, lines broken by a tag."""
    escaped = cell.replace(".", "\\.").replace("-", "\\-").replace("机构", "<br>机构")
    return escaped if cell.strip("-").isdigit() else f"**{escaped}**"


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize(
    "row",
    [
        pytest.param("\n".join, id="a cell a line"),
        pytest.param("\t".join, id="tabs"),
        pytest.param(" ".join, id="single blanks"),
        pytest.param(piped, id="rows of pipes"),
        pytest.param(
            lambda row: "".join(f"{cell} |\n" for cell in row) + "|||", id="a pipe behind each cell"
        ),
        pytest.param(lambda row: "|\n" + "\n".join(f"{cell} |" for cell in row), id="a pipe before each row"),
        pytest.param(lambda row: "\n|\n".join([*row, ""]), id="a line with a pipe after each cell"),
        pytest.param(lambda row: "\n| ".join(row) + "\n|", id="a pipe before each cell but the first"),
        pytest.param("|".join, id="a pipe between cells"),
        pytest.param("│".join, id="an upright stroke between cells"),
        pytest.param(lambda row: "|" + "|".join(f" {marked(cell)} " for cell in row) + "|", id="Markdown"),
    ],
)
def test_every_number_is_read_however_the_cells_are_written_down(
    form: str, row: Callable[[list[str]], str]
) -> None:
    cells = figures(form)
    assert stated(settled(text(tables(cells, form), row))) == cells


def test_a_blank_at_the_end_of_a_row_is_told_from_the_rest_of_a_merged_label() -> None:
    cells = figures()
    cells |= {(REQUESTS, "received", "natural_person"): "", (REQUESTS, "received", "total"): ""}
    report = settled(text(tables(cells), piped))
    assert stated(report) == filled(cells)


def test_numbers_between_the_blanks_of_merged_labels_and_of_a_wider_table_are_read() -> None:
    def widened(rows: Rows) -> Rows:
        return [[row[0], "", "", *row[1:], "", "", ""] if len(row) == 8 else row for row in rows]

    cells = figures()
    assert stated(settled(text(only(widened, 1, tables(cells)), "\t".join))) == cells


def test_blank_cells_and_cells_over_two_lines_are_told_apart_where_pipes_stand_before_cells() -> None:
    cells = figures() | {(REQUESTS, "received", "research"): "", (REQUESTS, "received", "total"): ""}
    shown = text(tables(cells), lambda row: "\n| ".join(row).replace("机构", "\n机构") + "\n|")
    assert stated(settled(shown)) == filled(cells)


def test_a_number_below_the_blank_rest_of_a_merged_head_is_the_heads() -> None:
    table = (
        "| 第二十条第（五）项 |  |  |  |  |\n|---|---|---|---|---|\n"
        "| 信息内容 | 上一年项目数量 | 本年增/减 |  | 处理决定数量 |\n"
        "| 行政许可 | 7 |  | 8 | 9 |\n| 其他对外管理服务事项 | 10 | 11 |  | 12 |\n"
    )
    read = settled(f"{_TITLE}\n二、主动公开政府信息情况\n{table}".encode())
    numbers = {(fact.line, fact.column): fact.value for fact in read.facts if fact.value is not None}
    columns = ("prior_year_items", "change", "decisions")
    assert numbers == {
        **dict(zip((("licensing", column) for column in columns), (7, 8, 9), strict=True)),
        **dict(zip((("other_services", column) for column in columns), (10, 11, 12), strict=True)),
    }


def test_numbers_beside_blanks_in_every_line_may_be_of_a_column_of_somebodys_own() -> None:
    rows = (
        ["信息内容", "本年制发件数", "", "本年废止件数", "现行有效件数"],
        ["规章", "", "901", "2", "3"],
        ["行政规范性文件", "", "902", "5", "6"],
    )
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    read = settled(
        f"<meta charset=utf-8><p>{_TITLE}</p><p>二、主动公开政府信息情况</p><table>{body}</table>".encode()
    )
    assert {
        fact.column for fact in read.facts if fact.text in ("901", "902") and fact.value is not None
    } == set()
    assert {fact.value for fact in read.facts if fact.column == "repealed"} == {2, 5}


def without_column(at: int) -> Change:
    return lambda rows: [row[:at] + row[at + 1 :] if len(row) == 8 else row for row in rows]


@pytest.mark.parametrize("column", [1, 4, 7])
@pytest.mark.parametrize("write", [lambda shown: text(shown, piped), page], ids=["text", "web page"])
def test_a_table_that_lost_a_column_is_left_unread(column: int, write: Callable[[Tables], bytes]) -> None:
    report = settled(write(only(without_column(column), 1, tables(figures()))))
    facts = [fact for fact in report.facts if fact.schedule == REQUESTS]
    assert facts and all(fact.state is State.ILLEGIBLE for fact in facts)


def split(rows: Rows) -> Rows:
    return [
        [part for cell in row for part in ([cell[0], cell[1:]] if cell.isdigit() else [cell])] for row in rows
    ]


@pytest.mark.parametrize("write", [lambda shown: text(shown, "\t".join), page], ids=["text", "web page"])
def test_numbers_split_over_two_cells_are_left_unread(write: Callable[[Tables], bytes]) -> None:
    shown = tables(figures())
    report = settled(write(only(split, 2, only(split, 1, shown))))
    assert not {key for key in stated(report) if key[0] != PROACTIVE}


def test_numbers_printed_twice_are_left_unread() -> None:
    cells = figures() | {(REQUESTS, "received", "research"): "0"}
    twice = {key: value * 2 for key, value in cells.items()}
    report = settled(text(tables(twice), "\t".join))
    assert not stated(report)
    assert "doubled-values" in {problem.kind for problem in report.problems}


def test_the_total_may_stand_before_the_applicants() -> None:
    def total_first(rows: Rows) -> Rows:
        heads = [rows[0], [rows[1][2], *rows[1][:2]], rows[2]]
        return heads + [[row[0], row[7], *row[1:7]] for row in rows[3:]]

    cells = figures()
    assert stated(settled(text(only(total_first, 1, tables(cells)), "\t".join))) == cells


def test_lines_below_a_head_that_names_no_column_have_the_columns_of_those_above() -> None:
    def total_first_and_cut(rows: Rows) -> Rows:
        heads = [rows[0], [rows[1][2], *rows[1][:2]], rows[2]]
        moved = [[row[0], row[7], *row[1:7]] for row in rows[3:]]
        return [*heads, *moved[:5], rows[0], *moved[5:]]

    cells = figures()
    assert stated(settled(text(only(total_first_and_cut, 1, tables(cells)), "\t".join))) == cells


def test_lines_without_heads_are_left_unread_where_a_head_of_those_above_was_not_understood() -> None:
    def unknown_and_cut(rows: Rows) -> Rows:
        heads = [rows[0], ["某某", *rows[1][:2]], rows[2]]
        moved = [[row[0], row[7], *row[1:7]] for row in rows[3:]]
        return [*heads, *moved[:5], rows[0], *moved[5:]]

    report = stated(settled(text(only(unknown_and_cut, 1, tables(figures())), "\t".join)))
    lines = {line for schedule, line, _ in report if schedule == REQUESTS}
    assert not lines & {"process", "petition", "closed", "carried_out"}


@pytest.mark.parametrize("total_last", [True, False])
def test_a_head_over_the_organisations_in_a_line_above_tells_nothing_of_who_stands_left(
    total_last: bool,
) -> None:
    def common_above(rows: Rows) -> Rows:
        natural, common, total = rows[1]
        line = [natural, *rows[2], total] if total_last else [total, natural, *rows[2]]
        moved = rows[3:] if total_last else [[row[0], row[7], *row[1:7]] for row in rows[3:]]
        return [rows[0], [common], line, *moved]

    cells = figures()
    report = settled(text(only(common_above, 1, tables(cells)), "\t".join))
    assert {key: value for key, value in stated(report).items() if cells[key] != value} == {}
    assert any(key[0] == REQUESTS for key in stated(report)) is total_last


@pytest.mark.parametrize("corner", ["情况", "类别", ""])
def test_results_in_rows_written_as_lines_are_read_below_any_head_of_their_labels(corner: str) -> None:
    def in_rows(rows: Rows) -> Rows:
        paths = ("行政复议", "行政诉讼 未经复议直接起诉", "复议后起诉")
        lines = [[path, *rows[3][5 * at : 5 * at + 5]] for at, path in enumerate(paths)]
        return [[corner, *rows[2][:5]] if corner else rows[2][:5], *lines]

    cells = figures()
    assert stated(settled(text(only(in_rows, 2, tables(cells)), " ".join))) == cells


def test_suits_may_stand_before_reconsideration() -> None:
    def suits_first(rows: Rows) -> Rows:
        heads = [rows[0][::-1], rows[1][5:] + rows[1][:5], rows[2]]
        return [*heads, rows[3][5:] + rows[3][:5]]

    cells = figures()
    assert stated(settled(text(only(suits_first, 2, tables(cells)), "\t".join))) == cells


def test_results_below_suits_alone_are_left_unread_where_the_head_of_reconsideration_is_lost() -> None:
    def lost(rows: Rows) -> Rows:
        return [rows[0][1:], *rows[1:]]

    report = settled(text(only(lost, 2, tables(figures())), "\t".join))
    assert {key[0] for key in stated(report)} == {PROACTIVE, REQUESTS}


def test_results_of_reconsideration_below_the_head_of_suits_are_left_unread() -> None:
    def glued(rows: Rows) -> Rows:
        return [rows[0][1:], [rows[0][0], *rows[1]], *rows[2:]]

    report = settled(text(only(glued, 2, tables(figures())), "\t".join))
    assert {key: value for key, value in stated(report).items() if figures()[key] != value} == {}


def test_a_merged_cell_written_once_for_each_column_is_one_cell() -> None:
    def spread(rows: Rows) -> Rows:
        return [[row[0], *row[1:] * 3] if len(row) == 2 else row for row in rows]

    cells = figures()
    assert stated(settled(text(only(spread, 0, tables(cells)), "\t".join))) == cells


def test_a_number_that_ran_into_its_label_is_read_where_the_line_has_all_its_cells() -> None:
    def glued(rows: Rows) -> Rows:
        return [[row[0] + row[1], *row[2:]] if len(row) > 1 and row[1].isdigit() else row for row in rows]

    cells = figures()
    shown = only(glued, 1, only(glued, 0, tables(cells)))
    assert stated(settled(text(shown, "\t".join))) == cells


def test_the_numbered_last_line_of_other_handling_is_never_the_single_line_of_the_older_form() -> None:
    def labels_lost(rows: Rows) -> Rows:
        return [
            row for row in rows if not row[0].startswith("申请人无") and not row[0].startswith("申请人逾")
        ]

    cells = figures()
    found = stated(settled(text(only(labels_lost, 1, tables(cells)), "\t".join)))
    assert found[REQUESTS, "other_reason", "total"] == cells[REQUESTS, "other_reason", "total"]
    assert not [line for _, line, _ in found if line == "otherwise_closed"]


def test_the_sums_of_other_handling_in_a_row_of_their_own_are_no_line_of_the_older_form() -> None:
    def summed(rows: Rows) -> Rows:
        at = next(at for at, row in enumerate(rows) if row[0].startswith("申请人无"))
        return [*rows[:at], ["（六）其他处理", *"1234567"], ["", *rows[at]], *rows[at + 1 :]]

    cells = figures()
    report = extracted(text(only(summed, 1, tables(cells)), "\t".join))
    assert stated(report) == cells
    assert dict(report.forms)[REQUESTS] == "2021"


def test_numbers_of_table_four_that_go_on_in_another_row_may_have_moved() -> None:
    def broken(rows: Rows) -> Rows:
        first, *numbers = rows[-1]
        return [*rows[:-1], [first], ["", *numbers[:3], "", *numbers[3:13]], [numbers[13], "", "7"]]

    cells = figures()
    found = stated(extracted(text(only(broken, 2, tables(cells)), "\t".join)))
    assert found == {key: value for key, value in cells.items() if key[0] != REVIEW}


@pytest.mark.parametrize(("label", "known"), [("2.重复提出的申请", True), ("2.网上提交", False)])
def test_an_unknown_label_in_the_place_of_a_lost_one_must_resemble_it(label: str, known: bool) -> None:
    def renamed(rows: Rows) -> Rows:
        return [[label, *row[1:]] if row[0] == "重复申请" else row for row in rows]

    report = settled(text(only(renamed, 1, tables(figures())), "\t".join))
    assert ((REQUESTS, "repeated", "total") in stated(report)) == known
    assert {problem.kind for problem in report.problems} == {
        "label-by-position" if known else "line-not-found"
    }


def test_a_fee_under_a_head_that_says_yuan_is_not_read_as_ten_thousands_of_yuan() -> None:
    def in_yuan(rows: Rows) -> Rows:
        return [[cell.replace("万元", "元") for cell in row] for row in rows]

    report = settled(text(only(in_yuan, 0, tables(figures())), "\t".join))
    assert not [fact for fact in report.facts if fact.line == "fees"]
    assert any(problem.kind == "line-not-found" for problem in report.problems)


def test_a_table_turned_on_its_side_is_not_blank() -> None:
    def turned(rows: Rows) -> Rows:
        names = [rows[1][0], *rows[2], rows[1][2]]
        return [["", *(row[0] for row in rows[3:])]] + [
            [name, *(row[at] for row in rows[3:])] for at, name in enumerate(names, 1)
        ]

    report = settled(text(only(turned, 1, tables(figures())), "\t".join))
    assert {fact.state for fact in report.facts if fact.schedule == REQUESTS} == {State.ILLEGIBLE}


def test_a_row_of_blanks_that_lacks_a_cell_is_blank() -> None:
    cells = figures() | {(REQUESTS, "process", key): "" for key in APPLICANTS}
    shown = only(lambda rows: [row[:-1] if row[-1] == "" else row for row in rows], 1, tables(cells))
    states = {fact.state for fact in settled(text(shown, "\t".join)).facts if fact.line == "process"}
    assert states == {State.BLANK}


@pytest.mark.parametrize(
    ("lines", "government", "county", "year"),
    [
        (
            ["昌河市梁湖区人民政府南门街道办事处2022年政府信息公开工作年度报告"],
            "南门街道办事处",
            "梁湖区",
            2022,
        ),
        (["梁湖区市桥街道办事处2022年政府信息公开工作年度报告"], "市桥街道办事处", "梁湖区", 2022),
        (["平江县乌镇镇人民政府2022年政府信息公开工作年度报告"], "乌镇镇人民政府", "平江县", 2022),
        (["柳荫街2022年政府信息公开工作年度报告"], "柳荫街道办事处", None, 2022),
        (["平江县石桥镇人民政府2022年政府信息公", "开工作年度报告"], "石桥镇人民政府", "平江县", 2022),
        (["平江县石桥镇2022年政府信息公开工作告年度报"], "石桥镇人民政府", "平江县", 2022),
        (["石桥镇人民政府", "政府信息公开工作年度报告", "（2022年度）"], "石桥镇人民政府", None, 2022),
        (["现向社会公布平江县石桥镇2022年度政府信息公开工作年度报告。"], "石桥镇人民政府", "平江县", 2022),
        (["据此编制《平江县石桥镇2022年政府信息公开工作年度报告》。"], "石桥镇人民政府", "平江县", 2022),
        (["根据上级要求，石桥镇政府编制2022年政府信息公开年度报告。"], "石桥镇人民政府", None, 2022),
        (["平江縣石橋鎮人民政府2022年政府信息公開工作年度報告"], "石桥镇人民政府", "平江县", 2022),
        (["现将我镇2022年度政府信息公开工作情况报告如下：", "由党政办公室编制。"], None, None, 2022),
        (["年度报告", "本报告由平江县石桥镇人民政府编制，分六个部分。"], "石桥镇人民政府", "平江县", 2022),
        (["年度报告", "平江县石桥镇人民政府根据有关要求编制本报告。"], "石桥镇人民政府", "平江县", 2022),
    ],
)
def test_a_report_names_its_government_in_its_title_or_its_first_sentences(
    lines: list[str], government: str | None, county: str | None, year: int
) -> None:
    period = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    title = "\n".join([*lines, period])
    report = settled(text(tables(figures()), "\t".join, title))
    assert (report.government, report.county, report.year) == (government, county, year)


def test_the_prose_is_not_disturbed_by_rows_of_words() -> None:
    report = settled(text(tables(figures()), " ".join))
    assert [section.number for section in report.sections] == ["", "一", "二", "三", "四", "五"]
    assert {metric.metric: metric.value for metric in report.metrics}["items_published"] == Decimal(12)


def test_an_unknown_label_is_left_over_with_the_line_it_looks_like() -> None:
    assert labels.nearest("补正之后申请的内容仍旧不明确", REQUESTS) == "补正后申请内容仍不明确"
    assert labels.nearest("完全无关的文字", REQUESTS) == ""


def test_a_report_whose_sections_stand_in_one_line_is_a_report() -> None:
    text = (
        "2016年白石镇政府信息公开年度报告\n"
        "统计期限自2016年1月1日起至2016年12月31日止。 一、概述 认真落实。 二、政府信息主动公开情况 公开政府信息27条。 "
        "三、依申请公开情况 未收到申请。 四、存在的主要问题及改进措施 不够及时。"
    )
    found = extracted(text.encode())
    assert {(metric.metric, metric.value) for metric in found.metrics} == {
        ("items_published", Decimal(27)),
        ("requests_received", Decimal(0)),
    }


def test_below_heads_of_which_some_are_not_known_no_number_is_taken_for_a_known_ones() -> None:
    """A head may have been torn in two, and a line of table 2 may lack a column."""
    report = extracted(
        "<meta charset='utf-8'><p>二、主动公开政府信息情况</p><table>"
        "<tr><td colspan=3>第二十条第（一）项</td></tr>"
        "<tr><td>信息内容</td><td>现行有效</td><td>件数</td></tr>"
        "<tr><td>行政规范性文件</td><td>76</td><td>7</td></tr></table>".encode()
    )
    assert {fact.state for fact in report.facts} == {State.ILLEGIBLE}


@pytest.mark.parametrize(
    ("number", "key", "heads"),
    [
        (0, (PROACTIVE, "normative_documents"), ["信息内容 本年废止件数 现行有效件数", "制发件数"]),
        (0, (PROACTIVE, "normative_documents"), ["信息内容 本年废止件数 现行有效件数", "件数"]),
        (1, (REQUESTS, "received"), ["社会公益 法律服务", "自然人 商业企业 科研机构 其他 总计"]),
    ],
)
def test_heads_folded_over_lines_of_text_stand_in_no_order(
    number: int, key: tuple[str, str], heads: list[str]
) -> None:
    def folded(rows: Rows) -> Rows:
        first = next(at for at, row in enumerate(rows) if len(row) > 3 and row[-1].isdigit())
        return [*([head] for head in heads), *rows[first:]]

    report = settled(text(only(folded, number, tables(figures())), "\t".join))
    of_line = [fact for fact in report.facts if (fact.schedule, fact.line) == key]
    assert of_line
    assert {fact.value for fact in of_line} == {None}
