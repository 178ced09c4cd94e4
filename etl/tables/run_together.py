"""Texts in which cells ran into each other: a label and its number, heads side by side, a whole table in one paragraph."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from etl import counts
from etl.forms import REVIEW
from etl.tables import labels
from etl.tables.labels import Role

_GLUED = re.compile(r"(?P<label>.*[^\d.,+—–－/-])\s*(?P<value>[+-]?\d[\d,]*(?:\.\d+)?|[—–－/-]+)", re.DOTALL)
_LONGEST_HEADS = 48
_FEWEST_LABELS, _FEWEST_VALUES = 4, 4
# A group of table 2 has its basis, its head and a line.
_FEWEST_OF_A_GROUP = 3
# Heads that are written with these between them are words of a sentence.
_WRITTEN = re.compile(r"[、，,。；;和及]")
_BEGINNING = 2


def parted(text: str) -> tuple[str, ...]:
    """A label and the number or dash that ran into it, or heads without anything between them, as texts of their own; else the text."""
    if labels.meanings(text):
        return (text,)
    match = _GLUED.fullmatch(text.strip())
    if match and labels.meanings(match["label"]):
        return match["label"], match["value"]
    return _heads(text.strip()) or (text,)


@lru_cache(maxsize=8192)
def _heads(text: str) -> tuple[str, ...]:
    """The heads of one table that a text is made of: 结果维持结果纠正, 行政复议结果维持; nothing where it is of one, or of other words."""
    if len(text) > _LONGEST_HEADS or text[:_BEGINNING] not in _beginnings() or _WRITTEN.search(text):
        return ()
    found = (_from(text, schedule) for schedule in _schedules(text))
    return next((heads for heads in found if len(heads) > 1), ())


def _schedules(text: str) -> list[str]:
    """The schedules of which a head begins a text."""
    beginnings = (meaning for cut in range(_BEGINNING, len(text)) for meaning in labels.meanings(text[:cut]))
    return list(dict.fromkeys(meaning.schedule for meaning in beginnings if _is_head(meaning)))


def _from(text: str, schedule: str) -> tuple[str, ...]:
    for cut in range(len(text), _BEGINNING - 1, -1):
        if any(_is_head(meaning) and meaning.schedule == schedule for meaning in labels.meanings(text[:cut])):
            if cut == len(text):
                return (text,)
            if rest := _from(text[cut:], schedule):
                return text[:cut], *rest
    return ()


def _is_head(meaning: labels.Meaning) -> bool:
    path = meaning.schedule == REVIEW and meaning.role is Role.LINE
    return path or meaning.role in (Role.COLUMN, Role.HEAD)


@cache
def _beginnings() -> frozenset[str]:
    known = labels.vocabulary().items()
    return frozenset(label[:_BEGINNING] for label, meanings in known if any(map(_is_head, meanings)))


def are_a_table(words: Sequence[str]) -> bool:
    """Whether the words of a paragraph, parted, are the cells of a table that became one."""
    named = sum(bool(labels.meanings(word)) for word in words)
    values = sum(counts.looks_like_a_value(word) for word in words)
    nearly_whole = (
        named >= _FEWEST_LABELS and values >= _FEWEST_VALUES and 5 * (named + values) >= 4 * len(words)
    )
    whole = named >= _FEWEST_OF_A_GROUP and values and named + values == len(words)
    return bool(whole or nearly_whole)
