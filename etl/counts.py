"""What a statutory cell says: "１２ 件", "—", "" → value and state."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from etl.report import State

# What Word makes of a hyphen before a figure, too.
_MINUS = re.compile(r"^[−–‐‑‒](?=\s*\d)")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xad]+")
_LINES = r"/\-—–‐‑−─―~"
_WORDS = ("无", "没有", "暂无", "不涉及", "不适用", "无此项")
_UNITS = "[件条个项次元宗起份例]|万元|人次|件次"
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:[,，]\d{3})+|\d{1,12})(?P<fraction>\.\d{1,6})?"
    rf"(?:{_UNITS})?"
    r"(?P<note>[(\[【〔].*[)\]】〕]|\*{1,3}|※|注\d?)?。?"
)
_NOTE_BELOW = re.compile(r"(?<=.)\s*\n\s*(?:其中|含|注).*", re.DOTALL)
# Raised and encircled figures would become plain ones in compatibility form: 3¹ is 3 with a note, and ¹ alone is no number.
_NOTE_MARK = re.compile(r"(?<=.)[①-⑳⑴-⒇㉑-㉟㊱-㊿⓪-⓾❶-❿➀-➓⁰¹²³⁴-⁹₀-₉⁽⁾₍₎]+$")
# As people write small counts in words; of one character only with its measure word, since 三 alone numbers lines.
_WORDED = re.compile(
    r"(?!.$)(?:(?P<tens>[二三四五六七八九]?)(?P<ten>十))?(?P<ones>[零〇一二三四五六七八九]?)[件条个项宗起份]?"
)
_NUMERAL = re.compile("[一二三四五六七八九十]")
_FIGURES = "零一二三四五六七八九"
# With the mark that text recognition leaves where it is not sure.
_VALUE_LIKE = re.compile(r"[+-]?[\d,，. ?]+")


def bare(text: str) -> str:
    """The text in compatibility form without any blank, for comparison only."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def read(text: str) -> tuple[Decimal | None, State]:
    """The number a cell states, in the cell's own unit, and how the cell was filled in.

    Blanks inside a number, two numbers, or words without a number are ILLEGIBLE: null, never a guess.
    """
    printed = _NOTE_MARK.sub("", _NOTE_BELOW.sub("", text.strip(" \t\r\n\xa0\u3000\u200b\ufeff")))
    if not bare(printed):
        return None, State.BLANK
    if bare(printed) in _WORDS or not bare(printed).strip(_LINES):
        return None, State.DASHED
    if bare(printed) in ("零", "〇"):
        return Decimal(0), State.STATED
    if (worded := _WORDED.fullmatch(bare(printed))) and (worded["ten"] or worded["ones"]):
        return Decimal(_worded(worded)), State.STATED
    if any(unicodedata.category(character) == "No" for character in printed):
        return None, State.ILLEGIBLE
    wide = _MINUS.sub("-", unicodedata.normalize("NFKC", printed))
    head = re.split(r"[(\[【〔]", wide, maxsplit=1)[0].strip()
    if re.search(r"\d\s+[\d.]|[,.]\s+\d", head):
        return None, State.ILLEGIBLE
    match = _NUMBER.fullmatch(_SPACE.sub("", wide))
    if not match:
        return None, State.ILLEGIBLE
    whole = match["whole"].replace(",", "").replace("，", "")
    if len(whole) > 1 and whole.startswith("0"):
        # Nobody writes 00: some program printed the 0 twice, or lost a digit.
        return None, State.ILLEGIBLE
    return Decimal(f"{match['sign']}{whole}{match['fraction'] or ''}"), State.STATED


def _worded(match: re.Match[str]) -> int:
    tens = _FIGURES.index(match["tens"] or "一") if match["ten"] else 0
    return 10 * tens + _FIGURES.index((match["ones"] or "零").replace("〇", "零"))


def may_be_a_count(text: str) -> bool:
    """True for a figure in words alone, 三, which is as likely a line's number."""
    return bool(_NUMERAL.fullmatch(bare(text)))


def may_stand_for_values(text: str) -> bool:
    """True for what may fill a value cell, and for what a column of units beside them holds: 件, 万元."""
    return looks_like_a_value(text) or is_measure(text)


def is_measure(text: str) -> bool:
    """True for a word that counts are given in and nothing else: 件, 万元."""
    return bool(re.fullmatch(_UNITS, bare(text)))


def plain(value: Decimal) -> int | float:
    """A number as code and files take it: whole ones as int, others as float."""
    return int(value) if value == value.to_integral_value() else float(value)


@lru_cache(maxsize=8192)
def looks_like_a_value(text: str) -> bool:
    """True for what may fill a value cell: a number, a dash, nothing."""
    return read(text)[1] is not State.ILLEGIBLE or bool(_VALUE_LIKE.fullmatch(bare(text)))
