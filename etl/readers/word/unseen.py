"""What a Word file holds without printing it as part of the line: hidden, struck out, white, raised and lowered text."""

from copy import copy
from enum import Enum

from lxml import etree

from etl.readers.word.numbering import VAL, W

_OFF = ("0", "false", "off")
_WHITE = ("FFFFFF", "ffffff")
_PLAIN, _NO_PATTERN = (None, "auto", *_WHITE), (None, "clear", "nil")
MARKS = ("vanish", "strike", "dstrike", "vertAlign", "position", "color")
_LOOKED_FOR = tuple(f"{W}{name}" for name in MARKS)
_GONE = (f"{W}vanish", f"{W}strike", f"{W}dstrike")
_DEEPEST = 12


class Sight(Enum):
    """How a run of text shows: in its line, not at all, or above or below the line as a note's mark does."""

    SHOWN = 0
    GONE = 1
    RAISED = 2


def sight(run: etree._Element) -> Sight:
    """How a run shows, by its own properties."""
    found = Sight.SHOWN
    for mark in run[0].iterchildren(*_LOOKED_FOR):
        value = mark.get(VAL)
        if mark.tag in _GONE:
            if is_on(mark):
                return Sight.GONE
        elif mark.tag == f"{W}color":
            if value in _WHITE and not _is_shaded(run):
                return Sight.GONE
        elif value in ("superscript", "subscript") or (
            mark.tag == f"{W}position" and value not in (None, "0")
        ):
            found = Sight.RAISED
    return found


def is_on(element: etree._Element) -> bool:
    """Whether a property that is there is not switched off."""
    return element.get(VAL) not in _OFF


def _is_shaded(run: etree._Element) -> bool:
    """Whether white text may show: something around it is filled, or its table has a style that may fill it."""
    for around in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl")):
        properties = around[0] if len(around) else around
        shade = properties.find(f"{W}shd")
        filled = shade is not None and (
            shade.get(f"{W}fill") not in _PLAIN or shade.get(VAL) not in _NO_PATTERN
        )
        if filled or properties.find(f"{W}tblStyle") is not None:
            return True
    return False


def written_out(body: etree._Element, styles: etree._Element | None) -> None:
    """Write what character styles hide or raise into the runs that have these styles."""
    if styles is None:
        return
    marks = {name: _marks(styles, name) for name in _named(body)}
    for run in body.iter(f"{W}r"):
        named = run.find(f"{W}rPr/{W}rStyle")
        for mark in marks.get(named.get(VAL, ""), ()) if named is not None else ():
            if run[0].find(mark.tag) is None:
                run[0].append(copy(mark))


def _named(body: etree._Element) -> set[str]:
    return {named.get(VAL, "") for named in body.iter(f"{W}rStyle")}


def _marks(styles: etree._Element, name: str) -> list[etree._Element]:
    """The marks of a style and of those it is based on."""
    known = {style.get(f"{W}styleId"): style for style in styles.iterchildren(f"{W}style")}
    found: dict[str, etree._Element] = {}
    for _ in range(_DEEPEST):
        style = known.get(name)
        if style is None:
            break
        for mark in style.iterfind(f"{W}rPr/*"):
            if mark.tag in _LOOKED_FOR:
                found.setdefault(str(mark.tag), mark)
        based = style.find(f"{W}basedOn")
        name = "" if based is None else based.get(VAL, "")
    return list(found.values())
