"""Numbers set with space between their figures, as letter-spacing does. Lengths are points."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from etl.readers.geometry.glyphs import IN_NUMBER, Glyph, lines, reach

# Of a figure's height: gaps that part nothing, the widest that may be within a number, how much those differ by
# rounding, and how much wider the next wider ones are at least.
_LEAST, _WIDEST, _EXACT, _STEP = 0.12, 0.62, 0.05, 0.15
# Figures in a number, and such numbers on a page, that show the setting.
_LONG, _ENOUGH = 3, 3


def closed(cells: Sequence[list[Glyph]], outside: list[Glyph]) -> None:
    """Close up the numbers of a page in place, if the figures of all stand equally far apart.

    Two numbers with a blank between them do not stand as the figures within each do. Numbers outside cells must
    also stand further apart than their figures.
    """
    held = [cell for cell in cells if any(map(_is_figure, cell))]
    rows = [list(_numbers(cell)) for cell in held]
    gaps = [gap for numbers in rows for number in numbers for gap in _gaps(number)]
    loose = list(_numbers(outside))
    apart = [gap for number in loose for gap in _gaps(number)]
    texts = [line for cell in cells for line in lines(cell) if not any(map(_is_figure, line))]
    space = _space([number for numbers in rows for number in numbers], gaps, texts)
    if space is not None:
        for cell, numbers in zip(held, rows, strict=True):
            _close(cell, numbers, space)
    space = _space([part for number in loose for part in _parts(number, _WIDEST)], apart)
    if space is not None and max(apart) > space + _STEP and not _first_is_zero(loose, space):
        _close(outside, loose, space)


def _numbers(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The figures that follow each other in a line, but for those right beside words."""
    for line in lines(glyphs):
        start = 0
        for at in range(1, len(line) + 1):
            figures = _is_figure(line[start])
            if at < len(line) and _is_figure(line[at]) == figures:
                continue
            beside = (start and _touch(line[start - 1], line[start])) or (
                at < len(line) and _touch(line[at - 1], line[at])
            )
            if figures and not beside:
                yield line[start:at]
            start = at


def _is_figure(glyph: Glyph) -> bool:
    return IN_NUMBER(glyph.text) is not None


def _touch(before: Glyph, after: Glyph) -> bool:
    return after.left - before.right < _WIDEST * (after.bottom - after.top)


def _gaps(number: Sequence[Glyph]) -> Iterator[float]:
    return (_gap(before, after) for before, after in pairwise(number))


def _gap(before: Glyph, after: Glyph) -> float:
    return (after.left - before.right) / (after.bottom - after.top)


def _parts(number: Sequence[Glyph], widest: float) -> list[list[Glyph]]:
    """Figures cut where a gap is wider."""
    parts = [[number[0]]]
    for before, after in pairwise(number):
        if _gap(before, after) < widest:
            parts[-1].append(after)
        else:
            parts.append([after])
    return parts


def _space(
    numbers: Sequence[Sequence[Glyph]], gaps: Sequence[float], texts: Sequence[Sequence[Glyph]] = ()
) -> float | None:
    """The one gap between the figures of all numbers, if it is one and wide enough to part words; `texts` may show it too."""
    near = sorted(gap for gap in gaps if gap < _WIDEST)
    if not near:
        return None
    usual = near[len(near) // 2]
    as_far = [text for text in texts if all(abs(gap - usual) < _EXACT for gap in _gaps(text))]
    if sum(len(text) >= _LONG for text in (*numbers, *as_far)) < _ENOUGH:
        return None
    alike = all(abs(gap - usual) < _EXACT or gap - usual > _STEP for gap in near)
    return usual if alike and usual > _LEAST else None


def _first_is_zero(loose: Sequence[Sequence[Glyph]], space: float) -> bool:
    """Whether a number would begin with 00 or 01, as none does: these are numbers side by side."""
    parts = (part for number in loose for part in _parts(number, space + _EXACT))
    return any(len(part) > 1 and part[0].text in "0０" and part[1].text not in ".．" for part in parts)


def _close(glyphs: list[Glyph], numbers: Iterable[Sequence[Glyph]], space: float) -> None:
    ends = {
        id(before): after.left
        for number in numbers
        for before, after in pairwise(number)
        if abs(_gap(before, after) - space) < _EXACT
    }
    reach(glyphs, ends)
