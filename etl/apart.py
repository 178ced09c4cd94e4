"""What stands in a file beside the report itself and is not read as part of it: further reports, tables of other years."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from etl import claims, labels
from etl.document import Document, Paragraph, Table
from etl.forms import REVIEW
from etl.labels import Role
from etl.report import Problem
from etl.tokens import section_heading

_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_BESIDE = re.compile(r"上年|上一年|去年|往年|上年度")
_ATTACHED = re.compile(r"附[件表：:]|对比|比较|对照|参考")
_LONGEST_CAPTION = 40
_FEWEST_LABELS = 3
_FEWEST_TABLES = 2
_TITLE_LINES = 3
_LEAST_PROSE = 300


def first_report(document: Document) -> tuple[Document, tuple[Problem, ...]]:
    """The document as far as the first of several whole reports, each with its own title, sections and tables."""
    titles = list(_titles(document))
    own = _name(document, titles[0]) if titles else ""
    # Two reports of one name and year: which of them counts only a person can say, so neither is preferred.
    starts = [start for start in titles[1:] if _name(document, start) != own]
    cuts = [
        start
        for start, end in pairwise([*starts, len(document.blocks)])
        if _is_report(document, start) and _is_whole(document, start, end)
    ]
    if not cuts:
        return document, ()
    others = "、".join(_name(document, start) for start in cuts)
    detail = f"文件里有 {len(cuts) + 1} 份年报，只读了第一份；请把其余的（{others}）各存为一个文件，分别报送"
    return replace(document, blocks=document.blocks[: cuts[0]]), (Problem("several-reports", detail),)


def _titles(document: Document) -> Iterator[int]:
    """Where titles begin, with the short lines above them that are parts of them."""
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or not claims.is_title(block.text):
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
        and any(True for _ in claims.bodies(block.text.strip(), "heading", block.text))
    )


def _is_whole(document: Document, start: int, end: int) -> bool:
    """Whether a stretch of the document is a report of its own: sections, and at least two of its tables."""
    blocks = document.blocks[start:end]
    headings = [block for block in blocks if isinstance(block, Paragraph) and section_heading(block.text)]
    tables = {schedule for block in blocks for schedule in _schedules(block)}
    return len(headings) >= _FEWEST_LABELS and len(tables) >= _FEWEST_TABLES


def _is_report(document: Document, end: int) -> bool:
    """Whether what stands before is a report, if only its prose, and no cover with a table of contents."""
    blocks = document.blocks[:end]
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    prose = sum(len(line) for line in lines if not section_heading(line))
    return _is_whole(document, 0, end) or (
        prose >= _LEAST_PROSE and sum(section_heading(line) is not None for line in lines) >= _FEWEST_LABELS
    )


def _name(document: Document, start: int) -> str:
    lines = [
        block.text for block in document.blocks[start : start + _TITLE_LINES] if isinstance(block, Paragraph)
    ]
    last = next((at for at, line in enumerate(lines) if claims.is_title(line)), 0)
    return "".join(lines[: last + 1])


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
        elif block.text.strip():
            caption = block.text.strip() if len(block.text.strip()) <= _LONGEST_CAPTION else ""


def _is_of_another_year(caption: str, year: int) -> bool:
    years = {int(found) for found in _YEAR.findall(labels.wide(caption))}
    if years:
        return year not in years and max(years) < year
    return bool(_BESIDE.search(caption)) and "本年" not in caption and not caption.endswith("。")
