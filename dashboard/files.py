"""What a page hands out as files: the name of each, and its bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard import apart
from dashboard.selection import Selection
from dashboard.text import t
from etl import documents, export
from etl.determined import BY_PERSON
from etl.paper.native_chart import Chart

_SHOWN = re.compile(rf"(≈?)([+−-]?\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?){BY_PERSON}?")

MIME = {
    ".csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "quet": "application/vnd.apache.parquet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be taken away: its name, its headings, its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]


def csv(sheet: Sheet) -> bytes:
    """The sheet as CSV that Chinese Excel opens by a double click."""
    return export.to_csv(sheet.heads, sheet.rows)


def parquet(sheet: Sheet, title: str) -> bytes:
    """The sheet for programs: a column of numbers alone is numbers, any other keeps its words. `title` is told within."""
    columns = [_typed(column) for column in zip(*sheet.rows, strict=True)]
    return apart.written(documents.parquet, sheet.heads, list(zip(*columns, strict=True)), title)


def _typed(column: Sequence[Any]) -> list[Any]:
    numbers = [_number(value) for value in column]
    if all(value is None or isinstance(value, (int, float, Decimal)) for value in numbers):
        return numbers
    return [None if value is None else str(value) for value in column]


def workbook(sheets: Sequence[Sheet], charts: Sequence[Chart] = (), title: str = "") -> bytes:
    """The sheets as one Excel workbook, each chart beside its cells; numbers that a table shows as text are numbers.

    `title` stands above every sheet when it is printed.
    """
    tables = [
        (sheet.name, sheet.heads, [[_number(value) for value in row] for row in sheet.rows])
        for sheet in sheets
    ]
    drawn = [(f"{t('shared.chart')}{number}", chart) for number, chart in enumerate(charts, 1)]
    return apart.written(documents.workbook, tables, drawn, title)


def _number(value: Any) -> Any:
    """A table holds its numbers as text, for what stands beside them are words: blank, missing, about."""
    found = _SHOWN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    number = float(found[2].replace(",", "").replace("−", "-").lstrip("+"))
    whole = int(number) if number == int(number) else number
    return export.About(whole) if found[1] else whole


def name_of(chosen: Selection, title: str) -> str:
    """A file name that says what is in it."""
    return name_of_all([chosen.county, title, chosen.span.replace("–", "-")], chosen.sample)


def name_of_all(said: Sequence[str], sample: bool) -> str:
    """The name of a file that holds what is `said`, whatever is selected: the invented county is told apart here too."""
    parts = [*said, t("shared.sample_file")] if sample else said
    return re.sub(r'[\\/:*?"<>|\s]+', "_", "-".join(part for part in parts if part))
