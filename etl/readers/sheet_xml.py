"""Excel workbooks as one XML text (Excel 2003): how office systems export what they name .xls."""

import datetime
from collections.abc import Iterator

from lxml import etree

from etl.document import Document, UnreadableFile
from etl.readers.blocks import document
from etl.readers.container import parse_xml
from etl.readers.sheets import formats
from etl.readers.sheets.blocks import MAX_CELLS, TOO_LARGE, joined, shown
from etl.readers.sheets.placed import Sheet
from etl.readers.sheets.xlsx_styles import Look
from etl.readers.showing import DOUBT, Showing, taken
from etl.readers.written import exact

_S, _X = "{urn:schemas-microsoft-com:office:spreadsheet}", "{urn:schemas-microsoft-com:office:excel}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
_MARKUP = {f"{_HTML}S": Showing.GONE, f"{_HTML}Sup": Showing.RAISED, f"{_HTML}Sub": Showing.RAISED}
_HIDDEN_SHEETS = ("SheetHidden", "SheetVeryHidden")
# Formats by name; the other names are those of dates, times, money and words for yes and no.
_NAMED = {"General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%"}
_WHITE = ("#FFFFFF", "#ffffff", "white")
_DEEPEST, _MOST_SHEETS = 12, 100
_PLAIN = Look(formats.GENERAL)


def read(data: bytes) -> Document:
    """The document of the visible sheets; `hidden_sheets` and `hidden_cells` name what was left out.

    Raises UnreadableFile with the reason.
    """
    book = parse_xml(data)
    sheets = book.findall(f"{_S}Worksheet")
    if len(sheets) > _MOST_SHEETS:
        raise UnreadableFile(TOO_LARGE)
    looks = _looks(book)
    return document(
        *joined(
            (sheet.get(f"{_S}Name", ""), None if _is_hidden_sheet(sheet) else _filled(sheet, looks).seen())
            for sheet in sheets
        )
    )


def _is_hidden_sheet(sheet: etree._Element) -> bool:
    return sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") in _HIDDEN_SHEETS


def _looks(book: etree._Element) -> dict[str, Look]:
    styles = {style.get(f"{_S}ID", ""): style for style in book.iterfind(f"{_S}Styles/{_S}Style")}
    return {name: _look(name, styles) for name in styles}


def _look(name: str, styles: dict[str, etree._Element]) -> Look:
    """The look of a style, with what it takes over from the style it is based on."""
    said: dict[str, str] = {}
    for _ in range(_DEEPEST):
        style = styles.get(name)
        if style is None:
            break
        for part in style.iterchildren(f"{_S}Font", f"{_S}NumberFormat", f"{_S}Interior"):
            kind = etree.QName(part).localname
            for attribute, value in part.attrib.items():
                said.setdefault(f"{kind} {etree.QName(attribute).localname}", str(value))
        name = style.get(f"{_S}Parent", "")
    code = said.get("NumberFormat Format") or formats.GENERAL
    ground = said.get("Interior Color") if said.get("Interior Pattern", "None") != "None" else None
    return Look(_NAMED.get(code, code), _font(said), ground not in (None, *_WHITE))


def _font(said: dict[str, str]) -> Showing:
    """How text in a font shows on white."""
    if said.get("Font StrikeThrough") == "1":
        return Showing.GONE
    if said.get("Font VerticalAlign") in ("Superscript", "Subscript"):
        return Showing.RAISED
    return Showing.DOUBTED if said.get("Font Color") in _WHITE else Showing.SHOWN


def _filled(sheet: etree._Element, looks: dict[str, Look]) -> Sheet:
    filled = Sheet()
    zeros = sheet.find(f"{_X}WorksheetOptions/{_X}DoNotDisplayZeros") is None
    table = sheet.find(f"{_S}Table")
    if table is None:
        return filled
    columns, rows = (_placed(table.iterchildren(f"{_S}{kind}")) for kind in ("Column", "Row"))
    filled.hidden_columns.update(at for at, column in columns if _is_hidden(column, "Width"))
    for row, line in rows:
        filled.hidden_rows.update((row,) if _is_hidden(line, "Height") else ())
        for column, cell in _placed(line.iterchildren(f"{_S}Cell")):
            text = _text(cell, looks.get(cell.get(f"{_S}StyleID", "Default"), _PLAIN), zeros)
            filled.put(row, column, text, 1 + _count(cell, "MergeDown"), 1 + _count(cell, "MergeAcross"))
    return filled


def _placed(elements: Iterator[etree._Element]) -> Iterator[tuple[int, etree._Element]]:
    """Rows, columns or cells with their places from 0: each after the one before, unless it says where it stands."""
    at = 0
    for element in elements:
        at = _count(element, "Index") - 1 if element.get(f"{_S}Index") else at
        span = _count(element, "Span")
        if at < 0 or at + span > MAX_CELLS:
            raise UnreadableFile(TOO_LARGE)
        for place in range(at, at + span + 1):
            yield place, element
        at += span + 1 + _count(element, "MergeAcross")


def _count(element: etree._Element, name: str) -> int:
    number = element.get(f"{_S}{name}", "0")
    if not number.isdecimal():
        return 0
    if len(number) > len(str(MAX_CELLS)):
        raise UnreadableFile(TOO_LARGE)
    return int(number)


def _is_hidden(element: etree._Element, size: str) -> bool:
    return element.get(f"{_S}Hidden") == "1" or element.get(f"{_S}{size}") in ("0", "0.0")


def _text(cell: etree._Element, look: Look, zeros: bool) -> str:
    """What a cell shows; a formula never calculated shows itself."""
    data = cell.find(f"{_S}Data")
    if data is None:
        return cell.get(f"{_S}Formula", "")
    kind, value = data.get(f"{_S}Type"), str(data.xpath("string()"))
    if kind == "Number":
        return _number(value, look, zeros)
    if kind == "DateTime":
        return taken(_date(value), look.showing)
    if kind == "String" and formats.hides_text(look.code):
        return ""
    return "".join(_pieces(data, look.showing, look.filled))


def _number(value: str, look: Look, zeros: bool) -> str:
    number = exact(value)
    if number is None:
        return value + DOUBT
    text = formats.seen(number, look.code, look.showing, zeros)
    # A number shown as a date, or by a name that is none of ours, is no count.
    return f"{number:f}{DOUBT}" if text is None else text


def _date(value: str) -> str:
    try:
        return shown(datetime.datetime.fromisoformat(value).date())
    except ValueError:
        return value + DOUBT


def _pieces(element: etree._Element, showing: Showing, filled: bool) -> Iterator[str]:
    """What is taken of a text and of the pieces of it that look otherwise."""
    yield taken(element.text or "", showing)
    for piece in element:
        white = piece.get(f"{_HTML}Color") in _WHITE and not filled
        own = max(_MARKUP.get(str(piece.tag), Showing.SHOWN), Showing.DOUBTED if white else Showing.SHOWN)
        yield from _pieces(piece, max(showing, own), filled)
        yield taken(piece.tail or "", showing)
