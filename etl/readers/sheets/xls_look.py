"""What cells of an .xls show other than what they hold: by number formats, struck and white fonts, hidden rows and columns."""

from decimal import Decimal

import xlrd

from etl.readers.blocks import RAISED, doubted
from etl.readers.sheets import formats

_WHITE = (1, 9)


def is_hidden(sheet: xlrd.sheet.Sheet, row: int, column: int) -> bool:
    """Whether a cell stands in a hidden row or column."""
    across, down = sheet.colinfo_map.get(column), sheet.rowinfo_map.get(row)
    return bool((across and (across.hidden or not across.width)) or (down and down.hidden))


def shown(sheet: xlrd.sheet.Sheet, row: int, column: int) -> str | None:
    """What a cell shows, None where it is simply its value."""
    cell = sheet.cell(row, column)
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT):
        return None
    style = sheet.book.xf_list[cell.xf_index]
    font = sheet.book.font_list[style.font_index]
    known = sheet.book.format_map.get(style.format_key)
    code = known.format_str if known else ""
    if font.struck_out:
        return ""
    white = font.colour_index in _WHITE and not _is_filled(style)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return "" if white or formats.hides_text(code) else _marked(sheet, row, column)
    return _number(cell.value, code, white, bool(sheet.show_zero_values))


def _number(value: float, code: str, white: bool, zeros: bool) -> str | None:
    if value == 0 and not zeros:
        return ""
    number = Decimal(f"{value:.15g}")
    text = formats.shown(number, code)
    return doubted(f"{number:f}" if text is None else text) if white else text


def _is_filled(style: xlrd.formatting.XF) -> bool:
    return bool(style.background.fill_pattern) and style.background.pattern_colour_index not in _WHITE


def _marked(sheet: xlrd.sheet.Sheet, row: int, column: int) -> str | None:
    """A text without what is struck in it and with its raised parts marked; None for a text of one look."""
    runs = sheet.rich_text_runlist_map.get((row, column))
    if not runs:
        return None
    text, pieces = sheet.cell_value(row, column), []
    font = sheet.book.font_list[sheet.book.xf_list[sheet.cell_xf_index(row, column)].font_index]
    for start, (end, following) in zip([0, *(at for at, _ in runs)], [*runs, (len(text), None)], strict=True):
        if start < end and not font.struck_out:
            pieces.append(RAISED.format(text[start:end]) if font.escapement else text[start:end])
        font = font if following is None else sheet.book.font_list[following]
    return "".join(pieces)
