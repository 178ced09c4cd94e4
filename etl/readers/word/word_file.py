"""The parts of a Word 97–2003 file: its text in pieces, and what is said of its characters and paragraphs.

Names such as `sprm` (one property, a code and its operand) and `plc` (an array of positions with data) are
those of the format's published description, [MS-DOC].
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from etl.document import UnreadableFile
from etl.readers import ole
from etl.readers.container import LOCKED

DAMAGED = "文件不完整或已损坏（可能没有下载完），请重新下载，或用 Word、WPS 打开后另存为 .docx 再试。"
_TOO_OLD = "这是 Word 95 或更早的文件，请用 Word 打开后另存为 .docx。"
_TOO_LARGE = "文件大得不像一份年报，没有读取。"

_WORD_97, _WORD_97_VERSION = 0xA5EC, 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FIRST_LENGTH, _FIRST_OFFSET = 0x4C, 0x9A
_CHARACTER_PAGES, _PARAGRAPH_PAGES, _PIECES = 12, 13, 33
_COMPRESSED = 1 << 30
_PAGE = 512
_MAX_CHARACTERS = 3_000_000
_MAX_PAGES = 20_000
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_TABLE_DEFINITION, _TAB_STOPS, _HUGE_PARAGRAPH = 0xD608, 0xC615, (0x6645, 0x6646)
# The short form of a piece's property: an index where other places have the code.
_SHORT_CODES = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x57: 0x0837, 0x5C: 0x083C}

Sprm = tuple[int, bytes]


class Piece(NamedTuple):
    """A stretch of text: its character positions, where its bytes begin, bytes a character, added properties."""

    first: int
    last: int
    offset: int
    width: int
    added: bytes


class TextRun(NamedTuple):
    """Text with one set of character properties; `offset` and `width` say where its characters' bytes are."""

    text: str
    offset: int
    width: int
    properties: bytes
    added: bytes


class Runs(NamedTuple):
    """Properties by the byte offsets they begin at; a last start without properties closes them."""

    starts: list[int]
    properties: list[bytes]

    def at(self, offset: int) -> tuple[bytes, int]:
        """The properties at an offset, and the offset where others begin."""
        index = bisect_right(self.starts, offset) - 1
        end = self.starts[index + 1] if index + 1 < len(self.starts) else 1 << 62
        return (self.properties[index] if index >= 0 else b""), end


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of the file and what was found in them; `lengths` counts the characters of each story."""

    main: bytes
    table: bytes
    data: bytes
    lengths: tuple[int, ...]
    pieces: tuple[Piece, ...]
    characters: Runs
    paragraphs: Runs

    def part(self, index: int) -> bytes:
        """A numbered part of the table stream, empty when the file has none."""
        start, size = _location(self.main, index)
        return self.table[start : start + size]

    def part_end(self, index: int) -> int:
        """Where in the table stream a numbered part ends."""
        return sum(_location(self.main, index))

    def runs(self, first: int, last: int) -> Iterator[TextRun]:
        """The text between two character positions."""
        for piece in self.pieces:
            begin, end = max(first, piece.first), min(last, piece.last)
            offset = piece.offset + (begin - piece.first) * piece.width
            stop = piece.offset + (end - piece.first) * piece.width
            while offset < stop:
                properties, change = self.characters.at(offset)
                size = max((min(change, stop) - offset) // piece.width, 1) * piece.width
                text = _decoded(self.main[offset : offset + size], piece.width, size)
                yield TextRun(text, offset, piece.width, properties, piece.added)
                offset += size

    def paragraph(self, offset: int) -> bytes:
        """The style and properties of the paragraph whose mark stands at an offset, from the data stream if large."""
        found = self.paragraphs.at(offset)[0]
        for code, operand in sprms(found[2:]):
            if code in _HUGE_PARAGRAPH and len(operand) == 4:
                at = int.from_bytes(operand, "little")
                size = int.from_bytes(self.data[at : at + 2], "little")
                return found[:2] + self.data[at + 2 : at + 2 + size]
        return found


def open_word(data: bytes) -> WordFile:
    """Find the file's parts. Raises UnreadableFile when it is damaged, locked or too old."""
    streams = ole.streams(data, ("WordDocument", "0Table", "1Table", "Data"))
    main = streams.get("WordDocument", b"")
    try:
        mark, version = struct.unpack_from("<HH", main)
        flags = struct.unpack_from("<H", main, 10)[0]
        if mark != _WORD_97 or version < _WORD_97_VERSION:
            raise UnreadableFile(_TOO_OLD)
        if flags & _ENCRYPTED:
            raise UnreadableFile(LOCKED)
        table = streams["1Table" if flags & _SECOND_TABLE else "0Table"]
        return _parts(main, table, streams.get("Data", b""))
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise UnreadableFile(DAMAGED) from error


@lru_cache(maxsize=4096)
def sprms(properties: bytes) -> tuple[Sprm, ...]:
    """The properties one by one, in the order in which they apply."""
    found: list[Sprm] = []
    at = 0
    while at + 3 <= len(properties):
        code = properties[at] | properties[at + 1] << 8
        at += 2
        size = _OPERAND_SIZES[code >> 13]
        if size < 0:
            at, size = _variable_operand(properties, code, at)
        found.append((code, properties[at : at + size]))
        at += size
    return tuple(found)


def _variable_operand(properties: bytes, code: int, at: int) -> tuple[int, int]:
    """Where the operand begins, and its size."""
    if code == _TABLE_DEFINITION:
        return at + 2, max(int.from_bytes(properties[at : at + 2], "little") - 1, 0)
    if code == _TAB_STOPS and properties[at] == 255:
        deleted = 4 * int.from_bytes(properties[at + 1 : at + 2], "little")
        return at + 1, 2 + deleted + 3 * int.from_bytes(
            properties[at + 2 + deleted : at + 3 + deleted], "little"
        )
    return at + 1, properties[at]


def _location(main: bytes, index: int) -> tuple[int, int]:
    offset, size = struct.unpack_from("<II", main, _FIRST_OFFSET + 8 * index)
    return offset, size


def _parts(main: bytes, table: bytes, data: bytes) -> WordFile:
    lengths = struct.unpack_from("<8i", main, _FIRST_LENGTH)
    if min(lengths) < 0:
        raise ValueError
    if sum(lengths) > _MAX_CHARACTERS:
        raise UnreadableFile(_TOO_LARGE)
    parts = []
    for index in (_PIECES, _CHARACTER_PAGES, _PARAGRAPH_PAGES):
        start, size = _location(main, index)
        if not size or start + size > len(table):
            raise ValueError
        parts.append(table[start : start + size])
    pieces, characters, paragraphs = parts
    return WordFile(
        main, table, data, lengths, _pieces(pieces), _runs(main, characters, 1), _runs(main, paragraphs, 13)
    )


def _pieces(part: bytes) -> tuple[Piece, ...]:
    at = 0
    added: list[bytes] = []
    while part[at] == 1:
        size = int.from_bytes(part[at + 1 : at + 3], "little")
        added.append(part[at + 3 : at + 3 + size])
        at += 3 + size
    size = int.from_bytes(part[at + 1 : at + 5], "little")
    if part[at] != 2 or at + 5 + size > len(part):
        raise ValueError
    count = (size - 4) // 12
    at += 5
    bounds = struct.unpack_from(f"<{count + 1}I", part, at)
    at += 4 * (count + 1)
    if list(bounds) != sorted(bounds) or bounds[-1] > _MAX_CHARACTERS:
        raise ValueError
    return tuple(
        _piece(bounds[index], bounds[index + 1], part[at + 8 * index : at + 8 * index + 8], added)
        for index in range(count)
    )


def _piece(first: int, last: int, descriptor: bytes, added: list[bytes]) -> Piece:
    place, modifier = struct.unpack_from("<IH", descriptor, 2)
    if modifier & 1:
        extra = added[modifier >> 1]
    elif code := _SHORT_CODES.get(modifier >> 1 & 0x7F):
        extra = struct.pack("<HB", code, modifier >> 8)
    else:
        extra = b""
    if place & _COMPRESSED:
        return Piece(first, last, (place & ~_COMPRESSED) // 2, 1, extra)
    return Piece(first, last, place, 2, extra)


def _runs(main: bytes, part: bytes, step: int) -> Runs:
    """The properties of all pages that `part` lists; a page's entries are `step` bytes apart."""
    count = (len(part) - 4) // 8
    if count > _MAX_PAGES:
        raise UnreadableFile(_TOO_LARGE)
    starts: list[int] = []
    properties: list[bytes] = []
    end = 0
    for number in struct.unpack_from(f"<{count}I", part, 4 * (count + 1)):
        at = (number & 0x3FFFFF) * _PAGE
        page = main[at : at + _PAGE]
        bounds = struct.unpack_from(f"<{page[_PAGE - 1] + 1}I", page)
        starts += bounds[:-1]
        end = bounds[-1]
        first = 4 * len(bounds)
        for entry in range(first, first + step * (len(bounds) - 1), step):
            properties.append(_entry(page, page[entry] * 2, step == 1))
    if starts != sorted(starts):
        raise ValueError
    return Runs([*starts, end], [*properties, b""])


def _entry(page: bytes, at: int, of_characters: bool) -> bytes:
    if at == 0:
        return b""
    if of_characters:
        return page[at + 1 : at + 1 + page[at]]
    # The size is in pairs of bytes, in the next byte when this one is zero, else with the size itself counted.
    if page[at] == 0:
        return page[at + 2 : at + 2 + 2 * page[at + 1]]
    return page[at + 1 : at + 2 * page[at]]


def _decoded(data: bytes, width: int, size: int) -> str:
    if len(data) < size:
        raise UnreadableFile(DAMAGED)
    return data.decode("utf-16-le", "replace") if width == 2 else data.decode("cp1252", "replace")
