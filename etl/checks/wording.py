"""The words of a report: what must be there, and what was left over from another text."""

import re
from collections.abc import Iterator
from decimal import Decimal

from etl.checks.plausibility import is_township
from etl.checks.rule import Breach, Check
from etl.report import Report
from etl.sections import loose_headings, required
from etl.tables.labels import wide

_LATER_NUMBERING = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
# A notice that is quoted speaks for its author: 《关于编制我市年度报告的通知》.
_DOCUMENT = re.compile(r"《[^《》]*》")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_OWN_YEAR = re.compile(
    r"^[^，,。]{0,4}?(?<!\d)(20[0-3]\d)年(?:度)?[，,]?(?:我|本|全)(?:镇|乡|街道|县|区|市|局|委|年)"
)
_ANOTHER_YEAR_MEANT = re.compile(r"上年|去年|较|比|同期|以来|将|计划|下一步|下步|截至|修订|印发|规划")
_BUREAU = re.compile(
    r"(?:^|[，,；：:）)])(?:20\d\d年)?([\u4e00-\u9fff]{2,10}(?:局|(?<![村居]民)(?<!监督)(?<![镇乡党道])委员会))(?=将|始终|坚持|按照|认真|严格|高度重视|切实|继续|全面|深入)"
)
_IDENTITY_NUMBER = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
_NAMED_PERSON = re.compile(
    rf"(?:申请人|市民|村民|居民|公民|群众)[：:]?(?!方便|高效|任何|任意)(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=于|提交|申请|提出|向|关于)"
)
_LEAST_LENGTH = 12
_FIRST_YEAR, _FEWEST_HEADINGS = 2019, 3
_COPIED = Decimal("0.8")
_FEWEST_SENTENCES = 6


def all_sections(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A report has six sections, since the regulations of 2019."""
    if _before_the_law(report):
        return
    headings = [section.heading for section in report.sections if section.number]
    loose = [heading for section in report.sections for heading in loose_headings(section.text)]
    known = len(headings) >= _FEWEST_HEADINGS
    for section in required()["sections"]:
        words = section["words"]
        named = _any_word(words, headings)
        # Headings of another numbering, or none, are told by the statutory words, and by fewer where none was told.
        beside = (
            any(wide(line).startswith(section["label"]) for line in loose)
            if known
            else _any_word(words, loose)
        )
        if not named and not beside:
            yield Breach(quotes=(section["label"],))


def _before_the_law(report: Report) -> bool:
    return report.year is not None and report.year < _FIRST_YEAR


def _any_word(words: list[str], headings: list[str]) -> bool:
    return any(word in wide(heading) for heading in headings for word in words)


def all_matters(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Section one reports on its five matters; a people's government also on appraisal, assessment, accountability."""
    if _before_the_law(report):
        return
    everything = [section.text for section in report.sections]
    first = [
        section.text
        for section in report.sections
        if _any_word(required()["sections"][0]["words"], [section.heading])
    ]
    due = [(matter, first) for matter in required()["matters"]]
    if (report.government or "").endswith("人民政府"):
        due += [(matter, everything) for matter in required()["governing"]]
    for matter, texts in due if first else ():
        if not _any_word(matter["words"], texts):
            yield Breach(quotes=(matter["label"],))


def sentences(report: Report) -> list[str]:
    """The sentences of the running text, as printed, in the order of print."""
    return [
        match[0].strip()
        for section in report.sections
        for match in _SENTENCE.finditer(section.text)
        if match[0].strip()
    ]


def wrong_year(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Where the report speaks of its own year, in its title or its text, it prints its own year."""
    for claim in report.claims:
        if (
            claim.subject == "year"
            and claim.origin == "title"
            and report.year
            and claim.value != str(report.year)
        ):
            yield Breach(expected=Decimal(report.year), actual=Decimal(claim.value), quotes=(claim.text,))
    for sentence in sentences(report):
        match = _OWN_YEAR.match(_LATER_NUMBERING.sub("", sentence))
        if match and report.year and int(match[1]) < report.year and not _ANOTHER_YEAR_MEANT.search(sentence):
            yield Breach(expected=Decimal(report.year), actual=Decimal(match[1]), quotes=(sentence,))


def other_body(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A report speaks of its own body as what it is; 我局 in a township's report was copied."""
    ours = required()["ourselves"]
    # A township that was renamed spoke by its former name; what the filing calls itself counts as well.
    names = [report.government or "", *(c.value for c in report.claims if c.subject == "government")]
    kinds = {ending for ending in ours for name in names if name.endswith(ending)}
    if not kinds:
        return
    own = {word for kind in kinds for word in ours[kind]}
    foreign = [word for words in ours.values() for word in words if word[0] in "我本" and word not in own]
    # 本乡镇, 基本局面 and 我处理 are not 本乡, 本局 and 我处.
    speaks = re.compile(f"(?<![基资根成])(?:{'|'.join(foreign)})(?![镇面限势理于在])")
    for sentence in sentences(report):
        said = speaks.search(_DOCUMENT.sub("", sentence))
        word = said[0] if said else None
        bureau = _BUREAU.search(sentence) if is_township(report) else None
        if word or bureau:
            yield Breach(quotes=(sentence, word or (bureau[1] if bureau else "")))


def copied_from_last_year(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A report is written anew: the year's sentences are not those of the year before with other numbers."""
    if previous is None:
        return
    now, before = (_without_numbers(each) for each in (report, previous))
    shared = [sentence for plain, sentence in now.items() if plain in before]
    if len(now) >= _FEWEST_SENTENCES and len(shared) >= _COPIED * len(now):
        share = round(Decimal(len(shared) * 100) / len(now), 0)
        yield Breach(expected=None, actual=share, quotes=tuple(shared[:3]))


def _without_numbers(report: Report) -> dict[str, str]:
    """Sentences of some length by their words alone: numbers, blanks and punctuation set aside."""
    found = {re.sub(r"[\d\W]+", "", sentence): sentence for sentence in sentences(report)}
    return {plain: sentence for plain, sentence in found.items() if len(plain) >= _LEAST_LENGTH}


def personal_data(report: Report, previous: Report | None) -> Iterator[Breach]:
    """No citizen is named with a request, and no identity or mobile number is printed."""
    for sentence in sentences(report):
        for pattern in (_IDENTITY_NUMBER, _MOBILE, _NAMED_PERSON):
            if pattern.search(sentence):
                yield Breach(quotes=(sentence,))
                break


_LAW = "《中华人民共和国政府信息公开条例》第五十条"
WORDING = (
    Check(
        "all-sections", "completeness", _LAW, "缺少规定的章节", "A required section is missing", all_sections
    ),
    Check(
        "all-matters",
        "completeness",
        _LAW,
        "总体情况中缺少应当报告的事项",
        "Section one lacks a matter that must be reported",
        all_matters,
        hint=True,
    ),
    Check(
        "wrong-year",
        "format",
        "年度报告反映本年度情况",
        "写到本年度工作时用了别的年份，可能沿用了往年文字",
        "Another year is printed where the report's own is meant",
        wrong_year,
    ),
    Check(
        "other-body",
        "copied-text",
        "年度报告由本机关编制",
        "以别的机关自称，可能抄自其他单位",
        "The text speaks as another body: it may be copied",
        other_body,
    ),
    Check(
        "copied-from-last-year",
        "copied-text",
        "与上年年报比较",
        "正文大部分与上年年报相同（数字除外）",
        "Most of the prose is last year's but for the numbers",
        copied_from_last_year,
    ),
    Check(
        "personal-data",
        "privacy",
        "《中华人民共和国个人信息保护法》",
        "公开了公民姓名、身份证号或手机号码",
        "A citizen's name, identity or mobile number is printed",
        personal_data,
    ),
)
