"""What people keep in small files: who owes a report, until when, and whose a filing is that does not say so."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO


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


def table(text: str, required: tuple[str, ...], name: str) -> list[dict[str, str]]:
    """The rows of a CSV file a person keeps, by column; ValueError where one of `required` is empty."""
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    for number, row in enumerate(rows, start=2):
        missing = [column for column in required if not (row.get(column) or "").strip()]
        if missing:
            raise ValueError(f"{name} 第 {number} 行缺少 {'、'.join(missing)}，请补上后重试")
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows]


def _year(text: str, name: str) -> int | None:
    if text and not text.isdecimal():
        raise ValueError(f"{name} 中的年份“{text}”不是四位数字，请改正后重试")
    return int(text) if text else None


def governments(text: str, name: str = "governments.csv") -> tuple[Government, ...]:
    """The register from its CSV text; ValueError with a sentence naming the row when a field is missing."""
    rows = table(text, ("county", "name", "level"), name)
    _require_once([row["county"] + row["name"] for row in rows], name)
    return tuple(
        Government(
            county=row["county"],
            name=row["name"],
            level=row["level"],
            code=row.get("code", ""),
            parent=row.get("parent", ""),
            former_names=tuple(part for part in row.get("former_names", "").split("、") if part),
            since=_year(row.get("since", ""), name),
            until=_year(row.get("until", ""), name),
        )
        for row in rows
    )


def _require_once(named: list[str], name: str) -> None:
    first: dict[str, int] = {}
    for number, key in enumerate(named, start=2):
        if key in first:
            raise ValueError(f"{name} 第 {number} 行与第 {first[key]} 行说的都是“{key}”，请只留一行")
        first[key] = number


def rulings(text: str, name: str = "manifest.csv") -> tuple[Ruling, ...]:
    """The manifest from its CSV text; ValueError with a sentence naming the row when a field is missing."""
    rows = table(text, ("filing",), name)
    _require_once([row["filing"] for row in rows], name)
    return tuple(
        Ruling(
            filing=row["filing"].replace("\\", "/"),
            government=row.get("government", ""),
            county=row.get("county", ""),
            year=_year(row.get("year", ""), name),
            published=row.get("published", ""),
            note=row.get("note", ""),
        )
        for row in rows
    )


def deadlines(text: str, name: str = "deadlines.csv") -> tuple[Deadline, ...]:
    """The dates set from their CSV text; ValueError with a sentence naming the row that is wrong."""
    rows = table(text, ("year", "date"), name)
    found = [_deadline(row, f"{name} 第 {number} 行") for number, row in enumerate(rows, start=2)]
    named = [(deadline.county, deadline.year) for deadline in found]
    twice = next((key for at, key in enumerate(named) if key in named[:at]), None)
    if twice:
        raise ValueError(f"{name} 给 {twice[0] or '所有县'} {twice[1]} 年规定了两个日期，请只留一个")
    return tuple(found)


def _deadline(row: dict[str, str], place: str) -> Deadline:
    year = _year(row["year"], place)
    try:
        # Excel writes 2025/1/31 when it saves what a person has typed as 2025-01-31.
        due = date(*map(int, row["date"].replace("/", "-").split("-")))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}：日期“{row['date']}”应写成 2025-01-31 的样子，请改正后重试") from error
    if year is None or due.year <= year:
        raise ValueError(
            f"{place}：{row['year']} 年的年报要到下一年才能报送，规定日期 {due} 早了，请改正后重试"
        )
    return Deadline(row.get("county", ""), year, due)
