"""Pictures of pages: made upright, the red seal taken out, the ruling lines found. Boxes are pixels, rules points."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from etl.readers.geometry.ruled import Rule

Pixels = NDArray[Any]

# Work is done at 216 dpi: small figures of a 150 dpi scan are then large enough to be recognised.
PER_POINT = 3.0
_A4_LENGTH = 842
_MOST_SKEW = 8.0
_PAPER = 255
# A touch of rules may leave a gap where the scan is faint; a dash beside a rule keeps more than this.
_REACH = 2.4
_LONG = 60.0
_THICKEST = 4.0
# Pixels: what is smaller both ways is dust or a full stop, never a figure or a dash.
_SPECK = 6
_DEEP = 8
# Grey levels below the paper at which a pencil or a worn ribbon still shows, well above the noise of a scanner.
_FAINT = 10


class Box(NamedTuple):
    """A rectangle of pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An upright page: `grey` without seals, `ink` where something is printed, `red` where a seal lies."""

    grey: Pixels
    ink: Pixels
    red: Pixels

    def turned(self, quarters: int) -> "Picture":
        """The page turned clockwise by quarters of a circle."""
        return Picture(*(np.ascontiguousarray(np.rot90(side, -quarters)) for side in self._sides()))

    def _sides(self) -> tuple[Pixels, Pixels, Pixels]:
        return self.grey, self.ink, self.red


def picture(colours: Pixels) -> Picture:
    """The page in an RGB picture of an A4 sheet, set straight."""
    scale = PER_POINT * _A4_LENGTH / max(colours.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(colours, None, fx=scale, fy=scale, interpolation=method)
    grey, red = _without_red(sized)
    skew = _skew(_ink(grey))
    if skew:
        grey, red = _rotated(grey, skew, _PAPER), _rotated(red, skew, 0)
    return Picture(grey, _ink(grey), red)


def _without_red(colours: Pixels) -> tuple[Pixels, Pixels]:
    """The grey page with red ink as paper, and where red ink lies.

    Through a red filter a seal is bright and print under it stays dark. What the filter leaves of a seal's fine
    strokes is taken off, but not where it is as dark as a thin rule under the seal.
    """
    red, green, blue = (channel.astype(np.int16) for channel in cv2.split(colours))
    excess = red - np.maximum(green, blue)
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    sealed = excess > 60
    if not sealed.any():
        return grey, sealed.astype(np.uint8)
    seal, paper = float(np.median(red[sealed])), float(np.median(grey))
    lightness = np.clip((red / seal - 0.4) / 0.2, 0, 1)
    filtered = np.minimum(red * max(paper / seal, 1.0) + lightness * excess, paper)
    return np.where(excess > 16, filtered, grey).astype(np.uint8), np.where(sealed, 255, 0).astype(np.uint8)


def _ink(grey: Pixels) -> Pixels:
    """255 where the page is darker than the paper around, whatever the light."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 61, 22)


def _skew(ink: Pixels) -> float:
    """The angle in degrees (anticlockwise) that sets lines and rules level, however the page is turned."""
    if not ink.any():
        return 0.0
    small = cv2.resize(ink, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    best = 0.0
    for reach, step in ((_MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.025)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _levelness(small, float(angle))))
    return best if abs(best) > 0.04 else 0.0


def _levelness(ink: Pixels, angle: float) -> float:
    turned = _rotated(ink, angle, 0)
    sums = (turned.sum(axis=axis, dtype=np.float64) for axis in (0, 1))
    return float(sum((np.diff(total) ** 2).sum() for total in sums))


def _rotated(side: Pixels, angle: float, border: int) -> Pixels:
    height, width = side.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(side, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(border,))


def ruled(page: Picture, letter: float) -> tuple[list[Rule], list[Rule], Picture]:
    """The horizontal and the vertical rules, and the page without their ink.

    `letter` is the height of a Chinese character in points: no stroke is as long as the shortest rule looked for.
    """
    across = _runs(page.ink, round(1.8 * letter * PER_POINT))
    down = _runs(np.ascontiguousarray(page.ink.T), round(1.3 * letter * PER_POINT))
    level, upright = list(across.rules), list(down.rules)
    horizontal, vertical = _held(level, upright, page.red), _held(upright, level, page.red.T)
    more_across = _under_seals(horizontal, vertical, page.ink, page.red)
    more_down = _under_seals(vertical, horizontal, page.ink.T, page.red.T)
    drawn: Pixels = across.drawn(horizontal, more_across) | down.drawn(vertical, more_down).T
    bare = np.where(cv2.dilate(drawn, np.ones((3, 3), np.uint8)) > 0, 0, page.ink).astype(np.uint8)
    return horizontal + more_across, vertical + more_down, Picture(page.grey, bare, page.red)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Level runs of ink as rules, each with its label in a picture of them all."""

    rules: dict[Rule, int]
    labels: Pixels

    def drawn(self, rules: list[Rule], covered: list[Rule]) -> Pixels:
        """255 where the ink of these rules is, and along those that a seal covers."""
        chosen = np.zeros(int(self.labels.max()) + 1, np.uint8)
        chosen[[self.rules[rule] for rule in rules]] = 255
        drawn: Pixels = chosen[self.labels]
        for at, start, end in covered:
            middle = round(at * PER_POINT)
            drawn[max(middle - 2, 0) : middle + 3, round(start * PER_POINT) : round(end * PER_POINT)] = 255
        return drawn


def _runs(ink: Pixels, shortest: int) -> _Runs:
    """Level runs of ink at least `shortest` pixels long and no thicker than a rule."""
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    level = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    level = cv2.dilate(level, np.ones((3, 1), np.uint8))
    _, labels, boxes, centres = cv2.connectedComponentsWithStats(level)
    found = {}
    for label, (left, _, width, height, area) in enumerate(boxes[1:].tolist(), 1):
        if area / width - 2 <= _THICKEST * PER_POINT and height < width:
            at = float(centres[label][1])
            found[Rule(at / PER_POINT, left / PER_POINT, (left + width) / PER_POINT)] = label
    return _Runs(found, labels)


def _under_seals(rules: list[Rule], across: list[Rule], ink: Pixels, red: Pixels) -> list[Rule]:
    """The pieces of rules that a seal covers, between two seen pieces or before the rule where the line ends."""
    found = []
    for at, start, end in rules:
        onward = (rule.start for rule in rules if abs(rule.at - at) < 1.3 and rule.start > end)
        found.append(Rule(at, end, min(onward, default=end)))
        crossing = [other.at for other in across if other.start - _REACH < at < other.end + _REACH]
        found += [Rule(at, end, min((x for x in crossing if x > end + _REACH), default=end))]
        found += [Rule(at, max((x for x in crossing if x < start - _REACH), default=start), start)]
    return [rule for rule in found if rule.end > rule.start and _is_hidden(rule, ink, red)]


def _is_hidden(rule: Rule, ink: Pixels, red: Pixels) -> bool:
    row, start, end = (round(side * PER_POINT) for side in rule)
    sealed, printed = (side[max(row - 2, 0) : row + 3, start:end].any(axis=0) for side in (red, ink))
    return bool(sealed.size and sealed.any() and (sealed | printed).mean() > 0.9)


def _held(rules: list[Rule], across: list[Rule], red: Pixels) -> list[Rule]:
    """Rules that are long, or that end at rules across or under a seal: a dash in a cell is neither."""
    return [
        rule
        for rule in rules
        if rule.end - rule.start > _LONG
        or all(_meets(rule, end, across) or _is_sealed(rule.at, end, red) for end in (rule.start, rule.end))
    ]


def _is_sealed(at: float, end: float, red: Pixels) -> bool:
    row, column = round(at * PER_POINT), round(end * PER_POINT)
    return bool(red[max(row - 4, 0) : row + 5, max(column - 9, 0) : column + 10].any())


def _meets(rule: Rule, end: float, across: list[Rule]) -> bool:
    return any(
        abs(other.at - end) < _REACH and other.start - _REACH < rule.at < other.end + _REACH
        for other in across
    )


def letter(page: Picture) -> float:
    """The height of a Chinese character on the page, in points: what few separate marks of ink exceed."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(page.ink)
    heights = [
        height / PER_POINT
        for _, _, width, height, _ in boxes[1:]
        if 4 < height / PER_POINT < 24 and width < 1.3 * height
    ]
    return min(max(float(np.percentile(heights, 85)), 7.0), 16.0) if heights else 10.5


def lines(page: Picture, box: Box, letter: float) -> list[Box]:
    """The lines of print in a cell, from top to bottom; specks do not count: a decimal point lies between figures."""
    marks = _marks(page.ink[box.top : box.bottom, box.left : box.right])
    marks = [mark for mark in marks if not _is_speck(mark)]
    found: list[Box] = []
    for mark in sorted(marks, key=lambda mark: mark.top):
        # Strokes of 二 stand apart, lines stand further apart.
        if found and (
            (mark.top + mark.bottom) / 2 < found[-1].bottom
            or mark.bottom - found[-1].top <= 1.25 * letter * PER_POINT
        ):
            found[-1] = _around(found[-1], mark)
        else:
            found.append(mark)
    left, top = box.left, box.top
    return [Box(line.left + left, line.top + top, line.right + left, line.bottom + top) for line in found]


def _is_speck(mark: Box) -> bool:
    return max(mark.right - mark.left, mark.bottom - mark.top) < _SPECK


def _around(one: Box, other: Box) -> Box:
    return Box(*map(min, one[:2], other[:2]), *map(max, one[2:], other[2:]))


def _marks(ink: Pixels) -> list[Box]:
    """The separate marks of ink in a cell; what is left of its rules lies along its sides and is none."""
    height, width = ink.shape
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    found = []
    for left, top, across, down, _ in boxes[1:].tolist():
        right, bottom = left + across, top + down
        on_side = left == 0 or right == width or top == 0 or bottom == height
        sliver = min(across, down) <= 0.9 * PER_POINT and max(across, down) > 4 * min(across, down)
        # The second line of a double border; no figure is flat, and none stands so close above or below.
        level = min(across / 3, 5) >= down and (top < 9 or height - bottom < 9)
        if not (level or (on_side and (sliver or min(across, down) <= 2))):
            found.append(Box(left, top, right, bottom))
    return found


def is_stained(page: Picture, bare: Picture, box: Box) -> bool:
    """Whether there is something in a cell without lines: faint print, or a seal that may hide print."""
    inside = slice(box.top + 4, box.bottom - 4), slice(box.left + 4, box.right - 4)
    grey = page.grey[inside]
    if grey.size == 0:
        return False
    if page.red[inside].mean() > 0.02 * 255:
        return True
    taken: Pixels = page.ink[inside] & ~bare.ink[inside]
    rules = cv2.dilate(taken, np.ones((9, 9), np.uint8))
    faint = (cv2.GaussianBlur(grey, (5, 5), 0) < np.median(grey) - _FAINT) & (rules == 0)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(faint.astype(np.uint8))
    return any(max(width, height) >= _SPECK for _, _, width, height, _ in boxes[1:])


def is_spoiled(page: Picture, bare: Picture, box: Box) -> bool:
    """Whether ink that was taken for a rule's lay well within a cell: a grey seal's ring, and print with it."""
    inner = slice(box.top + _DEEP, box.bottom - _DEEP), slice(box.left + _DEEP, box.right - _DEEP)
    return int(np.count_nonzero(page.ink[inner] > bare.ink[inner])) > _DEEP


def figures(page: Picture, box: Box) -> tuple[int, int]:
    """The least and the most figures that a line can have by its ink; none if they are too far apart for a number."""
    ink = page.ink[box.top : box.bottom, box.left : box.right]
    tall = box.bottom - box.top
    filled = np.flatnonzero(ink.any(axis=0))
    least, most, last = 0, 0, int(filled[0])
    for run in np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1):
        rows = np.flatnonzero(ink[:, run[0] : run[-1] + 1].any(axis=1))
        if rows[-1] - rows[0] < 0.4 * tall:
            continue
        if run[0] - last > 0.9 * tall:
            return 0, 0
        last = int(run[-1])
        # In any font a figure is less than 0.9 of its height wide; the next begins 0.5 to 0.8 further on.
        width = len(run) / tall
        touching = width > 0.9
        least += max(ceil((width - 0.75) / 0.8) + 1, 2) if touching else 1
        most += floor((width - 0.4) / 0.5) + 1 if touching else 1
    return least, most
