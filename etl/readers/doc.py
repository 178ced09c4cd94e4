"""Word 97–2003 (.doc) and WPS Writer (.wps): what a reader of the printed page sees, in order, with merged cells."""

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.document import Document, UnreadableFile
from etl.readers import pictures
from etl.readers.blocks import Content, document
from etl.readers.showing import DOUBT, Showing, taken
from etl.readers.word.doc_look import Look, look, style_looks, styled
from etl.readers.word.doc_numbering import numbering
from etl.readers.word.doc_table import ACROSS, DOWN, FIRST_ACROSS, NEXT_ACROSS, Event, Shape, arrange
from etl.readers.word.fields import draws, joined
from etl.readers.word.numbering import marked
from etl.readers.word.word_file import DAMAGED, TextRun, WordFile, open_word, sprms

_MARKS = re.compile("([\r\x07\x0c\x13\x14\x15])")
_CELL, _FIELD, _RESULT, _END = "\x07", "\x13", "\x14", "\x15"
_PLAIN = {
    **dict.fromkeys((code for code in range(32) if code != 9), None),
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
}
_IN_TABLE, _ENDS_ROW, _DEPTH, _ENDS_INNER_CELL, _ENDS_INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_DEFINITION, _MERGE_ACROSS, _MERGE_DOWN = 0xD608, 0x5624, 0xD62B
_CELL_BYTES = 20
# The text, footnotes, endnotes and text boxes; not headers, comments and macros.
_STORIES_READ = (0, 1, 5, 6)


class Position(NamedTuple):
    """Where a paragraph stands: the depth of its table (0: none), and what it ends."""

    depth: int
    ends_cell: bool
    ends_row: bool


class Line(NamedTuple):
    """A paragraph as it shows, the properties at its end, and whether its end was deleted."""

    text: str
    mark: str
    properties: bytes
    deleted: bool


def read(data: bytes) -> Document:
    """The document as printed with all changes accepted; raises UnreadableFile with the reason."""
    try:
        file = open_word(data)
        story = _Story(file)
        content: Content = []
        first = 0
        for number, length in enumerate(file.lengths):
            if number in _STORIES_READ and length:
                content += arrange(story.events(first, first + length))
            first += length
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableFile(DAMAGED) from error
    content, _ = pictures.placed(content, lambda name: None)
    return document(content, (("pictures", str(story.pictures)),) if story.pictures else ())


class _Story:
    """The paragraphs of a file's stories: the text, its notes, its text boxes."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._numbers = numbering(file)
        self._looks = style_looks(file)
        self.pictures = 0
        self._fields: list[bool] = []

    def events(self, first: int, last: int) -> Iterator[Event]:
        """The paragraphs between two character positions with their numbers, and where cells and rows end."""
        for line in self._lines(first, last):
            depth, ends_cell, ends_row = _position(line.properties, line.mark)
            if ends_row:
                yield Event("", depth, False, _shape(line.properties[2:])._replace(deleted=line.deleted))
                continue
            marker = self._numbers.marker(line.properties) if self._numbers else ""
            yield Event(marked(marker, line.text, in_cell=depth > 0), depth, ends_cell)

    def _lines(self, first: int, last: int) -> Iterator[Line]:
        """The paragraphs between two character positions, deleted and hidden text left out."""
        shown: list[str] = []
        row_shows = False
        self._fields.clear()
        for run in self._file.runs(first, last):
            offset = run.offset
            for part in _MARKS.split(run.text):
                shows = self._look(run, offset)
                if part in ("\r", "\x0c", _CELL) and part:
                    if part == _CELL or not shows.joins:
                        properties = self._file.paragraph(offset) + run.added
                        # Some writers give a row's end the look of the next row's first word.
                        yield Line(joined(shown), part, properties, shows.joins and not row_shows)
                        row_shows = bool(row_shows or shown) and not _position(properties, part).ends_row
                        shown.clear()
                    # A field cannot leave its cell: one that seems to is damaged, and would hide all that follows.
                    if part == _CELL:
                        self._fields.clear()
                elif part in (_FIELD, _RESULT, _END) and part:
                    self._field(part)
                elif part and shows.showing is not Showing.GONE and all(self._fields):
                    shown.append(self._shown(part, shows))
                elif draws(part) and not all(self._fields):
                    shown.append(DOUBT)
                offset += len(part) * run.width
        if shown:
            yield Line("".join(shown), "\r", b"", False)

    def _look(self, run: TextRun, offset: int) -> Look:
        own = run.properties + run.added
        return styled(own, self._file.paragraph(offset), self._looks) if self._looks else look(own)

    def _field(self, mark: str) -> None:
        """Follow fields: what stands before a result is a command and does not show."""
        if mark == _FIELD:
            self._fields.append(False)
        elif self._fields and mark == _RESULT:
            self._fields[-1] = True
        elif self._fields:
            self._fields.pop()

    def _shown(self, text: str, look: Look) -> str:
        if look.special:
            count = text.count("\x01") + text.count("\x08")
            self.pictures += count
            text = pictures.PLACE.format("") * bool(count) + text
            text = text.replace("(", look.symbol) if look.symbol else text
        return taken(text.translate(_PLAIN), look.showing)


@lru_cache(maxsize=4096)
def _position(properties: bytes, mark: str) -> Position:
    values = dict(sprms(properties[2:]))
    inside = _is_on(values, _IN_TABLE) or mark == _CELL
    depth = int.from_bytes(values.get(_DEPTH, b"\x01"), "little", signed=True) if inside else 0
    if inside and depth < 1:
        depth = 1
    if depth > 1:
        ends_row = _is_on(values, _ENDS_INNER_ROW)
        return Position(depth, _is_on(values, _ENDS_INNER_CELL) and not ends_row, ends_row)
    ends_row = _is_on(values, _ENDS_ROW)
    return Position(depth, mark == _CELL and not ends_row, mark == _CELL and ends_row)


def _is_on(values: dict[int, bytes], code: int) -> bool:
    return values.get(code, b"") == b"\x01"


@lru_cache(maxsize=1024)
def _shape(properties: bytes) -> Shape:
    """What a row's end says of its cells, nothing when it does not define them."""
    edges: tuple[int, ...] = ()
    flags: list[int] = []
    for code, operand in sprms(properties):
        if code == _DEFINITION and operand and len(operand) >= 3 + 2 * operand[0]:
            edges = struct.unpack_from(f"<{operand[0] + 1}h", operand, 1)
            flags = [_flags(operand, cell) for cell in range(operand[0])]
        elif code == _MERGE_DOWN and len(operand) == 2 and operand[0] < len(flags):
            flags[operand[0]] = flags[operand[0]] & ~DOWN | (operand[1] & 3) << 5
        elif code == _MERGE_ACROSS and len(operand) == 2:
            for cell in range(operand[0], min(operand[1], len(flags))):
                first = cell == operand[0]
                flags[cell] = flags[cell] & ~ACROSS | (FIRST_ACROSS if first else NEXT_ACROSS)
    return Shape(edges, tuple(flags))


def _flags(operand: bytes, cell: int) -> int:
    at = 3 + 2 * operand[0] + _CELL_BYTES * cell
    return int.from_bytes(operand[at : at + 2], "little")
