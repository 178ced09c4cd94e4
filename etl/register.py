"""What people keep in small files: who owes a report, until when, and whose a filing is that does not say so."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from io import StringIO

_YEAR = re.compile(r"[12]\d{3}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_LEVELS = ("township", "subdistrict", "department", "county")
_ENDINGS = re.compile(r"(?:人民政府|办事处|政府)$")
# A code of many figures as Excel shows it: 3.60402E+11.
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ALIKE = 0.8
# Of what is wrong so much is quoted.
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Government:
    """A body that owes a report; `since` and `until` are the first and last report years owed, None for open."""

    county: str
    name: str
    level: str
    code: str = ""
    parent: str = ""
    former_names: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def owes(self, year: int | None) -> bool:
        """Whether it owes a report on a year; on an unknown year every government may."""
        return year is None or (self.since or year) <= year <= (self.until or year)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of the manifest: what a person settled about one filing, named by its path or its SHA-256."""

    filing: str
    government: str = ""
    county: str = ""
    year: int | None = None
    published: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which the reports on `year` are in time; an empty county stands for every county."""

    county: str
    year: int
    due: date


def decoded(data: bytes, name: str) -> str:
    """The text of a file a person keeps, as UTF-8 or as Excel saves it in Chinese; ValueError when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{name} 的文字编码认不出，请用 Excel 另存为“CSV UTF-8（逗号分隔）”后重试")


def table(
    text: str, required: tuple[str, ...], name: str, optional: tuple[str, ...] = ()
) -> list[dict[str, str]]:
    """The rows of a CSV file a person keeps, by column; an empty file has none. Characters that nobody sees are left out.

    Raises ValueError where one of `required` is empty, and where anything would be lost: a row of more cells than
    there are columns, a quotation mark that is never closed, a first row that does not name the columns, or has one
    of `required` or `optional` misspelt; other columns are a person's own.
    """
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=None), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(
            f"{name} 第 {reader.line_num + 1} 行读不下去（引号没有成对，或一格里的字太多），请改正后重试"
        ) from error
    _require_columns(reader.fieldnames or (), required, optional, name)
    for number, row in enumerate(rows, start=2):
        if any(row.get(None) or ()):
            raise ValueError(f"{name} 第 {number} 行的格数比第一行的栏名多，请检查多出的逗号后重试")
        missing = [column for column in required if not (row.get(column) or "").strip()]
        if missing:
            raise ValueError(f"{name} 第 {number} 行缺少 {'、'.join(missing)}，请补上后重试")
    return [{key: _UNSEEN.sub("", value or "").strip() for key, value in row.items() if key} for row in rows]


def _require_columns(
    columns: Sequence[str], required: tuple[str, ...], optional: tuple[str, ...], name: str
) -> None:
    missing = [column for column in required if column not in columns]
    if columns and missing:
        raise ValueError(f"{name} 第一行应是栏名，缺少 {'、'.join(missing)}，请对照说明改正后重试")
    for column in columns:
        meant = get_close_matches(column.strip().lower(), {*required, *optional}, n=1, cutoff=_ALIKE)
        if meant and meant[0] not in columns:
            raise ValueError(f"{name} 第一行的栏名“{column[:_QUOTED]}”应写作 {meant[0]}，请改正后重试")
    named = [column for column in columns if column]
    if twice := next((column for at, column in enumerate(named) if column in named[:at]), ""):
        raise ValueError(f"{name} 第一行有两个 {twice} 栏，请只留一个")


def _year(text: str, name: str) -> int | None:
    if text and not _YEAR.fullmatch(wide := unicodedata.normalize("NFKC", text)):
        raise ValueError(f"{name} 中的年份“{text[:_QUOTED]}”不是四位数字，请改正后重试")
    return int(wide) if text else None


def _date(text: str, place: str) -> date:
    """A date as people write it; Excel makes 2025/1/31 of what was typed as 2025-01-31."""
    written = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    with suppress(ValueError):
        if written:
            return date(*map(int, written.groups()))
    raise ValueError(f"{place}：日期“{text[:_QUOTED]}”应写成 2025-01-31 的样子，请改正后重试")


def governments(text: str, name: str = "governments.csv") -> tuple[Government, ...]:
    """The register from its CSV text; ValueError with a sentence naming the row when a field is missing."""
    optional = ("code", "parent", "former_names", "since", "until")
    rows = table(text, ("county", "name", "level"), name, optional)
    named = [row["county"] + row["name"] for row in rows]
    _require_once([_ENDINGS.sub("", one) for one in named], named, name)
    found = tuple(
        Government(
            county=row["county"],
            name=row["name"],
            level=_level(row["level"], f"{name} 第 {number} 行"),
            code=_code(row.get("code", ""), f"{name} 第 {number} 行"),
            parent=row.get("parent", ""),
            former_names=tuple(filter(None, re.split(r"[、,，;；/\s]+", row.get("former_names", "")))),
            since=_year(row.get("since", ""), name),
            until=_year(row.get("until", ""), name),
        )
        for number, row in enumerate(rows, start=2)
    )
    for number, entry in enumerate(found, start=2):
        if entry.since and entry.until and entry.since > entry.until:
            raise ValueError(f"{name} 第 {number} 行的 since 晚于 until，请改正后重试")
    return found


def _level(text: str, place: str) -> str:
    """The level; a word that is none would let the county's own report be added to those of its townships."""
    if text.lower() not in _LEVELS:
        raise ValueError(f"{place}的 level“{text[:_QUOTED]}”应是 {'、'.join(_LEVELS)} 之一，请改正后重试")
    return text.lower()


def _code(text: str, place: str) -> str:
    if _ROUNDED.fullmatch(text):
        raise ValueError(f"{place}的代码“{text}”被 Excel 改成了科学计数，请把这一栏设为文本，重新填写")
    return text


def _require_once(keys: Sequence[str], shown: Sequence[str], name: str) -> None:
    first: dict[str, int] = {}
    for number, key in enumerate(keys, start=2):
        if key in first:
            said = shown[number - 2]
            raise ValueError(f"{name} 第 {number} 行与第 {first[key]} 行说的都是“{said}”，请只留一行")
        first[key] = number


def rulings(text: str, name: str = "manifest.csv") -> tuple[Ruling, ...]:
    """The manifest from its CSV text; ValueError with a sentence naming the row when a field is missing."""
    rows = table(text, ("filing",), name, ("government", "county", "year", "published", "note"))
    paths = [_path(row) for row in rows]
    _require_once(paths, paths, name)
    return tuple(
        Ruling(
            filing=_path(row),
            government=row.get("government", ""),
            county=row.get("county", ""),
            year=_year(row.get("year", ""), name),
            published=_published(row, f"{name} 第 {number} 行"),
            note=row.get("note", ""),
        )
        for number, row in enumerate(rows, start=2)
    )


def _path(row: dict[str, str]) -> str:
    return row["filing"].replace("\\", "/")


def _published(row: dict[str, str], place: str) -> str:
    return _date(row["published"], place).isoformat() if row.get("published") else ""


def deadlines(text: str, name: str = "deadlines.csv") -> tuple[Deadline, ...]:
    """The dates set from their CSV text; ValueError with a sentence naming the row that is wrong."""
    rows = table(text, ("year", "date"), name, ("county",))
    found = [_deadline(row, f"{name} 第 {number} 行") for number, row in enumerate(rows, start=2)]
    named = [(deadline.county, deadline.year) for deadline in found]
    twice = next((key for at, key in enumerate(named) if key in named[:at]), None)
    if twice:
        raise ValueError(f"{name} 给 {twice[0] or '所有县'} {twice[1]} 年规定了两个日期，请只留一个")
    return tuple(found)


def _deadline(row: dict[str, str], place: str) -> Deadline:
    year, due = _year(row["year"], place), _date(row["date"], place)
    if year is None or due.year <= year:
        raise ValueError(
            f"{place}：{row['year']} 年的年报要到下一年才能报送，规定日期 {due} 早了，请改正后重试"
        )
    return Deadline(row.get("county", ""), year, due)
