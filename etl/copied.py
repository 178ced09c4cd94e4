"""Whose words are whose: reports whose prose shares most of its clauses with another's.

Candidates come from MinHash with locality-sensitive hashing, so that a province needs no comparison of all pairs;
what is kept is counted exactly. Clauses that many governments share are the form's own wording and are set aside.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.identity import core
from etl.report import Report

_CLAUSE = re.compile(r"[^，。；：！？、,;:\n]+")
_WORDLESS = re.compile(r"[\d\W_]+")
_LEAST_LETTERS = 8
_FEWEST_SHARED = 6
_SHARE = 0.5
_CANDIDATE = 0.35
_PERMUTATIONS = 64
_TEMPLATE_SHARE = 0.25
_TEMPLATE_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports, by their keys, the clauses they share, and the clauses of the shorter one."""

    first: int
    second: int
    shared: int
    clauses: int


def clauses(report: Report) -> frozenset[str]:
    """The clauses of the prose by their words alone: numbers, punctuation and the government's own name set aside."""
    name = core(report.government or "")
    text = "\n".join(section.text for section in report.sections).replace(name or "\0", "")
    plain = (_WORDLESS.sub("", match[0]) for match in _CLAUSE.finditer(text))
    return frozenset(clause for clause in plain if len(clause) >= _LEAST_LETTERS)


def pairs(reports: Mapping[int, Report]) -> Iterator[Pair]:
    """Every two reports of which one shares at least half of its own clauses with the other."""
    # It takes longer to import than a build without changes.
    from datasketch import MinHash, MinHashLSH

    own = {number: clauses(report) for number, report in reports.items()}
    template = _template(reports, own)
    texts = {
        number: found - template for number, found in own.items() if len(found - template) >= _FEWEST_SHARED
    }
    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
    for number, found in texts.items():
        digest = MinHash(num_perm=_PERMUTATIONS)
        digest.update_batch([clause.encode() for clause in sorted(found)])
        for other in sorted(index.query(digest)):
            shared, shorter = len(found & texts[other]), min(len(found), len(texts[other]))
            if shared >= max(_FEWEST_SHARED, _SHARE * shorter):
                yield Pair(other, number, shared, shorter)
        index.insert(number, digest)


def _template(reports: Mapping[int, Report], own: Mapping[int, frozenset[str]]) -> frozenset[str]:
    """The clauses that many governments of the same reports print."""
    users = Counter(
        clause
        for clause, _ in {
            (clause, reports[number].government) for number, found in own.items() for clause in found
        }
    )
    governments = len({report.government for report in reports.values()})
    many = max(_TEMPLATE_FEWEST, _TEMPLATE_SHARE * governments)
    return frozenset(clause for clause, count in users.items() if count >= many)


def side_by_side(first: str, second: str) -> Iterator[tuple[str, str]]:
    """Passages of both texts that are alike, in order, what differs set in 【】; other passages are left out."""
    left, right = (re.findall(r"[^。！？；\n]+[。！？；]?", text) for text in (first, second))
    for one in left:
        near = difflib.get_close_matches(one, right, n=1, cutoff=0.6)
        if near:
            yield marked(one, near[0])


def marked(one: str, other: str) -> tuple[str, str]:
    """Both texts with the stretches that differ set in 【】."""
    steps = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return (
        "".join(_bracketed(one[a:b], kind) for kind, a, b, _, _ in steps),
        "".join(_bracketed(other[a:b], kind) for kind, _, _, a, b in steps),
    )


def _bracketed(text: str, kind: str) -> str:
    return text if kind == "equal" or not text else f"【{text}】"


def rows(current: Mapping[int, Report]) -> Iterable[tuple[int, int, int, int]]:
    """The pairs as rows of the table `copied_pairs`."""
    for pair in sorted(pairs(current), key=lambda pair: (pair.first, pair.second)):
        yield pair.first, pair.second, pair.shared, pair.clauses
