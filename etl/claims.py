"""What a filing says about itself: whose report it is, of which county, on which year."""

import re
from collections.abc import Iterator
from itertools import islice

from etl import filled_form, spoken
from etl.document import Document, Paragraph, Table
from etl.named import bodies, is_county_level
from etl.report import Claim
from etl.titles import NOTICE, TITLE, YEAR, is_title, plain, years

_PERIOD = re.compile(
    r"(20[0-3]\d)年?[.年-]?0?1[.月-]0?1日?起?[,、]?[至到—~-]+(?:(20[0-3]\d)年?[.-]?)?12[.月-]31"
)
# The day on which a site published it.
_DATE = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_COUNTY_ALONE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:县|市|区|旗)")
_FIRST_SECTION = re.compile(r"一[、.].{2,20}$")
_ANOTHER_KIND = re.compile(
    r"^(?!.*[,。]).{4,60}(?:通知|通报|制度|规定|办法|指南|方案|意见|要求)(?:\(.{1,12}\))?$"
)
_SIGNED = re.compile(r"(?:人民政府|办事处|管理委员会|局)$")
_SIGNED_BELOW = 2
_FIRST_CELLS = 3
_NEAR_TOP = 25
_LONGEST_HEADING = 30


def is_titled(document: Document) -> bool:
    """Whether a line of the document, or a cell at the head of a table, is such a title."""
    return any(is_title(line) for line in _lines(document))


def is_of_another_kind(document: Document) -> bool:
    """Whether a line at the head says that this is a notice, a rule or a guide, which name a report's sections too."""
    return any(_ANOTHER_KIND.search(line) for line in islice(_lines(document), _NEAR_TOP))


def claims(document: Document) -> tuple[Claim, ...]:
    """Everything the document says of its government, county and year, in the order of trust."""
    lines = _with_title_whole(list(_lines(document)))
    found = list(_of_title(lines, document))
    found += _of_cover(filled_form.cover(document))
    found += _of_period(lines)
    found += spoken.claims(lines)
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
            yield from (plain(line) for line in text.split("\n") if line.strip())


def _with_title_whole(lines: list[str]) -> list[str]:
    """The lines with a title in one that was broken within its words, as wide print does: 政府信息公 | 开工作年度报告."""
    first = next((at for at, line in enumerate(lines) if _FIRST_SECTION.match(line)), len(lines))
    titles = [line for line in lines[:first] if is_title(line)]
    if any(YEAR.search(line) for line in titles):
        return lines
    for at in range(first - 1):
        for end in range(at + 2, min(at + 4, first + 1)):
            whole = "".join(lines[at:end])
            # Beside a title without a year, as a site's menu has one, only one with a year counts.
            if titles and not YEAR.search(whole):
                continue
            if is_title(whole) and not any(map(TITLE.search, ("".join(lines[at + 1 : end]), lines[at]))):
                return [*lines[:at], whole, *lines[end:]]
    return lines


def _of_title(lines: list[str], document: Document) -> Iterator[Claim]:
    """The title is the last line before the first section that can be one; lines above it may be parts of it."""
    first = next((at for at, line in enumerate(lines) if _FIRST_SECTION.match(line)), len(lines))
    at = max((at for at, line in enumerate(lines[:first]) if is_title(line)), default=None)
    if at is None:
        yield from _of_misprinted_title(lines[:first])
    else:
        line = lines[at]
        before, *_, after = TITLE.split(line)
        yield from years(line, "title", line)
        own = list(bodies(before, "title", line)) or list(bodies(after, "title", line))
        yield from own
        if at + 1 < len(lines) and re.fullmatch(r"\(?20[0-3]\d年?度?\)?", lines[at + 1]):
            yield from years(lines[at + 1], "title", lines[at + 1])
        headings = [above for above in reversed(lines[max(0, at - 3) : at]) if len(above) <= _LONGEST_HEADING]
        for number, above in enumerate(headings):
            yield from years(_DATE.sub("", above), "heading", above)
            named = list(
                own or (claim for below in headings[:number] for claim in bodies(below, "heading", below))
            )
            yield from _place_of(named, above) or _alike(list(bodies(above, "heading", above)), own)
        if not own:
            yield from _signed_below(lines[at + 1 : min(first, at + 1 + _SIGNED_BELOW)])
    for name, value in document.properties:
        if name == "title" and is_title(value):
            yield from years(plain(value), "title", value)
            yield from bodies(plain(value), "heading", value)


def _signed_below(lines: list[str]) -> Iterator[Claim]:
    """Who signs in a line of its own below a title that names nobody; what is named there of a county may be its site."""
    for line in lines:
        if len(line) <= _LONGEST_HEADING and _SIGNED.search(line):
            said = list(bodies(line, "body", line))
            if not any(is_county_level(claim.value) for claim in said):
                yield from said


def _place_of(named: list[Claim], above: str) -> list[Claim]:
    """The county of a government that the lines below name, where a line above is nothing but the county's name."""
    below = {claim.value for claim in named if claim.subject == "government"}
    county = _COUNTY_ALONE.fullmatch(above) if any(not is_county_level(name) for name in below) else None
    return [Claim("county", county[0], "heading", above)] if county else []


def _alike(said: list[Claim], own: list[Claim]) -> list[Claim]:
    """What a line above the title says; nothing where it names another government, as a site's menus do."""
    names = [[claim.value for claim in each if claim.subject == "government"] for each in (said, own)]
    other = all(names) and not any(
        one.endswith(two) or two.endswith(one) for one in names[0] for two in names[1]
    )
    return [] if other else said


def _of_misprinted_title(lines: list[str]) -> Iterator[Claim]:
    """A line that names a government, a year and the matter, though not the report as reports are called."""
    for line in lines:
        year = YEAR.search(line)
        if (
            year
            and "信息公开" in line[year.end() :]
            and len(line) <= _LONGEST_HEADING
            and not NOTICE.search(line)
            and not re.search("[,。;]", line)
        ):
            yield from years(line, "heading", line)
            yield from bodies(line[: year.start()], "heading", line)


def _of_cover(told: dict[str, str]) -> Iterator[Claim]:
    """What is filled in on the cover of the fill-in workbook."""
    if not told:
        return
    county, government = told[filled_form.COUNTY], told[filled_form.GOVERNMENT]
    yield from years(told[filled_form.YEAR], "title", told[filled_form.YEAR])
    # Two governments on one cover are for a person to tell apart.
    for one in re.split(r"[、,，;；/\n]", government):
        yield from bodies(one, "title", government)
    if county:
        yield Claim("county", county, "title", county)


def _of_period(lines: list[str]) -> Iterator[Claim]:
    for line in lines:
        match = _PERIOD.search(line)
        if match and (match[2] is None or match[2] == match[1]):
            yield Claim("year", match[1], "period", match[0])
            return
