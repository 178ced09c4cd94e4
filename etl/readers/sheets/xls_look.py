"""What cells of an .xls show other than what they hold: by number formats, struck and white fonts, hidden rows and columns."""

from decimal import Decimal

import xlrd

from etl.readers.sheets import formats, widths
from etl.readers.sheets.hidden import Hidden
from etl.readers.showing import Showing, taken

_NEARLY_WHITE = 250


def unseen(sheet: xlrd.sheet.Sheet) -> Hidden:
    """The hidden rows and columns of a sheet, those without any width among them."""
    return Hidden(
        frozenset(row for row, look in sheet.rowinfo_map.items() if look.hidden),
        frozenset(at for at, look in sheet.colinfo_map.items() if look.hidden or not look.width),
    )


def shown(sheet: xlrd.sheet.Sheet, row: int, column: int) -> str | None:
    """What a cell shows, None where it is simply its value."""
    cell = sheet.cell(row, column)
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT):
        return None
    style = sheet.book.xf_list[cell.xf_index]
    font = sheet.book.font_list[style.font_index]
    known = sheet.book.format_map.get(style.format_key)
    code = known.format_str if known else ""
    showing = _showing(font, _is_filled(style, sheet.book), sheet.book)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return formats.seen(_number(cell.value), code, showing, bool(sheet.show_zero_values))
    if formats.hides_text(code):
        return ""
    text = _marked(sheet, row, column)
    return text if showing is Showing.SHOWN else taken(cell.value if text is None else text, showing)


def has_room(sheet: xlrd.sheet.Sheet, row: int, column: int) -> bool:
    """Whether a number has room in its column, or is no number."""
    cell = sheet.cell(row, column)
    if cell.ctype != xlrd.XL_CELL_NUMBER:
        return True
    style, fonts = sheet.book.xf_list[cell.xf_index], sheet.book.font_list
    text = shown(sheet, row, column)
    number = f"{_number(cell.value):f}".partition(".")[0] if text is None else text
    scale = fonts[style.font_index].height / (fonts[0].height or 1)
    is_roomy = style.alignment.shrink_to_fit
    return bool(is_roomy) or widths.holds(sheet.computed_column_width(column) / 256, number, scale)


def _showing(font: xlrd.formatting.Font, is_filled: bool, book: xlrd.book.Book) -> Showing:
    if font.struck_out:
        return Showing.GONE
    return Showing.DOUBTED if not is_filled and _is_white(font.colour_index, book) else Showing.SHOWN


def _number(value: float) -> Decimal:
    return Decimal(f"{value:.15g}")


def _is_white(number: int, book: xlrd.book.Book) -> bool:
    """Whether a colour of the workbook's palette is white, or nearly so."""
    shades = book.colour_map.get(number)
    return bool(shades) and min(shades) >= _NEARLY_WHITE


def _is_filled(style: xlrd.formatting.XF, book: xlrd.book.Book) -> bool:
    return bool(style.background.fill_pattern) and not _is_white(style.background.pattern_colour_index, book)


def _marked(sheet: xlrd.sheet.Sheet, row: int, column: int) -> str | None:
    """What is taken of the parts of a text; None for one of one look."""
    runs = sheet.rich_text_runlist_map.get((row, column))
    if not runs:
        return None
    text, pieces = sheet.cell_value(row, column), []
    style = sheet.book.xf_list[sheet.cell_xf_index(row, column)]
    font, is_filled = sheet.book.font_list[style.font_index], _is_filled(style, sheet.book)
    for start, (end, following) in zip([0, *(at for at, _ in runs)], [*runs, (len(text), None)], strict=True):
        showing = Showing.RAISED if font.escapement else Showing.SHOWN
        pieces.append(taken(text[start:end], max(showing, _showing(font, is_filled, sheet.book))))
        font = font if following is None else sheet.book.font_list[following]
    return "".join(pieces)
