"""Automatic numbers of OpenDocument texts, counted with the rules that Word's lists are counted by."""

import re
from collections.abc import Sequence

from lxml import etree

from etl.readers.opendocument import EXTENDED, STYLE, TEXT
from etl.readers.word.numbering import Level, counted

_STYLES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "chineseLegalSimplified",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
}
_PLACE = re.compile(r"%(\d+)%")
_OUTLINE = ""

Counts = dict[int, int]


class Lists:
    """The lists of a text and how far each has counted; ask in reading order."""

    def __init__(self, roots: Sequence[etree._Element]) -> None:
        """Take the roots of the parts that hold styles."""
        self._levels = {
            style.get(f"{STYLE}name", "") if style.tag == f"{TEXT}list-style" else _OUTLINE: _levels(style)
            for root in roots
            for style in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style")
        }
        self._by_name: dict[str, Counts] = {}
        self._by_style: dict[str, Counts] = {}
        self._headings: Counts = {}

    def begin(self, element: etree._Element, style: str) -> Counts:
        """The counts of a list that begins: its own, or those of the list it continues."""
        counts: Counts = {}
        if continued := element.get(f"{TEXT}continue-list"):
            counts = self._by_name.get(continued, counts)
        elif element.get(f"{TEXT}continue-numbering") == "true":
            counts = self._by_style.get(style, counts)
        self._by_name[element.get("{http://www.w3.org/XML/1998/namespace}id", "")] = counts
        self._by_style[style] = counts
        return counts

    def marker(self, item: etree._Element, style: str, depth: int, counts: Counts) -> str:
        """Count an item and return its number as printed, "" for none."""
        levels = self._levels.get(style, {})
        start = item.get(f"{TEXT}start-value", "")
        return (
            counted(levels, counts, depth, int(start) if _is_small(start) else None)
            if depth in levels
            else ""
        )

    def heading(self, element: etree._Element) -> str:
        """Count a heading that stands in no list and return its number as printed, "" for none."""
        level = element.get(f"{TEXT}outline-level", "")
        return self.marker(element, _OUTLINE, int(level) - 1, self._headings) if _is_small(level) else ""


def _levels(style: etree._Element) -> dict[int, Level]:
    return {
        int(level.get(f"{TEXT}level", "1")) - 1: _level(level)
        for level in style
        if _is_small(level.get(f"{TEXT}level", "1"))
    }


def _level(level: etree._Element) -> Level:
    number, start = level.get(f"{STYLE}num-format", ""), level.get(f"{TEXT}start-value", "")
    return Level(
        start=int(start) if _is_small(start) else 1,
        style=_STYLES.get(number, "decimal") if number else "none",
        text=_text(level),
        legal=False,
        restarts=True,
        paragraph_style=None,
    )


def _text(level: etree._Element) -> str:
    """The number's pattern as Word writes it: "（%1）"."""
    if pattern := level.get(f"{EXTENDED}num-list-format"):
        return _PLACE.sub(r"%\1", pattern)
    depth, shown = int(level.get(f"{TEXT}level", "1")), level.get(f"{TEXT}display-levels", "1")
    first = depth - int(shown) + 1 if _is_small(shown) else depth
    places = ".".join(f"%{place}" for place in range(max(first, 1), depth + 1))
    return level.get(f"{STYLE}num-prefix", "") + places + level.get(f"{STYLE}num-suffix", "")


def _is_small(number: str) -> bool:
    return number.isdecimal() and len(number) < 5
