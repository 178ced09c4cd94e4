"""What cells of an .xlsx show other than what they hold: by number formats, struck and white fonts, hidden rows and columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from etl.readers.blocks import RAISED, doubted
from etl.readers.container import Package
from etl.readers.sheets import formats

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
_AS_IT_IS = "{}"
_WHITE_INDEXES, _WHITE_THEME, _MOST_COLUMNS = ("1", "9"), "0", 16_384


class Look(NamedTuple):
    """A number format ("" for none that matters), whether the font is struck through, and whether it is white on white."""

    code: str
    struck: bool
    white: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a workbook's cells by number, and its shared texts of which parts are struck or raised."""

    cells: Sequence[Look]
    texts: dict[str, str]

    def shown(self, cell: etree._Element, zeros: bool) -> str | None:
        """What a cell shows, None where it is simply its value; with `zeros` false, zeros are not shown."""
        number = cell.get("s", "0")
        look = self.cells[int(number)] if number.isdecimal() and int(number) < len(self.cells) else PLAIN
        kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if kind == "inlineStr" or kind == "s":
            text = self.texts.get(value) if kind == "s" else _marked(cell.find("{*}is"))
            hidden = look.struck or formats.hides_text(look.code)
            # The text itself, which is shared, is not at hand: none of it is a figure to be doubted.
            return "" if hidden or look.white else text
        if kind != "n" or not value:
            return "" if kind == "str" and (look.struck or look.white) else None
        return _number(value, look, zeros)


PLAIN = Look("", False, False)


def looks(package: Package) -> Looks:
    """What the parts of a workbook say of looks. Raises UnreadableFile when they are damaged."""
    styles, strings = package.xml("xl/styles.xml"), package.xml("xl/sharedStrings.xml")
    texts = enumerate(() if strings is None else strings.iterchildren("{*}si"))
    return Looks(
        () if styles is None else tuple(_cells(styles)),
        {str(at): text for at, item in texts if (text := _marked(item)) is not None},
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
    if look.struck or (number == 0 and not zeros) or not number.is_finite():
        return ""
    shown = formats.shown(number, look.code) if look.code else None
    if look.white:
        return doubted(f"{number:f}" if shown is None else shown)
    return shown


def _marked(item: etree._Element | None) -> str | None:
    """A text without what is struck in it and with its raised parts marked; None for a text of one look."""
    runs = [] if item is None else item.findall("{*}r")
    written = [_written(run) for run in runs]
    if all(pattern == _AS_IT_IS for pattern in written):
        return None
    texts = (run.findtext("{*}t") or "" for run in runs)
    return "".join(pattern.format(text) for pattern, text in zip(written, texts, strict=True))


def _written(run: etree._Element) -> str:
    """The pattern by which a part of a text is written: as it is, not at all, or as a note's mark."""
    font = run.find("{*}rPr")
    if font is None:
        return _AS_IT_IS
    if _is_on(font.find("{*}strike")):
        return ""
    place = font.find("{*}vertAlign")
    return RAISED if place is not None and place.get("val") in ("superscript", "subscript") else _AS_IT_IS


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get("val") not in _OFF


def _cells(styles: etree._Element) -> Iterable[Look]:
    codes = {
        item.get("numFmtId"): item.get("formatCode", "") for item in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [
        *(
            (_is_on(font.find("{*}strike")), _is_white(font.find("{*}color")))
            for font in styles.iterfind("{*}fonts/{*}font")
        ),
        (False, False),
    ]
    fills = [*map(_fills, styles.iterfind("{*}fills/{*}fill")), False]
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        code = codes.get(number) or _BUILT_IN.get(int(number) if number.isdecimal() else 0, "")
        struck, white = fonts[_index(style.get("fontId"), fonts)]
        yield Look(code, struck, white and not fills[_index(style.get("fillId"), fills)])


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
