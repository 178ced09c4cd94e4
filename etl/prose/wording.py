"""The words around a published number: its verb, what was published, and whether that is a kind of content."""

import re

from etl.prose.table import CHANNEL, RULES, word

_PUBLISH, _GENERIC, _NOMINAL = word("{publish}"), word("^{generic}$"), word("{nominal}")
_DECLARED, _FRONTED, _CONNECTIVE, _PART = (
    word("{declared}"),
    word("{fronted}"),
    word("^{connective}"),
    word("{part}"),
)
_OPENS_WITH_VERB = word(
    "(?:[我全本](?:镇|乡|街道)|[一-龥]{2,4}(?:镇|乡|街道)|主动|依法|及时|共|累计|全年)*(?:{publish})"
)
_COLUMN = r"[”\"」』]?(?:领域|工作|信息|政策)?(?:专题|专栏|栏目|板块|目录)"
_SITE_PART = re.compile("^(?:基础)?(?:栏目|专栏|专题|板块|子站|专页|页面|端)")
_TIME = re.compile(
    r"^(?:截[至止][^,]{0,12}[日底月])?(?:20\d\d年度?)?(?:[一-龥]{0,12}?(?:镇|乡|街道))?(?:全年|今年|本年度?)"
    r"|^(?:截[至止][^,]{0,12}[日底月]|20\d\d年度?)+"
)
_SUBJECT, _SOMEWHERE = word("{subject}"), word("{somewhere}")
_PUBLISHED = re.compile("(?:发布|推送|公布|刊发|更新|上传)(?:了|各类|政府|政务)*信息$")
_PLAIN_KIND = re.compile(
    "^(?:[党政村居财]务|政府|工作|视频|短视频|图片|图文|公示|公告|公示公告|[一-龥]{1,4}类|法定(?:主动)?公开)(?:信息|内容)?$"
)
_FILLER = re.compile("^(?:了|的|等|如|其中|各类?)+|(?:的|等)$")
_TOGETHER = re.compile("、[^、,]+(?:合计|共计|总计)$")
_OPEN_LIST = re.compile(
    "((?:[^、,]+、)+[^、,]+?)等(?:方面|领域|各类|各方面|各种|类|政府|政务|相关|有关|公开|工作)*的?(?:信息|内容|事项)"
)
_COLUMNS = tuple(
    (rule, re.compile(f"(?:{rule.content.pattern}){_COLUMN}")) for rule in RULES if rule.content is not None
)


def publishes(text: str) -> bool:
    """Whether the text has a verb of publishing, names such as 公示栏 and 公开工作 aside."""
    return bool(_PUBLISH.search(_masked(text)))


def first_verb(text: str) -> re.Match[str] | None:
    """The first verb of publishing outside names and quotation marks."""
    return _PUBLISH.search(_masked(re.sub('[“"][^”"]*[”"]', lambda found: "□" * len(found[0]), text)))


def is_generic(noun: str) -> bool:
    """Whether the noun names no kind of content: 信息, 各类政务信息共, 内容."""
    return bool(_GENERIC.match(noun))


def without_connectives(head: str) -> str:
    """The head without 其中, 同时, 全年 and the like at its beginning."""
    return _CONNECTIVE.sub("", _PART.sub("", head) if _PART.match(head) else head)


def noun_of(head: str, tail: str) -> str:
    """What was published: the words after the last verb or channel, or after the number."""
    bare = _masked(head)
    # 公示 is the noun in 发布环评公示信息, where another verb goes before.
    if re.search("(?:公示|公告)信息$", head) and _PUBLISH.search(bare[:-4]):
        bare = bare[:-4] + "□" * 4
    ends = [found.end() for found in (*_PUBLISH.finditer(bare), *CHANNEL.finditer(head))]
    noun = _SITE_PART.sub("", _FILLER.sub("", head[max(ends, default=0) :]))
    noun = re.sub(r"\([^()]*\)$", "", noun)
    if not noun and ends and tail:
        noun = _FILLER.sub("", tail)
    # 决策公开、政策解读…: a member of the list looks like a verb.
    if noun.startswith("、"):
        return _TIME.sub("", head)
    return noun if ends else _TIME.sub("", noun)


def content_key(text: str) -> str | None:
    """The kind of content named in the text, if it is one with a metric of its own and the number is of it alone."""
    if _TOGETHER.search(text):
        return None
    for rule in RULES:
        found = rule.content.search(text) if rule.content else None
        if found and not (rule.never and rule.never.search(text)) and not _is_one_of_a_list(found):
            return rule.key
    return None


def _is_one_of_a_list(kind: re.Match[str]) -> bool:
    """街道动态、政策解读等各类信息157条: the number is of all of them, unless all are of the kind."""
    listed = _OPEN_LIST.search(kind.string)
    if listed is None or listed.end(1) < kind.end():
        return False
    return not all(kind.re.search(member) for member in listed[1].split("、"))


def column_key(head: str) -> str | None:
    """A column named after a kind of content (在“两化”专栏) says the kind, wherever the column stands."""
    for rule, column in _COLUMNS:
        if column.search(head):
            return None if rule.never and rule.never.search(head) else rule.key
    return None


def listed_content(head: str, noun: str) -> str:
    """In an enumeration even 政务信息16条 and 涉企检查公示1条 are kinds of content; "" if it is none."""
    if _SOMEWHERE.search(head) or _PUBLISHED.search(head):
        return ""
    bare = noun in ("", "类", "信息", "类信息") and not _OPENS_WITH_VERB.match(head)
    if bare or re.match("其[他它]", head) or _PLAIN_KIND.match(head):
        return head
    plain = publishes(head) or len(noun) <= 3 or _DECLARED.search(noun.replace("政务信息", ""))
    return "" if plain else noun


def unknown_front(head: str) -> bool:
    """Whether words stand before the verb which are neither who nor when: what they say of the number is not sure."""
    verb = first_verb(head)
    before = _TIME.sub("", head[: verb.start()]) if verb else ""
    return bool(_SUBJECT.sub("", before))


def fronted_content(head: str) -> str:
    """工作动态发布30条: the content before its verb; "" if a subject stands there."""
    head = re.sub("^新增", "", _TIME.sub("", head))
    verbs = list(_PUBLISH.finditer(_masked(head)))
    before = _TIME.sub("", head[: verbs[0].start()]) if len(verbs) == 1 else ""
    before = re.sub("^[一-龥]{0,8}(?:镇|乡|街道|办事处)", "", before)
    of_kind = before.endswith("信息") and not is_generic(before)
    return before if of_kind or _FRONTED.search(before) else ""


def content_name(noun: str) -> str:
    """The content's name without 信息, 类 and what only counts; short names keep their 信息 (人事信息)."""
    name = re.sub('[“”"「」‘’]', "", _FILLER.sub("", noun))
    name = re.sub("占(?:比|总数)?的?[\\d.]*%?$", "", name)
    name = re.sub("^(?:做好|抓好|加强|推进|强化|深化)(?=..)", "", name)
    name = re.sub("(?:共计?|总计|合计|累计|为|是|有|情况)+$", "", name)
    name = re.sub("(?<=文件)(?:总数|数量?)$", "", name)
    name = re.sub("(?<=..)(?<!主动)(?<!依申请)(?<!不予)(?<!预)(?:发布|公开)$", "", name)
    name = re.sub("^(其[他它]).{0,2}(?:类|信息)+$", r"\1", name)
    name = re.sub("(?<=.{4})(?:方面的?)?(?:的)?(?:信息|内容|事项)$", "", name)
    return re.sub("(?<=..)类(?:信息|内容)?$", "", name) or noun


def _masked(text: str) -> str:
    return _NOMINAL.sub(lambda found: "□" * len(found[0]), text)
