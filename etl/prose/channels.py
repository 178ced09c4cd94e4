"""Where something was published: the channels a phrase names, and the metric which several together make."""

import re

from etl.prose.cases import base_unit
from etl.prose.phrases import Phrase
from etl.prose.table import CHANNEL, RULE, word

_QUOTED = re.compile(r"[“\"「『]([^”\"」』#]{2,12})[”\"」』]")
_ACCOUNT_BEFORE = word("(?:^|通过|利用|借助|依托|在|经|用|、|和|及|号|镇|乡|街道|年|其中|账号)$")
_ACCOUNT_AFTER = word("^(?:等|、|和|及|账号|平台|上)?(?:[^#]{0,6}(?:{publish})|#|$|等|、|和|及)")
_COLUMN = re.compile("^(?:等)?(?:栏目|专栏|板块|频道|专题|专区|系列)")
_NO_ACCOUNT = word("{no_account}")
_MEANS, _UPKEEP, _PLAN = word("{means}"), word("{upkeep}"), word("{plan}")
_VISITED = re.compile("访问|浏览|阅读|点击")
_MAIN = re.compile("以.*为(?:[我本全](?:镇|乡|街道))?(?:主|核心|重要|基础|龙头|第一)")
_BUILT = re.compile("(?:建设|管理|运维|监管|改造|升级)(?:力度|水平|工作)?$")
_SPEAKS = re.compile("^.{0,12}(?:网站|公众号|抖音号|视频号)(?:围绕|聚焦|紧扣|坚持|突出)")
_CONTRIBUTED = re.compile("投稿|供稿|约稿")
_NEW_MEDIA = frozenset(
    {
        "wechat_items",
        "weibo_items",
        "douyin_items",
        "kuaishou_items",
        "video_account_items",
        "wechat_group_items",
        "new_media_items",
        "app_items",
    }
)
_DIGITAL = _NEW_MEDIA | {"website_items", "online_items", "wechat_group_items", "other"}
_PHYSICAL = frozenset({"board", "broadcast", "press", "hall", "print", "gathering", "tradition"})


def channels(text: str, accounts: frozenset[str]) -> tuple[str, ...]:
    """The kinds of channel named in the text, in order, each once; `accounts` are names known as WeChat accounts."""
    quotes = list(_QUOTED.finditer(text))
    bare = _QUOTED.sub(lambda found: "“" + "□" * (len(found[0]) - 2) + "”", text)
    named = [(found.start(), str(found.lastgroup)) for found in CHANNEL.finditer(bare) if found.lastgroup]
    for quote in quotes:
        inner = None if _platform_beside(bare, quote) else CHANNEL.search(quote[1])
        if inner and _names_platform(inner, quote[1]) and quote[1] not in accounts:
            named.append((quote.start(), str(inner.lastgroup)))
        elif _is_account(text, quote, accounts) and not _platform_beside(bare, quote):
            named.append((quote.start(), "wechat_items"))
    return tuple(dict.fromkeys(kind for _, kind in sorted(named)))


def account_names(text: str) -> frozenset[str]:
    """The names in quotation marks which the text itself calls WeChat accounts."""
    after = (
        r"[“\"「『]([^”\"」』]{2,12})[”\"」』](?:镇级|政务|官方)?(?:微信)?(?:公众号|公众平台|微信号|微信平台)"
    )
    before = r"(?:公众号|公众平台|微信号)[(:：]?[“\"「『]([^”\"」』]{2,12})[”\"」』]"
    return frozenset(re.findall(after, text) + re.findall(before, text))


def _names_platform(inner: re.Match[str], quoted: str) -> bool:
    known = ("website_items", "new_media_items", "media_items", *_PHYSICAL)
    return inner.lastgroup in known or inner.end() == len(quoted)


def _platform_beside(bare: str, quote: re.Match[str]) -> bool:
    """A platform's name right before or after the quotation marks says what kind of account it is."""
    after, before = bare[quote.end() : quote.end() + 8], bare[max(0, quote.start() - 8) : quote.start()]
    follows = CHANNEL.search(after)
    if follows and follows.start() <= 4 and not re.search("[、和及等]", after[: follows.start()]):
        return True
    return any(found.end() == len(before) for found in CHANNEL.finditer(before))


def _is_account(text: str, quote: re.Match[str], accounts: frozenset[str]) -> bool:
    if quote[1] in accounts:
        return True
    if _NO_ACCOUNT.search(quote[1]) or _COLUMN.search(text[quote.end() :]):
        return False
    fits = _ACCOUNT_BEFORE.search(text[: quote.start()]) and _ACCOUNT_AFTER.search(text[quote.end() :])
    return bool(fits)


def together(kinds: tuple[str, ...], umbrella: bool = True) -> str | None:
    """The metric for one number over these channels; None where the register has no key for it.

    `umbrella` is true where 等 leaves more platforms unnamed: else the one named is meant, not its kind.
    """
    found = set(kinds)
    if "offline" in found and found & _DIGITAL:
        return "items_published"
    if len(found) > 1:
        found.discard("offline")
    if len(found) == 1:
        return _alone(found.pop())
    named = found - {"new_media_items", "online_items"}
    if len(named) == 1 and not umbrella and (named <= _NEW_MEDIA or "new_media_items" not in found):
        return _alone(named.pop())
    if found <= _NEW_MEDIA:
        named = found - {"new_media_items"}
        return named.pop() if len(named) == 1 else "new_media_items"
    if "media_items" in found and found <= {"media_items", "new_media_items", "other"}:
        return None if "new_media_items" in found else "media_items"
    if "online_items" in found and found <= _DIGITAL:
        return "online_items"
    if "media_items" in found and found <= {"media_items", "app_items", "press", "broadcast"}:
        return "media_items"
    return "traditional_items" if found - {"media_items"} <= _PHYSICAL else "items_published"


def _alone(kind: str) -> str | None:
    if kind in RULE:
        return kind
    return {"board": "bulletin_items", "tradition": "traditional_items", "press": "media_items"}.get(kind)


def lead_channels(lead: tuple[Phrase, ...], accounts: frozenset[str]) -> tuple[str, ...]:
    """What the phrases before name as means (依托县政府网站，…) or as subject (开通公众号，…).

    The first channel among others (以网站为主渠道) does not say that a number is its own, and work on a channel
    (规范专栏建设) leaves open which number is.
    """
    counted: tuple[str, ...] = ()
    for at, part in reversed(list(enumerate(lead))):
        named = channels(part.head, accounts)
        if named and _is_account_count(part):
            counted = (*named, *counted)
        elif counted:
            return counted
        elif named and _CONTRIBUTED.search(part.head):
            return ("media_items",)
        elif named and _gives_channel(part, named):
            if at and _is_listed_on(part, lead[at - 1]):
                return (*channels(lead[at - 1].head, accounts), *named)
            return ("elsewhere",) if _BUILT.search(part.head) and not _MEANS.search(part.head) else named
    return tuple(dict.fromkeys(counted))


def _is_listed_on(part: Phrase, before: Phrase) -> bool:
    """借助网站，“某镇”公众号，公开70条: a list of means that goes on behind a comma."""
    rest = CHANNEL.sub("", _QUOTED.sub("", part.head)).strip("、和及与等")
    joined = part.opener == "," and part.sentence == before.sentence and before.quantity is None
    return joined and not rest and bool(_MEANS.search(before.head) and CHANNEL.search(before.head))


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
