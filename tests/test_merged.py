"""Values merged over cells of several columns or lines: read in every cell they are meant for, or in doubt."""

import pytest

from etl.document import Cell, Document, Paragraph, Table
from etl.extract import extract
from etl.forms import APPLICANTS, PATHS, RESULTS
from etl.readers.geometry.joined import Piece, Printed, joined
from etl.report import Fact, Source, State

HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LINES = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理")
BY_PATH = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def document_cells(*cells: Cell) -> list[Cell]:
    """The cells of table 3 with three lines, all 5 but for those given, which may reach over others."""
    covered = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    heads = [Cell("", 0, 0), *(Cell(text, 0, 1 + at) for at, text in enumerate(HEADS))]
    labels = [Cell(text, 1 + at, 0) for at, text in enumerate(LINES)]
    others = [
        Cell("5", row, column) for row in (1, 2, 3) for column in range(1, 8) if (row, column) not in covered
    ]
    return sorted((*heads, *labels, *others, *cells), key=lambda cell: (cell.row, cell.column))


def requests(*cells: Cell, scanned: bool = False) -> list[Fact]:
    """The facts of such a table."""
    told = (("scanned", "1"),) if scanned else ()
    table = Table(tuple(document_cells(*cells)))
    return list(extract(Document((table,), told), Source("", "", "")).facts)


def shown(facts: list[Fact]) -> dict[str, list[str]]:
    """What each line's cells hold: their numbers, or the first letter of their state."""
    lines: dict[str, list[str]] = {}
    for fact in facts:
        said = fact.state.value[0] if fact.value is None else str(fact.value)
        lines.setdefault(fact.line, []).append(said)
    return lines


@pytest.mark.parametrize(("text", "said"), [("0", "0"), ("/", "d"), ("无", "d"), ("", "b"), ("3", "i")])
def test_what_is_merged_over_lines_and_columns_is_meant_for_all_unless_it_is_a_number(
    text: str, said: str
) -> None:
    assert shown(requests(Cell(text, 1, 1, 2, 7))) == {
        "received": [said] * 7,
        "carried_in": [said] * 7,
        "carried_out": ["5"] * 7,
    }


@pytest.mark.parametrize(
    "where", [Cell("0", 2, 1, 1, 7), Cell("0", 2, 3, 1, 2), Cell("0", 1, 7, 3, 1), Cell("0", 1, 2, 2, 5)]
)
def test_a_merged_nought_is_read_wherever_it_stands(where: Cell) -> None:
    read = {(fact.line, fact.column): fact.value for fact in requests(where)}
    lines = ("received", "carried_in", "carried_out")
    for row, line in enumerate(lines, 1):
        for column, applicant in enumerate(APPLICANTS, 1):
            within = row in range(where.row, where.row + where.rows)
            within &= column in range(where.column, where.column + where.columns)
            assert read[line, applicant] == (0 if within else 5)


def test_a_merged_nought_of_a_scan_is_in_doubt() -> None:
    assert shown(requests(Cell("0", 1, 1, 2, 7), scanned=True))["carried_in"] == ["i"] * 7


def test_a_span_that_moves_the_cells_below_is_wrong_and_no_merged_value() -> None:
    """A browser moves the cells of a row that a span reaches into; none of them is missing."""
    moved = (Cell("6", 2, at) for at in (1, 2, 3, 4, 5, 6, 8))
    assert shown(requests(Cell("0", 1, 7, 2, 1), *moved))["received"] == [*6 * ["5"], "0"]


@pytest.mark.parametrize("width", [15, 5, 3])
def test_the_one_row_of_table_4_may_be_merged(width: int) -> None:
    paths = [
        Cell(text, 0, 5 * at, 1, 5) for at, text in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉"))
    ]
    results = [Cell(text, 1, at) for at, text in enumerate(3 * BY_PATH)]
    values = [Cell("0", 2, 0, 1, width), *(Cell("4", 2, at) for at in range(width, 15))]
    document = Document(
        (Paragraph("四、政府信息公开行政复议、行政诉讼情况"), Table((*paths, *results, *values)))
    )
    facts = {(fact.line, fact.column): fact.value for fact in extract(document, Source("", "", "")).facts}
    due = [(path, result) for path in PATHS for result in RESULTS]
    assert [facts[cell] for cell in due] == [0] * width + [4] * (15 - width)


def piece(page: int, *rows: list[Printed]) -> Piece:
    cells = tuple(cell for row in rows for cell in row)
    return Piece(page, 0.0, (0.0, 50.0, 90.0, 130.0), max(cell.row + cell.rows for cell in cells), cells)


def test_the_blank_rest_of_a_value_that_a_page_broke_is_in_doubt() -> None:
    above = piece(
        1,
        [Printed("1.属于国家秘密", 0, 0, 1, 1), Printed("0", 0, 1, 2, 2)],
        [Printed("2.重复申请", 1, 0, 1, 1)],
    )
    below = piece(2, [Printed("3.其他", 0, 0, 1, 1), Printed("", 0, 1, 1, 2)])
    (table,) = joined([above, below])
    assert [cell.text for cell in table.cells if cell.column] == ["0", "?"]


def test_a_line_broken_by_the_page_keeps_the_value_merged_over_it() -> None:
    above = piece(
        1,
        [Printed("1.属于国家秘密", 0, 0, 1, 1), Printed("—", 0, 1, 2, 2)],
        [Printed("2.要求提供", 1, 0, 1, 1, 0)],
    )
    below = piece(
        2, [Printed("公开出版物", 0, 0, 1, 1), Printed("", 0, 1, 2, 2)], [Printed("3.其他", 1, 0, 1, 1)]
    )
    (table,) = joined([above, below])
    assert [(cell.text, cell.rows) for cell in table.cells if cell.column] == [("—", 3)]


def test_rows_whose_numbers_all_go_on_over_the_page_are_no_folded_numbers() -> None:
    """The second label does not begin as a label does, as where a bracket of its group ran into it."""
    above = piece(
        1, [Printed("3.补正后申请", 0, 0, 1, 1, 0), Printed("13", 0, 1, 1, 1, 0), Printed("2", 0, 2, 1, 1, 0)]
    )
    below = piece(2, [Printed("）重复申请", 0, 0, 1, 1), Printed("2", 0, 1, 1, 1), Printed("0", 0, 2, 1, 1)])
    (table,) = joined([above, below])
    assert [cell.text for cell in table.cells if cell.column] == ["13 2", "2 0"]


@pytest.mark.parametrize(("cells", "said"), [(2, "i"), (7, "0")])
def test_on_a_page_a_nought_over_two_cells_may_only_lack_a_rule(cells: int, said: str) -> None:
    table = Table(tuple(document_cells(Cell("0", 2, 1, 1, cells))), page=1)
    facts = list(extract(Document((table,)), Source("", "", "")).facts)
    assert shown(facts)["carried_in"] == [said] * cells + ["5"] * (7 - cells)


def test_on_a_page_with_blank_cells_too() -> None:
    cells = document_cells(Cell("0", 2, 1, 1, 7), Cell("", 1, 3))
    facts = list(extract(Document((Table(tuple(cells), page=1),)), Source("", "", "")).facts)
    assert shown(facts)["carried_in"] == ["i"] * 7


def test_lines_without_cells_below_one_that_lacks_some_are_in_doubt() -> None:
    """So stands a merged value in a text: its cell once, and none in the lines below."""
    text = [
        "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计",
        f"{LINES[0]}\t0",
        LINES[1],
        LINES[2] + 7 * "\t5",
    ]
    rows = [line.split("\t") for line in text]
    cells = tuple(
        Cell(word, row, at + (row == 0)) for row, words in enumerate(rows) for at, word in enumerate(words)
    )
    found = extract(Document((Table(cells, aligned=False),)), Source("", "", "")).facts
    assert {fact.state for fact in found if fact.line == "carried_in"} == {State.ILLEGIBLE}
    assert shown(list(found))["carried_out"] == ["5"] * 7


def test_as_many_cells_as_a_line_is_due_are_none_merged_however_wide_they_are() -> None:
    """The second line was printed in columns of other widths, as where a page broke the table in two."""
    heads = [Cell("", 0, 0), *(Cell(text, 0, 1 + 2 * at, 1, 2) for at, text in enumerate(HEADS))]
    first = [Cell(LINES[0], 1, 0), *(Cell("5", 1, 1 + 2 * at, 1, 2) for at in range(7))]
    widths = (3, 1, 2, 2, 2, 3, 1)
    starts = [1 + sum(widths[:at]) for at in range(7)]
    second = [
        Cell(LINES[1], 2, 0),
        *(Cell(str(at), 2, start, 1, widths[at]) for at, start in enumerate(starts)),
    ]
    table = Table((*heads, *first, *second), page=1)
    facts = list(extract(Document((table,)), Source("", "", "")).facts)
    assert shown(facts)["carried_in"] == [str(at) for at in range(7)]
