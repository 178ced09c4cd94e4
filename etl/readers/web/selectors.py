"""Which elements of a page a rule of its styles is for, as far as their tags, names, attributes and places tell.

What a selector asks beyond that, :not(.shown) or what stands beside, is taken as given, and what is to be around an
element may be so in any order: it is rather held for hidden too often.
"""

import re
from typing import NamedTuple

from lxml import etree

_COMBINED = re.compile(r"\s*([>+~])\s*|\s+(?![^()\[\]]*[)\]])")
_ASKED = re.compile(
    r"^(?P<tag>[a-z][\w-]*)|\.(?P<class>(?:[\w-]|\\.)+)|#(?P<id>(?:[\w-]|\\.)+)"
    r"|\[\s*(?P<attribute>[\w-]+)\s*(?:(?P<part>[~|^$*])?=\s*[\"']?(?P<value>[^\"'\]]*)[\"']?[^\]]*)?\]"
    r"|:(?P<end>first|last)-(?P<end_of>child|of-type)"
    r"|:nth-(?P<back>last-)?(?P<of>child|of-type)\(\s*(?P<formula>[^()]*?)\s*\)",
    re.IGNORECASE,
)
# What is so for a moment alone, or beside the element's own words.
_PASSING = re.compile(
    r"::|:(?:before|after|first-l\w+|hover|focus|active|visited|target|empty)\b", re.IGNORECASE
)
_BEYOND = re.compile(r":(?!nth-)[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)", re.IGNORECASE)
_FORMULA = re.compile(r"(?:(?P<step>[+-]?\d{0,5})n)?(?P<first>[+-]?\d{1,5})?", re.IGNORECASE)
_IN_WORDS = {"odd": "2n+1", "even": "2n"}
_LONGEST = 300
# A browser counts these apart from what else is written in a table.
_COUNTED_APART = ("tr", "col", "colgroup")


class _Place(NamedTuple):
    """The places, counted from 1, among all siblings or those of the same tag: `first` and each `step` from there."""

    of_type: bool
    from_end: bool
    step: int
    first: int

    def holds(self, at: int) -> bool:
        beyond = at - self.first
        return beyond % self.step == 0 and beyond // self.step >= 0 if self.step else beyond == 0


class _Compound(NamedTuple):
    """What is asked of one element; an attribute's value is empty where any will do."""

    tag: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str], ...]
    places: tuple[_Place, ...]


class Selector(NamedTuple):
    """The elements a rule is for, and what is to be around them."""

    subject: _Compound
    around: tuple[_Compound, ...]


class Siblings:
    """Where the elements of a page stand among those beside them, each parent's looked at once."""

    def __init__(self) -> None:
        self._places: dict[tuple[etree._Element, bool], tuple[int, int]] = {}

    def place(self, element: etree._Element, of_type: bool, from_end: bool) -> int:
        """The place of an element, counted from 1."""
        parent = element.getparent()
        if (element, of_type) not in self._places and parent is not None:
            kinds: dict[object, list[etree._Element]] = {}
            for child in parent:
                kinds.setdefault(child.tag, []).append(child)
            self._count(list(parent), of_type=False)
            for tag, several in kinds.items():
                self._count(several, of_type=True)
                if tag in _COUNTED_APART:
                    self._count(several, of_type=False)
        return self._places.get((element, of_type), (1, 1))[from_end]

    def _count(self, elements: list[etree._Element], of_type: bool) -> None:
        for at, element in enumerate(elements):
            self._places[element, of_type] = at + 1, len(elements) - at


def selector(written: str) -> Selector | None:
    """What a selector asks; nothing of one that holds for a moment alone."""
    plain = _BEYOND.sub("", written.strip())
    if not plain or len(plain) > _LONGEST or _PASSING.search(plain):
        return None
    parts = _COMBINED.split(plain)
    # A browser puts rows into a body of the table that need not be written.
    around = [
        part
        for part, combinator in zip(parts[::2], parts[1::2], strict=False)
        if combinator in (None, ">") and part.lower() != "tbody"
    ]
    return Selector(_compound(parts[-1]), tuple(map(_compound, around)))


def of_tag(tag: str) -> Selector:
    """The selector of all elements of a tag."""
    return Selector(_Compound(tag, frozenset(), (), ()), ())


def is_for(selector: Selector, element: etree._Element, siblings: Siblings) -> bool:
    """Whether a rule with this selector is for an element."""
    return _fits(selector.subject, element, siblings) and all(
        any(_fits(compound, outer, siblings) for outer in element.iterancestors())
        for compound in selector.around
    )


def _compound(written: str) -> _Compound:
    found = list(_ASKED.finditer(written))
    names = [match["class"].replace("\\", "") for match in found if match["class"]]
    attributes = [
        (match["attribute"].lower(), "" if match["part"] else match["value"] or "")
        for match in found
        if match["attribute"]
    ]
    attributes += [("id", match["id"].replace("\\", "")) for match in found if match["id"]]
    tag = next((match["tag"].lower() for match in found if match["tag"]), "")
    places = (place for match in found if (place := _place(match)))
    return _Compound(tag, frozenset(names), tuple(attributes), tuple(places))


def _place(match: re.Match[str]) -> _Place | None:
    if match["end"]:
        return _Place(match["end_of"].lower() == "of-type", match["end"].lower() == "last", 0, 1)
    written = "".join((match["formula"] or "").lower().split())
    formula = _FORMULA.fullmatch(_IN_WORDS.get(written, written))
    if not formula or not written:
        return None
    step, first = formula["step"], int(formula["first"] or 0)
    by = 0 if step is None else int(f"{step}1") if step in ("", "+", "-") else int(step)
    return _Place(match["of"].lower() == "of-type", bool(match["back"]), by, first)


def _fits(compound: _Compound, element: etree._Element, siblings: Siblings) -> bool:
    return (
        compound.tag in ("", element.tag)
        and compound.classes.issubset(element.get("class", "").split())
        and all(_has(element, name, value) for name, value in compound.attributes)
        and all(
            place.holds(siblings.place(element, place.of_type, place.from_end)) for place in compound.places
        )
    )


def _has(element: etree._Element, attribute: str, value: str) -> bool:
    written = element.get(attribute)
    return written is not None and value in ("", written)
