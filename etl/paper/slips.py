"""Letters that send a report back to be mended: one Word document a government, in official style.

Sizes and margins follow GB/T 9704-2012 as far as fonts allow that every office computer has.
"""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from etl import documents

_WORDS = Path(__file__).parent.parent / "lookups" / "slips.yaml"
_DIGITS = "零一二三四五六七八九"
_WIDTHS_MM = (12, 38, 18, 18, 40, 30)


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as it is returned: every field as it is printed, empty where there is none."""

    place: str
    printed: str
    expected: str
    quote: str
    rule: str
    basis: str
    likely: str
    kind: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A letter to one government about its report on `year`; `reply_by` is the last day to answer."""

    government: str
    year: int
    published: date | None
    items: tuple[Item, ...]
    office: str
    dated: date
    reply_by: date
    sample: bool = False


def word(slip: Slip) -> bytes:
    """The letter as a Word document."""
    words = _words()
    letter = documents.letter((words["sample"] + "\n" if slip.sample else "") + words["title"])
    letter.title()
    letter.addressee(f"{slip.government}：")
    letter.paragraph(_opening(slip))
    for number, item in enumerate(slip.items, 1):
        letter.heading(words["item"].format(number=numeral(number), place=item.place))
        for line in _lines(item):
            letter.paragraph(line)
    letter.paragraph(words["annexed"].format(title=words["list"]))
    letter.signature(slip.office, on(slip.dated))
    letter.annex(words["annex"], words["list"])
    letter.table(
        words["heads"], [_row(number, item) for number, item in enumerate(slip.items, 1)], _WIDTHS_MM
    )
    return letter.bytes()


def bundle(slips: Iterable[Slip]) -> bytes:
    """The letters of several governments in one zip file, one Word document each."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for slip in slips:
            archive.writestr(name(slip), word(slip))
    return packed.getvalue()


def name(slip: Slip) -> str:
    """The file name of a letter."""
    made: str = _words()["file"].format(government=slip.government, year=slip.year)
    return _words()["sample"] + made if slip.sample else made


def on(day: date) -> str:
    """A date as official letters write it."""
    written: str = _words()["date"].format(year=day.year, month=day.month, day=day.day)
    return written


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese, as headings count; larger ones in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _opening(slip: Slip) -> str:
    words = _words()
    published = words["published"].format(date=on(slip.published)) if slip.published else ""
    values = {"year": slip.year, "published": published, "n": len(slip.items), "reply_by": on(slip.reply_by)}
    opening: str = words["opening"].format(**values)
    return opening


def _lines(item: Item) -> Iterable[str]:
    words = _words()
    figures = [words[key].format(**{key: value}) for key, value in _figures(item) if value]
    if figures:
        yield "；".join(figures) + "。"
    if item.quote:
        yield words["quote"].format(quote=item.quote)
    yield words["rule"].format(rule=item.rule, basis=item.basis)
    if item.likely:
        yield words["likely"].format(likely=item.likely)
    yield words["todo"].format(todo=words["todo_by_kind"][item.kind])


def _figures(item: Item) -> Sequence[tuple[str, str]]:
    return ("printed", item.printed), ("expected", item.expected)


def _row(number: int, item: Item) -> tuple[str, ...]:
    return str(number), item.place, item.printed or "—", item.expected or "—", item.rule, item.basis


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return words
