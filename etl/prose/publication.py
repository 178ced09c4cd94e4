"""What was published: through which channel, of what kind of content, or in total."""

import re
from dataclasses import dataclass

from etl.prose.cases import base_unit
from etl.prose.channels import channels, together
from etl.prose.phrases import Phrase
from etl.prose.table import CHANNEL, PUBLICATION_MEASURES, RULES, word

_PUBLISH, _GENERIC, _NOMINAL = word("{publish}"), word("^{generic}$"), word("{nominal}")
_CONNECTIVE, _ABOUT, _DECLARED = word("^{connective}"), word("{about}"), word("{declared}")
_REFERRING, _POSTING, _VIDEO = word("{referring}"), word("{posting}"), word("{video}")
_ACTION, _MEANS, _UPKEEP, _PART = word("{action}"), word("{means}"), word("{upkeep}"), word("{part}")
_NO_ITEM, _STATUS = word("{no_item}"), re.compile("(?:公开|公布)(?:的)?(?:文件|公文)?$")
_ITEMS = re.compile("信息|公开|内容|事项|共|累计|总计|合计|(?:发布|新增)了?$")
_SUMMED = re.compile("共|总|合计")
_SOMEWHERE, _EVERYWHERE = word("{somewhere}"), word("{everywhere}")
_SHOWN = re.compile("[^,]{0,8}(?:视频|作品|图解|短片|图文)$")
_PARALLEL = word("^(?:党务|村务|财务|居务)(?:公开)?信息")
_OPENS_WITH_VERB, _FRONTED = (
    word("(?:[我全本](?:镇|乡|街道)|[一-龥]{2,4}(?:镇|乡|街道)|主动|依法|及时|共|累计|全年)*(?:{publish})"),
    word("{fronted}"),
)
_POSTERS = re.compile("(?:海报|横幅|标语|条幅)[^,]{0,2}$")
_COLUMN = r"[”\"」』]?(?:领域|工作|信息|政策)?(?:专题|专栏|栏目|板块|目录)"
_OPEN_LIST = re.compile(
    "、[^#]*等(?:[^#]{0,6})(?:信息|内容|事项)|等(?:方面|领域|内容|各类|各方面|类)的?(?:信息|内容)"
)
_LOOSE = frozenset({"个", "期", "部", "张", "组", "集", "段", "版", "册", "幅", "封"})
_SITE_PART = re.compile("^(?:基础)?(?:栏目|专栏|专题|板块|子站|专页|页面|端)")
_TIME = re.compile(
    r"^(?:截[至止][^,]{0,12}[日底月])?(?:20\d\d年度?)?(?:[一-龥]{0,12}?(?:镇|乡|街道))?(?:全年|今年|本年度?)|^(?:截[至止][^,]{0,12}[日底月]|20\d\d年度?)+"
)
_TABLED = frozenset({"request", "review", "case"})
_CASES = _TABLED | frozenset({"normative", "complaint", "training", "publicity"})
_FILLER = re.compile("^(?:了|的|等|如|其中|各类?)+|(?:的|等)$")


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
class Publication:
    """A decision: the metric, the category's name, and "describing" for a total told only by its contents."""

    metric: str
    category: str | None = None
    kind: str = ""


def publication(phrase: Phrase, context: Context, following: Phrase | None) -> Publication | None:
    """What the phrase says was published; None when it says nothing sure."""
    head = _head(phrase, context)
    unit = base_unit(phrase.quantity.unit) if phrase.quantity else ""
    named = _before_the_verb(head, channels(head, context.accounts), context)
    if context.topic == "document":
        return Publication("category_items", _name(head)) if _STATUS.search(head) else None
    if unit == "期" and following and following.quantity and following.quantity.unit in ("条", "篇"):
        return None
    if _NO_ITEM.search(head) or not _measured(unit, head, phrase.tail, named):
        return None
    noun = _noun(head, phrase.tail)
    verb = publishes(head) or publishes(phrase.tail)
    listed = bool(context.whole_unit) and (
        context.marked or (context.listing and context.topic == "normative")
    )
    tabled = _TABLED if listed else _CASES
    if context.topic in tabled and not verb and not _content_key(head):
        return None
    generic = bool(_GENERIC.match(noun))
    if context.marked and generic and not named and (label := _listed(head, noun)):
        key = _content_key(head)
        return Publication(key) if key else Publication("category_items", _name(label))
    column = _column(head)
    if column:
        return Publication(column)
    if not named and _POSTERS.search(head):
        return None
    if context.marked and not verb and head.endswith("目录"):
        return Publication("category_items", _name(head))
    if named:
        if context.lead and context.lead[-1].head == "线上":
            named = ("online_items", *named)
        return _through(named, head, noun, generic, phrase, following, context)
    return _of_kind(head, noun, generic, verb, phrase, following, context)


def _before_the_verb(head: str, named: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """在公众号发布网站信息: of two channels the one before the verb is where; after it stands what."""
    quoted = re.sub('[“"][^”"]*[”"]', lambda found: "□" * len(found[0]), head)
    verb = _PUBLISH.search(_NOMINAL.sub(lambda found: "□" * len(found[0]), quoted))
    if len(named) < 2 or verb is None:
        return named
    before = channels(head[: verb.start()], context.accounts)
    return before if len(before) == 1 and not re.search("[、和及]", head[verb.end() :]) else named


def _head(phrase: Phrase, context: Context) -> str:
    """The words before the number; for a number alone in brackets, those before the bracket."""
    head = phrase.head
    if not head.strip() and phrase.opener in ("(", ":") and context.lead:
        head = re.sub("的?(?:情况|数量|总数|条数)$", "", context.lead[-1].head)
    return _CONNECTIVE.sub("", _PART.sub("", head) if _PART.match(head) else head)


def _measured(unit: str, head: str, tail: str, named: tuple[str, ...]) -> bool:
    if unit in ("次", "场次", "人次"):
        return (
            unit == "次"
            and publishes(head)
            and bool(re.search("board", " ".join(named)) or _noun_posted(head))
        )
    if unit not in PUBLICATION_MEASURES:
        return False
    return (
        unit not in _LOOSE
        or bool(_VIDEO.search(head) or _SHOWN.match(tail))
        or (bool(named) and publishes(head))
    )


def _noun_posted(head: str) -> bool:
    return bool(re.search("(?:信息|公告|公示|内容)(?:共计?|共|累计)?$", head))


def publishes(text: str) -> bool:
    """Whether the text has a verb of publishing, names such as 公示栏 and 公开工作 aside."""
    return bool(_PUBLISH.search(_NOMINAL.sub("□", text)))


def _noun(head: str, tail: str) -> str:
    """What was published: the words after the last verb or channel, or after the number."""
    bare = _NOMINAL.sub(lambda found: "□" * len(found[0]), head)
    if re.search("(?:公示|公告)信息$", head) and _PUBLISH.search(bare[:-4]):
        bare = bare[:-4] + "□" * 4
    ends = [found.end() for found in _PUBLISH.finditer(bare)] + [
        found.end() for found in CHANNEL.finditer(head)
    ]
    noun = _SITE_PART.sub("", _FILLER.sub("", head[max(ends, default=0) :]))
    noun = re.sub(r"\([^()]*\)$", "", noun)
    if not noun and ends and tail:
        noun = _FILLER.sub("", tail)
    return noun if ends else _TIME.sub("", noun)


def _content_key(text: str) -> str | None:
    for rule in RULES:
        if rule.content and rule.content.search(text) and not (rule.never and rule.never.search(text)):
            return rule.key
    return None


def _column(head: str) -> str | None:
    """A column named after a kind of content (在“两化”专栏) says the kind, wherever the column stands."""
    for rule in RULES:
        if rule.content and re.search(f"(?:{rule.content.pattern}){_COLUMN}", head):
            return None if rule.never and rule.never.search(head) else rule.key
    return None


def _listed(head: str, noun: str) -> str:
    """In an enumeration even 政务信息16条 and 涉企检查公示1条 are kinds of content."""
    bare = noun in ("", "类", "信息", "类信息") and not _OPENS_WITH_VERB.match(head)
    if bare or re.match("其[他它]", head):
        return head
    return (
        noun
        if not publishes(head) and len(noun) > 3 and not _DECLARED.search(noun.replace("政务信息", ""))
        else ""
    )


def _through(
    named: tuple[str, ...],
    head: str,
    noun: str,
    generic: bool,
    phrase: Phrase,
    following: Phrase | None,
    context: Context,
) -> Publication | None:
    """One channel, or several sharing the number; a list of contents on one channel states no number for it."""
    if not generic and following is not None and _bare_label(following, context):
        key = _content_key(noun)
        return Publication(key) if key else Publication("category_items", _name(noun))
    key = together(named, umbrella="等" in head)
    if key == "items_published" and not _ITEMS.search(head + phrase.tail):
        return None
    return Publication(key, None, "several" if key == "items_published" else "") if key else None


def _bare_label(phrase: Phrase, context: Context) -> bool:
    """工作动态30条 after another such: a label without verb or channel."""
    if phrase.quantity is None or phrase.opener not in ("、", ",", "") or not phrase.head.strip():
        return False
    head = _CONNECTIVE.sub("", phrase.head)
    if (
        _PART.match(phrase.head)
        or publishes(head)
        or channels(head, context.accounts)
        or _ACTION.search(head)
    ):
        return False
    return base_unit(phrase.quantity.unit) in PUBLICATION_MEASURES and not _GENERIC.match(head)


def _of_kind(
    head: str,
    noun: str,
    generic: bool,
    verb: bool,
    phrase: Phrase,
    following: Phrase | None,
    context: Context,
) -> Publication | None:
    key = _content_key(head)
    if key:
        return Publication(key)
    lead_channels = _lead_channels(context)
    if (
        generic
        and not _SUMMED.search(head)
        and following
        and (following.opener == "、" or _PARALLEL.match(following.head))
        and _bare_label(following, context)
    ):
        first = _PUBLISH.search(head)
        listed = head[first.end() :] if first else noun
        return Publication("category_items", _name(listed)) if len(listed) > 3 else None
    if not noun and (fronted := _fronted(head)):
        return Publication("category_items", _name(fronted))
    if generic and _SOMEWHERE.search(head) and not _EVERYWHERE.search(head):
        return None
    if generic and (verb or _leads_on(phrase, context)):
        if lead_channels:
            metric = together(lead_channels)
            return (
                Publication(metric, None, "several" if metric == "items_published" else "")
                if metric
                else None
            )
        return _total(head, context) if _ITEMS.search(head + phrase.tail) else None
    if not generic and verb:
        return _some(head, noun, lead_channels, phrase, context)
    if not generic and noun and context.listing and _labels(head, phrase, context):
        return Publication("category_items", _name(noun))
    return None


def _fronted(head: str) -> str:
    """工作动态发布30条: the content before its verb."""
    verbs = list(_PUBLISH.finditer(_NOMINAL.sub(lambda found: "□" * len(found[0]), head)))
    before = _TIME.sub("", head[: verbs[0].start()]) if len(verbs) == 1 else ""
    before = re.sub("^[一-龥]{0,8}(?:镇|乡|街道|办事处)", "", before)
    of_kind = before.endswith("信息") and not _GENERIC.match(before)
    return before if of_kind or _FRONTED.search(before) else ""


def _some(
    head: str, noun: str, lead_channels: tuple[str, ...], phrase: Phrase, context: Context
) -> Publication | None:
    """A verb with a kind of content; 防疫、救助等方面信息 only describes a total."""
    if _mixed_heading(noun):
        return None
    if lead_channels and (metric := together(lead_channels)) and metric != "items_published":
        return Publication(metric)
    return Publication("category_items", _name(noun), "describing" if _OPEN_LIST.search(noun) else "")


def _mixed_heading(noun: str) -> bool:
    return bool(re.search("文件(?:及|和|与)(?:其|相关)?(?:政策)?解读", noun))


def _total(head: str, context: Context) -> Publication | None:
    about = _ABOUT.search(head) and not _DECLARED.search(head)
    lead = context.lead[-1].head if context.lead else ""
    referring = bool(_REFERRING.search(head)) and not re.search("共|累计|总", head)
    if about or (referring and _ABOUT.search(lead)):
        text = head if about else lead
        key = _content_key(text)
        found = _ABOUT.search(text)
        return Publication(
            key or "category_items", None if key else _name(text[found.end() if found else 0 :])
        )
    if referring and (key := _content_key(lead)):
        return Publication(key)
    return Publication("items_published")


def _labels(head: str, phrase: Phrase, context: Context) -> bool:
    """Whether a bare label belongs to the enumeration going on."""
    unit = base_unit(phrase.quantity.unit) if phrase.quantity else ""
    if _ACTION.search(head) and not (context.marked and context.whole_unit):
        return False
    return context.marked or unit in (context.whole_unit, "") or context.whole_unit == ""


def _leads_on(phrase: Phrase, context: Context) -> bool:
    """总计118条 after 公开信息情况如下：the verb stands in the phrase before."""
    lead = "".join(part.head for part in context.lead[-2:])
    declared = re.search("共|总|合计|累计", phrase.head)
    return bool(declared and _PUBLISH.search(lead) and re.search("信息|公开", lead + phrase.tail))


def _lead_channels(context: Context) -> tuple[str, ...]:
    """The channels which the phrases before give as means (依托县政府网站，…) or as subject (开通公众号，…)."""
    for part in reversed(context.lead):
        named = channels(part.head, context.accounts)
        if named and _gives_channel(part, named):
            return named
    return ()


def _gives_channel(part: Phrase, named: tuple[str, ...]) -> bool:
    if _MEANS.search(part.head) or (len(named) == 1 and _UPKEEP.search(part.head)):
        return True
    return part.quantity is not None or len(part.head) <= 16


def _name(noun: str) -> str:
    """The content's name without 信息, 类 and what only counts; short names keep their 信息 (人事信息)."""
    name = re.sub('[“”"「」‘’]', "", _FILLER.sub("", noun))
    name = re.sub("(?:共计?|总计|合计|累计|为|是|有|情况)+$", "", name)
    name = re.sub("(?<=..)(?:发布|公开)$", "", name)
    name = re.sub("^(其[他它]).{0,2}(?:类|信息)+$", r"\1", name)
    name = re.sub("(?<=.{4})(?:方面的?)?(?:的)?(?:信息|内容|事项)$", "", name)
    return re.sub("(?<=..)类(?:信息|内容)?$", "", name) or noun
