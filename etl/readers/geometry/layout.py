"""Text known by where it stands on the page → paragraphs and tables without ruling lines.

Lengths are ems of the text's own characters, so that print and monospaced text are measured alike.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.document import Paragraph, Table
from etl.readers.geometry import borderless, stretches
from etl.readers.geometry.glyphs import CJK, NUMBERED, Word, is_value, join
from etl.readers.geometry.line import TIGHT, Line

WIDE_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
CROWDED = re.compile(r"(?<![\d.]) \d+ \d+(?!\S)")
PAGE_LINE = re.compile(r"\f|\s*[-—–－]\s*\d{1,3}\s*[-—–－]\s*")
UNBROKEN = re.compile(r"[!-~]+")
UNITS_AN_EM = 2
# A blank line is a gap even in a table without wrapped lines.
LOOSEST = 1.9
# How much wider a word is than others if its characters are set apart; one in so many is not.
_SET_APART, _FEW = 1.3, 10
# Among so many lines stands the next one of a text that is wrapped beside others.
NEXT_LINES = 8
# A title's characters are so much larger than those of running text.
LARGER = 1.2
# Nothing that is wrapped goes on below a rule.
RULED_APART = 4.0


def setting(words: Sequence[Word]) -> "Setting":
    """How all running text of a document is set."""
    em = _em(words)
    return Setting.of(lines_of(words, em), em)


def blocks(words: Sequence[Word], prose: "Setting | None" = None) -> tuple[Paragraph | Table, ...]:
    """Paragraphs and borderless tables in reading order; a page break between words leaves no gap.

    `prose` is how the document is set, if `words` are a part of it: its margins tell paragraphs apart.
    """
    em = prose.em if prose else _em(words)
    lines = lines_of(words, em)
    prose = prose or Setting.of(lines, em)
    found: list[Paragraph | Table] = []
    done = 0
    for start, end in stretches.tables(lines):
        found += _paragraphs(lines[done:start], prose)
        found += borderless.read(_in_own_measure(lines[start:end]))
        done = end
    return (*found, *_paragraphs(lines[done:], prose))


def _in_own_measure(lines: Sequence[Line]) -> list[Line]:
    """A table's lines in ems of its own characters, its widest line spacing as close as that of a text."""
    em = _em(_close([word for line in lines for word in line.words]), 1.0)
    steps = sorted(step / em for step in _steps_down(lines) if step > 0.95 * em)
    # One word may stand below another by chance, as a group's beside the lines of a label.
    pitch = steps[min(1, len(steps) - 1)] if steps else 1.0
    spacing = TIGHT / min(max(TIGHT, 1.2 * pitch), LOOSEST)
    return [
        Line(tuple(_scaled(word, em, em / spacing) for word in line.words), line.at / em * spacing)
        for line in lines
    ]


def _steps_down(lines: Sequence[Line]) -> Iterator[float]:
    """How far below each word the next one stands."""
    for index, line in enumerate(lines):
        for word in line.words:
            below = (
                other.at
                for other in lines[index + 1 : index + 1 + NEXT_LINES]
                if any(word.left < under.right and under.left < word.right for under in other.words)
            )
            if (at := next(below, None)) is not None:
                yield at - line.at


def tables(words: Sequence[Word]) -> tuple[Table, ...]:
    """The borderless tables among the words, each row's label in one cell where it is sure."""
    return tuple(block for block in blocks(words) if isinstance(block, Table))


def is_page_layout(text: str) -> bool:
    """Whether a text shows its tables by columns of blanks, as tools that lay out pages write them."""
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [line for line in lines if _is_row(line)]
    ruled = sum("\t" in line or "|" in line for line in lines)
    # Cells joined by single blanks leave wide gaps only where a cell is empty: no columns to go by.
    crowded = sum(CROWDED.search(line) is not None for line in lines)
    if ruled + crowded >= len(rows):
        return False
    return len(rows) >= 3 and any(len(WIDE_GAP.findall(line)) >= 3 for line in rows)


def _is_row(line: str) -> bool:
    """Whether a line is a label and values with wide gaps between them."""
    parts = WIDE_GAP.split(line.strip())
    return len(parts) > 1 and all(map(is_value, parts[1:]))


def read_layout(text: str) -> tuple[Paragraph | Table, ...]:
    """The blocks of a text in page layout, where a CJK character is two columns wide.

    Some programs count it as one; then more of the numbers stand over each other where it is.
    """
    found = [[list(line) for line in _text_lines(text, units)] for units in (_units, _letters)]
    lines = min(found, key=lambda lines: _edges([words for words in lines if len(words) > 1]))
    return blocks([word for line in lines for word in line])


def _edges(rows: Sequence[Sequence[Word]]) -> int:
    """In how many places numbers begin, or end, or have their middle, whichever are the fewest."""
    values = [word for row in rows for word in row[1:] if is_value(word.text)]
    places = [(word.left, (word.left + word.right) // 2, word.right) for word in values]
    return min((len(set(edges)) for edges in zip(*places, strict=True)), default=0)


def _text_lines(text: str, units: Callable[[str], int]) -> Iterator[list[Word]]:
    """Each line's words; a page number goes, with the blank lines round it, so that rows meet again."""
    page, top, broken = 1, 0.0, False
    printed = re.split(r"\r\n|\r|\n", text.replace("\f", "\n\f\n").expandtabs())
    for index, line in enumerate(printed):
        if PAGE_LINE.fullmatch(line):
            broken = True
        elif line.strip():
            page, broken = page + broken, False
            yield list(_text_words(line, top, page, units))
            top += UNITS_AN_EM
        elif not _beside_page_break(printed, index):
            top += UNITS_AN_EM


def _beside_page_break(lines: Sequence[str], index: int) -> bool:
    for step in (-1, 1):
        at = index
        while 0 <= at < len(lines) and not (lines[at].strip(" \u3000") or lines[at] == "\f"):
            at += step
        if 0 <= at < len(lines) and PAGE_LINE.fullmatch(lines[at]):
            return True
    return False


def _text_words(line: str, top: float, page: int, units: Callable[[str], int]) -> Iterator[Word]:
    column = 0
    for piece in re.findall(r"\s+|\S+", line):
        width = sum(map(units, piece))
        if piece.strip():
            yield Word(piece, column, column + width, top, top + UNITS_AN_EM, page)
        column += width


def width(text: str) -> int:
    """How many columns a text takes, a CJK character two."""
    return sum(map(_units, text))


def _units(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _letters(character: str) -> int:
    return not unicodedata.combining(character)


def lines_of(words: Sequence[Word], em: float) -> list[Line]:
    """The words in lines, measured in ems; the next page goes on where the last one ended."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.page, word.middle)):
        last = found[-1][0] if found else None
        if last and last.page == word.page and abs(word.middle - last.middle) < 0.35 * em:
            found[-1].append(word)
        else:
            found.append([word])
    ats = _positions([line[0] for line in found], em)
    return [
        Line(tuple(_scaled(word, em, em) for word in sorted(line, key=lambda word: word.left)), at)
        for line, at in zip(found, ats, strict=True)
    ]


def _em(words: Iterable[Word], otherwise: float = UNITS_AN_EM) -> float:
    widths = [_pitch(word) for word in words if all(map(CJK.match, word.text))]
    return max(median(widths), 0.1) if widths else otherwise


def _pitch(word: Word) -> float:
    return word.lines * (word.right - word.left) / len(word.text)


def _close(words: Sequence[Word]) -> list[Word]:
    """The words of a table whose characters are not set apart."""
    long = sorted(_pitch(word) for word in words if len(word.text) > 1 and all(map(CJK.match, word.text)))
    most = _SET_APART * long[len(long) // _FEW] if long else float("inf")
    return [word for word in words if _pitch(word) < most]


def _scaled(word: Word, em: float, down: float) -> Word:
    return word._replace(
        left=word.left / em, right=word.right / em, top=word.top / down, bottom=word.bottom / down
    )


def _positions(firsts: Sequence[Word], em: float) -> list[float]:
    steps = [
        (after.middle - before.middle) / em for before, after in pairwise(firsts) if after.page == before.page
    ]
    usual = min((step for step in steps if step > 0.95), default=1.0)
    ats = [0.0] if firsts else []
    for before, after in pairwise(firsts):
        step = usual if after.page != before.page else (after.middle - before.middle) / em
        ats.append(ats[-1] + (max(step, RULED_APART) if before.row or after.row else step))
    return ats


@dataclass(frozen=True, slots=True)
class Setting:
    """How running text is set: its em, where its full lines begin and end, and the distance between lines."""

    em: float
    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line], em: float) -> "Setting":
        long = [line for line in lines if not line.is_columns and line.right - line.left > 12]
        if not long:
            return cls(em, 0.0, float("inf"), 1.0)
        lefts = Counter(round(line.left * 2) / 2 for line in long)
        common = [left for left, count in lefts.items() if count > 1 or len(long) < 4]
        rights = sorted(line.right for line in long)
        steps = sorted(
            after.at - before.at for before, after in pairwise(lines) if after.at - before.at > 0.95
        )
        pitch = steps[len(steps) // 4] if steps else 1.0
        return cls(em, min(common or lefts), rights[int(0.9 * (len(rights) - 1))], pitch)


def _paragraphs(lines: Sequence[Line], prose: Setting) -> list[Paragraph]:
    found: list[Paragraph] = []
    for before, line in pairwise((None, *lines)):
        if line is None:
            continue
        if before is not None and _goes_on(before, line, prose):
            found[-1] = Paragraph(join(found[-1].text, line.text), found[-1].page)
        else:
            found.append(Paragraph(line.text, line.words[0].page))
    return found


def _goes_on(before: Line, line: Line, prose: Setting) -> bool:
    """Whether a line is of the same paragraph as the one before: not indented, not apart, no room left before it."""
    if _is_title(before) and _is_title(line):
        return _is_centred_below(before, line)
    if (
        line.left > prose.left + 0.7
        or line.at - before.at > 1.3 * prose.pitch
        or stretches.HEADING.match(line.text)
    ):
        return False
    if before.text[-1] in "。！？；：.!?;:" and NUMBERED.match(line.text):
        return False
    # A number or a Latin word is not broken at the end of a line.
    first = UNBROKEN.match(line.text)
    width = max(1.0, 0.55 * len(first[0])) if first else 1.0
    return before.right + width + 1.2 > prose.right


def _is_title(line: Line) -> bool:
    """Whether a line is set in larger characters than running text."""
    return not line.is_columns and _size(line) > LARGER


def _size(line: Line) -> float:
    """How large its characters are, digits being half as wide as they are high."""
    return median((word.right - word.left) * UNITS_AN_EM / width(word.text) for word in line.words)


def _is_centred_below(before: Line, line: Line) -> bool:
    """Whether a title goes on in a line that is centred below it."""
    size = _size(line)
    return (
        before.words[0].page == line.words[0].page
        and abs(_size(before) - size) < 0.1 * size
        and abs(before.left + before.right - line.left - line.right) < size
        and line.at - before.at < LOOSEST * size
    )
