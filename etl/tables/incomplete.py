"""Tables of which a part is not shown: which of the heads that are out of sight the form has and the others lack."""

from collections import Counter
from collections.abc import Iterable

from etl import forms
from etl.forms import PATHS, REVIEW
from etl.tables import labels
from etl.tables.labels import Role

_Column = tuple[str, str]


def lacking(shown: Iterable[str], unseen: Iterable[str]) -> frozenset[str]:
    """Those of the unseen texts that are heads of columns which a table of the form has, and too few of the shown ones name."""
    texts = tuple(unseen)
    there, aside = _columns(shown), _columns(texts)
    missing = {
        column
        for form in forms.load()
        for schedule in form.schedules
        for block in schedule.blocks
        for column in _missing({(schedule.key, column.key) for column in block.columns}, there, aside)
    }
    return frozenset(text for text in texts if missing & set(_columns([text])))


def _missing(block: set[_Column], there: Counter[_Column], aside: Counter[_Column]) -> set[_Column]:
    """The columns of a block, all of which have heads, that stand aside and not where they are seen.

    Those of table 4 stand once for each path.
    """
    if not all(there[column] + aside[column] for column in block):
        return set()
    return {
        column
        for column in block & set(aside)
        if there[column] < (len(PATHS) if column[0] == REVIEW else 1)
    }


def _columns(texts: Iterable[str]) -> Counter[_Column]:
    """The columns of the form that texts name, and how often; a numbered 总计 is a line."""
    return Counter(
        (meaning.schedule, meaning.key)
        for text in texts
        for meaning in labels.meanings(text)
        if meaning.role is Role.COLUMN and not labels.is_numbered(text)
    )
