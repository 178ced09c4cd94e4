"""Whose words are whose: the clauses of a report's prose, and two texts held side by side.

The base keeps a report's clauses as digests, so that a province's reports are compared without reading them again;
sql/compare.sql says which two are a pair.
"""

import difflib
import re
from collections.abc import Iterator
from hashlib import blake2b

from etl.identity import core
from etl.report import Report

_CLAUSE = re.compile(r"[^，。；：！？、,;:\n]+")
_WORDLESS = re.compile(r"[\d\W_]+")
_LEAST_LETTERS = 8
_LETTER_OR_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)


def clauses(report: Report) -> frozenset[str]:
    """The clauses of the prose by their words alone: numbers, punctuation and the government's own names set aside."""
    text = "\n".join(section.text for section in report.sections)
    for name in (report.county, core(report.government or "")):
        text = text.replace(name or "\0", "")
    plain = (_WORDLESS.sub("", match[0]) for match in _CLAUSE.finditer(text))
    return frozenset(clause for clause in plain if len(clause) >= _LEAST_LETTERS)


def digests(report: Report) -> list[int]:
    """Its clauses as the base keeps them: numbers of 64 bits that are the same for the same words on every machine."""
    return sorted(
        int.from_bytes(blake2b(clause.encode(), digest_size=8).digest(), "big", signed=True)
        for clause in clauses(report)
    )


def side_by_side(first: str, second: str) -> Iterator[tuple[str, str]]:
    """Passages of both texts that are alike, in order, what differs set in 【】; other passages are left out."""
    left, right = (re.findall(r"[^。！？；\n]+[。！？；]?", text) for text in (first, second))
    for one in left:
        near = difflib.get_close_matches(one, right, n=1, cutoff=0.6)
        if near:
            yield marked(one, near[0])


def marked(one: str, other: str) -> tuple[str, str]:
    """Both texts with the stretches that differ set in 【】, numbers as a whole."""
    left, right = _LETTER_OR_NUMBER.findall(one), _LETTER_OR_NUMBER.findall(other)
    steps = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return (
        "".join(_bracketed("".join(left[a:b]), kind) for kind, a, b, _, _ in steps),
        "".join(_bracketed("".join(right[a:b]), kind) for kind, _, _, a, b in steps),
    )


def _bracketed(text: str, kind: str) -> str:
    return text if kind == "equal" or not text else f"【{text}】"
