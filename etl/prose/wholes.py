"""Parts and wholes, as the text itself announces them: 其中, 包括, brackets, 从渠道看, and what comes 另外."""

import re

from etl.prose.phrases import Phrase
from etl.prose.reading import Reading
from etl.prose.table import CHANNEL, CHANNELS, RULES, word

_AMONG, _WITHIN, _WAYS = re.compile("其中|内容涵盖|内容涉及|内容包括"), word("{part}"), word("{ways}")
_SIBLING = word("{sibling}")
# ；依申请公开方面，…: what is counted up has come to its end.
_TURNS = re.compile("(?:方面|情况)$")
_LISTS = re.compile(
    "(?:类别|类型|内容)(?:主要)?(?:有|为|包括|如下|涵盖|涉及|包含)?$|如下$|(?:分为|涉及|包括|有)[两二三四五六七八九]大?(?:类|方面)$|更新情况$|(?:网站|公众号|栏目?)(?:公开|发布|推送|更新)$|(?:公开|发布)[^,]{0,6}信息(?:共计?|合计|总计)?$|包括$|主要有$|分别(?:为|是)$"
)
_ENUMERATED = re.compile(r"(?:[一二三四五六七八九]是|(?<!\d)\d{1,2}[.、])\s*$")
# Said of a number that others, counted up since long before, hold.
NEW = re.compile("新(?:增)?(?:主动)?(?:公开|发布|上传|添加)|新增(?!长)")
CONTENTS = frozenset(rule.key for rule in RULES if rule.content) | {"category_items"}
OUTCOMES = frozenset(
    f"requests_{name}"
    for name in ("disclosed", "disclosed_in_part", "withheld", "unavailable", "otherwise_closed")
)
_UMBRELLAS = frozenset({"new_media_items", "online_items", "traditional_items"})
PLATFORMS = frozenset(
    {"wechat_items", "weibo_items", "douyin_items", "kuaishou_items", "video_account_items", "app_items"}
)
_TOTALS = frozenset(
    {
        "items_published",
        "cumulative_published",
        "updated_items",
        "official_documents_issued",
        "requests_received",
        "requests_closed",
    }
)


class Wholes:
    """Which number a part would belong to at this point; `marked` while the text is counting parts up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.whole: Reading | None = None
        self.marked = False
        self._enumerated = False
        # The words that open a list, "" behind any others.
        self._lists = ""
        self._brackets: list[tuple[Reading | None, bool]] = []
        self._inside: set[int] = set()
        self._outer: Reading | None = None
        self._here: list[Reading] = []
        self._before: list[Reading] = []
        self._total: Reading | None = None

    @property
    def bracketed(self) -> bool:
        return bool(self._brackets)

    @property
    def of_requests(self) -> bool:
        """Whether requests are being counted up, by what they asked for or what became of them."""
        return self.marked and self.whole is not None and self.whole.metric.startswith("requests_")

    @property
    def of_items(self) -> bool:
        """Whether what was published is being counted up."""
        return self.marked and self.whole is not None and self.whole.metric == "items_published"

    def move(self, phrase: Phrase, opens_sentence: bool, goes_on: bool, last: Reading | None) -> None:
        """Go on to the phrase; `last` is the reading of the phrase before, if it had one."""
        if opens_sentence:
            self._open_sentence(phrase, goes_on)
        if opens_sentence or phrase.opener == ";":
            self._enumerated = bool(_ENUMERATED.search(self._text[: phrase.start]))
        if phrase.opener == ";" and self._outer is not None:
            self.whole, self._outer = self._outer, None
        self._follow_brackets(phrase, last)
        self._announce(phrase, last)

    def note(self, reading: Reading) -> None:
        """Remember a reading which others may be parts of."""
        if reading.metric not in _TOTALS | CHANNELS | CONTENTS:
            return
        self._here.append(reading)
        if self._brackets:
            self._inside.add(id(reading))
        if reading.metric == "items_published":
            self._total = reading
        if reading.part_of is None and reading.metric not in CONTENTS and not self._brackets:
            self.whole, self.marked = reading, False

    def part_of(self, key: str) -> str | None:
        """The whole which a number of this metric would be a part of here, by its name."""
        latest = self._here[-1] if self._here else None
        platform = (
            latest is not None and key in PLATFORMS and latest.metric in PLATFORMS | {"new_media_items"}
        )
        if platform and any(reading.metric == "new_media_items" for reading in self._here):
            return "new_media_items"
        if (self.marked or self._brackets) and self.whole is not None and _divides(self.whole, key):
            return _named(self.whole)
        return "items_published" if self._enumerated and self._total and key in CONTENTS else None

    def _open_sentence(self, phrase: Phrase, goes_on: bool) -> None:
        if not goes_on and not _WITHIN.search(phrase.head):
            self.marked = False
        if self._outer is not None:
            self.whole, self._outer = self._outer, None
        self._brackets = []
        if self._here:
            self._before, self._here = self._here, []

    def _follow_brackets(self, phrase: Phrase, last: Reading | None) -> None:
        while len(self._brackets) > phrase.depth:
            self.whole, self.marked = self._brackets.pop()
        if phrase.opener == "(" and len(self._brackets) < phrase.depth:
            self._brackets.append((self.whole, self.marked))
            if phrase.head.strip() and last is not None and last in self._here:
                self.whole = last

    def _announce(self, phrase: Phrase, last: Reading | None) -> None:
        other_channel = (
            phrase.opener == ";" and CHANNEL.search(phrase.head) and not _WITHIN.search(phrase.head)
        )
        if other_channel and self.whole is not None and self.whole.metric in CHANNELS - _UMBRELLAS:
            self.whole = None
            self.marked = self._enumerated = False
        turns = phrase.opener == ";" and phrase.quantity is None and _TURNS.search(phrase.head)
        if turns or _SIBLING.match(phrase.head):
            self.marked = self._enumerated = False
        if _WAYS.search(phrase.head):
            requests = [reading for reading in self._before if reading.metric == "requests_received"]
            asked = "申请" in phrase.head and requests
            self.whole = requests[-1] if asked else self._total or self.whole
            self.marked = self.whole is not None
        elif _WITHIN.search(phrase.head) or (phrase.opener == ":" and (self._here or self._lists)):
            self._among(phrase, last)
            self.marked = True
        elif phrase.opener == "\n" and self._enumerated and self._lists and "申请" not in self._lists:
            self.whole, self.marked = self._total, True
        self._lists = phrase.head if _LISTS.search(phrase.head) else ""

    def _among(self, phrase: Phrase, last: Reading | None) -> None:
        """其中 after two numbers could mean either: then it means none."""
        run = [r for r in self._here or self._before if id(r) not in self._inside]
        if not run or self._brackets:
            return
        latest = run[-1]
        if latest.metric in CONTENTS:
            if latest is last:
                self._outer, self.whole = self._outer or self.whole, latest
            return
        rivals = [reading for reading in run if reading.metric not in CONTENTS and reading is not latest]
        plain = not _AMONG.search(phrase.head) or not rivals
        requests = latest.metric.startswith("requests")
        # A new sentence divides the requests before it by 其中 alone, and not by where something was published.
        elsewhere = CHANNEL.search(phrase.head) and "申请" not in phrase.head
        if requests and not self._here and (elsewhere or not _AMONG.search(phrase.head)):
            self.whole = None
        else:
            self.whole = latest if plain or requests else None


def _divides(whole: Reading, key: str) -> bool:
    """Whether a number of the metric can be a part of the whole at all."""
    if whole.metric == "cumulative_published":
        return False
    if whole.metric.startswith("requests"):
        return key in OUTCOMES
    if whole.metric in ("official_documents_issued", "interpretations"):
        return key == "category_items"
    if key in CHANNELS:
        return whole.metric == "items_published" or (whole.metric in _UMBRELLAS and key not in _UMBRELLAS)
    return key in CONTENTS


def _named(whole: Reading) -> str:
    return f"{whole.metric}:{whole.category}" if whole.category else whole.metric
