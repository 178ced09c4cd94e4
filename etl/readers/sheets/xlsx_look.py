"""What cells of an .xlsx show other than what they hold: by number formats, struck and white fonts, hidden rows and columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from etl.readers.container import Package
from etl.readers.sheets import formats
from etl.readers.showing import Showing, taken

_BUILT_IN = {
    **dict.fromkeys((1, 5, 6, 7, 8), "0"),
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((37, 38), "#,##0;(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00;(#,##0.00)"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
    48: "##0.0E+0",
}
_OFF = ("0", "false")
_WHITE_INDEXES, _WHITE_THEME, _MOST_COLUMNS = ("1", "9"), "0", 16_384


class Look(NamedTuple):
    """A number format ("" for none that matters), how the font shows, and whether white shows on the ground."""

    code: str = ""
    showing: Showing = Showing.SHOWN
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a workbook's cells by number, and the texts that cells share."""

    cells: Sequence[Look]
    texts: Sequence[etree._Element]

    def of(self, cell: etree._Element) -> Look:
        """The look of a cell by its style."""
        number = cell.get("s", "0")
        return self.cells[int(number)] if number.isdecimal() and int(number) < len(self.cells) else Look()

    def shown(self, cell: etree._Element, look: Look, zeros: bool) -> str | None:
        """What a cell shows in a look, None where it is simply its value; with `zeros` false, zeros are not shown."""
        kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if kind == "n":
            return _number(value, look, zeros) if value else None
        if formats.hides_text(look.code):
            return ""
        item = self._item(value) if kind == "s" else cell.find("{*}is")
        text = None if item is None else _marked(item, look.filled)
        if look.showing is Showing.SHOWN:
            return text
        plain = value if item is None else _plain(item)
        return taken(plain if text is None else text, look.showing)

    def _item(self, number: str) -> etree._Element | None:
        return self.texts[int(number)] if number.isdecimal() and int(number) < len(self.texts) else None


def looks(package: Package) -> Looks:
    """What the parts of a workbook say of looks. Raises UnreadableFile when they are damaged."""
    styles, strings = package.xml("xl/styles.xml"), package.xml("xl/sharedStrings.xml")
    return Looks(
        () if styles is None else tuple(_cells(styles)),
        () if strings is None else strings.findall("{*}si"),
    )


def hidden_columns(sheet: etree._Element) -> set[int]:
    """The columns, counted from 0, that are hidden or have no width."""
    found: set[int] = set()
    for columns in sheet.iterfind("{*}cols/{*}col"):
        first, last = columns.get("min", ""), columns.get("max", "")
        if is_hidden(columns, "width") and first.isdecimal() and last.isdecimal():
            found.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
    return found


def shows_zeros(sheet: etree._Element) -> bool:
    """Whether the sheet shows cells that are zero."""
    view = sheet.find("{*}sheetViews/{*}sheetView")
    return view is None or view.get("showZeros") not in _OFF


def is_hidden(element: etree._Element, size: str = "ht") -> bool:
    """Whether a row, or with `width` a range of columns, is hidden or has no size."""
    return element.get("hidden", "0") not in _OFF or element.get(size) in ("0", "0.0")


def _number(value: str, look: Look, zeros: bool) -> str | None:
    try:
        number = Decimal(f"{float(value):.15g}")
    except (ValueError, InvalidOperation):
        return None
    if (number == 0 and not zeros) or not number.is_finite():
        return ""
    shown = formats.shown(number, look.code) if look.code else None
    if look.showing is Showing.SHOWN:
        return shown
    return taken(f"{number:f}" if shown is None else shown, look.showing)


def _plain(item: etree._Element) -> str:
    """A text without the readings that stand above Chinese and Japanese words."""
    return "".join(part.text or "" for path in ("{*}t", "{*}r/{*}t") for part in item.iterfind(path))


def _marked(item: etree._Element, is_filled: bool) -> str | None:
    """What is taken of the parts of a text; None for one that shows as it is."""
    runs = item.findall("{*}r")
    shows = [_showing(run.find("{*}rPr"), is_filled) for run in runs]
    if not any(shows):
        return None
    return "".join(taken(run.findtext("{*}t") or "", show) for run, show in zip(runs, shows, strict=True))


def _showing(font: etree._Element | None, is_filled: bool) -> Showing:
    """How text in a font shows; white shows on a ground that is filled."""
    if font is None:
        return Showing.SHOWN
    if _is_on(font.find("{*}strike")):
        return Showing.GONE
    place = font.find("{*}vertAlign")
    if place is not None and place.get("val") in ("superscript", "subscript"):
        return Showing.RAISED
    return Showing.DOUBTED if not is_filled and _is_white(font.find("{*}color")) else Showing.SHOWN


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get("val") not in _OFF


def _cells(styles: etree._Element) -> Iterable[Look]:
    codes = {
        item.get("numFmtId"): item.get("formatCode", "") for item in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [*styles.iterfind("{*}fonts/{*}font"), None]
    fills = [*map(_fills, styles.iterfind("{*}fills/{*}fill")), False]
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        code = codes.get(number) or _BUILT_IN.get(int(number) if number.isdecimal() else 0, "")
        is_filled = fills[_index(style.get("fillId"), fills)]
        yield Look(code, _showing(fonts[_index(style.get("fontId"), fonts)], is_filled), is_filled)


def _index(number: str | None, items: Sequence[object]) -> int:
    """A number as written, or that of the last item, which stands for those that are not there."""
    at = int(number) if number and number.isdecimal() else 0
    return min(at, len(items) - 1)


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    white = (colour.get("rgb") or "")[-6:].upper() == "FFFFFF" or colour.get("indexed") in _WHITE_INDEXES
    return white or (colour.get("theme") == _WHITE_THEME and not colour.get("tint"))


def _fills(fill: etree._Element) -> bool:
    """Whether a fill is a colour on which white shows."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return fill.find("{*}gradientFill") is not None
    ground = pattern.find("{*}fgColor")
    return pattern.get("patternType") not in (None, "none") and not _is_white(ground)
