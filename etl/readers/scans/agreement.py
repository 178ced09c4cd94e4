"""What two readings of a line of print agree on.

A number counts only when two readings of it agree, both are sure, and its ink is print throughout; else its cell gets
a `？`, which makes it illegible, never a number and never a blank.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import NamedTuple

import cv2
import numpy as np

from etl.readers.geometry.glyphs import CJK
from etl.readers.scans import likeness, marks, pen, touching
from etl.readers.scans.picture import PER_POINT, Box, Picture, Pixels
from etl.readers.scans.text import Text, recognised

DOUBT = "？"
_SURE = 0.9
_SURE_ONCE = 0.7
_SOFT = 0.9
_VALUE = re.compile(r"[\s+\-—–/.,，\d]*|[无零〇]")
# What recognition makes of a slash alone in its cell; of a dash it makes anything.
_SLASHES = frozenset("1/丿|lI")
# How dark a number or a sign is at least, of what most print of the page is: a stroke of a watermark is none.
_PALEST = 0.5
# How far a slash leans at least, and a 1 at most, as a part of its height.
_SLASH_LEANS, _ONE_LEANS = 0.14, 0.06
_LABEL_NUMBER = re.compile(r"\d{1,2}[.、)]")
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print; if it stands in a cell of a grid, which, whether alone, and whether ink was taken out of it."""

    box: Box
    cell: Box | None = None
    alone: bool = False
    spoiled: bool = False

    @property
    def is_central(self) -> bool:
        """Whether it stands well between the rules above and below it."""
        if self.cell is None:
            return False
        middle, tall = (self.box.top + self.box.bottom) / 2, self.cell.bottom - self.cell.top
        return 0.3 * tall < middle - self.cell.top < 0.7 * tall


class Read(NamedTuple):
    """The text of each line, and how sure the recognition is of the words among them (0 to 1)."""

    texts: list[Text]
    sure: float


def read(page: Picture, bare: Picture, lines: Sequence[Line]) -> Read:
    """What the lines of a page say; `bare` is the page without its rules."""
    looks = [_look(page, bare, line) for line in lines]
    texts = recognised([look.first for look in looks])
    checked = list(_checked(bare, lines, looks, texts))
    return Read(list(_printed(page, bare, lines, checked)), _sureness(texts))


def _printed(page: Picture, bare: Picture, lines: Sequence[Line], texts: Sequence[Text]) -> Iterator[Text]:
    """The texts, in doubt every number that is not print throughout: as the page's own figures show, or else its ink.

    So is what is pale, and a sign without figures that does not stand alone in its cell.
    """
    numbers = {
        at: likeness.Number(line.box, plain)
        for at, (line, text) in enumerate(zip(lines, texts, strict=True))
        if _NUMBER.fullmatch(plain := _plain(text.text))
    }
    are_print = dict(zip(numbers, likeness.are_print(page, bare, list(numbers.values())), strict=True))
    darkness = [marks.darkness(page, line.box) for line in lines]
    least = _PALEST * median(darkness or [0.0])
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        is_print = are_print.get(at, True)
        if is_print is None:
            is_print = _looks_printed(bare, *numbers[at])
        if at in numbers or _is_sign(text.text):
            beside = line.cell is not None and not line.alone and at not in numbers
            is_print = is_print and not beside and darkness[at] >= least
        yield text if is_print else _doubted(text)


def _looks_printed(bare: Picture, box: Box, text: str) -> bool:
    """Whether a number has as many figures as there are marks of ink, level and as tall as each other, and no line through."""
    count = sum(letter.isdigit() for letter in text)
    least, most = marks.figures(bare, box) if count else (0, 0)
    return least <= count <= most and not pen.is_struck(bare, box)


class _Look(NamedTuple):
    """A picture of one line, and where it touches its cell's rules another, in which those above and below stay.

    `cut` says that it touches one beside it, which may have taken a part of a figure with it.
    """

    first: Pixels
    ruled: Pixels | None = None
    cut: bool = False

    @property
    def second(self) -> Pixels:
        softened = cv2.GaussianBlur(self.first, (0, 0), _SOFT)
        return _margined(softened if self.ruled is None else self.ruled, 0.1)


def _look(page: Picture, bare: Picture, line: Line) -> _Look:
    box = touching.widened(line.cell, line.box) if line.cell else line.box
    if box == line.box:
        # The line on plain paper: what stands around it is not part of it.
        return _Look(_margined(page.grey[box.top : box.bottom, box.left : box.right], 0.2))
    first, ruled = touching.lifted(page, bare, line.box, box)
    return _Look(_margined(first, 0.2), ruled, (box.left, box.right) != (line.box.left, line.box.right))


def _sureness(texts: Iterable[Text]) -> float:
    words = [mean(text.sure) for text in texts if len(text.text) > 3 and CJK.search(text.text)]
    return mean(words) if words else 0.0


def _margined(line: Pixels, margin: float) -> Pixels:
    edge = max(round(margin * max(line.shape[0], 12)), 2)
    paper = float(np.percentile(line, 95))
    return cv2.copyMakeBorder(line, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(paper,))


def _checked(
    page: Picture, lines: Sequence[Line], looks: Sequence[_Look], texts: Sequence[Text]
) -> Iterator[Text]:
    """The texts with their numbers, and what touches rules, read a second time in another picture of the same line."""
    again = [
        at
        for at, (look, text) in enumerate(zip(looks, texts, strict=True))
        if look.ruled is not None or _is_value(text.text) or _NUMBER.search(_plain(text.text))
    ]
    second = dict(zip(again, recognised([looks[at].second for at in again]), strict=True))
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        touches = looks[at].ruled is not None
        dash = _dash(page, line) if line.alone and not line.spoiled else ""
        if dash == "—" or (dash and text.text in _SLASHES and not looks[at].cut):
            yield Text(dash, (1.0,), (0.5,))
        elif _is_value(text.text):
            leans = text.text in _SLASHES and marks.lean(page, line.box) > _ONE_LEANS
            certain = not (line.spoiled or leans) and _is_certain(page, line.box, text, second[at])
            yield text if certain else _doubted(text)
        elif at not in second:
            yield text
        else:
            better, other = (
                sorted((text, second[at]), key=_words, reverse=True) if touches else (text, second[at])
            )
            yield _without_doubtful(better, other, line.cell is not None)


def _words(text: Text) -> tuple[int, float]:
    """How much of a line was recognised: strokes cut off with a rule take characters with them."""
    return len(CJK.findall(text.text)), mean(text.sure or (0.0,))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_sign(text: str) -> bool:
    """Whether a value is no number: a dash, a slash, or what was taken for one."""
    return bool(text) and text != DOUBT and _is_value(text) and not any(map(str.isdigit, text))


def _is_value(text: str) -> bool:
    return (len(text) < 2 and not CJK.search(text)) or _VALUE.fullmatch(_plain(text)) is not None


def _is_certain(page: Picture, box: Box, text: Text, again: Text) -> bool:
    plain = _plain(text.text)
    if not plain or plain != _plain(again.text):
        return False
    sure = min(text.sure), min(again.sure)
    # Whether a number is print is asked of all numbers together.
    printed = _NUMBER.fullmatch(plain) is not None or _looks_printed(page, box, plain)
    return printed and min(sure) >= _SURE_ONCE and mean(sure) >= _SURE


def _dash(page: Picture, line: Line) -> str:
    """`—` or `/` where the one mark in a line has that shape, else nothing: recognition takes them for 一 and 1."""
    box = line.box
    tall, wide = box.bottom - box.top, box.right - box.left
    # What is left of a rule under a seal looks like a dash.
    sealed = page.red[max(box.top - 9, 0) : box.bottom + 9, max(box.left - 9, 0) : box.right + 9].any()
    if sealed and not line.is_central:
        return ""
    if wide > 1.6 * tall and tall < 3 * PER_POINT:
        return "—"
    return "/" if marks.lean(page, box) > _SLASH_LEANS and 0.25 * tall < wide < tall else ""


def _doubted(text: Text) -> Text:
    if not _NUMBER.search(_plain(text.text)):
        return Text(DOUBT, (0.0,), (0.5,))
    return Text(text.text + DOUBT, (*text.sure, 0.0), (*text.places, 1.0))


def _without_doubtful(text: Text, again: Text, in_cell: bool) -> Text:
    """The text with every number that two readings do not agree on as a mark of doubt."""
    if len(_plain(text.text)) != len(text.text):
        return text
    numbers, others = _NUMBER.finditer(_plain(text.text)), _NUMBER.findall(_plain(again.text))
    doubtful = [
        at.span()
        for order, at in enumerate(numbers)
        if others[order : order + 1] != [at[0]] or min(text.sure[slice(*at.span())]) < _SURE
    ]
    if in_cell and doubtful and doubtful[0][0] == 0 and not _LABEL_NUMBER.match(_plain(text.text)):
        return _doubted(text)
    letters = list(text.text)
    for start, end in doubtful:
        letters[start:end] = [DOUBT] * (end - start)
    return Text("".join(letters), text.sure, text.places)
