"""Columns in another order than the form's, and lines it does not have: read by their heads, or not at all."""

from decimal import Decimal

import pytest

from etl.document import Cell, Document, Table
from etl.extract import extract
from etl.forms import APPLICANTS
from etl.report import Source

KINDS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
SHUFFLED = ("社会公益组织", "商业企业", "科研机构", "其他", "法律服务机构")
KEYS = dict(zip(("自然人", *KINDS, "总计"), APPLICANTS, strict=True))
Row = tuple[str, str, list[str]]


def numbers(first: int) -> list[str]:
    return [str(first + at) for at in range(len(APPLICANTS))]


def read(heads: tuple[str, ...], rows: list[Row], alone: str = "") -> dict[tuple[str, str], Decimal]:
    """The numbers read of table 3 with these heads and rows of group, label and cells; `alone` is a row of its own."""
    cells = [Cell("", 0, 0, columns=2), *(Cell(text, 0, 2 + at) for at, text in enumerate(heads))]
    row = 1
    for group, label, texts in rows:
        if alone:
            cells.append(Cell(alone, row, 0, columns=2))
            row += 1
        cells += [Cell(group, row, 0), Cell(label, row, 1)]
        cells += [Cell(text, row, 2 + at) for at, text in enumerate(texts)]
        row += 1
    report = extract(Document((Table(tuple(cells)),)), Source("", "", ""))
    return {(fact.line, fact.column): fact.value for fact in report.facts if fact.value is not None}


def meant(heads: tuple[str, ...], line: str, first: int) -> dict[tuple[str, str], Decimal]:
    return {(line, KEYS[head]): Decimal(first + at) for at, head in enumerate(heads)}


ROWS: list[Row] = [
    ("（五）不予处理", "1.信访举报投诉类申请", numbers(11)),
    ("", "2.重复申请", numbers(21)),
    ("", "（七）总计", numbers(31)),
]


@pytest.mark.parametrize("alone", ["", "（五）不予处理", "2.重复申请"])
def test_columns_in_another_order_are_read_by_their_heads(alone: str) -> None:
    heads = ("自然人", *SHUFFLED, "总计")
    found = read(heads, ROWS, alone)
    right = {**meant(heads, "petition", 11), **meant(heads, "repeated", 21), **meant(heads, "closed", 31)}
    assert {key: value for key, value in found.items() if right.get(key) != value} == {}


@pytest.mark.parametrize("lost", range(7))
def test_where_a_head_is_not_understood_no_number_is_given_to_another_column(lost: int) -> None:
    heads = ("总计", "自然人", *SHUFFLED)
    found = read((*heads[:lost], "印错", *heads[lost + 1 :]), ROWS)
    right = {**meant(heads, "petition", 11), **meant(heads, "repeated", 21), **meant(heads, "closed", 31)}
    assert {key: value for key, value in found.items() if right.get(key) != value} == {}


def test_a_subtotal_of_somebodys_own_does_not_make_the_heads_forgotten() -> None:
    heads = ("自然人", *SHUFFLED, "总计")
    rows = [ROWS[0], ("", "小计", numbers(71)), *ROWS[1:]]
    found = read(heads, rows)
    assert {key: value for key, value in found.items() if key[0] != "petition"} == {
        **meant(heads, "repeated", 21),
        **meant(heads, "closed", 31),
    }


def test_a_subtotal_is_never_the_line_that_is_missing_at_its_place() -> None:
    heads = ("自然人", *KINDS, "总计")
    rows: list[Row] = [("（五）不予处理", "1.信访举报投诉类申请", numbers(11)), ("", "小计", numbers(71))]
    found = read(heads, [*rows, ("", "3.要求提供公开出版物", numbers(31))])
    assert {line for line, _ in found} == {"petition", "publication"}


@pytest.mark.parametrize(("label", "line"), [("9.其他", ""), ("3.其他", "other_reason")])
def test_others_in_a_group_that_has_none_is_not_the_last_line_of_other_handling(
    label: str, line: str
) -> None:
    heads = ("自然人", *KINDS, "总计")
    rows: list[Row] = [("（三）不予公开", "8.属于行政查询事项", numbers(11)), ("", label, numbers(21))]
    found = {line for line, _ in read(heads, [*rows, ("", "（七）总计", numbers(31))])}
    assert found == {"registry_inquiry", "closed", *filter(None, [line])}
