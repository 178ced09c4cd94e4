"""What allows more than one reading: a number that is told as unclear instead of being taken."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import DOUBTS, RULE, DoubtWords
from etl.prose.unclear import PLACES, Said
from etl.report import Metric

_Number = TypeVar("_Number", Reading, Metric)

RIVALS = "rivals"
# What a report states once; of media, boards and the like it may name several, each with its number.
_STATED_ONCE = frozenset(key for key in RULE if key.startswith(("requests_", "normative_documents_"))) | {
    "items_published",
    "website_items",
    "wechat_items",
    "reconsiderations",
    "suits",
    "handling_fee_yuan",
    "training_sessions",
}
_IN_WORDS = ("verbal_zero", "implied_all")


def weighed(readings: list[Reading], phrases: tuple[Phrase, ...]) -> list[Reading]:
    """The readings, those that allow a second one with the kind of their doubt."""
    doubted = [replace(reading, doubt=_doubt(reading, phrases, readings)) for reading in readings]
    differing = rivals(reading for reading in doubted if not reading.doubt)
    return [replace(reading, doubt=RIVALS) if reading in differing else reading for reading in doubted]


def _doubt(reading: Reading, phrases: tuple[Phrase, ...], readings: list[Reading]) -> str:
    if reading.basis in _IN_WORDS:
        return ""
    phrase = phrases[reading.order]
    earlier = (part for part in phrases[: reading.order] if part.sentence == phrase.sentence)
    before = "".join(f"{part.scope}," for part in earlier)
    said = Said(reading, phrase, before, phrases, readings)
    worded = (words.kind for words in DOUBTS if _fits(words, said))
    placed = (kind for kind, holds in PLACES if holds(said))
    return next(worded, "") or next(placed, "")


def _fits(words: DoubtWords, said: Said) -> bool:
    reading, phrase = said.reading, said.phrase
    if reading.metric not in words.metrics or (words.units and reading.unit not in words.units):
        return False
    texts = {
        "head": phrase.head,
        "tail": phrase.tail.strip(),
        "sentence": said.before + phrase.head,
        "category": reading.category or "",
    }
    if words.unless and words.unless.search(phrase.scope):
        return False
    return all(pattern.search(texts[name]) for name, pattern in words.patterns)


def rivals(numbers: Iterable[_Number]) -> list[_Number]:
    """Numbers that differ of what a report states once, none a part of the other: which is meant is not said."""
    once = [number for number in numbers if number.metric in _STATED_ONCE]
    values: dict[tuple[str, str | None], set[object]] = {}
    for number in once:
        values.setdefault((number.metric, number.part_of), set()).add(number.value)
    return [number for number in once if len(values[number.metric, number.part_of]) > 1]
