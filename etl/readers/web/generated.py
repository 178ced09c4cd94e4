"""What a browser writes into a page by itself: the numbers of lists, and words that rules put before and behind others."""

import re

from lxml import etree

from etl.readers.showing import DOUBT
from etl.readers.web.effects import Effect, effect
from etl.readers.web.rules import MOST, rules
from etl.readers.web.selectors import Selector, Siblings, is_for, of_tag, selector

_PSEUDO = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_CONTENT = re.compile(r"(?<![-\w])content\s*:\s*([^;}]*)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\da-f]{1,6})\s?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"attr\(\s*([\w-]+)[^)]*\)", re.IGNORECASE)
_COUNTED = re.compile(r"counters?\(|url\(", re.IGNORECASE)
_FIGURE = re.compile(r"[\d０-９〇零一二三四五六七八九十百千①-⑳無无/—－-]")
_NUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:decimal|cjk|chinese)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2}")
_CELLS = ("td", "th")
_UNSEEN = (Effect.ABSENT, Effect.UNSEEN, Effect.SQUEEZED, Effect.NARROWED)


def doubt(body: etree._Element, text: str) -> None:
    """Leave in doubt the cells that hold nothing, or figures alone, beside what the browser writes there."""
    for item in body.iter("li"):
        cell = _cell(item)
        if cell is not None and not _text(cell) and _is_numbered(item):
            item.text = DOUBT
    written = _written(text) if "ontent" in text else []
    siblings = Siblings()
    for element in body.iter(etree.Element) if written else ():
        cell = _cell(element)
        if cell is None or _WORDS.search(_text(cell)):
            continue
        if any(_has_figure(what, element) and is_for(asked, element, siblings) for asked, what in written):
            element.text = (element.text or "") + DOUBT


def _written(text: str) -> list[tuple[Selector, str]]:
    """What rules write before and behind elements; one page with more of them than pages have may write into any cell."""
    found = []
    for written, style in rules(text):
        content = _CONTENT.search(style)
        if content and _PSEUDO.search(written) and effect(style) not in _UNSEEN and _may_count(content[1]):
            asked = selector(_PSEUDO.sub("", written) or "*")
            found += [(asked, content[1])] if asked else []
    return found if len(found) <= MOST else [(of_tag(tag), "counter(") for tag in _CELLS]


def _may_count(content: str) -> bool:
    return bool(_ATTRIBUTE.search(content) or _COUNTED.search(content) or _FIGURE.search(_plain(content)))


def _plain(content: str) -> str:
    """The letters of a content, those written by their numbers too."""
    bare = _ATTRIBUTE.sub("", content)
    return _ESCAPED.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), bare)


def _has_figure(content: str, element: etree._Element) -> bool:
    told = "".join(element.get(name.lower(), "") for name in _ATTRIBUTE.findall(content))
    return bool(_COUNTED.search(content) or _FIGURE.search(_plain(content) + told))


def _is_numbered(item: etree._Element) -> bool:
    parent = item.getparent()
    if parent is None:
        return False
    return parent.tag == "ol" or bool(_NUMBERED.search(parent.get("style", "") + ";" + item.get("style", "")))


def _cell(element: etree._Element) -> etree._Element | None:
    """The cell that an element is or stands in."""
    return element if element.tag in _CELLS else next(element.iterancestors(*_CELLS), None)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()
