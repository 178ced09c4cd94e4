"""What the running text says of whose report it is and on which year: the least trusted of a filing's own words."""

import re
from collections.abc import Iterator

from etl.named import HAN, bodies
from etl.report import Claim
from etl.titles import TITLE, is_title

_AUTHOR = re.compile(
    rf"(?:现将|现发布|[现特][予向社会]{{0,4}}公[布开]|本报告[是由系]|由|编制|形成了?)(?:20\d\d年度?)?(?P<body>(?:(?!电子版|可在|可通过|网站){HAN}){{2,24}}?)"
    r"(?=20\d\d年|编制|根据|按照|(?:政府)?信息公开)"
)
_TOWNSHIP = rf"(?P<body>{HAN}{{2,16}}?(?<!乡)(?:街道|镇|乡|苏木)(?:人民政府|办事处|政府)?)"
_SPEAKER = re.compile(rf"(?:^|[,。;:]){_TOWNSHIP}(?=编制|根据|按照)")
# Who answers questions on a township's report is the township.
_CONTACT = re.compile(rf"请(?:直接)?(?:与|联系|致电|向):?{_TOWNSHIP}")
_QUOTED = re.compile(r"《([^《》]{6,50})》")
_SECOND_SECTION = re.compile(r"[二三][、.].{2,30}$")
# 2019年, 2019年度, 截至2019年12月31日, 我镇2019年; no other day of a year: 2019年5月15日.
_SPOKEN_YEAR = re.compile(
    rf"(?:^|[,。;:、)]|[我本]{HAN}{{1,2}})(?:截[至止]到?)?(20[0-3]\d)年(?:度|12月|(?=[^\d月]))"
)
_NEAR_TOP = 25
_SIGNATURE = 4
_LONGEST_HEADING = 30


def claims(lines: list[str]) -> Iterator[Claim]:
    """The authors that the first lines and the signature name, and the year of the overview."""
    yield from _authors(lines)
    yield from _year(lines)


def _authors(lines: list[str]) -> Iterator[Claim]:
    for line in lines[:_NEAR_TOP]:
        authors = list(_AUTHOR.finditer(line))
        begun = {author.start() for author in authors}
        ended = {author.end("body") for author in authors}
        # A clause that says who is the author is not spoken by somebody of its first words.
        speakers = (
            one
            for one in _SPEAKER.finditer(line)
            if one.start("body") not in begun and one.end("body") not in ended
        )
        for match in (*authors, *speakers, *_CONTACT.finditer(line)):
            yield from _places(bodies(match["body"], "body", match[0]))
        for match in _QUOTED.finditer(line):
            if is_title(match[1]):
                yield from _places(bodies(TITLE.split(match[1])[0], "body", match[0]))
    for line in lines[-_SIGNATURE:]:
        if len(line) <= _LONGEST_HEADING and line[-1] not in "。;:":
            yield from bodies(line, "body", line)


def _places(said: Iterator[Claim]) -> Iterator[Claim]:
    """Without the offices inside a government, which write its report and are named without a place."""
    return (
        claim for claim in said if not claim.value.endswith("办公室") or re.search("[县市区旗]", claim.value)
    )


def _year(lines: list[str]) -> Iterator[Claim]:
    """The one year of which the text before its second section speaks; another year beside it settles nothing."""
    end = next((at for at, line in enumerate(lines) if _SECOND_SECTION.match(line)), len(lines))
    spoken = [match for line in lines[:end] for match in _SPOKEN_YEAR.finditer(line)]
    if len({match[1] for match in spoken}) == 1:
        yield Claim("year", spoken[0][1], "body", spoken[0].string[spoken[0].start() :][:_LONGEST_HEADING])
