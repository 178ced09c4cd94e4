"""Rich Text Format: what a reader of the printed page sees, in order, with merged and nested tables."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from etl.document import Document, UnreadableFile
from etl.readers.blocks import Content, document
from etl.readers.showing import DOUBT, Showing, taken
from etl.readers.word import rtf_words
from etl.readers.word.doc_table import FIRST_ACROSS, FIRST_DOWN, NEXT_ACROSS, NEXT_DOWN, Event, Shape, arrange
from etl.readers.word.fields import draws, joined
from etl.readers.word.numbering import marked
from etl.readers.word.rtf_look import CHANGES, PLAIN, Look, Sheet, sheet
from etl.readers.word.rtf_words import TOO_LARGE, RowDefinition

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
_CUT_SHORT = "文件不完整（可能没有下载完），请重新下载，或用 Word、WPS 打开后另存为 .docx 再试。"
_MAX_TOKENS, _MAX_GROUPS, _MAX_STORIES = 700_000, 2_000, 2_000


@dataclass(slots=True)
class _Story:
    """A run of text of its own: the document's, a note's, a text box's."""

    events: list[Event] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    marker: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it."""

    story: _Story
    row: RowDefinition
    skipped: bool = False
    awaits_unicode: bool = False
    in_number: bool = False
    in_command: bool = False
    is_listed: bool = False
    font: int = 0
    fallback: int = 1
    look: Look = PLAIN
    in_table: bool = False
    depth: int = 1


def read(data: bytes) -> Document:
    """The document as printed with all changes accepted; raises UnreadableFile with the reason."""
    bare = rtf_words.without_binary(data)
    reader = _Reader(sheet(bare))
    reader.feed(bare)
    content: Content = []
    for story in reader.stories:
        content += arrange(story.events)
    return document(content, (("pictures", str(reader.pictures)),) if reader.pictures else ())


class _Reader:
    """One pass over the file, word by word."""

    def __init__(self, sheet: Sheet) -> None:
        self.stories = [_Story()]
        self.pictures = 0
        self._sheet = sheet
        self._state = _State(self.stories[0], RowDefinition())
        self._outer: list[_State] = []
        self._charsets: dict[int, str] = {}
        self._codepage = "cp1252"
        self._bytes = bytearray()
        self._surrogate = ""
        self._to_skip = 0
        self._opened = self._optional = False

    def feed(self, data: bytes) -> None:
        """Read the whole file. Raises UnreadableFile when it ends within a group."""
        for count, token in enumerate(_TOKEN.finditer(data)):
            if count > _MAX_TOKENS:
                raise UnreadableFile(TOO_LARGE)
            word, number, code, symbol, brace, text = token.groups()
            if text is not None:
                self._text(text)
            elif word is not None:
                self._word(word.decode(), number)
            elif code is not None:
                self._text(bytes.fromhex(code.decode()))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == b"{":
                self._open()
            elif not self._close():
                break
        if self._outer:
            raise UnreadableFile(_CUT_SHORT)
        self._flush()
        for story in self.stories:
            if story.pieces:
                story.events.append(Event("".join(story.pieces)))

    def _open(self) -> None:
        self._flush()
        if len(self._outer) > _MAX_GROUPS:
            raise UnreadableFile(TOO_LARGE)
        self._outer.append(self._state)
        self._state = copy(self._state)
        self._opened, self._optional, self._to_skip = True, False, 0

    def _close(self) -> bool:
        """Leave a group; false when the outermost ended: nothing after it counts."""
        self._flush()
        if not self._outer:
            return False
        left, self._state = self._state, self._outer.pop()
        if left.in_command and not self._state.in_command:
            self._command(left.story)
        self._opened, self._to_skip = False, 0
        return bool(self._outer)

    def _command(self, story: _Story) -> None:
        """End the command of a field: where that draws what shows, the place is in doubt."""
        if draws("".join(story.command)):
            story.pieces.append(DOUBT)
        story.command.clear()

    def _text(self, text: bytes) -> None:
        self._opened = False
        # The substitute behind a Unicode character is for readers that know no Unicode.
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if not self._state.skipped:
            self._bytes += text

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._optional = True
        elif symbol in b"\\{}":
            self._text(symbol)
        elif symbol in b"\r\n":
            # A backslash at the end of a source line is an old way to write \par.
            self._word("par", None)
        elif self._to_skip:
            self._to_skip -= 1
        else:
            self._add({b"~": "\xa0", b"_": "-"}.get(symbol, ""))

    def _word(self, word: str, number: bytes | None) -> None:
        opened, optional = self._opened, self._optional
        self._opened = self._optional = False
        # A writer that forgot the substitute for a character must not lose the figure in the next cell.
        self._to_skip = 0
        value = None if number is None else int(number)
        if word == "u":
            self._unicode(value or 0)
        elif opened and (word in rtf_words.SKIPPED or (optional and word not in rtf_words.KEPT)):
            self.pictures += word == "pict" and not self._state.skipped
            self._state.awaits_unicode = word == "upr" and not self._state.skipped
            self._state.skipped = True
        elif opened and word in rtf_words.STORIES and not self._state.skipped:
            self._flush()
            if len(self.stories) > _MAX_STORIES:
                raise UnreadableFile(TOO_LARGE)
            self.stories.append(_Story())
            self._state.story = self.stories[-1]
            self._state.in_table = False
        elif word in rtf_words.CHARACTERS:
            self._add(rtf_words.CHARACTERS[word])
        elif change := CHANGES.get(word):
            self._flush()
            self._state.look = change(self._sheet, self._state.look, value)
        elif action := _ACTIONS.get(word):
            self._flush()
            action(self, value)

    def _unicode(self, value: int) -> None:
        self._to_skip = self._state.fallback
        if self._bytes:
            self._flush()
        letter = chr(value & 0xFFFF)
        if "\ud800" <= letter <= "\udbff":
            self._surrogate = letter
        else:
            pair = (
                (self._surrogate + letter).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            )
            self._surrogate = ""
            self._put(pair)

    def _flush(self) -> None:
        """Take the bytes gathered so far as text: a Chinese character may be two of them, escaped or not."""
        if self._bytes:
            charset = self._charsets.get(self._state.font, self._codepage)
            text = bytes(self._bytes).decode(charset, "replace")
            self._bytes.clear()
            self._put(text)

    def _add(self, text: str) -> None:
        self._flush()
        self._put(text)

    def _put(self, text: str) -> None:
        state = self._state
        showing = state.look.showing
        if state.skipped or showing is Showing.GONE or not text:
            return
        if state.in_command:
            state.story.command.append(text)
        elif state.in_number:
            state.story.marker.append(text)
        else:
            state.story.pieces.append(taken(text, showing))

    def _end(self, depth: int, ends_cell: bool = False, row: Shape | None = None) -> None:
        """End a paragraph, and with it a cell or a row."""
        state, story = self._state, self._state.story
        if state.skipped or state.in_number or (state.look.joins and not ends_cell and row is None):
            return
        marker = "".join(story.marker).strip()
        shown = marker if any(letter.isalnum() for letter in marker) else ""
        text, in_cell = joined(story.pieces), depth > 0 and row is None
        if state.is_listed and in_cell and not text.strip() and not marker:
            # The number is not written out, as it is by most programs: whoever shows the file counts it.
            text = DOUBT
        story.events.append(Event(marked(shown, text, in_cell=in_cell), depth, ends_cell, row))
        story.pieces, story.marker = [], []

    def paragraph(self) -> None:
        """End a paragraph of running text or within a cell."""
        self._end(self._state.depth if self._state.in_table else 0)

    def cell(self, nested: bool) -> None:
        """End a cell."""
        self._end(max(self._state.depth, 2) if nested else 1, True)

    def row(self, nested: bool) -> None:
        """End a row; a nested one follows its definition."""
        self._end(max(self._state.depth, 2) if nested else 1, row=self._state.row.shape())

    def set_charset(self, value: int) -> None:
        """Note the character set of a font in the table of fonts."""
        if value in rtf_words.CHARSETS:
            self._charsets[self._state.font] = rtf_words.CHARSETS[value]

    def set_codepage(self, value: int) -> None:
        """Note the code page of text in fonts without a character set of their own."""
        self._codepage = rtf_words.CODEPAGES.get(value, "cp1252")

    def set_state(self, name: str, value: object) -> None:
        """Change what the rest of the group inherits."""
        setattr(self._state, name, value)

    def define(self, flags: int = 0, left: int | None = None, right: int | None = None) -> None:
        """Define the row further: merge flags, its left edge, or a cell's right edge, which completes the cell."""
        row = self._state.row
        row.flags |= flags
        if left is not None:
            row.left = left
        if right is not None:
            row.add_cell(right)

    def unicode_twin(self) -> None:
        """Show the Unicode twin of text that was skipped."""
        if self._state.awaits_unicode:
            self._state.skipped = False

    def reset_paragraph(self) -> None:
        """Return to running text, in the paragraph style that needs no mention."""
        self._state.in_table, self._state.depth, self._state.is_listed = False, 1, False
        self._state.look = self._sheet.styled(self._state.look, "s", 0)


_ACTIONS: dict[str, Callable[[_Reader, int | None], None]] = {
    **dict.fromkeys(("par", "page", "sect"), lambda reader, _: reader.paragraph()),
    "cell": lambda reader, _: reader.cell(nested=False),
    "nestcell": lambda reader, _: reader.cell(nested=True),
    "row": lambda reader, _: reader.row(nested=False),
    "nestrow": lambda reader, _: reader.row(nested=True),
    "trowd": lambda reader, _: reader.set_state("row", RowDefinition()),
    "trleft": lambda reader, value: reader.define(left=value or 0),
    "cellx": lambda reader, value: reader.define(right=value or 0),
    "clmgf": lambda reader, _: reader.define(FIRST_ACROSS),
    "clmrg": lambda reader, _: reader.define(NEXT_ACROSS),
    "clvmgf": lambda reader, _: reader.define(FIRST_DOWN),
    "clvmrg": lambda reader, _: reader.define(NEXT_DOWN),
    "pard": lambda reader, _: reader.reset_paragraph(),
    "intbl": lambda reader, _: reader.set_state("in_table", True),
    "itap": lambda reader, value: reader.set_state("depth", max(value or 1, 1)),
    "f": lambda reader, value: reader.set_state("font", value or 0),
    "fcharset": lambda reader, value: reader.set_charset(value or 0),
    "ansicpg": lambda reader, value: reader.set_codepage(value or 0),
    "uc": lambda reader, value: reader.set_state("fallback", min(max(value or 0, 0), 100)),
    "ud": lambda reader, _: reader.unicode_twin(),
    "ls": lambda reader, value: reader.set_state("is_listed", bool(value)),
    "fldinst": lambda reader, _: reader.set_state("in_command", True),
    "listtext": lambda reader, _: reader.set_state("in_number", True),
    "pntext": lambda reader, _: reader.set_state("in_number", True),
}
