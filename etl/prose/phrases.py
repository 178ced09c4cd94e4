"""The text cut into phrases, at most one quantity each, with what opens them: a stop, a bracket, a colon."""

import re
from dataclasses import dataclass, replace

from etl.prose.numbers import Quantity, quantities
from etl.prose.table import word

_NUMBERING = r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]是)"
_PLAIN_BRACKET = re.compile(r"\([^()\d,;:。\n]{0,20}\)")
_TITLE = re.compile(
    "《[^《》]*(?:通知|办法|方案|意见|条例|报告|决定|规定|细则|指南|清单|计划|规划|措施|公告|公示|制度|要点)(?:[(（][^《》]*)?》"
)
_SHARED_OUT = re.compile("^(.{2,60}?)分别(?:为|是|有)?(.*)$")
_BETWEEN = word("、|和|以及|及|与|(?<=微博)(?=微信)|(?<=微信)(?=微博)")
_NO_MEMBER = re.compile("^(?:其中|包括|按|从|具体)")
_REACHES = re.compile(
    "^(?:已|现|实际|总数|总量|共)*(?:达到?|(?:上升|增加|增长|提升|提高|下降|减少|降低|增|升|降|减)(?:至|到|为))(?:了|今年的?|本年度?的?)*(20\\d\\d年度?)?的?$"
)
_FROM = word("(?:{compare}).*$|应达到?$|[由从](?:{last_year}|20\\d\\d年度?|原来|原先|最初)的?$")
# Stands for each letter of a title.
TITLED = "□"
_SENTENCE_END = "。!?\n"


@dataclass(frozen=True, slots=True)
class Phrase:
    """`head` stands before the quantity, `tail` after it; `sentence` and `line` number what the phrase is in.

    `opener` is the stop or bracket before it, "" where a quantity without stop precedes; `depth` counts brackets.
    """

    start: int
    end: int
    opener: str
    head: str
    tail: str
    quantity: Quantity | None
    sentence: int
    line: int
    depth: int

    @property
    def scope(self) -> str:
        """The phrase with # in the place of its quantity."""
        return f"{self.head}#{self.tail}" if self.quantity else self.head


def phrases(text: str) -> tuple[Phrase, ...]:
    """The phrases of a normalised text, in order, without empty ones.

    Each head of a 分别 list is spelt out, and so is that of a number which another has come to.
    """
    return _reached(_handed_out(tuple(_Cutter(text).cut())))


def _untitled(text: str) -> str:
    """The text with the titles of documents blanked: 《关于征求意见的通知》 says nothing of what was done."""
    return _TITLE.sub(lambda found: "《" + TITLED * (len(found[0]) - 2) + "》", text)


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.quantities = {quantity.start: quantity for quantity in quantities(text)}
        self.inside = {i for found in _PLAIN_BRACKET.finditer(text) for i in range(*found.span())}
        self.numbering = {
            i
            for found in re.finditer(rf"(?:^|(?<=[\n。;:]))[^\S\n]*{_NUMBERING}", text)
            for i in range(*found.span())
        }
        self.inside |= {
            i for quantity in self.quantities.values() for i in range(quantity.start, quantity.end)
        }
        self.done: list[Phrase] = []
        self.sentence = self.line = self.depth = 0
        self.start, self.opener = 0, "\n"
        self.quantity: Quantity | None = None

    def cut(self) -> list[Phrase]:
        for position, character in enumerate(self.text):
            if position in self.quantities:
                self._meet(self.quantities[position])
            elif position not in self.inside and position not in self.numbering and self._stops(character):
                self._close(position)
                self._open(position, character)
            elif position in self.numbering:
                self.start = position + 1
        self._close(len(self.text))
        return self.done

    def _stops(self, character: str) -> bool:
        return character in ",;:()[]|" + _SENTENCE_END or (character == "、" and self.quantity is not None)

    def _meet(self, quantity: Quantity) -> None:
        if self.quantity is not None:
            between = self.quantity.end
            alone = not self.text[self.start : self.quantity.start].strip()
            self._close(quantity.start, shown=quantity.start if alone else between)
            self.start, self.opener = between, ""
        self.quantity = quantity

    def _open(self, position: int, character: str) -> None:
        self.start, self.opener, self.quantity = position + 1, character, None
        if character in "([":
            self.depth += 1
        elif character in ")]":
            self.depth = max(0, self.depth - 1)
        if character in _SENTENCE_END:
            self.sentence, self.depth = self.sentence + 1, 0
        self.line += character == "\n"

    def _close(self, end: int, shown: int | None = None) -> None:
        if self.text[self.start : end].strip():
            middle, after = (self.quantity.start, self.quantity.end) if self.quantity else (end, end)
            head, tail = _untitled(self.text[self.start : middle]), self.text[after:end]
            place = (self.sentence, self.line, self.depth)
            self.done.append(Phrase(self.start, shown or end, self.opener, head, tail, self.quantity, *place))
        self.quantity = None


def _handed_out(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """网站、公众号分别公开62条、118条: each number is handed to its member of the list; lists that do not match stay."""
    result = list(phrases)
    for order, phrase in enumerate(phrases):
        found = _SHARED_OUT.match(phrase.head)
        if found is None or phrase.quantity is None or _NO_MEMBER.match(found[1]):
            continue
        members = [member for member in _BETWEEN.split(found[1]) if member]
        run = phrases[order : order + len(members)]
        if len(members) > 1 and len(run) == len(members) and all(_bare(part) for part in run[1:]):
            for offset, (member, part) in enumerate(zip(members, run, strict=True)):
                result[order + offset] = replace(part, head=member + found[2], start=phrase.start)
    return tuple(result)


def _reached(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """公开信息较去年增长12%，达到429条, 公开信息由312条上升至429条: what the number counts stands before the comparison."""
    result = list(phrases)
    for order, phrase in enumerate(phrases):
        reaches = _REACHES.match(phrase.head) if phrase.quantity else None
        subject = _compared(phrases[:order], phrase.sentence) if reaches else None
        if reaches and subject:
            head = f"{_FROM.sub('', subject.head)}{reaches[1] or ''}"
            result[order] = replace(phrase, head=head, start=subject.start)
    return tuple(result)


def _compared(before: tuple[Phrase, ...], sentence: int) -> Phrase | None:
    """The phrase that says what is compared, past one which holds the comparison alone."""
    for phrase in before[:-3:-1]:
        rest = _FROM.sub("", phrase.head)
        hedged = phrase.quantity is not None and phrase.quantity.bound == "lower"
        compared = hedged or rest != phrase.head
        if phrase.sentence != sentence or not (compared or phrase is not before[-1]):
            return None
        if rest.strip():
            return phrase
    return None


def _bare(phrase: Phrase) -> bool:
    return phrase.quantity is not None and _BETWEEN.sub("", phrase.head).strip() == ""
