"""What a printed label means: normalised, then looked up exactly; what is not found is not understood."""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from etl import counts, forms
from etl.prose.table import SIMPLIFIED

_NUMERALS = "一二三四五六七八九十"
_NUMBERED = re.compile(
    rf"\s*(?:\([{_NUMERALS}\d]{{1,3}}\)|[{_NUMERALS}]{{1,3}}[、.,]|\d{{1,2}}\s*[、.,)]|[①-⑳])"
)
_BRACKETS = re.compile(r"\([^()]*\)|\([^()]*$|^[^()]*\)(?=.)")
_LEADING = re.compile(rf"^(?:[{_NUMERALS}]{{1,3}}[、.,:]|\d{{1,2}}[、.,:)]*(?=\D))")
# A note's mark behind a label would become a figure of it in compatibility form: 行政强制①, 总计注1.
_NOTE_MARK = re.compile(r"(?<=.)(?:[①-⑳⁰¹²³⁴-⁹]|注[\d①-⑳]?)+\s*$")
_DASHED = re.compile(r"[^\W_]\s*[—–－/-]+\s*$")
_YUAN = re.compile(r"(?<!万)元")
_ALIKE = 0.5
_DROP = re.compile(r"[\W_]+")


class Role(StrEnum):
    """What part of a schedule a label names."""

    LINE = "line"
    HEADING = "heading"
    COLUMN = "column"
    HEAD = "head"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a label may stand for."""

    schedule: str
    role: Role
    key: str


def wide(text: str) -> str:
    """The text in compatibility form and simplified characters, also of words: full-width digits and brackets become plain ones."""
    plain = unicodedata.normalize("NFKC", text).translate(SIMPLIFIED)
    for elsewhere, here in lookups()["words"].items():
        plain = plain.replace(elsewhere, here)
    return plain


def is_numbered(text: str) -> bool:
    """Whether the label is printed with a number of its own: 一、 （七） 3."""
    return bool(_NUMBERED.match(wide(text)))


def unnumbered(text: str) -> str:
    """The label without a number of its own, its brackets kept."""
    number = _NUMBERED.match(wide(text))
    return wide(text)[number.end() :] if number else text


def is_numbered_by_digit(text: str) -> bool:
    """Whether the label is printed with an Arabic number: 3."""
    return bool(re.match(r"\s*\d{1,2}\s*[、.,)]", wide(text)))


def is_third(text: str) -> bool:
    """Whether the label is printed with the number 3, as the form prints 其他, the last line of 其他处理."""
    return bool(re.match(r"\s*3\s*[、.,)]", wide(text)))


def normalise(text: str) -> str:
    """A label without blanks, numbering, punctuation, bracketed notes and their marks."""
    plain = re.sub(r"\s+", "", wide(_NOTE_MARK.sub("", text)))
    plain = plain.replace("[", "(").replace("]", ")").replace("〔", "(").replace("〕", ")")
    while (shorter := _BRACKETS.sub("", plain)) != plain:
        plain = shorter
    return _DROP.sub("", _LEADING.sub("", plain))


def _of_form(schedule: forms.Schedule) -> list[tuple[str, Meaning]]:
    found = [(head, Meaning(schedule.key, Role.HEAD, head)) for head in schedule.heads]
    for block in schedule.blocks:
        found += [(column.label, Meaning(schedule.key, Role.COLUMN, column.key)) for column in block.columns]
        found += [(line.label, Meaning(schedule.key, Role.LINE, line.key)) for line in block.leaves()]
        found += [
            (item.label, Meaning(schedule.key, Role.HEADING, item.key)) for item in headings(block.lines)
        ]
        if block.basis:
            found.append((block.basis, Meaning(schedule.key, Role.BASIS, block.basis)))
    return found


def headings(items: tuple[forms.Item, ...]) -> list[forms.Item]:
    """The lines that only head others, at any depth, in the order of print."""
    found = []
    for item in items:
        if item.parts:
            found += [item, *headings(item.parts)]
    return found


@cache
def lookups() -> Any:
    """`lookups/labels.yaml`: labels (schedule → columns or lines → key → as printed) and titles."""
    text = (Path(__file__).parent.parent / "lookups" / "labels.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def vocabulary() -> dict[str, frozenset[Meaning]]:
    """Every known label, normalised, with all it may mean."""
    found: dict[str, set[Meaning]] = {}
    known: dict[tuple[str, str], Role] = {}
    for form in forms.having(forms.PROACTIVE):
        for schedule in form.schedules:
            for label, meaning in _of_form(schedule):
                found.setdefault(normalise(label), set()).add(meaning)
                known[schedule.key, meaning.key] = meaning.role
    for schedule_key, kinds in lookups()["labels"].items():
        for kind, keys in kinds.items():
            for key, labels in keys.items():
                role = Role.COLUMN if kind == "columns" else known[schedule_key, key]
                for label in labels:
                    found.setdefault(normalise(label), set()).add(Meaning(schedule_key, role, key))
    for label, meaning in _below_their_headings(found):
        found.setdefault(label, set()).add(meaning)
    return {label: frozenset(meanings) for label, meanings in found.items()}


def _below_their_headings(known: dict[str, set[Meaning]]) -> list[tuple[str, Meaning]]:
    """The labels of lines and headings written behind those of their headings in one cell: （三）不予公开—1.属于国家秘密."""
    above: dict[str, set[str]] = {}
    for form in forms.having(forms.REQUESTS):
        for block in form.schedule(forms.REQUESTS).blocks:
            for key, written in _headings_before(block.lines):
                above.setdefault(key, set()).add(written)
    return [
        (written + label, meaning)
        for label, several in known.items()
        for meaning in several
        if meaning.schedule == forms.REQUESTS and meaning.role in (Role.LINE, Role.HEADING)
        for written in above.get(meaning.key, ())
    ]


def _headings_before(
    items: tuple[forms.Item, ...], before: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """For every line and heading, by its key, what may be written before it: its headings, all or the nearest, its number."""
    for at, item in enumerate(items, 1):
        for heading in before:
            yield from ((item.key, heading + number) for number in ("", str(at)))
        name = normalise(item.label)
        yield from _headings_before(item.parts, (name, *(heading + name for heading in before)))


@cache
def most() -> int:
    """The most characters that a label which is known may be printed with."""
    return 4 * max(map(len, vocabulary()))


@lru_cache(maxsize=8192)
def meanings(text: str) -> frozenset[Meaning]:
    """All a printed label may mean; empty when it is not known. One with a dash behind it has run into its value."""
    if len(text) > most() or _DASHED.search(text):
        return frozenset()
    label = normalise(text)
    found = vocabulary().get(label)
    if found is None and label[:1] in _NUMERALS:
        found = vocabulary().get(label.lstrip(_NUMERALS))
    if found and _YUAN.search(counts.bare(wide(text))):
        # The form has its amounts in 10,000 yuan; a head that says yuan is not that column.
        return frozenset(meaning for meaning in found if meaning.key != "amount_10k_yuan")
    return found or frozenset()


def announced(heading: str) -> str:
    """The schedule that a section's heading announces, by the words its title is known by; empty if none."""
    plain = normalise(heading)
    for schedule, titles in lookups()["titles"].items():
        if any(title in plain for title in titles):
            return str(schedule)
    return ""


def nearest(text: str, schedule: str) -> str:
    """The line of a schedule, as the form prints it, that an unknown label looks most like; empty when none does."""
    printed = {
        normalise(line.label): line.label
        for form in forms.having(schedule)
        for block in form.schedule(schedule).blocks
        for line in block.leaves()
    }
    close = difflib.get_close_matches(normalise(text), printed, n=1, cutoff=_ALIKE)
    return printed[close[0]] if close else ""
