"""What cells of an .xlsx show other than what they hold: by number formats, struck and white fonts, hidden rows and columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from etl.readers.container import Package
from etl.readers.sheets import formats, xlsx_styles
from etl.readers.sheets.conditions import Conditions
from etl.readers.sheets.widths import Widths, spanned
from etl.readers.sheets.xlsx_styles import OFF, Change, Look, of_font
from etl.readers.showing import Showing, taken
from etl.readers.written import exact, whole

# Less than a point high, or half a figure wide.
_NO_SIZE = re.compile(r"0(?:\.[0-4]\d*)?$")


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a workbook's cells, what conditional formats change in them, and the texts that cells share."""

    cells: Sequence[Look]
    changes: Sequence[Change]
    texts: Sequence[etree._Element]

    def of(self, cell: etree._Element) -> Look:
        """The look of a cell by its style."""
        number = whole(cell.get("s", "0"), len(self.cells))
        return self.cells[number] if number < len(self.cells) else Look()

    def shown(self, cell: etree._Element, look: Look) -> str | None:
        """What a cell without a number shows in a look, None where it is simply its value."""
        kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if formats.hides_text(look.code):
            return ""
        item = self._item(value) if kind == "s" else cell.find("{*}is")
        text = None if item is None else _marked(item, look.filled)
        if look.showing is Showing.SHOWN:
            return text
        plain = value if item is None else _plain(item)
        return taken(plain if text is None else text, look.showing)

    def _item(self, number: str) -> etree._Element | None:
        at = whole(number, len(self.texts))
        return self.texts[at] if at < len(self.texts) else None


class Cells:
    """The cells of a sheet, under its conditional formats and in its columns."""

    def __init__(self, sheet: etree._Element, looks: Looks) -> None:
        self._looks = looks
        self._zeros = _shows_zeros(sheet)
        self._conditions = Conditions(sheet, looks.changes)
        self._widths = Widths(sheet)

    def shown(self, cell: etree._Element, place: tuple[int, int]) -> tuple[str | None, bool]:
        """What a cell shows, None where it is simply its value, and whether a number has room in its column."""
        number = _number(cell)
        look = self._conditions.changed(self._looks.of(cell), place, number)
        if number is None:
            return self._looks.shown(cell, look), True
        text = formats.seen(number, look.code, look.showing, self._zeros)
        return text, self._widths.holds(cell, place[1], f"{number:f}" if text is None else text, look)


def looks(package: Package) -> Looks:
    """What the parts of a workbook say of looks. Raises UnreadableFile when they are damaged."""
    styles, strings = package.xml("xl/styles.xml"), package.xml("xl/sharedStrings.xml")
    return Looks(
        () if styles is None else tuple(xlsx_styles.looks(styles)),
        () if styles is None else tuple(xlsx_styles.changes(styles)),
        () if strings is None else strings.findall("{*}si"),
    )


def hidden_columns(sheet: etree._Element) -> set[int]:
    """The columns, counted from 0, that are hidden or have no width."""
    found: set[int] = set()
    for columns in sheet.iterfind("{*}cols/{*}col"):
        found.update(spanned(columns) if is_hidden(columns, "width") else ())
    return found


def _shows_zeros(sheet: etree._Element) -> bool:
    """Whether the sheet shows cells that are zero."""
    view = sheet.find("{*}sheetViews/{*}sheetView")
    return view is None or view.get("showZeros") not in OFF


def is_hidden(element: etree._Element, size: str = "ht") -> bool:
    """Whether a row, or with `width` a range of columns, is hidden or has no size to speak of."""
    return element.get("hidden", "0") not in OFF or bool(_NO_SIZE.match(element.get(size, "")))


def _number(cell: etree._Element) -> Decimal | None:
    """The number in a cell, as exact as a sheet keeps it; None for a text."""
    return exact(cell.findtext("{*}v") or "") if cell.get("t", "n") == "n" else None


def _plain(item: etree._Element) -> str:
    """A text without the readings that stand above Chinese and Japanese words."""
    return "".join(part.text or "" for path in ("{*}t", "{*}r/{*}t") for part in item.iterfind(path))


def _marked(item: etree._Element, is_filled: bool) -> str | None:
    """What is taken of the parts of a text; None for one that shows as it is."""
    runs = item.findall("{*}r")
    shows = [Look(font=of_font(run.find("{*}rPr")), filled=is_filled).showing for run in runs]
    if not any(shows):
        return None
    return "".join(taken(run.findtext("{*}t") or "", show) for run, show in zip(runs, shows, strict=True))
