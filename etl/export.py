"""Tables as files that people open: what may stand in a cell, and CSV for Chinese Excel."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import TextIO


@dataclass(frozen=True, slots=True)
class About:
    """A number that its source hedges: in a workbook a number all the same, shown with the sign for it."""

    value: int | float

    def __str__(self) -> str:
        return f"≈{self.value}"


Value = About | str | int | float | bool | Decimal | date | datetime | None
Rows = Sequence[Sequence[Value]]

_FORMULA = re.compile(r"[\s\u3000]*[=+\-@\t\r＝＋－﹣＠]")


def safe(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are left alone."""
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as Chinese Excel opens it by a double click."""
    text = StringIO()
    write_csv(text, heads, rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def write_csv(file: TextIO, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """The heads and rows, safe to open in a spreadsheet, line by line into a text file."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([safe(head) for head in heads])
    writer.writerows([_plain(safe(value)) for value in row] for row in rows)


def _plain(value: Value) -> Value:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else value
