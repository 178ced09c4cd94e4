"""Columns too narrow for their numbers, which a sheet then shows as ####.

Whoever opens the file widens the column and reads the number, so it counts; but nobody has seen it on paper.
"""

import re

from lxml import etree

from etl.readers.sheets.xlsx_styles import Look
from etl.readers.written import whole

# In figures: what a column keeps free at its sides, less what may be off; columns and figures of usual width.
_MARGIN, _USUAL, _SMALL_SIGN = 0.4, 9.14, 0.5
_WIDTH = re.compile(r"\d{1,4}(?:\.\d{1,20})?")
_MOST_COLUMNS = 16_384


def holds(width: float, text: str, scale: float = 1.0) -> bool:
    """Whether a column, its width in figures of usual size, has room for a number in another size."""
    return sum(1 if letter.isdigit() else _SMALL_SIGN for letter in text) * scale <= width - _MARGIN


def spanned(columns: etree._Element) -> range:
    """The columns, counted from 0, that an element of a sheet's columns speaks of; none where it does not say which."""
    first, last = whole(columns.get("min")), min(whole(columns.get("max")), _MOST_COLUMNS)
    return range(first - 1, last) if first else range(0)


class Widths:
    """How wide the columns of an .xlsx sheet are, in figures."""

    def __init__(self, sheet: etree._Element) -> None:
        usual = sheet.find("{*}sheetFormatPr")
        self._usual = _width(None if usual is None else usual.get("defaultColWidth"), _USUAL)
        self._own: dict[int, float] = {}
        for columns in sheet.iterfind("{*}cols/{*}col"):
            own = _width(columns.get("width"), self._usual)
            self._own |= dict.fromkeys(spanned(columns), own)
        self._merged = {
            merged.get("ref", "").partition(":")[0] for merged in sheet.iterfind("{*}mergeCells/{*}mergeCell")
        }

    def holds(self, cell: etree._Element, column: int, text: str, look: Look) -> bool:
        """Whether a number as it is shown has room in its cell."""
        # A number without a format of its own loses decimals before it shows as ####.
        number = text if look.code else text.partition(".")[0]
        is_roomy = look.shrinks or cell.get("r") in self._merged
        return is_roomy or holds(self._own.get(column, self._usual), number, look.scale)


def _width(written: str | None, otherwise: float) -> float:
    return float(written) if written and _WIDTH.fullmatch(written) else otherwise
