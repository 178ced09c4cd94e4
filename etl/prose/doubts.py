"""What allows more than one reading: a number that is told as unclear instead of being taken."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import CHANNEL, CHANNELS, RULE, word
from etl.prose.wholes import OUTCOMES
from etl.prose.wording import is_generic, noun_of
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
_ITEMS = ("items_published", "website_items", "wechat_items", "new_media_items", "weibo_items")
_SUGGESTIONS = ("peoples_congress_suggestions", "cppcc_proposals")
_OF_VILLAGES = ("bulletin_items", "bulletin_boards", "wechat_group_items")
_IN_WORDS = ("verbal_zero", "implied_all")

_PART_OF_YEAR = re.compile("[上下]半年|[一二三四]季度|(?<!\\d)20\\d\\d年(?:之前|以前)")
_WHOLE_YEAR = re.compile("全年|今年|本年|当年|年度|20\\d\\d年")
_RATE = re.compile("[月周日]均|每[月周天日](?:公开|发布|更新|推送|报送)?(?:各类)?(?:信息)?$")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})月?(?:\d{1,2}日)?(?:至|-|—|~|到)(?:20\d\d年)?(\d{1,2})月")
_UNTIL = re.compile(r"截[至止](?:20\d\d年)?(\d{1,2})月")
_COUNTER = re.compile("(?:系统|平台|网站|门户)[^#]{0,4}累计(?:访问|点击|浏览)")
_OTHERS, _EVERYWHERE = word("{others}"), word("{everywhere}")
_COMPARED = re.compile("(?:较|比|与|同)(?:上年|去年|往年|历年|前年|上一年|20\\d\\d年)")
_AIM = re.compile("目标(?:任务|数)|任务(?:数|量)|指标|要求(?:公开|发布|完成)|计划(?:公开|发布|培训)")
_THROUGH = re.compile("(?:通过|依托|利用|借助|运用)([^,、]{2,30}?)(?:共|累计|主动|公开|发布)")
_IN_ALL = re.compile("共|总|合计|累计|全年|年度|20\\d\\d年")
_HEADING = re.compile("^.{2,22}(?:情况|方面)$")
_OUTCOMES_TOGETHER = re.compile(
    "(?:公开|无法提供|不予处理|其他处理)(?:及|和|与|、|或)(?:部分公开|部分予以|不予|予以|无法|其他)[^#]*$"
)
_EACH = re.compile("^.{4,}分别(?!为|是|有)")
_ADDED, _PUBLISHED = re.compile("新增(?!主动)[^、]"), re.compile("公开|公布|公示|发布|信息|类")
_TOTAL_IN_BRACKETS = re.compile(r"(?:政府|政务)信息\([^()]*\)$")
_PASSED_ON = re.compile("(?:发文|上传了?)$")
_NO_NAME = re.compile("信息、|[“”‘’]")
_INTERPRETED = re.compile("(?:并|宣传)解读(?:了)?$|解读了$")
_TAKEN_UP, _MADE_PUBLIC = re.compile("被[^#]*(?:采用|采纳|录用)"), re.compile("公[开布示]")
_SHOWN = re.compile("信息|视频|作品|图文|推文|动态")
_CATALOGUE = re.compile("目录信息")
_INFORMATION = re.compile(
    "^(?:等|中|的|且|并|已|均|其中|内容|以上|左右)|信息|动态|视频|图文|推文|稿件|作品|依托|通过|占"
)
_WIDE = re.compile("等|信息|内容|动态|、")


@dataclass(frozen=True, slots=True)
class _Said:
    """A reading with its phrase, what its sentence says before, and the passage."""

    reading: Reading
    phrase: Phrase
    before: str
    phrases: tuple[Phrase, ...]
    readings: list[Reading]


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
    said = _Said(reading, phrase, before, phrases, readings)
    return next((kind for kind, holds in _KINDS if holds(said)), "")


def rivals(numbers: Iterable[_Number]) -> list[_Number]:
    """Numbers that differ of what a report states once, none a part of another: which is meant is not said."""
    whole = [number for number in numbers if number.metric in _STATED_ONCE and number.part_of is None]
    values: dict[str, set[object]] = {}
    for number in whole:
        values.setdefault(number.metric, set()).add(number.value)
    return [number for number in whole if len(values[number.metric]) > 1]


def _of_part_of_the_year(said: _Said) -> bool:
    text = said.before + said.phrase.head
    parts = [found.start() for found in _PART_OF_YEAR.finditer(text)]
    years = [found.start() for found in _WHOLE_YEAR.finditer(text)]
    months = any((int(found[1]), int(found[2])) != (1, 12) for found in _MONTHS.finditer(text))
    until = any(int(found[1]) != 12 for found in _UNTIL.finditer(text))
    last = bool(parts) and max(parts) > max(years, default=-1)
    return last or months or until or bool(_RATE.search(said.phrase.head))


def _of_a_counter(said: _Said) -> bool:
    """系统累计访问量61万次: counted since the counter was set up, perhaps."""
    return said.reading.metric == "page_views" and bool(_COUNTER.search(said.phrase.head))


def _of_others(said: _Said) -> bool:
    return said.reading.metric not in _OF_VILLAGES and bool(_OTHERS.search(said.phrase.head))


def _compared(said: _Said) -> bool:
    return bool(_COMPARED.search(said.phrase.head) or _AIM.search(said.phrase.head))


def _of_a_column(said: _Said) -> bool:
    """网站发布825条，其中政务公开栏94条: a column of the website, or a board."""
    if said.reading.metric != "bulletin_items":
        return False
    here = [other.order for other in said.readings if other.metric == "website_items"]
    site = [order for order in here if said.phrases[order].sentence == said.phrase.sentence]
    between = said.phrases[site[0] + 1 : said.reading.order + 1] if site else ()
    return any("其中" in phrase.head for phrase in between)


def _by_unknown_means(said: _Said) -> bool:
    """通过新桥共发布66条: a total, or that of a channel which is not named as one."""
    found = _THROUGH.search(said.phrase.head) if said.reading.metric == "items_published" else None
    return bool(found and not CHANNEL.search(found[1]) and not _EVERYWHERE.search(found[1]))


def _below_a_heading(said: _Said) -> bool:
    """门户网站公开情况。共发布699条: the heading names the channel."""
    above = [part for part in said.phrases[: said.reading.order] if part.sentence < said.phrase.sentence]
    line = [part for part in above if part.sentence == above[-1].sentence]
    if said.reading.metric != "items_published" or len(line) != 1 or line[0].quantity is not None:
        return False
    return bool(_HEADING.match(line[0].head) and CHANNEL.search(line[0].head))


def _behind_a_channel(said: _Said) -> bool:
    """网站公开50条，推送信息30条: a total that no word calls one, behind the number of a channel."""
    if said.reading.metric != "items_published" or _IN_ALL.search(said.phrase.head):
        return False
    behind = [
        other for other in said.readings if other.metric in CHANNELS and other.order < said.reading.order
    ]
    return any(said.phrases[other.order].sentence == said.phrase.sentence for other in behind)


def _counts_no_items(said: _Said) -> bool:
    """公开《…》等1件规范性文件: what follows the number, or its measure word, is no item of information."""
    if said.reading.metric not in _ITEMS:
        return False
    tail = said.phrase.tail.strip()
    named = bool(re.match("[一-龥]{2}", tail)) and not _INFORMATION.search(tail)
    accounts = said.reading.unit == "个" and not _SHOWN.search(said.phrase.scope)
    return named or accounts or "》等" in said.phrase.head[-3:] or bool(_CATALOGUE.search(said.phrase.head))


def _is_a_kind(said: _Said) -> bool:
    """在网站和公报公开规章13件: one kind of content, and no total."""
    noun = noun_of(said.phrase.head, said.phrase.tail)
    several = said.reading.metric == "items_published" and said.reading.kind == "several"
    return several and bool(noun) and not is_generic(noun) and not _WIDE.search(noun)


def _is_no_kind(said: _Said) -> bool:
    """发布舆情日报102期, 新增入库标准51条, 公文类发文23个: not plainly a kind of what was published."""
    if said.reading.metric != "category_items":
        return False
    head = said.phrase.head
    added = _ADDED.search(head) and not _PUBLISHED.search(head)
    total = _TOTAL_IN_BRACKETS.search(head) or _PASSED_ON.search(head)
    return said.reading.unit in ("期", "次") or bool(
        added or total or _NO_NAME.search(said.reading.category or "")
    )


def _is_done_otherwise(said: _Said) -> bool:
    """Suggestions that were published, policies that were interpreted, items which others took up."""
    text = said.before + said.phrase.head
    if said.reading.metric in _SUGGESTIONS:
        outcome = said.reading.unit == "条" or "结果" in said.phrase.head
        return outcome and bool(_MADE_PUBLIC.search(said.before))
    if said.reading.metric == "interpretations":
        return bool(_INTERPRETED.search(said.phrase.head))
    return said.reading.metric == "media_items" and bool(_TAKEN_UP.search(text))


def _of_several_outcomes(said: _Said) -> bool:
    return said.reading.metric in OUTCOMES and bool(_OUTCOMES_TOGETHER.search(said.phrase.head))


def _of_each(said: _Said) -> bool:
    """网站、微博分别发布62条: to whom the number belongs was not made out."""
    return bool(_EACH.search(said.phrase.head))


def _may_be_received(said: _Said) -> bool:
    """办理69件，结转下年1件: if some go on, not all that were handled are closed, unless the outcomes add up to it."""
    if said.reading.metric != "requests_closed" or not said.reading.handled:
        return False
    outcomes = sum(other.value for other in said.readings if other.metric in OUTCOMES)
    carried = any(other.metric == "requests_carried_out" and other.value for other in said.readings)
    return carried and outcomes != said.reading.value


_KINDS: tuple[tuple[str, Callable[[_Said], bool]], ...] = (
    ("period", _of_part_of_the_year),
    ("period", _of_a_counter),
    ("actor", _of_others),
    ("aim", _compared),
    ("channel", _of_a_column),
    ("channel", _by_unknown_means),
    ("channel", _below_a_heading),
    ("channel", _behind_a_channel),
    ("content", _counts_no_items),
    ("content", _is_a_kind),
    ("content", _is_no_kind),
    ("content", _is_done_otherwise),
    ("shared", _of_several_outcomes),
    ("shared", _of_each),
    ("handled", _may_be_received),
)
