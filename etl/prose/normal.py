"""A normalised copy of the text that knows the way back, since a sentence quotes the input."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.prose.table import MEASURES, SIMPLIFIED

_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_NUMBERING = re.compile(r"[一二三四五六七八九十]{1,3}、|[(第]|\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]是")
# 收到申请“0”件, 公开信息【269】条: the marks set the figure off and are no stop.
_SET_OFF = re.compile(
    r"""(?<=[\u4e00-\u9fff])[“"'‘【\[]\d+(?:\.\d+)?[”"'’】\]](?=[条件篇次份个宗起期场元万])"""
)
# A figure that goes on in the next line, where its measure word stands.
_SPLIT = re.compile(
    rf"[\u4e00-\u9fff][^\S\n]?\d{{1,4}}\s*\n\s*\d{{1,5}}[余多]?[^\S\n]?(?:万|{'|'.join(MEASURES)})"
)
# The cells of a row run together.
_CELLS = re.compile(r"[\u4e00-\u9fff]\d{5,}$")
# A line of running text is at least this long, in characters without blanks; headings and cells are shorter.
_FULL_LINE = 18
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])[^。;:]{4,40}(?:情况|方面|工作|问题|措施|事项)$"
)
_GAP = re.compile(r"(?<=\d)[^\S\n]+(?=\d)|[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Normal:
    """`text` is normalised; `offsets[i]` is where its i-th character stands in `source`."""

    text: str
    source: str
    offsets: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """The part of the source behind the normalised span, without white space at its ends."""
        if start >= end:
            return ""
        last = self.offsets[end] if end < len(self.text) else len(self.source)
        return self.source[self.offsets[start] : last].strip()

    def place(self, start: int) -> int:
        """Where in the source the quote from `start` on begins."""
        place = self.offsets[start] if start < len(self.text) else len(self.source)
        return place + len(self.source[place:]) - len(self.source[place:].lstrip())


def normalise(source: str) -> Normal:
    """NFKC, simplified characters, no pinyin glosses, no marks around figures, no blanks except one between two figures."""
    characters: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(source):
        for part in unicodedata.normalize("NFKC", character):
            characters.append(part)
            offsets.append(position)
    text = "".join(characters).replace("\r", "\n").replace("\u200b", " ").translate(SIMPLIFIED)
    kept = _kept(text)
    return Normal("".join(text[i] for i in kept), source, tuple(offsets[i] for i in kept))


def _kept(text: str) -> list[int]:
    dropped: set[int] = set()
    for gloss in _PINYIN.finditer(text):
        dropped.update(range(*gloss.span()))
    for figure in _SET_OFF.finditer(text):
        dropped.update((figure.start(), figure.end() - 1))
    dropped.update(_wraps(text))
    for gap in _GAP.finditer(text):
        between_figures = (
            gap.start() and text[gap.start() - 1].isdigit() and text[gap.end() : gap.end() + 1].isdigit()
        )
        dropped.update(range(gap.start() + bool(between_figures), gap.end()))
    return [position for position in range(len(text)) if position not in dropped]


def _wraps(text: str) -> Iterator[int]:
    """The line ends which only wrap a sentence: after a full line without stop, before no numbering and no cell."""
    lines = text.split("\n")
    position = -1
    for line, following in pairwise(lines):
        position += len(line) + 1
        before, after = re.sub(r"\s", "", line), following.strip()
        cell = any("\t" in part or "|" in part for part in (line, following)) or _CELLS.search(before)
        full = len(before) >= _FULL_LINE and re.search(r"[\u4e00-\u9fff,、\d”]$", before)
        figures = before[-1:].isdigit() and after[:1].isdigit() and not _SPLIT.search(f"{line}\n{following}")
        heading = _HEADING.match(before)
        if full and after and not (cell or figures or heading or _NUMBERING.match(after)):
            yield position
