"""Scanned filings: how many cells are read right, and whether any is read wrongly, a row a condition.

BENCH_SCANS_SEED is the first seed (a fresh one is a set nobody has seen), BENCH_SCANS_FILINGS how many filings a row has,
BENCH_SCANS a part of the names of the rows wanted. A page takes two to three seconds.
"""

import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from random import Random
from typing import NamedTuple

from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bench.printed import LOOKS, Filing, printed
from bench.scanner import Condition, as_pdf, as_tiff, scanned
from bench.timing import Row, cpu
from data.sample.spec import Printed
from etl.document import UnreadableFile
from etl.extract import UnknownForm, extract
from etl.readers import read
from etl.report import Fact, Report, Source, State

_SEED = int(os.environ.get("BENCH_SCANS_SEED", "1"))
_FILINGS = int(os.environ.get("BENCH_SCANS_FILINGS", "2"))
_WANTED = os.environ.get("BENCH_SCANS", "")
_ISSUE = "≥ 98 % right, 0 wrong"
_NONE_WRONG = "0 wrong"
_FAULTS = ("wrong", "lost", "invented", "confused")

# The typeface of a text that nobody sees, and what a program takes figures for.
_UNSEEN = "STSong-Light"
_MISREAD = str.maketrans("135678", "786931")

Pages = list[Image.Image]
pdfmetrics.registerFont(UnicodeCIDFont(_UNSEEN))


def _upside_down(pages: Pages) -> Pages:
    """Every second page the wrong way up."""
    return [page.rotate(180 * (at % 2)) for at, page in enumerate(pages)]


def _blank_between(pages: Pages) -> Pages:
    """The empty backs of the sheets scanned as well."""
    return [page for front in pages for page in (front, Image.new("L", front.size, 250))]


def _side_by_side(pages: Pages) -> Pages:
    """Two pages on each sheet of A3."""
    pairs = [pages[at : at + 2] for at in range(0, len(pages), 2)]
    sheets = []
    for left, *right in pairs:
        sheet = Image.new("RGB", (2 * left.width, left.height), "white")
        for at, page in enumerate((left, *right)):
            sheet.paste(page, (at * left.width, 0))
        sheets.append(sheet)
    return sheets


def _as_they_are(pages: Pages) -> Pages:
    return pages


def _between_texts(pages: Pages, filing: Filing, condition: Condition) -> bytes:
    """The filing with every second page scanned and the others as they came from the office program."""
    with PdfDocument(filing.pdf) as whole, PdfDocument(as_pdf(pages, condition)) as scans:
        for at in range(0, len(whole), 2):
            whole.import_pages(scans, [at], at)
            del whole[at + 1]
        return _saved(whole)


def _over_a_false_text(pages: Pages, filing: Filing, condition: Condition) -> bytes:
    """The pictures over the text that a program recognised in them, in which most figures are others."""
    page = Canvas(buffer := io.BytesIO())
    with PdfDocument(filing.pdf) as whole:
        for picture, source in zip(pages, whole, strict=True):
            width, height = source.get_size()
            page.setPageSize((width, height))
            hidden = page.beginText(0, 0)
            hidden.setTextRenderMode(3)
            text = source.get_textpage()
            for at in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(at)
                hidden.setFont(_UNSEEN, max(top - bottom, 1))
                hidden.setTextOrigin(left, bottom)
                hidden.textOut(text.get_text_bounded(left, bottom, right, top).translate(_MISREAD))
            page.drawText(hidden)
            page.drawImage(ImageReader(picture), 0, 0, width, height)
            page.showPage()
    page.save()
    return buffer.getvalue()


def _saved(pdf: PdfDocument) -> bytes:
    pdf.save(buffer := io.BytesIO())
    return buffer.getvalue()


def _tiff(pages: Pages, filing: Filing, condition: Condition) -> bytes:
    return as_tiff(pages, condition)


def _pdf(pages: Pages, filing: Filing, condition: Condition) -> bytes:
    return as_pdf(pages, condition)


class _Case(NamedTuple):
    """A row: how the tables are drawn, how the pages are scanned, arranged, and bound to a file."""

    condition: Condition
    look: str = ""
    arranged: Callable[[Pages], Pages] = _as_they_are
    bound: Callable[[Pages, Filing, Condition], bytes] = _pdf
    budget: str = _NONE_WRONG


def _plain(name: str) -> Condition:
    return Condition(name, 200, skew=0.5)


_SEALED = [
    Condition(f"{dpi} dpi, skewed by {skew}°, two red seals a page", dpi, skew, red_seals=2)
    for dpi, skew in product((150, 300), (0, 2))
]
_CASES = (
    *(_Case(condition, budget=_ISSUE) for condition in _SEALED),
    _Case(Condition("150 dpi, clean")),
    _Case(Condition("200 dpi, a grey seal a page", 200, grey_seals=1)),
    _Case(Condition("200 dpi, a seal photocopied in black and white", 200, grey_seals=1, threshold=165)),
    _Case(Condition("150 dpi, contrast a half", contrast=0.5)),
    _Case(Condition("150 dpi, contrast a third, 1° askew", skew=1, contrast=0.33)),
    _Case(Condition("200 dpi, fax in black and white", 200, skew=-0.6, threshold=165)),
    _Case(Condition("204 × 196 dpi, fax as TIFF", 204, threshold=165), bound=_tiff),
    _Case(Condition("204 × 102 dpi, coarse fax as TIFF", 204, threshold=165, flat=2), bound=_tiff),
    _Case(Condition("150 dpi, JPEG of quality 40, a red seal", quality=40, red_seals=1)),
    _Case(Condition("150 dpi, JPEG of quality 15", quality=15)),
    _Case(Condition("200 dpi, photographed by telephone", 200, slant=0.03, shade=0.3)),
    _Case(Condition("200 dpi, photographed under a shadow", 200, slant=0.02, shade=0.2, shadow=0.45)),
    _Case(Condition("200 dpi, a grey watermark", 200, watermark=205)),
    _Case(Condition("200 dpi, corrected by pen", 200, skew=0.5), "corrected"),
    _Case(_plain("every second page upside down"), arranged=_upside_down),
    _Case(_plain("a blank page after each"), arranged=_blank_between),
    _Case(_plain("two pages on a sheet of A3"), arranged=_side_by_side),
    _Case(_plain("every second page scanned"), bound=_between_texts),
    _Case(_plain("over a text recognised wrongly"), bound=_over_a_false_text),
    _Case(_plain("the statistical table of 2014"), "2014"),
    *(_Case(_plain(f"tables drawn {look}"), look) for look in LOOKS if look not in ("corrected", "2014")),
)


def rows() -> Iterator[Row]:
    """The issue's conditions with their budget, then harder ones, in which nothing may be wrong either."""
    for case in _CASES:
        if _WANTED in case.condition.name:
            yield _row(case, list(printed(range(_SEED, _SEED + _FILINGS), case.look)))


def _row(case: _Case, filings: list[Filing]) -> Row:
    name = case.condition.name
    score: Counter[str] = Counter()
    seconds, pages = 0.0, 0
    for filing in filings:
        chance = Random(f"{filing.seed} {name}")
        struck = [filing.cells[key].text for key in sorted(filing.corrected)]
        pictures = case.arranged(scanned(filing.pdf, case.condition, chance, struck))
        data = case.bound(pictures, filing, case.condition)
        seconds += cpu(lambda data=data, filing=filing: score.update(_scored(data, filing, name)))  # type: ignore[misc]
        pages += len(pictures)
    every = sum(len(filing.cells) for filing in filings)
    rest = ", ".join(f"{count} {kind}" for kind, count in sorted(score.items()) if kind != "right")
    measured = f"{score['right'] / every:.2%} right of {every}{', ' if rest else ''}{rest}"
    seeds = f"seeds {filings[0].seed}–{filings[-1].seed}"
    return name, measured, seeds, f"{seconds / pages:.1f} s CPU a page", case.budget


def _scored(data: bytes, filing: Filing, name: str) -> Iterator[str]:
    """What became of each printed cell, and `invented` for each number where none is printed.

    A blank taken for a dash, or the other way round, is `confused`; a number taken for either is `lost`.
    """
    found = _report(data)
    facts = {(fact.schedule, fact.line, fact.column): fact for fact in found.facts} if found else {}
    for key, cell in filing.cells.items():
        fact = facts.pop(key, None)
        outcome = _outcome(cell, fact, key in filing.corrected)
        if outcome in _FAULTS:
            print(
                f"seed {filing.seed}, {name}: {' '.join(key)}: {cell.text} read as {fact and fact.text}",
                file=sys.stderr,
            )
        yield outcome
    yield from ("invented" for fact in facts.values() if fact.value is not None)


def _report(data: bytes) -> Report | None:
    try:
        media_type, document = read(data)
        return extract(document, Source("", "", media_type))
    except (UnreadableFile, UnknownForm):
        return None


def _outcome(cell: Printed, fact: Fact | None, is_corrected: bool) -> str:
    if fact is None:
        return "missing"
    if is_corrected:
        return "right" if fact.state is State.ILLEGIBLE else "wrong"
    if fact.state is State.ILLEGIBLE:
        return "illegible"
    if (fact.value, fact.state.value) == (cell.value, cell.state):
        return "right"
    if fact.value is not None:
        return "wrong" if cell.value is not None else "invented"
    return "lost" if cell.value is not None else "confused"
