"""One pass over the phrases: how each number is read."""

import re
from dataclasses import replace

from etl.prose.added import SUM, added_up
from etl.prose.cases import CARRIED, base_unit, cases, is_larger_route, kind
from etl.prose.channels import account_names, channels, together
from etl.prose.course import Course
from etl.prose.exclusions import over_several_years, speaker
from etl.prose.item import Context
from etl.prose.numbers import Quantity
from etl.prose.phrases import Phrase
from etl.prose.publication import Publication, publication
from etl.prose.reading import Reading
from etl.prose.table import CHANNELS, RULE
from etl.prose.wholes import CONTENTS, NEW, OUTCOMES
from etl.prose.wording import content_key, first_verb, is_generic, noun_of, publishes

_RENEWED, _STOCK = re.compile("更新[^发公新]*$"), re.compile("已有|原有|既有|存量")
_OWN = re.compile("[我全本](?:镇|乡|街道)")
# 公开1432条，其中依申请公开12条 tells what was published, and of no requests.
_ON_REQUEST = re.compile("(?:其中,?)?(?:属于)?依申请公开的?(?:政府)?(?:信息)?$")
_OF_ONE_YEAR = frozenset(
    key
    for key in RULE
    if key.startswith(("requests_", "training_", "trained_")) or key in ("reconsiderations", "suits")
) | {"normative_documents_issued", "normative_documents_repealed", "handling_fee_yuan"}
# 信息咨询类12973件 divides what was called, not what the office was asked.
_OF_KINDS = frozenset({"consultations", "complaints", "questions_answered"})
_WHOLE = re.compile("共|累计|总|合计")
_MADE_PUBLIC = re.compile("^(?:其中|已|共)?(?:主动|已|对外|向社会)*公开$")
_DIVIDED = re.compile("train|meetings|consultations|requests_received|reconsiderations|suits")
_HANDLED = re.compile(
    "(?:办理|解答|回复|答复|受理|收到)[^#]{0,6}(?:留言|来信|信件|诉求|咨询|提问|问题)"
    "|(?:热线|问政|信箱|留言板?)[^#]{0,6}(?:办理|解答|回复|答复|受理)"
)
_OF_THE_YEAR = re.compile("本年|当年|年度新|新收")
_STANDING = re.compile("累计|共有|现有|已有|总计")
_OF_THIS_YEAR = re.compile(
    r"其中,?(?:20\d\d年度?|今年|本年度?|当年)|(?:20\d\d年度?|今年|本年度?|当年)(?:新增|更新)"
)
_OF_A_YEAR = re.compile(r"(?:其中,?)?(?:20\d\d年度?|今年|本年度?|当年)(?:共|新增|累计)*[^#]{2,4}$")
# What is published is no part of these.
_NO_WHOLE = frozenset(
    {"cumulative_published", "official_documents_issued", "requests_received", "requests_closed"}
)
_PUBLISHED = CHANNELS | CONTENTS | {"items_published"}
_YEARLY = ("items_published", "website_items", "wechat_items")


def scan(text: str, phrases: tuple[Phrase, ...], year: int | None) -> list[Reading]:
    """The readings of all phrases, in order."""
    return _Scan(phrases, Course(text, speaker(text, year)), account_names(text)).run()


class _Scan:
    def __init__(self, phrases: tuple[Phrase, ...], course: Course, accounts: frozenset[str]) -> None:
        self.phrases, self.course, self.accounts = phrases, course, accounts
        self.readings: list[Reading] = []
        self.listing_sentence = self.left = -1

    def run(self) -> list[Reading]:
        for order, phrase in enumerate(self.phrases):
            just_read = bool(self.readings) and self.readings[-1].order == order - 1
            self.course.move(phrase, self.readings[-1] if just_read else None)
            if phrase.quantity is None or not self._read(order, phrase, phrase.quantity):
                self.course.lead.append(phrase)
        return self.readings

    def _read(self, order: int, phrase: Phrase, quantity: Quantity) -> bool:
        """Read the phrase's number; whether it was a publication, after which a new lead begins."""
        course = self.course
        before = course.before(phrase.sentence)
        keys = self._said(phrase, before)
        words = phrase.head if phrase.head.strip() else self._scope(phrase).partition("#")[0]
        ours = bool(set(keys) & CARRIED) or not course.voice.leaves(words, before)
        goes_on = phrase.opener == "、" and not phrase.head and self.left == order - 1
        if course.silent or not ours or goes_on:
            self.left = order
            return False
        keys = tuple(key for key in keys if not self._is_content(phrase, quantity, key))
        keys = self._same_list(phrase, quantity, keys)
        keys = tuple(key for key in keys if not self._is_among(phrase, quantity, key))
        for key in keys:
            said = kind(phrase, key, course.topic)
            self._add(order, phrase, quantity, Publication(key, None, said))
            if said != "unspoken":
                course.read(key, phrase)
        return not keys and self._publish(order, phrase, quantity, before)

    def _said(self, phrase: Phrase, before: str) -> tuple[str, ...]:
        """The metrics which the phrase states by verb and object, where what goes on around it lets it state them."""
        course = self.course
        found = cases(phrase, self._scope(phrase), course.topic)
        carried = (course.voice.carries(key, phrase, before) if key in CARRIED else key for key in found)
        keys = tuple(key for key in carried if key)
        if over_several_years(phrase.head):
            keys = tuple(key for key in keys if key not in _OF_ONE_YEAR)
        if course.wholes.of_items and _ON_REQUEST.match(phrase.head):
            return ()
        if phrase.head[-1:] == "类":
            of_requests = course.wholes.of_requests
            keys = tuple(key for key in keys if key not in _OF_KINDS)
            keys = tuple(key for key in keys if not of_requests or key.startswith("requests_"))
        return keys

    def _is_among(self, phrase: Phrase, quantity: Quantity, key: str) -> bool:
        """培训4期，其中县级培训1期: the second is within the first; 其中本年新收8件 says what the first holds more."""
        return (
            _DIVIDED.match(key) is not None
            and (self.course.wholes.marked or self.course.wholes.bracketed)
            and not _OF_THE_YEAR.search(phrase.head)
            and any(
                reading.metric == key
                and reading.value >= quantity.value > 0
                and self.phrases[reading.order].sentence == phrase.sentence
                for reading in self.readings
            )
        )

    def _scope(self, phrase: Phrase) -> str:
        """The phrase, or for a bare number in brackets or after a colon the words before these."""
        if not phrase.head.strip() and phrase.opener in ("(", ":") and self.course.lead:
            return f"{self.course.lead[-1].head}#"
        # 11期访谈和29场发布会: what stands before the second number belongs to the first.
        if phrase.opener == "" and phrase.head[-1:] in tuple("、和及与") and phrase.tail:
            return f"#{phrase.tail}"
        return phrase.scope

    def _same_list(self, phrase: Phrase, quantity: Quantity, keys: tuple[str, ...]) -> tuple[str, ...]:
        """答复网上申请4件、书面申请23件: the second route shares the verb of the first."""
        last = self.readings[-1] if self.readings else None
        goes_on = phrase.opener in ("、", "") or phrase.head[:1] in "和及"
        if keys != ("requests_received",) or not last or not goes_on:
            return keys
        if is_larger_route(phrase, quantity, last):
            last = self.readings[-1] = replace(last, kind="route")
        return (last.metric,) if last.kind == "route" else keys

    def _is_content(self, phrase: Phrase, quantity: Quantity, key: str) -> bool:
        """民意征集2条 among the contents of a total is what was published, not what was held."""
        wholes = self.course.wholes
        same = wholes.whole is not None and base_unit(quantity.unit) == base_unit(wholes.whole.unit)
        goes_on = phrase.opener == "、" and self.listing_sentence == phrase.sentence
        listed = (wholes.marked and same) or goes_on
        content = RULE[key].tier != "core" and key not in OUTCOMES | {"internal_network_items"}
        handled = _HANDLED.search(phrase.head)
        return listed and content and not handled and base_unit(quantity.unit) in ("条", "篇")

    def _publish(self, order: int, phrase: Phrase, quantity: Quantity, before: str) -> bool:
        following = self._following(order)
        asked = "申请" in phrase.head or not first_verb(phrase.head)
        if self.course.wholes.of_requests and asked:
            return False
        found = publication(phrase, self._context(phrase), following)
        if SUM.match(phrase.head) and (found is None or found.kind == "unsure" or found.category):
            found = added_up(order, quantity, self.phrases, self.readings, self.accounts) or found
        elif found is not None and found.metric == "items_published":
            among_others = phrase.opener == "、" and not _WHOLE.search(phrase.head)
            left = among_others or self._is_share(order, quantity)
            found = None if left else self._total(phrase, found)
        of_this_year = _OF_THIS_YEAR.match(phrase.head) and publishes(phrase.head)
        if of_this_year and (found is None or found.metric in _YEARLY) and self._was_cumulative(order):
            found = Publication(self._turn_cumulative())
        elif found is None and (key := self._of_the_stock(phrase, quantity)):
            found = Publication(key)
        if (
            found is None
            or self._is_within_its_kind(phrase, found)
            or self._is_form_of_interpretation(phrase)
        ):
            return False
        of_no_kind = found.category is not None and is_generic(noun_of(phrase.head, phrase.tail))
        of_all = found.metric in _YEARLY or of_no_kind
        if (of_all and over_several_years(before + phrase.head)) or self._holds_the_new(
            phrase, quantity, found.metric
        ):
            found = Publication("cumulative_published")
        self._add(order, phrase, quantity, found)
        self.course.published()
        self.listing_sentence = phrase.sentence
        return True

    def _following(self, order: int) -> Phrase | None:
        """The next phrase, past what brackets say of the number."""
        depth = self.phrases[order].depth
        return next((phrase for phrase in self.phrases[order + 1 :] if phrase.depth <= depth), None)

    def _was_cumulative(self, order: int) -> bool:
        """累计发布1865篇，其中2024年度发布412篇: the first number was of several years."""
        last = self.readings[-1] if self.readings else None
        if last is None or last.metric not in _YEARLY or last.part:
            return False
        stated = self.phrases[last.order]
        return stated.sentence == self.phrases[order].sentence and bool(_STANDING.search(stated.head))

    def _holds_the_new(self, phrase: Phrase, quantity: Quantity, metric: str) -> bool:
        """新公开信息478条，累计公开3126条: the second number is of all years."""
        last = self.readings[-1] if self.readings else None
        if metric not in _YEARLY or last is None or last.metric != metric or last.value >= quantity.value:
            return False
        beside = self._shares_sentence(phrase, last) and "累计" in phrase.head
        return beside and bool(NEW.search(self.phrases[last.order].head))

    def _of_the_stock(self, phrase: Phrase, quantity: Quantity) -> str | None:
        """公众号自开通以来累计推送2126篇，今年推送532篇: what the second number is of stands before the first."""
        last = self.readings[-1] if self.readings else None
        if last is None or last.metric != "cumulative_published" or last.value < quantity.value:
            return None
        same = self._shares_sentence(phrase, last) and _OF_A_YEAR.match(phrase.head)
        if not same or not publishes(phrase.head):
            return None
        said = (part.head for part in self.phrases[: last.order + 1] if part.sentence == phrase.sentence)
        named = channels("".join(said), self.accounts)
        return together(named) if named else "items_published"

    def _turn_cumulative(self) -> str:
        metric = self.readings[-1].metric
        self.readings[-1] = replace(self.readings[-1], metric="cumulative_published", scope="cumulative")
        return metric

    def _context(self, phrase: Phrase) -> Context:
        course = self.course
        marked, whole = course.wholes.marked, course.wholes.whole
        divided = whole if whole and (marked or self._shares_sentence(phrase, whole)) else None
        bare_heading = whole is not None and not phrase.head.strip()
        return Context(
            lead=tuple(course.lead),
            accounts=self.accounts,
            listing=self.listing_sentence == phrase.sentence or bare_heading or marked,
            marked=marked,
            whole_unit=base_unit(divided.unit) if divided else "",
            topic=course.topic,
        )

    def _total(self, phrase: Phrase, found: Publication) -> Publication | None:
        """A total cannot be a part; and 更新 beside 新增 speaks of what was there already."""
        published = (reading for reading in self.readings if reading.metric in _PUBLISHED)
        added = any("新增" in self.phrases[reading.order].head for reading in published)
        if _RENEWED.search(phrase.head) and (added or _STOCK.search(phrase.head)):
            return Publication("updated_items")
        wholes = self.course.wholes
        own = found.kind == "several" or _OWN.search(phrase.head)
        among = wholes.whole is not None and wholes.whole.metric not in _NO_WHOLE
        within = among and wholes.whole is not None and self._shares_sentence(phrase, wholes.whole)
        unsure = wholes.marked and (
            within or (phrase.opener != ":" and (among or wholes.whole is None) and not own)
        )
        return None if unsure else found

    def _shares_sentence(self, phrase: Phrase, reading: Reading) -> bool:
        return self.phrases[reading.order].sentence == phrase.sentence

    def _is_share(self, order: int, quantity: Quantity) -> bool:
        """公文类信息11件，主动公开10件，公开率90%: the part of the documents before which was made public."""
        phrase, last = self.phrases[order], self.readings[-1] if self.readings else None
        plain = _MADE_PUBLIC.match(phrase.head) and phrase.opener in ",、"
        return bool(
            plain
            and last is not None
            and last.metric in CONTENTS | {"official_documents_issued"}
            and last.order == order - 1
            and last.unit == quantity.unit
            and last.value >= quantity.value
        )

    def _is_within_its_kind(self, phrase: Phrase, found: Publication) -> bool:
        """网站发布426条，其中信息公开目录8条: a channel's number is not that of a part of it."""
        wholes = self.course.wholes
        same = wholes.whole is not None and wholes.whole.metric == found.metric
        return found.metric in CHANNELS and wholes.marked and same and not _OF_THIS_YEAR.match(phrase.head)

    def _is_form_of_interpretation(self, phrase: Phrase) -> bool:
        """解读材料11件，其中图解5件: the forms are within the number."""
        whole = self.course.wholes.whole
        if whole is None or not (self.course.wholes.marked or self.course.wholes.bracketed):
            return False
        said = (
            whole.metric == "interpretations"
            or content_key(self.phrases[whole.order].head) == "interpretations"
        )
        return said and not publishes(phrase.head)

    def _add(self, order: int, phrase: Phrase, quantity: Quantity, found: Publication) -> None:
        wholes = self.course.wholes
        part_of = wholes.part_of(found.metric)
        reading = Reading(
            metric=found.metric,
            value=quantity.value,
            unit=quantity.unit,
            approximate=quantity.approximate,
            start=phrase.start,
            end=phrase.end,
            order=order,
            unit_start=quantity.unit_start,
            bound=quantity.bound,
            scope="cumulative" if found.metric == "cumulative_published" else None,
            part_of=part_of,
            category=found.category,
            part=part_of is not None or wholes.marked or wholes.bracketed,
            kind=found.kind,
        )
        self.readings.append(reading)
        wholes.note(reading)
