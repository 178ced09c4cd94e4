"""The channels which the phrases before a number give for it."""

import re

from etl.prose.cases import base_unit
from etl.prose.channels import channels
from etl.prose.phrases import Phrase
from etl.prose.table import word

_MEANS, _UPKEEP, _PLAN = word("{means}"), word("{upkeep}"), word("{plan}")
_VISITED = re.compile("访问|浏览|阅读|点击")
_MAIN = re.compile("以.*为(?:[我本全](?:镇|乡|街道))?(?:主|核心|重要|基础|龙头|第一)")
_BUILT = re.compile("(?:建设|管理|运维|监管|改造|升级)(?:力度|水平|工作)?$")
_SPEAKS = re.compile("^.{0,12}(?:网站|公众号|抖音号|视频号)(?:围绕|聚焦|紧扣|坚持|突出)")
_CONTRIBUTED = re.compile("投稿|供稿|约稿")


def lead_channels(lead: tuple[Phrase, ...], accounts: frozenset[str]) -> tuple[str, ...]:
    """What the phrases before name as means (依托县政府网站，…) or as subject (开通公众号，…).

    The first channel among others (以网站为主渠道) does not say that a number is its own, and work on a channel
    (规范专栏建设) leaves open which number is.
    """
    counted: tuple[str, ...] = ()
    for part in reversed(lead):
        named = channels(part.head, accounts)
        if named and _is_account_count(part):
            counted = (*named, *counted)
        elif counted:
            return counted
        elif named and _CONTRIBUTED.search(part.head):
            return ("media_items",)
        elif named and _gives_channel(part, named):
            return ("elsewhere",) if _BUILT.search(part.head) and not _MEANS.search(part.head) else named
    return tuple(dict.fromkeys(counted))


def _is_account_count(part: Phrase) -> bool:
    """公众号1个、抖音号1个，全年发布信息…: what follows went through all of them."""
    return part.quantity is not None and base_unit(part.quantity.unit) in ("个", "家", "块", "处")


def _gives_channel(part: Phrase, named: tuple[str, ...]) -> bool:
    if _MAIN.search(part.head):
        return False
    if len(named) == 1 and _SPEAKS.search(part.head):
        return True
    if _MEANS.search(part.head) or (len(named) == 1 and _UPKEEP.search(part.head)):
        return True
    if part.quantity is None:
        return len(part.head) <= 16
    required = part.quantity.approximate and _PLAN.search(part.head)
    visits = part.quantity.unit in ("", "次", "人次") and _VISITED.search(part.head)
    return not required and not visits
