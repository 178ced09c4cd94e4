"""Word's .docx: what a reader of the printed page sees, in order, with the tables' merged cells."""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from etl.document import Document, UnreadableFile
from etl.readers import pictures
from etl.readers.blocks import Content, document, lines
from etl.readers.container import TOO_DEEP, Package, Parts, parse_xml
from etl.readers.showing import Showing, taken
from etl.readers.word import fields
from etl.readers.word.grid import Row, Slot, arrange, count_of, width_of
from etl.readers.word.numbering import VAL, Numbering, W, marked
from etl.readers.word.unseen import MARKS, is_on, joins, showing, written_out
from etl.readers.written import whole

_DAMAGED = "文件里没有 Word 正文，可能已损坏，请用 Word、WPS 打开后另存为 .docx 再试。"
_EMBEDDED = "正文是嵌在 Word 文件里的网页，无法直接读取，请用 Word 打开后另存为 .docx 再试。"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_GONE = frozenset(
    f"{W}{name}"
    for name in (
        *(
            "pPr",
            "rPr",
            "tblPr",
            "tblPrEx",
            "tblGrid",
            "trPr",
            "tcPr",
            "sdtPr",
            "del",
            "moveFrom",
            "delText",
            "delInstrText",
            "rt",
        ),
        *("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "annotationRef", "fldData"),
    )
)
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TEXTS = (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_P, _R, _TBL, _TR, _TC = f"{W}p", f"{W}r", f"{W}tbl", f"{W}tr", f"{W}tc"
_SDT, _TEXT_BOX, _ALTERNATIVES = f"{W}sdt", f"{W}txbxContent", f"{_MC}AlternateContent"
_DRAWING, _INVISIBLE = f"{W}drawing", re.compile(r"visibility\s*:\s*hidden")
# Twentieths of a point.
_LOWEST_ROW = 40
_FIELD, _COMMAND = f"{W}fldChar", f"{W}instrText"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMES = (f"{_OFFICE}embed", f"{_OFFICE}id")


def read(data: bytes) -> Document:
    """The document as printed with all changes accepted; raises UnreadableFile with the reason."""
    return read_parts(Package(data))


def read_parts(package: Parts) -> Document:
    """The document of parts named and connected as in a .docx; raises UnreadableFile with the reason."""
    main = _related(package, "").get("officeDocument", "word/document.xml")
    body = _parse(package.read(main))
    if body is None:
        raise UnreadableFile(_DAMAGED)
    if next(body.iter(f"{W}altChunk"), None) is not None:
        raise UnreadableFile(_EMBEDDED)
    parts = _related(package, main)
    styles = _styles(package, parts, *MARKS)
    written_out(body, styles)
    walk = _Walk(_numbering(package, parts))
    try:
        content = walk.content(body)
        for kind in ("footnotes", "endnotes"):
            if (notes := _parse(package.read(parts.get(kind, "")))) is not None:
                written_out(notes, styles)
                content += walk.notes(notes)
    except RecursionError as error:
        raise UnreadableFile(TOO_DEEP) from error
    count = sum(1 for _ in body.iter(*_PICTURES))
    media = _media(package, main) if count else {}
    content, told = pictures.placed(content, lambda name: package.read(media.get(name, "")))
    return document(content, ((("pictures", str(count)),) if count else ()) + told)


def _parse(data: bytes | None) -> etree._Element | None:
    return None if data is None else parse_xml(data.replace(_STRICT, W[1:-1].encode()))


def _related(package: Parts, source: str) -> dict[str, str]:
    """The parts a part refers to inside the file, by the last word of their kind ("styles")."""
    folder, name = posixpath.split(source)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    if root is None:
        return {}
    return {
        item.get("Type", "").rpartition("/")[2]: posixpath.normpath(
            posixpath.join("/", folder, item.get("Target", ""))
        )[1:]
        for item in root.iterchildren(_RELATED)
        if item.get("TargetMode") != "External"
    }


def _media(package: Parts, main: str) -> dict[str, str]:
    """The parts that pictures are in, by the names the text has for them."""
    folder, name = posixpath.split(main)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        item.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))[1:]
        for item in (() if root is None else root.iterchildren(_RELATED))
        if item.get("TargetMode") != "External"
    }


def _numbering(package: Parts, parts: dict[str, str]) -> Numbering | None:
    rules = _parse(package.read(parts.get("numbering", "")))
    if rules is None:
        return None

    return Numbering(rules, lambda: _styles(package, parts, "numPr"))


def _styles(package: Parts, parts: dict[str, str], *words: str) -> etree._Element | None:
    """The part with the styles, parsed only if one of the words stands in it."""
    data = package.read(parts.get("styles", ""))
    return _parse(data) if data and any(word.encode() in data for word in words) else None


class _Walk:
    """One pass over a document in reading order; numbering counts as it goes."""

    def __init__(self, numbering: Numbering | None) -> None:
        self._numbering = numbering
        self._carried = ""

    def content(self, parent: etree._Element) -> Content:
        """The paragraphs and tables in `parent`."""
        out: Content = []
        for element in _visible(parent, (_P, _TBL)):
            if element.tag == _P:
                out += self._paragraph(element)
            else:
                out += [*self._rest(), *self._table(element)]
        return out + self._rest() if self._carried else out

    def _rest(self) -> Content:
        text, self._carried = self._carried, ""
        return [*lines(text)]

    def notes(self, root: etree._Element) -> Content:
        """The footnotes or endnotes, which print below the text; those with a type are only separators."""
        return [block for note in root if note.get(f"{W}type") is None for block in self.content(note)]

    def _paragraph(self, element: etree._Element) -> Content:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        _write(element, pieces, boxes)
        text, self._carried = self._carried + fields.results("".join(pieces)), ""
        anchored = [block for box in boxes for block in self.content(box)]
        properties = element[0] if len(element) and element[0].tag == f"{W}pPr" else None
        if properties is not None and joins(properties):
            text, self._carried = "", text
        elif properties is not None and self._numbering:
            marker = self._numbering.marker(properties)
            text = marked(marker, text, in_cell=bool(marker) and _is_in_cell(element))
        return [*lines(text), *anchored]

    def _table(self, table: etree._Element) -> Content:
        return arrange(table, [self._row(row) for row in _visible(table, (_TR,))])

    def _row(self, row: etree._Element) -> Row:
        properties = row.find(f"{W}trPr")
        at, after, deleted = 0, 0, False
        if properties is not None:
            at, after = (
                count_of(properties.find(f"{W}gridBefore")),
                count_of(properties.find(f"{W}gridAfter")),
            )
            deleted = _is_flat(properties) or any(
                is_on(mark) for mark in properties.iterchildren(f"{W}del", f"{W}hidden")
            )
        slots: list[Slot] = []
        for cell in _visible(row, (_TC,)):
            slot = self._slot(cell, slots[-1].last if slots else at)
            if slot and slot.merge == "beside" and slots:
                slots[-1] = slots[-1]._replace(last=slot.last, width=slots[-1].width + slot.width)
            elif slot:
                slots.append(slot)
        return Row(slots, after, deleted)

    def _slot(self, cell: etree._Element, at: int) -> Slot | None:
        content = self.content(cell)
        span, width, merge = 1, 0, ""
        for mark in cell[0] if len(cell) and cell[0].tag == f"{W}tcPr" else ():
            tag = mark.tag
            if tag == f"{W}tcW":
                width = width_of(mark)
            elif tag == f"{W}gridSpan":
                span = max(1, count_of(mark))
            elif tag == f"{W}vMerge":
                merge = mark.get(VAL, "continue")
            elif tag == f"{W}hMerge" and mark.get(VAL) != "restart":
                merge = "beside"
            elif tag == f"{W}cellDel":
                return None
        return Slot(at, at + span, width, merge, content)


def _is_hidden(element: etree._Element) -> bool:
    """Whether a drawing, with the words in it, is switched off."""
    if element.tag == _DRAWING:
        return any(shown.get("hidden") in ("1", "true") for shown in element.iterfind("*/{*}docPr"))
    return _INVISIBLE.search(element.get("style", "")) is not None


def _is_flat(properties: etree._Element) -> bool:
    """Whether a row is too low for any print: a space between rows, and what stands in it is not seen."""
    height = properties.find(f"{W}trHeight")
    written = "" if height is None or height.get(f"{W}hRule") != "exact" else height.get(VAL, "")
    return whole(written, _LOWEST_ROW) < _LOWEST_ROW


def _visible(parent: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements of `tags` below `parent`, through content controls and other wrappers, without what is deleted."""
    for child in parent:
        tag = child.tag
        if tag in tags:
            yield child
        elif tag == _ALTERNATIVES:
            yield from _visible(child[0], tags) if len(child) else ()
        elif tag not in _GONE and len(child) and not _is_placeholder(child):
            yield from _visible(child, tags)


def _is_placeholder(element: etree._Element) -> bool:
    """Whether a content control still shows its prompt ("单击此处输入文字"): nobody filled it in."""
    return element.tag == _SDT and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _is_in_cell(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(_TC), None) is not None


def _write(element: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """Add the text in `element` to `pieces`, and the text boxes anchored in it to `boxes`."""
    for child in element:
        tag = child.tag
        if tag == _R:
            _write_run(child, pieces, boxes)
        elif tag in _TEXTS:
            pieces.append(child.text or "")
        elif tag in _CHARACTERS:
            pieces.append(_CHARACTERS[tag])
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif tag == _ALTERNATIVES:
            if len(child):
                _write(child[0], pieces, boxes)
        elif tag in _PICTURES:
            pieces.append(
                pictures.PLACE.format(next((child.get(key, "") for key in _NAMES if child.get(key)), ""))
            )
        elif tag == _FIELD:
            pieces.append(fields.MARKS.get(child.get(f"{W}fldCharType", ""), ""))
        elif tag == _COMMAND:
            pieces.append(fields.DRAWN * fields.draws(child.text or ""))
        elif tag == f"{W}sym":
            pieces.append(_symbol(child.get(f"{W}char", "")))
        elif tag not in _GONE and len(child) and not _is_placeholder(child) and not _is_hidden(child):
            _write(child, pieces, boxes)


def _write_run(run: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    if not len(run) or run[0].tag != f"{W}rPr":
        return _write(run, pieces, boxes)
    shows = showing(run)
    if shows is Showing.SHOWN or run.find(_FIELD) is not None:
        return _write(run, pieces, boxes)
    if shows is not Showing.GONE:
        written: list[str] = []
        _write(run, written, boxes)
        pieces.append(taken("".join(written), shows))
    return None


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
