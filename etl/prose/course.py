"""The course of the text: what is being spoken of, by whom, and what is a part of what."""

import re

from etl.prose.cases import base_unit
from etl.prose.exclusions import Speaker
from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import CHANNEL, TOPICS, word
from etl.prose.wholes import Wholes

_PART = word("{part}")
_PLAN_SECTION, _OWN_SUBJECT = word("{plan_section}"), word("{own_subject}")
_HEADING = re.compile("(?:主动公开|信息管理|平台建设|监督保障|情况|方面|保障)$")
# Below such a heading requests are spoken of still.
_OF_WHAT_BECAME = re.compile("(?:答复|办理|办结|处理)(?:结果)?情况$")
# What a new sentence goes on to say of the documents, or of a training, before it.
_GOES_ON = {
    "document": re.compile(
        "(?:其中|均|全部|已|属于|属|可|拟|认定为|确定为)*(?:主动公开|依申请公开|不予公开|不公开|公开)(?!.*信息)"
    ),
    "training": re.compile("(?:其中|共计?|累计|共有|参|受训|培训|覆盖|惠及)"),
    "publicity": re.compile("(?:其中|共计?|累计|共有|参|覆盖|受|惠及|吸引)"),
}
_OTHER_SECTION = re.compile(
    "其[他它](?:需要)?(?:报告|说明)的?(?:事项|情况)|(?:主动|依申请)公开(?:政府信息)?(?:情况|方面)"
)
_NUMBERED = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_AROUND = re.compile(
    "方面|信息|公开|发布|利用|通过|运用|用好|充分|政府|官方|[镇乡村县区]|渠道|阵地|上|“[^”]*”"
)
# What was published is counted in these; cases and documents seldom are.
_OF_ITEMS = frozenset({"条", "篇", "条次", "篇次"})
_OF_CASES = word("{receive}|{close}|申请|公开$|制发|制定|废止|有效|培训")
_ASKED = word("收到|受理|接到|申请人|公开申请")
# Among the parts of a total 政策宣讲66条 and 提案办理7条 are contents and no new subject.
_KINDS_OF_CONTENT = frozenset({"publicity", "training", "complaint", "case"})
_TOPIC_OF = {
    "requests": "request",
    "normative": "normative",
    "publicity_sessions": "publicity",
    "training_sessions": "training",
    "official_documents_issued": "document",
    "bulletin_issues": "",
}


class Course:
    """The state of the reader, moved on phrase by phrase.

    `lead` holds the phrases since the last publication in the sentence, `wholes` what parts would belong to.
    """

    def __init__(self, text: str, voice: Speaker) -> None:
        self.text, self.voice = text, voice
        self.topic = ""
        self.lead: list[Phrase] = []
        self.wholes = Wholes(text)
        self._foreign = self._planned = self._plan_section = self._plan_ends = False
        self._last: Phrase | None = None
        # In what the topic was counted last, "" where only words named it, and in which sentence.
        self._counted, self._spoken_in = "", -1

    @property
    def silent(self) -> bool:
        """Whether another body or a plan is being spoken of."""
        return self._foreign or self._planned or self._plan_section

    def move(self, phrase: Phrase, last_reading: Reading | None) -> None:
        """Follow the sentence, the brackets and the topic into the phrase; `last_reading` belongs to the one before."""
        opens = self._last is None or self._last.sentence != phrase.sentence
        goes_on = phrase.opener == "\n" and self.text[: phrase.start].rstrip().endswith(":")
        if opens:
            self._open_sentence(phrase, goes_on)
        self.wholes.move(phrase, opens, goes_on, last_reading)
        self._follow_voice(phrase)
        if self._counts_items(phrase):
            self.topic = ""
        self._follow_topic(phrase)
        self._last = phrase

    def read(self, key: str, phrase: Phrase) -> None:
        """Note what a phrase's number was read as: later phrases may leave the object out."""
        if phrase.quantity:
            self._counted, self._spoken_in = base_unit(phrase.quantity.unit), phrase.sentence
        self.topic = _TOPIC_OF.get(key.split("_")[0], _TOPIC_OF.get(key, self.topic))

    def published(self) -> None:
        """Note a publication: the lead is used up, and the topic with it, a list of documents aside."""
        self.lead = []
        self.topic = self.topic if self.topic == "document" else "publication"

    def before(self, sentence: int) -> str:
        """The sentence up to the phrase, back to the last number."""
        earlier = [part.head for part in self.lead if part.sentence == sentence and part.quantity is None]
        return ",".join(earlier) + ","

    def _open_sentence(self, phrase: Phrase, goes_on: bool) -> None:
        heading = self.lead[-1:] if len(self.lead) == 1 and _names_a_channel(self.lead[0]) else []
        if not goes_on:
            self.lead = heading
        self._foreign = self._planned = False
        if self.topic in _GOES_ON and not _GOES_ON[self.topic].match(phrase.head):
            self.topic = ""
        if _PLAN_SECTION.match(phrase.head) and phrase.quantity is None:
            self._plan_section, self._plan_ends = True, not self._stands_alone(phrase)
        elif phrase.opener == "\n" and (self._plan_ends or self._begins_a_section(phrase)):
            self._plan_section = False

    def _stands_alone(self, phrase: Phrase) -> bool:
        """Whether a heading is a line of its own, above what it is of; else that is the rest of its line."""
        return not self.text[phrase.end :].split("\n", 1)[0].strip("。:; ")

    def _begins_a_section(self, phrase: Phrase) -> bool:
        numbered = _NUMBERED.match(self.text[: phrase.start].rsplit("\n", 1)[-1])
        return bool(numbered or _OTHER_SECTION.match(phrase.head))

    def _follow_voice(self, phrase: Phrase) -> None:
        self._planned = self._planned or self.voice.plans(phrase.head)
        if self.voice.is_foreign(phrase):
            self._foreign = True
        elif _OWN_SUBJECT.search(phrase.head):
            self._foreign = False

    def _counts_items(self, phrase: Phrase) -> bool:
        """Whether a later sentence counts in 条 where cases or documents were counted in 件: it speaks of something else.

        So it does where none were counted and it says nothing of cases.
        """
        if phrase.quantity is None or self._spoken_in == phrase.sentence:
            return False
        of_items = base_unit(phrase.quantity.unit) in _OF_ITEMS
        return of_items and (
            self._counted not in _OF_ITEMS if self._counted else not _OF_CASES.search(phrase.head)
        )

    def _follow_topic(self, phrase: Phrase) -> None:
        goes_on = phrase.opener in (",", "、", ";") and not _ASKED.search(phrase.head)
        among = _PART.match(phrase.head) or (self._last and _PART.fullmatch(self._last.head))
        if self.topic == "document" and goes_on and ("规范性" not in phrase.head or among):
            return
        found = [(match.end(), name) for name, pattern in TOPICS for match in pattern.finditer(phrase.scope)]
        found = [(end, name) for end, name in found if name != "review" or phrase.quantity is not None]
        if self.wholes.marked and phrase.quantity and phrase.quantity.unit in ("条", "篇"):
            found = [(end, name) for end, name in found if name not in _KINDS_OF_CONTENT]
        if found and not (self.wholes.of_requests and max(found)[1] in ("complaint", "case")):
            self.topic = max(found)[1]
            self._counted, self._spoken_in = "", phrase.sentence
        elif phrase.quantity is None and phrase.opener in "。\n" and _HEADING.search(phrase.head):
            goes_on = self.topic == "request" and bool(_OF_WHAT_BECAME.search(phrase.head))
            self.topic = self.topic if goes_on else ""


def _names_a_channel(phrase: Phrase) -> bool:
    """一是门户网站。 as a heading says where what follows was published."""
    rest = _AROUND.sub("", CHANNEL.sub("", phrase.head))
    return (
        phrase.quantity is None
        and rest != phrase.head
        and len(rest) <= 2
        and bool(CHANNEL.search(phrase.head))
    )
