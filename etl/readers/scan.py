"""Scans and photographs → Document. Text recognition is an optional extra (`requirements-ocr.txt`)."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.readers.geometry import flow
from etl.readers.geometry.glyphs import Glyph
from etl.readers.geometry.ruled import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

MISSING = (
    "这是扫描件或图片，要先安装文字识别组件才能读取（pip install -r requirements-ocr.txt），"
    "或向报送单位索取 Word 或网页版。"
)
WORDLESS = "这是扫描件或图片，文字识别没有认出文字，请提供更清晰的扫描件，或向报送单位索取 Word 或网页版。"
DAMAGED = "这张图片不完整或已损坏，无法打开，请重新取得原文件。"
MISSING_INSIDE = (
    "文件里有图片形式的内容，要先安装文字识别组件才能读取（pip install -r requirements-ocr.txt），"
    "或向报送单位索取表格不是图片的版本。"
)
# What Pillow may open: it knows formats that would start other programs.
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")
# Pixels: a picture smaller either way has no room for a table, it is a logo or a line drawn as a picture.
_LEAST_WIDTH, _LEAST_HEIGHT = 200, 60
# What Pillow raises for damaged pictures, according to the format.
DAMAGE = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, AttributeError),
    *(LookupError, ArithmeticError, struct.error),
)
# Characters: fewer of them without a table are a banner or a caption, not a part of the report.
_FEWEST_WORDS = 40
# A page takes seconds: more of them than any annual report has would hold up a build.
MAX_PAGES = 40
MAX_PIXELS = 80_000_000
# How many times finer a picture is one way than the other: less makes no difference, more is a mistake in its file.
_UNEQUAL = (1.1, 2.5)
# What a file says of pictures whose rows are to be seen as columns.
_ON_SIDE = range(5, 9)


@dataclass(frozen=True, slots=True)
class Sight:
    """One page: glyphs and grids in points, y downwards, and how sure the recognition is of its words (0 to 1).

    `blank` says that nothing is printed on it: the back of a sheet.
    """

    glyphs: list[Glyph]
    grids: list[Grid]
    sure: float
    blank: bool = False


def is_installed() -> bool:
    """Whether the packages of `requirements-ocr.txt` are there."""
    return all(find_spec(name) for name in ("cv2", "onnxruntime", "rapidocr"))


def sight(colours: "NDArray[Any]", whole_sheet: bool = True) -> Sight:
    """What stands in an RGB picture, of a whole A4 sheet or of a part of one. Raises UnreadableFile without the extra."""
    if not is_installed():
        raise UnreadableFile(MISSING)
    from etl.readers.scans import page

    return page.sight(colours, whole_sheet)


def sights(colours: "NDArray[Any]") -> list[Sight]:
    """What stands on the page that an RGB picture of a sheet shows, or on each of two side by side.

    Raises UnreadableFile without the extra.
    """
    if not is_installed():
        raise UnreadableFile(MISSING)
    from etl.readers.scans import page

    return page.sights(colours)


def blocks(data: bytes) -> tuple[Paragraph | Table, ...]:
    """The paragraphs and tables in a picture that is part of another document (a table pasted as a picture).

    Nothing for a logo, a seal, a banner or a landscape. What cannot be read surely is marked `？` as in a scan.
    Raises UnreadableFile for a damaged or immoderate picture, and for one that needs the extra where it is missing.
    """
    found: list[Paragraph | Table] = []
    for colours in _pictures(data):
        height, width = colours.shape[:2]
        if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
            continue
        if not is_installed():
            raise UnreadableFile(MISSING_INSIDE)
        seen = sight(colours, whole_sheet=False)
        if seen.grids or len(seen.glyphs) >= _FEWEST_WORDS:
            found += flow.blocks([flow.page(seen.glyphs, seen.grids, 1)])
    return tuple(found)


def read(data: bytes) -> Document:
    """The document in a picture file, a page a picture or a half of one; the property `scanned` lists the pages.

    Raises UnreadableFile for a damaged or immoderate picture, one without text, or without the extra.
    """
    if not is_installed():
        raise UnreadableFile(MISSING)
    pages = [page for colours in _pictures(data) for page in sights(colours)]
    if not any(page.glyphs for page in pages):
        raise UnreadableFile(WORDLESS)
    blocks = flow.blocks([flow.page(page.glyphs, page.grids, at) for at, page in enumerate(pages, 1)])
    return Document(blocks, (("scanned", ",".join(str(at + 1) for at in range(len(pages)))),))


def _pictures(data: bytes) -> "Iterator[NDArray[Any]]":
    import numpy as np
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            must_be_moderate(getattr(image, "n_frames", 1), image.width * image.height)
            for frame in ImageSequence.Iterator(image):
                must_be_moderate(1, frame.width * frame.height)
                yield np.asarray(_as_seen(frame))
    except (*DAMAGE, Image.DecompressionBombError) as error:
        raise UnreadableFile(DAMAGED) from error


def _as_seen(frame: "Any") -> "Any":
    """The picture in RGB as its file says it lies, as many rows to an inch as columns: a coarse fax has half of them."""
    from PIL import ExifTags, ImageOps

    image = _on_paper(ImageOps.exif_transpose(frame))
    across, down = map(float, frame.info.get("dpi", (1, 1)))
    if frame.getexif().get(ExifTags.Base.Orientation, 1) in _ON_SIDE:
        across, down = down, across
    finer = max(across, down)
    least, most = _UNEQUAL
    if not least * min(across, down) < finer < most * min(across, down):
        return image
    width, height = round(image.width * finer / across), round(image.height * finer / down)
    must_be_moderate(1, width * height)
    return image.resize((width, height))


def _on_paper(image: "Any") -> "Any":
    """The picture in RGB, what is transparent in it as white paper."""
    import numpy as np
    from PIL import Image

    if image.mode.startswith("I;16"):
        # Pillow would cut sixteen bits off at 255 instead of scaling them.
        return Image.fromarray((np.asarray(image) // 257).astype(np.uint8)).convert("RGB")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def must_be_moderate(pages: int, pixels: int) -> None:
    """Raises UnreadableFile for more scanned pages, or more pixels on one, than an annual report has."""
    if pages > MAX_PAGES:
        raise UnreadableFile(f"扫描的页面超过 {MAX_PAGES} 页的上限，请只上传年度报告本身。")
    if pixels > MAX_PIXELS:
        raise UnreadableFile(
            f"图片有 {pixels // 1_000_000} 百万像素，超过 {MAX_PIXELS // 1_000_000} 百万的上限，请按 300 dpi 重新扫描。"
        )
