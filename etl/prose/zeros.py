"""Numbers without a figure: zeros said in words, and "all of them" after a number of requests."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import RULES, word

_NEGATION = re.compile(
    "(?:(?<!信息)(?<!内容)不存在(?=[^,]*(?:复议|诉讼|收费|申请))|未(?!来|能|按|及时|经|成年|必|知|答|办结)|没有?(?!收费)|无(?!法|效|论|偿|线|障碍|关|缝|人机|不|正当|理)|零(?!售|散|工|星|距离))"
)
_ZERO_AFTER = re.compile(r"^(.{2,24}?)(?:数量?|量)?(?:均|都|皆)?为[“\"]?(?:零|无)[”\"]?$")
_CLAUSE = re.compile("、(?=[也均]?(?:无|未|没有))|(?<=无)、")
_NOTHING_MORE = re.compile("^(?:发生|出现|产生|涉及|收到|接到|受理|收取|存在|有)?[过到]?(?:一[件例起宗])?$")
_LAST_YEAR = word("{last_year}")
_BARE_REVIEW = word(
    "^(?:也?(?:和|及|或|、)|被?提起|被?申请|引起|引发)?(?:行政)?(?:复议|诉讼)(?:、|和|及|或|行政|诉讼|复议)*(?:案件|情况|事项|的)*$"
)
_ALL = re.compile(
    "(?:均|全部|都|悉数|一律|逐一|已经?|依法|依规|按时|按期|及时|全数|予以|给予)[^不未,]{0,14}?"
    "(?:答复|办结|回复|办理完|办理终结|办复|处理完|妥善处[理置]|办毕|完成办理|完成答复|给予了?答复|办理完结|办理结束|作出答复|反馈)"
    "|[期时]限内[^不未,]{0,8}(?:完成了?(?:办理|答复|回复)|办理$)"
)
_OUTCOME = re.compile(
    "(?:均|全部|都|悉数|已)[^不未,]{0,10}?(?:予以公开|向申请人公开|同意公开|依法公开|进行了?公开|公开)(?:答复)?$"
)
_AS_REQUIRED = re.compile("按照?[^,]{0,20}?要求")
_EXCEPT = re.compile("^(?:其余|剩余|除)")
_HEDGED = re.compile("其余|剩余|除|率|将|应|要求|确保|做到|正在|仍|尚")


def verbal_zeros(phrases: tuple[Phrase, ...]) -> Iterator[Reading]:
    """A zero for each metric which a negation denies (未收到…、没有发生…)."""
    denied: Phrase | None = None
    for order, phrase in enumerate(phrases):
        zero_figure = phrase.quantity is not None and phrase.quantity.value == 0
        if phrase.quantity is not None and not zero_figure:
            denied = None
            continue
        said = list(_denied(phrase, phrases[order - 1] if order else None))
        goes_on = (
            denied is not None and denied.sentence == phrase.sentence and _BARE_REVIEW.match(phrase.head)
        )
        if goes_on and not said and not phrase.quantity:
            said = [
                rule.key
                for rule in RULES
                if rule.key in _REVIEWS and rule.zero and rule.zero.search(phrase.head)
            ]
        denied = phrase if set(said) & _REVIEWS else None
        for key in said if not zero_figure else ():
            yield _reading(key, phrase, order)


_REVIEWS = {"reconsiderations", "suits"}


def _denied(phrase: Phrase, before: Phrase | None) -> Iterator[str]:
    if before and phrase.opener == ":" and phrase.head in ("无", "没有", "零"):
        yield from _denied_by("", before.head)
        return
    subject = _NEGATION.split(phrase.head)[0]
    said = [key for clause in _CLAUSE.split(phrase.head) for key in _denied_clause(clause, subject)]
    if not said and before and before.quantity is None and phrase.opener == ",":
        said = list(_fronted(phrase.head, before.head))
    yield from said


def _fronted(clause: str, before: str) -> Iterator[str]:
    """公开申请，我镇一件都没有收到: the object stands in the phrase before."""
    negation = _NEGATION.search(clause)
    if negation and _NOTHING_MORE.match(clause[negation.end() :]) and not _NEGATION.search(before):
        yield from _denied_by("", before)


def _denied_clause(clause: str, subject: str) -> Iterator[str]:
    after, negation = _ZERO_AFTER.match(clause), _NEGATION.search(clause)
    if after:
        yield from _denied_by("", after[1])
    elif negation and _NOTHING_MORE.match(clause[negation.end() :]):
        yield from _denied_by("", clause[: negation.start()].rstrip("也都均亦"))
    elif negation:
        yield from _denied_by(clause[: negation.start()] or subject, clause[negation.end() :])


def _denied_by(before: str, text: str) -> Iterator[str]:
    """The metrics which the denied words name; `before` may hold their subject (规范性文件未制发)."""
    for rule in RULES:
        subject = before if rule.key.startswith("normative") and "规范性文件" in before else ""
        carried = rule.key == "requests_carried_in"
        subject = before if carried and _LAST_YEAR.search(before) else subject
        last_year = _LAST_YEAR.search(before) and not carried
        if text and rule.zero and rule.zero.search(subject + text) and not last_year:
            yield rule.key


def _reading(key: str, phrase: Phrase, order: int) -> Reading:
    unit = next(rule.unit for rule in RULES if rule.key == key)
    return Reading(key, Decimal(0), unit, False, phrase.start, phrase.end, order, basis="verbal_zero")


def implied_all(phrases: tuple[Phrase, ...], readings: list[Reading]) -> Iterator[Reading]:
    """均已答复 after N requests closes N; 均已予以公开 discloses N. Nothing after 0 requests."""
    said = {reading.metric for reading in readings}
    if "requests_closed" in said:
        return
    received = [reading for reading in readings if reading.metric == "requests_received" and not reading.kind]
    carried = any(reading.metric == "requests_carried_in" and reading.value for reading in readings)
    if len({reading.value for reading in received}) != 1 or carried or not received[0].value:
        return
    for order in range(received[0].order + 1, len(phrases)):
        phrase = phrases[order]
        if _EXCEPT.search(phrase.head):
            return
        if phrase.sentence > phrases[received[0].order].sentence + 1:
            return
        key = _implied(phrase, same=phrase.sentence == phrases[received[0].order].sentence)
        if key and key not in said:
            said.add(key)
            given = replace(received[0], metric=key, part_of=None, basis="implied_all")
            yield replace(given, start=phrase.start, end=phrase.end, order=order)


def _implied(phrase: Phrase, same: bool) -> str | None:
    if phrase.quantity is not None or _HEDGED.search(_AS_REQUIRED.sub("", phrase.head)):
        return None
    if not same and not re.match(
        "(?:所有|上述|以上|对)?[^,]{0,8}(?:申请)?[^,]{0,4}(?:均|全部|都)", phrase.head
    ):
        return None
    if _OUTCOME.search(phrase.head):
        return "requests_disclosed"
    return "requests_closed" if _ALL.search(phrase.head) else None
