"""What a page hands out as files: the name of each, and its bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.selection import Selection
from etl import export

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


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one Excel workbook."""
    return export.to_workbook([(sheet.name, sheet.heads, sheet.rows) for sheet in sheets])


def name_of(chosen: Selection, title: str, sample: str) -> str:
    """A file name that says what is in it: the invented county is told apart here too."""
    years = f"{chosen.first}-{chosen.last}" if chosen.first < chosen.last else str(chosen.last)
    parts = [chosen.county, title, years] + ([sample] if chosen.sample else [])
    return re.sub(r'[\\/:*?"<>|\s]+', "_", "-".join(part for part in parts if part))
