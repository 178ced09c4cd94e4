"""What allows more than one reading: a number that is told as unclear instead of being taken."""

import re
from collections.abc import Iterable
from dataclasses import replace

from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import CHANNEL, RULE, word
from etl.prose.wholes import OUTCOMES
from etl.prose.wording import is_generic, noun_of

_PERIOD = re.compile("[上下]半年|[一二三四]季度|(?<!\\d)20\\d\\d年(?:之前|以前)")
_RATE = re.compile("[月周日]均|每[月周天日]")
_WHOLE_YEAR = re.compile("全年|今年|本年|当年|年度|20\\d\\d年")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})月?(?:\d{1,2}日)?(?:至|-|—|~|到)(?:20\d\d年)?(\d{1,2})月")
_UNTIL = re.compile(r"截[至止](?:20\d\d年)?(\d{1,2})月")
_ACTOR = word("{others}")
_COMPARED = re.compile("(?:较|比|与|同)(?:上年|去年|往年|历年|前年|上一年|20\\d\\d年)")
_AIM = re.compile("目标(?:任务|数)|任务(?:数|量)|指标|要求(?:公开|发布|完成)|计划(?:公开|发布|培训)")
_THROUGH = re.compile("(?:通过|依托|利用|借助|运用)([^,、]{2,30}?)(?:共|累计|主动|公开|发布)")
_EVERYWHERE = word("{everywhere}")
_SEVERAL_OUTCOMES = re.compile(
    "(?:公开|无法提供|不予处理|其他处理)(?:及|和|与|、|或)(?:部分公开|部分予以|不予|予以|无法|其他)[^#]*$"
)
_COUNTER = re.compile("(?:系统|平台|网站|门户)[^#]{0,4}累计(?:访问|点击|浏览)")
RIVALS = "rivals"
# What a report states once; of media, boards and the like it may name several, each with its number.
_ADDED, _PUBLISHED = re.compile("新增(?!主动)[^、]"), re.compile("公开|公布|公示|发布|信息|类")
_NO_NAME, _INTERPRETED = re.compile("信息、|[“”‘’]"), re.compile("(?:并|宣传)解读(?:了)?$|解读了$")
_WIDE = re.compile("等|信息|内容|动态|、")
STATED_ONCE = frozenset(key for key in RULE if key.startswith(("requests_", "normative_documents_"))) | {
    "items_published",
    "website_items",
    "wechat_items",
    "reconsiderations",
    "suits",
    "handling_fee_yuan",
    "training_sessions",
}
_OF_VILLAGES = ("bulletin_items", "bulletin_boards", "wechat_group_items")


def weighed(readings: list[Reading], phrases: tuple[Phrase, ...]) -> list[Reading]:
    """The readings, those that allow a second one with the kind of their doubt."""
    weighed = [replace(reading, doubt=_doubt(reading, phrases, readings)) for reading in readings]
    rivals = _rivals(weighed)
    return [
        replace(reading, doubt=reading.doubt or (RIVALS if reading in rivals else "")) for reading in weighed
    ]


def _doubt(reading: Reading, phrases: tuple[Phrase, ...], readings: list[Reading]) -> str:
    phrase = phrases[reading.order]
    before = "".join(part.scope + "," for part in _before(phrases, reading.order))
    if reading.basis in ("verbal_zero", "implied_all"):
        return ""
    if _of_other_period(phrase.head, before):
        return "period"
    if reading.metric not in _OF_VILLAGES and _ACTOR.search(phrase.head):
        return "actor"
    if _COMPARED.search(phrase.head) or _AIM.search(phrase.head):
        return "aim"
    if reading.metric == "bulletin_items" and _of_a_website(reading, phrases, readings):
        return "channel"
    if reading.metric == "items_published" and _by_unknown_means(phrase.head):
        return "channel"
    if _counts_else(reading, phrase, before):
        return "content"
    if reading.metric == "page_views" and _COUNTER.search(phrase.head):
        return "period"
    if reading.metric in OUTCOMES and _SEVERAL_OUTCOMES.search(phrase.head):
        return "shared"
    if reading.metric == "requests_closed" and reading.handled and _some_go_on(reading, readings):
        return "handled"
    return ""


def _before(phrases: tuple[Phrase, ...], order: int) -> Iterable[Phrase]:
    """The phrases of the same sentence before one."""
    first = order
    while first and phrases[first - 1].sentence == phrases[order].sentence:
        first -= 1
    return phrases[first:order]


def _of_other_period(head: str, before: str) -> bool:
    periods = [found.start() for found in _PERIOD.finditer(before + head)]
    years = [found.start() for found in _WHOLE_YEAR.finditer(before + head)]
    months = [(int(found[1]), int(found[2])) for text in (head, before) for found in _MONTHS.finditer(text)]
    until = [int(found[1]) for text in (head, before) for found in _UNTIL.finditer(text)]
    of_part = bool(periods) and max(periods) > max(years, default=-1)
    return (
        of_part
        or bool(_RATE.search(head))
        or any(span != (1, 12) for span in months)
        or any(m != 12 for m in until)
    )


def _by_unknown_means(head: str) -> bool:
    found = _THROUGH.search(head)
    return bool(found and not CHANNEL.search(found[1]) and not _EVERYWHERE.search(found[1]))


def _of_a_website(reading: Reading, phrases: tuple[Phrase, ...], readings: list[Reading]) -> bool:
    """网站发布825条，其中政务公开栏94条: a column of the website, or a board."""
    sentence = phrases[reading.order].sentence
    site = [
        r.order for r in readings if r.metric == "website_items" and phrases[r.order].sentence == sentence
    ]
    between = phrases[site[0] + 1 : reading.order + 1] if site else ()
    return any("其中" in phrase.head for phrase in between)


def _counts_else(reading: Reading, phrase: Phrase, before: str) -> bool:
    """发布舆情日报102期, 新增入库标准51条: not plainly what was published; 在网站和公报公开规章13件: a kind, and no total."""
    noun = noun_of(phrase.head, phrase.tail)
    if reading.metric == "category_items":
        added = _ADDED.search(phrase.head) and not _PUBLISHED.search(phrase.head)
        return reading.unit in ("期", "次") or bool(added or _NO_NAME.search(reading.category or ""))
    if reading.metric in ("peoples_congress_suggestions", "cppcc_proposals"):
        return reading.unit == "条" and bool(re.search("公[开布示]", before))
    if reading.metric == "interpretations":
        return bool(_INTERPRETED.search(phrase.head))
    several = reading.metric == "items_published" and reading.kind == "several"
    return several and bool(noun) and not is_generic(noun) and not _WIDE.search(noun)


def _some_go_on(reading: Reading, readings: list[Reading]) -> bool:
    """Whether requests go on into the next year, so that those handled are not all closed, and the outcomes do not add up."""
    outcomes = [other.value for other in readings if other.metric in OUTCOMES]
    carried = any(other.metric == "requests_carried_out" and other.value for other in readings)
    return carried and sum(outcomes) != reading.value


def _rivals(readings: list[Reading]) -> list[Reading]:
    """Numbers of one metric that differ, none a part of another: which is meant is not said."""
    found = []
    for key in {reading.metric for reading in readings} & STATED_ONCE:
        own = [reading for reading in readings if reading.metric == key and not reading.doubt]
        whole = [reading for reading in own if reading.part_of is None]
        if len({reading.value for reading in whole}) > 1:
            found += whole
    return found
