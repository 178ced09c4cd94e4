"""How a figure is printed on a page: what its printings have in common, in one typeface or in several."""

from collections.abc import Iterator

import cv2
import numpy as np

from etl.readers.scans.picture import Pixels

# Printings of a figure that show what it looks like, for a hand's are not so alike; that show another typeface of it; and
# more than which show no more.
FEWEST, _FEWEST_MORE, _ENOUGH = 2, 4, 20
# How alike two printings of a figure are (a correlation).
_ALIKE = 0.85
# How dark a stroke is where it begins, and its body.
PRINTED, BODY = 0.15, 0.5


def typefaces(parts: Pixels) -> Iterator[Pixels]:
    """What printings of a figure that are alike have in common, the most frequent first."""
    half = (parts.shape[2] // 2, parts.shape[1] // 2)
    soft = np.stack([cv2.resize(part, half, interpolation=cv2.INTER_AREA).ravel() for part in parts])
    soft -= soft.mean(axis=1, keepdims=True)
    soft /= np.linalg.norm(soft, axis=1, keepdims=True) + 1e-6
    alike = soft @ soft.T > _ALIKE
    least = FEWEST
    while len(alike) and (most := alike.sum(axis=0)).max() >= least:
        middle = most.argmax()
        group, least = alike[middle], _FEWEST_MORE
        look = _common(np.stack([_moved(part, parts[middle]) for part in parts[group][:_ENOUGH]]))
        if (look > BODY).any():
            yield _trimmed(look)
        parts, alike = parts[~group], alike[np.ix_(~group, ~group)]


def _common(parts: Pixels) -> Pixels:
    """The median; of two the paler."""
    middle = (len(parts) - 1) // 2
    common: Pixels = np.partition(parts, middle, axis=0)[middle]
    return common


def _moved(part: Pixels, look: Pixels) -> Pixels:
    """A printing moved by a few pixels to where it covers another best."""
    wide = np.pad(part, 3)
    left, top = cv2.minMaxLoc(cv2.matchTemplate(wide, look, cv2.TM_CCORR))[3]
    moved: Pixels = wide[top : top + len(look), left : left + look.shape[1]]
    return moved


def _trimmed(look: Pixels) -> Pixels:
    columns, rows = (np.flatnonzero((look > PRINTED).any(axis=axis)) for axis in (0, 1))
    return look[max(rows[0] - 1, 0) : rows[-1] + 2, max(columns[0] - 1, 0) : columns[-1] + 2]
