"""Tracked changes of a text, taken as accepted: what was deleted but left standing in its place goes."""

from lxml import etree

from etl.readers.opendocument import DRAW, TEXT

_ID = f"{TEXT}change-id"
# What shows without a text of its own.
_SHOWN = (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}note", f"{DRAW}frame")


def accept(text: etree._Element) -> None:
    """Take out what stands between the marks of a deletion; programs that show changes in the text write it so.

    Others keep what was deleted with the list of changes, which is not read.
    """
    regions = text.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region")
    deletions = {region.get(f"{TEXT}id") for region in regions if region.find(f"{TEXT}deletion") is not None}
    # A deletion that never ends would take the rest of the text with it.
    deletions &= {mark.get(_ID) for mark in text.iter(f"{TEXT}change-end")}
    within: set[str | None] = set()
    gone: list[etree._Element] = []
    for event, element in etree.iterwalk(text, events=("start", "end")) if deletions else ():
        if event == "end":
            if within:
                element.tail = None
            continue
        if within:
            element.text = None
            gone += [element] if element.tag in _SHOWN else []
        if element.tag == f"{TEXT}change-start" and element.get(_ID) in deletions:
            within.add(element.get(_ID))
        elif element.tag == f"{TEXT}change-end":
            within.discard(element.get(_ID))
    for element in gone:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
