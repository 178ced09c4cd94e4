"""What a filing says about itself: whose report it is, of which county, on which year."""

import re
from collections.abc import Iterator
from itertools import islice

from etl import filled_form
from etl.document import Document, Paragraph, Table
from etl.report import Claim
from etl.tables.labels import wide

_TITLE = re.compile(
    r"(?:政府)?(?:信息|政务)公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)"
)
_NOTICE = re.compile(r"如下|通知|通报|关于做好|编制要求|模板|说明$|汇总|链接|[上下]一篇")
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)年?")
_CHINESE_YEAR = re.compile(r"二[〇○零0Oo][一二三][〇○零0Oo一二三四五六七八九](?=年)")
_PERIOD = re.compile(r"(20[0-3]\d)年?[.年-]?0?1[.月-]0?1日?起?[至到—~-]+(?:(20[0-3]\d)年?[.-]?)?12[.月-]31")
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_HAN = r"[\u4e00-\u9fff]"
_PLACES = rf"(?:{_HAN}{{2,10}}?(?:省|自治区))?(?P<city>(?:(?![县区旗]){_HAN}){{2,10}}?(?:市|自治州|地区|盟))?"
_COUNTY = rf"(?P<county>{_HAN}{{1,12}}?(?:自治县|自治旗|县(?!区)|市|区|旗))?(?:(?<=[县市区旗])人民政府)?"
# 乡村振兴局, 城乡建设局 and 乡镇企业局 are departments and no townships.
_NO_TOWNSHIP = "(?![镇化域企乡村]|建设|规划|居民|统筹|环境|融合|工作|管理|一体)"
_NAMES = (
    (re.compile(rf"{_PLACES}{_COUNTY}(?P<name>{_HAN}{{1,12}}?街道)(?:办事处)?"), "办事处"),
    (
        re.compile(
            rf"{_PLACES}{_COUNTY}(?P<name>{_HAN}{{1,12}}?(?:镇|乡|苏木){_NO_TOWNSHIP})(?:人民)?(?:政府)?"
        ),
        "人民政府",
    ),
    (re.compile(rf"{_PLACES}{_COUNTY}(?P<name>{_HAN}{{2,8}}?办事处)"), ""),
    (re.compile(rf"{_PLACES}{_COUNTY}(?P<name>{_HAN}{{2,8}}?街)$"), "道办事处"),
)
_PRONOUN = re.compile(r"(?:我|我们|本|该|全|各|此)(?:街道|镇|乡|苏木|街)")
_COUNTY_NAME = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,8}}?市)?(?P<name>{_HAN}{{1,12}}?(?:县|市|区|旗|州|盟))(?=人民政府|政府|$)"
)
_DEPARTMENT = re.compile(rf"{_HAN}{{2,20}}?(?:局|委员会|办公室|中心|管委会|厅|大队|支队)")
_OF_PLACE = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,8}}?市(?=.*[县区旗]))?(?P<county>{_HAN}{{1,8}}?(?:县|市|区|旗))(?={_HAN}{{2}})"
)
_ZONE = re.compile(r"(?:开发|园|新|景|管理|示范|度假)区$")
_AUTHOR = re.compile(
    rf"(?:现将|现发布|[现特][予向社会]{{0,4}}公[布开]|本报告[是由系]?|由)(?:20\d\d年度?)?(?P<body>(?:(?!电子版|可在|可通过|网站){_HAN}){{2,24}}?)"
    r"(?=20\d\d年|编制|根据|按照|(?:政府)?信息公开)"
)
_SPEAKER = re.compile(
    rf"(?:^|[,。;:])(?P<body>{_HAN}{{2,16}}?(?<!乡)(?:街道|镇|乡|苏木)(?:人民政府|办事处|政府)?)(?=编制|根据|按照)"
)
_QUOTED = re.compile(r"《([^《》]{6,50})》")
_FIRST_SECTION = re.compile(r"一[、.].{2,20}$")
_NEAR_TOP = 25
_FIRST_CELLS = 3
_SIGNATURE = 4
_LONGEST_TITLE = 60
_LONGEST_HEADING = 30


def is_title(text: str) -> bool:
    """Whether a line is (the end of) the title of an annual report, not of a notice about such reports."""
    plain = _plain(text)
    whole = len(plain) <= _LONGEST_TITLE and not plain.endswith("。")
    return whole and bool(_TITLE.search(plain)) and not _NOTICE.search(plain)


def is_titled(document: Document) -> bool:
    """Whether a line of the document, or a cell at the head of a table, is such a title."""
    return any(is_title(line) for line in _lines(document))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", wide(text))


def claims(document: Document) -> tuple[Claim, ...]:
    """Everything the document says of its government, county and year, in the order of trust."""
    lines = _with_title_whole(list(_lines(document)))
    found = list(_of_title(lines, document))
    found += _of_cover(filled_form.cover(document))
    found += _of_period(lines)
    found += _of_body(lines)
    return tuple(dict.fromkeys(found))


def settled(said: tuple[Claim, ...]) -> dict[str, str]:
    """For each subject the one value that the claims of the highest trust agree on; absent where they do not."""
    found: dict[str, str] = {}
    for subject, origins in _TRUST.items():
        for origin in origins:
            values = {claim.value for claim in said if claim.subject == subject and claim.origin in origin}
            if values:
                if len(values) == 1:
                    found[subject] = values.pop()
                break
    return found


_TRUST = {
    "year": (("title", "period"), ("body",)),
    "government": (("title",), ("heading",), ("body",)),
    "county": (("title",), ("heading",), ("body",)),
}


def _first_texts(table: Table) -> Iterator[str]:
    """What the first cells of a table say, blank ones set aside: a sheet saved as a page begins with its title."""
    return islice((cell.text for cell in table.cells if cell.text.strip()), _FIRST_CELLS)


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        texts = (block.text,) if isinstance(block, Paragraph) else _first_texts(block)
        for text in texts:
            yield from (_plain(line) for line in text.split("\n") if line.strip())


def _with_title_whole(lines: list[str]) -> list[str]:
    """The lines with a title in one that was broken within its words, as wide print does: 政府信息公 | 开工作年度报告."""
    first = next((at for at, line in enumerate(lines) if _FIRST_SECTION.match(line)), len(lines))
    if any(is_title(line) for line in lines[:first]):
        return lines
    for at in range(first - 1):
        for end in range(at + 2, min(at + 4, first + 1)):
            if is_title("".join(lines[at:end])) and not _TITLE.search("".join(lines[at + 1 : end])):
                return [*lines[:at], "".join(lines[at:end]), *lines[end:]]
    return lines


def _of_title(lines: list[str], document: Document) -> Iterator[Claim]:
    """The title is the last line before the first section that can be one; lines above it may be parts of it."""
    first = next((at for at, line in enumerate(lines) if _FIRST_SECTION.match(line)), len(lines))
    at = max((at for at, line in enumerate(lines[:first]) if is_title(line)), default=None)
    if at is None:
        yield from _of_misprinted_title(lines[:first])
    else:
        line = lines[at]
        before, *_, after = _TITLE.split(line)
        yield from _years(line, "title", line)
        yield from list(bodies(before, "title", line)) or bodies(after, "title", line)
        if at + 1 < len(lines) and re.fullmatch(r"\(?20[0-3]\d年?度?\)?", lines[at + 1]):
            yield from _years(lines[at + 1], "title", lines[at + 1])
        for above in reversed(lines[max(0, at - 3) : at]):
            if len(above) <= _LONGEST_HEADING:
                yield from _years(above, "heading", above)
                yield from bodies(above, "heading", above)
    for name, value in document.properties:
        if name == "title" and is_title(value):
            yield from _years(_plain(value), "title", value)
            yield from bodies(_plain(value), "heading", value)


def _of_misprinted_title(lines: list[str]) -> Iterator[Claim]:
    """A line that names a government, a year and the matter, though not the report as reports are called."""
    for line in lines:
        year = _YEAR.search(line)
        if (
            year
            and "信息公开" in line[year.end() :]
            and len(line) <= _LONGEST_HEADING
            and not _NOTICE.search(line)
        ):
            yield from _years(line, "heading", line)
            yield from bodies(line[: year.start()], "heading", line)


def _years(text: str, origin: str, printed: str) -> Iterator[Claim]:
    for match in _CHINESE_YEAR.finditer(text):
        yield Claim("year", match[0].translate(_DIGITS).replace("二", "2"), origin, printed)
    for match in _YEAR.finditer(text):
        yield Claim("year", match[1], origin, printed)


def bodies(text: str, origin: str, printed: str) -> Iterator[Claim]:
    """The government and county that a text names at its beginning."""
    text = re.sub("^(?:关于|由)", "", _YEAR.sub("", _CHINESE_YEAR.sub("", text)))
    text = re.sub(r"^[\d年度\W]+|[\d年度的\W]+$", "", text)
    if _PRONOUN.match(text):
        return
    for pattern, ending in _NAMES:
        if match := pattern.match(text):
            yield Claim("government", match["name"] + ending, origin, printed)
            if county := match["county"] or match["city"]:
                yield Claim("county", county, origin, printed)
            return
    if match := _COUNTY_NAME.match(text):
        office = _office(text, match.end())
        yield Claim("government", match["name"] + "人民政府" + office, origin, printed)
        if office:
            yield Claim("county", match["name"], origin, printed)
    elif match := _DEPARTMENT.match(text):
        yield Claim("government", match[0], origin, printed)
        if (place := _OF_PLACE.match(match[0])) and not _ZONE.search(place["county"]):
            yield Claim("county", place["county"], origin, printed)


def _office(text: str, end: int) -> str:
    """办公室 behind a county's name: the office files a report of its own."""
    return "办公室" if re.match(r"人民政府办公?室?", text[end:]) else ""


def _of_cover(told: dict[str, str]) -> Iterator[Claim]:
    """What is filled in on the cover of the fill-in workbook."""
    if not told:
        return
    county, government = told[filled_form.COUNTY], told[filled_form.GOVERNMENT]
    yield from _years(told[filled_form.YEAR], "title", told[filled_form.YEAR])
    yield from bodies(government, "title", government)
    if county:
        yield Claim("county", county, "title", county)


def _places(said: Iterator[Claim]) -> Iterator[Claim]:
    """Without the offices inside a government, which write its report and are named without a place."""
    return (
        claim for claim in said if not claim.value.endswith("办公室") or re.search("[县市区旗]", claim.value)
    )


def _of_period(lines: list[str]) -> Iterator[Claim]:
    for line in lines:
        match = _PERIOD.search(line)
        if match and (match[2] is None or match[2] == match[1]):
            yield Claim("year", match[1], "period", match[0])
            return


def _of_body(lines: list[str]) -> Iterator[Claim]:
    for line in lines[:_NEAR_TOP]:
        authors = list(_AUTHOR.finditer(line))
        begun = {author.start() for author in authors}
        # A clause that says who is the author is not spoken by somebody of its first words.
        speakers = (one for one in _SPEAKER.finditer(line) if one.start("body") not in begun)
        for match in (*authors, *speakers):
            yield from _places(bodies(match["body"], "body", match[0]))
        for match in _QUOTED.finditer(line):
            if is_title(match[1]):
                yield from _places(bodies(_TITLE.split(match[1])[0], "body", match[0]))
    for line in lines[-_SIGNATURE:]:
        if len(line) <= _LONGEST_HEADING and line[-1] not in "。;:":
            yield from bodies(line, "body", line)
