"""The government or department, and its county, that a text names at its beginning."""

import re
from collections.abc import Iterator

from etl.report import Claim
from etl.titles import CHINESE_YEAR, YEAR

HAN = r"[\u4e00-\u9fff]"
_PLACES = rf"(?:{HAN}{{2,10}}?(?:省|自治区))?(?P<city>(?:(?![县区旗]){HAN}){{2,10}}?(?:市|自治州|地区|盟))?"
_COUNTY = rf"(?P<county>{HAN}{{1,12}}?(?:自治县|自治旗|县(?!区)|市|区|旗))?(?:(?<=[县市区旗])人民政府)?"
# 乡村振兴局, 城乡建设局 and 乡镇企业局 are departments and no townships; 金乡县 and 宁乡市 are counties.
_NO_TOWNSHIP = "(?![镇化域企乡村县市]|建设|规划|居民|统筹|环境|融合|工作|管理|一体)"
_NAMES = (
    (re.compile(rf"{_PLACES}{_COUNTY}(?P<name>{HAN}{{1,12}}?街道)(?:办事处)?"), "办事处"),
    (
        re.compile(
            rf"{_PLACES}{_COUNTY}(?P<name>{HAN}{{1,12}}?(?:镇|乡|苏木){_NO_TOWNSHIP})(?:人民)?(?:政府)?"
        ),
        "人民政府",
    ),
    (re.compile(rf"{_PLACES}{_COUNTY}(?P<name>{HAN}{{2,8}}?办事处)"), ""),
    (re.compile(rf"{_PLACES}{_COUNTY}(?P<name>{HAN}{{2,8}}?街)$"), "道办事处"),
)
# The committee that signs beside the government files no report.
_PARTY = re.compile(rf"^(?:中共|中国共产党){HAN}{{2,20}}?委员会\W*|^(?:中共|中国共产党)")
_PRONOUN = re.compile(r"(?:我|我们|本|该|全|各|此)(?:街道|镇|乡|苏木|街)")
_SPEAKS = re.compile(r"[我该](?:街道|镇|乡|苏木)")
_COUNTY_NAME = re.compile(
    rf"(?:{HAN}{{2,8}}?(?:省|自治区))?(?:{HAN}{{2,8}}?市)?(?P<name>{HAN}{{1,12}}?(?:县|市|区|旗|州|盟))(?=人民政府|政府|$)"
)
# 卫生健康委 is a department; 县委, 党委 and 党工委 are no administrative organs.
_DEPARTMENT = re.compile(
    rf"{HAN}{{2,20}}?(?:局(?:{HAN}{{1,8}}分局)?|委员会|办公室|中心|管委会|(?<![省市州县区旗乡镇党工])委(?![员托会])|厅|大队|支队)"
)
_OWN_OFFICE = re.compile(rf"{HAN}{{2,24}}(?:委员会|管委会)办公室")
# A branch lies in the place before 分局, which the place of the whole does not tell.
_BRANCH = re.compile(rf"局(?P<county>{HAN}{{1,8}}?[县市区旗])?{HAN}{{0,8}}分局$")
_OF_PLACE = re.compile(
    rf"(?:{HAN}{{2,8}}?(?:省|自治区))?(?:{HAN}{{2,8}}?市(?=.*[县区旗]))?(?P<county>{HAN}{{1,8}}?(?:县|市|区|旗))(?={HAN}{{2}})"
)
_COUNTY_LEVEL = re.compile(r"(?:县|市|区|旗|州|省|盟)人民政府$")
_ZONE = re.compile(r"(?:开发|园|新|景|管理|示范|度假|经济|高新|保税|合作)区$")


def is_county_level(name: str) -> bool:
    """Whether a government is a county's or higher, so that no county has to be named above it."""
    return bool(_COUNTY_LEVEL.search(name))


def bodies(text: str, origin: str, printed: str) -> Iterator[Claim]:
    """The government and county that a text names at its beginning."""
    text = re.sub(
        r"^(?:关于|由|名称:?|标题:?|附件?[一二三四五\d]*[:：])", "", YEAR.sub("", CHINESE_YEAR.sub("", text))
    )
    text = re.sub(r"^[\d年度\W]+|[\d年度的\W]+$", "", text)
    text = _PARTY.sub("", text) or text
    if _PRONOUN.match(text):
        return
    for pattern, ending in _NAMES:
        if (match := pattern.match(text)) and not _SPEAKS.search(match["name"]):
            yield Claim("government", match["name"] + ending, origin, printed)
            if county := match["county"] or match["city"]:
                yield Claim("county", county, origin, printed)
            return
    if match := _COUNTY_NAME.match(text):
        office = _office(text, match.end())
        # A zone has no people's government unless it says so, but for some 新区.
        is_zone = _ZONE.search(match["name"]) and not match["name"].endswith("新区")
        seat = "" if is_zone and match.end() == len(text) else "人民政府"
        yield Claim("government", match["name"] + seat + office, origin, printed)
        if office:
            yield Claim("county", match["name"], origin, printed)
    elif match := (origin != "body" and _OWN_OFFICE.fullmatch(text)) or _DEPARTMENT.match(text):
        yield Claim("government", match[0], origin, printed)
        place = _BRANCH.search(match[0]) or _OF_PLACE.match(match[0])
        if place and place["county"] and not _ZONE.search(place["county"]):
            yield Claim("county", place["county"], origin, printed)


def _office(text: str, end: int) -> str:
    """办公室 behind a county's name: the office files a report of its own."""
    return "办公室" if re.match(r"人民政府办公?室?", text[end:]) else ""
