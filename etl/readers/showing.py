"""How text shows on the paper: the one scale onto which every format's own marks are mapped, and what is taken of each."""

import re
from enum import IntEnum

# Beside figures that may be others than they seem: `counts.read` takes them for illegible.
DOUBT = "?"
# Half points: print below it is a speck on the paper.
SMALLEST = 5
_RAISED = "\ue000{}\ue001"
_NOTE = re.compile("\ue000[^\ue001]*\ue001")
_FIGURE = re.compile("[\\d零〇]")


class Showing(IntEnum):
    """How text shows; where a format says several things of the same text, the last of these words holds.

    DOUBTED: a reader may see it or not, as white on a ground that is not told. RAISED: above or below the line, as a
    note's mark. GONE: hidden, deleted, or struck out.
    """

    SHOWN = 0
    DOUBTED = 1
    RAISED = 2
    GONE = 3


def taken(text: str, showing: Showing) -> str:
    """What is taken of a text that shows so: nothing, or the text with a mark that keeps it from being part of a number."""
    if showing is Showing.GONE or not text:
        return ""
    if showing is Showing.RAISED:
        return _RAISED.format(text)
    return text + DOUBT if showing is Showing.DOUBTED and _FIGURE.search(text) else text


def without_notes(text: str) -> str:
    """The text of a paragraph without what is raised, lest 5 with a raised 1 be read as 51, unless that stands alone."""
    if "\ue000" not in text:
        return text
    bare = _NOTE.sub("", text)
    return bare if bare.strip() else text.replace("\ue000", "").replace("\ue001", "")
