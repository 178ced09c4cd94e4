"""The fill-in workbook: laid out like the form, checking itself, and read back exactly as it was filled in."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from extracted import extracted
from test_command_line import run

from etl import checks, forms, workbook_form
from etl.filled_form import CHECK
from etl.identity import settle
from etl.report import Report, State

Fill = Callable[[openpyxl.Workbook], None]


def filled(fill: Fill, county: str = "云岭县", government: str = "白石镇人民政府") -> Report:
    book = openpyxl.load_workbook(io.BytesIO(workbook_form.blank(county, government, 2023)))
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return extracted(buffer.getvalue())


def open_cells(sheet: Any) -> list[Any]:
    """The cells to fill in, in the order of reading; merged ones once."""
    hidden = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row, column in list(area.cells)
        if (row, column) != (area.min_row, area.min_col)
    }
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and (cell.row, cell.column) not in hidden
    ]


def number_all(book: openpyxl.Workbook) -> None:
    """A different number in every cell of the three tables."""
    number = 100
    for name in ("表二", "表三", "表四"):
        for cell in open_cells(book[name]):
            number += 1
            cell.value = number


def test_a_blank_form_is_a_report_whose_every_cell_is_blank() -> None:
    report = extracted(workbook_form.blank())
    assert (report.government, report.county, report.year, report.form) == (None, None, None, "2021")
    assert [fact.state for fact in report.facts] == [State.BLANK] * 200
    assert (report.metrics, report.leftovers, report.problems) == ((), (), ())
    assert [section.number for section in report.sections] == ["", "一", "二", "三", "四", "五", "六"]


def test_the_cover_says_whose_report_it_is() -> None:
    report = settle(extracted(workbook_form.blank("云岭县", "白石镇人民政府", 2023)))
    assert (report.county, report.government, report.year) == ("云岭县", "白石镇人民政府", 2023)
    report = settle(extracted(workbook_form.blank("云岭县", "云岭县民政局", 2022)))
    assert (report.county, report.government, report.year) == ("云岭县", "云岭县民政局", 2022)


@pytest.mark.parametrize(("cell", "county", "year"), [("B3", None, 2023), ("B5", "云岭县", None)])
def test_a_blank_on_the_cover_leaves_the_rest_of_it(cell: str, county: str | None, year: int | None) -> None:
    def emptied(book: openpyxl.Workbook) -> None:
        book["封面"][cell].value = None

    report = settle(filled(emptied))
    assert (report.government, report.county, report.year) == ("白石镇人民政府", county, year)


def test_two_governments_on_one_cover_are_not_the_first_of_them() -> None:
    report = settle(filled(lambda _: None, government="白石镇人民政府、太平镇人民政府"))
    assert report.government is None
    assert "government-disagrees" in {problem.kind for problem in report.problems}


def test_every_number_comes_back_in_its_cell() -> None:
    report = filled(number_all)
    due = [(schedule.key, *cell) for schedule in forms.load()[-1].schedules[:2] for cell in schedule.cells()]
    found = [(fact.schedule, fact.line, fact.column) for fact in report.facts]
    assert found[: len(due)] == due
    assert [fact.value for fact in report.facts] == [Decimal(number) for number in range(101, 301)]
    assert [(table.by_order, table.confirmed) for table in report.readings] == [
        (10, 10),
        (175, 175),
        (15, 15),
    ]
    assert (report.leftovers, report.problems) == ((), ())


def test_what_was_calculated_is_never_taken_for_what_was_entered() -> None:
    """As a spreadsheet saves it: the sums stand beside the entered totals as numbers."""

    def fill(book: openpyxl.Workbook) -> None:
        number_all(book)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if str(cell.value).startswith("="):
                        cell.value = 7

    report = filled(fill)
    assert [fact.value for fact in report.facts] == [Decimal(number) for number in range(101, 301)]
    assert (report.leftovers, report.problems) == ((), ())


def test_a_wrong_total_stays_as_it_was_entered_and_is_a_finding() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for cell in open_cells(book["表四"]):
            cell.value = 1

    found = checks.run(filled(fill))
    assert {(f.check, f.line, f.actual, f.expected) for f in found if f.check == "review-total"} == {
        ("review-total", line, Decimal(1), Decimal(4)) for line in forms.PATHS
    }


def test_numbers_of_the_prose_come_back_with_their_words() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book["一、总体情况"]
        for row in range(5, 5 + len(workbook_form._STATED)):
            sheet.cell(row, 2).value = row * 11

    report = filled(fill)
    assert {metric.metric: metric.value for metric in report.metrics} == {
        key: Decimal(row * 11) for row, key in enumerate(workbook_form._STATED, 5)
    }
    assert report.metrics[0].sentence == "主动公开信息总数 55 条"


def test_what_is_no_number_among_the_numbers_is_left_over() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book["一、总体情况"]["B5"] = "若干"

    report = filled(fill)
    assert report.metrics == ()
    assert [(left.text, left.reason) for left in report.leftovers] == [
        ("主动公开信息总数 若干 条", "not-a-number")
    ]


OVERVIEW = "一、总体情况"


@pytest.mark.parametrize(
    ("row", "entered", "value"),
    [
        (5, 38, "38"),
        (5, "３８条", "38"),
        (5, "1,234", "1234"),
        (17, 12.5, "12.5"),
        (17, "12元", "12"),
        (5, "约38", None),
        (5, "80余", None),
        (5, "-2", None),
        (5, 3.5, None),
        (5, "38次", None),
        (17, "1.2万元", None),
        (5, "3 8", None),
        (5, True, None),
    ],
)
def test_a_number_of_the_list_is_read_as_it_counts_in_its_unit_or_left_over(
    row: int, entered: object, value: str | None
) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book[OVERVIEW].cell(row, 2).value = entered

    report = filled(fill)
    assert [metric.value for metric in report.metrics] == ([Decimal(value)] if value else [])
    assert [left.reason for left in report.leftovers] == ([] if value else ["not-a-number"])


def test_a_list_with_rows_and_columns_put_in_and_its_heads_gone_is_read_all_the_same() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book[OVERVIEW]
        sheet["B5"], sheet["B6"], sheet["B4"] = 38, 12, "数量"
        sheet["A1"], sheet["A2"] = None, None
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(2)
        sheet.insert_rows(6)
        sheet["A6"] = "以上含转载"
        book["封面"].insert_rows(4)
        book["封面"]["A4"] = "填报人"
        book["封面"]["B4"] = "王敏"

    report = settle(filled(fill))
    assert {metric.metric: metric.value for metric in report.metrics} == {
        "items_published": Decimal(38),
        "website_items": Decimal(12),
    }
    assert (report.government, report.year, report.leftovers) == ("白石镇人民政府", 2023, ())


def test_a_line_that_the_list_of_today_does_not_have_is_left_over() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book[OVERVIEW]["A6"], book[OVERVIEW]["B6"] = "手机报", 12
        book[OVERVIEW]["A7"] = "内部刊物"

    report = filled(fill)
    assert report.metrics == ()
    assert [(left.text, left.reason) for left in report.leftovers] == [("手机报 12 条", "unknown-label")]


def test_a_row_put_into_a_table_moves_no_number_and_a_renamed_or_moved_sheet_none_either() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        number_all(book)
        sheet = book["表三"]
        areas = [area.bounds for area in sheet.merged_cells.ranges]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(8)
        for left, top, right, bottom in areas:
            top, bottom = top + (top >= 8), bottom + (bottom >= 8)
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        sheet["C8"] = "其中：网络申请"
        for column in range(4, 12):
            sheet.cell(8, column).value = 5
        sheet.title = "2022年"
        book.move_sheet("表四", -3)

    report = filled(fill)
    assert [fact.value for fact in report.facts] == [Decimal(number) for number in range(101, 301)]
    assert [left.reason for left in report.leftovers] == ["unknown-label"]


def test_prose_written_into_the_form_is_read_like_any_other() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book["一、总体情况"]["A2"] = "全年通过县政府门户网站发布信息12条。"
        book["五、六"]["A5"] = "2023年未收取信息处理费。"

    report = filled(fill)
    assert {(metric.metric, metric.value) for metric in report.metrics} == {
        ("website_items", Decimal(12)),
        ("handling_fee_yuan", Decimal(0)),
    }
    assert report.sections[-1].text == "2023年未收取信息处理费。"


def test_only_cells_to_fill_in_are_open_and_each_says_what_may_stand_in_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_form.blank()))
    assert all(sheet.protection.sheet for sheet in book)
    assert {name: len(open_cells(book[name])) for name in ("表二", "表三", "表四")} == {
        "表二": 10,
        "表三": 175,
        "表四": 15,
    }
    for name in ("表二", "表三", "表四"):
        rules = book[name].data_validations.dataValidation
        for cell in open_cells(book[name]):
            (rule,) = [rule for rule in rules if cell.coordinate in rule.sqref]
            fee = (name, cell.row) == ("表二", 15)
            assert (rule.type, rule.operator, rule.formula1) == (
                "decimal" if fee else "whole",
                "greaterThanOrEqual",
                "0",
            )


def test_sums_follow_what_is_entered() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_form.blank()))
    requests = book["表三"]
    assert requests["K2"].value == CHECK
    assert (requests["K5"].value, requests["D31"].value, requests["D32"].value) == (
        "=SUM(D5:I5)",
        "=SUM(D7:D27)",
        "=D5+D6-(D28+D29)",
    )
    assert [book["表四"][at].value for at in ("E7", "J7", "O7")] == [
        "=SUM(A5:D5)",
        "=SUM(F5:I5)",
        "=SUM(K5:N5)",
    ]


def test_the_command_line_writes_the_form(tmp_path: Path) -> None:
    out = tmp_path / "白石镇.xlsx"
    done = run("form", "--out", out, "--county", "云岭县", "--government", "白石镇人民政府", "--year", 2023)
    assert (done.returncode, done.stdout.strip()) == (0, str(out))
    assert extracted(out.read_bytes()).year == 2023
