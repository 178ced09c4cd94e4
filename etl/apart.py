"""What a document is parted into before it is read: several reports, and tables of other years set aside."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.document import Document, Paragraph, Table
from etl.forms import REVIEW
from etl.named import bodies
from etl.report import Place, Problem, Report
from etl.tables import labels
from etl.tables.labels import Role
from etl.tables.tokens import section_heading
from etl.titles import is_title

_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_YEAR_ALONE = re.compile(r"\(?20[0-3]\d年?度?\)?")
_BESIDE = re.compile(r"上年|上一年|去年|往年|上年度")
_ATTACHED = re.compile(r"附[件表：:]|对比|比较|对照|参考")
_LONGEST_CAPTION = 40
_FEWEST_LABELS = 3
_FEWEST_TABLES = 2
_TITLE_LINES = 3
_LEAST_PROSE = 300
# What readers tell of a file by a list of its pages.
_BY_PAGE = ("pages_without_text", "scanned")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A report's part of a document: `first` is the number of its first block there, `problems` what was doubtful."""

    first: int
    document: Document
    problems: tuple[Problem, ...] = ()


def reports(document: Document) -> tuple[Stretch, ...]:
    """The whole reports of a document, each with its own title, sections and tables; mostly the document as it is.

    Two reports of one name and year are not parted: which of them counts only a person can say.
    """
    titles = [(at, _name(document, at)) for at in _titles(document)]
    starts, own, doubtful = [0], titles[0][1] if titles else "", dict[int, str]()
    for at, name in titles[1:]:
        if name == own:
            continue
        end = next((later for later, other in titles if later > at and other != name), len(document.blocks))
        if _is_whole(document, at, end):
            starts = [*starts, at] if _is_report(document, starts[-1], at) else [*starts[:-1], at]
            own = name
        elif _is_report(document, at, end) and _is_report(document, starts[-1], at):
            doubtful[at] = f"“{name}”像是另一份年报，但不完整，没有分开读取"
    if len(starts) > 1 and _holds_more_than_a_cover(document.blocks[: starts[0]]):
        doubtful[starts[0]] = "文件开头在第一份完整的年报之前还有内容，没有计入"
    return tuple(_stretches(document, starts if len(starts) > 1 else [0], doubtful))


def in_file(report: Report, first: int) -> Report:
    """The report of a stretch with its places counted from the file's first block."""
    facts = (replace(one, place=_moved(one.place, first)) for one in report.facts)
    leftovers = (replace(one, place=_moved(one.place, first)) for one in report.leftovers)
    metrics = (replace(one, place=_moved(one.place, first)) for one in report.metrics)
    doubts = (
        replace(one, metric=replace(one.metric, place=_moved(one.metric.place, first)))
        for one in report.doubts
    )
    readings = (
        one if one.block is None else replace(one, block=one.block + first) for one in report.readings
    )
    return replace(
        report,
        facts=tuple(facts),
        leftovers=tuple(leftovers),
        readings=tuple(readings),
        metrics=tuple(metrics),
        doubts=tuple(doubts),
    )


def _moved(place: Place | None, first: int) -> Place | None:
    return place and replace(place, block=place.block + first)


def _stretches(document: Document, starts: list[int], doubtful: dict[int, str]) -> Iterator[Stretch]:
    for start, end in pairwise([*starts, len(document.blocks)]):
        told = document.properties if len(starts) == 1 else tuple(_told(document, start, end, starts[0]))
        own = replace(document, blocks=document.blocks[start:end], properties=told)
        details = (detail for at, detail in doubtful.items() if start <= at < end)
        yield Stretch(start, own, tuple(Problem("several-reports", detail) for detail in details))


def _told(document: Document, start: int, end: int, first: int) -> Iterator[tuple[str, str]]:
    """What holds of one of several reports in a file: not the file's title, and of its pages those of the report."""
    own = _pages(document, 0 if start == first else start, end)
    for name, value in document.properties:
        if name in _BY_PAGE:
            value = ",".join(page for page in value.split(",") if int(page) in own)
        if value and name != "title":
            yield name, value


def _pages(document: Document, start: int, end: int) -> range:
    """The pages of a stretch with those without any text that follow them."""
    blocks = document.blocks
    first = (blocks[start].page or 1) if start else 1
    last = sys.maxsize if end == len(blocks) else (blocks[end].page or 1) - 1
    return range(first, max(last, blocks[end - 1].page or 1) + 1)


def _holds_more_than_a_cover(blocks: tuple[Paragraph | Table, ...]) -> bool:
    return any(isinstance(block, Table) or section_heading(block.text) for block in blocks)


def _titles(document: Document) -> Iterator[int]:
    """Where titles begin, with the short lines above them that are parts of them."""
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or not is_title(block.text):
            continue
        start = index
        while start and index - start < _TITLE_LINES and _is_title_line(document.blocks[start - 1]):
            start -= 1
        yield start


def _is_title_line(block: Paragraph | Table) -> bool:
    """Whether a line is a government's name, standing above the title."""
    return (
        isinstance(block, Paragraph)
        and len(block.text) <= _LONGEST_CAPTION
        and not section_heading(block.text)
        and any(True for _ in bodies(block.text.strip(), "heading", block.text))
    )


def _is_whole(document: Document, start: int, end: int) -> bool:
    """Whether a stretch of the document is a report of its own: sections, and at least two of its tables."""
    blocks = document.blocks[start:end]
    headings = [block for block in blocks if isinstance(block, Paragraph) and section_heading(block.text)]
    tables = {schedule for block in blocks for schedule in _schedules(block)}
    return len(headings) >= _FEWEST_LABELS and len(tables) >= _FEWEST_TABLES


def _is_report(document: Document, start: int, end: int) -> bool:
    """Whether a stretch is a report, if only its prose, and no cover with a table of contents."""
    blocks = document.blocks[start:end]
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    prose = sum(len(line) for line in lines if not section_heading(line))
    return _is_whole(document, start, end) or (
        prose >= _LEAST_PROSE and sum(section_heading(line) is not None for line in lines) >= _FEWEST_LABELS
    )


def _name(document: Document, start: int) -> str:
    """The title that begins there, with a year that stands below it."""
    lines = [
        re.sub(r"\s+", "", block.text)
        for block in document.blocks[start : start + _TITLE_LINES + 1]
        if isinstance(block, Paragraph)
    ]
    last = next((at for at, line in enumerate(lines) if is_title(line)), 0)
    below = [line for line in lines[last + 1 : last + 2] if _YEAR_ALONE.fullmatch(labels.wide(line))]
    return "".join([*lines[: last + 1], *below])


def _schedules(block: Paragraph | Table) -> frozenset[str]:
    """The schedules that a table holds lines of; table 4 is known by its heads."""
    if not isinstance(block, Table):
        return frozenset()
    named = {
        (meaning.schedule, meaning.key)
        for cell in block.cells
        for meaning in labels.meanings(cell.text)
        if meaning.role is Role.LINE or (meaning.schedule == REVIEW and meaning.role is Role.COLUMN)
    }
    counts = Counter(schedule for schedule, _ in named)
    return frozenset(schedule for schedule, count in counts.items() if count >= _FEWEST_LABELS)


def without_other_years(document: Document, year: int | None) -> tuple[Document, tuple[Problem, ...]]:
    """The document with tables emptied that a caption says are of another year, and a problem for each.

    A caption alone may be misprinted: it counts where another table gives the same, or where it says why it is there.
    """
    if year is None:
        return document, ()
    other = {at: caption for at, caption in _captions(document) if _is_of_another_year(caption, year)}
    held = {at: _schedules(block) for at, block in enumerate(document.blocks)}
    own = {schedule for at, schedules in held.items() if at not in other for schedule in schedules}
    gone = {
        at: caption
        for at, caption in other.items()
        if held[at] and (held[at] <= own or _ATTACHED.search(caption) or _BESIDE.search(caption))
    }
    blocks = (Paragraph("", block.page) if at in gone else block for at, block in enumerate(document.blocks))
    problems = tuple(
        Problem("other-years-table", f"“{caption}”不是 {year} 年的表，没有计入")
        for caption in dict.fromkeys(gone.values())
    )
    return (replace(document, blocks=tuple(blocks)) if gone else document), problems


def _captions(document: Document) -> Iterator[tuple[int, str]]:
    """Every table with the last short line above it; tables that follow each other share one."""
    caption = ""
    for at, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield at, caption
        elif section_heading(block.text) and not _YEAR.search(block.text):
            caption = ""
        elif block.text.strip() and not labels.meanings(block.text):
            caption = block.text.strip() if len(block.text.strip()) <= _LONGEST_CAPTION else ""


def _is_of_another_year(caption: str, year: int) -> bool:
    years = {int(found) for found in _YEAR.findall(labels.wide(caption))}
    if years:
        return year not in years and max(years) < year
    return bool(_BESIDE.search(caption)) and "本年" not in caption and not caption.endswith("。")
