"""Lines of the form written below each other in the cells of one row of a table."""

import pytest

from etl.document import Cell, Document, Table
from etl.extract import extract
from etl.forms import APPLICANTS
from etl.report import Fact, Source

HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def facts(labels: str, columns: list[str], group: str = "（五）不予处理") -> list[Fact]:
    """The facts of table 3 with one row below its heads: a group, labels, and the numbers of each column."""
    heads = [Cell("", 0, 0, columns=2), *(Cell(text, 0, 2 + at) for at, text in enumerate(HEADS))]
    row = [Cell(group, 1, 0), Cell(labels, 1, 1), *(Cell(text, 1, 2 + at) for at, text in enumerate(columns))]
    last = [Cell("（七）总计", 2, 0, columns=2), *(Cell(str(900 + at), 2, 2 + at) for at in range(7))]
    return list(extract(Document((Table((*heads, *row, *last)),)), Source("", "", "")).facts)


def numbers(found: list[Fact]) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for fact in found:
        lines.setdefault(fact.line, []).append("" if fact.value is None else str(fact.value))
    return lines


@pytest.mark.parametrize("group", ["（五）不予处理", "（五）不\n予处理"])
def test_each_label_has_the_numbers_at_its_height(group: str) -> None:
    found = facts("1.信访举报投诉类申请\n2.重复申请", [f"{11 + at}\n{21 + at}" for at in range(7)], group)
    assert numbers(found) == {
        "petition": [str(11 + at) for at in range(7)],
        "repeated": [str(21 + at) for at in range(7)],
        "closed": [str(900 + at) for at in range(7)],
    }


def test_the_places_are_those_of_the_cells_as_printed() -> None:
    found = facts("1.信访举报投诉类申请\n2.重复申请", [f"{11 + at}\n{21 + at}" for at in range(7)])
    places = [(fact.place.row, fact.place.column) for fact in found if fact.place]
    assert places == [(1, 2 + at) for at in range(7)] * 2 + [(2, 2 + at) for at in range(7)]


def test_a_column_with_another_number_of_lines_leaves_the_row_unread() -> None:
    columns = [f"{11 + at}\n{21 + at}" for at in range(6)]
    found = numbers(facts("1.信访举报投诉类申请\n2.重复申请", [*columns, "50"]))
    assert "".join(found.get("petition", []) + found.get("repeated", [])) == ""


def test_a_label_broken_into_lines_is_one_label() -> None:
    found = numbers(facts("2.重复\n申请", [str(11 + at) for at in range(len(APPLICANTS))]))
    assert found["repeated"] == [str(11 + at) for at in range(7)]
