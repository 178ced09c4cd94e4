"""What a Word file holds without printing it as part of the line: hidden, struck out, white, raised and lowered text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy

from lxml import etree

from etl.readers.showing import SMALLEST, Showing
from etl.readers.word import table_styles
from etl.readers.word.numbering import VAL, W
from etl.readers.word.table_styles import Part, Style

_OFF = ("0", "false", "off")
# Nearly white, or the white of a theme, which Word names beside the shade it had when last saved.
_WHITE = re.compile("F[A-F]F[A-F]F[A-F]", re.IGNORECASE)
_WHITE_THEMES, _NO_HIGHLIGHT = ("background1", "light1"), ("none", "white")
_NO_PATTERN = (None, "clear", "nil")
_SPECK = tuple(map(str, range(1, SMALLEST)))
MARKS = ("vanish", "strike", "dstrike", "vertAlign", "position", "color")
_LOOKED_FOR = tuple(f"{W}{name}" for name in MARKS)
_GONE = (f"{W}vanish", f"{W}strike", f"{W}dstrike")
_R, _RPR, _COLOUR, _SIZE = f"{W}r", f"{W}rPr", f"{W}color", f"{W}sz"
_NO_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill/{*}noFill"
_JOINING = tuple(f"{W}rPr/{W}{name}" for name in ("del", "moveFrom", "vanish"))
_TABLE_STYLE = f"{W}tblPr/{W}tblStyle"
_DEEPEST = 12


def showing(run: etree._Element) -> Showing:
    """How a run shows, by its own properties."""
    own = run[0]
    if own.find(_NO_FILL) is not None:
        return Showing.GONE
    return max((_said(mark, run) for mark in own.iterchildren(*_LOOKED_FOR, _SIZE)), default=Showing.SHOWN)


def _said(mark: etree._Element, run: etree._Element) -> Showing:
    value = mark.get(VAL)
    if mark.tag in _GONE:
        return Showing.GONE if is_on(mark) else Showing.SHOWN
    if mark.tag == _SIZE:
        return Showing.GONE if value in _SPECK else Showing.SHOWN
    if mark.tag == _COLOUR:
        if not _is_white(mark) or _is_shaded(run):
            return Showing.SHOWN
        return Showing.DOUBTED if _may_be_shaded(run) else Showing.GONE
    is_moved = mark.tag == f"{W}position" and value not in (None, "0")
    return Showing.RAISED if is_moved or value in ("superscript", "subscript") else Showing.SHOWN


def is_on(element: etree._Element) -> bool:
    """Whether a property that is there is not switched off."""
    return element.get(VAL) not in _OFF


def joins(properties: etree._Element) -> bool:
    """Whether a paragraph with such properties runs on into the next: its end is deleted, moved away or hidden.

    A heading that Word sets in one line with the text behind it stays a heading.
    """
    ends = [mark for path in _JOINING if (mark := properties.find(path)) is not None and is_on(mark)]
    return bool(ends) and properties.find(f"{W}rPr/{W}specVanish") is None


def _is_white(colour: etree._Element) -> bool:
    if colour.get(f"{W}themeColor") in _WHITE_THEMES:
        return colour.get(f"{W}themeShade") is None
    return _WHITE.fullmatch(colour.get(VAL, "")) is not None


def _is_shaded(run: etree._Element) -> bool:
    """Whether something around white text is filled."""
    marked = run.find(f"{_RPR}/{W}highlight")
    if marked is not None and marked.get(VAL) not in _NO_HIGHLIGHT:
        return True
    for around in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl")):
        shade = (around[0] if len(around) else around).find(f"{W}shd")
        if shade is not None and _fills(shade):
            return True
    return False


def _fills(shade: etree._Element) -> bool:
    ground = shade.get(f"{W}fill", "auto")
    return not (ground == "auto" or _WHITE.fullmatch(ground)) or shade.get(VAL) not in _NO_PATTERN


def _may_be_shaded(run: etree._Element) -> bool:
    """Whether a table around white text has a style, which may fill some of its cells."""
    return any(table.find(_TABLE_STYLE) is not None for table in run.iterancestors(f"{W}tbl"))


def written_out(body: etree._Element, styles: etree._Element | None) -> None:
    """Write what styles hide, strike, raise or whiten into the runs that have these styles, and fills into cells.

    Of the tables' styles only those that fill cells are left.
    """
    if styles is None:
        return
    sheet = _Sheet(styles)
    for run in body.iter(_R) if sheet.says_anything else ():
        if marks := [*sheet.of_characters(run), *sheet.of_paragraph(run)]:
            _add(run, marks)
    for table in body.iter(f"{W}tbl"):
        _write_out_table(table, sheet)
    for run in body.iter(_R) if sheet.defaults else ():
        _add(run, sheet.defaults)


def _write_out_table(table: etree._Element, sheet: "_Sheet") -> None:
    properties = table.find(f"{W}tblPr")
    named = None if properties is None else properties.find(f"{W}tblStyle")
    if properties is None or named is None:
        return
    name = named.get(VAL, "")
    style = sheet.of_table(name)
    for cell, parts in table_styles.cells(table, style) if style else ():
        _write_into(cell, parts, table)
    if not sheet.fills(name):
        properties.remove(named)


def _write_into(cell: etree._Element, parts: Sequence[Part], table: etree._Element) -> None:
    """Write what a table's style says of a cell into it, the most special part first; tables inside are their own."""
    if any(part.fills for part in parts):
        _fill(cell)
    marks = [mark for part in parts for mark in part.marks]
    for run in cell.iter(_R) if marks else ():
        if next(run.iterancestors(f"{W}tbl")) is table:
            _add(run, marks)


def _fill(cell: etree._Element) -> None:
    """Fill a cell, unless it says for itself what its ground is."""
    if not len(cell) or cell[0].tag != f"{W}tcPr":
        cell.insert(0, cell.makeelement(f"{W}tcPr"))
    if cell[0].find(f"{W}shd") is None:
        cell[0].append(cell.makeelement(f"{W}shd", {VAL: "solid"}))


def _add(run: etree._Element, marks: Iterable[etree._Element]) -> None:
    """What the run says for itself comes first, then the marks in their order."""
    if not len(run) or run[0].tag != _RPR:
        run.insert(0, run.makeelement(_RPR))
    for mark in marks:
        if run[0].find(mark.tag) is None:
            run[0].append(copy(mark))


class _Sheet:
    """The marks of a file's styles: those that hide, strike, raise or whiten."""

    def __init__(self, styles: etree._Element) -> None:
        self._known = {style.get(f"{W}styleId", ""): style for style in styles.iterchildren(f"{W}style")}
        self.defaults = [
            mark
            for mark in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{_RPR}/*")
            if mark.tag in _LOOKED_FOR
        ]
        self._usual = next(
            (
                name
                for name, style in self._known.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            "",
        )
        self._marks: dict[str, list[etree._Element]] = {name: self._of(name) for name in self._known}
        self.says_anything = any(self._marks.values())
        self._tables: dict[str, Style | None] = {}

    def of_characters(self, run: etree._Element) -> list[etree._Element]:
        """The marks of the run's own style."""
        named = run.find(f"{_RPR}/{W}rStyle")
        return [] if named is None else self._marks.get(named.get(VAL, ""), [])

    def of_paragraph(self, run: etree._Element) -> list[etree._Element]:
        """The marks of the style of the paragraph around it."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        named = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        return self._marks.get(self._usual if named is None else named.get(VAL, ""), [])

    def of_table(self, name: str) -> Style | None:
        """What the style of a table says of its cells, None when that is nothing."""
        if name not in self._tables:
            self._tables[name] = self._table(name)
        return self._tables[name]

    def _table(self, name: str) -> Style | None:
        lineage = list(self._lineage(name))
        parts: dict[str, Part] = {}
        for style in reversed(lineage):
            for part in (style, *style.iterfind(f"{W}tblStylePr")):
                # What is said first holds, so what is said later is put before.
                kind = "" if part is style else part.get(f"{W}type", "")
                below = parts.get(kind, Part())
                parts[kind] = Part((*_marks(part), *below.marks), _is_filled(part) or below.fills)
        if not any(part.marks or part.fills for part in parts.values()):
            return None
        return Style(parts, table_styles.band(lineage[0], "Row"), table_styles.band(lineage[0], "Col"))

    def _of(self, name: str) -> list[etree._Element]:
        """The marks of a style and of those it is based on."""
        found: dict[str, etree._Element] = {}
        for style in self._lineage(name):
            for mark in style.iterfind(f"{_RPR}/*"):
                # White on a ground of the style's own shows.
                if mark.tag in _LOOKED_FOR and not (mark.tag == _COLOUR and self.fills(name)):
                    found.setdefault(str(mark.tag), mark)
        return list(found.values())

    def fills(self, name: str) -> bool:
        """Whether a style, or one it is based on, fills anything with a colour."""
        return any(_fills(shade) for style in self._lineage(name) for shade in style.iter(f"{W}shd"))

    def _lineage(self, name: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self._known.get(name)
            if style is None:
                return
            yield style
            based = style.find(f"{W}basedOn")
            name = "" if based is None else based.get(VAL, "")


def _marks(part: etree._Element) -> Iterator[etree._Element]:
    return (mark for mark in part.iterfind(f"{_RPR}/*") if mark.tag in _LOOKED_FOR)


def _is_filled(part: etree._Element) -> bool:
    return any(_fills(shade) for shade in part.iterfind(f"{W}tcPr/{W}shd"))
