"""How characters of Word 97–2003 files show, by their own properties and by their styles'."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from etl.readers.showing import SMALLEST, Showing
from etl.readers.word.doc_styles import lineage, styles
from etl.readers.word.word_file import WordFile, sprms

_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE = 0x0800, 0x083C, 0x0837, 0x2A53
_RAISED, _POSITION, _SPECIAL, _SYMBOL = 0x2A48, 0x4845, 0x0855, 0x6A09
_COLOUR_INDEX, _COLOUR, _STYLE, _SIZE = 0x2A42, 0x6870, 0x4A30, 0x4A43
_WHITE_INDEX, _NEARLY_WHITE = b"\x08", 250
_UNSEEN = (_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE)
# Where a property is not simply on or off, it is as in the style, or the other way round.
_BY_STYLE = 0x80


class Look(NamedTuple):
    """How characters show, as a symbol of another font, as a place holder.

    A paragraph whose end `joins` runs on into the next: the end is deleted or hidden, not only struck through.
    """

    showing: Showing
    joins: bool
    special: bool
    symbol: str


def style_looks(file: WordFile) -> dict[int, bytes]:
    """The properties of characters in each style that does not show them plainly, inherited ones first."""
    known = styles(file)
    written = {number: b"".join(style.character for style in lineage(known, number)) for number in known}
    return {number: properties for number, properties in written.items() if look(properties) != look(b"")}


def styled(own: bytes, paragraph: bytes, looks: Mapping[int, bytes]) -> Look:
    """The look of characters with properties of their own in a paragraph that begins with its style's number."""
    number = next((int.from_bytes(operand, "little") for code, operand in sprms(own) if code == _STYLE), -1)
    around = looks.get(int.from_bytes(paragraph[:2], "little"), b"")
    return look(own, around + looks.get(number, b""))


@lru_cache(maxsize=4096)
def look(own: bytes, style: bytes = b"") -> Look:
    """The look that properties give, on top of those of a style."""
    raised = white = size = Showing.SHOWN
    special, symbol = False, ""
    for code, operand in (*sprms(style), *sprms(own)):
        if code in (_RAISED, _POSITION):
            raised = Showing.RAISED if any(operand) else Showing.SHOWN
        elif code in (_COLOUR_INDEX, _COLOUR):
            # White shows only on a dark ground, which is told elsewhere.
            white = Showing.DOUBTED if _is_white(code, operand) else Showing.SHOWN
        elif code == _SIZE:
            size = Showing.GONE if int.from_bytes(operand, "little") < SMALLEST else Showing.SHOWN
        elif code == _SPECIAL:
            special = operand == b"\x01"
        elif code == _SYMBOL:
            symbol = operand[2:4].decode("utf-16-le", "replace")
    gone = _gone(own, _gone(style, frozenset()))
    showing = max(Showing.GONE if gone else Showing.SHOWN, raised, white, size)
    return Look(showing, not gone.isdisjoint((_DELETED, _HIDDEN)), special, symbol)


def _is_white(code: int, operand: bytes) -> bool:
    """Whether a colour is white: by its number, or by its three shades, which a mark for no colour of its own follows."""
    if code == _COLOUR_INDEX:
        return operand == _WHITE_INDEX
    return len(operand) == 4 and operand[3] == 0 and min(operand[:3]) >= _NEARLY_WHITE


def _gone(properties: bytes, styled: frozenset[int]) -> frozenset[int]:
    """The ways in which text is gone, given those of the style beneath."""
    gone = set(styled)
    for code, operand in sprms(properties):
        if code in _UNSEEN:
            value = int.from_bytes(operand[:1], "little")
            is_on = (code in styled) != (value & 1) if value & _BY_STYLE else value == 1
            (gone.add if is_on else gone.discard)(code)
    return frozenset(gone)
