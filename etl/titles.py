"""What the title of an annual report looks like, and the years that a text names."""

import re
from collections.abc import Iterator

from etl.report import Claim
from etl.tables.labels import wide

TITLE = re.compile(
    r"(?:政府)?(?:信息|政务)公开(?:工作)?(?:情况)?的?(?:20\d\d年?)?(?:年?度)?(?:工作)?(?:情况)?(?:报告|年报)"
)
NOTICE = re.compile(r"如下|通知|通报|关于做好|编制要求|模板|说明$|汇总|链接|[上下]一篇")
YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)年?")
CHINESE_YEAR = re.compile(r"二[〇○零0Oo][一二三][〇○零0Oo一二三四五六七八九](?=年)")
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_LONGEST_TITLE = 60


def is_title(text: str) -> bool:
    """Whether a line is (the end of) the title of an annual report, not of a notice about such reports."""
    line = plain(text)
    whole = len(line) <= _LONGEST_TITLE and not line.endswith("。")
    return whole and bool(TITLE.search(line)) and not NOTICE.search(line)


def plain(text: str) -> str:
    """The text in one kind of width, without blanks, as titles are held against patterns."""
    return re.sub(r"\s+", "", wide(text))


def years(text: str, origin: str, printed: str) -> Iterator[Claim]:
    """Every year that a text names, in Chinese numerals or Arabic."""
    for match in CHINESE_YEAR.finditer(text):
        yield Claim("year", match[0].translate(_DIGITS).replace("二", "2"), origin, printed)
    for match in YEAR.finditer(text):
        yield Claim("year", match[1], origin, printed)
