"""The rules of a page's own styles for the screen: what they do to the elements they are for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from etl.readers.web.effects import Effect, effect, fills_ground
from etl.readers.web.selectors import Selector, Siblings, is_for, of_tag, selector

# What is not closed reaches to the end, as in a browser: looking for the end again and again would take hours.
_STYLES = re.compile(r"<style\b[^>]{0,1000}>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ON_SCREEN = re.compile(
    r"@media\s*(?:only\s+)?(?:screen|all)\s*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}", re.IGNORECASE
)
_CONDITIONAL = re.compile(r"@[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMA = re.compile(r",(?![^()\[\]]*[)\]])")
_NAMED = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_FIXED = re.compile(r"table-layout\s*:\s*fixed", re.IGNORECASE)
_HIDING = (Effect.ABSENT, Effect.UNSEEN, Effect.NARROWED, Effect.STRUCK, Effect.WHITE)
# Pages have a few; each may be asked of every cell.
MOST = 50


class Sheet(NamedTuple):
    """What a page's rules do: `effects` on single classes (".x") and elements ("#x"), `grounds` the names of those filled.

    `placed` are the rules that hide or whiten by more than a name, by a class or tag that they ask for, `placed_grounds`
    those that fill so. `styles` keeps what the
    styles looked at so far do: a page has few and uses them often. With `has_fixed_columns` some table's columns are as
    wide as is written, whatever stands in them.
    """

    effects: dict[str, Effect]
    grounds: frozenset[str]
    placed: dict[str, list[tuple[Selector, Effect]]]
    placed_grounds: list[Selector]
    siblings: Siblings
    styles: dict[str, Effect | None]
    has_fixed_columns: bool

    @property
    def has_rules(self) -> bool:
        """Whether any rule does anything."""
        return bool(self.effects or self.placed)

    def of_style(self, style: str) -> Effect | None:
        """What an element's own style does."""
        if style not in self.styles:
            self.styles[style] = effect(style)
        return self.styles[style]

    def of_names(self, element: etree._Element) -> Effect | None:
        """What the rules for an element's classes or its name do."""
        names = (*_classes(element), f"#{element.get('id')}")
        return next((self.effects[name] for name in names if name in self.effects), None)

    def of_place(self, element: etree._Element) -> Effect | None:
        """What the rules do that ask more of an element than a name."""
        asked = (rule for key in (*_classes(element), element.tag, "") for rule in self.placed.get(key, ()))
        done = (done for selector, done in asked if is_for(selector, element, self.siblings))
        return min(done, key=lambda effect: effect.value, default=None)

    def fills(self, element: etree._Element) -> bool:
        """Whether a rule gives an element a ground that is not white."""
        return not self.grounds.isdisjoint(_classes(element)) or any(
            is_for(ground, element, self.siblings) for ground in self.placed_grounds
        )


def _classes(element: etree._Element) -> list[str]:
    return [f".{name}" for name in element.get("class", "").split()]


def sheet(text: str, body: etree._Element) -> Sheet:
    """What the rules of a page do to what stands in it; one with more of them than pages have may hide any cell."""
    effects: dict[str, Effect] = {}
    grounds: set[str] = set()
    hiding: dict[Selector, Effect] = {}
    filling: list[Selector] = []
    for written, style in rules(text):
        done, name = effect(style), name_alone(written)
        fills = fills_ground(style)
        if done is Effect.WHITE and fills:
            done = None
        asked = None if name else selector(written)
        if name and fills:
            grounds.add(name)
        if name and done:
            effects[name] = done
        if asked and fills:
            filling.append(asked)
        if asked and done in _HIDING:
            hiding[asked] = done
    placed, is_fixed = _by_what_is_asked(hiding, body), bool(_FIXED.search(text))
    return Sheet(effects, frozenset(grounds), placed, filling, Siblings(), {}, is_fixed)


def _by_what_is_asked(
    hiding: dict[Selector, Effect], body: etree._Element
) -> dict[str, list[tuple[Selector, Effect]]]:
    """The rules by a class or else the tag of the elements they are for, without those whose classes no element has."""
    if not hiding:
        return {}
    present = {name for element in body.iter() for name in element.get("class", "").split()}
    found: dict[str, list[tuple[Selector, Effect]]] = {}
    for asked, done in hiding.items():
        if all(compound.classes <= present for compound in (asked.subject, *asked.around)):
            key = next((f".{name}" for name in asked.subject.classes), asked.subject.tag)
            found.setdefault(key, []).append((asked, done))
    if sum(map(len, found.values())) > MOST:
        return {tag: [(of_tag(tag), Effect.UNSEEN)] for tag in ("td", "th")}
    return found


def name_alone(written: str) -> str:
    """The class (".x") or the element ("#x") that a selector names and asks no more of; else nothing."""
    match = _NAMED.fullmatch(written)
    return match[1] if match else ""


def rules(text: str) -> Iterator[tuple[str, str]]:
    """The rules of the page's own styles for the screen: each selector with its style."""
    for styles in _STYLES.findall(text):
        plain = _CONDITIONAL.sub("", _ON_SCREEN.sub(r"\1", _CSS_COMMENT.sub("", styles)))
        for written, _, style in (rule.partition("{") for rule in plain.split("}")):
            for one in _COMMA.split(written) if style else ():
                yield one.strip(), style
