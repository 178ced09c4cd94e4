"""Tables drawn with characters: read as tables, with their wrapped cells whole, and numbers never run together."""

from collections.abc import Callable

import pytest
from extracted import settled
from grids import rows
from test_extract import Rows, figures, stated, tables, text

from etl.readers import blocks, drawn

_WIDE = 12


def wrapped(cell: str) -> list[str]:
    return [cell[at : at + _WIDE] for at in range(0, len(cell), _WIDE)] or [""]


def full(shown: Rows) -> Rows:
    """Every row with the cells of the widest; a label's merged cells are empty before its numbers."""
    width = max(map(len, shown))
    return [row + [""] * (width - len(row)) for row in shown]


def ruled(shown: Rows, rule: str, side: str) -> str:
    lines = [rule]
    for row in full(shown):
        cells = [wrapped(cell) for cell in row]
        for at in range(max(map(len, cells))):
            parts = (cell[at] if at < len(cell) else "" for cell in cells)
            lines.append(side + side.join(f" {part} " for part in parts) + side)
        lines.append(rule)
    return "\n".join(lines)


def headed(shown: Rows) -> str:
    """Rules only round the heads and below the last row."""
    first = next(at for at, row in enumerate(shown) if any(cell.isdigit() for cell in row))
    lines = [f"| {' | '.join(row)} |" for row in full(shown)]
    rule = "+" + "------+" * max(map(len, shown))
    return "\n".join([rule, *lines[:first], rule, *lines[first:], rule])


@pytest.mark.parametrize(
    "draw",
    [
        lambda shown: ruled(shown, "+-----+-----+", "|"),
        lambda shown: ruled(shown, "├─────┼─────┤", "│"),
        headed,
    ],
    ids=["plus and minus", "box", "few rules"],
)
def test_every_number_of_a_drawn_table_is_read(draw: Callable[[Rows], str]) -> None:
    cells = figures()
    second, third, fourth = (iter([draw(shown)]) for shown in tables(cells))
    marks = {"第": second, "申": third, "行": fourth}
    seen: set[str] = set()

    def once(row: list[str]) -> str:
        """The whole drawing in place of the first row of its table."""
        mark = "行" if row[0].startswith("行政复议") else row[0][0]
        if mark in seen or mark not in marks or (mark == "申" and row[0] != "申请人情况"):
            return ""
        seen.add(mark)
        return next(marks[mark])

    assert stated(settled(text(tables(cells), once))) == cells


def test_two_numbers_below_each_other_between_two_rules_are_not_one() -> None:
    lines = [
        "+--+--+",
        "|甲|1 |",
        "+--+--+",
        "|乙|2 |",
        "|  |3 |",
        "+--+--+",
        "|丙|4 |",
        "+--+--+",
        "|丁|5 |",
        "+--+--+",
    ]
    table, end = drawn.table(lines, 0)
    assert table and end == len(lines)
    assert rows(table) == [["0 甲", "1 1"], ["0 乙", "1 2\n3"], ["0 丙", "1 4"], ["0 丁", "1 5"]]


def test_a_cell_that_reaches_over_several_rows_parts_them_all_the_same() -> None:
    lines = ["+--+--+--+", "|组|甲|1 |", "|  +--+--+", "|  |乙|2 |", "+--+--+--+", "|组|丙|3 |", "+--+--+--+"]
    table, _ = drawn.table(lines, 0)
    assert table and rows(table) == [["0 组", "1 甲", "2 1"], ["0", "1 乙", "2 2"], ["0 组", "1 丙", "2 3"]]


@pytest.mark.parametrize("lines", [["+1", "甲"], ["+----+", "甲 1"], ["| 甲 | 1 |"], ["", "甲"]])
def test_lines_without_a_table_stay_paragraphs(lines: list[str]) -> None:
    found = blocks.document([*lines]).blocks
    assert [getattr(block, "text", "") for block in found] == lines
