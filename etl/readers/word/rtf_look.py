"""How characters of a Rich Text file show: what is said where they stand, and what their styles say."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from etl.readers.showing import SMALLEST, Showing
from etl.readers.word.rtf_words import RAISED, UNSEEN

_WHITE, _SPECK = "white", "speck"
_MOVED = frozenset(("deleted", "mvf"))
_COLOURS = re.compile(rb"\{\s*\\colortbl\b([^{}]*)\}")
_SHADE = re.compile(rb"\\(red|green|blue)(\d{1,3})")
_STYLES = re.compile(rb"\{\s*\\stylesheet\b")
_BRACE = re.compile(rb"\\.|([{}])", re.DOTALL)
_WORD = re.compile(rb"\\([a-z]{1,32})(-?\d{1,9})?")
_NEARLY_WHITE, _DEEPEST, _MOST_BYTES = 250, 12, 4_000_000

Style = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Look:
    """The words said of characters since they were last plain (with 0: switched off), and those of their styles."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    paragraph: frozenset[str] = frozenset()
    character: frozenset[str] = frozenset()

    @property
    def showing(self) -> Showing:
        """How the characters show; what only their style hides, strikes or raises, some programs heed and some do not."""
        if not self.on.isdisjoint((*UNSEEN, _SPECK)):
            return Showing.GONE
        if not self.on.isdisjoint(RAISED):
            return Showing.RAISED
        is_doubted = _WHITE in self.on or not (self.paragraph | self.character) <= self.on | self.off
        return Showing.DOUBTED if is_doubted else Showing.SHOWN

    @property
    def joins(self) -> bool:
        """Whether a paragraph whose end looks so runs on into the next."""
        return not self.on.isdisjoint(("v", *_MOVED))

    def said(self, word: str, is_on: bool) -> "Look":
        """With one more word."""
        one = frozenset((word,))
        if is_on:
            return replace(self, on=self.on | one, off=self.off - one)
        return replace(self, on=self.on - one, off=self.off | one)

    def plain(self) -> "Look":
        """As plain text of the paragraph; what is deleted or moved away stays so."""
        return Look(self.on & _MOVED, paragraph=self.paragraph)

    def on_the_line(self) -> "Look":
        """Neither raised nor lowered by a word for it."""
        return self.said("super", False).said("sub", False)

    def sized(self, half_points: int) -> "Look":
        """In another size."""
        is_speck = half_points < SMALLEST
        return self if is_speck == (_SPECK in self.on) else self.said(_SPECK, is_speck)


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The colours that are white, by number, and what styles hide, strike, raise or whiten."""

    white: frozenset[int]
    styles: Mapping[Style, frozenset[str]]

    def coloured(self, look: Look, colour: int) -> Look:
        """The look in another colour."""
        return look.said(_WHITE, colour in self.white)

    def styled(self, look: Look, kind: str, number: int) -> Look:
        """The look in another style: its character's ("cs") or its paragraph's ("s")."""
        words = self.styles.get((kind, number), frozenset())
        changed = {"character" if kind == "cs" else "paragraph": words}
        return replace(look, off=frozenset(), **changed)


def sheet(data: bytes) -> Sheet:
    """What a file says of its colours and styles before its text."""
    white = frozenset(number for table in _COLOURS.findall(data) for number in _white(table))
    own: dict[Style, frozenset[str]] = {}
    based: dict[Style, Style] = {}
    for start in _STYLES.finditer(data):
        for group in _groups(data[start.end() : start.end() + _MOST_BYTES]):
            words = [(word.decode(), int(number or 1)) for word, number in _WORD.findall(group)]
            style = next(((word, number) for word, number in words if word in ("s", "cs")), ("s", 0))
            own[style] = _marks(words, white)
            if base := [number for word, number in words if word == "sbasedon"]:
                based[style] = style[0], base[0]
    return Sheet(white, {style: marks for style in own if (marks := _inherited(style, own, based))})


def _white(table: bytes) -> Iterator[int]:
    for number, colour in enumerate(table.split(b";")):
        shades = _SHADE.findall(colour)
        if len(shades) == 3 and all(int(shade) >= _NEARLY_WHITE for _, shade in shades):
            yield number


def _groups(data: bytes) -> Iterator[bytes]:
    """The groups within a group whose opening brace lies before `data`."""
    depth = start = 0
    for brace in _BRACE.finditer(data):
        if brace[1] == b"{":
            start = start if depth else brace.end()
            depth += 1
        elif brace[1] == b"}":
            depth -= 1
            if depth < 0:
                return
            if depth == 0:
                yield data[start : brace.start()]


def _marks(words: list[tuple[str, int]], white: frozenset[int]) -> frozenset[str]:
    marks = {word for word, number in words if number and (word in (*UNSEEN, *RAISED))}
    return frozenset(marks | {_WHITE for word, number in words if word == "cf" and number in white})


def _inherited(
    style: Style, own: Mapping[Style, frozenset[str]], based: Mapping[Style, Style]
) -> frozenset[str]:
    """What a style says with those it is based on; what it takes back of theirs is doubted all the same."""
    words: frozenset[str] = frozenset()
    for _ in range(_DEEPEST):
        words |= own.get(style, frozenset())
        if style not in based:
            break
        style = based[style]
    return words


def _said(word: str) -> "_Change":
    return lambda _, look, value: look.said(word, value != 0)


_Change = Callable[[Sheet, Look, int | None], Look]
# What a word with its number makes of the look so far.
CHANGES: dict[str, _Change] = {
    **{word: _said(word) for word in (*UNSEEN, *RAISED)},
    "nosupersub": lambda _, look, __: look.on_the_line(),
    "plain": lambda _, look, __: look.plain(),
    "fs": lambda _, look, value: look.sized(24 if value is None else value),
    "cf": lambda sheet, look, value: sheet.coloured(look, value or 0),
    "cs": lambda sheet, look, value: sheet.styled(look, "cs", value or 0),
    "s": lambda sheet, look, value: sheet.styled(look, "s", value or 0),
}
