"""A page of a filing as a picture, for a person to compare with: drawn in a process of its own, within bounds of time."""

import io
import subprocess
import sys

import pypdfium2
from PIL import Image, ImageSequence, UnidentifiedImageError

from etl import places
from etl.readers import scan

_PDF = "application/pdf"
_SECONDS = 30
# Pixels: what can be read on a screen at its own width, and enlarged once.
_LONGEST = 1800


def can_draw(media_type: str | None) -> bool:
    """Whether a format has pages that can be drawn: a PDF, or a picture."""
    return media_type == _PDF or bool(media_type and media_type.startswith("image/"))


def drawn(data: bytes, page: int) -> bytes | None:
    """The page, counted from 1, as a PNG, drawn by a process of its own; None where that does not succeed."""
    command = [sys.executable, "-m", "etl", "page", str(page)]
    try:
        done = subprocess.run(
            command, cwd=places.ROOT, input=data, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.SubprocessError:
        return None
    return done.stdout


def draw(data: bytes, page: int) -> bytes:
    """The page as a PNG. Raises ValueError for a file that has no such page, or is no file of pages."""
    picture = _of_pdf(data, page) if data.startswith(b"%PDF") else _of_picture(data, page)
    picture.thumbnail((_LONGEST, _LONGEST))
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG")
    return file.getvalue()


def _of_pdf(data: bytes, page: int) -> Image.Image:
    try:
        pdf = pypdfium2.PdfDocument(data)
        sheet = pdf[page - 1]
        picture: Image.Image = sheet.render(scale=_LONGEST / max(sheet.get_size())).to_pil()
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise ValueError(str(error)) from error
    return picture


def _of_picture(data: bytes, page: int) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=scan.FORMATS) as opened:
            if opened.width * opened.height > scan.MAX_PIXELS:
                raise ValueError("too large")
            for at, frame in enumerate(ImageSequence.Iterator(opened), 1):
                if at == page:
                    return frame.copy()
    except (*scan.DAMAGE, UnidentifiedImageError) as error:
        raise ValueError(str(error)) from error
    raise ValueError("no such page")
