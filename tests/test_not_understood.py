"""What is left over of rows whose numbers were made out: what nobody has a use for, and nothing else."""

from dataclasses import replace
from decimal import Decimal

from extracted import settled
from test_extract import Cells, figures, page, stated, tables

from etl.document import Cell, Document, Table
from etl.forms import PATHS, PROACTIVE, RESULTS, REVIEW
from etl.report import Fact, Leftover, Place, Report, State
from etl.tables import not_understood

_RESULTS = "".join(f"<td>{label}</td>" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))


def left(report: Report) -> list[str]:
    return [leftover.text for leftover in report.leftovers]


def of_table_4(cells: Cells, *rows: str) -> Report:
    """The report whose fourth table has these rows."""
    data = page(tables(cells)).decode()
    return settled((data[: data.rindex("<table>")] + f"<table>{''.join(rows)}</table></html>").encode())


def numbers(cells: Cells, *paths: str, wide: int = 1) -> str:
    return "".join(f"<td colspan={wide}>{cells[REVIEW, path, key]}</td>" for path in paths for key in RESULTS)


def test_a_column_of_row_numbers_is_understood() -> None:
    cells = figures()
    top, second, third, fourth = page(tables(cells)).decode().split("<table>")
    rows = third.split("<tr>")
    rows[1] = "<td rowspan=3>序号</td>" + rows[1]
    rows[4:] = [f"<td>{number}</td>{row}" for number, row in enumerate(rows[4:], 1)]
    report = settled("<table>".join((top, second, "<tr>".join(rows), fourth)).encode())
    assert stated(report) == cells
    assert left(report) == []


def test_of_a_row_with_a_remark_the_remark_is_left() -> None:
    texts = ("行政处罚", "3", "见附件", "/")
    table = Table(tuple(Cell(text, 0, column) for column, text in enumerate(texts)))
    whole = Leftover(" ".join(texts), "cells-do-not-fit", Place(0, 0, 0))
    known = Fact(PROACTIVE, "penalties", "decisions", Decimal(3), State.STATED, "3", Place(0, 0, 1))
    doubtful = replace(known, value=None, state=State.ILLEGIBLE)
    for fact, remaining in ((known, "见附件"), (doubtful, whole.text)):
        found = not_understood.left([whole], [fact], Document((table,)))
        assert [leftover.text for leftover in found] == [remaining]


def test_a_word_beside_the_row_of_table_4_is_no_number_of_it() -> None:
    cells = figures()
    paths = "<td colspan=5>行政复议</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>"
    for empty in (False, True):
        written = {key: "" if empty and key[0] == REVIEW else text for key, text in cells.items()}
        report = of_table_4(
            written,
            f"<tr><td rowspan=2>类别</td>{paths}</tr><tr>{_RESULTS * 3}</tr>",
            f"<tr><td>件数</td>{numbers(written, *PATHS)}</tr>",
        )
        assert stated(report) == {key: text for key, text in written.items() if text}
        assert State.ILLEGIBLE not in {fact.state for fact in report.facts}
        assert left(report) == []


def test_suits_may_stand_in_rows_below_those_of_reconsideration() -> None:
    cells = figures()
    report = of_table_4(
        cells,
        f"<tr><td colspan=10>行政复议</td></tr><tr>{_RESULTS.replace('<td>', '<td colspan=2>')}</tr>",
        f"<tr>{numbers(cells, PATHS[0], wide=2)}</tr><tr><td colspan=10>行政诉讼</td></tr>",
        f"<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>{_RESULTS * 2}</tr>",
        f"<tr>{numbers(cells, *PATHS[1:])}</tr>",
    )
    assert stated(report) == cells
    assert left(report) == []


def test_a_note_in_a_row_below_table_4_is_no_second_row_of_it() -> None:
    cells = figures()
    blank = "<td></td>" * (len(PATHS) * len(RESULTS) - 1)
    fourth = page(tables(cells)).decode()
    at = fourth.rindex("</table>")
    data = f"{fourth[:at]}<tr><td>*与上年度报告一致</td>{blank}</tr>{fourth[at:]}"
    assert stated(settled(data.encode())) == cells
