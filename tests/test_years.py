"""Labels that name their year by its number."""

import re
from decimal import Decimal

import pytest
from extracted import extracted, settled
from filings import page
from test_extract import Rows, figures, only, stated, tables, text

from etl.forms import APPLICANTS, REQUESTS
from etl.report import Report, State

FIGURES = {
    ("proactive", "normative_documents", "issued"): "7",
    ("proactive", "licensing", "decisions"): "31",
    ("requests", "received", "total"): "45",
    ("requests", "carried_in", "total"): "46",
    ("requests", "carried_out", "total"): "47",
}


def read(text: str) -> Report:
    return extracted(text.encode())


def test_a_label_with_the_reports_year_is_the_forms_label() -> None:
    text = page(figures=FIGURES)
    for words, numbers in (
        ("本年制发", "2023年制发"),
        ("本年处理", "2023年度处理"),
        ("本年新收", "2023年新收"),
        ("上年结转", "2022年结转"),
        ("结转下年度", "结转2024年度"),
    ):
        text = text.replace(f">{words}", f">{numbers}")
    facts = {(fact.schedule, fact.line, fact.column): fact.value for fact in read(text).facts}
    assert {key: facts[key] for key in FIGURES} == {key: Decimal(text) for key, text in FIGURES.items()}


@pytest.mark.parametrize("printed", ["2022年新收", "2021年新收", "2024年新收"])
def test_a_label_with_another_year_is_told_as_a_problem(printed: str) -> None:
    report = read(page(figures=FIGURES).replace(">本年新收", f">{printed}"))
    assert [problem.kind for problem in report.problems if printed in problem.detail] == ["label-by-position"]


def with_columns(*years: str) -> str:
    """A page whose table 3 has each applicant's column once for each year: ours, and numbers that are not ours."""
    text = page(figures=FIGURES)
    before, table, after = re.split("(<table><tr><td>申请人情况.*?</table>)", text, flags=re.DOTALL)
    heads, *lines = re.findall("<tr>(.*?)</tr>", table)
    rows = [
        heads.replace("<td>", f"<td colspan={len(years)}>").replace(f"<td colspan={len(years)}>", "<td>", 1)
    ]
    rows.append("<td></td>" + "".join(f"<td>{year}</td>" for year in years) * 7)
    for line in lines:
        label, *cells = re.findall("<td>(.*?)</td>", line)
        own = (
            cell if year in ("2023年", "本年", "本年数", "本期") else "888"
            for cell in cells
            for year in years
        )
        rows.append("".join(f"<td>{cell}</td>" for cell in (label, *own)))
    return before + "<table><tr>" + "</tr><tr>".join(rows) + "</tr></table>" + after


@pytest.mark.parametrize(
    "years",
    [
        ("2023年", "2022年"),
        ("2021年", "2022年", "2023年"),
        ("上年", "本年"),
        ("本年数", "上年数"),
        ("本期", "上年同期"),
    ],
)
def test_of_columns_for_several_years_only_the_reports_own_are_read(years: tuple[str, ...]) -> None:
    report = read(with_columns(*years))
    facts = {(fact.schedule, fact.line, fact.column): fact.value for fact in report.facts}
    assert {key: facts[key] for key in FIGURES} == {key: Decimal(text) for key, text in FIGURES.items()}
    assert Decimal(888) not in facts.values()
    assert [problem.kind for problem in report.problems] == ["other-years-table"] * (len(years) - 1)


@pytest.mark.parametrize("years", [("2023年", "2022年"), ("2022年", "2023年", "增减")])
def test_years_of_which_one_stands_over_the_labels_have_moved(years: tuple[str, ...]) -> None:
    moved = with_columns(*years).replace("<tr><td></td>", "<tr>")
    facts = [fact for fact in read(moved).facts if fact.schedule == "requests"]
    assert not any(fact.value is not None for fact in facts)


def test_columns_that_name_no_year_of_the_reports_own_are_left_to_the_reader_as_they_are() -> None:
    assert not [
        problem for problem in read(with_columns("2022年")).problems if problem.kind == "other-years-table"
    ]


@pytest.mark.parametrize("cell", ["\t", "\n"])
def test_heads_of_another_year_beside_each_of_the_form_part_the_numbers_of_a_text(cell: str) -> None:
    """A row that has as many cells as the form may have lost any of them."""

    def lines(*labels: str) -> str:
        return "\n".join(cell.join(row.split()) for row in labels)

    def of(*rows: str) -> dict[tuple[str, str], Decimal | None]:
        report = read(
            "\n".join(
                (
                    "临川县石桥镇人民政府2023年政府信息公开工作年度报告",
                    "二、主动公开政府信息情况",
                    lines(*rows),
                )
            )
        )
        return {(fact.line, fact.column): fact.value for fact in report.facts if fact.value is not None}

    heads = "信息内容 本年制发件数 2022年制发件数 本年废止件数 上年废止件数 现行有效件数 上年现行有效件数"
    found = of(
        heads,
        "行政规范性文件 4 888 1 888 32 888",
        "信息内容 上年处理决定数量 本年处理决定数量",
        "行政许可 888 57",
    )
    assert found == {
        ("normative_documents", "issued"): 4,
        ("normative_documents", "repealed"): 1,
        ("normative_documents", "in_force"): 32,
        ("licensing", "decisions"): 57,
    }
    assert of(heads, "行政规范性文件 4 888 1") == {}


@pytest.mark.parametrize("head", ["上年同期", "上年总计", "同比增减"])
@pytest.mark.parametrize("blank", ["", "46"])
def test_a_last_column_of_another_year_in_table_3_is_left_out(head: str, blank: str) -> None:
    """A blank cell of the form's own is not that column's number."""
    lines = page(figures=FIGURES | {("requests", "carried_in", "total"): blank})
    before, table, after = re.split("(<table><tr><td>申请人情况.*?</table>)", lines, flags=re.DOTALL)
    first, *rest = table.split("</tr>")
    wide = "</tr>".join([f"{first}<td>{head}</td>", *(f"{row}<td>888</td>" for row in rest[:-1]), rest[-1]])
    facts = {(f.schedule, f.line, f.column): f for f in read(before + wide + after).facts}
    assert facts["requests", "received", "total"].value == 45
    assert facts["requests", "carried_in", "total"].text == blank
    assert not [fact for fact in facts.values() if fact.value == 888 or fact.state is State.ILLEGIBLE]


def beside_last_year(rows: Rows) -> Rows:
    """Table 3 with a column of the year before, 888, behind each of its own; only the order of its cells is known."""
    heads, lines = rows[:3], rows[3:]
    wide = [[row[0], *(text for own in row[1:] for text in (own, "888"))] for row in lines]
    return [*heads, ["本期", "上年同期"] * len(APPLICANTS), *wide]


def test_years_below_the_heads_of_a_text_are_counted_from_the_end_of_its_rows() -> None:
    cells = figures()
    report = settled(text(only(beside_last_year, 1, tables(cells)), "\t".join))
    assert stated(report) == cells
    assert [problem.kind for problem in report.problems] == ["other-years-table"]


@pytest.mark.parametrize("lost", [1, 2, 7])
def test_of_a_text_whose_rows_lost_cells_no_years_are_told_apart(lost: int) -> None:
    def shorter(rows: Rows) -> Rows:
        wide = beside_last_year(rows)
        return [*wide[:5], wide[5][:-lost], *wide[6:]]

    report = settled(text(only(shorter, 1, tables(figures())), "\t".join))
    assert not [fact for fact in report.facts if fact.schedule == REQUESTS and fact.value is not None]


def test_a_table_that_goes_on_without_its_years_is_not_read() -> None:
    def parted(rows: Rows) -> Rows:
        wide = beside_last_year(rows)
        return [*wide[:9], ["续表"], *wide[9:]]

    cells = figures()
    found = stated(settled(text(only(parted, 1, tables(cells)), lambda row: "\t".join(row) + "\n")))
    assert found.items() <= cells.items()


@pytest.mark.parametrize("remark", ["无", "/", "3"])
def test_of_a_text_that_lost_blank_cells_a_remark_is_no_total(remark: str) -> None:
    """A row with as many words as the form has cells may have a blank one among them."""

    def wider(rows: Rows) -> Rows:
        return [[rows[0][0], "备注"], *rows[1:3], [*rows[3][:2], *rows[3][3:], remark], *rows[4:]]

    cells = figures()
    report = settled(text(only(wider, 1, tables(cells)), " ".join))
    found = {fact.state for fact in report.facts if fact.line == "received"}
    assert found == {State.ILLEGIBLE}
    assert stated(report).items() <= cells.items()


@pytest.mark.parametrize(("behind", "told"), [("备注", "unknown-head"), ("上年同期", "other-years-table")])
def test_what_stands_behind_the_total_of_table_3_in_a_text_is_no_applicants(behind: str, told: str) -> None:
    cells = figures()

    def wider(rows: Rows) -> Rows:
        return [
            [*row, behind] if row[-1] == "总计" else [*row, "888"] if len(row) == 8 else row for row in rows
        ]

    report = settled(text(only(wider, 1, tables(cells)), "\t".join))
    assert stated(report) == cells
    assert [(problem.kind, behind in problem.detail) for problem in report.problems] == [(told, True)]


def test_heads_of_years_may_reach_over_two_rows_of_heads() -> None:
    """As where a head stands over the first of its two columns alone, and the year of the second beside it."""
    kinds = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    both = "<td rowspan=2>上年</td><td rowspan=2>本年</td>"
    rows = (
        "<td rowspan=3>项目</td><td colspan=2>自然人</td><td colspan=10>法人或其他组织</td><td colspan=2>总计</td>",
        both + "".join(f"<td>{kind}</td><td rowspan=2>本年</td>" for kind in kinds) + both,
        "<td>上年</td>" * len(kinds),
        "<td>一、本年新收政府信息公开申请数量</td>"
        + "".join(f"<td>888</td><td>{at}</td>" for at in range(7)),
    )
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    report = read(
        "<meta charset='utf-8'><p>临川县石桥镇人民政府2023年政府信息公开工作年度报告</p>"
        f"<p>三、收到和处理政府信息公开申请情况</p><table>{table}</table>"
    )
    found = {fact.column: fact.value for fact in report.facts if fact.line == "received"}
    assert found == dict(zip(APPLICANTS, range(7), strict=True))


def test_each_block_of_table_2_may_have_its_own_row_of_years() -> None:
    """Three columns of two years each stand above one column of two years."""
    rows = (
        "<td colspan=7>第二十条第（一）项</td>",
        "<td>信息内容</td><td colspan=2>本年制发件数</td><td colspan=2>本年废止件数</td><td colspan=2>现行有效件数</td>",
        "<td></td>" + "<td>2023年</td><td>2022年</td>" * 3,
        "<td>行政规范性文件</td><td>4</td><td>888</td><td>1</td><td>888</td><td>32</td><td>888</td>",
        "<td colspan=7>第二十条第（五）项</td>",
        "<td>信息内容</td><td colspan=6>本年处理决定数量</td>",
        "<td></td><td colspan=3>2023年</td><td colspan=3>2022年</td>",
        "<td>行政许可</td><td colspan=3>57</td><td colspan=3>888</td>",
    )
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    report = read(re.sub("<table>.*?</table>", lambda found: table, page(), count=1, flags=re.DOTALL))
    facts = {(fact.line, fact.column): fact.value for fact in report.facts if fact.schedule == "proactive"}
    assert facts[("normative_documents", "issued")] == 4
    assert facts[("normative_documents", "in_force")] == 32
    assert facts[("licensing", "decisions")] == 57
    assert Decimal(888) not in facts.values()
