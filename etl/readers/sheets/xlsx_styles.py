"""The styles of an .xlsx: how the cells of each look, and what conditional formats change in that."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from etl.readers.sheets import formats
from etl.readers.showing import Showing
from etl.readers.written import whole

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
OFF = ("0", "false")
# Nearly white, opaque or not.
_WHITE = re.compile("(?:..)?F[A-F]F[A-F]F[A-F]", re.IGNORECASE)
_WHITE_INDEXES, _WHITE_THEME = ("1", "9"), "0"
_USUAL_SIZE = 11.0


class Look(NamedTuple):
    """A number format ("" for none that matters), how the font shows on white, and whether the ground is another.

    `scale` is the size of the font against that by which columns are measured; `shrinks` says that print too wide for
    the column is made smaller.
    """

    code: str = ""
    font: Showing = Showing.SHOWN
    filled: bool = False
    scale: float = 1.0
    shrinks: bool = False

    @property
    def showing(self) -> Showing:
        """How the cell shows."""
        return Showing.SHOWN if self.filled and self.font is Showing.DOUBTED else self.font


class Change(NamedTuple):
    """What a conditional format says of a look, None where it says nothing."""

    code: str | None = None
    font: Showing | None = None
    filled: bool | None = None

    @property
    def hides(self) -> bool:
        """Whether a number that is seen may not be seen any more."""
        whitens = self.font is Showing.GONE or (self.font is Showing.DOUBTED and not self.filled)
        return whitens or (self.code is not None and formats.shown(Decimal(1), self.code) == "")

    def before(self, other: "Change") -> "Change":
        """Both, of which this has its way where they differ."""
        return Change(
            other.code if self.code is None else self.code,
            other.font if self.font is None else self.font,
            other.filled if self.filled is None else self.filled,
        )

    def of(self, look: Look) -> Look:
        """The look with what is said of it."""
        said = self.before(Change(look.code, look.font, look.filled))
        return look._replace(code=said.code or "", font=said.font or Showing.SHOWN, filled=bool(said.filled))


def looks(styles: etree._Element) -> Iterator[Look]:
    """The looks of cells, in the order of their numbers."""
    codes = {
        item.get("numFmtId"): item.get("formatCode", "") for item in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [*styles.iterfind("{*}fonts/{*}font"), None]
    fills = [*styles.iterfind("{*}fills/{*}fill"), None]
    usual = _size(fonts[0], _USUAL_SIZE)
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        code = codes.get(number) or _BUILT_IN.get(whole(number), "")
        font, fill = fonts[_index(style.get("fontId"), fonts)], fills[_index(style.get("fillId"), fills)]
        aligned = style.find("{*}alignment")
        shrinks = aligned is not None and aligned.get("shrinkToFit", "0") not in OFF
        yield Look(code, of_font(font), _is_filled(fill), _size(font, usual) / usual, shrinks)


def changes(styles: etree._Element) -> Iterator[Change]:
    """What conditional formats say, in the order of their numbers."""
    for style in styles.iterfind("{*}dxfs/{*}dxf"):
        font, fill, code = style.find("{*}font"), style.find("{*}fill"), style.find("{*}numFmt")
        says = font is not None and (font.find("{*}color") is not None or font.find("{*}strike") is not None)
        yield Change(
            None if code is None else code.get("formatCode", ""),
            of_font(font) if says else None,
            None if fill is None else _is_filled(fill),
        )


def of_font(font: etree._Element | None) -> Showing:
    """How text in a font shows on white."""
    if font is None:
        return Showing.SHOWN
    if is_on(font.find("{*}strike")):
        return Showing.GONE
    place = font.find("{*}vertAlign")
    if place is not None and place.get("val") in ("superscript", "subscript"):
        return Showing.RAISED
    return Showing.DOUBTED if _is_white(font.find("{*}color")) else Showing.SHOWN


def is_on(mark: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return mark is not None and mark.get("val") not in OFF


def _size(font: etree._Element | None, otherwise: float) -> float:
    size = None if font is None else font.find("{*}sz")
    written = "" if size is None else size.get("val", "")
    return float(written) if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{1,9})?", written) else otherwise


def _index(number: str | None, items: Sequence[object]) -> int:
    """A number as written, or that of the last item, which stands for those that are not there."""
    return min(whole(number), len(items) - 1)


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    white = bool(_WHITE.fullmatch(colour.get("rgb", ""))) or colour.get("indexed") in _WHITE_INDEXES
    return white or (colour.get("theme") == _WHITE_THEME and not colour.get("tint"))


def _is_filled(fill: etree._Element | None) -> bool:
    """Whether a fill is a colour on which white shows; a conditional format names the one of a solid fill last."""
    if fill is None:
        return False
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return fill.find("{*}gradientFill") is not None
    grounds = _grounds(pattern)
    return pattern.get("patternType", "solid" if grounds else "none") != "none" and not any(
        map(_is_white, grounds)
    )


def _grounds(pattern: etree._Element) -> Sequence[etree._Element]:
    """The colour of a pattern's ground."""
    grounds: Iterable[etree._Element] = pattern.iterchildren("{*}fgColor", "{*}bgColor")
    return list(grounds)[:1]
