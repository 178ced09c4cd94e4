"""The door to Word, Excel and Parquet: what writes them is imported when a document is asked for, not before.

Together it takes as much memory as all that the dashboard's server holds of its own.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from etl.export import Rows

if TYPE_CHECKING:
    from etl.paper.native_chart import Chart
    from etl.paper.one_page import Page
    from etl.paper.style import Letter
    from etl.returns.roll_up import RollUp


def letter(subject: str) -> "Letter":
    """A new letter in Word, to be written part by part."""
    from etl.paper.style import Letter

    return Letter(subject)


def one_page(page: "Page") -> bytes:
    """A page of the dashboard on one sheet, in Word."""
    from etl.paper import one_page_word

    return one_page_word.word(page)


def workbook(
    sheets: Iterable[tuple[str, Sequence[str], Rows]],
    charts: Iterable[tuple[str, "Chart"]] = (),
    title: str = "",
) -> bytes:
    """Tables in Excel, with charts; see table_book."""
    from etl.paper import table_book

    return table_book.workbook(sheets, charts, title)


def parquet(heads: Sequence[str], rows: Rows, title: str = "") -> bytes:
    """A table in Parquet; see parquet."""
    from etl import parquet

    return parquet.written(heads, rows, title)


def county_tables(rolled: "RollUp", sample: bool) -> bytes:
    """The county's tables in Excel, in the statutory layout."""
    from etl.returns.workbook import workbook

    return workbook(rolled, sample)


def form(county: str = "", government: str = "", year: int | None = None) -> bytes:
    """The form to fill in, in Excel."""
    from etl import workbook_form

    return workbook_form.blank(county, government, year)
