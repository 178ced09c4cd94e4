"""How text shows by the styles of an OpenDocument file: hidden, struck out, white, raised or lowered."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from etl.readers.opendocument import FORMAT, STYLE, TABLE, TEXT
from etl.readers.showing import Showing

_WHITE = ("#ffffff", "#FFFFFF")
_NO_GROUND = (None, "transparent", *_WHITE)
_DEEPEST = 12


class Look(NamedTuple):
    """What a style says of its text, None where it says nothing; whether it is white, and whether its ground is coloured."""

    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    white: bool | None = None
    filled: bool | None = None

    def over(self, other: "Look") -> "Look":
        """This look on top of another: what it says itself holds."""
        return Look(
            *(above if above is not None else below for above, below in zip(self, other, strict=True))
        )

    def showing(self, in_table: bool) -> Showing:
        """How the text shows; a table's cells may be coloured by what is not looked at here."""
        if self.hidden or self.struck:
            return Showing.GONE
        if self.raised:
            return Showing.RAISED
        if self.white and not self.filled:
            return Showing.DOUBTED if in_table else Showing.GONE
        return Showing.SHOWN


PLAIN = Look()


class Looks:
    """The looks of a file's styles by family and name."""

    def __init__(self, roots: Sequence[etree._Element]) -> None:
        """Take the roots of the parts that hold styles."""
        self._styles = {
            (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")): style
            for root in roots
            for style in root.iter(f"{STYLE}style")
        }
        self._known: dict[tuple[str, str], Look] = {}

    def of(self, family: str, name: str | None) -> Look:
        """What a style and those it is based on say; nothing for none."""
        key = family, name or ""
        if key not in self._known:
            look = PLAIN
            for style in self._lineage(*key):
                look = look.over(_said(style))
            self._known[key] = look
        return self._known[key]

    def hides(self, family: str, name: str | None) -> bool:
        """Whether a style hides the sheet that has it."""
        style = self._styles.get((family, name or ""))
        shown = None if style is None else style.find(f"{STYLE}table-properties")
        return shown is not None and shown.get(f"{TABLE}display") == "false"

    def _lineage(self, family: str, name: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")


def _said(style: etree._Element) -> Look:
    look = PLAIN
    for part in style:
        ground = part.get(f"{FORMAT}background-color")
        look = look.over(Look(filled=None if ground is None else ground not in _NO_GROUND))
        if part.tag == f"{STYLE}text-properties":
            look = _of_text(part).over(look)
    return look


def _of_text(part: etree._Element) -> Look:
    lines = [part.get(f"{STYLE}text-line-through-{what}") for what in ("style", "type")]
    display, colour = part.get(f"{TEXT}display"), part.get(f"{FORMAT}color")
    place = part.get(f"{STYLE}text-position")
    return Look(
        hidden=None if display is None else display == "none",
        struck=any(line not in (None, "none") for line in lines) if any(lines) else None,
        raised=None if place is None else place.split()[:1] not in (["0%"], []),
        white=None if colour is None else colour in _WHITE,
    )
