"""Printed characters and the lines, words and texts they make. Lengths are points, y grows downwards."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from etl.readers.showing import DOUBT

# Characters written without blanks between them: Han, kana, CJK and full-width punctuation, general quotes.
CJK = re.compile(r"[\u2014-\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff65\U00020000-\U0003ffff]")
# The two margins of a cell as Word sets them (5.4 each), and a little more.
PADDING = 14.0
# What begins a label or a paragraph of its own: 一、 （二） 3. 第二十条; set apart, 3 .
NUMBERED = re.compile(
    r"[(（]? ?(?:[一二三四五六七八九十]+|\d+) ?[)）.．、:：]|第[一二三四五六七八九十]+[条项]"
)
# Figures a line: cells with room for fewer may as well hold two numbers below each other as one that is folded.
_TELLING = 3
# Of a character's height: a gap wider than a blank between two words of a text.
_NARROW = 0.2
# And one that parts figures printed in two goes, which some programs do with every figure.
_TOUCHING = 0.08
# Characters of a word set apart, and how far at most, of their width: the heads of columns stand further apart.
_LETTERS, _SET_APART = 2, 1.3
CIRCLED = re.compile("[\u2460-\u24ff]")
# Asked of each character several times, and there are few different ones.
IN_NUMBER = lru_cache(maxsize=4096)(re.compile(r"[\d.,，．]").match)
# With a unit or a note's mark, as a cell may print them.
VALUE = re.compile(
    r"[+-]?\d[\d,.]*(?:%|[件条个项次元宗起份例]|万元|人次|件次)?(?:\*{1,3}|\[\d{1,2}\])?|[-—–/]+|无"
)


class Glyph(NamedTuple):
    """One printed character and its box; a plain tuple, since a filing has thousands of them.

    Figures with the same `run` were printed in one go.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    run: int = 0


def doubted(glyph: Glyph) -> Glyph:
    """The glyph, as `DOUBT` if it is of a figure."""
    return glyph._replace(text=DOUBT) if IN_NUMBER(glyph.text) else glyph


_LEFT = itemgetter(1)


def _middle(glyph: Glyph) -> float:
    return glyph[3] + glyph[4]


class Word(NamedTuple):
    """Characters of one line without a wide gap between them; `page` counts from 1.

    Words between the same two rules across the page share a `row` of it, from 1; those of a cell there are one word, of
    as many `lines` as it is folded into.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    row: int = 0
    lines: int = 1

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Whether the text is what stands in a value cell: a number, a dash, a slash or 无; ① is a note's mark."""
    return CIRCLED.search(text) is None and VALUE.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def reach(glyphs: list[Glyph], ends: Mapping[int, float]) -> None:
    """Let characters reach, in place, as far as `ends` says by their identity: nothing stands between them and the next."""
    glyphs[:] = [glyph._replace(right=ends.get(id(glyph), glyph.right)) for glyph in glyphs]


def lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs in lines from top to bottom, each from left to right, each printed character once."""
    if len(glyphs) == 1:
        return [[*glyphs]]
    found: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=_middle):
        centre = (glyph[3] + glyph[4]) / 2
        tall = glyph[4] - glyph[3]
        if found and centre - middle < 0.5 * (tall if tall < height else height):
            found[-1].append(glyph)
        else:
            found.append([glyph])
            middle, height = centre, tall
    return [_once(line) if len(line) > 1 else line for line in found]


def _once(line: list[Glyph]) -> list[Glyph]:
    """From left to right, without the second print of a character that makes it look bold."""
    line.sort(key=_LEFT)
    kept = [line[0]]
    for glyph in line[1:]:
        # Two characters printed twice may come as a, b, a, b when they overlap: look two back.
        close = glyph[1] - 0.3 * (glyph[2] - glyph[1])
        if kept[-1][1] <= close or all(other[0] != glyph[0] or other[1] <= close for other in kept[-2:]):
            kept.append(glyph)
    return kept


def line_text(line: Sequence[Glyph]) -> str:
    """The text of one line; a blank stands only where a gap separates two characters outside CJK."""
    text = ""
    right = 0.0
    for glyph in line:
        if (
            text
            and glyph[1] - right > 0.15 * (glyph[4] - glyph[3])
            and not touches_cjk(text[-1], glyph[0][0])
        ):
            text += " "
        text += glyph[0]
        right = glyph[2]
    return text


def words(line: Sequence[Glyph], page: int) -> list[Word]:
    """The line cut where a gap is wider than any within a text: columns of a tight table stand no further apart."""
    cuts = [0]
    for index in range(1, len(line)):
        before, glyph = line[index - 1], line[index]
        gap = (glyph[1] - before[2]) / (glyph[4] - glyph[3])
        if gap > _NARROW or (gap > _TOUCHING and before[5] and glyph[5] and before[5] != glyph[5]):
            cuts.append(index)
    cuts = _without_letters(line, cuts)
    return [_word(line[start:end], page) for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _without_letters(line: Sequence[Glyph], cuts: Sequence[int]) -> list[int]:
    """The cuts without those between characters that a program set apart to fill a line, all equally far; 无 and — are values."""
    ends = (*cuts[1:], len(line))
    alone = [
        end - start == 1 and CJK.match(line[start][0]) is not None and not is_value(line[start][0])
        for start, end in zip(cuts, ends, strict=True)
    ]
    if sum(alone) < _LETTERS:
        return list(cuts)
    room = [float("inf"), *(line[cut][1] - line[cut - 1][2] for cut in cuts[1:]), float("inf")]
    kept = [0]
    for at in range(1, len(cuts)):
        size = line[cuts[at]][2] - line[cuts[at]][1]
        near = room[at] < _SET_APART * size and room[at] < 1.25 * min(room[at - 1], room[at + 1])
        if not (alone[at - 1] and alone[at] and near):
            kept.append(cuts[at])
    return kept


def _word(part: Sequence[Glyph], page: int) -> Word:
    top, bottom = min(glyph[3] for glyph in part), max(glyph[4] for glyph in part)
    return Word(line_text(part), part[0][1], part[-1][2], top, bottom, page)


def touches_cjk(before: str, after: str) -> bool:
    """Whether no blank is due between the two characters because one of them is CJK; between two figures one always is."""
    figures = before.isdecimal() and after.isdecimal()
    return not figures and (CJK.match(before) is not None or CJK.match(after) is not None)


def join(before: str, after: str) -> str:
    """Two lines of one text as one: nothing between CJK characters, a blank between words."""
    if not before or not after or touches_cjk(before[-1], after[0]):
        return before + after
    return f"{before} {after}"


def cell_text(rows: Sequence[Sequence[Glyph]], width: float, telling: int = _TELLING) -> str:
    """The text of a cell's lines; a number wrapped because the cell was too narrow for it stays one.

    That is certain only if at least `telling` figures found room in its first line.
    """
    if len(rows) == 1:
        return line_text(rows[0])
    text = ""
    room = width
    tells = bool(rows) and len(rows[0]) >= telling
    widest = max((line[-1][2] - line[0][1] for line in rows), default=0.0)
    for line in rows:
        printed = line_text(line)
        digit = line[0][2] - line[0][1]
        full = room < digit + PADDING and width - room + 0.8 * digit > widest and tells
        wrapped = _is_cut(text, printed) or (_in_number(text[-1:]) and _in_number(printed[:1]) and full)
        text = text + printed if wrapped else join(text, printed)
        room = width - (line[-1][2] - line[0][1])
    return text


def _in_number(letter: str) -> bool:
    return letter != "" and IN_NUMBER(letter) is not None


def _is_cut(before: str, after: str) -> bool:
    """Whether a number is cut at its separator, so that one of its parts alone is none."""
    return bool(before and after) and (
        (before[-1] in ",，" and after[0].isdigit()) or (before[-1].isdigit() and after[0] in ",，.．")
    )
