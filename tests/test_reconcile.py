"""One fact a cell: which reading of it counts, and when none does; whose the figures beside a group are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from etl.document import Cell, Document, Table
from etl.extract import extract
from etl.forms import APPLICANTS, PATHS, REQUESTS, RESULTS
from etl.report import Fact, Place, Source, State
from etl.tables import by_grid
from etl.tables.reconcile import reconciled

ROW, OTHER_ROW, OTHER_TABLE = Place(4, 5, 3), Place(4, 6, 3), Place(9, 5, 3)
HEADS = ("", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def fact(text: str, state: State = State.STATED, place: Place | None = ROW) -> Fact:
    value = Decimal(text) if state is State.STATED else None
    return Fact(REQUESTS, "received", "total", value, state, text, place)


def settled(*readings: Fact) -> tuple[State, str, int]:
    """State and text of the cell that all readings are of, and how many problems that made."""
    facts, problems = reconciled(readings[:1], readings[1:])
    (found,) = (one for one in facts if one.column == "total")
    return found.state, found.text, len(problems)


@pytest.mark.parametrize("elsewhere", [OTHER_ROW, OTHER_TABLE])
def test_an_empty_cell_of_another_row_answers_for_no_illegible_figure(elsewhere: Place) -> None:
    empty, unclear = fact("", State.BLANK, elsewhere), fact("1?", State.ILLEGIBLE)
    assert settled(empty, unclear) == settled(unclear, empty) == (State.ILLEGIBLE, "1?", 0)


def test_an_empty_cell_of_the_same_row_answers_for_a_figure_that_only_one_reading_doubts() -> None:
    assert settled(fact("", State.BLANK), fact("1 2", State.ILLEGIBLE)) == (State.BLANK, "", 0)


def test_a_number_of_another_row_answers_for_a_figure_that_cannot_be_made_out() -> None:
    assert settled(fact("7", place=OTHER_ROW), fact("1?", State.ILLEGIBLE)) == (State.STATED, "7", 0)


def test_a_reading_that_saw_the_cell_counts_before_one_that_only_missed_it() -> None:
    assert settled(fact("", State.BLANK, None), fact("7")) == (State.STATED, "7", 0)


def test_two_numbers_for_one_cell_are_a_problem_and_neither_counts() -> None:
    assert settled(fact("7"), fact("8")) == (State.ILLEGIBLE, "7 / 8", 1)


@pytest.mark.parametrize("block", [3, 9])
def test_a_blank_form_below_the_filled_one_is_no_table_of_the_report(block: int) -> None:
    filled = [replace(fact("7"), column=column) for column in APPLICANTS]
    blank = [replace(fact("", State.BLANK, Place(block, 5, 3)), column=column) for column in APPLICANTS]
    facts, problems = reconciled([*filled, *blank], [*filled, *blank])
    below = block > ROW.block
    assert {found.state for found in facts} == {State.STATED if below else State.ILLEGIBLE}
    assert [problem.kind for problem in problems] == ["tables-differ"]
    assert ("空白" in problems[0].detail) is below


def numbers(row: int, first: int) -> list[Cell]:
    return [Cell(str(first + at), row, 2 + at) for at in range(len(APPLICANTS))]


def by_columns(*cells: Cell) -> dict[str, list[str]]:
    """The lines that are read below the heads of table 3, each with its texts."""
    heads = [Cell(text, 0, column) for column, text in enumerate(HEADS)]
    found: dict[str, list[str]] = {}
    for one in by_grid.facts(Document((Table((*heads, *cells)),))):
        found.setdefault(one.line, []).append(one.text)
    return found


def test_figures_beside_a_misprinted_part_are_not_those_of_its_group() -> None:
    group = Cell("（六）其他处理", 1, 0, rows=2)
    parts = (Cell("1.本行标题印错", 1, 1), Cell("3.其他", 2, 1))
    assert by_columns(group, parts[0], *numbers(1, 11), parts[1], *numbers(2, 21)) == {
        "other_reason": [str(21 + at) for at in range(7)]
    }


def test_figures_right_beside_a_group_of_one_row_are_its_own() -> None:
    assert by_columns(Cell("（六）其他处理", 1, 0, columns=2), *numbers(1, 11)) == {
        "otherwise_closed": [str(11 + at) for at in range(7)]
    }


def test_words_in_the_cell_beside_a_group_are_a_label_even_where_the_group_fills_one_row() -> None:
    assert by_columns(Cell("（六）其他处理", 1, 0), Cell("1.印错", 1, 1), *numbers(1, 11)) == {}


def test_a_part_of_a_groups_label_in_a_row_of_its_own_is_no_new_head() -> None:
    lines = (Cell("1.属于国家秘密", 1, 1), *numbers(1, 11), Cell("2.重复申请", 3, 1), *numbers(3, 21))
    assert by_columns(Cell("度办理结", 2, 0, columns=2), *lines) == {
        "state_secret": [str(11 + at) for at in range(7)],
        "repeated": [str(21 + at) for at in range(7)],
    }


@pytest.mark.parametrize(("widths", "read"), [((5, 5, 5), [*PATHS]), ((5, 8, 2), []), ((5, 10, 0), [])])
def test_a_path_over_columns_of_another_answers_for_none(widths: tuple[int, ...], read: list[str]) -> None:
    paths, results = (
        ("行政复议", "未经复议直接起诉", "复议后起诉"),
        ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
    )
    starts = (0, widths[0], sum(widths[:2]))
    heads = [
        Cell(text, 0, start, columns=wide)
        for text, start, wide in zip(paths, starts, widths, strict=True)
        if wide
    ]
    heads += [Cell(results[at % 5], 1, at) for at in range(15)]
    numbers = [Cell(str(at), 2, at) for at in range(15)]
    found = list(by_grid.facts(Document((Table((*heads, *numbers)),))))
    assert list(dict.fromkeys(fact.line for fact in found)) == read
    assert len(found) == len(read) * len(RESULTS)


def numbered(row: int, label: str, *texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, row, column) for column, text in enumerate((label, *texts)))


def test_a_table_with_other_columns_does_not_go_on_below_the_heads_of_another() -> None:
    heads = [Cell(text, 0, column) for column, text in enumerate(("", *HEADS[2:]))]
    below = numbered(0, "1.属于国家秘密", *"1234567", "8")
    document = Document((Table((*heads, *numbered(1, "（一）予以公开", *"1234567"))), Table(below)))
    assert {found.line for found in by_grid.facts(document)} == {"disclosed"}


def test_a_number_below_no_head_of_its_line_may_be_that_of_the_empty_cell_beside_it() -> None:
    heads = ("信息内容", "上一年项目数量", "第二十条第（八）项", "本年增/减")
    cells = [Cell(text, 0, column) for column, text in enumerate(heads)]
    document = Document((Table((*cells, *numbered(1, "行政事业性收费", "8", "2010", ""))),))
    assert not list(by_grid.facts(document))


def test_a_line_without_cells_is_not_blank_where_a_row_of_numbers_has_no_label() -> None:
    heads = [Cell(text, 0, column) for column, text in enumerate(("", *HEADS[2:]))]
    rows = (*numbered(1, "（一）予以公开", *"1234567"), Cell("1.属于国家秘密", 2, 0))
    stray = Table(tuple(Cell(text, 0, column) for column, text in enumerate("7654321")))
    report = extract(Document((Table((*heads, *rows)), stray)), Source("", "", "application/pdf"))
    assert {one.state for one in report.facts if one.line == "state_secret"} == {State.ILLEGIBLE}
