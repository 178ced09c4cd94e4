"""Tables as files that people open: CSV for Chinese Excel, workbooks with real numbers, Parquet for programs."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from etl import store

Value = str | int | float | bool | Decimal | date | datetime | None
Rows = Sequence[Sequence[Value]]

_FORMULA = re.compile(r"[\s\u3000]*[=+\-@\t\r＝＋－﹣＠]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_TABLES = ("documents",)
_WIDEST = 60


def safe(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are left alone."""
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as Chinese Excel opens it by a double click."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(head) for head in heads])
    writer.writerows([_plain(safe(value)) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(value: Value) -> Value:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else value


def to_workbook(sheets: Iterable[tuple[str, Sequence[str], Rows]]) -> bytes:
    """An Excel workbook of (name, heads, rows): numbers as numbers, headings frozen, a filter on every column."""
    book = Workbook(write_only=True)
    for name, heads, rows in sheets:
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
        for number, head in enumerate(heads, 1):
            widest = max([_width(head), *(_width(row[number - 1]) for row in rows[:200])])
            sheet.column_dimensions[get_column_letter(number)].width = min(widest + 3, _WIDEST)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(heads), 1))}{len(rows) + 1}"
        sheet.append([_head(sheet, head) for head in heads])
        for row in rows:
            sheet.append([_number(value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EEF4")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _number(value: Value) -> Value:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return _CONTROLS.sub("", value) if isinstance(value := safe(value), str) else value


def _width(value: Value) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in str("" if value is None else value))


def to_parquet(heads: Sequence[str], rows: Rows) -> bytes:
    """A Parquet file with the heads as column names; types follow the values."""
    columns = list(zip(*rows, strict=True)) or [()] * len(heads)
    file = BytesIO()
    pq.write_table(pa.table(dict(zip(heads, map(pa.array, columns), strict=True))), file, compression="zstd")
    return file.getvalue()


def write_all(build: Path, form: str, folder: Path) -> Iterator[Path]:
    """Write every table of a build, and the long table of all facts, below `folder`; yields what was written."""
    with store.attach(build) as base:
        sheets = []
        for table in [*store.table_names(base), "facts"]:
            if table in _NOT_TABLES:
                continue
            found = base.execute(f"select * from {table}")
            heads, rows = [column[0] for column in found.description or []], found.fetchall()
            if form == "xlsx":
                sheets.append((table, heads, rows))
                continue
            path = folder / f"{table}.{form}"
            path.write_bytes(to_csv(heads, rows) if form == "csv" else to_parquet(heads, rows))
            yield path
    if sheets:
        path = folder / "oversight.xlsx"
        path.write_bytes(to_workbook(sheets))
        yield path
