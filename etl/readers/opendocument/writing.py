"""The text of an OpenDocument file as a reader of the printed page sees it, in order, with its tables."""

import re
from collections.abc import Iterator

from lxml import etree

from etl.document import UnreadableFile
from etl.readers import pictures
from etl.readers.blocks import Box, Content, lines, tabulate
from etl.readers.opendocument import DRAW, LINK, OFFICE, TABLE, TEXT
from etl.readers.opendocument.lists import Counts, Lists
from etl.readers.opendocument.looks import PLAIN, Look, Looks
from etl.readers.showing import taken
from etl.readers.word.numbering import marked
from etl.readers.written import whole

_BLANKS = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_GONE = frozenset(
    (
        *(
            f"{TEXT}{name}"
            for name in ("tracked-changes", "sequence-decls", "ruby-text", "note-citation", "script")
        ),
        *(f"{TEXT}{name}" for name in ("variable-decls", "user-field-decls", "alphabetical-index-mark")),
        *(f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "event-listeners")),
        *(f"{DRAW}{name}" for name in ("glue-point", "image-map")),
    )
)
_CHARACTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_DRAWN = (f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}rect", f"{DRAW}g", f"{DRAW}a")
ROWS = tuple(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_SHOWN = "visible"
_MOST_REPEATED, _MOST_CELLS = 1_000, 60_000
_TOO_LARGE = "文件里的表格大得不像一份年报，没有读取。"


class Writing:
    """One pass over a text in reading order; numbers count as it goes. Notes gather in `notes`."""

    def __init__(self, looks: Looks, lists: Lists) -> None:
        self._looks, self._lists = looks, lists
        self._ground, self._in_table = PLAIN, False
        self.notes: Content = []
        self.pictures = 0

    def content(self, parent: etree._Element) -> Content:
        """The paragraphs and tables in `parent`."""
        out: Content = []
        for element in parent:
            tag = element.tag
            if tag in _PARAGRAPHS:
                marker = self._lists.heading(element) if tag == f"{TEXT}h" else ""
                out += self.paragraph(element, marker)
            elif tag == f"{TABLE}table":
                out += self._table(element)
            elif tag == f"{TEXT}list":
                style = element.get(f"{TEXT}style-name", "")
                out += self._list(element, style, 0, self._lists.begin(element, style))
            elif tag in _DRAWN:
                out += self._drawn(element)
            elif tag not in _GONE and not _is_left_out(element):
                out += self.content(element)
        return out

    def paragraph(self, element: etree._Element, marker: str = "") -> Content:
        """The lines of a paragraph with its number, and what is anchored in it behind them."""
        look = self._looks.of("paragraph", element.get(f"{TEXT}style-name")).over(self._ground)
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._write(element, look, pieces, boxes)
        anchored = [block for box in boxes for block in self._drawn(box)]
        return [*lines(marked(marker, "".join(pieces).strip(" "), in_cell=self._in_table)), *anchored]

    def _write(
        self, element: etree._Element, look: Look, pieces: list[str], boxes: list[etree._Element]
    ) -> None:
        """Add the text in `element` to `pieces`, and what is drawn in it to `boxes`."""
        showing = look.showing(self._in_table)
        pieces.append(taken(_BLANKS.sub(" ", element.text or ""), showing))
        for child in element:
            tag = child.tag
            if tag in _CHARACTERS:
                pieces.append(_CHARACTERS[tag])
            elif tag == f"{TEXT}s":
                pieces.append(" ")
            elif tag == f"{TEXT}note":
                self._note(child)
            elif tag in _DRAWN:
                boxes.append(child)
            elif tag == f"{TEXT}span":
                own = self._looks.of("text", child.get(f"{TEXT}style-name"))
                self._write(child, own.over(look), pieces, boxes)
            elif tag not in _GONE and child.get(f"{TEXT}is-hidden") != "true":
                self._write(child, look, pieces, boxes)
            pieces.append(taken(_BLANKS.sub(" ", child.tail or ""), showing))

    def cell(self, cell: etree._Element) -> str:
        """What a cell of a sheet shows; a formula never calculated shows itself."""
        self._ground, self._in_table = self._looks.of("table-cell", cell.get(f"{TABLE}style-name")), True
        shown = [line for part in cell.iterchildren(*_PARAGRAPHS) for line in self.paragraph(part)]
        if shown or any(str(name).startswith(OFFICE) for name in cell.attrib):
            return "\n".join(line for line in shown if isinstance(line, str))
        return cell.get(f"{TABLE}formula", "")

    def _note(self, note: etree._Element) -> None:
        body = note.find(f"{TEXT}note-body")
        if body is not None:
            self.notes += self.content(body)

    def _drawn(self, element: etree._Element) -> Content:
        """What stands in a frame, a text box or a shape; the place of a picture."""
        out: Content = []
        for child in element:
            if child.tag == f"{DRAW}image":
                self.pictures += 1
                return [*out, pictures.PLACE.format(child.get(f"{LINK}href", ""))]
            if child.tag in _DRAWN:
                out += self._drawn(child)
            elif child.tag == f"{DRAW}text-box":
                out += self.content(child)
            elif child.tag in _PARAGRAPHS:
                out += self.paragraph(child)
        return out

    def _list(self, element: etree._Element, style: str, depth: int, counts: Counts) -> Content:
        out: Content = []
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            numbered = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag == f"{TEXT}list":
                    out += self._list(child, child.get(f"{TEXT}style-name") or style, depth + 1, counts)
                elif child.tag in _PARAGRAPHS:
                    marker = self._lists.marker(item, style, depth, counts) if numbered else ""
                    numbered = False
                    out += self.paragraph(child, marker)
        return out

    def _table(self, table: etree._Element) -> Content:
        ground, in_table = self._ground, self._in_table
        self._in_table = True
        boxes: list[Box] = []
        rows = [
            row
            for row, number in _repeated(within(table, f"{TABLE}table-row", ROWS), "number-rows-repeated")
            for _ in range(number)
            if not is_hidden(row)
        ]
        for number, row in enumerate(rows):
            boxes += self._row(row, number, len(rows) - number)
            if len(boxes) > _MOST_CELLS:
                raise UnreadableFile(_TOO_LARGE)
        self._ground, self._in_table = ground, in_table
        return tabulate(boxes) if boxes else []

    def _row(self, row: etree._Element, number: int, left: int) -> Iterator[Box]:
        """The cells of a row; none reaches below the rows that are `left`."""
        column = 0
        cells = row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
        for cell, times in _repeated(cells, "number-columns-repeated"):
            across, down = (count(cell, f"number-{what}-spanned") for what in ("columns", "rows"))
            self._ground = self._looks.of("table-cell", cell.get(f"{TABLE}style-name"))
            for at in range(column, column + times if cell.tag == f"{TABLE}table-cell" else column):
                yield Box(number, min(down, left), at, at + across, self.content(cell))
            column += times


def within(parent: etree._Element, tag: str, groups: tuple[str, ...]) -> Iterator[etree._Element]:
    """The rows or columns of a table, through the groups they stand in."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from within(child, tag, groups)


def _repeated(elements: Iterator[etree._Element], how: str) -> Iterator[tuple[etree._Element, int]]:
    """Elements with how often each stands there, within a bound."""
    return ((element, min(count(element, how), _MOST_REPEATED)) for element in elements)


def count(element: etree._Element, name: str) -> int:
    """How many rows or columns an element stands for, at least one."""
    return max(1, whole(element.get(f"{TABLE}{name}")))


def is_hidden(element: etree._Element) -> bool:
    """Whether a row or a column of a table is hidden."""
    return element.get(f"{TABLE}visibility", _SHOWN) != _SHOWN


def _is_left_out(element: etree._Element) -> bool:
    return element.tag == f"{TEXT}section" and element.get(f"{TEXT}display", "true") != "true"
