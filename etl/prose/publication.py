"""What was published: through which channel, of what kind of content, or in total."""

import re
from dataclasses import dataclass

from etl.prose.cases import base_unit
from etl.prose.channels import channels, lead_channels, together
from etl.prose.item import Context, Item, counts, is_case, item_of
from etl.prose.phrases import TITLED, Phrase
from etl.prose.table import PUBLICATION_MEASURES, word
from etl.prose.wording import (
    column_key,
    content_key,
    content_name,
    first_verb,
    fronted_content,
    is_generic,
    listed_content,
    publishes,
    unknown_front,
    without_connectives,
)

_ABOUT, _DECLARED, _REFERRING = word("{about}"), word("{declared}"), word("{referring}")
_ACTION, _PART = word("{action}"), word("{part}")
_SOMEWHERE, _EVERYWHERE = word("{somewhere}"), word("{everywhere}")
_STATUS = re.compile("(?:公开|公布)(?:的)?(?:文件|公文)?$")
_ITEMS = re.compile("信息|图文|推文|公开|内容|事项|共|累计|总计|合计|(?:发布|新增)了?$")
_PARALLEL = re.compile("^(?:党务|村务|财务|居务)(?:公开)?信息")
_IN_LIST = re.compile("^(?:政务|党务|村务|财务|居务)(?:公开)?信息$")
_MIXED_HEADING = re.compile("文件(?:及|和|与)(?:其|相关)?(?:政策)?解读")
_OPEN_LIST = re.compile(
    "、[^#]*等(?:方面|领域|各类|各方面|类|政府|政务|相关|有关|重点|法定|主动|公开|工作)*的?(?:信息|内容|事项)|等(?:方面|领域|内容|各类|各方面|类)的?(?:信息|内容)"
)
_COVERING = re.compile("信息(?:内容)?(?:涉及|涵盖|包括|包含)[^#]*等")
_CATALOGUE = re.compile("目录类?(?:信息)?(?:更新[量数]?)?$|信息更新[量数]$")
_ADOPTED = re.compile("被[^,]*(?:采用|采纳|转发|转载)")
_HANDLED = re.compile("[办受代]理|帮办|代办|办结")
# 网站公开工作信息33条、预算公开7条: such a name at the head of a list is a kind; 信息 alone is what the list divides.
_FIRST_KIND = re.compile(
    "(?:公开|发布|推送|更新)了?((?:(?:日常)?(?:工作|综合|政务公开)类?|[一-龥]{2,4}类)信息)$"
)
_READERS = re.compile("浏览|阅读|点击|播放|关注|粉丝")
# Videos are published on some channel, which was named before or is not told: they are no total.
_OF_ONE_FORM = re.compile("(?:视频|微博|微信|图文|推文)(?:共|累计|总计|合计)*$")
# Where what was made was shown is not told.
_MADE = re.compile("(?:制作|拍摄|摄制)[^,]*视频$")
# So long is 信息 alone.
_BARE = 2
_SHARE = re.compile("占(?:比|总|全|\\d|$)")
_COLUMN_OF_ALL = re.compile("^(?:政府|政务)信息公开$")
_OTHER_COLUMN = re.compile("^[^,]{0,12}(?:专栏|栏目|专区)(?:同步|共|累计)?(?:公开|公布|公示|发布)")


@dataclass(frozen=True, slots=True)
class Publication:
    """A decision: the metric, the category's name, and the kind of the reading it makes."""

    metric: str
    category: str | None = None
    kind: str = ""


def publication(phrase: Phrase, context: Context, following: Phrase | None) -> Publication | None:
    """What the phrase says was published; None when it says nothing sure."""
    item = item_of(phrase, context, following)
    if context.topic == "document":
        return _content(item.head) if _STATUS.search(item.head) or _is_kind_of_document(item) else None
    if not counts(item) or is_case(item):
        return None
    listed = context.marked or (
        context.listing and phrase.opener == "、" and not item.verb and len(item.head) > _BARE
    )
    if listed and item.generic and not item.named and (label := listed_content(item.head, item.noun)):
        return _content(label, item.head)
    if context.listing and phrase.opener == "、" and _IN_LIST.match(item.head):
        return _content(item.head)
    if context.listing and phrase.opener == "," and _COLUMN_OF_ALL.match(item.head):
        return None
    if column := column_key(item.head):
        return Publication(column)
    if context.marked and _CATALOGUE.search(item.head):
        return _content(item.head)
    return _through(item) if item.named else _without_channel(item)


def _is_kind_of_document(item: Item) -> bool:
    return item.context.marked and bool(re.search("类(?:信息|文件|公文)?$", item.head))


def _content(noun: str, head: str = "", kind: str = "") -> Publication | None:
    """A number of one kind of content; of documents that only their titles name it says nothing."""
    key = content_key(head)
    if not key and TITLED in noun:
        return None
    return Publication(key) if key else Publication("category_items", content_name(noun), kind)


def _through(item: Item) -> Publication | None:
    """One channel, or several sharing the number; a list of contents on one channel states no number for it."""
    if not item.verb and _HANDLED.search(item.head):
        return None
    if _ADOPTED.search(item.head) and "media_items" not in item.named:
        return None
    if (not item.generic or _lists_contents(item)) and _bare_label(item.following, item.context):
        return _content(item.noun, item.noun)
    kind = _FIRST_KIND.search(item.head)
    if kind and _bare_label(item.following, item.context):
        return _content(kind[1])
    return _together(item.named, item)


def _lists_contents(item: Item) -> bool:
    """公开机构职能、预决算等法定主动公开信息: what is published is listed, though the last word is 信息."""
    verb = first_verb(item.head)
    return bool(verb and _OPEN_LIST.search(item.head[verb.end() :]))


def _together(named: tuple[str, ...], item: Item) -> Publication | None:
    key = together(named, umbrella="等" in item.head)
    if key == "items_published":
        return Publication(key, None, "several") if _ITEMS.search(item.head + item.tail) else None
    return Publication(key) if key else None


def _bare_label(phrase: Phrase | None, context: Context) -> bool:
    """工作动态30条 after another such: a label without verb or channel."""
    if phrase is None or phrase.quantity is None or phrase.opener not in ("、", ",", ""):
        return False
    head = without_connectives(phrase.head)
    label = re.sub("(?:公开|公示)$", "", head)
    if not label.strip() or _PART.match(phrase.head) or publishes(label) or _ACTION.search(head):
        return False
    measured = not _READERS.search(head) and base_unit(phrase.quantity.unit) in PUBLICATION_MEASURES
    kind = not is_generic(label) or bool(_IN_LIST.match(head))
    return measured and kind and not channels(head, context.accounts)


def _without_channel(item: Item) -> Publication | None:
    if key := content_key(item.head):
        return Publication(key)
    if not item.noun and (fronted := fronted_content(item.head)):
        return _content(fronted)
    if item.generic:
        return _general(item)
    if item.verb:
        return _some(item)
    return _content(item.noun) if item.noun and item.context.listing and _belongs(item) else None


def _general(item: Item) -> Publication | None:
    """信息 of no kind: the total, unless it opens a list or an unknown platform is named."""
    if _opens_list(item):
        verb = first_verb(item.head)
        listed = item.head[verb.end() :] if verb else item.noun
        return _content(listed) if len(listed) > 3 else None
    if _SOMEWHERE.search(item.head) and not _EVERYWHERE.search(item.head):
        return None
    if not item.verb and not _leads_on(item):
        return None
    lead = lead_channels(item.context.lead, item.context.accounts)
    if _OTHER_COLUMN.search(item.head):
        return None if lead or item.context.listing else Publication("items_published", None, "unsure")
    if lead == ("elsewhere",) and _ITEMS.search(item.head + item.tail):
        return Publication("items_published", None, "unsure")
    if lead:
        return _together(lead, item)
    if not _DECLARED.search(item.head) and not _ABOUT.search(item.head) and unknown_front(item.head):
        return None
    if _OF_ONE_FORM.search(item.head):
        return Publication("items_published", None, "unsure")
    return _total(item) if _ITEMS.search(item.head + item.tail) else None


def _opens_list(item: Item) -> bool:
    """政务信息68条、工作动态133条: the first of the kinds, no total."""
    following = item.following
    if following is None or re.search("共|总|合计", item.head):
        return False
    goes_on = following.opener == "、" or _PARALLEL.match(following.head)
    return bool(goes_on) and _bare_label(following, item.context)


def _some(item: Item) -> Publication | None:
    """A verb with a kind of content; 防疫、救助等方面信息 only describes a total."""
    if _MIXED_HEADING.search(item.noun) or _MADE.search(item.head):
        return None
    lead = lead_channels(item.context.lead, item.context.accounts)
    if lead and _bare_label(item.following, item.context):
        return _content(item.noun)
    metric = together(lead) if lead else None
    if metric == "items_published" and _OPEN_LIST.search(item.noun):
        return Publication(metric, None, "several")
    if metric and metric != "items_published":
        return Publication(metric)
    listed = "、" in item.noun and item.head.endswith("等")
    describing = listed or _OPEN_LIST.search(item.noun) or _COVERING.match(item.noun)
    return _content(item.noun, kind="describing" if describing else "")


def _total(item: Item) -> Publication | None:
    """The total, unless 围绕 in the phrase, or before 相关信息, says of what; what is a share of all is none.

    重点领域公开成效显著，合计公开180条: a number of nothing is of what was spoken of.
    """
    if item.following and _SHARE.match(item.following.head):
        return None
    lead = item.context.lead[-1].head if item.context.lead else ""
    referring = bool(_REFERRING.search(item.head)) and not re.search("共|累计|总", item.head)
    about = _ABOUT.search(item.head)
    if about and not _DECLARED.search(item.head):
        what = item.head[about.end() :]
        verb = first_verb(what)
        return _content(what[: verb.start()] if verb and verb.start() else what, item.head)
    if referring and (about := _ABOUT.search(lead)):
        return _content(lead[about.end() :], lead)
    key = content_key(lead) if referring or "信息" not in item.head else None
    return Publication(key or "items_published")


def _belongs(item: Item) -> bool:
    """Whether a bare label belongs to the enumeration going on."""
    context = item.context
    if _ACTION.search(item.head) and not (context.marked and context.whole_unit):
        return False
    return context.marked or item.unit in (context.whole_unit, "") or context.whole_unit == ""


def _leads_on(item: Item) -> bool:
    """总计118条 after 公开信息情况如下：the verb stands in the phrase before."""
    lead = "".join(part.head for part in item.context.lead[-2:])
    declared = re.search("共|总|合计|累计", item.head)
    return bool(declared and first_verb(lead) and re.search("信息|公开", lead + item.tail))
