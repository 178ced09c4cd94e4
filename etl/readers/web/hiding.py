"""What a web page holds without showing it, and what it raises or lowers as a note's mark."""

import re
from collections.abc import Iterator

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
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.IGNORECASE
)
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
        hidden, struck = frozenset(_classes(text, _HIDDEN)), frozenset(_classes(text, _STRUCK))
        for element in body.iterdescendants():
            style = element.get("style", "")
            if _is_hidden(element, style, hidden):
                element.tag = _TAG
            elif (style and _STRUCK.search(style)) or element.get("class") in struck:
                _silence(element)
            elif style and element.tag in _INLINE and _RAISED.search(style):
                element.tag = "sup"
        etree.strip_elements(body, _TAG, with_tail=False)
    if "<span" in text or "<font" in text:
        etree.strip_tags(body, *FORMATTING)


def _silence(element: etree._Element) -> None:
    """Take the words out of what is struck through; a cell stays where it is, or its row would shift."""
    for inner in element.iter():
        inner.text = None
        if inner is not element:
            inner.tail = None


def _is_hidden(element: etree._Element, style: str, classes: frozenset[str]) -> bool:
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return True
    if element.tag not in _INLINE:
        return False
    return element.get("class") in classes or (_is_white(element, style) and not _has_background(element))


def _is_white(element: etree._Element, style: str) -> bool:
    return bool(style and _WHITE.search(style)) or element.get("color", "").lower() in ("#ffffff", "white")


def _has_background(element: etree._Element) -> bool:
    """Whether white text may show: something around it has a colour of its own, or a class that may give it one."""
    return any(
        "background" in around.get("style", "") or around.get("bgcolor") or around.get("class")
        for around in (element, *element.iterancestors())
    )


def _classes(text: str, said: re.Pattern[str]) -> Iterator[str]:
    """The classes whose rules, the page's own, say so. Hidden blocks a script may show again: only words are hidden so."""
    for styles in _STYLES.findall(text):
        plain = _CONDITIONAL.sub("", _CSS_COMMENT.sub("", styles))
        for selectors, rules in _RULE.findall(plain):
            if said.search(rules):
                yield from (
                    match[1] for one in selectors.split(",") if (match := _CLASS.fullmatch(one.strip()))
                )
