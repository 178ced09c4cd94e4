"""The numbered parts of a report and their running text, without the tables."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl import counts
from etl.document import Document, Table
from etl.report import Section
from etl.tables.tokens import Break, Label, Token, section_heading

_NUMBER = r"(?:第?[一二三四五六七八九十\d]{1,2}(?:部分|[、.．,，)）])|[(（][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十](?=\s))"
_WITHIN = re.compile(
    r"(?:^|[\s。;；])[一二三四五六七八九十]{1,2}[、.．]\s*([^\s。，,]{0,18}(?:概述|概况|情况|事项|问题|不足|措施))"
)
_LONGEST_HEADING = 40
_MATTERS_OF_OLD, _MOST_MATTERS = ("proactive", "requests", "review_litigation", "problems"), 3
# A block, a line of it, and the character of the block with which the line begins; None in a table.
_Line = tuple[int, str, int | None]
_REQUIRED = Path(__file__).parent / "lookups" / "sections.yaml"


@cache
def required() -> Any:
    """What a report must contain: `sections`, the `matters` of the first, what a people's government adds (`governing`).

    `ourselves` has the words by which a body speaks of itself.
    """
    return yaml.load(_REQUIRED.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def sections(document: Document, items: Iterable[Token | Label | Break]) -> tuple[Section, ...]:
    """The parts in the order of print; what stands before the first has no number."""
    titles, cells, rows = set(), set(), defaultdict[int, list[str]](list)
    for item in items:
        if isinstance(item, Break):
            titles.add((item.place.block, item.section))
            if item.place.row is not None:
                rows[item.place.block].append(item.text)
        elif isinstance(item, Label) or counts.looks_like_a_value(item.text):
            cells.add(item.place.block)
    found: list[Section] = []
    number, heading, lines = "", "", list[_Line]()
    for block, text, begins in _running(document, cells, rows):
        if (title := section_heading(text)) and (block, title) in titles:
            if title == (number, heading) and not any(line for _, line, _ in lines):
                # Printed again right below.
                continue
            found.append(_section(number, heading, lines))
            (number, heading), lines = title, []
        else:
            lines.append((block, text.strip(), begins))
    found.append(_section(number, heading, lines))
    return tuple(section for section in found if section.number or section.text)


def _running(document: Document, cells: set[int], rows: Mapping[int, Sequence[str]]) -> Iterator[_Line]:
    """The lines of running text: paragraphs that are no cells, and those in the `rows` of each table that hold prose."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield from ((index, line, None) for line in rows.get(index, ()))
        elif index not in cells:
            yield index, block.text, len(block.text) - len(block.text.lstrip())


def _section(number: str, heading: str, lines: list[_Line]) -> Section:
    starts, length = [], 0
    for block, text, begins in lines:
        starts.append((length, block, begins))
        length += len(text) + 1
    return Section(number, heading, "\n".join(text for _, text, _ in lines), tuple(starts))


def headings_within(text: str) -> list[str]:
    """The headings that stand in the running text: numbered within a paragraph, where lines were joined."""
    return _WITHIN.findall(text)


def tells_its_matters(headings: Sequence[str], parts: Sequence[Section]) -> bool:
    """Whether sections stand under most of what a report must tell, by a body that speaks of itself.

    《政府信息公开条例》(2007) 第三十二条: 主动公开, 依申请公开, 复议、诉讼, 问题及改进.
    """
    told = [
        each["key"]
        for each in required()["sections"]
        if each["key"] in _MATTERS_OF_OLD and any(word in line for word in each["words"] for line in headings)
    ]
    own = [word for words in required()["ourselves"].values() for word in words if word[0] in "我本"]
    return len(told) >= _MOST_MATTERS and any(word in part.text for word in own for part in parts)


def loose_headings(text: str) -> list[str]:
    """What may be headings of another numbering or none: short lines, their numbers set aside, and those within paragraphs."""
    lines = [re.sub(rf"^\s*{_NUMBER}\s*", "", line).strip(" 。:：") for line in text.split("\n")]
    return [line for line in lines if line and len(line) <= _LONGEST_HEADING] + headings_within(text)
