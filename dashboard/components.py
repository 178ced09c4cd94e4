"""Widgets that several pages share: a page's head, a chart with its words, table, files and way to the filing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dashboard import (
    charts,
    drawing,
    files,
    grids,
    handing,
    measures,
    one_page,
    parts,
    provenance,
    room,
    selection,
    standing,
)
from dashboard.parts import Part
from dashboard.room import Place
from dashboard.text import t
from etl.determined import BY_PERSON

FILING_PAGE = "pages/filing.py"
# The width of a large dialog on an office screen, in pixels.
_DIALOG = 1155

Origins = Sequence[Sequence[Sequence[Part]]]
# Of a table that only feeds files, since the one on the screen leads on, or whose cells stand in no filing.
NOWHERE: Origins = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What a chart shows as a table: heads and rows; `long` makes its tidy form (heads, rows) when asked for.

    `origins` has the parts behind each cell, to which a click leads, or is NOWHERE.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    origins: Origins
    long: Callable[[], files.Sheet] | None = None


def head(page: str, beside: Callable[[selection.Selection], None] | None = None) -> selection.Selection:
    """The page's title, what is drawn `beside` it, its question and what is selected; returns the selection."""
    chosen = selection.current()
    governments = len(chosen.governments) or chosen.owing
    scope = t("shared.scope", county=chosen.county, years=chosen.span, governments=governments)
    asked = f"{t(f'{page}.question')}　{provenance.sample_mark(chosen)}{scope}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(t(f"{page}.title"), anchor=False, width="stretch")
        if beside:
            beside(chosen)
        one_page.begin(t(f"{page}.title"), asked)
    st.text(asked)
    return chosen


def plain_table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table that leads nowhere: text of filings is shown as text, never as markup."""
    one_page.table(heads, rows)
    grids.draw(heads, rows)


def table_with_files(key: str, title: str, table: Callable[[], Table]) -> None:
    """A table that no chart shows, folded up and made when it is opened, with its files."""
    _table(key, title, table)


def style() -> charts.Style:
    """The chart colours for the appearance the reader has chosen, and the room within a card of the place drawn in."""
    colours = charts.DARK if st.context.theme.type == "dark" else charts.LIGHT
    return replace(colours, room=room.current() - room.FRAME)


def section(
    key: str,
    title: str,
    sentence: str,
    figure: charts.Figure | None,
    table: Table,
    parts: Sequence[Part] = (),
    wide: bool = False,
    fill: bool = True,
) -> None:
    """A chart under its plain words, with its table and files below; a click on it leads to the filing.

    Without a figure only the words are shown: there is nothing to draw. Of the zeros of a single year there is no more
    to see than the words say: the table below has them. One that is `wide` is not squeezed on paper.
    """
    with card(title, sentence, fill):
        if figure is not None:
            one_page.table(table.heads, table.rows)
            if len(selection.current().years) == 1 and not charts.rises(figure):
                figure = None
            else:
                one_page.figure(figure)
                drawing.draw(key, title, sentence, figure, bool(parts), wide)
            _table(key, title, lambda: table, figure)
    open_origins(key, parts)


def card(title: str, sentence: str, fill: bool = True) -> Place:
    """A bordered part of the page under its title and its plain words.

    Cards side by side end at the same height, but for those that do not `fill` it: several above each other would
    each have a part of what is left, empty.
    """
    one_page.card(title, sentence)
    box = st.container(border=True, height="stretch" if fill else "content", gap="xsmall")
    box.header(title, anchor=False)
    box.text(sentence)
    return room.framed(box)


def table_of_parts(
    key: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    parts: Sequence[Part],
) -> None:
    """A table whose rows are `parts`, in order; a click on a cell opens the filing there, if the part has one."""
    table_of_cells(key, heads, rows, row_by_row(parts, heads))


def row_by_row(found: Sequence[Part], heads: Sequence[str]) -> Origins:
    """The origins of a table each of whose rows is a part; one without a filing leads nowhere."""
    return [[[part] if part.sha256 else []] * len(heads) for part in found]


def table_of_cells(
    key: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    origins: Origins,
) -> None:
    """A table; `origins` has the parts behind each cell. A click opens the filing, or the list of those added up."""
    one_page.table(heads, rows)
    _leading_on(f"{key}.parts", heads, rows, origins, 15)


def _leading_on(
    key: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    origins: Origins,
    most: int,
) -> None:
    name = drawing.name_of(key)

    def follow() -> None:
        cells = st.session_state[name].selection.cells
        if cells:
            row, column = cells[0]
            st.session_state["follow"] = list(origins[row][list(heads).index(column)])

    with grids.leading_on(name, follow):
        grids.draw(heads, rows, most, key=name, on_select="rerun", selection_mode="single-cell")
    by_person = any(part.read_by for row in origins for few in row for part in few)
    st.caption(t("shared.click_row") + (t("shared.by_person") if by_person else ""))


def count(value: float | None) -> str:
    """A number as people read it: thousands set apart, no decimals that are not there; a dash for none."""
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")


def shown(part: Part | None, due: bool = True) -> str:
    """A printed number as the tables show it: what is not a number says what it is instead.

    Without a part there is no report, which is missing only where one was `due`.
    """
    if part is None:
        return t("state.missing" if due else "status.not_due")
    if part.value is None:
        return t(f"state.{part.state}")
    about = "≈" if part.approximate or part.kindred else ""
    return about + count(part.value) + (BY_PERSON if part.read_by else "")


def placed(part: Part | None, peers: Sequence[Part]) -> str:
    """The place of a part among its peers with what it is counted from; a place that several share says so."""
    found = standing.place(part, peers) if part else None
    if found is None:
        return "—"
    said = t("compare.place_of", rank=found.rank, of=found.of)
    return said + (t("compare.tied", n=found.tied + 1) if found.tied else "")


def sums(
    found: Sequence[Part], keys: Sequence[str], years: Sequence[int], name: Callable[[str], str]
) -> list[charts.Series]:
    """A series a key: the sum over the governments, year by year."""
    source = t("shared.sum_of", n="{n}")
    return [charts.Series(key, name(key), parts.sums_by_year(found, key, years, source)) for key in keys]


def long_of(
    chosen: selection.Selection, schedule: str, lines: Sequence[str], columns: Sequence[str]
) -> Callable[[], files.Sheet]:
    """A maker of the long form of a schedule's cells, for the files below a chart."""
    return lambda: measures.long_cells(chosen, schedule, lines, columns)


def compared(now: float, before: float | None) -> str:
    """How a number stands to last year's, in words; nothing when there is none."""
    if before is None:
        return ""
    if now == before:
        return t("shared.same", before=count(before))
    return t(
        "shared.more" if now > before else "shared.less", n=count(abs(now - before)), before=count(before)
    )


def follow_links() -> None:
    """Go to the filing that a click has asked for, or list those it was added from; the frame calls it before the page runs."""
    asked: Sequence[Part] = st.session_state.pop("follow", ())
    lead_to(asked)


def lead_to(found: Sequence[Part]) -> None:
    """Straight to the filing of one number, a list of them for a sum."""
    if len(found) == 1:
        open_filing(found[0].sha256, found[0].cell)
    elif found:
        _origins(found)


def open_filing(sha256: str, cell: str = "") -> None:
    """Go to the page of a filing, at a cell or metric."""
    asked = {"filing": sha256[:12]} | ({"cell": cell} if cell else {})
    st.switch_page(_page(), query_params=asked)


def opened() -> tuple[str, str]:
    """The filing (the beginning of its SHA-256) and the cell that the address asks for; empty when it asks for none."""
    asked, cell = st.query_params.get("filing", ""), st.query_params.get("cell", "")
    return (asked if asked.isalnum() else ""), cell


def _page() -> Any:
    return st.session_state["pages"][FILING_PAGE]


def _table(key: str, title: str, made: Callable[[], Table], figure: charts.Figure | None = None) -> None:
    below = st.expander(t("shared.table"), key=f"{key}.table", on_change="rerun")
    if not below.open:
        return
    table = made()
    with room.framed(below):
        if table.origins:
            _leading_on(f"{key}.data", table.heads, table.rows, table.origins, 10)
        else:
            grids.draw(table.heads, table.rows, key=f"{key}.data")
        downloads(key, title, table, figure)


def downloads(key: str, title: str, table: Table, figure: charts.Figure | None = None) -> None:
    """The files of a table: as shown, one a row, as a workbook with the chart, and for programs."""
    wide = files.Sheet(title, table.heads, table.rows)
    handing.hand_out(key, title, wide, table.long, figure)


def open_origins(key: str, parts: Sequence[Part]) -> None:
    """After a click on a chart: to the filing behind the point, or to the list of them."""
    origin = st.session_state.pop(f"{key}.origin", None)
    if origin is None:
        return
    government, year, line, *_ = origin
    found = [
        part
        for part in parts
        if (not government or part.government == government)
        and (not year or part.year == year)
        and (not line or part.key == line)
    ]
    lead_to(found)


def _origins(found: Sequence[Part]) -> None:
    @st.dialog(t("shared.origins"), width="large")
    def show() -> None:
        # A click in a dialog runs the dialog alone, not the frame that follows links.
        follow_links()
        st.text(t("shared.origins_of", n=len(found)))
        heads = [t("shared.government"), t("shared.year"), t("shared.value"), t("shared.source")]
        rows = [(part.government, part.year, shown(part), part.path) for part in found]
        with Place(st.container(), _DIALOG):
            table_of_parts("origins", heads, rows, found)

    show()
