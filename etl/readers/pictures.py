"""Pictures inside other documents: a table pasted as a picture is read as a scan is, where it stands.

Readers leave `PLACE` with a name in their text where a picture stands; `placed` puts in what the pictures show.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import replace

from etl.document import Cell, Paragraph, Table, UnreadableFile
from etl.readers import scan
from etl.readers.blocks import Content
from etl.readers.showing import DOUBT

PLACE = "\ue002{}\ue003"
_PLACED = re.compile("\ue002([^\ue003]*)\ue003")
_INLINE = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
# A report has three tables; where they are text, its pictures are photographs. More pictures would hold up a build.
_TABLES, _FEWEST_CELLS = 3, 10
_MOST_PICTURES, _MOST_BYTES = 12, 10_000_000
_TOO_MANY = f"文件里的图片超过 {_MOST_PICTURES} 张，其余的没有识别，请提供表格不是图片的版本"

Properties = tuple[tuple[str, str], ...]


def placed(content: Content, picture: Callable[[str], bytes | None]) -> tuple[Content, Properties]:
    """The content with its pictures read, `picture` giving the bytes of one by its name, and what to say of them.

    Properties: `pictures_read`, how many were recognised; `unread_pictures`, why others were not. A cell that holds
    nothing but a picture is not blank: its text is `DOUBT`.
    """
    if not any(_has_place(block) for block in content):
        return content, ()
    tables = sum(isinstance(block, Table) and len(block.cells) >= _FEWEST_CELLS for block in content)
    reading = _Reading(picture, needed=tables < _TABLES)
    found: Content = []
    for block in content:
        if isinstance(block, Table):
            found.append(replace(block, cells=tuple(map(_cell, block.cells))))
        elif _has_place(block):
            found += reading.line(block)
        else:
            found.append(block)
    return found, reading.properties()


def inline(address: str) -> bytes | None:
    """The bytes of a picture that a web page carries in its own text, None for any other address."""
    start = _INLINE.match(address)
    if start is None or len(address) > 2 * _MOST_BYTES:
        return None
    try:
        return base64.b64decode(address[start.end() :])
    except (binascii.Error, ValueError):
        return None


class _Reading:
    """What has been read of a document's pictures so far."""

    def __init__(self, picture: Callable[[str], bytes | None], needed: bool) -> None:
        self._picture = picture
        self._needed = needed
        self._tried = self._read = 0
        self._unread = ""

    def line(self, text: str) -> Content:
        """The line's own words, and behind them what its pictures show."""
        words = _PLACED.sub("", text).strip()
        content: Content = [words] if words else []
        for name in _PLACED.findall(text) if self._needed else ():
            content += self._blocks(name)
        return content

    def _blocks(self, name: str) -> Content:
        data = self._picture(name)
        if not data or len(data) > _MOST_BYTES:
            return []
        self._tried += 1
        if self._tried > _MOST_PICTURES:
            self._unread = _TOO_MANY
            return []
        try:
            blocks = scan.blocks(data)
        except UnreadableFile as error:
            self._unread = str(error)
            return []
        self._read += bool(blocks)
        return [block.text if isinstance(block, Paragraph) else block for block in blocks]

    def properties(self) -> Properties:
        told = (("pictures_read", str(self._read or "")), ("unread_pictures", self._unread))
        return tuple((name, value) for name, value in told if value)


def _has_place(block: str | Table) -> bool:
    if isinstance(block, Table):
        return any("\ue002" in cell.text for cell in block.cells)
    return "\ue002" in block


def _cell(cell: Cell) -> Cell:
    if "\ue002" not in cell.text:
        return cell
    return replace(cell, text=_PLACED.sub("", cell.text).strip() or DOUBT)
