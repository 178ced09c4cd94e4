"""What a web page holds without showing it, and what it raises or lowers as a note's mark."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lxml import etree

from etl.readers.web.tags import FORMATTING

_WORDS = (
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
)
_NAMED = ("idden", "IDDEN")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.IGNORECASE
)
_BESIDE = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)", re.IGNORECASE)
_BOX = re.compile(r"display\s*:\s*table-(?:cell|row)", re.IGNORECASE)
_BOXES = re.compile(f"{_BESIDE.pattern}|{_BOX.pattern}", re.IGNORECASE)
_STYLES = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_CONDITIONAL = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"[a-z]*\.([\w-]+)", re.IGNORECASE)
_INLINE = frozenset((*FORMATTING, "a"))
_TAG = "hidden"


def prune(body: etree._Element, text: str) -> None:
    """Take out what the page hides, and dissolve what only formats; a page without either costs nothing."""
    if any(word in text for word in _WORDS):
        _mark(body, list(_rules(text)))
        if any(word in text for word in _NAMED):
            _mark_named(body)
        etree.strip_elements(body, _TAG, with_tail=False)
    if _BOXES.search(text):
        _set_apart(body, _classes(list(_rules(text)), _BESIDE))
    if "<span" in text or "<font" in text:
        etree.strip_tags(body, *FORMATTING)


def _mark(body: etree._Element, rules: Sequence[tuple[str, str]]) -> None:
    """Call what is hidden `_TAG` and what is raised `sup`, and silence what is struck."""
    hidden, struck = _classes(rules, _HIDDEN), _classes(rules, _STRUCK)
    look_of = cache(_look)
    for words in body.iterdescendants(*_INLINE):
        if words.get("class") in hidden or (_is_white(words) and not _has_background(words)):
            words.tag = _TAG
    for element in body.iterdescendants():
        style = element.get("style")
        if style and (look := look_of(style)):
            _apply(look, element)
    for element in body.iterdescendants() if struck else ():
        if element.get("class") in struck:
            _silence(element)


def _set_apart(body: etree._Element, classes: frozenset[str]) -> None:
    """Make divisions of words that stand as boxes beside or below each other."""
    for element in body.iterdescendants():
        style = element.get("style", "")
        beside = _BESIDE.search(style) or element.get("class") in classes
        for box in element if beside else [element] if _BOX.search(style) else ():
            if box.tag in _INLINE:
                box.tag = "div"


def _mark_named(body: etree._Element) -> None:
    for element in body.iterdescendants():
        if element.get("hidden") is not None:
            element.tag = _TAG


def _look(style: str) -> frozenset[re.Pattern[str]]:
    return frozenset(said for said in (_HIDDEN, _STRUCK, _RAISED) if said.search(style))


def _apply(look: frozenset[re.Pattern[str]], element: etree._Element) -> None:
    if _HIDDEN in look:
        element.tag = _TAG
    elif _STRUCK in look:
        _silence(element)
    elif element.tag in _INLINE:
        element.tag = "sup"


def _silence(element: etree._Element) -> None:
    """Take the words out of what is struck through; a cell stays where it is, or its row would shift."""
    for inner in element.iter():
        inner.text = None
        if inner is not element:
            inner.tail = None


def _is_white(words: etree._Element) -> bool:
    style = words.get("style")
    return bool(style and _WHITE.search(style)) or words.get("color", "").lower() in ("#ffffff", "white")


def _has_background(element: etree._Element) -> bool:
    """Whether white text may show: something around it has a colour of its own, or a class that may give it one."""
    return any(
        "background" in around.get("style", "") or around.get("bgcolor") or around.get("class")
        for around in (element, *element.iterancestors())
    )


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """The selectors of the page's own style rules, each with what it says."""
    for styles in _STYLES.findall(text):
        yield from _RULE.findall(_CONDITIONAL.sub("", _CSS_COMMENT.sub("", styles)))


def _classes(rules: Iterable[tuple[str, str]], said: re.Pattern[str]) -> frozenset[str]:
    """The classes whose rules say so. Hidden blocks a script may show again: only words are hidden so."""
    selectors = (one.strip() for several, rule in rules if said.search(rule) for one in several.split(","))
    return frozenset(found[1] for one in selectors if (found := _CLASS.fullmatch(one)))
