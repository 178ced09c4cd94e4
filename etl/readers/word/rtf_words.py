"""What the control words of RTF mean: characters, character sets, and the groups that show, hide or stand apart."""

import re
from dataclasses import dataclass, field

from etl.document import UnreadableFile
from etl.readers.word.doc_table import Shape

TOO_LARGE = "文件大得不像一份年报，没有读取。"
_BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,9}) ?")
_MOST_CELLS, _MAX_PICTURES = 200, 5_000

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u3000",
    "enspace": " ",
    "qmspace": " ",
}

# By the fcharset of a font; a font of any other set writes in the file's own code page.
CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs"}
CODEPAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 54936: "gb18030", 65001: "utf-8"}

# fmt: off
SKIPPED = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "nonshppict", "shprslt", "annotation", "xe", "tc", "rxe", "sp",
    "nonesttables", "private", "objclass", "objname", "filetbl", "pgdsctbl", "upr", "ftnsep", "ftnsepc",
    "aftnsep", "aftnsepc",
))
# Groups marked as optional that show nevertheless; all others of the kind do not.
KEPT = frozenset((
    "shppict", "shpinst", "nesttableprops", "ud", "do", "dptxbxtext", "shptxt", "fldinst", "fldrslt", "listtext",
    "pntext",
))
# fmt: on
STORIES = frozenset(("footnote", "shptxt", "dptxbxtext"))
RAISED = ("super", "sub", "up", "dn")
UNSEEN = ("v", "deleted", "mvf", "strike", "striked")


@dataclass(slots=True)
class RowDefinition:
    """A row's left edge, and the right edge and merge flags of each of its cells."""

    left: int = 0
    cells: list[tuple[int, int]] = field(default_factory=list)
    flags: int = 0

    def add_cell(self, right: int) -> None:
        """End the definition of a cell."""
        if len(self.cells) < _MOST_CELLS:
            self.cells.append((right, self.flags))
        self.flags = 0

    def shape(self) -> Shape:
        """The row as the tables of Word's older formats take it."""
        edges = [self.left, *(right for right, _ in self.cells)]
        return Shape(tuple(edges), tuple(flags for _, flags in self.cells))


def without_binary(data: bytes) -> bytes:
    """The file without the raw bytes of pictures, in which braces mean nothing.

    Raises UnreadableFile when there are too many.
    """
    pieces: list[bytes] = []
    at = 0
    while found := _BINARY.search(data, at):
        if len(pieces) > _MAX_PICTURES:
            raise UnreadableFile(TOO_LARGE)
        pieces.append(data[at : found.start()])
        at = found.end() + int(found[1])
    return b"".join((*pieces, data[at:]))
