"""Columns below heads that no form has, in lines whose cells are known by their order alone."""

from dataclasses import replace

from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Problem
from etl.tables.foreign.other_years import is_of_another
from etl.tables.rows import Row


def without_those_behind(row: Row) -> tuple[Row, list[Problem]]:
    """A line without the cells of columns that stand behind all of the form's, 备注 or 上年同期, and what was in them."""
    due = len(row.cells) - len(row.strange)
    if row.place.row is None or not all(head.ends and _is_behind(head.at, row, due) for head in row.strange):
        return row, []
    filled = [head.text for head, cell in zip(row.strange, row.cells[due:], strict=True) if cell.text.strip()]
    told = [_of_other_years(head) if is_of_another(head, row.schedule) else unknown(head) for head in filled]
    return replace(row, cells=row.cells[:due], strange=()), told


def _is_behind(at: int, row: Row, due: int) -> bool:
    """Whether what stands behind so many heads is behind those of `due` columns, which are all of the form's.

    In table 3 it may stand beside the total's head, or beside the one over all applicants.
    """
    if row.schedule != REQUESTS:
        return at == len(row.heads) and due == len(
            RESULTS if row.schedule == REVIEW and row.line else row.heads
        )
    first, *kinds, total = APPLICANTS
    columns = [key for key in row.heads if key in APPLICANTS]
    if due != len(APPLICANTS) or columns not in ([*APPLICANTS], [first, total, *kinds]):
        return False
    return at == row.heads.index(total) + 1 or not set(row.heads[:at]) & set(columns)


def without_those_of_other_years(row: Row, due: dict[str, str]) -> tuple[Row, frozenset[str], list[Problem]]:
    """A line of table 2 without its cells of other years; in doubt where it has as many as the form without them.

    So it is beside any column of somebody's own where the cells are those of a text, which may have lost blank ones.
    """
    strange = [head for head in row.strange if is_of_another(head.text, row.schedule)]
    of_a_text = row.place.row is None and any(head.ends for head in row.strange)
    heads = [key for key in row.heads if key in due]
    whole = strange == list(row.strange) and sorted(heads) == sorted(due) and len(heads) == len(row.heads)
    if not strange or row.schedule != PROACTIVE or not whole or len(row.cells) != len(heads) + len(strange):
        lost = bool(strange or of_a_text) and len(row.cells) == len(due)
        return row, frozenset(due) if lost else frozenset(), []
    own = [at + sum(other.at <= at for other in strange) for at in range(len(heads))]
    told = _of_other_years("、".join(head.text for head in strange))
    return replace(row, cells=tuple(row.cells[at] for at in own), strange=()), frozenset(), [told]


def _of_other_years(heads: str) -> Problem:
    return Problem("other-years-table", f"“{heads}”的列不是本年的数，没有计入")


def unknown(heads: str) -> Problem:
    """What is told of heads that no form has."""
    return Problem("unknown-head", f"表样没有“{heads}”这一栏，其中的内容没有采用")
