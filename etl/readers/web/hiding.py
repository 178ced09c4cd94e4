"""What a web page holds without showing it, and what it raises or lowers as a note's mark."""

import re

from lxml import etree

from etl.readers.showing import DOUBT, Showing, taken
from etl.readers.web.effects import Effect, cuts_off, fills_ground, is_nothing, is_white
from etl.readers.web.grid import NARROW, columns_across, rows_down
from etl.readers.web.rules import Sheet, name_alone, rules, sheet
from etl.readers.web.tags import FORMATTING

_NO_WIDTHS = ("width=0", 'width="0', "width='0", "WIDTH=0", 'WIDTH="0')
# fmt: off
_WORDS = (
    "none", "NONE", "None", "hidden", "HIDDEN", "mso-hide", "super", "font-size", "opacity", "olor", "line-through",
    "collapse", "clip", "-9", "scale(", "width:0", "width: 0", *_NO_WIDTHS,
)
# fmt: on
_HAS_SIZE = re.compile(
    r"display\s*:\s*(?:inline-)?block|position\s*:\s*(?:absolute|fixed)|float\s*:", re.IGNORECASE
)
_BESIDE = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)", re.IGNORECASE)
_BOX = re.compile(r"display\s*:\s*table-(?:cell|row)", re.IGNORECASE)
_BOXES = re.compile(f"{_BESIDE.pattern}|{_BOX.pattern}", re.IGNORECASE)
_VALUE = re.compile(r"\s*[-+]?[\d,.，．%]+\s*")
_DISPLAY = ("isplay", "ISPLAY")
_ATTRIBUTES = ("idden", "IDDEN", "olor=", "OLOR=", *_NO_WIDTHS)
_INLINE, _CELLS, _COLUMNS = frozenset((*FORMATTING, "a")), ("td", "th"), ("col", "colgroup")
_TAG, _LONGEST, _PERHAPS = "hidden", 60, "perhaps"
_OUT_OF_SIGHT = (Effect.ABSENT, Effect.UNSEEN, Effect.NARROWED, Effect.NARROW)


def prune(body: etree._Element, text: str) -> None:
    """Take out what the page hides, doubt what it may hide, dissolve what only formats; a page without costs nothing."""
    if any(word in text for word in _WORDS):
        of_page = sheet(text, body)
        is_plain = not of_page.has_rules and not any(word in text for word in _ATTRIBUTES)
        for element in body.iterdescendants():
            style = element.get("style")
            if not is_plain or (style and of_page.of_style(style)):
                _apply(element, style or "", of_page)
        etree.strip_elements(body, _TAG, with_tail=False)
        _settle_cells(body)
        etree.strip_elements(body, _TAG, with_tail=False)
    if any(word in text for word in _DISPLAY) and _BOXES.search(text):
        _set_apart(body, frozenset(name_alone(one) for one, style in rules(text) if _BESIDE.search(style)))
    if "<span" in text or "<font" in text:
        etree.strip_tags(body, *FORMATTING)


def _settle_cells(body: etree._Element) -> None:
    """Keep in their places, in doubt, the cells not displayed of a table in which one holds anything: they are its columns.

    Blank ones are what merged cells left over; those that a rule hides, and may not, are so where they do not fit among
    the others. Where merged cells were made narrower for columns the places of the others are not known: all figures
    are in doubt, and the blanks beside them.
    """
    absent: dict[etree._Element, list[etree._Element]] = {}
    for cell in body.iter(*_CELLS):
        if cell.get("hidden") is not None:
            absent.setdefault(next(cell.iterancestors("table"), body), []).append(cell)
    for table, cells in absent.items():
        are_columns, fit = any(map(_text, cells)), _tells_places(table)
        if are_columns and not fit:
            _doubt_rows(table)
        for cell in cells:
            is_certain = cell.get("hidden") != _PERHAPS
            if are_columns:
                (_doubt_cell if is_certain else _doubt)(cell)
            elif is_certain or not fit:
                cell.tag = _TAG


def _doubt_cell(cell: etree._Element) -> None:
    """Doubt what is not seen of a cell; longer text is no head and no label, and is gone."""
    if len(_text(cell)) > _LONGEST:
        _silence(cell)
    else:
        _doubt(cell)


def _doubt_rows(table: etree._Element) -> None:
    """Doubt the figures of a table and the blank cells in their rows."""
    for row in table.iter("tr"):
        texts = {cell: _text(cell) for cell in row.iterchildren(*_CELLS)}
        figures = any(_VALUE.fullmatch(text) for text in texts.values())
        for cell, text in texts.items():
            if not text and figures:
                cell.text = DOUBT
    _doubt(table)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _tells_places(table: etree._Element) -> bool:
    """Whether the cells of a table, those not displayed among them, are a rectangle, or none is merged."""
    if table.tag != "table" or table.find(".//table") is not None:
        return True
    rows = [list(row.iterchildren(*_CELLS)) for row in table.iter("tr")]
    sizes = [
        (columns_across(cell.get("colspan")), rows_down(cell.get("rowspan"))) for row in rows for cell in row
    ]
    width = sum(columns_across(cell.get("colspan")) for cell in next(filter(None, rows)))
    return max(map(max, sizes)) == 1 or sum(across * down for across, down in sizes) == width * len(rows)


def _set_apart(body: etree._Element, classes: frozenset[str]) -> None:
    """Make divisions of words that stand as boxes beside or below each other."""
    for element in body.iterdescendants():
        style = element.get("style", "")
        beside = _BESIDE.search(style) or f".{element.get('class')}" in classes
        for box in element if beside else [element] if _BOX.search(style) else ():
            if box.tag in _INLINE:
                box.tag = "div"


def _apply(element: etree._Element, style: str, of_page: Sheet) -> None:
    effect, is_certain = _own_effect(element, style, of_page), True
    if effect is None and of_page.has_rules:
        effect, is_certain = _effect_of_rules(element, of_page)
    if effect is None:
        return
    if element.tag in _COLUMNS:
        # The cells of a column stand elsewhere: the grid doubts them.
        if effect in _OUT_OF_SIGHT:
            element.set("hidden", "")
    elif element.tag in _CELLS:
        _apply_to_cell(element, effect, is_certain, of_page)
    elif not is_certain:
        _doubt(element)
    elif effect is Effect.WHITE:
        _whiten(element, of_page)
    elif effect is Effect.STRUCK:
        _silence(element)
    elif effect in (Effect.ABSENT, Effect.UNSEEN):
        element.tag = _TAG
    elif effect in (Effect.SQUEEZED, Effect.NARROWED):
        # A size means nothing to words in a line.
        if element.tag not in _INLINE or _HAS_SIZE.search(style):
            element.tag = _TAG
    elif effect is Effect.RAISED and element.tag in _INLINE:
        element.tag = "sup"


def _apply_to_cell(cell: etree._Element, effect: Effect, is_certain: bool, of_page: Sheet) -> None:
    """A cell keeps its place; one of no width tells it of its column where the columns are as wide as is written."""
    if effect in (Effect.NARROW, Effect.NARROWED) and of_page.has_fixed_columns:
        cell.set(NARROW, "")
    if effect is Effect.NARROW:
        return
    if effect is Effect.ABSENT:
        cell.set("hidden", "" if is_certain else _PERHAPS)
    elif effect is Effect.NARROWED or not is_certain:
        _doubt(cell)
    elif effect is Effect.WHITE:
        _whiten(cell, of_page)
    elif effect is Effect.STRUCK:
        _silence(cell)
    elif effect is Effect.UNSEEN:
        _doubt_cell(cell)


def _own_effect(element: etree._Element, style: str, of_page: Sheet) -> Effect | None:
    """What an element's own style and attributes do."""
    if element.get("hidden") is not None:
        return Effect.ABSENT
    if is_white(element.get("color")):
        return Effect.WHITE
    effect = of_page.of_style(style)
    if effect is None and element.tag in (*_CELLS, *_COLUMNS) and is_nothing(element.get("width")):
        return Effect.NARROWED if cuts_off(style) else Effect.NARROW
    return effect


def _effect_of_rules(element: etree._Element, of_page: Sheet) -> tuple[Effect | None, bool]:
    """What the page's rules do to an element, and whether that is certain.

    Another class may undo it, and what hides a cell or a row may belong to a script. What hides a column doubts its
    figures alone. Other blocks are left as they are.
    """
    if element.tag not in _INLINE and element.tag not in (*_CELLS, *_COLUMNS, "tr"):
        return None, True
    effect = of_page.of_names(element)
    if effect is None:
        placed = of_page.of_place(element)
        is_white_on_ground = placed is Effect.WHITE and _is_on_ground(element, of_page)
        return None if is_white_on_ground else placed, False
    one_class = len(element.get("class", "").split()) < 2
    return effect, one_class if element.tag in _INLINE else effect is Effect.STRUCK


def _whiten(element: etree._Element, of_page: Sheet) -> None:
    """White words are gone, but for those on a ground; a class may give them one, and so may a block around them."""
    if _is_on_ground(element, of_page):
        return
    if element.tag not in _INLINE or any(one.get("class") for one in (element, *element.iterancestors())):
        _doubt(element)
    else:
        element.tag = _TAG


def _is_on_ground(element: etree._Element, of_page: Sheet) -> bool:
    """Whether an element or one around it is given a ground that is not white."""
    return any(
        one.get("bgcolor") or fills_ground(one.get("style", "")) or of_page.fills(one)
        for one in (element, *element.iterancestors())
    )


def _doubt(element: etree._Element) -> None:
    """Mark the figures in an element; words are left as they are, lest a label be lost."""
    for inner in element.iter():
        if inner.text and _VALUE.fullmatch(inner.text):
            inner.text = taken(inner.text, Showing.DOUBTED)
        if inner is not element and inner.tail and _VALUE.fullmatch(inner.tail):
            inner.tail = taken(inner.tail, Showing.DOUBTED)


def _silence(element: etree._Element) -> None:
    """Take the words out of what is struck through; a cell stays where it is, or its row would shift."""
    for inner in element.iter():
        inner.text = None
        if inner is not element:
            inner.tail = None
