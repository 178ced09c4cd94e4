"""Automatic numbering in Word 97–2003 files: lists, their levels, and the styles that belong to a list."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.readers.word.doc_styles import Style, lineage, styles
from etl.readers.word.numbering import Level, counted
from etl.readers.word.word_file import WordFile, sprms

_LISTS, _REFERENCES = 73, 74
_LIST, _LEVEL = 0x460B, 0x260A
_LIST_BYTES, _REFERENCE_BYTES, _LEVEL_BYTES = 28, 16, 28
_MAX_LISTS = 2_000
_WORDS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    22: "decimalZero",
    23: "bullet",
    28: "decimalEnclosedCircleChinese",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}

Levels = dict[int, Level]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A use of a list: where it overrides the list's levels and where it starts them anew."""

    list_id: int
    levels: Levels
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a file and how far each has counted; ask for paragraphs in reading order."""

    _lists: dict[int, Levels]
    _references: list[_Reference]
    _styles: dict[int, tuple[int, int]]
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def marker(self, paragraph: bytes) -> str:
        """Count one paragraph, given its style and properties, and return its number as printed, "" for none."""
        number, depth = _own(
            paragraph[2:], *self._styles.get(int.from_bytes(paragraph[:2], "little"), (0, 0))
        )
        if not 0 < number <= len(self._references):
            return ""
        reference = self._references[number - 1]
        levels = self._lists.get(reference.list_id, {}) | reference.levels
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(reference.list_id, {})
        start = None if (number, depth) in self._begun else reference.starts.get(depth)
        self._begun.add((number, depth))
        return counted(levels, counts, depth, start)


def numbering(file: WordFile) -> Numbering | None:
    """The file's lists; None where it has none, or they are damaged: a number then is missing, never wrong."""
    try:
        lists = _lists(file)
        return Numbering(lists, _references(file), _styles(file)) if lists else None
    except (struct.error, IndexError, ValueError):
        return None


def _own(properties: bytes, number: int, depth: int) -> tuple[int, int]:
    """The list and level that the properties name, else the style's."""
    for code, operand in sprms(properties):
        if code == _LIST:
            number = int.from_bytes(operand, "little", signed=True)
        elif code == _LEVEL:
            depth = operand[0]
    return number, depth


def _lists(file: WordFile) -> dict[int, Levels]:
    part = file.part(_LISTS)
    if not part:
        return {}
    # The levels follow the table of lists but are not counted in its length.
    at = file.part_end(_LISTS)
    lists: dict[int, Levels] = {}
    for index in range(min(int.from_bytes(part[:2], "little"), _MAX_LISTS)):
        start = 2 + _LIST_BYTES * index
        list_id = struct.unpack_from("<i", part, start)[0]
        simple = part[start + 26] & 1
        levels: Levels = {}
        for depth in range(1 if simple else 9):
            levels[depth], at = _level(file.table, at)
        lists[list_id] = levels
    return lists


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """The level written at a place, and where it ends."""
    start, form, flags = struct.unpack_from("<iBB", table, at)
    paragraph, character = table[at + 25], table[at + 24]
    at += _LEVEL_BYTES + paragraph + character
    size = struct.unpack_from("<H", table, at)[0]
    text = table[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(letter) + 1}" if letter < "\x09" else letter for letter in text)
    level = Level(start, _WORDS.get(form, "decimal"), shown, bool(flags & 4), not flags & 8, None)
    return level, at + 2 + 2 * size


def _references(file: WordFile) -> list[_Reference]:
    part = file.part(_REFERENCES)
    count = min(struct.unpack_from("<I", part)[0], _MAX_LISTS)
    at = 4 + _REFERENCE_BYTES * count
    references: list[_Reference] = []
    for index in range(count):
        start = 4 + _REFERENCE_BYTES * index
        list_id, overrides = struct.unpack_from("<i8xB", part, start)
        levels: Levels = {}
        starts: dict[int, int] = {}
        # Four bytes of no use stand before each list's overrides.
        at += 4
        for _ in range(overrides):
            begin, flags = struct.unpack_from("<iI", part, at)
            at += 8
            if flags & 0x10 and not flags & 0x20:
                starts[flags & 15] = begin
            if flags & 0x20:
                levels[flags & 15], at = _level(part, at)
                if flags & 0x10:
                    starts[flags & 15] = levels[flags & 15].start
        references.append(_Reference(list_id, levels, starts))
    return references


def _styles(file: WordFile) -> dict[int, tuple[int, int]]:
    """The list and level of each paragraph style that has them, its own or inherited."""
    known = styles(file)
    return {number: found for number in known if (found := _inherited(lineage(known, number)))[0]}


def _inherited(lineage: Iterable[Style]) -> tuple[int, int]:
    number = depth = 0
    for style in lineage:
        number, depth = _own(style.paragraph, number, depth)
    return number, depth
