"""What a filing says about itself: whose report it is, of which county, on which year."""

import re
from collections.abc import Iterator

from etl.document import Document, Paragraph, Table
from etl.labels import wide
from etl.report import Claim

_TITLE = re.compile(r"(?:政府)?信息\s*公开\s*(?:工作)?\s*(?:的)?\s*(?:年度\s*)?(?:工作\s*)?(?:报告|年报)")
_NOTICE = re.compile(r"通知|通报|关于做好|编制要求|模板|说明$")
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)\s*年?")
_CHINESE_YEAR = re.compile(r"二[〇○零0Oo][一二三][〇○零0Oo一二三四五六七八九](?=年)")
_PERIOD = re.compile(r"(20[0-3]\d)\s*年?\s*[.年-]?\s*1\s*[.月-]\s*1\s*日?\s*(?:起)?\s*[至到—~-]+\s*(?:(20[0-3]\d)\s*年?\s*[.-]?\s*)?12\s*[.月-]\s*31")
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_BODY = r"[\u4e00-\u9fff·]{1,20}?"
_PLACES = r"(?:[\u4e00-\u9fff]{2,10}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,10}?(?:市|自治州|地区|盟))?"
_COUNTY = r"(?P<county>[\u4e00-\u9fff]{1,12}?(?:自治县|自治旗|县|市|区|旗|林区|新区|开发区))?"
_TOWNSHIP = rf"{_PLACES}{_COUNTY}(?P<name>[\u4e00-\u9fff]{{1,12}}?(?:镇|乡|苏木))(?:人民)?(?:政府)?"
_SUBDISTRICT = rf"{_PLACES}{_COUNTY}(?P<name>[\u4e00-\u9fff]{{1,12}}?街道)(?:办事处)?"
_NEAR_TOP = 25


def is_title(text: str) -> bool:
    """Whether a line is (the end of) the title of an annual report, not of a notice about such reports."""
    plain = re.sub(r"\s+", "", wide(text))
    match = _TITLE.search(plain)
    return bool(match) and len(plain) <= 60 and not _NOTICE.search(plain)


def claims(document: Document) -> tuple[Claim, ...]:
    """Everything the document says of its government, county and year, in the order of trust."""
    lines = [line for line in _lines(document)]
    found = list(_of_title(lines, document))
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


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (line.strip() for line in wide(block.text).split("\n") if line.strip())
        elif isinstance(block, Table):
            yield from (wide(cell.text).strip() for cell in block.cells[:3] if "报告" in cell.text)


def _of_title(lines: list[str], document: Document) -> Iterator[Claim]:
    """The title's claims: it may stand on one line, or below the government and the year."""
    titles = [(at, line) for at, line in enumerate(lines) if is_title(line)]
    for at, line in titles[:2]:
        text = re.sub(r"\s+", "", line)
        above = [re.sub(r"\s+", "", other) for other in lines[max(0, at - 3) : at] if len(other) <= 30]
        yield from _years(text, "title", line)
        yield from bodies(text[: _TITLE.search(text).start()], "title", line)  # type: ignore[union-attr]
        for other in reversed(above):
            yield from _years(other, "heading", other)
            yield from bodies(other, "heading", other)
    for name, value in document.properties:
        if name == "title" and is_title(value):
            text = re.sub(r"\s+", "", wide(value))
            yield from _years(text, "title", value)
            yield from bodies(text, "heading", value)


def _years(text: str, origin: str, printed: str) -> Iterator[Claim]:
    for match in _CHINESE_YEAR.finditer(text):
        yield Claim("year", match[0].translate(_DIGITS).replace("二", "2"), origin, printed)
    for match in _YEAR.finditer(text):
        yield Claim("year", match[1], origin, printed)


def bodies(text: str, origin: str, printed: str) -> Iterator[Claim]:
    """The government and county that a text names at its beginning."""
    text = re.sub(r"^[\d年度\W]*|[\d年度的\W]*$", "", _YEAR.sub("", text))
    for pattern, ending in ((_SUBDISTRICT, "办事处"), (_TOWNSHIP, "人民政府")):
        match = re.match(pattern, text)
        if match:
            yield Claim("government", match["name"] + ending, origin, printed)
            if match["county"]:
                yield Claim("county", match["county"], origin, printed)
            return
    match = re.match(rf"(?:[\u4e00-\u9fff]{{2,8}}?市)?(?P<name>{_BODY}(?:县|市|区|旗|州|省|盟)(?=人民政府|政府|$))", text)
    if match:
        yield Claim("government", match["name"] + "人民政府", origin, printed)
    elif match := re.match(rf"{_BODY}(?:局|委员会|办公室|中心|管委会|厅|公司|大队|支队)", text):
        yield Claim("government", match[0], origin, printed)


def _of_period(lines: list[str]) -> Iterator[Claim]:
    for line in lines:
        match = _PERIOD.search(line)
        if match and (match[2] is None or match[2] == match[1]):
            yield Claim("year", match[1], "period", match[0])
            return


def _of_body(lines: list[str]) -> Iterator[Claim]:
    for line in lines[:_NEAR_TOP]:
        match = re.search(r"(?:现将|由|本报告(?:是|由|系)?)(?P<body>[\u4e00-\u9fff]{2,24}?)(?:20\d\d年|编制|根据|按照)", re.sub(r"\s+", "", line))
        if match:
            yield from bodies(match["body"], "body", match[0])
    for line in lines[-4:]:
        text = re.sub(r"\s+", "", line)
        if len(text) <= 24:
            yield from bodies(text, "body", line)
