"""Printed pages as a scanner, a fax machine or a telephone hands them on: stamped, skewed, soft, grainy, pale."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from random import Random

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Pixels = NDArray[np.float32]
_RED, _GREY = (205, 40, 45), (120, 120, 120)
_PENS = ((25, 25, 30), (30, 50, 140), (200, 30, 35))
_WATERMARK = "政务公开"
_PAPER = 255
_SEAL_WIDTH = 4.2 / 2.54
_SEAL_TEXT = "栖禾县人民政府办公室"


@dataclass(frozen=True, slots=True)
class Condition:
    """How pages came to be pictures.

    `seals_at` are points from the left and the top where red seals stand beside those that chance places, `pressed` how hard
    each of them is (1 is a fresh pad). `skew` is in degrees, `contrast` a part of what a good scanner shows, `slant` of the page, `watermark` the grey level of
    one; `flat` is how many times fewer rows than columns an inch has, `shadow` how much light a hand takes from a part of the page.
    """

    name: str
    dpi: int = 150
    skew: float = 0.0
    red_seals: int = 0
    grey_seals: int = 0
    seals_at: tuple[tuple[float, float], ...] = ()
    pressed: tuple[float, ...] = ()
    contrast: float = 1.0
    grain: float = 4.0
    threshold: int = 0
    slant: float = 0.0
    shade: float = 0.0
    shadow: float = 0.0
    watermark: int = 255
    flat: int = 1
    quality: int = 85


def scanned(
    pdf: bytes, condition: Condition, chance: Random, struck: Sequence[str] = ()
) -> list[Image.Image]:
    """The pages of a PDF as pictures, the `struck` figures on them corrected by pen."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_scanned(_corrected(page, condition, chance, struck), condition, chance) for page in document]


def _corrected(page: pypdfium2.PdfPage, how: Condition, chance: Random, struck: Sequence[str]) -> Image.Image:
    """The page as printed; through each of these figures somebody drew a line, and wrote another beside some."""
    scale = how.dpi / 72
    sheet: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    text, pen = page.get_textpage(), ImageDraw.Draw(sheet)
    for figure in struck:
        found = text.search(figure, match_whole_word=True).get_next()
        if not found:
            continue
        boxes = [text.get_charbox(found[0] + at) for at in range(found[1])]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
        box = left * scale, sheet.height - top * scale, right * scale, sheet.height - bottom * scale
        _strike(pen, box, chance, scale)
    return sheet


def _strike(
    pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], chance: Random, scale: float
) -> None:
    left, top, right, bottom = box
    middle, tall = (top + bottom) / 2, bottom - top
    ink, width = chance.choice(_PENS), max(round(chance.uniform(0.5, 1.2) * scale), 1)
    beyond, tilt = chance.uniform(0, 3) * scale, chance.uniform(-0.3, 0.3) * tall
    lines: dict[str, list[tuple[float, float, float]]] = {
        "level": [(0, tilt / 3, -tilt / 3)],
        "two": [(-tall / 8, 0, 0), (tall / 8, 0, 0)],
        "across": [(0, tall / 2, -tall / 2)],
        "cross": [(0, tall / 2, -tall / 2), (0, -tall / 2, tall / 2)],
    }
    for shift, start, end in lines[chance.choice(("level", "level", "two", "across", "cross"))]:
        ends = (left - beyond, middle + shift + start), (right + beyond, middle + shift + end)
        pen.line(ends, fill=ink, width=width)
    if chance.random() < 0.4:
        new = str(chance.randint(2, 99))
        pen.text((right + beyond + scale, top - tall / 3), new, font=_font(round(tall)), fill=ink)


def _scanned(printed: Image.Image, how: Condition, chance: Random) -> Image.Image:
    page = np.asarray(_watermarked(printed, how), np.float32)
    for ink, count in ((_RED, how.red_seals), (_GREY, how.grey_seals)):
        for _ in range(count):
            page = _stamped_anywhere(page, _seal(how.dpi, ink, chance), chance)
    for (left, top), pressed in zip_longest(how.seals_at, how.pressed):
        seal = _seal(how.dpi, _RED, chance, pressed)
        page = _stamped(page, seal, *(round(side * how.dpi / 72) for side in (left, top)))
    page = 255 - (255 - page) * how.contrast
    sheet = Image.fromarray(page.astype(np.uint8)).rotate(
        how.skew, Image.Resampling.BICUBIC, fillcolor="white"
    )
    soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(how.dpi / 400)), np.float32) * 0.93 + 8
    grain = np.random.default_rng(chance.randrange(2**32)).normal(0, how.grain, (*soft.shape[:2], 1))
    light = _shadow(soft.shape[1], soft.shape[0], how, chance)
    page = _photographed((soft * light + grain).clip(0, 255).astype(np.float32), how, chance)
    seen = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    seen = seen.resize((seen.width, seen.height // how.flat), Image.Resampling.BOX)
    return (
        seen.convert("L").point(lambda level: 255 * (level > how.threshold)).convert("1")
        if how.threshold
        else seen
    )


def _watermarked(printed: Image.Image, how: Condition) -> Image.Image:
    """The page with pale words across it, below the print."""
    if how.watermark == _PAPER:
        return printed
    size = how.dpi * 4 // 5
    words = Image.new("L", (size * 5, size * 2), _PAPER)
    middle = (words.width / 2, words.height / 2)
    ImageDraw.Draw(words).text(middle, _WATERMARK, font=_font(size), fill=how.watermark, anchor="mm")
    words = words.rotate(35, Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)
    ground = Image.new("L", printed.size, _PAPER)
    for top in range(0, printed.height, words.height):
        ground.paste(words, ((printed.width - words.width) // 2, top))
    return ImageChops.multiply(printed, ground.convert("RGB"))


def _shadow(width: int, height: int, how: Condition, chance: Random) -> Pixels:
    """How much light each point gets: a hand or a telephone keeps it from a corner, with a soft edge."""
    light = Image.new("L", (width // 8, height // 8), _PAPER)
    if how.shadow:
        across, down = (chance.uniform(0.4, 0.8) * side for side in light.size)
        corner = [(0, light.height), (0, down), (across / 2, down * 0.8), (across, light.height)]
        ImageDraw.Draw(light).polygon(corner, fill=round(_PAPER * (1 - how.shadow)))
        light = light.filter(ImageFilter.GaussianBlur(how.dpi / 60))
    whole = np.asarray(light.resize((width, height), Image.Resampling.BICUBIC), np.float32)
    return whole[:, :, None] / np.float32(_PAPER)


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


def _seal(dpi: int, ink: tuple[int, int, int], chance: Random, pressed: float | None = None) -> Image.Image:
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
    faint = Image.blend(Image.new("RGB", seal.size, "white"), seal, pressed or chance.uniform(0.7, 1))
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


def _stamped_anywhere(page: Pixels, seal: Image.Image, chance: Random) -> Pixels:
    height, width = page.shape[:2]
    left, top = (chance.randint(0, max(side - seal.width, 0)) for side in (width, height))
    return _stamped(page, seal, left, top)


def _stamped(page: Pixels, seal: Image.Image, left: int, top: int) -> Pixels:
    """The page under a seal: ink on ink darkens print, it does not cover it."""
    part = page[top : top + seal.height, left : left + seal.width]
    stamped = page.copy()
    ink = np.asarray(seal, np.float32)[: part.shape[0], : part.shape[1]]
    stamped[top : top + seal.height, left : left + seal.width] = part * ink / 255
    return stamped


def as_tiff(pages: Sequence[Image.Image], condition: Condition) -> bytes:
    """The pictures as the file of several pages that fax machines and their servers write."""
    buffer = io.BytesIO()
    resolution = (condition.dpi, condition.dpi // condition.flat)
    first, *others = pages
    first.save(buffer, "TIFF", save_all=True, append_images=others, dpi=resolution, compression="group4")
    return buffer.getvalue()


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
