"""Tables of which the body alone was moved by a column: their sums tell, and no number is given to another's place."""

import pytest
from extracted import settled
from test_extract import Cells, Rows, figures, only, page, stated, tables

from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Report


def balanced(zero: str = "0") -> Cells:
    """Figures that add up in tables 3 and 4: of each line the first two parts, and noughts."""
    cells = figures()
    for line in dict.fromkeys(key[:2] for key in cells if key[0] != PROACTIVE):
        *parts, whole = APPLICANTS if line[0] == REQUESTS else RESULTS
        cells |= {(*line, part): zero for part in parts[2:]}
        cells[*line, whole] = str(sum(int(cells[*line, part]) for part in parts[:2]))
    return cells


def numbers(row: list[str]) -> bool:
    return any(cell.isdigit() for cell in row)


def told(report: Report) -> int:
    return [problem.kind for problem in report.problems].count("beside-heads")


def beside(cells: Cells, schedule: str, inserted: str) -> Report:
    """A page of which one table has a blank cell behind its heads, and a cell inserted before its numbers."""

    def moved(rows: Rows) -> Rows:
        labels = schedule != REVIEW
        return [
            [*row[:labels], inserted, *row[labels:]] if numbers(row) else [*row, ""] if len(row) > 1 else row
            for row in rows
        ]

    return settled(page(only(moved, (PROACTIVE, REQUESTS, REVIEW).index(schedule), tables(cells))))


@pytest.mark.parametrize("zero", ["0", ""])
@pytest.mark.parametrize("inserted", ["9", "", "已核"])
@pytest.mark.parametrize("schedule", [PROACTIVE, REQUESTS, REVIEW])
def test_numbers_a_column_beside_their_heads_are_not_read(schedule: str, inserted: str, zero: str) -> None:
    cells = balanced(zero)
    report = beside(cells, schedule, inserted)
    found = stated(report)
    assert not {key: value for key, value in found.items() if cells[key] != value}
    assert not [key for key in found if key[0] == schedule]
    assert told(report)


@pytest.mark.parametrize("wrong", [(), ("received", "closed")])
def test_a_sum_that_the_filing_got_wrong_is_read_beside_a_column_of_somebodys_own(
    wrong: tuple[str, ...],
) -> None:
    """The column has no head; that lines keep their sums beside it tells whose it is, in table 2 too."""
    cells = balanced() | {(REQUESTS, line, "total"): "1" for line in wrong}

    def counted(rows: Rows) -> Rows:
        return [[*row, "7" if numbers(row) else ""] if len(row) > 1 else row for row in rows]

    report = settled(page(only(counted, 1, tables(cells))))
    assert stated(report) == cells
    assert not told(report)


def test_a_sum_that_the_filing_got_wrong_in_every_line_is_read_where_no_number_is_beside() -> None:
    cells = figures()
    assert stated(settled(page(tables(cells)))) == cells


def test_the_last_number_below_a_head_of_somebodys_own_tells_the_same() -> None:
    cells = balanced()

    def moved(rows: Rows) -> Rows:
        return [
            [row[0], "9", *row[1:]] if numbers(row) else [*row, "备注" if len(row) == 3 else ""]
            for row in rows
        ]

    report = settled(page(only(moved, 1, tables(cells))))
    assert not [key for key in stated(report) if key[0] == REQUESTS]
    assert told(report)
