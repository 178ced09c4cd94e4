"""Web pages: what a browser would show, in order, with the tables' merged cells."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from etl.document import Document, UnreadableFile
from etl.readers import pictures
from etl.readers.blocks import Content, document, is_plain, lines
from etl.readers.showing import DOUBT, Showing, taken
from etl.readers.web import generated
from etl.readers.web.decoding import decode
from etl.readers.web.grid import Group, TableCell, arrange, columns_across, hidden_columns, rows_down
from etl.readers.web.hiding import prune
from etl.readers.web.page_facts import page_facts
from etl.readers.web.tags import BLOCKS, DRAWINGS, NEVER_SHOWN

# A source line that ends between two Chinese characters is only the editor's wrapping.
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t\r]*\n\s*(?=[\u2e80-\uffef])")
_REFERENCE = re.compile(r"[\s\d*＊①-⑳\[\]【】()（）注]{1,6}")
_BLOCK_TAGS = re.compile(r"<(?:p|div|br|li|body)\b", re.IGNORECASE)
_TABLE_TAGS = re.compile(r"(</?table\b)", re.IGNORECASE)
_FORMATTING_TAGS = re.compile(r"</?(?:font|span|b|strong|i|em|u|center)\b[^>]*>", re.IGNORECASE)
# The usual cell: its only paragraph is the cell, and half the elements of a page need not be built.
_LONE_PARAGRAPH = re.compile(r"(<t[dh](?: [^<>]*)?>)<p(?: [^<>]*)?>([^<>]*)</p>(?=</t[dh]>)")
_MAX_CELLS = 30_000
_SMALLEST_PICTURE = 8
_TOO_MANY_CELLS = "网页里的表格大得不像一份年报，没有读取。"
_TOO_DEEP = "网页的标签嵌套过深，无法读取，请用浏览器打开后把正文复制到 Word，另存为 .docx。"
_MANY_ATTRIBUTES = re.compile(r"<[a-zA-Z](?=[^<>]{5000})(?:[^<>\s]*+\s++){5000}")
_NO_PAGE = "网页里没有内容，请重新下载，或用浏览器打开后另存。"


def read(
    data: bytes, saved: Callable[[str], bytes | None] = lambda address: None, styles: str = ""
) -> Document:
    """The document a page shows; its properties are `title`, `published`, `url`, `pictures`, and those of `pictures.placed`.

    `saved` gives the bytes of a picture that was saved with the page, `styles` are its rules saved apart from it.
    Raises UnreadableFile with the reason.
    """
    text = decode(data).replace("\0", "")
    if text[-1:].isdigit():
        # A page ends with a tag: where it breaks off in a number, more figures may have followed.
        text += DOUBT
    if "><p" in text:
        text = "".join(_LONE_PARAGRAPH.split(text))
    # The parser compares every attribute of a tag with every other.
    if _MANY_ATTRIBUTES.search(text):
        raise UnreadableFile(_NO_PAGE)
    root = _parse(text)
    body = root.find("body")
    body = root if body is None else body
    styled = f"{text}<style>{styles}</style>" if styles else text
    generated.doubt(body, styled)
    prune(body, styled)
    flow = _Flow(keeps_lines=not _breaks_lines(text))
    content = flow.of(body)

    def picture(name: str) -> bytes | None:
        address = flow.addresses[int(name)]
        return pictures.inline(address) or saved(address)

    content, told = pictures.placed(content, picture) if flow.addresses else (content, ())
    return document(content, (*page_facts(root, text, content), *told))


def _breaks_lines(text: str) -> bool:
    """Whether tags outside tables end lines; in text and Markdown with tables in tags the line ends do."""
    depth = 0
    for piece in _TABLE_TAGS.split(text):
        if piece[:1] == "<" and piece[-5:].lower() == "table":
            depth = max(0, depth + (-1 if piece[1] == "/" else 1))
        elif not depth and _BLOCK_TAGS.search(piece):
            return True
    return False


def _parse(text: str) -> etree._Element:
    root = _tree(text)
    if root is None:
        # Hundreds of unclosed font tags nest as deep as an attack does; without them the page is whole.
        root = _tree(_FORMATTING_TAGS.sub("", text))
    if root is None:
        raise UnreadableFile(_TOO_DEEP)
    return root


def _tree(text: str) -> etree._Element | None:
    """The page's tree, None when the parser gave up on its depth: it then drops the rest without a word."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: etree._Element | None = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(_NO_PAGE) from error
    return None if len(parser.error_log) and len(parser.error_log.filter_from_fatals()) else root


class _Flow:
    """Running text and tables as they come; a line ends where a browser would end it."""

    def __init__(self, keeps_lines: bool) -> None:
        self._keeps_lines = keeps_lines
        self._cells = 0
        self.addresses: list[str] = []
        self._content: Content = []
        self._line: list[str] = []

    def of(self, element: etree._Element) -> Content:
        """All that stands in `element`, apart from what surrounds it."""
        outer = self._content, self._line
        self._content, self._line = [], []
        self._inside(element)
        self._end_line()
        content = self._content
        self._content, self._line = outer
        return content

    def _inside(self, element: etree._Element) -> None:
        if text := element.text:
            self._line.append(text)
        for child in element:
            role = _ROLES.get(child.tag)
            if role is None:
                self._inside(child)
            else:
                role(self, child)
            if tail := child.tail:
                self._line.append(tail)

    def _end_line(self) -> None:
        if self._line:
            self._content += self._shown("".join(self._line))
            self._line.clear()

    def _shown(self, text: str) -> Content:
        """The lines a browser would show, spaces run together."""
        if text.isalnum() or is_plain(text):
            return [text]
        if _is_blank(text):
            return []
        if self._keeps_lines:
            return [" ".join(line.split()) for line in lines(text)]
        if "\n" in text:
            text = _WRAPPED.sub("", text)
        return [*lines(" ".join(text.split()))]

    def block(self, element: etree._Element) -> None:
        """Paragraphs, divisions, line breaks and the like begin and end a line."""
        self._end_line()
        self._inside(element)
        self._end_line()

    def skip(self, element: etree._Element) -> None:
        """Leave out what is never shown."""

    def list_item(self, element: etree._Element) -> None:
        """An item of a list, or of a menu: items that are only links share one line."""
        if not _is_link(element):
            self.block(element)
            return
        self._inside(element)
        self._line.append(" ")

    def preformatted(self, element: etree._Element) -> None:
        """Text whose source lines are its lines."""
        self._end_line()
        self._keeps_lines, before = True, self._keeps_lines
        self._inside(element)
        self._end_line()
        self._keeps_lines = before

    def raised(self, element: etree._Element) -> None:
        """Raised or lowered text: where it is a note's mark, it is kept apart from the figure before it."""
        text = "".join(str(part) for part in element.itertext())
        if _REFERENCE.fullmatch(text):
            self._line.append(taken(text, Showing.RAISED))
        else:
            self._inside(element)

    def field(self, element: etree._Element) -> None:
        """What a form's field shows."""
        if element.get("type", "text").lower() not in _WITHOUT_TEXT:
            self._line.append(element.get("value", ""))

    def picture(self, element: etree._Element) -> None:
        """A picture or a drawing, unless it only keeps things apart."""
        if not any(_is_tiny(element.get(side, "")) for side in ("width", "height")):
            self._line.append(pictures.PLACE.format(len(self.addresses)))
            self.addresses.append(element.get("src", ""))

    def choice(self, element: etree._Element) -> None:
        """What a list to choose from shows closed, if something in it was chosen; others are menus."""
        for option in element.iter("option"):
            if option.get("selected") is not None:
                self._line.append("".join(str(part) for part in option.itertext()))

    def table(self, element: etree._Element) -> None:
        """A table, or where it only lays out the page, its contents; a caption and strays come before it."""
        self._end_line()
        groups: list[Group] = []
        self._rows(element, groups, "tbody")
        self._end_line()
        self._content += arrange(groups, hidden_columns(element))

    def _rows(self, parent: etree._Element, groups: list[Group], part: str) -> None:
        rows: list[list[TableCell]] = []
        groups.append(Group(part, rows))
        loose: list[TableCell] = []
        for child in self._members(parent):
            tag = child.tag
            if tag in _CELLS:
                # Cells without a row of their own share one.
                rows += [] if loose else [loose]
                loose.append(self._cell(child))
                continue
            loose = []
            if tag == "tr":
                row = self._row(child)
                # Word ends its tables with a row of no height that only sets the columns' widths.
                if child.get("height") != "0" or any(content for _, _, content in row):
                    rows.append(row)
            else:
                self._rows(child, groups, str(tag))
                rows = []
                groups.append(Group(part, rows))

    def _members(self, parent: etree._Element) -> Iterator[etree._Element]:
        """The row groups, rows or cells in a part of a table; text astray among them stands before the table."""
        self._line.append(parent.text or "")
        for child in parent:
            if child.tag in _TABLE_PARTS:
                yield child
            else:
                yield from self._through(child)
            self._line.append(child.tail or "")

    def _through(self, element: etree._Element) -> Iterator[etree._Element]:
        """The rows or cells inside a form or the like, misplaced around them; anything else is astray."""
        if element.tag != "table" and next(element.iter("tr", *_CELLS), None) is not None:
            yield from self._members(element)
        else:
            _ROLES.get(element.tag, _Flow.block)(self, element)

    def _row(self, row: etree._Element) -> list[TableCell]:
        cells: list[TableCell] = []
        for child in row:
            if child.tag in _CELLS:
                cells.append(self._cell(child))
            else:
                cells += map(self._cell, self._through(child))
            if (tail := child.tail) and not tail.isspace():
                self._line.append(tail)
        self._cells += len(cells)
        if self._cells > _MAX_CELLS:
            raise UnreadableFile(_TOO_MANY_CELLS)
        return cells

    def _cell(self, element: etree._Element) -> TableCell:
        content = self.of(_holder(element)) if len(element) else self._shown(element.text or "")
        down, across = element.get("rowspan"), element.get("colspan")
        if down is across is None:
            return 1, 1, content
        return rows_down(down), columns_across(across), content


_CELLS = ("td", "th")
_WITHOUT_TEXT = (
    *("hidden", "checkbox", "radio", "file", "image", "password", "range", "color"),
    *("submit", "reset", "button"),
)
_TABLE_PARTS = frozenset((*_CELLS, "tr", "thead", "tbody", "tfoot"))
_ROLES: dict[object, Callable[[_Flow, etree._Element], None]] = {
    **dict.fromkeys((*BLOCKS, "br", "hr"), _Flow.block),
    **dict.fromkeys(("sup", "sub"), _Flow.raised),
    **dict.fromkeys(("pre", "textarea"), _Flow.preformatted),
    **dict.fromkeys(NEVER_SHOWN, _Flow.skip),
    "li": _Flow.list_item,
    "input": _Flow.field,
    "select": _Flow.choice,
    **dict.fromkeys(DRAWINGS, _Flow.picture),
    "table": _Flow.table,
}


def _holder(cell: etree._Element) -> etree._Element:
    """The element that holds all of a cell: its only paragraph, or the cell."""
    if len(cell) == 1 and cell[0].tag == "p" and _is_blank(cell.text) and _is_blank(cell[0].tail):
        return cell[0]
    return cell


def _is_tiny(length: str) -> bool:
    """Whether a length in pixels is less than any figure's."""
    digits = length.strip().removesuffix("px")
    return digits.isdecimal() and len(digits) < 4 and int(digits) < _SMALLEST_PICTURE


def _is_link(item: etree._Element) -> bool:
    """Whether a list item holds one link and nothing else."""
    return len(item) == 1 and item[0].tag == "a" and _is_blank(item.text) and _is_blank(item[0].tail)


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()
