"""Conditional formats of an .xlsx sheet: what their rules make of the look of a cell."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.sheets.blocks import TOO_LARGE
from etl.readers.sheets.xlsx_styles import OFF, Change, Look
from etl.readers.showing import Showing
from etl.readers.written import whole

_RANGE = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
# A comparison of the first cell of the rule with a number; the other cells are compared likewise.
_COMPARISON = re.compile(
    r"=?([A-Z]{1,3})(\d{1,7})\s*(<>|<=|>=|=|<|>)\s*(-?\d{1,15}(?:\.\d{1,15})?)", re.IGNORECASE
)
_SIGNS = {
    "=": "equal",
    "<>": "notEqual",
    "<": "lessThan",
    ">": "greaterThan",
    "<=": "lessThanOrEqual",
    ">=": "greaterThanOrEqual",
}
_ANY_NUMBER, _BARS = "number", ("dataBar", "iconSet")
_TRUE_OF_TEXTS = ("notEqual", "greaterThan", "greaterThanOrEqual", "notBetween")
_LAST_ROW, _LAST_COLUMN, _MOST_LOOKS = 1_048_576, 16_384, 20_000_000

Place = tuple[int, int]


class _Range(NamedTuple):
    """A rectangle of cells, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: Place) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


class _Rule(NamedTuple):
    """Where a rule stands, what it compares with what (`operator` is "" for what cannot be told), and what it changes."""

    ranges: tuple[_Range, ...]
    operator: str
    operands: tuple[Decimal, ...]
    change: Change
    stops: bool

    def holds(self, value: Decimal | None) -> bool | None:
        """Whether the rule holds for a cell with a number, or with a text; None where that cannot be told."""
        if value is not None:
            return True if self.operator == _ANY_NUMBER else _compared(value, self.operator, self.operands)
        # To a spreadsheet program a text is another than any number, and more.
        return self.operator in _TRUE_OF_TEXTS if self.operator else None


class Conditions:
    """The conditional formats of a sheet."""

    def __init__(self, sheet: etree._Element, changes: Sequence[Change]) -> None:
        found = sorted(_rules(sheet, changes), key=lambda rule: rule[0])
        self._rules = [rule for _, rule in found]
        self._ranges, self._looked_at = sum(len(rule.ranges) for rule in self._rules), 0

    def changed(self, look: Look, place: Place, value: Decimal | None) -> Look:
        """The look of a cell under the rules on it; doubted where it cannot be told whether one that hides it holds.

        Raises UnreadableFile when there are more rules than any report has.
        """
        if not self._rules:
            return look
        self._looked_at += self._ranges
        if self._looked_at > _MOST_LOOKS:
            raise UnreadableFile(TOO_LARGE)
        merged, is_doubted = Change(), False
        for rule in self._rules:
            holds = any(area.holds(place) for area in rule.ranges) and rule.holds(value)
            is_doubted = is_doubted or (holds is None and rule.change.hides)
            if holds:
                # The rule that comes first has its way.
                merged = merged.before(rule.change)
                if rule.stops:
                    break
        shown = merged.of(look)
        if is_doubted and shown.showing is Showing.SHOWN:
            return shown._replace(font=Showing.DOUBTED, filled=False)
        return shown


def _rules(sheet: etree._Element, changes: Sequence[Change]) -> Iterator[tuple[int, _Rule]]:
    """The rules of a sheet with their rank."""
    for formats in sheet.iterfind("{*}conditionalFormatting"):
        ranges = tuple(_ranges(formats.get("sqref", "")))
        for rule in formats.iterfind("{*}cfRule") if ranges else ():
            number = whole(rule.get("dxfId"), len(changes))
            change = changes[number] if number < len(changes) else Change()
            operator, operands = _test(rule, ranges[0])
            if _shows_no_number(rule):
                operator, change = _ANY_NUMBER, Change(None, Showing.DOUBTED, False)
            stops = rule.get("stopIfTrue", "0") not in OFF
            if stops or change != Change():
                yield whole(rule.get("priority")), _Rule(ranges, operator, operands, change, stops)


def _ranges(written: str) -> Iterator[_Range]:
    for part in written.split():
        if found := _RANGE.fullmatch(part):
            left, top, right, bottom = found.groups()
            right, bottom = (left, top) if ":" not in part else (right, bottom)
            yield _Range(
                int(top or 1) - 1,
                _column(left) if left else 0,
                int(bottom or _LAST_ROW) - 1,
                _column(right) if right else _LAST_COLUMN,
            )


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _test(rule: etree._Element, first: _Range) -> tuple[str, tuple[Decimal, ...]]:
    """What a rule compares a cell with, and how; nothing where only a spreadsheet program can tell."""
    formulas = [formula.text or "" for formula in rule.iterfind("{*}formula")]
    if rule.get("type") == "cellIs" and formulas and all(map(_NUMBER.fullmatch, formulas)):
        return rule.get("operator", ""), tuple(map(Decimal, formulas))
    compared = (
        _COMPARISON.fullmatch(formulas[0].strip()) if rule.get("type") == "expression" and formulas else None
    )
    if compared and (int(compared[2]) - 1, _column(compared[1])) == (first.top, first.left):
        return _SIGNS[compared[3]], (Decimal(compared[4]),)
    return "", ()


def _shows_no_number(rule: etree._Element) -> bool:
    """Whether a rule draws a bar or a sign in place of the number."""
    return any(drawn.get("showValue") in OFF for name in _BARS for drawn in rule.iterfind(f"{{*}}{name}"))


def _compared(value: Decimal, operator: str, operands: tuple[Decimal, ...]) -> bool | None:
    low, high = (min(operands), max(operands)) if operands else (value, value)
    known = {
        "equal": value == low,
        "notEqual": value != low,
        "lessThan": value < low,
        "greaterThan": value > low,
        "lessThanOrEqual": value <= low,
        "greaterThanOrEqual": value >= low,
        "between": low <= value <= high,
        "notBetween": not low <= value <= high,
    }
    return known.get(operator)
