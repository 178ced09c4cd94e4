"""Whose report it is and on which year: what the filing says, then its path, the register, a person's ruling.

A ruling comes first. Then the document's own words: the title, which must agree with the period it states.
The file's name and folders count only where the document is silent, since they are not the government's words.
Where two sources of the same weight disagree nothing is settled: a problem says so and a person decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from etl import several
from etl.named import bodies, is_county_level
from etl.register import Government, Ruling
from etl.report import Claim, Problem, Report

# 2022-2023 names two years, 2024-01-15 none that a report is on.
_PATH_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?:年|(?=[-—~至]20\d\d(?!\d))|(?![\d.-]))")
# What people write before the name when they hand a file on.
_HANDED_ON = re.compile(
    "^(?:附件?|副本|复件|备份|关于|报送|上报|提交|转发|新建|最新|最终|修改|修订|定|终|送审|盖章|扫描|公开|正式|电子|版|稿|的|表)+"
)
_ENDINGS = re.compile(r"(?:人民政府|办事处|政府)$")


def settle(
    report: Report,
    register: tuple[Government, ...] = (),
    ruling: Ruling | None = None,
    latest: int | None = None,
) -> Report:
    """The same report with government, county and year settled, or left None with a problem that says why.

    `latest` is the last year that there can be a report on, the year now if not given.
    """
    said = (*report.claims, *_of_path(report.source.path))
    name, name_problems = _government(said, ruling)
    year, year_problems = _year(said if name else report.claims, report.source.published, ruling)
    if year and not (ruling and ruling.year) and year > (latest or date.today().year):
        year, year_problems = None, [Problem("year-disagrees", f"写的是 {year} 年，这一年还没有到")]
    county, name, county_problems = _county(said, name, year, register, ruling)
    return replace(
        report,
        government=name,
        county=county,
        year=year,
        claims=said,
        problems=(*report.problems, *year_problems, *name_problems, *county_problems),
    )


def named(report: Report, ruling: Ruling | None = None) -> str | None:
    """The government's name before the register is asked: by the ruling, by the filing's words, by its path."""
    name, _ = _government((*report.claims, *_of_path(report.source.path)), ruling)
    return name


def _of_path(path: str) -> Iterator[Claim]:
    file, ordinal = several.parted(path.replace("\\", "/"))
    parts = PurePosixPath(file).parts
    folders = (re.sub(r"\.zip$", "", part, flags=re.IGNORECASE) for part in parts[:-1])
    # A file with several reports is named after none of them.
    name = "" if ordinal else PurePosixPath(file).stem
    for origin, text in (*(("folder", part) for part in folders), ("file-name", name)):
        years = dict.fromkeys(match[1] for match in _PATH_YEAR.finditer(text))
        yield from (Claim("year", year, origin, text) for year in years)
        words = _HANDED_ON.sub("", re.sub(r"[^\u4e00-\u9fff]", "", text))
        # A folder named after a county holds what its townships filed.
        county = re.fullmatch(r"([\u4e00-\u9fff]{2,8}(?:县|市|区|旗))[年度]*", words)
        if origin == "folder" and county:
            yield Claim("county", county[1], origin, text)
        else:
            yield from bodies(words, origin, text)


def _values(said: Iterable[Claim], subject: str, *origins: str) -> list[str]:
    return list(
        dict.fromkeys(claim.value for claim in said if claim.subject == subject and claim.origin in origins)
    )


def _year(
    said: tuple[Claim, ...], published: str | None, ruling: Ruling | None
) -> tuple[int | None, list[Problem]]:
    if ruling and ruling.year:
        return ruling.year, []
    own = _values(said, "year", "title", "period") or _values(said, "year", "heading")
    spoken = [] if own else [claim for claim in said if claim.subject == "year" and claim.origin == "body"]
    own = own or [claim.value for claim in spoken]
    path = _values(said, "year", "file-name") or _values(said, "year", "folder")
    if len(own) > 1:
        return None, [Problem("year-disagrees", f"标题、统计期限中的年份不一致：{'、'.join(own)}")]
    if not own:
        if len(path) == 1 and published and int(published[:4]) <= int(path[0]):
            detail = f"文中没有年份，文件名或文件夹为 {path[0]} 年，而公布于 {published}"
            return None, [Problem("year-disagrees", detail)]
        if len(path) == 1:
            detail = f"文中没有年份，按文件名或文件夹定为 {path[0]} 年"
            return int(path[0]), [Problem("year-from-path", detail)]
        return None, [Problem("no-year", "文中和文件名中都没有可以确定的年份")]
    stated = len([c for c in said if c.subject == "year" and c.origin in ("title", "period")]) > 1
    # A folder or file is as often named after the year of publication, the year after the one reported on.
    if path and not {int(year) for year in path} & {int(own[0]), int(own[0]) + 1}:
        problem = Problem("year-disagrees", f"文中为 {own[0]} 年，文件名或文件夹为 {'、'.join(path)} 年")
        return (int(own[0]) if stated else None), [problem]
    if spoken:
        detail = f"标题和统计期限中没有年份，按正文“{spoken[0].text}”定为 {own[0]} 年"
        return int(own[0]), [Problem("year-from-text", detail)]
    return int(own[0]), []


def _government(said: tuple[Claim, ...], ruling: Ruling | None) -> tuple[str | None, list[Problem]]:
    if ruling and ruling.government:
        return ruling.government, []
    named = _values(said, "government", "file-name")
    for origins in (("title",), ("heading",), ("body",), ("file-name",), ("folder",)):
        found = _values(said, "government", *origins)
        if origins == ("title",) and _is_only_a_place(said):
            found += [name for name in _values(said, "government", "body") if not _within(name, found)]
        if len({core(name) for name in found}) > 1:
            return None, [Problem("government-disagrees", f"写着几个机关：{'、'.join(found)}")]
        if found:
            if named and not any(_alike(found[0], name) for name in named):
                detail = f"文中为{found[0]}，文件名为{'、'.join(named)}"
                return None, [Problem("government-disagrees", detail)]
            return _with_place(found[0], said), []
    return None, [Problem("no-government", "文中和文件名中都没有可以确定的机关名称")]


def _with_place(name: str, said: Iterable[Claim]) -> str:
    """县财政局 as the signature calls it, with the county's own name."""
    signed = [
        other for other in _values(said, "government", "body") if other.endswith(name) and other != name
    ]
    return signed[0] if name[0] in "县市区旗" and len(signed) == 1 else name


def _is_only_a_place(said: Iterable[Claim]) -> bool:
    """Whether the title names nothing but a county: that may be where the government is that filed."""
    named = [claim for claim in said if (claim.subject, claim.origin) == ("government", "title")]
    return bool(named) and all(
        is_county_level(claim.value) and "政府信息" in claim.text and "人民政府" not in claim.text
        for claim in named
    )


def _within(name: str, governments: Iterable[str]) -> bool:
    """Whether a name is that of one of the governments, or of an office of it."""
    return any(name.startswith(core(government)) for government in governments)


def core(name: str) -> str:
    """The name without the ending that is often left out: 人民政府, 办事处."""
    return _ENDINGS.sub("", name)


def _alike(one: str, other: str) -> bool:
    return core(one).endswith(core(other)) or core(other).endswith(core(one))


def names(entry: Government) -> set[str]:
    """What a government calls itself: its names now and before, a department's with its county before them or not."""
    bare = {core(name).removeprefix(entry.county) for name in (entry.name, *entry.former_names)}
    return {*bare, *(entry.county + name for name in bare)}


def _in_force(name: str, year: int | None, register: tuple[Government, ...]) -> list[Government]:
    """The entries of a name that owe a report on the year; all of them where none does."""
    entries = [entry for entry in register if core(name) in names(entry)]
    return [entry for entry in entries if entry.owes(year)] or entries


def _registered(name: str, entries: Sequence[Government]) -> tuple[str | None, list[Problem]]:
    """The name as the register has it; a former name that several have had before is for a person to settle."""
    today = [entry for entry in entries if core(name) in names(replace(entry, former_names=()))]
    found = dict.fromkeys(entry.name for entry in today or entries)
    if len(found) > 1:
        return None, [Problem("government-disagrees", f"{name}后来可能是：{'、'.join(found)}")]
    return next(iter(found), name), []


def _county(
    said: tuple[Claim, ...],
    name: str | None,
    year: int | None,
    register: tuple[Government, ...],
    ruling: Ruling | None,
) -> tuple[str | None, str | None, list[Problem]]:
    """The county, and the name as the register of that year has it."""
    if name is None:
        return (ruling.county or None) if ruling else None, None, []
    entries = _in_force(name, year, register)
    registered_in = list(dict.fromkeys(entry.county for entry in entries))
    by_path = [_values(said, "county", origin) for origin in ("folder", "file-name")]
    # Of several counties with a township of this name the path may tell which one is meant.
    told = [county for county in registered_in if county in (*by_path[0], *by_path[1])]
    for values in (
        [ruling.county] if ruling and ruling.county else [],
        *(_values(said, "county", origin) for origin in ("title", "heading", "body")),
        told if len(told) == 1 else registered_in,
        *by_path,
    ):
        if len(values) == 1:
            return values[0], *_registered(name, [entry for entry in entries if entry.county == values[0]])
        if values:
            return None, name, [Problem("county-disagrees", f"可能属于：{'、'.join(values)}")]
    if is_county_level(name):
        return next((entry.county for entry in register if entry.county == core(name)), None), name, []
    return None, name, [Problem("no-county", "没有写明所属县区")]
