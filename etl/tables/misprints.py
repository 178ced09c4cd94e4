"""How far a text that is not known is from a label of the form."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from etl import counts
from etl.tables import labels

# From so many characters on a label may have two wrong ones, and from so many on one.
_TWO_WRONG, _ONE_WRONG = 8, 3


def is_one(printed: str, label: str) -> bool:
    """Whether a text is the label but for a character or two."""
    wrong, length = unlike(printed, label), len(labels.normalise(label))
    return wrong is not None and 0 < wrong <= (length >= _ONE_WRONG) + (length >= _TWO_WRONG)


def unlike(printed: str, label: str) -> int | None:
    """How many characters differ; None where one of them makes another label of it: 上年 for 本年, 元 for 万元."""
    text, due = (Counter(counts.bare(labels.unnumbered(each))) for each in (printed, label))
    if set((text - due) + (due - text)) & telling():
        return None
    text, due = (Counter(labels.normalise(each)) for each in (printed, label))
    return max(text.total(), due.total()) - (text & due).total()


def has_its_mark(printed: str, label: str, others: Iterable[str]) -> bool:
    """Whether a text has something of what sets a label apart from the others, if anything does."""
    apart = set(label).difference(*others)
    return not apart or not apart.isdisjoint(printed)


@cache
def telling() -> frozenset[str]:
    """The characters that make another label of one."""
    return frozenset("0123456789") | frozenset(labels.lookups()["telling"])
