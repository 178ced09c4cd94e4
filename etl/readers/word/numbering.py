"""Automatic numbering in Word: the "一、" before a heading stands in no text, only in rules for counting."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from etl.readers.showing import DOUBT
from etl.readers.written import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MAX_MARKED = 9999


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is written, and the text around it ("（%1）")."""

    start: int
    style: str
    text: str
    legal: bool
    restarts: bool
    paragraph_style: str | None


class Numbering:
    """The lists of a document and how far each has counted; ask for paragraphs in reading order."""

    def __init__(self, numbering: etree._Element, styles: Callable[[], etree._Element | None]) -> None:
        """Take the parts `numbering` and `styles`; the latter is parsed only when a paragraph has a style."""
        self._load_styles = styles
        self._abstract = {
            item.get(f"{W}abstractNumId"): _levels(item) for item in numbering.iterchildren(f"{W}abstractNum")
        }
        self._numbers = {item.get(f"{W}numId"): item for item in numbering.iterchildren(f"{W}num")}
        self._counts: dict[str | None, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def marker(self, properties: etree._Element) -> str:
        """Count one paragraph, given its w:pPr, and return its number as printed, "" for none."""
        number, depth = self._reference(properties)
        item = self._numbers.get(number or "")
        if number is None or item is None:
            return ""
        list_id = _child_value(item, "abstractNumId")
        levels = self._abstract.get(list_id, {}) | _overrides(item)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(list_id, {})
        start = None if (number, depth) in self._begun else _restart(item, depth)
        self._begun.add((number, depth))
        return counted(levels, counts, depth, start)

    def _reference(self, properties: etree._Element) -> tuple[str | None, int]:
        number, depth = _number_and_depth(properties)
        style = _child_value(properties, "pStyle")
        if number is not None or style is None:
            return number, depth or 0
        number, styled_depth = self._styles.get(style, (None, 0))
        return number, styled_depth if depth is None else depth

    @cached_property
    def _styles(self) -> dict[str, tuple[str, int]]:
        """The list and level of each paragraph style that has them, its own or inherited."""
        root = self._load_styles()
        if root is None:
            return {}
        styles = {item.get(f"{W}styleId") or "": item for item in root.iterchildren(f"{W}style")}
        found: dict[str, tuple[str, int]] = {}
        for name in styles:
            ancestor: str | None = name
            for _ in range(20):
                if ancestor not in styles:
                    break
                properties = styles[ancestor].find(f"{W}pPr")
                number, depth = (None, None) if properties is None else _number_and_depth(properties)
                if number is not None:
                    found[name] = (number, self._depth_of_style(number, ancestor) if depth is None else depth)
                    break
                ancestor = _child_value(styles[ancestor], "basedOn")
        return found

    def _depth_of_style(self, number: str, style: str) -> int:
        item = self._numbers.get(number)
        levels = {} if item is None else self._abstract.get(_child_value(item, "abstractNumId"), {})
        return next((depth for depth, level in levels.items() if level.paragraph_style == style), 0)


def _levels(item: etree._Element) -> dict[int, Level]:
    return {whole(level.get(f"{W}ilvl"), 0): _level(level) for level in item.iterchildren(f"{W}lvl")}


def _level(level: etree._Element) -> Level:
    legal = level.find(f"{W}isLgl")
    return Level(
        start=whole(_child_value(level, "start"), 0),
        style=_child_value(level, "numFmt") or "decimal",
        text=_child_value(level, "lvlText") or "",
        legal=legal is not None and legal.get(VAL) not in ("0", "false"),
        restarts=_child_value(level, "lvlRestart") != "0",
        paragraph_style=_child_value(level, "pStyle"),
    )


def _overrides(item: etree._Element) -> dict[int, Level]:
    return {
        whole(override.get(f"{W}ilvl"), 0): _level(level)
        for override in item.iterchildren(f"{W}lvlOverride")
        for level in override.iterchildren(f"{W}lvl")
    }


def _restart(item: etree._Element, depth: int) -> int | None:
    for override in item.iterchildren(f"{W}lvlOverride"):
        start = _child_value(override, "startOverride")
        if start is not None and whole(override.get(f"{W}ilvl"), 0) == depth:
            return whole(start, 1)
    return None


def _number_and_depth(properties: etree._Element) -> tuple[str | None, int | None]:
    reference = properties.find(f"{W}numPr")
    if reference is None:
        return None, None
    depth = _child_value(reference, "ilvl")
    return _child_value(reference, "numId"), None if depth is None else whole(depth, 0)


def _child_value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(VAL)


def marked(marker: str, text: str, *, in_cell: bool = False) -> str:
    """The paragraph with its number; a space keeps "1." and a figure apart, Chinese marks need none.

    A cell that holds nothing but such a number is not blank; the number may be its value or that of its row.
    """
    if not marker or not text.strip():
        return DOUBT if in_cell and any(map(str.isalnum, marker)) else text
    return f"{marker}{text}" if marker[-1] > "\u2e80" else f"{marker} {text}"


def counted(levels: dict[int, Level], counts: dict[int, int], depth: int, start: int | None) -> str:
    """Count a paragraph at `depth` in its list and return its number as printed; `start` begins the level anew.

    `counts` are the numbers reached at each level; those below `depth` begin again where their level says so.
    """
    if start is not None:
        counts[depth] = start
    else:
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
    for deeper in [
        level for level in counts if level > depth and (level not in levels or levels[level].restarts)
    ]:
        del counts[deeper]
    return printed(levels, counts, depth)


def printed(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    """The number of a paragraph at `depth` when its list's levels have counted so far; "" for a bullet."""
    level = levels[depth]
    if level.style in ("bullet", "none"):
        return ""
    text = level.text
    for shown in range(depth + 1):
        if f"%{shown + 1}" in text and shown in levels:
            style = "decimal" if level.legal else levels[shown].style
            text = text.replace(f"%{shown + 1}", _numeral(style, counts.get(shown, levels[shown].start)))
    return text


def _numeral(style: str, number: int) -> str:
    write = _NUMERALS.get(style)
    return write(number) if write and 0 < number <= _MAX_MARKED else str(number)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            text = digits[int(digit)] + ("" if place == 0 else units[place - 1]) + text
        elif text and not text.startswith(digits[0]):
            text = digits[0] + text
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


_NUMERALS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: _chinese(number, _LEGAL_DIGITS, "拾佰仟"),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % len(_STEMS)],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % len(_BRANCHES)],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
}
