"""Metrics told by verb and object: requests, documents, reviews, trainings, accounts, cases handled."""

import re

from etl.prose.numbers import Quantity
from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import RULE, RULES, Rule, word

_ROUTE = word(
    "(?:{route})(?:渠道|方式|途径|平台|提交|提出|收到|受理|接到)*的?(?:政府)?(?:信息)?(?:公开)?申请[^#]{0,4}#"
    "|^(?:其中|包括|含)?(?:{route})[^#]{0,8}#"
)
# 公民、法人和其他组织 are all who may ask: their requests are no route beside others.
_ANYBODY = word("(?:公民|法人|自然人|企业)(?:{joint}|、|或者?|以?及)(?:公民|法人|企业|其他)")
_BY_ROUTE = ("requests_received", "requests_closed")
CARRIED = frozenset({"requests_carried_in", "requests_carried_out"})
_SHARED = word("(?:均|皆|都|各)(?:为|是|有)?$")
_LIST = word("、|和|及|与|以及|或")
_RECEIVED_AND_CLOSED = word(
    "(?:收到|受理|接到|接收|新收)(?:{joint})?[^#,]{0,4}?(?:办结|答复|回复|办理完|办理|处理)[^#]*(?:{request}|申请|信息公开)[^#]*#"
    "|(?:{request}|申请)[^#]{0,6}(?:收到|受理|接到|接收)(?:{joint})[^#]{0,4}(?:办结|答复|回复)[^#]{0,4}#"
    "|(?:收到|受理|接到|接收)(?:{joint})(?:按时|按期|及时|依法|依规|妥善|全部|均|都|已)*(?:办结|答复|办理|回复)#[^#]{0,8}申请"
)
_PUBLISHED = word(
    "(?:公开|发布|推送|公布|公示|刊发|更新|上传)(?:了|各类|相关|有关|政府|政务|动态)*(?:信息|内容)(?:共|共计|累计|总数)?#"
)
_CLOSED = re.compile("办结|答复|回复|办毕|结案|完成|反馈|办复")
_OF_ITEMS = ("reposted_items", "removed_items", "internal_network_items")
# Of these too some are carried from year to year: 人大代表建议5件，含上年结转1件.
_COUNTED_ALIKE = frozenset({"review", "case", "complaint", "normative", "document", "training", "publicity"})
_BY_PLATFORM = ("hotline_cases", "mailbox_cases", "online_petition_cases")


def cases(phrase: Phrase, scope: str, topic: str) -> tuple[str, ...]:
    """The keys of the metrics which the phrase states by verb and object, usually one or none."""
    if phrase.quantity is None:
        return ()
    unit = base_unit(phrase.quantity.unit)
    if unit in _case_measures() and _RECEIVED_AND_CLOSED.search(scope):
        return ("requests_received", "requests_closed")
    if "#" in scope and (phrase.quantity.value == 0 or _SHARED.search(phrase.head)):
        shared = _shared(phrase.head, unit, topic)
        if len(shared) > 1:
            return shared
    key = _first(scope, unit, topic)
    if key and RULE[key].tier != "core" and key not in _OF_ITEMS and _PUBLISHED.search(scope):
        return ()
    together = (
        key in _BY_PLATFORM
        and _LIST.search(scope)
        and sum(bool(_says(name, scope)) for name in _BY_PLATFORM) > 1
    )
    return (key,) if key and not together else ()


def _says(key: str, scope: str) -> bool:
    says = RULE[key].says
    return bool(says and says.search(scope))


def says_closed(text: str) -> bool:
    """Whether requests are said to be closed; 办理 and 处理 may mean received as well."""
    return bool(_CLOSED.search(text))


def base_unit(unit: str) -> str:
    """条（篇） → 条."""
    return re.split("[(/·]", unit)[0]


def _case_measures() -> frozenset[str]:
    return next(rule.measures for rule in RULES if rule.key == "requests_received")


def _shared(head: str, unit: str, topic: str) -> tuple[str, ...]:
    """行政复议、行政诉讼均为0件: each member of the list read as if the number were its own."""
    members = [member for member in _LIST.split(_SHARED.sub("", head)) if member]
    topic = "request" if "申请" in head else topic
    found = [_first(f"{member}#", unit, topic) or _kind(member) for member in members]
    return tuple(dict.fromkeys(key for key in found if key))


def _kind(member: str) -> str | None:
    return next((rule.key for rule in RULES if rule.content and rule.content.search(member)), None)


def _first(scope: str, unit: str, topic: str) -> str | None:
    return next((rule.key for rule in RULES if _fits(rule, scope, unit, topic)), None)


def _fits(rule: Rule, scope: str, unit: str, topic: str) -> bool:
    if unit not in rule.measures and not (unit == "" and "件" in rule.measures):
        return False
    if topic == "document" and rule.key.startswith("requests_"):
        return False
    if rule.key.startswith("requests_carried") and topic in _COUNTED_ALIKE and "申请" not in scope:
        return False
    said = bool(rule.says and rule.says.search(scope))
    said = said or any(topic == name and bool(pattern.search(scope)) for name, pattern in rule.within)
    return said and not (rule.never and rule.never.search(scope))


def is_larger_route(phrase: Phrase, quantity: Quantity, last: Reading) -> bool:
    """通过网站答复申请3件、纸质申请36件: what is more than the number before is no part of it but a route beside it."""
    by_route = _route(phrase, "requests_received") and phrase.opener == "、"
    return bool(by_route) and last.metric in _BY_ROUTE and quantity.value > last.value


def kind(phrase: Phrase, key: str, topic: str) -> str:
    """The kind of the reading that requests make; a note 含上年结转1件 may belong to any other number."""
    if _route(phrase, key):
        return "route"
    if key == "requests_closed" and not says_closed(phrase.scope):
        return "handled"
    return "unspoken" if key in CARRIED and not topic and "申请" not in phrase.scope else ""


def _route(phrase: Phrase, key: str) -> bool:
    return key in _BY_ROUTE and bool(_ROUTE.search(phrase.scope)) and not _ANYBODY.search(phrase.head)
