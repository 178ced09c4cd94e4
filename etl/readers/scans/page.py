"""Pictures of pages → what a PDF page with text gives: printed characters with their places, and ruled grids.

A number counts only when two readings of it agree, both are sure, and it has as many figures as there are
marks of ink; else its cell gets a `？`, which makes it illegible, never a number and never a blank.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mean

import cv2
import numpy as np

from etl.readers.geometry.glyphs import CJK, Glyph
from etl.readers.geometry.ruled import Grid, Region, grids, merged
from etl.readers.scan import Sight
from etl.readers.scans import marks, rules, spread
from etl.readers.scans.direction import quarters
from etl.readers.scans.picture import PER_POINT, Box, Picture, Pixels, letter_height, picture
from etl.readers.scans.slant import squared
from etl.readers.scans.text import Text, located, recognised

DOUBT = "？"
_SURE = 0.9
_SURE_ONCE = 0.7
# Below it what was recognised is a photograph's pattern or handwriting, not print.
_LEGIBLE = 0.5
# Of 255: more ink than this is on no empty page, and hardly less light.
_DUST, _LIGHT = 0.1, 128
_INSET = 1.3
_SOFT = 0.9
# The width of a seal in points: 4.5 cm, as wide as they are made for governments.
_SEAL = 130
_VALUE = re.compile(r"[\s+\-—–/.,，\d]*|[无零〇]")
# What recognition makes of a slash alone in its cell; of a dash it makes anything.
_SLASHES = frozenset("1/丿|lI")
# How far a slash leans at least, and a 1 at most, as a part of its height.
_SLASH_LEANS, _ONE_LEANS = 0.14, 0.06
_LABEL_NUMBER = re.compile(r"\d{1,2}[.、)]")
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class _Line:
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


def sight(colours: Pixels, whole_sheet: bool) -> Sight:
    """What stands in an RGB picture of a page or of a part of one, whichever way it lies."""
    return _trusted(*_lying(colours, whole_sheet))


def sights(colours: Pixels) -> list[Sight]:
    """What stands on the page that an RGB picture of a sheet shows, or on each of two side by side."""
    halves = spread.halves(colours)
    lying = [_lying(half) for half in halves]
    if halves[0] is not colours and any(turn % 2 for _, turn in lying):
        # A page on its side, with a gap in its middle or empty from there on.
        return [sight(colours, whole_sheet=True)]
    upside_down = all(turn for _, turn in lying)
    return [_trusted(page, turn) for page, turn in (reversed(lying) if upside_down else lying)]


def _lying(colours: Pixels, whole_sheet: bool = True) -> tuple[Picture, int]:
    """The page seen from straight above, and the quarters of a circle that set it upright."""
    page = squared(picture(colours, whole_sheet))
    return page, quarters(page)


def _trusted(page: Picture, turn: int) -> Sight:
    seen = _sight(page.turned(turn))
    return seen if seen.sure > _LEGIBLE else replace(seen, glyphs=[], grids=[])


def _sight(page: Picture) -> Sight:
    letter = letter_height(page.ink)
    across, down, bare = rules.ruled(page, letter)
    tables = grids(merged(across), merged(down))
    hiding = rules.hiding(page, across, down)
    lines: list[_Line] = []
    robbed: list[Box] = []
    glyphs: list[Glyph] = []
    for cell, tall in _cells(bare, tables, letter):
        found = marks.lines(bare, cell, tall)
        spoiled = marks.is_spoiled(page, bare, cell)
        alone = len(found) == 1 and marks.is_alone(page, bare, cell, found[0])
        lines += [_Line(box, cell, alone, spoiled) for box in found]
        robbed += [cell] if spoiled else []
        if not found and (spoiled or marks.is_stained(page, bare, hiding, cell)):
            glyphs += _spread(Text(DOUBT, (0.0,), (0.5,)), cell)
    lines = _without_rests(lines, robbed)
    lines += [_Line(box) for box in _lines_outside(bare, tables)]
    crops = [_crop(page.grey, line.box) for line in lines]
    texts = recognised(crops)
    for line, text in zip(lines, _checked(bare, lines, crops, texts), strict=True):
        glyphs += _spread(text, line.box)
    blank = not lines and not glyphs and page.ink.mean() < _DUST and page.grey.mean() > _LIGHT
    return Sight(glyphs, tables, _sureness(texts), blank)


def _without_rests(lines: Sequence[_Line], robbed: Sequence[Box]) -> list[_Line]:
    """The lines, none near a cell robbed of ink alone in its own: a piece of a grey seal may look like a dash."""
    return [
        replace(line, alone=False) if any(_near(line.box, cell) for cell in robbed) else line
        for line in lines
    ]


def _near(one: Box, other: Box) -> bool:
    return max(abs(one.left - other.left), abs(one.top - other.top)) < _SEAL * PER_POINT


def _sureness(texts: Iterable[Text]) -> float:
    words = [mean(text.sure) for text in texts if len(text.text) > 3 and CJK.search(text.text)]
    return mean(words) if words else 0.0


def _cells(page: Picture, tables: Sequence[Grid], letter: float) -> Iterator[tuple[Box, float]]:
    """Every cell with the height of a character in its table, which is often printed smaller than the prose."""
    for grid in tables:
        left, top, right, bottom = _sides(grid)
        tall = letter_height(page.ink[top:bottom, left:right], letter)
        yield from ((_inside(grid, region), tall) for region in grid.regions)


def _sides(grid: Grid) -> Box:
    return Box(*(round(side * PER_POINT) for side in (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])))


def _inside(grid: Grid, region: Region) -> Box:
    """The pixels of a cell within its rules."""
    left, right = grid.xs[region.column], grid.xs[region.column + region.columns]
    top, bottom = grid.ys[region.row], grid.ys[region.row + region.rows]
    sides = (left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)
    return Box(*(max(round(side * PER_POINT), 0) for side in sides))


def _lines_outside(page: Picture, tables: Sequence[Grid]) -> Iterator[Box]:
    """The lines of text that stand in no table."""
    grey, ink = page.grey.copy(), page.ink.copy()
    for grid in tables:
        left, top, right, bottom = _sides(grid)
        area = slice(max(top - 6, 0), bottom + 6), slice(max(left - 6, 0), right + 6)
        grey[area], ink[area] = 255, 0
    rows = np.flatnonzero(cv2.erode(ink, np.ones((2, 2), np.uint8)).any(axis=1))
    if not len(rows):
        return
    start = max(int(rows[0]) - 30, 0)
    for left, top, right, bottom in located(grey[start : int(rows[-1]) + 30]):
        inked = ink[top + start : bottom + start, left:right]
        across, down = np.flatnonzero(inked.any(axis=0)), np.flatnonzero(inked.any(axis=1))
        if len(across):
            yield Box(
                left + int(across[0]),
                top + start + int(down[0]),
                left + int(across[-1]) + 1,
                top + start + int(down[-1]) + 1,
            )


def _crop(grey: Pixels, box: Box) -> Pixels:
    """The line on plain paper: what stands around it is not part of it."""
    return _margined(grey[box.top : box.bottom, box.left : box.right], 0.2)


def _margined(line: Pixels, margin: float) -> Pixels:
    edge = max(round(margin * max(line.shape[0], 12)), 2)
    paper = float(np.percentile(line, 95))
    return cv2.copyMakeBorder(line, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(paper,))


def _checked(
    page: Picture, lines: Sequence[_Line], crops: Sequence[Pixels], texts: Sequence[Text]
) -> Iterator[Text]:
    """The texts with their numbers read a second time, in another picture of the same line."""
    again = [at for at, text in enumerate(texts) if _is_value(text.text) or _NUMBER.search(_plain(text.text))]
    softened = [_margined(cv2.GaussianBlur(crops[at], (0, 0), _SOFT), 0.1) for at in again]
    second = dict(zip(again, recognised(softened), strict=True))
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        dash = _dash(page, line) if line.alone and not line.spoiled else ""
        if dash and (dash == "—" or text.text in _SLASHES):
            yield Text(dash, (1.0,), (0.5,))
        elif _is_value(text.text):
            leans = text.text in _SLASHES and marks.lean(page, line.box) > _ONE_LEANS
            certain = not (line.spoiled or leans) and _is_certain(page, line.box, text, second[at])
            yield text if certain else _doubted(text)
        elif at not in second:
            yield text
        else:
            yield _without_doubtful(text, second[at], line.cell is not None)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_value(text: str) -> bool:
    return (len(text) < 2 and not CJK.search(text)) or _VALUE.fullmatch(_plain(text)) is not None


def _is_certain(page: Picture, box: Box, text: Text, again: Text) -> bool:
    plain = _plain(text.text)
    if not plain or plain != _plain(again.text):
        return False
    count = sum(letter.isdigit() for letter in plain)
    least, most = marks.figures(page, box) if count else (0, 0)
    sure = min(text.sure), min(again.sure)
    return least <= count <= most and min(sure) >= _SURE_ONCE and mean(sure) >= _SURE


def _dash(page: Picture, line: _Line) -> str:
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


def _spread(text: Text, box: Box) -> Iterator[Glyph]:
    """The characters of a line as glyphs; where they follow each other they touch."""
    left, top, right, bottom = (side / PER_POINT for side in box)
    height = bottom - top
    if not text.text:
        return
    centres = [left + place * (right - left) for place in text.places]
    for at, (letter, centre) in enumerate(zip(text.text, centres, strict=True)):
        half = height * (0.5 if CJK.match(letter) else 0.28)
        before = (centres[at - 1] + centre) / 2 if at else left
        after = (centres[at + 1] + centre) / 2 if at + 1 < len(centres) else right
        if not letter.isspace():
            start = before if centre - before < 2 * half else centre - half
            end = after if after - centre < 2 * half else centre + half
            yield Glyph(letter, start, max(end, start + 0.1), top, bottom)
