"""Tables of which a part is not shown: which of the heads and labels that are out of sight the form has and the others lack."""

from collections import Counter
from collections.abc import Iterable

from etl import forms
from etl.forms import PATHS, REVIEW
from etl.tables import labels
from etl.tables.labels import Role

_Named = tuple[str, str]


def columns(shown: Iterable[str], unseen: Iterable[str]) -> frozenset[str]:
    """Those of the unseen texts that are heads of columns which a table of the form has, and too few of the shown ones name."""
    texts = tuple(unseen)
    there, aside = _named(shown, Role.COLUMN), _named(texts, Role.COLUMN)
    missing = {
        column
        for form in forms.load()
        for schedule in form.schedules
        for block in schedule.blocks
        for column in _missing({(schedule.key, column.key) for column in block.columns}, there, aside)
    }
    return frozenset(text for text in texts if missing & set(_named([text], Role.COLUMN)))


def lines(shown: Iterable[str], unseen: Iterable[str]) -> frozenset[str]:
    """Those of the unseen texts that are labels of lines which none of the shown ones names."""
    texts, there = tuple(unseen), _named(shown, Role.LINE)
    return frozenset(text for text in texts if set(_named([text], Role.LINE)) - set(there))


def begins(rows: Iterable[Iterable[str]]) -> list[int]:
    """The rows with which another table of the form begins, by the words in them; none where tables stand side by side."""
    found, current = list[int](), ""
    for at, texts in enumerate(rows):
        named = {schedule for text in texts if (schedule := _only_schedule(text))}
        if len(named) > 1:
            return []
        if named and current not in ("", *named):
            found.append(at)
        current = max(named, default=current)
    return found


def _only_schedule(text: str) -> str:
    """The one schedule whose word a text is; empty for others, and for words of several."""
    named = {meaning.schedule for meaning in labels.meanings(text)}
    return named.pop() if len(named) == 1 else ""


def _missing(block: set[_Named], there: Counter[_Named], aside: Counter[_Named]) -> set[_Named]:
    """The columns of a block, all of which have heads, that stand aside and not where they are seen.

    Those of table 4 stand once for each path.
    """
    if not all(there[column] + aside[column] for column in block):
        return set()
    return {
        column for column in block & set(aside) if there[column] < (len(PATHS) if column[0] == REVIEW else 1)
    }


def _named(texts: Iterable[str], role: Role) -> Counter[_Named]:
    """The columns or lines of the form that texts name, and how often; a numbered 总计 is a line."""
    return Counter(
        (meaning.schedule, meaning.key)
        for text in texts
        for meaning in labels.meanings(text)
        if meaning.role is role and (role is Role.LINE or not labels.is_numbered(text))
    )
