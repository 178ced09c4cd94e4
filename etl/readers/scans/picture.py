"""Pictures of pages: made upright and of one scale, the red seal taken out. Boxes are pixels."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from etl.readers.scans.ground import lightened

Pixels = NDArray[Any]

# Work is done at 216 dpi: small figures of a 150 dpi scan are then large enough to be recognised.
PER_POINT = 3.0
_A4_LENGTH = 842
# Degrees: how far a page is askew, looked for in ever smaller steps; at what scale each time.
_SKEW_STEPS = ((0.15, 8.0, 0.5), (0.3, 0.5, 0.1), (0.3, 0.1, 0.025))
_USUAL_LETTER = 10.5
_FEWEST_MARKS = 8
# Pixels: the lowest and the tallest mark in a picture of unknown scale that may be a character.
_LETTERS = (6, 120)
# A part of a sheet in large letters is not brought down to their size, nor is a coarse one blown up without end.
_WIDEST_PART = 1.6
_MOST_ENLARGED = 4.0
PAPER = 255
# Grey levels by which ink is darker than paper: a part of what the blackest print of the page is, within limits.
_STRONGEST, _OF_STRONGEST = 99.98, 0.17
_LEAST_DARKER, _MOST_DARKER = 8, 21
# How much redder than anything else a pixel of a seal is, and one that a seal's colour has tinged.
_RED, _TINGED = 60, 16
# Pixels: a seal's ring has no wider gaps. Points: a seal is larger, other red ink hardly ever.
_STROKES_APART, _SEAL = 31, 70
# Pixels: what is coloured and wider both ways is no stroke; strokes of one seal lie no further apart.
_BROAD, _ABOUT_SEAL = 25, 61


class Box(NamedTuple):
    """A rectangle of pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An upright page: `grey` without seals and dark grounds, `ink` where something is printed, `red` where a seal lies.

    `tint` is how much bluer or greener than red fine strokes are, as those of a pen, or redder (below zero), but for seals.
    """

    grey: Pixels
    ink: Pixels
    red: Pixels
    tint: Pixels

    def turned(self, quarters: int) -> "Picture":
        """The page turned clockwise by quarters of a circle."""
        return Picture(*(np.ascontiguousarray(np.rot90(side, -quarters)) for side in self._sides()))

    def _sides(self) -> tuple[Pixels, ...]:
        return self.grey, self.ink, self.red, self.tint


def picture(colours: Pixels, whole_sheet: bool = True) -> Picture:
    """What an RGB picture shows, set straight and scaled as an A4 sheet, or a part of one, is printed."""
    scale = PER_POINT * _A4_LENGTH / max(colours.shape[:2])
    if not whole_sheet:
        scale = _scale_by_letters(colours) or scale
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(colours, None, fx=scale, fy=scale, interpolation=method)
    grey, red = _without_red(sized)
    grey, tint = lightened(grey), _tint(sized, red)
    skew = _skew(inked(grey))
    if skew:
        grey, red, tint = _rotated(grey, skew, PAPER), _rotated(red, skew, 0), _rotated(tint, skew, 0)
    return Picture(grey, inked(grey), red, tint)


def _tint(colours: Pixels, sealed: Pixels) -> Pixels:
    """How far each pixel is from grey, to the cool side or to the warm: not what is wide, as the ground of a head is."""
    red, green, blue = cv2.split(colours)
    square = np.ones((_BROAD, _BROAD), np.uint8)
    cool, warm = (
        cv2.morphologyEx(excess, cv2.MORPH_TOPHAT, square).astype(np.int16)
        for excess in (cv2.subtract(cv2.max(green, blue), red), cv2.subtract(red, cv2.max(green, blue)))
    )
    if sealed.any():
        warm[_about_seals(sealed)] = 0
    tint: Pixels = cool - warm
    return tint


def _about_seals(sealed: Pixels) -> Pixels:
    """Where seals lie, with all their strokes and a little more."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(sealed, np.ones((_ABOUT_SEAL,) * 2, np.uint8))
    )
    large = np.maximum(boxes[:, 2], boxes[:, 3]) - _ABOUT_SEAL >= _SEAL * PER_POINT
    large[0] = False
    about: Pixels = large[labels]
    return about


def _without_red(colours: Pixels) -> tuple[Pixels, Pixels]:
    """The grey page with red ink as paper, and where red ink lies."""
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    red, green, blue = cv2.split(colours)
    excess = cv2.subtract(red, cv2.max(green, blue))
    sealed = np.where(excess > _RED, 255, 0).astype(np.uint8)
    if not sealed.any():
        return grey, sealed
    paper, unsealed = float(np.median(grey)), grey.copy()
    for area, inside in _seals(sealed):
        without = _unsealed(grey[area], red[area], excess[area], inside, paper)
        unsealed[area] = np.where(inside, without, unsealed[area])
    return unsealed, sealed


def _seals(sealed: Pixels) -> Iterator[tuple[tuple[slice, slice], Pixels]]:
    """All the red ink together, then what each seal's ring encloses, for one is darker than another: areas, and 1 within."""
    left, top, width, height = cv2.boundingRect(cv2.dilate(sealed, np.ones((9, 9), np.uint8)))
    yield (slice(top, top + height), slice(left, left + width)), np.ones((height, width), np.uint8)
    joined = cv2.dilate(sealed, np.ones((_STROKES_APART,) * 2, np.uint8))
    rings, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for ring in rings:
        left, top, width, height = cv2.boundingRect(ring)
        if max(width, height) > _SEAL * PER_POINT:
            inside = np.zeros((height, width), np.uint8)
            cv2.drawContours(inside, [ring], 0, 1, cv2.FILLED, offset=(-left, -top))
            yield (slice(top, top + height), slice(left, left + width)), inside


def _unsealed(grey: Pixels, red: Pixels, excess: Pixels, inside: Pixels, paper: float) -> Pixels:
    """A part of the page without the seals `inside` it: print is darker than the seal about it, in the red light or in all.

    Through a red filter a seal is bright and print under it stays dark. What the filter leaves of a seal's fine
    strokes is taken off, but not where it is as dark as a thin rule under the seal. A JPEG smears colours over
    print, which then looks red as well, and thins the colour of fine strokes: there only print is darker than the seal.
    """
    sealed = (excess > _RED) & (inside > 0)
    seal, shade, strength = (float(np.median(side[sealed])) for side in (red, grey, excess))
    lightness = np.clip((red / np.float32(seal) - 0.4) / 0.2, 0, 1)
    filtered = np.minimum(red * np.float32(max(paper / seal, 1.0)) + lightness * excess, paper)
    density = np.clip(cv2.dilate(excess, np.ones((9, 9), np.uint8)) / np.float32(strength / 2), 0, 1)
    expected = paper - density * (paper - shade)
    darkened = paper * np.clip((grey / expected - 0.35) / 0.45, 0, 1)
    unsealed: Pixels = np.where(excess > _TINGED, np.minimum(filtered, darkened), grey)
    return unsealed.astype(np.uint8)


def inked(grey: Pixels) -> Pixels:
    """255 where the page is darker than the paper around, whatever the light, and however pale all of its print is."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    around = cv2.blur(smooth, (61, 61), borderType=cv2.BORDER_REPLICATE)
    darker = cv2.subtract(around, smooth)
    strongest = float(np.percentile(darker[::4, ::4], _STRONGEST))
    least = min(max(strongest * _OF_STRONGEST, _LEAST_DARKER), _MOST_DARKER)
    ink: Pixels = cv2.threshold(darker, least, 255, cv2.THRESH_BINARY)[1]
    return ink


def _skew(ink: Pixels) -> float:
    """The angle in degrees (anticlockwise) that sets lines and rules level, however the page is turned."""
    if not ink.any():
        return 0.0
    best = 0.0
    for scale, reach, step in _SKEW_STEPS:
        small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
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


def letter_height(ink: Pixels, otherwise: float = _USUAL_LETTER) -> float:
    """The height in points of the Chinese characters in a picture of ink, or what it is taken for where there are none."""
    found = _letter_pixels(ink, 4 * PER_POINT, 24 * PER_POINT) / PER_POINT
    return min(max(found, 7.0), 16.0) if found else otherwise


def _letter_pixels(ink: Pixels, least: float, most: float) -> float:
    """The height in pixels that few of the marks as wide as high exceed; 0 where there is none."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    heights = [
        height
        for _, _, width, height, _ in boxes[1:]
        if least < height < most and 0.7 * height < width < 1.3 * height
    ]
    return float(np.percentile(heights, 85)) if len(heights) >= _FEWEST_MARKS else 0.0


def _scale_by_letters(colours: Pixels) -> float:
    """What makes the characters as large as in the tables of a sheet; 0 where there are none."""
    height = _letter_pixels(inked(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)), *_LETTERS)
    if not height:
        return 0.0
    room = PER_POINT * _A4_LENGTH * _WIDEST_PART / max(colours.shape[:2])
    return float(min(_USUAL_LETTER * PER_POINT / height, room, _MOST_ENLARGED))
