"""Scanned filings: how many cells are read right, and whether any is read wrongly, a row a condition.

BENCH_SCANS_SEED is the first seed (a fresh one is a set nobody has seen), BENCH_SCANS_FILINGS how many filings a row has,
BENCH_SCANS a part of the names of the rows wanted. A page takes two to three seconds.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from random import Random

from PIL import Image

from bench.printed import Filing, printed
from bench.scanner import Condition, as_pdf, scanned
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

Pages = list[Image.Image]


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


_SEALED = [
    Condition(f"{dpi} dpi, skewed by {skew}°, two red seals a page", dpi, skew, red_seals=2)
    for dpi, skew in product((150, 300), (0, 2))
]
_OTHERS = [
    Condition("150 dpi, clean"),
    Condition("200 dpi, a grey seal a page", 200, grey_seals=1),
    Condition("150 dpi, contrast a half", contrast=0.5),
    Condition("150 dpi, contrast a third, 1° askew", skew=1, contrast=0.33),
    Condition("200 dpi, fax in black and white", 200, skew=-0.6, threshold=165),
    Condition("150 dpi, JPEG of quality 40, a red seal", quality=40, red_seals=1),
    Condition("200 dpi, photographed by telephone", 200, slant=0.03, shade=0.3),
]
_PLAIN = Condition("200 dpi", 200, skew=0.5)
_ARRANGED: dict[str, Callable[[Pages], Pages]] = {
    "every second page upside down": _upside_down,
    "a blank page after each": _blank_between,
    "two pages on a sheet of A3": _side_by_side,
}


def rows() -> Iterator[Row]:
    """The issue's conditions with their budget, then harder ones, in which nothing may be wrong either."""
    filings = list(printed(range(_SEED, _SEED + _FILINGS)))
    for condition in _SEALED:
        yield from _row(condition.name, filings, condition, _as_they_are, _ISSUE)
    for condition in _OTHERS:
        yield from _row(condition.name, filings, condition, _as_they_are, _NONE_WRONG)
    for name, arranged in _ARRANGED.items():
        yield from _row(name, filings, _PLAIN, arranged, _NONE_WRONG)


def _row(
    name: str, filings: list[Filing], condition: Condition, arranged: Callable[[Pages], Pages], budget: str
) -> Iterator[Row]:
    if _WANTED not in name:
        return
    score: Counter[str] = Counter()
    seconds, pages = 0.0, 0
    for filing in filings:
        chance = Random(f"{filing.seed} {name}")
        pictures = arranged(scanned(filing.pdf, condition, chance))
        data = as_pdf(pictures, condition)
        seconds += cpu(lambda data=data, filing=filing: score.update(_scored(data, filing, name)))  # type: ignore[misc]
        pages += len(pictures)
    every = sum(len(filing.cells) for filing in filings)
    rest = ", ".join(f"{count} {kind}" for kind, count in sorted(score.items()) if kind != "right")
    measured = f"{score['right'] / every:.2%} right of {every}{', ' if rest else ''}{rest}"
    yield (
        name,
        measured,
        f"seeds {filings[0].seed}–{filings[-1].seed}",
        f"{seconds / pages:.1f} s CPU a page",
        budget,
    )


def _scored(data: bytes, filing: Filing, name: str) -> Iterator[str]:
    """What became of each printed cell, and `invented` for each number where none is printed.

    A blank taken for a dash, or the other way round, is `confused`; a number taken for either is `lost`.
    """
    found = _report(data)
    facts = {(fact.schedule, fact.line, fact.column): fact for fact in found.facts} if found else {}
    for key, cell in filing.cells.items():
        fact = facts.pop(key, None)
        outcome = _outcome(cell, fact)
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


def _outcome(cell: Printed, fact: Fact | None) -> str:
    if fact is None:
        return "missing"
    if fact.state is State.ILLEGIBLE:
        return "illegible"
    if (fact.value, fact.state.value) == (cell.value, cell.state):
        return "right"
    if fact.value is not None:
        return "wrong" if cell.value is not None else "invented"
    return "lost" if cell.value is not None else "confused"
