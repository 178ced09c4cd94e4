"""Heads that no form has, read in the place of one that has: what stands below them is not taken in silence for its."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from etl import counts, forms
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Fact, Problem
from etl.tables import by_position, labels, misprints, years
from etl.tables.by_order import Row

_SHORTEST_CUT = 2


def placed(row: Row, facts: Sequence[Fact]) -> tuple[Row, frozenset[str], list[Problem]]:
    """A line with its strange heads as those that are missing, the columns in which it may be none of them, what is told.

    `facts` are what the line reads as without them. A head not printed at all tells nothing; one that has most of a
    missing one's characters is that head, misprinted.
    """
    if not row.strange:
        return row, frozenset(), []
    names = forms.names(row.schedule)[1]
    due = {fact.column: names[fact.column] for fact in facts}
    missing = [key for key in due if _is_missing(row, key, due)]
    if not missing:
        return _beside_other_years(row, due)
    if len(missing) == len(due):
        return row, frozenset(), []
    printed = [head.text for head in row.strange]
    heads = "、".join(dict.fromkeys(printed))
    known = _are_cut(row, missing, due) or all(_is_among(due[key], printed, due.values()) for key in missing)
    found = (
        by_position.told(heads, f"表头“{'、'.join(due[key] for key in missing)}”")
        if known
        else _unknown(heads)
    )
    if len(missing) == len(printed) == 1:
        (head,) = row.strange
        row = replace(row, heads=(*row.heads[: head.at], *missing, *row.heads[head.at :]))
    return row, frozenset(() if known else missing), [found]


def without_own_columns(row: Row) -> tuple[Row, list[Problem]]:
    """A line without the cells of columns that stand behind all of the form's, 备注 or 上年同期, and what was in them."""
    due = len(row.cells) - len(row.strange)
    if row.place.row is None or not all(head.ends and _is_behind(head.at, row, due) for head in row.strange):
        return row, []
    filled = [head.text for head, cell in zip(row.strange, row.cells[due:], strict=True) if cell.text.strip()]
    told = [
        _of_other_years(head) if years.is_of_another(head, row.schedule) else _unknown(head)
        for head in filled
    ]
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


def _beside_other_years(row: Row, due: dict[str, str]) -> tuple[Row, frozenset[str], list[Problem]]:
    """A line of table 2 without its cells of other years; in doubt where it has as many as the form without them.

    So it is beside any column of somebody's own where the cells are those of a text, which may have lost blank ones.
    """
    strange = [head for head in row.strange if years.is_of_another(head.text, row.schedule)]
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


def _unknown(heads: str) -> Problem:
    return Problem("unknown-head", f"表样没有“{heads}”这一栏，其中的内容没有采用")


def _is_missing(row: Row, column: str, due: Collection[str]) -> bool:
    """Whether a head is not printed; of table 4, as often as others are."""
    most = max(map(row.heads.count, due)) if row.schedule == REVIEW else 1
    return row.heads.count(column) < most


def _are_cut(row: Row, missing: Sequence[str], due: dict[str, str]) -> bool:
    """Whether each strange head is the beginning of the one missing in its place, as where all but a cell's first line was lost."""
    order = list(due)
    before = [sum(other not in missing for other in order[: order.index(key)]) for key in missing]
    return before == [head.at for head in row.strange] and all(
        len(head.text) >= _SHORTEST_CUT and labels.normalise(due[key]).startswith(labels.normalise(head.text))
        for key, head in zip(missing, row.strange, strict=True)
    )


def _is_among(label: str, strange: Collection[str], due: Collection[str]) -> bool:
    """Whether strange heads hold half of a label, something of what sets it apart from the others, and no other's mark."""
    printed, others = "".join(strange), "".join(due)
    if set(counts.bare(printed)) & misprints.telling() - set(counts.bare(others)):
        return False
    text, all_of = (Counter(labels.normalise(each)) for each in (printed, label))
    marked = misprints.has_its_mark(printed, label, (other for other in due if other != label))
    return marked and 2 * (text & all_of).total() >= all_of.total()
