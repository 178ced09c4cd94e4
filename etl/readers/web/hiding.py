"""What a web page holds without showing it, and what it raises or lowers as a note's mark."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from operator import mul
from typing import NamedTuple

from lxml import etree

from etl.readers.showing import DOUBT, Showing, taken
from etl.readers.web.grid import columns_across, rows_down
from etl.readers.web.tags import FORMATTING

_WORDS = (
    *(
        "none",
        "NONE",
        "None",
        "hidden",
        "HIDDEN",
        "mso-hide",
        "super",
        "font-size",
        "opacity",
        "olor",
        "line-through",
    ),
    *("collapse", "clip", "-9", "scale("),
)
_ABSENT = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])|font-size\s*:\s*1px\b"
    r"|clip\s*:\s*rect\(\s*(?:0|1px)[\s,]+(?:0|1px)[\s,]+(?:0|1px)|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)"
    r"|(?:text-indent|left|top|right|margin-\w+)\s*:\s*-(?:9\d\d|\d{5})|transform\s*:\s*scale\(\s*0\s*[,)]"
    r"|(?:(?<![-\w])|text-fill-)color\s*:\s*(?:transparent\b|rgba\([^)]{0,40},\s*0(?:\.0+)?%?\s*\)|#(?:[\da-f]{3}0|[\da-f]{6}00)\b)",
    re.IGNORECASE,
)
_NO_ROOM = re.compile(r"(?<!line-)(?:height|width)\s*:\s*0(?:px|pt|em)?\s*(?:;|$|!)", re.IGNORECASE)
_CUT_OFF = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_HAS_SIZE = re.compile(
    r"display\s*:\s*(?:inline-)?block|position\s*:\s*(?:absolute|fixed)|float\s*:", re.IGNORECASE
)
_BESIDE = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)", re.IGNORECASE)
_BOX = re.compile(r"display\s*:\s*table-(?:cell|row)", re.IGNORECASE)
_BOXES = re.compile(f"{_BESIDE.pattern}|{_BOX.pattern}", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]{0,100}line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_BARE = r"(?:#f[a-f]f[a-f]f[a-f]\b|#fff\b|white\b|rgb\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5]\s*\))"
_WHITE = re.compile(rf"(?<![-\w])color\s*:\s*{_BARE}", re.IGNORECASE)
_GROUND = re.compile(
    rf"background(?:-color|-image)?\s*:\s*(?!\s|{_BARE}|none\b|transparent\b|inherit\b|initial\b)",
    re.IGNORECASE,
)
# What is not closed reaches to the end, as in a browser: looking for the end again and again would take hours.
_STYLES = re.compile(r"<style\b[^>]{0,1000}>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ON_SCREEN = re.compile(
    r"@media\s*(?:only\s+)?(?:screen|all)\s*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}", re.IGNORECASE
)
_CONDITIONAL = re.compile(r"@[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_NAMED = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_VALUE = re.compile(r"\s*[-+]?[\d,.，．%]+\s*")
_DISPLAY = ("isplay", "ISPLAY")
_ATTRIBUTES = ("idden", "IDDEN", "olor=", "OLOR=")
_INLINE, _CELLS, _COLUMNS = frozenset((*FORMATTING, "a")), ("td", "th"), ("col", "colgroup")
_TAG, _LONGEST = "hidden", 60


class _Effect(Enum):
    """What a style does to words: takes them off the page, hides, squeezes, strikes, raises or whitens them."""

    ABSENT = auto()
    UNSEEN = auto()
    SQUEEZED = auto()
    STRUCK = auto()
    RAISED = auto()
    WHITE = auto()


class _Sheet(NamedTuple):
    """What the page's own rules do to classes (".x") and to single elements ("#x"), and which of them fill a ground.

    `styles` keeps what the styles looked at so far do: a page has few and uses them often.
    """

    effects: dict[str, _Effect]
    grounds: frozenset[str]
    styles: dict[str, _Effect | None]


def prune(body: etree._Element, text: str) -> None:
    """Take out what the page hides, doubt what it may hide, dissolve what only formats; a page without costs nothing."""
    if any(word in text for word in _WORDS):
        sheet = _sheet(text)
        is_plain = not sheet.effects and not any(word in text for word in _ATTRIBUTES)
        for element in body.iterdescendants():
            style = element.get("style")
            if not is_plain or (style and _effect_of_style(style, sheet)):
                _apply(element, style or "", sheet)
        etree.strip_elements(body, _TAG, with_tail=False)
        _settle_cells(body)
        etree.strip_elements(body, _TAG, with_tail=False)
    if any(word in text for word in _DISPLAY) and _BOXES.search(text):
        _set_apart(
            body, frozenset(name for names, style in _rules(text) if _BESIDE.search(style) for name in names)
        )
    if "<span" in text or "<font" in text:
        etree.strip_tags(body, *FORMATTING)


def _settle_cells(body: etree._Element) -> None:
    """Keep in their places, in doubt, the cells not displayed of a table in which one holds a figure: they are its columns.

    Without any figure they are what merged cells left over. Where merged cells were made narrower for them the places
    of the others are not known: all figures are in doubt, and the blanks beside them.
    """
    absent: dict[etree._Element, list[etree._Element]] = {}
    for cell in body.iter(*_CELLS):
        if cell.get("hidden") is not None:
            absent.setdefault(next(cell.iterancestors("table"), body), []).append(cell)
    for table, cells in absent.items():
        figures = any(_VALUE.fullmatch(_text(cell)) for cell in cells)
        if figures and _is_whole(table):
            _doubt_rows(table)
        for cell in cells:
            if figures:
                _doubt_cell(cell)
            else:
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


def _is_whole(table: etree._Element) -> bool:
    """Whether the cells of a table, some merged across, are a rectangle without those that are not displayed."""
    if table.tag != "table" or table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    shown = [[cell for cell in row.iterchildren(*_CELLS) if cell.get("hidden") is None] for row in rows]
    wide = [[columns_across(cell.get("colspan")) for cell in row] for row in shown]
    high = [[rows_down(cell.get("rowspan")) for cell in row] for row in shown]
    area = sum(sum(map(mul, *sizes)) for sizes in zip(wide, high, strict=True))
    merged = any(across > 1 for row in wide for across in row)
    return merged and area == sum(wide[0]) * len(rows)


def _set_apart(body: etree._Element, classes: frozenset[str]) -> None:
    """Make divisions of words that stand as boxes beside or below each other."""
    for element in body.iterdescendants():
        style = element.get("style", "")
        beside = _BESIDE.search(style) or f".{element.get('class')}" in classes
        for box in element if beside else [element] if _BOX.search(style) else ():
            if box.tag in _INLINE:
                box.tag = "div"


def _apply(element: etree._Element, style: str, sheet: _Sheet) -> None:
    effect = _own_effect(element, style, sheet)
    if effect is None and sheet.effects:
        effect, is_certain = _effect_of_rules(element, sheet)
        if effect is not None and not is_certain:
            return _doubt(element)
    if element.tag in _COLUMNS or (element.tag in _CELLS and effect is _Effect.ABSENT):
        # The cells of a column stand elsewhere: the grid doubts them.
        return element.set("hidden", "") if effect in (_Effect.ABSENT, _Effect.UNSEEN) else None
    if effect is _Effect.WHITE:
        return _whiten(element, sheet)
    if effect is _Effect.STRUCK:
        _silence(element)
    elif effect is _Effect.UNSEEN and element.tag in _CELLS:
        _doubt_cell(element)
    elif effect in (_Effect.ABSENT, _Effect.UNSEEN):
        element.tag = _TAG
    elif effect is _Effect.SQUEEZED and element.tag not in _CELLS:
        # A height means nothing to words in a line.
        if element.tag not in _INLINE or _HAS_SIZE.search(style):
            element.tag = _TAG
    elif effect is _Effect.RAISED and element.tag in _INLINE:
        element.tag = "sup"
    return None


def _own_effect(element: etree._Element, style: str, sheet: _Sheet) -> _Effect | None:
    """What an element's own style does."""
    if element.get("hidden") is not None:
        return _Effect.ABSENT
    colour = element.get("color")
    if colour and _WHITE.match(f"color:{colour}"):
        return _Effect.WHITE
    return _effect_of_style(style, sheet)


def _effect_of_style(style: str, sheet: _Sheet) -> _Effect | None:
    if style not in sheet.styles:
        sheet.styles[style] = _effect(style)
    return sheet.styles[style]


def _effect(style: str) -> _Effect | None:
    if _ABSENT.search(style):
        return _Effect.ABSENT
    if _UNSEEN.search(style):
        return _Effect.UNSEEN
    if _CUT_OFF.search(style) and _NO_ROOM.search(style):
        return _Effect.SQUEEZED
    if _STRUCK.search(style):
        return _Effect.STRUCK
    if _RAISED.search(style):
        return _Effect.RAISED
    return _Effect.WHITE if _WHITE.search(style) else None


def _effect_of_rules(element: etree._Element, sheet: _Sheet) -> tuple[_Effect | None, bool]:
    """What the page's rules do to an element, and whether that is certain.

    Another class may undo it, and what hides a cell or a row may belong to a script. What hides a column doubts its
    figures alone. Other blocks are left as they are.
    """
    names = [f".{name}" for name in element.get("class", "").split()]
    effect = next(
        (sheet.effects[name] for name in (*names, f"#{element.get('id')}") if name in sheet.effects), None
    )
    if element.tag in _INLINE:
        return effect, len(names) < 2
    if element.tag in _COLUMNS:
        return effect, True
    return (effect, effect is _Effect.STRUCK) if element.tag in (*_CELLS, "tr") else (None, True)


def _whiten(element: etree._Element, sheet: _Sheet) -> None:
    """White words are gone, but for those on a ground; a class may give them one, and so may a block around them."""
    around = (element, *element.iterancestors())
    if any(one.get("bgcolor") or _GROUND.search(one.get("style", "")) for one in around):
        return
    classes = [f".{name}" for one in around for name in one.get("class", "").split()]
    if any(name in sheet.grounds for name in classes):
        return
    if classes or element.tag not in _INLINE:
        _doubt(element)
    else:
        element.tag = _TAG


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


def _sheet(text: str) -> _Sheet:
    effects: dict[str, _Effect] = {}
    grounds: set[str] = set()
    for names, style in _rules(text):
        if _GROUND.search(style):
            grounds.update(names)
        if (effect := _effect(style)) and not (effect is _Effect.WHITE and _GROUND.search(style)):
            effects |= dict.fromkeys(names, effect)
    return _Sheet(effects, frozenset(grounds), {})


def _rules(text: str) -> Iterator[tuple[list[str], str]]:
    """The rules of the page's own styles for the screen, each with the classes and elements it names alone."""
    for styles in _STYLES.findall(text):
        plain = _CONDITIONAL.sub("", _ON_SCREEN.sub(r"\1", _CSS_COMMENT.sub("", styles)))
        for selectors, _, style in (rule.partition("{") for rule in plain.split("}")):
            names = [match[1] for one in selectors.split(",") if (match := _NAMED.fullmatch(one.strip()))]
            if names:
                yield names, style
