"""Printed pages as a scanner, a fax machine or a telephone hands them on: stamped, skewed, soft, grainy, pale."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Pixels = NDArray[np.float32]
_RED, _GREY = (205, 40, 45), (120, 120, 120)
_SEAL_WIDTH = 4.2 / 2.54
_SEAL_TEXT = "栖禾县人民政府办公室"


@dataclass(frozen=True, slots=True)
class Condition:
    """How pages came to be pictures; `skew` is in degrees, `contrast` a part of what a good scanner shows, `slant` of the page."""

    name: str
    dpi: int = 150
    skew: float = 0.0
    red_seals: int = 0
    grey_seals: int = 0
    contrast: float = 1.0
    grain: float = 4.0
    threshold: int = 0
    slant: float = 0.0
    shade: float = 0.0
    quality: int = 85


def scanned(pdf: bytes, condition: Condition, chance: Random) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            _scanned(page.render(scale=condition.dpi / 72).to_pil(), condition, chance) for page in document
        ]


def _scanned(printed: Image.Image, how: Condition, chance: Random) -> Image.Image:
    page = np.asarray(printed.convert("RGB"), np.float32)
    for ink, count in ((_RED, how.red_seals), (_GREY, how.grey_seals)):
        for _ in range(count):
            page = _stamped(page, _seal(how.dpi, ink, chance), chance)
    page = 255 - (255 - page) * how.contrast
    sheet = Image.fromarray(page.astype(np.uint8)).rotate(
        how.skew, Image.Resampling.BICUBIC, fillcolor="white"
    )
    soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(how.dpi / 400)), np.float32) * 0.93 + 8
    grain = np.random.default_rng(chance.randrange(2**32)).normal(0, how.grain, (*soft.shape[:2], 1))
    page = _photographed((soft + grain).clip(0, 255).astype(np.float32), how, chance)
    seen = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    return (
        seen.convert("L").point(lambda level: 255 * (level > how.threshold)).convert("1")
        if how.threshold
        else seen
    )


def _photographed(page: Pixels, how: Condition, chance: Random) -> Pixels:
    """The page seen at a slant on a dark table, in light that falls off to one side."""
    if not how.slant:
        return page
    height, width = page.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    middle = np.array((width, height), np.float32) / 2
    inward = np.array([[chance.uniform(0, how.slant) for _ in range(2)] for _ in corners], np.float32)
    matrix = cv2.getPerspectiveTransform(
        corners, (corners + (middle - corners) * 2 * inward).astype(np.float32)
    )
    seen = cv2.warpPerspective(page, matrix, (width, height), borderValue=(90, 80, 70), flags=cv2.INTER_AREA)
    light = np.linspace(1, 1 - how.shade, width, dtype=np.float32)[:: chance.choice((1, -1))]
    return (seen * light[None, :, None]).astype(np.float32)


def _seal(dpi: int, ink: tuple[int, int, int], chance: Random) -> Image.Image:
    """A round seal with its ring, star and name, pressed more or less hard, turned a little."""
    size = round(_SEAL_WIDTH * dpi * 2)
    seal = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(seal)
    pen.ellipse((4, 4, size - 4, size - 4), outline=ink, width=max(size // 34, 3))
    tips = [(turn, size / 7 if turn % 2 else size / 18) for turn in range(10)]
    pen.polygon([_around(size, 36 * turn + 180, reach) for turn, reach in tips], fill=ink)
    font = _font(size // 9)
    for at, letter in enumerate(_SEAL_TEXT):
        angle = 260 * at / (len(_SEAL_TEXT) - 1) - 130
        cut = Image.new("L", (size // 7, size // 7), 0)
        ImageDraw.Draw(cut).text(
            (size // 14, size // 14), letter, font=font, fill=255, anchor="mm", stroke_width=1
        )
        cut = cut.rotate(-angle, Image.Resampling.BICUBIC)
        x, y = _around(size, angle, 0.38 * size)
        seal.paste(
            Image.new("RGB", cut.size, ink), (round(x - cut.width / 2), round(y - cut.height / 2)), cut
        )
    faint = Image.blend(Image.new("RGB", seal.size, "white"), seal, chance.uniform(0.7, 1))
    turned = faint.rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC, fillcolor="white")
    return turned.resize((size // 2, size // 2), Image.Resampling.LANCZOS)


def _around(size: int, degrees: float, reach: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return size / 2 + reach * math.sin(angle), size / 2 - reach * math.cos(angle)


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in ("simsun.ttc", "uming.ttc", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise FileNotFoundError("a seal needs a Chinese typeface: install fonts-arphic-uming or fonts-noto-cjk")


def _stamped(page: Pixels, seal: Image.Image, chance: Random) -> Pixels:
    """The page under a seal somewhere on it: ink on ink darkens print, it does not cover it."""
    size, (height, width) = seal.width, page.shape[:2]
    left, top = chance.randint(0, max(width - size, 0)), chance.randint(0, max(height - size, 0))
    part = page[top : top + size, left : left + size]
    stamped = page.copy()
    ink = np.asarray(seal, np.float32)[: part.shape[0], : part.shape[1]]
    stamped[top : top + size, left : left + size] = part * ink / 255
    return stamped


def as_pdf(pages: Sequence[Image.Image], condition: Condition) -> bytes:
    """The pictures as the PDF without text that scanners write."""
    buffer = io.BytesIO()
    compression = {} if condition.threshold else {"quality": condition.quality}
    pages[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=list(pages[1:]),
        resolution=float(condition.dpi),
        **compression,
    )
    return buffer.getvalue()
