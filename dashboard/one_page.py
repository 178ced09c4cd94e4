"""一页简报: what a page shows as a Word document of a page, gathered while the page is drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from dashboard import apart, charts, files, provenance
from dashboard.selection import Selection
from dashboard.text import t
from etl import documents
from etl.determined import BY_PERSON
from etl.paper import native_chart
from etl.paper.native_chart import Chart
from etl.paper.one_page import Headline, Page, Part

_KEY = "one_page"
# LibreOffice draws so many charts of a document at their own size, the others as pictures nobody can read.
_CHARTS = 20


@dataclass(slots=True)
class _Entry:
    title: str
    sentence: str
    figure: charts.Figure | None = None
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()


@dataclass(slots=True)
class _Gathered:
    title: str
    scope: str
    slot: Any
    headlines: list[Headline] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)


def begin(title: str, scope: str) -> None:
    """Start a page: what it is called, what it asks and of whom; its button will stand here."""
    st.session_state[_KEY] = _Gathered(title, scope, st.empty())


def about(name: str) -> None:
    """Say of whom the page is, where it is of one alone."""
    if gathered := _gathered():
        gathered.title = f"{gathered.title} · {name}"


def card(title: str, sentence: str) -> None:
    """Keep a part of the page and its plain words."""
    if gathered := _gathered():
        gathered.entries.append(_Entry(title, sentence))


def figure(drawn: charts.Figure) -> None:
    """Keep the chart of the part that was kept last."""
    if gathered := _gathered():
        gathered.entries[-1].figure = drawn


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Keep a table of the part that was kept last, for want of a chart that paper can show; of several the first."""
    gathered = _gathered()
    if gathered and gathered.entries and not gathered.entries[-1].rows:
        gathered.entries[-1].heads, gathered.entries[-1].rows = heads, rows


def headline(name: str, shown: str, remark: str) -> None:
    """Keep a figure of the page's first row."""
    if gathered := _gathered():
        gathered.headlines.append(Headline(name, shown, remark))


def offer(chosen: Selection) -> None:
    """Put the button where the page has begun; a page without charts and tables has none."""
    gathered: _Gathered | None = st.session_state.pop(_KEY, None)
    if gathered is None or not any(entry.figure or entry.rows for entry in gathered.entries):
        return
    name = files.name_of(chosen, f"{gathered.title}-{t('one_page.name')}")
    if chosen.governments:
        gathered.scope += f"\n{provenance.selected(chosen)}"
    said = [t("one_page.by_person")] if any(map(_settled, gathered.entries)) else []
    footer = "\n".join([t("one_page.footer"), *said, *provenance.origin(chosen)])
    gathered.slot.download_button(
        t("one_page.button"),
        _maker(gathered, footer),
        f"{name}.docx",
        files.MIME["docx"],
        key="one-page",
        on_click="ignore",
        help=t("one_page.help"),
    )


def _settled(entry: _Entry) -> bool:
    """Whether a number of its table was read by a person."""
    return any(str(value).endswith(BY_PERSON) for row in entry.rows for value in row)


def _maker(gathered: _Gathered, footer: str) -> Callable[[], bytes]:
    named, more = words(), t("one_page.more", n="{n}")

    def make() -> bytes:
        parts = tuple(_parts(gathered.entries, named, more))
        page = Page(gathered.title, gathered.scope, tuple(gathered.headlines), parts, footer)
        return apart.written(documents.one_page, page)

    return make


def words() -> charts.Words:
    """The words of charts that Word and Excel draw, in the language of the screen."""
    return charts.Words(t("shared.total"), t("one_page.sources"), t("one_page.results"))


def _parts(entries: Sequence[_Entry], named: charts.Words, more: str) -> Iterator[Part]:
    """The parts in order; one whose small charts would be too many for the document is a table."""
    left = _CHARTS
    for entry in entries:
        part = _part(entry, named, more, left)
        left -= _drawn(part.chart)
        yield part


def _drawn(chart: Chart | None) -> int:
    """How many charts Word draws for it."""
    return len(native_chart.parts(chart)) if chart else 0


def _part(entry: _Entry, named: charts.Words, more: str, left: int) -> Part:
    """The part with its chart, else its grid, else its table; `left` charts may still be drawn."""
    bare = Part(entry.title, entry.sentence)
    drawn = charts.native(entry.figure, "", named) if entry.figure else None
    drawn = drawn if _drawn(drawn) <= left else None
    squares = charts.squares(entry.figure) if entry.figure else None
    if drawn or squares:
        return replace(bare, chart=drawn, squares=squares)
    rows = tuple(tuple("" if value is None else str(value) for value in row) for row in entry.rows)
    return replace(bare, heads=tuple(map(str, entry.heads)), rows=rows, more=more)


def _gathered() -> _Gathered | None:
    """What the page has shown so far; None where a part of it is drawn again by itself."""
    found: _Gathered | None = st.session_state.get(_KEY)
    return found
