"""A number that may count what was published, with the words around it, and whether it counts that at all."""

import re
from dataclasses import dataclass

from etl.prose.cases import base_unit
from etl.prose.channels import channels
from etl.prose.phrases import Phrase
from etl.prose.table import PUBLICATION_MEASURES, word
from etl.prose.wording import content_key, first_verb, is_generic, noun_of, publishes, without_connectives

_NO_ITEM, _VIDEO = word("{no_item}"), word("{video}")
_SHOWN = re.compile("[^,]{0,8}(?:视频|作品|图解|短片|图文)$")
_POSTED = re.compile("(?:信息|公告|公示|内容)(?:共计?|共|累计)?$")
# 更新机构职能等信息12次: how often, and not how much.
_RENEWED = re.compile("更新[^发公布示]*$")
# The line of the statistics that were kept up to 2018, which count in 次.
_ANSWERED = re.compile("回应公众关注热点(?:或|和|及|、)?(?:者)?重大舆情")
_ONLY_BY_CHANNEL = re.compile("(?:海报|横幅|标语|条幅)[^,]{0,2}$|(?:采用|采纳|录用)$")
# 对公开的1230条信息进行清理: what was looked through, perhaps of many years.
_LOOKED_THROUGH = re.compile(
    "^[^,]{0,8}(?:进行|开展|予以)了?[^,]{0,6}(?:清理|排查|检查|核查|梳理|自查|整改|复核|巡查|抽查|监测|审查|审核|把关)"
)
_ACCOUNTS, _ACCOUNT = (
    re.compile("^[^,]{0,8}账号"),
    re.compile("(?:群|公众号|抖音号|视频号|快手号|平台|网站|账号)$"),
)
_IN_ISSUES = re.compile("(?:共|合计|各类)*(?:信息|图文|图文信息|推文|文章|内容|消息)?$")
_OF_ALL = re.compile("(?:政府|政务)?信息中")
_PUT_UP = re.compile("张贴[^,]{0,6}(?:公示|公告|信息)$")
_SECTIONS = re.compile("(?:目录|专栏|栏目|板块|专题)(?:共|共计)?$")
_MEANWHILE = re.compile("同时|(?:均|都|就|也)已")
_LISTED = re.compile("等[^、,]{0,6}(?:信息|内容)$")
_SAID_OF_ITEMS = re.compile("主动|发布|信息|推送|更新|公示|公布|刊|上传|文件|规范性")
_SAID_OF_REQUESTS = re.compile("依申请|不掌握|不存在|不予|无法提供|第三方|补正|撤[回销]")
_LOOSE = frozenset({"个", "期", "部", "张", "组", "集", "段", "版", "册", "幅", "封"})
_TABLED = frozenset({"request", "review", "case"})
_CASES = _TABLED | frozenset({"normative", "complaint", "training", "publicity"})


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before a phrase: the phrases since the last publication in its sentence, and what went on there.

    `listing` is true among the bare labels of an enumeration; `marked` when the text itself announced one.
    """

    lead: tuple[Phrase, ...]
    accounts: frozenset[str]
    listing: bool
    marked: bool
    whole_unit: str
    topic: str


@dataclass(frozen=True, slots=True)
class Item:
    """The words before and after the number, its measure word, what was published (`noun`), and through what (`named`)."""

    head: str
    tail: str
    unit: str
    noun: str
    named: tuple[str, ...]
    verb: bool
    generic: bool
    following: Phrase | None
    context: Context


def item_of(phrase: Phrase, context: Context, following: Phrase | None) -> Item:
    head = _head(phrase, context)
    named = _before_the_verb(head, channels(head, context.accounts), context)
    if named and context.lead and context.lead[-1].head == "线上":
        named = ("online_items", *named)
    # 在主动公开的42条信息中: the number is what the parts behind it are of.
    tail = phrase.tail.removesuffix("中")
    noun = noun_of(head, tail)
    return Item(
        head=head,
        tail=tail,
        unit=base_unit(phrase.quantity.unit) if phrase.quantity else "",
        noun=noun,
        named=named,
        verb=publishes(head) or publishes(tail) or _OF_ALL.fullmatch(phrase.tail) is not None,
        generic=is_generic(noun),
        following=following,
        context=context,
    )


def _head(phrase: Phrase, context: Context) -> str:
    """The words before the number; for a number alone in brackets or after a colon, those before these.

    推送265期、信息820条, 推送265期，820条: what the issues held has their verb.
    """
    head = phrase.head
    issues = context.lead[-1] if context.lead else None
    if issues and issues.quantity and issues.quantity.unit == "期" and _IN_ISSUES.match(head):
        head = issues.head + head
    if not head.strip() and phrase.opener in ("(", ":") and context.lead:
        head = re.sub("的?(?:情况|数量|总数|条数)$", "", context.lead[-1].head)
    return without_connectives(head)


def _before_the_verb(head: str, named: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """在公众号发布网站信息: of two channels the one before the verb is where; after it stands what."""
    verb = first_verb(head)
    if len(named) < 2 or verb is None:
        return named
    before = channels(head[: verb.start()], context.accounts)
    what = head[verb.end() :]
    one = not re.search("[、和及]", what) or _LISTED.search(what)
    return before if len(before) == 1 and one else named


def counts(item: Item) -> bool:
    """Whether the measure word and the words around can count items at all."""
    if _is_told_of(item) or _NO_ITEM.search(item.head) or _LOOKED_THROUGH.search(item.tail):
        return False
    if not item.named and _ONLY_BY_CHANNEL.search(item.head):
        return False
    if item.unit == "项" and "board" in item.named:
        return publishes(item.head)
    if item.unit == "次":
        posted = bool(_POSTED.search(item.head)) and not _RENEWED.search(item.head)
        return bool(_ANSWERED.search(item.head)) or (
            publishes(item.head) and ("board" in item.named or posted)
        )
    if item.unit == "期" and item.named and set(item.named) <= {"board", "gazette_items"}:
        return False
    if item.unit == "期" and item.following and item.following.quantity:
        # 编发362期，总计1086条: the issues are told once more in items.
        beside = item.following.opener == "、" and not is_generic(item.following.head)
        return beside or item.following.quantity.unit not in ("条", "篇")
    if item.unit == "个" and (
        _SECTIONS.search(item.head) or _ACCOUNT.search(item.head) or _ACCOUNTS.search(item.tail)
    ):
        return False
    if item.unit in _LOOSE:
        shown = bool(_VIDEO.search(item.head) or _SHOWN.match(item.tail))
        return shown or bool(_PUT_UP.search(item.head)) or (bool(item.named) and publishes(item.head))
    return item.unit in PUBLICATION_MEASURES


def _is_told_of(item: Item) -> bool:
    """4件公文在印发的同时就已公开: of a number which was stated before."""
    return not item.head.strip() and bool(_MEANWHILE.search(item.tail))


def is_case(item: Item) -> bool:
    """信函7件 while requests are counted up: without a verb of publishing the number belongs to the topic."""
    context = item.context
    of_items = _SAID_OF_ITEMS.search(item.head) and not _SAID_OF_REQUESTS.search(item.head)
    asked = item.unit in ("件", "宗", "起", "") and not of_items
    if context.topic == "request" and (asked or not item.head.strip()):
        return content_key(item.head) is None
    if item.named and "稿件" in item.head:
        return False
    listed = context.marked or (context.listing and context.topic == "normative")
    tabled = _TABLED if listed and context.whole_unit else _CASES
    return context.topic in tabled and not item.verb and content_key(item.head) is None
