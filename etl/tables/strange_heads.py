"""Heads that no form has, read in the place of one that has: what stands below them is not taken in silence for its."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from etl import counts, forms
from etl.forms import REVIEW
from etl.report import Fact, Problem
from etl.tables import by_position, labels, misprints
from etl.tables.foreign.unknown_heads import unknown, without_those_of_other_years
from etl.tables.rows import Row

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
        return without_those_of_other_years(row, due)
    if len(missing) == len(due):
        return row, frozenset(), []
    printed = [head.text for head in row.strange]
    heads = "、".join(dict.fromkeys(printed))
    known = _are_cut(row, missing, due) or all(_is_among(due[key], printed, due.values()) for key in missing)
    found = (
        by_position.told(heads, f"表头“{'、'.join(due[key] for key in missing)}”")
        if known
        else unknown(heads)
    )
    if len(missing) == len(printed) == 1:
        (head,) = row.strange
        row = replace(row, heads=(*row.heads[: head.at], *missing, *row.heads[head.at :]))
    # What is left of a head that stands in no row is not told: any of the known ones may be.
    return row, frozenset(() if known else due if row.loose else missing), [found]


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
