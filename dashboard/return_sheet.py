"""The county's three tables on the page: one at a time in its statutory layout, and the units behind a cell of it."""

import streamlit as st

from dashboard import components, paper, room
from dashboard import return_tables as tables
from dashboard.components import NOWHERE, Table
from dashboard.text import language, t
from etl.forms import APPLICANTS, REQUESTS
from etl.returns.unit import Cell, schedules
from etl.returns.whole import CountyReturn
from etl.returns.words import number


def show(made: CountyReturn) -> None:
    """One table at a time in its statutory layout; a number leads to the units behind it, they to their filings."""
    keys = [schedule.key for schedule in schedules()]
    with components.card(t("county_return.tables"), t("county_return.tables_words")):
        with st.container(horizontal=True):
            key = st.segmented_control(
                t("county_return.table"),
                keys,
                default=keys[1],
                key="return_table",
                required=True,
                format_func=lambda name: t(f"schedule.{name}"),
                label_visibility="collapsed",
            )
            view = st.segmented_control(
                t("county_return.view"),
                tables.VIEWS,
                default=tables.VIEWS[0],
                key="return_view",
                required=True,
                format_func=lambda name: t(
                    f"county_return.{name}", year=made.rolled.year, before=made.before.year
                ),
                label_visibility="collapsed",
            )
        # Table 4 is fifteen columns wide: what is behind a cell stands below it. English words are the longer ones.
        shares = [7, 5] if language() == "zh" else [8, 4]
        left, right = room.columns(shares) if key != keys[-1] else (st.container(), st.container())
        with right:
            cell = _asked(made, str(key))
        with left:
            _drawn(made, str(key), str(view), cell)
        with right:
            _behind(made, cell)
        _everything(made)


def _everything(made: CountyReturn) -> None:
    """Every cell of the three tables, to take away."""
    components.table_with_files("return-sums", t("county_return.tables"), lambda: _table(made))


def _table(made: CountyReturn) -> Table:
    now, before = made.rolled.year, made.before.year
    heads = [
        t("county_return.table"),
        t("shared.line"),
        t("shared.column"),
        t("county_return.now", year=now),
        t("county_return.before", before=before),
        t("county_return.change", before=before),
        t("county_return.matter"),
    ]
    rows = [tables.entry(made, cell) for cell in made.rolled.sums]
    origins = [tables.behind_entry(made, cell) for cell in made.rolled.sums]
    return Table(heads, rows, origins)


def _asked(made: CountyReturn, schedule: str) -> Cell:
    """The cell whose units are asked for: chosen in the list, or clicked in the table."""
    own = [cell for cell in made.rolled.sums if cell[0] == schedule]
    name = f"return.cell.{schedule}"
    if name not in st.session_state:
        st.session_state[name] = tables.first_of_interest(made.rolled, schedule)
    return st.selectbox(t("county_return.cell"), own, key=name, format_func=tables.name)


def _drawn(made: CountyReturn, schedule: str, view: str, cell: Cell) -> None:
    def follow(name: str) -> None:
        st.session_state[f"return.cell.{schedule}"] = tuple(name.split("."))

    form = next(own for own in schedules() if own.key == schedule)
    cells, marks = tables.layout(made, form, view)
    paper.show_table(f"return.{schedule}", cells, marks, ".".join(cell), follow)
    st.caption(t("county_return.legend"))
    rolled = made.rolled
    if schedule == REQUESTS and rolled.undivided:
        total = number(rolled.otherwise[APPLICANTS[-1]].value)
        st.caption(t("county_return.undivided", year=rolled.year, total=total, n=number(rolled.undivided)))


def _behind(made: CountyReturn, cell: Cell) -> None:
    """The units behind a cell, with what each gave the year before."""
    now = made.rolled.sums[cell]
    value = number(now.value) or t("county_return.nobody")
    st.text(t("county_return.behind", value=value, n=len(now.parts), units=len(made.rolled.units)))
    rows, parts = tables.behind(made, cell)
    heads = [
        t("county_return.unit"),
        t("county_return.now", year=made.rolled.year),
        t("county_return.before", before=made.before.year),
        t("county_return.matter"),
        t("shared.source"),
    ]
    components.table_of_parts(f"return-behind-{'.'.join(cell)}", heads, rows, parts)
    components.downloads(f"return-behind-{'.'.join(cell)}", tables.name(cell), Table(heads, rows, NOWHERE))
