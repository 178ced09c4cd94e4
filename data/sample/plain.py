"""A filing as plain text, in the layouts that copying and conversion leave behind."""

import unicodedata
from collections.abc import Callable, Iterator

from data.sample.grid import NEVER_FIRST, Box, size, tables
from data.sample.spec import ReportSpec

_LINE_WIDTH = 58
_GAP = 2
_VALUE_WIDTH = 8


def tabs(spec: ReportSpec) -> bytes:
    """One cell a line behind a tab, a blank line after each row, merged cells as empty lines."""
    return "\n".join(_lines(spec, _tabbed)).encode()


def blank_lines(spec: ReportSpec) -> bytes:
    """A blank line after every paragraph and every cell."""
    return "\n\n".join(_lines(spec, lambda boxes: (box.text for box in boxes))).encode()


def pipe_lines(spec: ReportSpec) -> bytes:
    """Each cell followed by a line that holds only a pipe."""
    return "\n".join(_lines(spec, _piped_lines)).encode()


def pipe_rows(spec: ReportSpec) -> bytes:
    """Rows of pipes with spare pipes at the end for merged cells."""
    return "\n".join(_lines(spec, _piped_rows)).encode()


def utf16(spec: ReportSpec) -> bytes:
    """The layout behind tabs in UTF-16 with a byte order mark and CRLF."""
    text = "\r\n".join(_lines(spec, _tabbed))
    return ("\ufeff" + text).encode("utf-16-le")


def gb18030(spec: ReportSpec) -> bytes:
    """The layout behind tabs in GB18030."""
    return "\r\n".join(_lines(spec, _tabbed)).encode("gb18030")


def page(spec: ReportSpec) -> bytes:
    """What a PDF tool lays out: indented, wrapped prose, columns held apart by blanks."""
    lines: list[str] = []
    for text in _lines(spec, _canvas):
        lines.extend([text] if text.startswith("\0") or not text else _wrapped(text, _LINE_WIDTH, "    "))
    return "\n".join(line.removeprefix("\0").rstrip() for line in lines).encode()


def _lines(spec: ReportSpec, table: Callable[[tuple[Box, ...]], Iterator[str]]) -> Iterator[str]:
    yield from (*spec.title, *spec.opening)
    grids = tables(spec)
    for part in spec.parts:
        yield part.heading
        yield from part.paragraphs
        for boxes in grids.get(part.schedule or "", ()):
            yield from table(boxes)
    yield from spec.signature


def _in_rows(boxes: tuple[Box, ...]) -> Iterator[list[Box]]:
    for row in range(size(boxes)[0]):
        yield sorted((box for box in boxes if box.row == row), key=lambda box: box.column)


def _tabbed(boxes: tuple[Box, ...]) -> Iterator[str]:
    for row in range(size(boxes)[0]):
        covering = [box for box in boxes if box.row <= row < box.row + box.rows]
        for box in sorted(covering, key=lambda box: box.column):
            yield "\t" + (box.text if box.row == row else "")
        yield ""


def _piped_lines(boxes: tuple[Box, ...]) -> Iterator[str]:
    for box in boxes:
        yield box.text
        yield "|"


def _piped_rows(boxes: tuple[Box, ...]) -> Iterator[str]:
    columns = size(boxes)[1]
    for row in _in_rows(boxes):
        spare = columns - len(row)
        yield " | ".join(box.text for box in row) + " | " + "|" * spare


def _canvas(boxes: tuple[Box, ...]) -> Iterator[str]:
    """Each cell's lines in the middle of the rows it spans, every column at its own distance from the left."""
    lefts = _lefts(boxes)
    texts = {
        box: _folded(box.text, lefts[box.column + box.columns] - lefts[box.column] - _GAP) for box in boxes
    }
    rows = range(size(boxes)[0])
    heights = [
        max((len(texts[box]) for box in boxes if box.row == row and box.rows == 1), default=1) for row in rows
    ]
    tops = [sum(heights[:row]) + row for row in range(len(heights) + 1)]
    placed: dict[int, list[tuple[int, str]]] = {}
    for box, lines in texts.items():
        # A head over two rows stands on the first of them: so the text of real PDFs comes out.
        free = tops[box.row + box.rows] - 1 - tops[box.row] - len(lines) if box.rows > 2 else 0
        for at, line in enumerate(lines, start=tops[box.row] + max(0, free) // 2):
            placed.setdefault(at, []).append((lefts[box.column], line))
    for at in range(max(placed) + 1):
        yield "\0" + _placed(placed.get(at, []))
    yield ""


def _placed(texts: list[tuple[int, str]]) -> str:
    line = ""
    for left, text in sorted(texts):
        line += " " * max(0, left - width(line)) + text
    return line


def _lefts(boxes: tuple[Box, ...]) -> list[int]:
    columns = size(boxes)[1]
    labels = min(box.column for box in boxes if box.value)
    widths = [8, 10, 40] if labels == 3 else [24] * labels
    value = 24 if labels == 1 else _VALUE_WIDTH + _GAP
    return [sum((widths + [value] * (columns - labels))[:at]) for at in range(columns + 1)]


def _folded(text: str, room: int) -> list[str]:
    return _wrapped(text, max(room, 2), "")


def _wrapped(text: str, room: int, indent: str) -> list[str]:
    lines, line = [], indent
    for character in text:
        if width(line + character) > room and line.strip() and character not in NEVER_FIRST:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def width(text: str) -> int:
    """The columns a text takes in a fixed pitch: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
