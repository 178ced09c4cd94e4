"""What a web page says about itself outside the filing: its title, address, day of publication, pictures."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from lxml import etree

from etl.document import Table
from etl.readers.blocks import Content

_PUBLISHED_NAMES = frozenset(
    ("pubdate", "publishdate", "publishtime", "article:published_time", "datepublished", "dc.date.issued")
)
_DATE = r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
_META_DATE = re.compile(rf"\s*{_DATE}")
_SHOWN_DATES = (
    re.compile(rf"(?:发布|公开|发稿)(?:时间|日期)\s*[：:\]】]?\s*{_DATE}"),
    re.compile(rf"(?<![\u4e00-\u9fff])(?:时间|日期)\s*[：:]\s*{_DATE}"),
)
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://\S+)|<!--\s*Page saved with[^>]*?url:\s*(https?://\S+)"
)
_LONGEST_LINE = 200
_FIRST_BLOCKS = 80
_FIRST_CELLS = 40


def page_facts(root: etree._Element, text: str, content: Content) -> tuple[tuple[str, str], ...]:
    """The properties of a page, each only where the page says it; `published` is an ISO date."""
    title = " ".join((root.findtext(".//title") or "").split())
    pictures = sum(1 for _ in root.iter("img"))
    found = (
        ("title", title),
        ("published", _published(root, content)),
        ("url", _address(root, text)),
        ("pictures", str(pictures) if pictures else ""),
    )
    return tuple((name, value) for name, value in found if value)


def _published(root: etree._Element, content: Content) -> str:
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        if name.strip().lower() in _PUBLISHED_NAMES and (
            day := _day(_META_DATE.match(meta.get("content", "")))
        ):
            return day
    shown = tuple(line for line in _shown(content) if "时间" in line or "日期" in line)
    for pattern in _SHOWN_DATES:
        for line in shown:
            if day := _day(pattern.search(line)):
                return day
    return ""


def _shown(content: Content) -> Iterator[str]:
    """The short lines at the head of the page, a table's first cells as one."""
    for block in islice(content, _FIRST_BLOCKS):
        if isinstance(block, Table):
            yield " ".join(cell.text for cell in block.cells[:_FIRST_CELLS])
        elif len(block) < _LONGEST_LINE:
            yield block


def _day(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""


def _address(root: etree._Element, text: str) -> str:
    saved = _SAVED_FROM.search(text, 0, 4000)
    if saved:
        return saved[1] or saved[2]
    for link in root.iter("link"):
        if link.get("rel", "").lower() == "canonical" and link.get("href", "").startswith("http"):
            return str(link.get("href"))
    for meta in root.iter("meta"):
        if meta.get("property", "").lower() == "og:url" and meta.get("content", "").startswith("http"):
            return str(meta.get("content"))
    return ""
