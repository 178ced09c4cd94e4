"""What a Word file holds without printing it as part of the line: hidden, struck out, white, raised and lowered text."""

from collections.abc import Iterator
from copy import copy

from lxml import etree

from etl.readers.showing import Showing
from etl.readers.word.numbering import VAL, W

_OFF = ("0", "false", "off")
_WHITE = ("FFFFFF", "ffffff")
_PLAIN, _NO_PATTERN = (None, "auto", *_WHITE), (None, "clear", "nil")
MARKS = ("vanish", "strike", "dstrike", "vertAlign", "position", "color")
_LOOKED_FOR = tuple(f"{W}{name}" for name in MARKS)
_GONE = (f"{W}vanish", f"{W}strike", f"{W}dstrike")
_R, _RPR, _COLOUR = f"{W}r", f"{W}rPr", f"{W}color"
_TABLE_STYLE = f"{W}tblPr/{W}tblStyle"
_DEEPEST = 12


def showing(run: etree._Element) -> Showing:
    """How a run shows, by its own properties."""
    return max((_said(mark, run) for mark in run[0].iterchildren(*_LOOKED_FOR)), default=Showing.SHOWN)


def _said(mark: etree._Element, run: etree._Element) -> Showing:
    value = mark.get(VAL)
    if mark.tag in _GONE:
        return Showing.GONE if is_on(mark) else Showing.SHOWN
    if mark.tag == _COLOUR:
        if value not in _WHITE or _is_shaded(run):
            return Showing.SHOWN
        return Showing.DOUBTED if _may_be_shaded(run) else Showing.GONE
    is_moved = mark.tag == f"{W}position" and value not in (None, "0")
    return Showing.RAISED if is_moved or value in ("superscript", "subscript") else Showing.SHOWN


def is_on(element: etree._Element) -> bool:
    """Whether a property that is there is not switched off."""
    return element.get(VAL) not in _OFF


def _is_shaded(run: etree._Element) -> bool:
    """Whether something around white text is filled."""
    for around in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl")):
        shade = (around[0] if len(around) else around).find(f"{W}shd")
        if shade is not None and _fills(shade):
            return True
    return False


def _fills(shade: etree._Element) -> bool:
    return shade.get(f"{W}fill") not in _PLAIN or shade.get(VAL) not in _NO_PATTERN


def _may_be_shaded(run: etree._Element) -> bool:
    """Whether a table around white text has a style, which may fill some of its cells."""
    return any(table.find(_TABLE_STYLE) is not None for table in run.iterancestors(f"{W}tbl"))


def written_out(body: etree._Element, styles: etree._Element | None) -> None:
    """Write what styles hide, strike, raise or whiten into the runs that have these styles.

    Of the tables' styles only those that fill cells are left.
    """
    if styles is None:
        return
    sheet = _Sheet(styles)
    for properties in body.iter(f"{W}tblPr"):
        named = properties.find(f"{W}tblStyle")
        if named is not None and not sheet.fills(named.get(VAL, "")):
            properties.remove(named)
    for run in body.iter(_R) if sheet.says_anything else ():
        if marks := [*sheet.of_characters(run), *sheet.of_paragraph(run)]:
            _add(run, marks)


def _add(run: etree._Element, marks: list[etree._Element]) -> None:
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
        self._defaults = [
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
        self.says_anything = bool(self._defaults) or any(self._marks.values())

    def of_characters(self, run: etree._Element) -> list[etree._Element]:
        """The marks of the run's own style."""
        named = run.find(f"{_RPR}/{W}rStyle")
        return [] if named is None else self._marks.get(named.get(VAL, ""), [])

    def of_paragraph(self, run: etree._Element) -> list[etree._Element]:
        """The marks of the style of the paragraph around it, and those of the whole document."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        named = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        return self._marks.get(self._usual if named is None else named.get(VAL, ""), []) + self._defaults

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
