"""A page of a filing as a picture, for a person to compare with."""

import io

import pypdfium2
from PIL import Image, ImageSequence, UnidentifiedImageError

from etl.readers import scan

# Pixels: what can be read on a screen at its own width, and enlarged once.
_LONGEST = 1800


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
