"""Where a number stands among others, or which words stand around it, that leave in doubt what it is of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from etl.prose.cases import base_unit
from etl.prose.channels import account_names
from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import CHANNEL, CHANNELS, RULE, word
from etl.prose.wholes import NEW, OUTCOMES, PLATFORMS
from etl.prose.wording import content_key, is_generic, noun_of, publishes

_EVERYWHERE = word("{everywhere}")
_THROUGH = re.compile(
    "(?:通过|依托|利用|借助|运用)([^,、]{2,30}?)(?:共|累计|主动|公开(?!网|平台|栏|专栏|目录|系统)|发布)"
)
_IN_ALL = re.compile("共|总|合计|累计|全年|年度|20\\d\\d年|信息(?:条|件)?数")
_HEADING = re.compile("^.{2,22}(?:情况|方面)$")
_PART, _MEANS = word("{part}"), word("{means}")
_QUOTED = re.compile('[“"]([^”"]+)[”"]')
_FORMS = "(?:视频|图解|图文|图片|音频|文字|动漫|漫画|海报|长图)"
_JOINED_BEFORE = re.compile(
    f"[一-龥](?<!{_FORMS})(?:、|和|(?<!涉)及|与|以及)(?:其|相关|配套|政策|文字|积极|及时|主动)*$"
)
_JOINED_BEHIND = re.compile(f"(?:类|信息|材料|稿件|工作)*(?:、|和|及|与|以及)(?!{_FORMS})")
_PLATFORM = re.compile('[”"]平台')
_LEVEL = re.compile("(?:.{1,3}级|[一二再]审)?$")
_ONE_FORM = re.compile(f"{_FORMS}(?:类|版)?$")
_COLUMN = re.compile('[“"][^”"]+[”"](?:栏目|专栏|板块|专题)')
_OVER_DISCLOSURE = re.compile("其中[^,]{0,8}公开")
_STANDING, _THIS_YEAR = (
    re.compile("累计|共有|现有|已有"),
    re.compile("(?:其中)?(?:今年|本年|当年|全年|20\\d\\d年)"),
)
_PROACTIVE = re.compile("其中,?(?:属于)?主动公开(?:的)?(?:政府)?(?:信息)?$")
_UNTIL = re.compile("截[至止]到?[^,]{0,14}")
_OF_OTHER_WORK = re.compile(
    "与[^,]{0,12}公开[^,]{0,4}无关|(?:不涉及|未涉及|非)[^,]{0,6}(?:政府|政务)?信息公开"
)
_WIDE = re.compile("等|信息|内容|动态|、")


@dataclass(frozen=True, slots=True)
class Said:
    """A reading with its phrase, what its sentence says before, and the passage."""

    reading: Reading
    phrase: Phrase
    before: str
    phrases: tuple[Phrase, ...]
    readings: list[Reading]

    def channels_here(self, place: range) -> list[Reading]:
        """The channels' numbers in the same sentence, of the phrases in `place`."""
        here = [other for other in self.readings if other.metric in CHANNELS and other.order in place]
        return [other for other in here if self.phrases[other.order].sentence == self.phrase.sentence]

    @property
    def behind_here(self) -> Iterator[Phrase]:
        """The phrases behind the number in its sentence."""
        behind = self.phrases[self.reading.order + 1 :]
        return (part for part in behind if part.sentence == self.phrase.sentence)


def _of_a_column(said: Said) -> bool:
    """网站发布825条，其中政务公开栏94条: a column of the website, or a board."""
    if said.reading.metric != "bulletin_items":
        return False
    site = [one for one in said.channels_here(range(said.reading.order)) if one.metric == "website_items"]
    between = said.phrases[site[0].order + 1 : said.reading.order + 1] if site else ()
    return any("其中" in phrase.head for phrase in between)


def _by_unknown_means(said: Said) -> bool:
    """通过新桥共发布66条: a total, or that of a channel which is not named as one."""
    found = _THROUGH.search(said.phrase.head) if said.reading.metric == "items_published" else None
    return bool(found and not CHANNEL.search(found[1]) and not _EVERYWHERE.search(found[1]))


def _below_a_heading(said: Said) -> bool:
    """门户网站公开情况。共发布699条: the heading names the channel."""
    above = [part for part in said.phrases[: said.reading.order] if part.sentence < said.phrase.sentence]
    line = [part for part in above if part.sentence == above[-1].sentence]
    if said.reading.metric != "items_published" or len(line) != 1 or line[0].quantity is not None:
        return False
    return bool(_HEADING.match(line[0].head) and CHANNEL.search(line[0].head))


def _behind_a_channel(said: Said) -> bool:
    """网站公开50条，推送信息30条: a total that no word calls one, behind the number of a channel.

    So is that of this year behind a channel's of all years: 公众号累计发布2860条，本年度发布512条.
    """
    if said.reading.metric != "items_published":
        return False
    named = said.channels_here(range(said.reading.order))
    before = said.phrases[said.reading.order - 1] if named and _THIS_YEAR.match(said.phrase.head) else None
    of_all_years = before is not None and _STANDING.search(before.head)
    return bool(named) and bool(of_all_years or not _IN_ALL.search(said.phrase.head))


def _of_some_channels(said: Said) -> bool:
    """网站、融媒公开662条，公示栏公开51条: the first number may be of the channels that it names, and of these alone."""
    if said.reading.metric != "items_published" or said.reading.kind != "several":
        return False
    behind = said.channels_here(range(said.reading.order + 1, len(said.phrases)))
    named = {found.lastgroup for found in CHANNEL.finditer(said.phrase.head)}
    named |= PLATFORMS if "new_media_items" in named else set()
    heads = [said.phrases[other.order].head for other in behind if not other.part]
    return any(found.lastgroup not in named for head in heads for found in CHANNEL.finditer(head))


def _first_of_several(said: Said) -> bool:
    """公众号发布工作动态447条，推送招聘信息90条: the channel's number, or that of the first of its contents."""
    behind = _behind(said)
    if said.reading.metric not in CHANNELS or behind is None:
        return False
    goes_on = behind.quantity is not None and behind.sentence == said.phrase.sentence
    elsewhere = any(found.search(behind.head) for found in (CHANNEL, _MEANS, _PART, _QUOTED))
    if not goes_on or elsewhere or not publishes(behind.head):
        return False
    nouns = [noun_of(part.head, part.tail) for part in (said.phrase, behind)]
    return all(noun and not is_generic(noun) for noun in nouns)


def _of_one_column(said: Said) -> bool:
    """网站“动态”栏目发布286条，“公告”栏目发布112条: the first number is that of a column, and no word says what both make."""
    own = said.reading.metric == "website_items" and _COLUMN.search(said.phrase.head)
    columns = (part for part in said.behind_here if part.quantity is not None and _COLUMN.search(part.head))
    return bool(own) and any(publishes(part.head) for part in columns)


def _by_its_name_alone(said: Said) -> bool:
    """公众号发布245条，“东山”发布10条: beside the number of the account, a name is that of an account of others, perhaps.

    通过“东山”平台公开10条: so it may be of a platform of another kind.
    """
    names = _QUOTED.findall(said.phrase.head)
    if (
        said.reading.metric != "wechat_items"
        or not names
        or CHANNEL.search(_QUOTED.sub("", said.phrase.head))
    ):
        return False
    known = account_names("".join(phrase.head for phrase in said.phrases))
    others = (
        other for other in said.readings if other.metric == "wechat_items" and other is not said.reading
    )
    beside = any(CHANNEL.search(said.phrases[other.order].head) for other in others)
    return known.isdisjoint(names) and (beside or bool(_PLATFORM.search(said.phrase.head)))


def _of_what_was_not_said(said: Said) -> bool:
    return said.reading.kind == "unspoken"


def _of_one_kind_on_a_channel(said: Said) -> bool:
    """在网站发布解读信息296条: what was published on the website, or what was interpreted."""
    if said.reading.metric not in CHANNELS:
        return False
    noun = noun_of(said.phrase.head, said.phrase.tail)
    return bool(noun) and content_key(noun) is not None


def _is_one_of_several_kinds(said: Said) -> bool:
    """公开预决算、“三公”经费等信息6条；公开救助信息12条: a total that is only described, or the first of the kinds."""
    behind = _behind(said)
    described = said.reading.metric == "items_published" and said.reading.kind == "describing"
    if not described or behind is None or behind.quantity is None or behind.sentence != said.phrase.sentence:
        return False
    noun = noun_of(behind.head, behind.tail)
    return publishes(behind.head) and not is_generic(noun) and not CHANNEL.search(behind.head)


def _is_shared_with_another_kind(said: Said) -> bool:
    """网上信访、回应关切300条: one number for two kinds of content, of which one has its metric."""
    content = RULE[said.reading.metric].content
    found = content.search(said.phrase.head) if content else None
    if found is None:
        return False
    before, behind = said.phrase.head[: found.start()], said.phrase.head[found.end() :]
    return bool(_JOINED_BEFORE.search(before) or _JOINED_BEHIND.match(behind))


def _behind_work_on_a_channel(said: Said) -> bool:
    """加强平台建设，公开信息91条: of the platform, or in all."""
    return said.reading.kind == "unsure"


def _first_of_a_run(said: Said) -> bool:
    """发布信息100条、200条, 市级培训1次、县级2次: the first number is not of all, and what the second is of is not said."""
    behind = _behind(said)
    if behind is None or behind.quantity is None or behind.opener != "、" or behind.tail.strip():
        return False
    alike = base_unit(behind.quantity.unit) == base_unit(said.reading.unit)
    return alike and bool(_LEVEL.match(behind.head.strip()))


def _first_of_its_forms(said: Said) -> bool:
    """政策解读图文18个、视频4个: the first number is of one form, and no word says which all are of."""
    behind = _behind(said)
    if said.reading.metric != "interpretations" or behind is None or behind.quantity is None:
        return False
    return behind.opener == "、" and bool(_ONE_FORM.match(behind.head))


def _of_all_years(said: Said) -> bool:
    """公众号累计发布1500篇，今年发布320篇: the first number is not of this year."""
    behind = _behind(said)
    counted = CHANNELS | {"items_published", "page_views"}
    if behind is None or behind.quantity is None or said.reading.metric not in counted:
        return False
    beside = behind.sentence <= said.phrase.sentence + 1 and _THIS_YEAR.match(behind.head)
    ahead = _UNTIL.sub("", said.before + said.phrase.head)
    standing = _STANDING.search(said.phrase.head) and not _THIS_YEAR.search(ahead)
    return bool(beside and standing) and behind.quantity.value < said.reading.value


def _beside_the_new(said: Said) -> bool:
    """新增信息320条，网站累计发布1560条: what was added up may be of all years."""
    reading = said.reading
    if reading.metric not in CHANNELS | {"items_published"} or "累计" not in said.phrase.head:
        return False
    before = (other for other in said.readings if other.order < reading.order and other.value < reading.value)
    stated = (said.phrases[other.order] for other in before)
    return any(part.sentence == said.phrase.sentence and NEW.search(part.head) for part in stated)


def _behind(said: Said) -> Phrase | None:
    place = said.reading.order + 1
    return said.phrases[place] if place < len(said.phrases) else None


def _is_a_kind(said: Said) -> bool:
    """在网站和公报公开规章13件: one kind of content, and no total."""
    noun = noun_of(said.phrase.head, said.phrase.tail)
    several = said.reading.metric == "items_published" and said.reading.kind == "several"
    return several and bool(noun) and not is_generic(noun) and not _WIDE.search(noun)


def _is_more_than_published(said: Said) -> bool:
    """公开信息1432条，其中主动公开1420条，依申请公开12条: the first number is of both."""
    behind = _behind(said)
    if said.reading.metric != "items_published" or behind is None or behind.quantity is None:
        return False
    divided = behind.sentence == said.phrase.sentence and _PROACTIVE.match(behind.head)
    return bool(divided) and behind.quantity.value < said.reading.value


def _of_all_documents(said: Said) -> bool:
    """印发文件132份，其中规范性文件2份: behind the normative documents of a sentence before, the number is of more than these."""
    behind = _behind(said)
    if said.reading.metric != "normative_documents_issued" or behind is None or behind.quantity is None:
        return False
    return "规范性" not in said.phrase.head and "规范性文件" in behind.head


def _of_other_work(said: Said) -> bool:
    """行政复议1件，与政府信息公开无关: a case, and none over disclosure; 行政复议3件，其中涉及信息公开1件: so are the others."""
    if said.reading.metric not in ("reconsiderations", "suits"):
        return False
    return any(
        _OF_OTHER_WORK.search(part.head)
        or (
            part.quantity is not None
            and part.quantity.value < said.reading.value
            and _OVER_DISCLOSURE.match(part.head) is not None
        )
        for part in said.behind_here
    )


def _may_be_received(said: Said) -> bool:
    """办理69件，结转下年1件: if some go on, not all that were handled are closed, unless the outcomes add up to it."""
    if said.reading.kind != "handled":
        return False
    outcomes = sum(other.value for other in said.readings if other.metric in OUTCOMES)
    carried = any(other.metric == "requests_carried_out" and other.value for other in said.readings)
    return carried and outcomes != said.reading.value


PLACES: tuple[tuple[str, Callable[[Said], bool]], ...] = (
    ("channel", _of_a_column),
    ("channel", _by_unknown_means),
    ("channel", _below_a_heading),
    ("channel", _behind_a_channel),
    ("channel", _of_some_channels),
    ("channel", _first_of_several),
    ("channel", _of_one_column),
    ("channel", _behind_work_on_a_channel),
    ("channel", _by_its_name_alone),
    ("content", _of_what_was_not_said),
    ("content", _of_one_kind_on_a_channel),
    ("shared", _first_of_a_run),
    ("shared", _first_of_its_forms),
    ("period", _of_all_years),
    ("period", _beside_the_new),
    ("content", _is_a_kind),
    ("content", _is_one_of_several_kinds),
    ("content", _is_shared_with_another_kind),
    ("content", _is_more_than_published),
    ("content", _of_all_documents),
    ("content", _of_other_work),
    ("handled", _may_be_received),
)
