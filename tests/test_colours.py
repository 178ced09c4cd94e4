"""Colours: told apart in grey print and by colour-blind eyes, and figures on them readable, on white and on dark."""

import math
from itertools import combinations, pairwise

import pytest

from dashboard.charts import COLOURS, DARK, LIGHT, Style
from dashboard.charts.style import ink_on, luminance

OUTCOMES = ("disclosed", "disclosed_in_part", "withheld", "unavailable", "not_processed", "otherwise")
APPLICANTS = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other")
CHANNELS = ("website_items", "wechat_items", "new_media_items", "bulletin_items", "traditional_items")
TOGETHER = (
    OUTCOMES,
    (*OUTCOMES, "carried_out"),
    APPLICANTS,
    CHANNELS,
    ("upheld", "corrected", "other_result", "pending"),
)
# Machado, Oliveira and Fernandes 2009, complete deficiency, on linear RGB.
EYES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
STYLES = pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as these eyes see it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    red, green, blue = (
        min(1, max(0, sum(weight * share for weight, share in zip(row, linear, strict=True))))
        for row in EYES[eyes]
    )
    across = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    up = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    deep = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (across, up, deep)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@STYLES
@pytest.mark.parametrize("eyes", EYES)
def test_colours_of_a_chart_differ_for_colour_blind_eyes(style: Style, eyes: str) -> None:
    for keys in TOGETHER:
        for one, other in combinations(keys, 2):
            apart = math.dist(seen(style.named(one), eyes), seen(style.named(other), eyes))
            assert apart > 12, (one, other, apart)


@STYLES
def test_outcome_colours_differ_in_grey_print(style: Style) -> None:
    # Neighbours in a stack must be told apart without their hue.
    shades = [luminance(style.named(key)) for key in OUTCOMES]
    assert all(max(one, next_) / min(one, next_) > 1.3 for one, next_ in pairwise(shades))


@STYLES
def test_a_number_within_a_bar_can_be_read(style: Style) -> None:
    for key in COLOURS:
        assert contrast(ink_on(style.named(key)), style.named(key)) >= 4.5, key
