"""PDF → Document: pdfium gives the characters and the ruling lines, the rest is ours.

Pages are read in their display coordinates, y downwards, in points.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from statistics import median

import pypdfium2
from pypdfium2 import raw

from etl.document import Document, UnreadableFile
from etl.readers import pdf_annotations, pdf_guard, pdf_layers, pdf_rules, scan
from etl.readers.geometry import flow, struck
from etl.readers.geometry.box import Box
from etl.readers.geometry.flow import Page
from etl.readers.geometry.glyphs import IN_NUMBER, Glyph
from etl.readers.geometry.ruled import Rule, grids, merged
from etl.readers.pdf_clips import Clips
from etl.readers.pdf_sight import Sight, large_pictures, recognised, without_needless
from etl.readers.pdf_unseen import Covers, Inks
from etl.readers.showing import DOUBT

MAX_PAGES = 300
MAX_GLYPHS = 400_000
MAX_RULES = 1_500
# Characters: a scanning program's own line on the picture of a page, fewer than any page of a report has.
SCANNERS_MARK = 40
_NOTHING = "\u200b"
BLANKS = frozenset(f"\t\n\r \u00a0\u3000{_NOTHING}")
# What pdfium writes for a hyphen at the end of a line.
HYPHENS = {2: "-", 0xFFFE: "-"}
_CHARACTERS = {code: "\ufffd" for code in range(32) if chr(code) not in BLANKS} | HYPHENS
_IN_PIECES = re.compile("[\0\ud800-\udfff\U00010000-\U0010ffff]")
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
        sights = [page for at, seen in enumerate(sights) for page in recognised(pdf, at, seen)]
        properties = tuple(_properties(pdf))
    return Document(flow.blocks(_with_text(sights)), (*properties, *_shortcomings(sights)))


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
        text = page.get_textpage()
        _must_be_moderate(text.count_chars())
        turn = _text_turn(text)
        if turn:
            page, over = _turned(pdf, index, page, turn), ()
            text = page.get_textpage()
        return _read_page(page, text, over)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"这份 PDF 的第 {index + 1} 页已损坏，请重新取得原文件。") from error


def _read_page(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, over: Sequence[Box]) -> Sight:
    left, bottom, right, top = page.get_bbox()
    drawn = pdf_rules.drawn(page)
    drawn.covers += (pdf_rules.Cover(pdf_rules.MAX_OBJECTS + 1, box, None) for box in over)
    if _is_scan(page, text, drawn):
        scan.must_be_moderate(1, drawn.picture_pixels)
        return Sight([], [], drawn.pictures, scanned=scan.is_installed())
    glyphs = [
        glyph
        for glyph in _glyphs(text, top)
        if left <= (glyph[1] + glyph[2]) / 2 <= right and 0 <= (glyph[3] + glyph[4]) / 2 <= top - bottom
    ]
    across = [Rule(top - at, start, end) for at, start, end in drawn.horizontal]
    pieces = pdf_rules.Pieces(drawn.texts)
    glyphs = Clips(pieces, top).doubted(struck.doubted(glyphs, across))
    glyphs = pdf_layers.seen(page, pieces, Covers(page, drawn, top).doubted(glyphs))
    horizontal = merged(across)
    vertical = merged(Rule(at, top - end, top - start) for at, start, end in drawn.vertical)
    if max(len(horizontal), len(vertical)) > MAX_RULES:
        raise UnreadableFile("这份 PDF 的页面线条过多（像是图纸），无法按表格读取，请上传 Word 或网页版。")
    boxes = [(left, top - y1, right, top - y0) for left, y0, right, y1 in drawn.picture_boxes]
    width, height = page.get_size()
    large = tuple(large_pictures(boxes, width * height, glyphs))
    return Sight(glyphs, grids(horizontal, vertical), drawn.pictures, pictured=large)


def _is_scan(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, drawn: pdf_rules.Drawn) -> bool:
    """Whether the page is a picture: without visible text, or with no more than a scanning program's own line."""
    if drawn.hidden_text:
        return True
    width, height = page.get_size()
    most = SCANNERS_MARK if drawn.picture_area > pdf_rules.SHEET * width * height else 0
    return drawn.pictures > 0 and text.count_chars() <= most


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


def _glyphs(text: pypdfium2.PdfTextPage, page_top: float) -> list[Glyph]:
    handle, box = text.raw, raw.FS_RECTF()
    reference, measure = ctypes.byref(box), raw.FPDFText_GetLooseCharBox
    inks = Inks(text)
    characters = _characters(text)
    figures = {character for character in set(characters) if IN_NUMBER(character)}
    indices = []
    glyphs = []
    for index, character in enumerate(characters):
        if character not in BLANKS:
            measure(handle, index, reference)
            run = 0
            if character in figures:
                run = inks.run(index)
                character = DOUBT if inks.is_unseen(index, run) else character
            glyphs.append(
                Glyph(character, box.left, box.right, page_top - box.top, page_top - box.bottom, run)
            )
            indices.append(index)
    heights = [glyph[4] - glyph[3] for glyph in glyphs]
    usual = median(heights) if glyphs else 0.0
    shortest, tallest = 0.6 * usual, min(1.7 * usual, 40)
    for place, (glyph, height) in enumerate(zip(glyphs, heights, strict=True)):
        if not shortest < height < tallest or glyph[2] <= glyph[1]:
            glyphs[place] = _measured(text, indices[place], glyph, page_top)
    return glyphs


def _measured(text: pypdfium2.PdfTextPage, index: int, glyph: Glyph, page_top: float) -> Glyph:
    """A box from the character's origin and size where pdfium's loose box is none.

    It forgets the scale of vertical fonts, and for fonts without ascent it is the ink: a dash for 一.
    """
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, index, matrix)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    em = max(abs(matrix.a), abs(matrix.b)) * raw.FPDFText_GetFontSize(text, index)
    width, height = glyph.right - glyph.left, glyph.bottom - glyph.top
    if not em or (0 < width < 1.8 * em and 0.6 * em < height < 3 * em):
        return glyph
    base = page_top - y.value
    glyph = glyph._replace(top=base - 0.88 * em, bottom=base + 0.12 * em)
    return glyph if 0 < width < 1.8 * em else glyph._replace(left=x.value, right=x.value + em)


def _characters(text: pypdfium2.PdfTextPage) -> str:
    """The page's characters in pdfium's order, one for each index."""
    count = text.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(text, 0, count, buffer)
    whole = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    # The text in one piece leaves out what has no meaning and splits rare characters: then ask one by one.
    if _IN_PIECES.search(whole):
        whole = "".join(map(chr, _paired([raw.FPDFText_GetUnicode(text, at) for at in range(count)])))
    return whole.translate(_CHARACTERS)


def _paired(codes: list[int]) -> list[int]:
    """Where fonts give a rare character as the two halves UTF-16 has for it: the whole, and a blank after it."""
    for at, code in enumerate(codes):
        if 0xD800 <= code < 0xE000:
            after = codes[at + 1] if at + 1 < len(codes) else 0
            is_pair = code < 0xDC00 <= after < 0xE000
            codes[at] = 0x10000 + (code - 0xD800 << 10) + after - 0xDC00 if is_pair else 0xFFFD
            if is_pair:
                codes[at + 1] = ord(_NOTHING)
    return codes


def _with_text(sights: list[Sight]) -> tuple[Page, ...]:
    if not any(sight.glyphs for sight in sights):
        raise UnreadableFile(scan.WORDLESS if scan.is_installed() else scan.MISSING)
    printed = Counter(glyph.text for sight in sights for glyph in sight.glyphs)
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
