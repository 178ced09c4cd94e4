"""Plain text whose cells only blanks part: by their number, or by columns."""

from collections.abc import Callable

import pytest
from extracted import extracted, settled
from test_extract import figures, filled, stated, tables, text

from etl.forms import REQUESTS
from etl.readers.geometry.layout import width
from etl.report import Report, State


@pytest.mark.parametrize("blank", [0, 3, 4])
@pytest.mark.parametrize("gap", ["  ", "    ", "\u3000\u3000"])
def test_blanks_that_part_cells_part_blank_ones_too(gap: str, blank: int) -> None:
    cells = figures(blank=blank)
    report = settled(text(tables(cells), gap.join))
    assert stated(report) == filled(cells)
    assert {fact.state for fact in report.facts if not cells[fact.schedule, fact.line, fact.column]} <= {
        State.BLANK
    }


@pytest.mark.parametrize("set_apart", [" ", "\xa0"])
def test_a_row_with_other_blanks_between_its_cells_is_not_read(set_apart: str) -> None:
    """A number set apart by blanks of its own may stand behind a blank cell."""
    cells = figures(blank=3) | {(REQUESTS, "received", "research"): f"{set_apart}12"}
    report = settled(text(tables(cells), "  ".join))
    found = {fact.state for fact in report.facts if fact.line == "received"}
    assert found == {State.ILLEGIBLE}
    assert stated(report).items() <= cells.items()


@pytest.mark.parametrize("align", [str.ljust, str.rjust, str.center])
@pytest.mark.parametrize("blank", [0, 3])
def test_columns_set_by_characters_of_one_width_are_read(
    align: Callable[[str, int], str], blank: int
) -> None:
    """As programs pad that do not know how wide a Chinese character is."""

    def row(texts: list[str]) -> str:
        first, *rest = texts if len(texts) in (2, 4, 8) else ["", *texts]
        return first.ljust(40) + "".join(align(cell, 10) + "  " for cell in rest)

    cells = figures(blank=blank)
    found = stated(settled(text(tables(cells), row)))
    assert found.items() <= cells.items()
    of_table_3 = {key: value for key, value in filled(cells).items() if key[0] == REQUESTS}
    assert of_table_3.items() <= found.items()


def in_columns(first: str) -> Report:
    """What a text in columns says whose first lines of table 2 are these."""

    def row(texts: list[str]) -> str:
        label, *rest = texts if len(texts) in (2, 4, 8) else ["", *texts]
        return label + " " * (90 - width(label)) + "".join(" " * (14 - width(cell)) + cell for cell in rest)

    lines = text(tables(figures()), row).decode().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("行政规范性文件"))
    return settled("\n".join([*lines[: at - 2], first, *lines[at + 1 :]]).encode())


def test_numbers_that_stand_beside_their_heads_are_not_read_where_some_are_missing() -> None:
    report = in_columns("""信息内容  本年制发件数  本年废止件数  现行有效件数
规章  　64      17
行政规范性文件   1921   －""")
    read = [fact for fact in report.facts if fact.line in ("rules", "normative_documents")]
    assert not [fact for fact in read if fact.value is not None]
    assert any("64 17" in leftover.text for leftover in report.leftovers)


def test_a_number_alone_beside_heads_that_ran_together_is_nobodys() -> None:
    report = in_columns("""信息内容                                                     本年制发   本年废止   现行有效
                                                               件数       件数       件数
规章                                                              296件                1922件
行政规范性文件                                                                65件""")
    assert not [fact for fact in report.facts if fact.value == 65 and fact.column != "repealed"]


def test_numbers_in_one_cell_below_heads_are_no_head() -> None:
    """Whose they are is not known, but no cell of the table is blank."""
    lines = ["四、政府信息公开行政复议、行政诉讼情况", "行政复议  行政诉讼"]
    lines += ["结果维持  结果纠正  其他结果  尚未审结  总计  未经复议直接起诉  复议后起诉"]
    lines += ["结果维持  结果纠正  其他结果  尚未审结  总计  " * 2]
    lines += [" 854    89    26   　54    1023    80   无  无     80    28   　998     　69    1095"]
    report = extracted("\n".join(lines).encode())
    assert {fact.state for fact in report.facts} == {State.ILLEGIBLE}
