"""The ruling lines of a page, also where a seal lies over them. Rules are points, pictures pixels."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from etl.readers.geometry.ruled import Rule
from etl.readers.scans.picture import PER_POINT, Picture, Pixels

# A touch of rules may leave a gap where the scan is faint; a dash beside a rule keeps more than this.
_REACH = 2.4
_LONG = 60.0
_THICKEST = 4.0
# Points: dashes and dots of a rule are no larger than this, nor further apart, nor thicker; fewer of them make no rule.
_DASH, _GAP, _DASH_THICK, _DASHED = 6.0, 5.0, 2.0, 20.0
# Pixels: strokes of one seal lie no further apart; so much of a rule under it shows whether print can be seen there.
_STROKES_APART = 31
_EVIDENCE = 20


def ruled(page: Picture, letter: float) -> tuple[list[Rule], list[Rule], Picture]:
    """The horizontal and the vertical rules, and the page without their ink.

    `letter` is the height of a Chinese character in points: no stroke is as long as the shortest rule looked for.
    """
    ink = _solid(page.ink)
    across = _runs(ink, round(1.8 * letter * PER_POINT))
    down = _runs(np.ascontiguousarray(ink.T), round(1.3 * letter * PER_POINT))
    level, upright = list(across.rules), list(down.rules)
    horizontal, vertical = _held(level, upright, page.red), _held(upright, level, page.red.T)
    more_across = _under_seals(horizontal, vertical, page.ink, page.red)
    more_down = _under_seals(vertical, horizontal, page.ink.T, page.red.T)
    drawn: Pixels = across.drawn(horizontal, more_across) | down.drawn(vertical, more_down).T
    bare = np.where(cv2.dilate(drawn, np.ones((3, 3), np.uint8)) > 0, 0, page.ink).astype(np.uint8)
    return horizontal + more_across, vertical + more_down, replace(page, ink=bare)


def _solid(ink: Pixels) -> Pixels:
    """The ink with dashed and dotted rules drawn through."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink)
    width, height = boxes[:, 2], boxes[:, 3]
    small = (np.maximum(width, height) <= _DASH * PER_POINT) & (
        np.minimum(width, height) <= _DASH_THICK * PER_POINT
    )
    dashes = np.where(small, 255, 0).astype(np.uint8)[labels]
    level, upright = _chained(dashes), _chained(np.ascontiguousarray(dashes.T)).T
    solid: Pixels = ink | level | upright
    return solid


def _chained(dashes: Pixels) -> Pixels:
    """The level chains of dashes, without gaps."""
    chains = dashes
    # First dash to dash, then over the rules across, whose dashes are joined to some of these.
    for gap, least in ((_GAP, _DASH - 2), (2 * _DASH, _DASHED)):
        chains = cv2.morphologyEx(chains, cv2.MORPH_CLOSE, np.ones((1, round(gap * PER_POINT)), np.uint8))
        chains = cv2.morphologyEx(chains, cv2.MORPH_OPEN, np.ones((1, round(least * PER_POINT)), np.uint8))
    return chains


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


def hiding(page: Picture, across: list[Rule], down: list[Rule]) -> Pixels:
    """Where a seal lies that may hide print: every seal but those through which the rules under it are seen."""
    if not page.red.any():
        return page.red
    count, seals = cv2.connectedComponents(cv2.dilate(page.red, np.ones((_STROKES_APART,) * 2, np.uint8)))
    covered, seen = np.zeros(count), np.zeros(count)
    for red, ink, labels, rules in (
        (page.red, page.ink, seals, across),
        (page.red.T, page.ink.T, seals.T, down),
    ):
        for row, start, end in ((round(side * PER_POINT) for side in rule) for rule in rules):
            above, below = red[max(row - 6, 0) : row - 2, start:end], red[row + 3 : row + 7, start:end]
            sealed = above.any(axis=0) & below.any(axis=0)
            printed = sealed & ink[max(row - 2, 0) : row + 3, start:end].any(axis=0)
            under = labels[min(row, len(labels) - 1), start:end]
            covered += np.bincount(under[sealed], minlength=count)
            seen += np.bincount(under[printed], minlength=count)
    clear = (covered >= _EVIDENCE) & (seen > 0.9 * covered)
    return np.where(clear[seals], 0, page.red).astype(np.uint8)


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
