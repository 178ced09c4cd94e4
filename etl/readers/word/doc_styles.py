"""The styles of Word 97–2003 files: what each says of its paragraphs and characters, and what it is based on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.readers.word.word_file import WordFile

_PART = 1
_PARAGRAPH, _CHARACTER = 1, 2
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """The style it is based on (another number than any style's for none), and the properties it adds to that."""

    based: int
    paragraph: bytes
    character: bytes


def styles(file: WordFile) -> dict[int, Style]:
    """The styles by the numbers that paragraphs and characters refer to them with."""
    part = file.part(_PART)
    count, base = _number(part, 2), _number(part, 4)
    at = 2 + _number(part, 0)
    found: dict[int, Style] = {}
    for style in range(count):
        length = _number(part, at)
        if length:
            found[style] = _style(part[at + 2 : at + 2 + length], base)
        at += 2 + length
    return found


def lineage(known: Mapping[int, Style], number: int) -> Iterator[Style]:
    """A style with those it is based on, the most remote first."""
    chain: list[Style] = []
    while number in known and len(chain) < _DEEPEST:
        chain.append(known[number])
        number = known[number].based
    return reversed(chain)


def _style(data: bytes, base: int) -> Style:
    kind, based = _number(data, 2) & 15, _number(data, 2) >> 4
    # The name and its closing zero stand between the fixed part and the properties, which begin evenly.
    at = base + 2 + 2 * (_number(data, base) + 1)
    first, at = _properties(data, at)
    if kind == _PARAGRAPH:
        return Style(based, first[2:], _properties(data, at)[0])
    return Style(based, b"", first if kind == _CHARACTER else b"")


def _properties(data: bytes, at: int) -> tuple[bytes, int]:
    """The properties written at a place, and where they end."""
    at += at & 1
    size = _number(data, at)
    return data[at + 2 : at + 2 + size], at + 2 + size


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
