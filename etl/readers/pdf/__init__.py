"""PDF → Document: pdfium gives the characters and the ruling lines, the rest is ours.

Pages are read in their display coordinates, y downwards, in points.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from operator import itemgetter

import pypdfium2
from pypdfium2 import raw

from etl.document import Document, UnreadableFile
from etl.readers import scan
from etl.readers.geometry import flow, struck
from etl.readers.geometry.box import Box
from etl.readers.geometry.flow import Page
from etl.readers.geometry.ruled import Rule, grids, merged
from etl.readers.pdf import annotations as pdf_annotations
from etl.readers.pdf import clips as pdf_clips
from etl.readers.pdf import glyphs as pdf_glyphs
from etl.readers.pdf import guard as pdf_guard
from etl.readers.pdf import layers as pdf_layers
from etl.readers.pdf import rules as pdf_rules
from etl.readers.pdf.painted import Painted
from etl.readers.pdf.sight import Sight, large_pictures, recognised, without_needless
from etl.readers.pdf.spread import halves
from etl.readers.pdf.unseen import Covers

MAX_PAGES = 300
MAX_GLYPHS = 400_000
MAX_RULES = 1_500
# Characters: a scanning program's own line on the picture of a page, fewer than any page of a report has.
SCANNERS_MARK = 40
CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read(data: bytes) -> Document:
    """The document in a PDF; its properties are `title`, `created` (ISO date), `pictures`, `scanned`, `pages_without_text`.

    Pages that are pictures are recognised where the extra for it is installed.
    Raises UnreadableFile for a damaged, locked or immoderate file, and for a scan that cannot be recognised.
    """
    _must_be_whole(data)
    pdf_guard.check(data)
    with closing(_opened(data)) as pdf:
        if len(pdf) > MAX_PAGES:
            raise UnreadableFile(
                f"这份 PDF 有 {len(pdf)} 页，超过 {MAX_PAGES} 页的上限，请只上传年度报告本身。"
            )
        sights: list[Sight] = []
        for index in range(len(pdf)):
            sights.append(_sight(pdf, index))
            _must_be_moderate(sum(len(seen.glyphs) for seen in sights))
        sights = without_needless(sights)
        scan.must_be_moderate(sum(seen.scanned or bool(seen.pictured) for seen in sights), 0)
        sights = [page for at, seen in enumerate(sights) for page in _pages(pdf, at, seen)]
        properties = tuple(_properties(pdf))
    return Document(flow.blocks(_with_text(sights)), (*properties, *_shortcomings(sights)))


def _pages(pdf: pypdfium2.PdfDocument, index: int, sheet: Sight) -> Iterable[Sight]:
    if sheet.scanned or sheet.pictured:
        return recognised(pdf, index, sheet)
    return halves(sheet, *pdf.get_page_size(index))


def _must_be_whole(data: bytes) -> None:
    # pdfium repairs a file cut short and silently shows fewer pages: a missing page must not read as a missing table.
    if b"%%EOF" not in data[-2048:].rstrip(b"\0") and b"startxref" not in data[-2048:]:
        raise UnreadableFile("这份 PDF 不完整（文件结尾缺失，可能没有下载完），请重新取得原文件。")


def _must_be_moderate(characters: int) -> None:
    if characters > MAX_GLYPHS:
        raise UnreadableFile(f"这份 PDF 的文字超过 {MAX_GLYPHS} 字的上限，请只上传年度报告本身。")


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnreadableFile("这份 PDF 设有打开密码，请取得密码后另存为不加密的文件再上传。") from error
        raise UnreadableFile("这份 PDF 已损坏，无法打开，请重新取得原文件。") from error


def _sight(pdf: pypdfium2.PdfDocument, index: int) -> Sight:
    try:
        page, over = pdf_annotations.placed(pdf, index)
        shown = page.get_rotation()
        if shown:
            page = _shown_turned(pdf, index, page, 0)
        text = page.get_textpage()
        _must_be_moderate(text.count_chars())
        turn = _text_turn(text)
        if turn:
            page, over = _turned(pdf, index, page, turn), ()
            text = page.get_textpage()
        seen = _read_page(page, text, over)
        if shown and seen.scanned:
            _shown_turned(pdf, index, page, shown)
        return seen
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"这份 PDF 的第 {index + 1} 页已损坏，请重新取得原文件。") from error


def _shown_turned(
    pdf: pypdfium2.PdfDocument, index: int, page: pypdfium2.PdfPage, degrees: int
) -> pypdfium2.PdfPage:
    """The page as shown by so many degrees turned. pdfium gives the characters of one that is not in the order of its text."""
    page.set_rotation(degrees)
    page.close()
    return pdf[index]


def _read_page(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, over: Sequence[Box]) -> Sight:
    painted = Painted(page)
    drawn = pdf_rules.drawn(page, painted)
    drawn.covers += (pdf_rules.Cover(float("inf"), box, None) for box in over)
    if _is_scan(page, text, drawn):
        scan.must_be_moderate(1, drawn.picture_pixels)
        return Sight([], [], len(drawn.pictures), scanned=scan.is_installed())
    across, down = ([Rule(*rule) for rule in sorted(rules)] for rules in (drawn.across, drawn.down))
    glyphs = struck.doubted(pdf_glyphs.glyphs(page, text, painted), across)
    runs = {glyph.run for glyph in glyphs if glyph.run}
    glyphs = Covers(page, painted, drawn.covers).doubted(pdf_clips.seen(painted, runs, glyphs))
    glyphs = pdf_layers.seen(page, painted, runs, glyphs)
    horizontal, vertical = merged(across), merged(down)
    if max(len(horizontal), len(vertical)) > MAX_RULES:
        raise UnreadableFile("这份 PDF 的页面线条过多（像是图纸），无法按表格读取，请上传 Word 或网页版。")
    width, height = page.get_size()
    large = tuple(large_pictures(drawn.pictures, width * height, glyphs))
    return Sight(glyphs, grids(horizontal, vertical), len(drawn.pictures), pictured=large)


def _is_scan(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, drawn: pdf_rules.Drawn) -> bool:
    """Whether the page is a picture: without visible text, or with no more than a scanning program's own line."""
    if drawn.hidden_text:
        return True
    width, height = page.get_size()
    most = SCANNERS_MARK if drawn.picture_area > pdf_rules.SHEET * width * height else 0
    return bool(drawn.pictures) and text.count_chars() <= most


def _text_turn(text: pypdfium2.PdfTextPage) -> int:
    """Quarter turns (clockwise) in which most of the page's text runs."""
    count = text.count_chars()
    angles = Counter(
        round(raw.FPDFText_GetCharAngle(text, index) / 1.5708) % 4
        for index in range(0, count, count // 24 + 1)
        if raw.FPDFText_IsGenerated(text, index) == 0
    )
    return angles.most_common(1)[0][0] if angles else 0


def _turned(pdf: pypdfium2.PdfDocument, index: int, page: pypdfium2.PdfPage, turn: int) -> pypdfium2.PdfPage:
    """The page with its text upright. pdfium measures sideways characters badly, so the page itself is turned."""
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    left, bottom, right, top = page.get_bbox()
    corners = [(x * cosine - y * sine, x * sine + y * cosine) for x in (left, right) for y in (bottom, top)]
    x, y = min(x for x, _ in corners), min(y for _, y in corners)
    matrix = raw.FS_MATRIX(cosine, sine, -sine, cosine, -x, -y)
    raw.FPDFPage_TransFormWithClip(page, matrix, None)
    width, height = max(x for x, _ in corners) - x, max(y for _, y in corners) - y
    for setter in (page.set_mediabox, page.set_cropbox):
        setter(0, 0, width, height)
    page.close()
    return pdf[index]


def _with_text(sights: list[Sight]) -> tuple[Page, ...]:
    if not any(sight.glyphs for sight in sights):
        raise UnreadableFile(scan.WORDLESS if scan.is_installed() else scan.MISSING)
    printed = Counter(chain.from_iterable(map(itemgetter(0), sight.glyphs) for sight in sights))
    odd = sum(count for text, count in printed.items() if not text.isprintable() or text == "\ufffd")
    if odd > 0.2 * printed.total():
        raise UnreadableFile("这份 PDF 的字体没有编码信息，文字无法取出，请向报送单位索取 Word 或网页版。")
    return tuple(flow.page(sight.glyphs, sight.grids, number) for number, sight in enumerate(sights, 1))


def _properties(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[str, str]]:
    title = _metadata(pdf, b"Title").strip()
    if title:
        yield "title", title
    created = CREATED.match(_metadata(pdf, b"CreationDate"))
    if created:
        yield "created", "-".join(created.groups())


def _metadata(pdf: pypdfium2.PdfDocument, name: bytes) -> str:
    # pypdfium2's own getter raises on a damaged title.
    size = raw.FPDF_GetMetaText(pdf, name, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(pdf, name, buffer, size)
    return buffer.raw.decode("utf-16-le", errors="replace").strip("\0\ufffd")


def _shortcomings(sights: list[Sight]) -> Iterator[tuple[str, str]]:
    pictures = sum(sight.pictures for sight in sights)
    if pictures:
        yield "pictures", str(pictures)
    scanned = [str(number) for number, sight in enumerate(sights, 1) if sight.scanned and sight.glyphs]
    if scanned:
        yield "scanned", ",".join(scanned)
    if any(sight.pictured for sight in sights) and not scan.is_installed():
        yield "unread_pictures", scan.MISSING_INSIDE
    read = sum(bool(sight.pictured and sight.scanned) for sight in sights)
    if read:
        yield "pictures_read", str(read)
    blind = [str(number) for number, sight in enumerate(sights, 1) if sight.pictures and not sight.glyphs]
    if blind:
        yield "pages_without_text", ",".join(blind)
