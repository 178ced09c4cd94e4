"""One pass over the phrases: what is being spoken of, what is a part of what, and how each number is read."""

import re

from etl.prose.cases import base_unit, cases
from etl.prose.channels import account_names
from etl.prose.exclusions import Speaker, over_several_years, speaker
from etl.prose.phrases import Phrase
from etl.prose.publication import Context, Publication, publication, publishes
from etl.prose.reading import Reading
from etl.prose.table import RULE, TOPICS, word

_PART, _WAYS, _SIBLING = word("{part}"), word("{ways}"), word("{sibling}")
_HEADING = re.compile("(?:主动公开|信息管理|平台建设|监督保障|情况|方面|保障)$")
_ROUTE = word(
    "^(?:其中|包括|含|均为)?[^#]{0,6}?(?:{route})(?:渠道|方式|途径|平台)?[^#]{0,8}(?:申请)?[^#]{0,6}#"
)
_RENEWED, _STOCK = re.compile("更新[^发公新]*$"), re.compile("已有|原有|既有|存量")
_ASKED = word("收到|受理|接到|申请人|公开申请|规范性文件")
_ALWAYS_OURS = frozenset({"requests_carried_in", "requests_carried_out"})
_OWN_SUBJECT = word("{own_subject}")
_TOPIC_OF = {"publicity_sessions": "publicity", "training_sessions": "training", "official_documents_issued": "document"}


def scan(text: str, phrases: tuple[Phrase, ...], year: int | None) -> list[Reading]:
    """The readings of all phrases, in order."""
    return _Scan(text, phrases, speaker(text, year)).run()


class _Scan:
    def __init__(self, text: str, phrases: tuple[Phrase, ...], voice: Speaker) -> None:
        self.text, self.phrases, self.voice = text, phrases, voice
        self.accounts = account_names(text)
        self.readings: list[Reading] = []
        self.topic = ""
        self.lead: list[Phrase] = []
        self.whole: Reading | None = None
        self.brackets: list[Reading | None] = []
        self.marked = self.foreign = False
        self.listing_sentence = -1

    def run(self) -> list[Reading]:
        for order, phrase in enumerate(self.phrases):
            self._move(order, phrase)
            if phrase.quantity is None:
                self.lead.append(phrase)
            else:
                self._read(order, phrase)
        return self.readings

    def _move(self, order: int, phrase: Phrase) -> None:
        """Follow the sentence, the brackets and the topic."""
        before = self.phrases[order - 1] if order else None
        if before is None or before.sentence != phrase.sentence:
            colon = (
                before is not None
                and phrase.opener == "\n"
                and self.text[: phrase.start].rstrip().endswith(":")
            )
            if not colon:
                self.lead = []
            if not _PART.search(phrase.head) and not colon:
                self.marked = False
            self.brackets, self.foreign = [], False
        if phrase.opener == "(":
            self.brackets.append(self.whole)
            if phrase.head.strip() and before is not None and before.quantity is not None and self.readings:
                self.whole = self.readings[-1] if self.readings[-1].order == order - 1 else self.whole
        elif phrase.opener == ")" and self.brackets:
            self.whole = self.brackets.pop()
        if _SIBLING.match(phrase.head):
            self.marked = False
        if _PART.search(phrase.head) or _WAYS.search(phrase.head) or phrase.opener == ":":
            self.marked = self.whole is not None
        if self.voice.is_foreign(phrase):
            self.foreign = True
        elif _OWN_SUBJECT.search(phrase.head):
            self.foreign = False
        self._follow_topic(phrase)

    def _follow_topic(self, phrase: Phrase) -> None:
        if self.topic == "document" and phrase.opener in (",", "、", ";") and not _ASKED.search(phrase.head):
            return
        found = [(match.end(), name) for name, pattern in TOPICS for match in pattern.finditer(phrase.scope)]
        found = [(end, name) for end, name in found if name != "review" or phrase.quantity is not None]
        if found:
            self.topic = max(found)[1]
        elif phrase.quantity is None and phrase.opener in "。\n" and _HEADING.search(phrase.head):
            self.topic = ""

    def _read(self, order: int, phrase: Phrase) -> None:
        scope = phrase.scope
        if not phrase.head.strip() and phrase.opener in ("(", ":") and self.lead:
            scope = f"{self.lead[-1].head}#"
        keys = cases(phrase, scope, self.topic)
        ours = set(keys) & _ALWAYS_OURS
        if self.foreign or (not ours and self.voice.leaves(phrase, self._before(phrase))):
            self.lead.append(phrase)
            return
        keys = tuple(key for key in keys if not self._is_content(phrase, key))
        for key in keys:
            self._add(order, phrase, Publication(key, None, self._route(phrase, key)))
            self.topic = _TOPIC_OF.get(key, self.topic)
        if keys:
            self.lead.append(phrase)
            return
        self._publish(order, phrase)

    def _is_content(self, phrase: Phrase, key: str) -> bool:
        """民意征集2条 among the contents of a total is what was published, not what was held."""
        unit = base_unit(phrase.quantity.unit) if phrase.quantity else ""
        listed = self.marked and self.whole is not None and unit == base_unit(self.whole.unit)
        return listed and RULE[key].tier == "extension" and unit in ("条", "篇")

    def _route(self, phrase: Phrase, key: str) -> str:
        return (
            "route" if key in ("requests_received", "requests_closed") and _ROUTE.search(phrase.scope) else ""
        )

    def _publish(self, order: int, phrase: Phrase) -> None:
        following = self.phrases[order + 1] if order + 1 < len(self.phrases) else None
        near = self.listing_sentence == phrase.sentence
        unit = base_unit(self.whole.unit) if self.whole else ""
        context = Context(tuple(self.lead), self.accounts, near or self.marked, self.marked, unit, self.topic)
        found = publication(phrase, context, following)
        if found is not None and found.metric == "items_published":
            found = self._total(phrase, found)
        if found is None or self._is_form_of_interpretation(phrase):
            self.lead.append(phrase)
            return
        self._add(order, phrase, self._over_years(phrase, found))
        self.topic = self.topic if self.topic == "document" else "publication"
        self.listing_sentence = phrase.sentence
        self.lead = []

    def _total(self, phrase: Phrase, found: Publication) -> Publication | None:
        """A total cannot be a part; and 更新 beside 新增 speaks of what was there already."""
        if _RENEWED.search(phrase.head) and (_STOCK.search(phrase.head) or self._added_before()):
            return Publication("updated_items")
        return None if self.marked and self.whole is not None and phrase.opener != ":" else found

    def _added_before(self) -> bool:
        return any("新增" in self.phrases[reading.order].head for reading in self.readings)

    def _is_form_of_interpretation(self, phrase: Phrase) -> bool:
        """解读材料11件，其中图解5件: the forms are within the number."""
        among = self.marked and self.whole is not None and self.whole.metric == "interpretations"
        return among and not publishes(phrase.head)

    def _over_years(self, phrase: Phrase, found: Publication) -> Publication:
        sentence = self._before(phrase) + phrase.head
        wide = found.metric in ("items_published", "website_items", "wechat_items")
        return Publication("cumulative_published") if wide and over_several_years(sentence) else found

    def _before(self, phrase: Phrase) -> str:
        """The sentence up to the phrase, back to the last number."""
        earlier = [part for part in self.lead if part.sentence == phrase.sentence and part.quantity is None]
        return ",".join(part.head for part in earlier) + ","

    def _add(self, order: int, phrase: Phrase, found: Publication) -> None:
        quantity = phrase.quantity
        if quantity is None:
            return
        part = self.marked or (bool(self.brackets) and phrase.depth > 0)
        value = quantity.value
        reading = Reading(
            found.metric,
            value,
            quantity.unit,
            quantity.approximate,
            phrase.start,
            phrase.end,
            order,
            quantity.bound,
            scope="cumulative" if found.metric == "cumulative_published" else None,
            part_of=_named(self.whole) if part and self.whole else None,
            category=found.category,
            part=part,
            kind=found.kind,
        )
        self.readings.append(reading)
        if (
            not part
            and found.metric.endswith(("items_published", "_items", "interpretations"))
            and found.metric != "category_items"
        ):
            self.whole = reading


def _named(whole: Reading) -> str:
    return f"{whole.metric}:{whole.category}" if whole.category else whole.metric
