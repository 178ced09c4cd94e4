"""Texts without rules round them whose characters are spread over the width of their column (分散对齐). Lengths are points.

Wherever such a text begins and ends, others of its column do too; between, its characters stand equally far apart.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.readers.geometry.glyphs import CJK, IN_NUMBER, Glyph, Word, is_value, lines, reach, words
from etl.readers.geometry.line import SEVERAL

# How much the room between characters differs by rounding, and the ends of texts of a column.
_EXACT, _SAME_END = 0.8, 1.2
# Characters that show by the room between them that they are one text, and texts that show a column.
_TELLING, _CERTAIN, _SHARED = 3, 4, 2
# Of a character's height: how far below each other two lines of a head are at most, what is set apart, and how near to a number's middle or edge one stands over it.
_LINE, _APART, _OVER = 2.0, 0.2, 0.3
# The rows below that show whether characters are heads of columns.
_ROWS = 4

# Where a text begins and ends.
_Ends = tuple[float, float]


def closed(held: Sequence[list[Glyph]]) -> None:
    """Close up in place the texts of a page that are spread over the width of a column.

    What follows one is of the next column, however near: a text is taken to end before its margin.
    """
    printed = [line for glyphs in held for line in lines(glyphs) if len(line) > 1]
    runs = [run for line in printed for run in _runs(line)]
    apart = [_ends(run) for run in runs if _is_apart(run)]
    if len(apart) < _SHARED:
        return
    columns = _shared(apart, [_ends(run) for run in runs])
    lefts, rights = (_often([ends[side] for ends in map(_ends, runs)]) for side in range(2))
    found = [
        (part, line)
        for line in printed
        for part in (
            *_parts(line, columns),
            *(run for run in _runs(line) if _is_apart(run) and _is_whole(run, lefts, rights)),
        )
    ]
    worded = [words(line, 0) for line in printed]
    heads = [word for line in worded for word in line if len(word.text) > 1]
    values = ([word for word in line if is_value(word.text)] for line in worded)
    rows = sorted((row for row in values if len(row) >= SEVERAL), key=lambda row: row[0].top)
    bare = [
        line
        for line, texts in zip(printed, worded, strict=True)
        if not any(is_value(one.text) for one in texts)
    ]
    ends: dict[int, float] = {}
    for part, line in sorted(found, key=lambda one: len(one[0])):
        down = any(line is one for one in bare) and _run_down(part, line, bare)
        if not (down or _are_over_numbers(part, rows) or _are_ends(part, heads)):
            ends.update((id(before), after.left) for before, after in pairwise(part))
            if part[-1] is not line[-1]:
                ends[id(part[-1])] = (part[-1].left + part[-1].right) / 2
    if ends:
        for glyphs in held:
            reach(glyphs, ends)


def _runs(line: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    """The characters that stand equally far from each other, as many as do."""
    start = 0
    gaps = [_gap(before, after) for before, after in pairwise(line)]
    for at in range(1, len(gaps) + 1):
        if at == len(gaps) or abs(gaps[at] - gaps[start]) > _EXACT:
            if at - start + 1 >= _TELLING:
                yield line[start : at + 1]
            start = at


def _gap(before: Glyph, after: Glyph) -> float:
    return after.left - before.right


def _ends(run: Sequence[Glyph]) -> _Ends:
    return run[0].left, run[-1].right


def _is_apart(run: Sequence[Glyph]) -> bool:
    return _gap(run[0], run[1]) > _APART * (run[0].bottom - run[0].top) and _is_text(run)


def _is_whole(run: Sequence[Glyph], lefts: Sequence[float], rights: Sequence[float]) -> bool:
    """Whether a run is long enough to be one text, or begins and ends where others do."""
    begin, end = _ends(run)
    return len(run) >= _CERTAIN or (_near(begin, lefts) and _near(end, rights))


def _is_text(run: Sequence[Glyph]) -> bool:
    """Whether it is a text of words, with figures at most as the number that it begins with."""
    words = [CJK.match(glyph.text) is not None and not is_value(glyph.text) for glyph in run]
    return words[-1] and not any(IN_NUMBER(glyph.text) for glyph in run[words.index(True) :])


def _shared(apart: Sequence[_Ends], all_ends: Sequence[_Ends]) -> list[_Ends]:
    """Where texts set apart begin and end, if others do too."""
    found: list[_Ends] = []
    for ends in apart:
        if (
            not any(_same(ends, other) for other in found)
            and sum(_same(ends, other) for other in all_ends) >= _SHARED
        ):
            found.append(ends)
    return found


def _often(ends: Sequence[float]) -> list[float]:
    """Where several texts begin, or end."""
    return [end for end in ends if sum(abs(end - other) < _SAME_END for other in ends) > _SHARED]


def _near(end: float, ends: Sequence[float]) -> bool:
    return any(abs(end - other) < _SAME_END for other in ends)


def _same(one: _Ends, other: _Ends) -> bool:
    return abs(one[0] - other[0]) < _SAME_END and abs(one[1] - other[1]) < _SAME_END


def _parts(line: Sequence[Glyph], columns: Sequence[_Ends]) -> Iterator[Sequence[Glyph]]:
    """What of a line fills a column, its characters all as far apart."""
    for left, right in columns:
        first = next((at for at, glyph in enumerate(line) if abs(glyph.left - left) < _SAME_END), None)
        last = next((at for at, glyph in enumerate(line) if abs(glyph.right - right) < _SAME_END), None)
        if first is None or last is None or first >= last:
            continue
        part = line[first : last + 1]
        gaps = [_gap(before, after) for before, after in pairwise(part)]
        if max(gaps) - min(gaps) < 2 * _EXACT and _is_text(part):
            yield part


def _are_over_numbers(part: Sequence[Glyph], rows: Sequence[Sequence[Word]]) -> bool:
    """Whether most of the characters stand over the numbers of a row below, as letters of heads side by side do."""
    below = [row for row in rows if row[0].top > part[0].top][:_ROWS]
    return any(2 * sum(_is_over(letter, row) for letter in part) > len(part) for row in below)


def _are_ends(part: Sequence[Glyph], heads: Sequence[Word]) -> bool:
    """Whether most of the characters stand right below words, each below another, as the last of heads side by side do."""
    height = part[0].bottom - part[0].top
    above = [word for word in heads if 0 < part[0].top - word.top < _LINE * height]
    return 2 * sum(_is_over(letter, above) for letter in part) > len(part)


def _run_down(part: Sequence[Glyph], line: Sequence[Glyph], bare: Sequence[Sequence[Glyph]]) -> bool:
    """Whether most of the characters stand below or above others of a line near by without numbers, as heads that run down do."""
    height = part[0].bottom - part[0].top
    near = (other for other in bare if other is not line and abs(other[0].top - line[0].top) < _LINE * height)
    return any(
        2 * sum(any(_is_below(letter, glyph) for glyph in other) for letter in part) > len(part)
        for other in near
    )


def _is_below(letter: Glyph, other: Glyph) -> bool:
    return abs(letter.left + letter.right - other.left - other.right) < _OVER * (letter.bottom - letter.top)


def _is_over(letter: Glyph, row: Sequence[Word]) -> bool:
    """Whether a character has an edge or its middle where a number has."""
    near = _OVER * (letter.bottom - letter.top)
    return any(
        abs(letter.left - word.left) < near
        or abs(letter.right - word.right) < near
        or abs(letter.left + letter.right - word.left - word.right) < 2 * near
        for word in row
    )
