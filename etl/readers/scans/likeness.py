"""Whether a number is all the page's own print: a figure looks as the same figure looks elsewhere on the page.

What a hand adds, however alike in colour and height, does not: a figure written before or after others, a stroke through
one, a pencil's faint line. Each number is set again from the figures of the page; what is too much or missing is a hand's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

import cv2
import numpy as np

from etl.readers.scans import marks
from etl.readers.scans.build import ONE_SIZE, build, is_of
from etl.readers.scans.picture import Box, Picture, Pixels
from etl.readers.scans.typefaces import BODY, FEWEST, PRINTED, typefaces

# Pixels of height above which figures are those of a small picture enlarged, whose own pixels show as steps.
_TALLEST = 45
# Pixels about a number that are looked at as well.
_ABOUT = 6
# How alike a number's figures are to print, by how much less than most numbers of the page at most.
_LEAST_ALIKE, _LESS_ALIKE = 0.78, 0.12
# Of its width, how far from a figure the next begins at least.
_APART = 0.7
# Of the print's darkness: ink that the figures of the page leave over, or lack, on three pixels by three.
# The first is a multiple of the median of the page's numbers, within limits.
_TIMES_USUAL, _LEAST_TOO_MUCH, _MOST_TOO_MUCH, _MISSING = 2.0, 0.09, 0.22, 0.25
# How dark print is at least.
_PALEST = 0.05
# How much paler or darker than the others of its number a figure is printed at most.
_PALER, _DARKER = 0.85, 1.35
# Of its height: how far the feet of a number's figures stand from level at most.
_UNEVEN = 0.13
# Of the height, from where on ink may be a point or comma between figures.
_POINT = 0.65
_NEAR, _SOFT = np.ones((3, 3), np.uint8), np.ones((5, 5), np.uint8)

Figures = Mapping[str, Sequence[Pixels]]


class _Set(NamedTuple):
    """A figure set again: how dark it is printed there, the row of its foot, how like its print is (1 at most)."""

    strength: float
    foot: int
    likeness: float


class _Difference(NamedTuple):
    """How a number differs from the page's print: ink too much and missing, its figures least alike, palest and darkest.

    `uneven` is how far its figures are from standing level, a part of their height; `whole` that all of it was compared.
    """

    too_much: float = 0.0
    missing: float = 0.0
    alike: float = 1.0
    palest: float = 1.0
    darkest: float = 1.0
    uneven: float = 0.0
    whole: bool = False

    def is_print(self, most: float, least: float) -> bool:
        """Whether it is printed, as far as it was compared; ink may be too much by `most`, figures be `least` alike."""
        right_ink = self.too_much <= most and self.missing <= _MISSING
        right_figures = self.alike >= least and self.palest >= _PALER and self.darkest <= _DARKER
        return right_ink and right_figures and self.uneven <= _UNEVEN


class Number(NamedTuple):
    """A line of print that was read as a number."""

    box: Box
    text: str


class _Seen(NamedTuple):
    """A number as it looks: how dark it is, of the page's print, and where that is known, with `_ABOUT` around it.

    `runs` are the columns of its figures, none where they are not told apart; `pointed` says that there are points between.
    """

    figures: str
    pointed: bool
    tall: int
    dark: Pixels
    known: Pixels
    runs: Sequence[tuple[int, int]]


def are_print(page: Picture, bare: Picture, numbers: Sequence[Number]) -> list[bool | None]:
    """For each number whether all of its ink is the page's print, or None where the page does not show that.

    What is built otherwise than the page's print is none. `bare` is the page without its rules.
    """
    if not numbers or np.median([number.box.bottom - number.box.top for number in numbers]) > _TALLEST:
        return [None] * len(numbers)
    rules: Pixels = cv2.dilate(page.ink - bare.ink, _SOFT)
    seen = [_seen(page, bare, rules, number) for number in numbers]
    level = max(float(np.median([np.percentile(number.dark, 96) for number in seen])), _PALEST)
    seen = [number._replace(dark=number.dark / level) for number in seen]
    sizes = _sizes(seen)
    differing = [_difference(one, min(sizes, key=lambda size: abs(size[0] - one.tall))[1]) for one in seen]
    usual = float(np.median([one.too_much for one in differing if one.whole] or [_MOST_TOO_MUCH]))
    most = min(max(_TIMES_USUAL * usual, _LEAST_TOO_MUCH), _MOST_TOO_MUCH)
    least = min(float(np.percentile([one.alike for one in differing], 10)) - _LESS_ALIKE, _LEAST_ALIKE)
    builds = [
        build(np.where(one.known, one.dark, 0), one.tall, () if one.pointed else one.runs) for one in seen
    ]
    found: list[bool | None] = []
    for one, its in zip(differing, builds, strict=True):
        printed: bool | None = one.is_print(most, least)
        if printed and not one.whole:
            printed = None if is_of(builds, its) else False
        found.append(printed)
    return found


def _seen(page: Picture, bare: Picture, rules: Pixels, number: Number) -> _Seen:
    """The number as it looks; `rules` are those of the page with their soft sides."""
    box = number.box
    left, top = max(box.left - _ABOUT, 0), max(box.top - _ABOUT, 0)
    area = slice(top, box.bottom + _ABOUT), slice(left, box.right + _ABOUT)
    grey = page.grey[area].astype(np.float32)
    printed = rules[area] == 0
    dark = np.where(printed, 1 - np.minimum(grey / max(float(np.percentile(grey, 90)), 1.0), 1), 0)
    figures = "".join(letter for letter in number.text if letter.isdigit())
    runs = [(start + box.left - left, end + box.left - left) for start, end in marks.runs(bare, box)]
    return _Seen(
        figures,
        figures != number.text,
        _height(bare.ink[area], runs) or box.bottom - box.top,
        dark.astype(np.float32),
        printed & (cv2.dilate(page.red[area], _SOFT) == 0),
        _parted(runs, len(figures)),
    )


def _height(ink: Pixels, runs: Sequence[tuple[int, int]]) -> int:
    """How tall the figures in these columns are: what a hand adds to a number may reach above and below it."""
    rows = [np.flatnonzero(ink[_ABOUT:-_ABOUT, start:end].any(axis=1)) for start, end in runs]
    return median_low(int(np.ptp(inked)) + 1 for inked in rows) if rows else 0


def _parted(runs: Sequence[tuple[int, int]], count: int) -> Sequence[tuple[int, int]]:
    """The columns of each of so many figures, those that touch each other parted alike; none where they are not told."""
    pitch = max(sum(end - start for start, end in runs) / max(count, 1), 1)
    counts = [max(round((end - start) / pitch), 1) for start, end in runs]
    if sum(counts) != count:
        return ()
    edges = [
        np.linspace(*run, several + 1).round().astype(int) for run, several in zip(runs, counts, strict=True)
    ]
    return [(int(start), int(end)) for cuts in edges for start, end in pairwise(cuts)]


def _sizes(seen: Sequence[_Seen]) -> list[tuple[int, Figures]]:
    """The sizes of figures on the page, the most frequent first: their height, and how each figure looks in it."""
    sizes: list[tuple[int, Figures]] = []
    rest = list(seen)
    while len(rest) >= FEWEST or not sizes:
        tall, _ = Counter(number.tall for number in rest).most_common(1)[0]
        near = [number for number in rest if abs(number.tall - tall) <= ONE_SIZE * tall]
        rest = [number for number in rest if abs(number.tall - tall) > ONE_SIZE * tall]
        sizes.append((tall, _looks(near, tall)))
    return sizes


def _looks(numbers: Iterable[_Seen], tall: int) -> Figures:
    """How each figure is printed in one size: in one typeface or in several, wherever it stands apart from others."""
    half_wide, half_tall = tall // 2 + 2, tall // 2 + 4
    printed: dict[str, list[Pixels]] = defaultdict(list)
    for number in numbers:
        dark = np.pad(number.dark, ((half_tall, half_tall), (half_wide, half_wide)))
        top = len(number.dark) // 2
        for figure, (start, end) in zip(number.figures if number.runs else "", number.runs, strict=True):
            middle = (start + end) // 2
            part = dark[top : top + 2 * half_tall, middle : middle + 2 * half_wide].copy()
            # Not the figures beside it.
            part[:, : max(half_wide - (middle - start), 0)] = part[:, half_wide + (end - middle) :] = 0
            printed[figure].append(part)
    return {figure: list(typefaces(np.stack(parts))) for figure, parts in printed.items()}


def _difference(number: _Seen, looks: Figures) -> _Difference:
    known = number.known.copy()
    if number.pointed:
        known[_ABOUT + round(_POINT * number.tall) :] = False
    shown = [at for at, figure in enumerate(number.figures) if looks.get(figure)]
    for at in sorted({*range(len(number.figures))} - {*shown}):
        # Nothing shows what it should look like.
        start, end = number.runs[at] if number.runs else (0, known.shape[1])
        known[:, max(start - 2, 0) : end + 2] = False
    if not shown or not known.any():
        return _Difference()
    again, figures = _set_again(number, [looks[number.figures[at]] for at in shown])
    too_much = np.where(known, number.dark - cv2.dilate(again, _NEAR), 0)
    missing = np.where(known, cv2.erode(again, _NEAR) - number.dark, 0)
    strengths, feet, likenesses = zip(*figures, strict=True)
    usual, inside = float(np.median(strengths)), slice(_ABOUT, -_ABOUT)
    return _Difference(
        _strongest(too_much),
        _strongest(missing),
        min(likenesses),
        min(strengths) / max(usual, 1.0),
        max(strengths) / max(usual, 0.1),
        (max(feet) - min(feet)) / number.tall,
        bool(known[inside, inside].all()),
    )


def _strongest(ink: Pixels) -> float:
    return float(cv2.blur(np.maximum(ink, 0), _NEAR.shape).max())


def _set_again(number: _Seen, looks: Sequence[Sequence[Pixels]]) -> tuple[Pixels, list[_Set]]:
    """The number set from figures of the page, each where it fits best behind the one before."""
    sizes = np.array([look.shape for several in looks for look in several])
    above, beside = max(int(sizes[:, 0].max()) - len(number.dark), 0), int(sizes[:, 1].max())
    dark = np.pad(number.dark, ((above, above), (beside, beside)))
    fits = [[_fit(dark, look) for look in several] for several in looks]
    along = [np.max([fit.max(axis=0) for fit in several], axis=0) for several in fits]
    again, figures = np.zeros_like(dark), []
    for middle, several, fit in zip(_places(along, _steps(looks)), looks, fits, strict=True):
        typeface = max(range(len(several)), key=lambda at: fit[at][:, middle].max())
        look, row = several[typeface], int(fit[typeface][:, middle].argmax())
        left = middle - look.shape[1] // 2
        area = slice(row, row + len(look)), slice(left, left + look.shape[1])
        part, body = dark[area], look > BODY
        strength = float((part * look)[body].sum() / max((look * look)[body].sum(), 0.1))
        near = cv2.dilate(look, _NEAR) > PRINTED
        unlike = float(((part - strength * look)[near] ** 2).sum() / max((strength * look**2).sum(), 0.1))
        figures.append(_Set(strength, row + len(look), 1 - unlike))
        again[area] = np.maximum(again[area], look * np.clip(strength, _PALER, _DARKER))
    return again[above : above + len(number.dark), beside:-beside], figures


def _fit(dark: Pixels, look: Pixels) -> Pixels:
    """How well a figure fits with its top at each row and its middle at each column: 1 like itself, 0 like paper."""
    fit = np.full((len(dark), dark.shape[1]), -1.0)
    found = 1 - cv2.matchTemplate(dark, look, cv2.TM_SQDIFF) / (look * look).sum()
    middle = look.shape[1] // 2
    fit[: len(found), middle : middle + found.shape[1]] = found
    return fit


def _steps(looks: Sequence[Sequence[Pixels]]) -> list[int]:
    """How far the middle of each figure lies behind the one before at least."""
    wide = [min(look.shape[1] for look in several) for several in looks]
    return [0, *(max(round(_APART * (one + other) / 2), 1) for one, other in pairwise(wide))]


def _places(along: Sequence[Pixels], steps: Sequence[int]) -> list[int]:
    """The columns at which figures fit best together, one behind the other, by how well each fits at each column."""
    totals = [along[0]]
    for fit, step in zip(along[1:], steps[1:], strict=True):
        before = np.full(len(fit), -9.0)
        before[step:] = np.maximum.accumulate(totals[-1])[:-step]
        totals.append(fit + before)
    places: list[int] = []
    end = len(along[0])
    for total, step in zip(reversed(totals), [*reversed(steps[1:]), 0], strict=True):
        places.append(int(total[: max(end, 1)].argmax()))
        end = places[-1] - step + 1
    return places[::-1]
