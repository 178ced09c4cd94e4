"""Word 97–2003 (.doc) and WPS Writer (.wps): what a reader of the printed page sees, in order, with merged cells."""

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.document import Document, UnreadableFile
from etl.readers import doc_table
from etl.readers.blocks import RAISED, Content, document, lines
from etl.readers.doc_numbering import Numbering, numbering
from etl.readers.doc_table import WordRow
from etl.readers.numbering import marked
from etl.readers.word_file import DAMAGED, WordFile, open_word, sprms

_TOO_DEEP = "文件的表格嵌套过深，不像一份年报，没有读取。"
_TOO_MANY_CELLS = "文件里的表格大得不像一份年报，没有读取。"
_MAX_DEPTH, _MAX_CELLS = 20, 30_000

_MARKS = re.compile("([\r\x07\x0c\x13\x14\x15])")
_CELL, _FIELD, _RESULT, _END = "\x07", "\x13", "\x14", "\x15"
_PLAIN = {
    **dict.fromkeys((code for code in range(32) if code != 9), None),
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
}
_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE = 0x0800, 0x083C, 0x0837, 0x2A53
_RAISED, _SPECIAL, _SYMBOL = 0x2A48, 0x0855, 0x6A09
_UNSEEN = (_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE)
_IN_TABLE, _ENDS_ROW, _DEPTH, _ENDS_INNER_CELL, _ENDS_INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_STORIES_READ = (0, 1, 5, 6)


class Look(NamedTuple):
    """How characters show: not at all, raised, as a symbol of another font, as a place holder."""

    gone: bool
    raised: bool
    special: bool
    symbol: str


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
                content += _arrange(story.lines(first, first + length), story.numbers)
            first += length
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableFile(DAMAGED) from error
    return document(content, (("pictures", str(story.pictures)),) if story.pictures else ())


class _Story:
    """The paragraphs of a file's stories: the text, its notes, its text boxes."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self.numbers = numbering(file)
        self.pictures = 0
        self._fields: list[bool] = []

    def lines(self, first: int, last: int) -> Iterator[Line]:
        """The paragraphs between two character positions, deleted and hidden text left out."""
        shown: list[str] = []
        self._fields.clear()
        for run in self._file.runs(first, last):
            look = _look(run.properties + run.added)
            offset = run.offset
            for part in _MARKS.split(run.text):
                if part in ("\r", "\x0c", _CELL) and part:
                    if part == _CELL or not look.gone:
                        properties = self._file.paragraph(offset) + run.added
                        yield Line("".join(shown), part, properties, look.gone)
                        shown.clear()
                    if part == _CELL:
                        self._fields.clear()
                elif part in (_FIELD, _RESULT, _END) and part:
                    self._field(part)
                elif part and not look.gone and all(self._fields):
                    shown.append(self._shown(part, look))
                offset += len(part) * run.width
        if shown:
            yield Line("".join(shown), "\r", b"", False)

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
            self.pictures += text.count("\x01") + text.count("\x08")
            text = text.replace("(", look.symbol) if look.symbol else text
        text = text.translate(_PLAIN)
        return RAISED.format(text) if look.raised and text else text


@lru_cache(maxsize=4096)
def _look(properties: bytes) -> Look:
    gone: set[int] = set()
    raised = special = False
    symbol = ""
    for code, operand in sprms(properties):
        if code in _UNSEEN:
            (gone.add if operand[:1] in (b"\x01", b"\x81") else gone.discard)(code)
        elif code == _RAISED:
            raised = operand == b"\x01"
        elif code == _SPECIAL:
            special = operand == b"\x01"
        elif code == _SYMBOL:
            symbol = operand[2:4].decode("utf-16-le", "replace")
    return Look(bool(gone), raised, special, symbol)


@lru_cache(maxsize=4096)
def _position(properties: bytes, mark: str) -> Position:
    values = dict(sprms(properties[2:]))
    inside = _is_on(values, _IN_TABLE) or mark == _CELL
    depth = int.from_bytes(values.get(_DEPTH, b"\x01"), "little", signed=True) if inside else 0
    if inside and depth < 1:
        depth = 1
    if depth > _MAX_DEPTH:
        raise UnreadableFile(_TOO_DEEP)
    if depth > 1:
        ends_row = _is_on(values, _ENDS_INNER_ROW)
        return Position(depth, _is_on(values, _ENDS_INNER_CELL) and not ends_row, ends_row)
    ends_row = _is_on(values, _ENDS_ROW)
    return Position(depth, mark == _CELL and not ends_row, mark == _CELL and ends_row)


def _is_on(values: dict[int, bytes], code: int) -> bool:
    return values.get(code, b"") == b"\x01"


class _OpenTable:
    """A table while its rows are being read."""

    def __init__(self) -> None:
        self.rows: list[WordRow] = []
        self.cells: list[Content] = []
        self.cell: Content = []

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self, properties: bytes, deleted: bool) -> None:
        if self.cell:
            self.end_cell()
        if self.cells:
            self.rows.append(doc_table.row(self.cells, properties, deleted))
        self.cells = []

    def content(self) -> Content:
        self.end_row(b"", False)
        return doc_table.arrange(self.rows) if self.rows else []


def _arrange(story: Iterator[Line], numbers: Numbering | None) -> Content:
    """Paragraphs and tables, tables in tables included."""
    content: Content = []
    tables: list[_OpenTable] = []
    cells = 0
    for line in story:
        position = _position(line.properties, line.mark)
        while len(tables) > position.depth:
            _close(tables, content)
        tables += (_OpenTable() for _ in range(position.depth - len(tables)))
        if position.ends_row:
            tables[-1].end_row(line.properties[2:], line.deleted)
            continue
        marker = numbers.marker(line.properties) if numbers else ""
        (tables[-1].cell if tables else content).extend(lines(marked(marker, line.text)))
        if position.ends_cell:
            cells += 1
            tables[-1].end_cell()
    while tables:
        _close(tables, content)
    if cells > _MAX_CELLS:
        raise UnreadableFile(_TOO_MANY_CELLS)
    return content


def _close(tables: list[_OpenTable], content: Content) -> None:
    finished = tables.pop().content()
    (tables[-1].cell if tables else content).extend(finished)
