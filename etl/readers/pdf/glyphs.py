"""The characters of a PDF's page in the order of its text, each with its box. Lengths are points, y grows downwards."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from statistics import median

import pypdfium2
from pypdfium2 import raw

from etl.readers.geometry.box import Matrix, moved, span
from etl.readers.geometry.glyphs import IN_NUMBER, Glyph
from etl.readers.pdf.calls import by_number, number, written
from etl.readers.pdf.painted import Nested, Painted, matrices
from etl.readers.pdf.unseen import without_ink
from etl.readers.showing import DOUBT

_NOTHING = "\u200b"
BLANKS = frozenset(f"\t\n\r \u00a0\u3000{_NOTHING}")
# What pdfium writes for a hyphen at the end of a line.
HYPHENS = {2: "-", 0xFFFE: "-"}
_CHARACTERS = {code: "\ufffd" for code in range(32) if chr(code) not in BLANKS} | HYPHENS
# Of the run of a line: how much it rises where it is written across the page at a slant, and no scan lies as badly.
_SLANT = 0.2
# Of their usual width for their height, characters of Han that are narrower have boxes of their ink.
_NARROW = 0.85
# One character in so many shows their usual shape.
_SAMPLE = 8
_HAN = lru_cache(maxsize=8192)(re.compile("[\u4e00-\u9fff]").match)
_IN_PIECES = re.compile("[\0\ud800-\udfff\U00010000-\U0010ffff]")
_PIECE, _LOOSE_BOX = by_number(raw.FPDFText_GetTextObject), by_number(raw.FPDFText_GetLooseCharBox)
_MATRIX, _ORIGIN = by_number(raw.FPDFText_GetMatrix), by_number(raw.FPDFText_GetCharOrigin)
_SIZE = by_number(raw.FPDFText_GetFontSize)


def glyphs(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, painted: Painted) -> list[Glyph]:
    """What is printed on the page but for blanks, with `DOUBT` for each figure that leaves no visible ink."""
    left, bottom, right, top = page.get_bbox()
    return [
        glyph
        for glyph in _printed(text, top, painted)
        if left <= (glyph[1] + glyph[2]) / 2 <= right and 0 <= (glyph[3] + glyph[4]) / 2 <= top - bottom
    ]


def _printed(text: pypdfium2.PdfTextPage, page_top: float, painted: Painted) -> list[Glyph]:
    handle, characters = number(text.raw), _characters(text)
    indices = [index for index, character in enumerate(characters) if character not in BLANKS]
    letters = [characters[index] for index in indices]
    figures = {letter for letter in set(letters) if IN_NUMBER(letter)}
    runs = [
        _PIECE(handle, index) or 0 if letter in figures else 0
        for index, letter in zip(indices, letters, strict=True)
    ]
    unseen = without_ink(handle, dict(zip(runs, indices, strict=True)))
    if unseen:
        letters = [DOUBT if run in unseen else letter for run, letter in zip(runs, letters, strict=True)]
    _, lefts, tops, rights, bottoms = written(_LOOSE_BOX, 4, repeat(handle), indices)
    tops, bottoms = [page_top - top for top in tops], [page_top - bottom for bottom in bottoms]
    found = list(map(Glyph, letters, lefts, rights, tops, bottoms, runs))
    astray = _astray(handle, indices, painted) if painted.has_forms else {}
    for place, matrix in astray.items():
        found[place] = _placed(found[place], matrix, page_top)
    odd = _odd(found)
    places = [astray.get(place, (1.0, 0.0, 0.0, -1.0, 0.0, page_top)) for place in odd]
    measured = _measured(handle, [indices[place] for place in odd], [found[place] for place in odd], places)
    slanting = set()
    for place, glyph in zip(odd, measured, strict=True):
        if glyph is None:
            slanting.add(place)
        else:
            found[place] = glyph
    return [glyph for place, glyph in enumerate(found) if place not in slanting] if slanting else found


def _astray(handle: int, indices: Sequence[int], painted: Painted) -> dict[int, Matrix]:
    """The characters that pdfium places as if their form were the page, those that the file spells out, with what is to be done."""
    found: dict[int, Matrix | None] = {}
    pieces = [_PIECE(handle, index) or 0 for index in indices]
    for piece, index in zip(pieces, indices, strict=True):
        if piece not in found:
            found[piece] = _matrix_astray(handle, index, painted.around(piece))
    return {place: matrix for place, piece in enumerate(pieces) if (matrix := found[piece])}


def _placed(glyph: Glyph, matrix: Matrix, page_top: float) -> Glyph:
    left, top, right, bottom = span(
        moved(glyph.left, page_top - glyph.top, matrix), moved(glyph.right, page_top - glyph.bottom, matrix)
    )
    return glyph._replace(left=left, right=right, top=top, bottom=bottom)


def _matrix_astray(handle: int, index: int, around: Nested) -> Matrix | None:
    """How the places in its form become the page's for the piece of print that begins with a character, if it is placed so."""
    (piece, matrix), *forms = around
    if not forms:
        return None
    (own,) = matrices([piece])
    _, (left,), (base,) = written(_ORIGIN, 2, repeat(handle), [index], kind=ctypes.c_double)
    _, *shown = written(_MATRIX, 6, repeat(handle), [index])
    in_form = abs(left - own[4]) + abs(base - own[5])
    on_page = abs(left - shown[4][0]) + abs(base - shown[5][0])
    return matrix if in_form < on_page else None


def _odd(found: Sequence[Glyph]) -> list[int]:
    """The places of characters whose boxes are not as high as the others', not wide at all, or narrower than others of Han."""
    heights = [glyph[4] - glyph[3] for glyph in found]
    usual = median(heights) if found else 0.0
    shortest, tallest = 0.6 * usual, min(1.7 * usual, 40)
    shapes = [
        (glyph[2] - glyph[1]) / (glyph[4] - glyph[3])
        for glyph in found[::_SAMPLE]
        if _HAN(glyph[0]) and glyph[4] > glyph[3]
    ]
    narrow = _NARROW * median(shapes) if shapes else 0.0
    return [
        place
        for place, (glyph, height) in enumerate(zip(found, heights, strict=True))
        if not shortest < height < tallest
        or glyph[2] <= glyph[1]
        or (glyph[2] - glyph[1] < narrow * height and _HAN(glyph[0]))
    ]


def _measured(
    handle: int, indices: Sequence[int], found: Sequence[Glyph], places: Sequence[Matrix]
) -> Iterator[Glyph | None]:
    """The characters with boxes from their origins and sizes where pdfium's loose boxes are none; None for a watermark's.

    Watermarks are written across the page at a slant. pdfium forgets the scale of vertical fonts, and for fonts without ascent the box is the ink: a dash for 一.
    """
    _, across, along, *_ = written(_MATRIX, 6, repeat(handle), indices)
    _, lefts, bases = written(_ORIGIN, 2, repeat(handle), indices, kind=ctypes.c_double)
    sizes = map(_SIZE, repeat(handle), indices)
    origins = map(moved, lefts, bases, places)
    for glyph, a, b, origin, size in zip(found, across, along, origins, sizes, strict=True):
        em = max(abs(a), abs(b)) * size
        slants = min(abs(a), abs(b)) > _SLANT * max(abs(a), abs(b))
        yield None if slants else _boxed(glyph, em, *origin)


def _boxed(glyph: Glyph, em: float, left: float, base: float) -> Glyph:
    width, height = glyph.right - glyph.left, glyph.bottom - glyph.top
    if em and 0.6 * em < height < 3 * em and 0 < width < _NARROW * em and _HAN(glyph.text):
        return glyph._replace(left=left, right=left + em)
    if not em or (0 < width < 1.8 * em and 0.6 * em < height < 3 * em):
        return glyph
    glyph = glyph._replace(top=base - 0.88 * em, bottom=base + 0.12 * em)
    return glyph if 0 < width < 1.8 * em else glyph._replace(left=left, right=left + em)


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
