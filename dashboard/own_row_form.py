"""Where the county office's own row is entered by hand: its three tables to fill in, with a name below them."""

from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa
import streamlit as st

from dashboard import access, columns, components, labels
from dashboard.selection import Selection
from dashboard.text import t
from etl import own_row
from etl.forms import PROACTIVE, Schedule
from etl.returns.unit import Cell, schedules
from etl.returns.whole import CountyReturn


def show(chosen: Selection, made: CountyReturn) -> None:
    """The row as it stands, and the form to enter another."""
    row = own_row.of(chosen.county, chosen.last)
    if row is None:
        said = t("county_return.own_none")
    else:
        key = "own_counted" if made.by_hand else "own_filed"
        said = t(f"county_return.{key}", unit=row.unit, who=row.who, at=row.at.replace("T", " "))
    with components.card(t("county_return.own", year=chosen.last), said):
        if not access.may("decide"):
            return
        below = st.expander(t("county_return.own_enter"), key="own.enter", on_change="rerun")
        if below.open:
            with below:
                _form(chosen, row)
        _told(chosen, row)


def _form(chosen: Selection, row: own_row.Row | None) -> None:
    unit = st.text_input(
        t("county_return.own_unit"),
        row.unit if row else t("findings.office_of", county=chosen.county),
        key="own.unit",
    )
    figures = dict(row.figures) if row else {}
    entered: dict[Cell, Decimal] = {}
    for schedule, tab in zip(
        schedules(), st.tabs([t(f"schedule.{own.key}") for own in schedules()]), strict=True
    ):
        with tab:
            entered |= _entered(schedule, figures, f"{chosen.county}.{chosen.last}")
    who = access.ask_person()
    with st.container(horizontal=True):
        if st.button(t("county_return.own_keep"), key="own.keep", type="primary"):
            _keep(chosen, unit, entered, who)
        if row and st.button(t("county_return.own_take_back"), key="own.back"):
            _keep(chosen, unit, {}, who)


def _entered(schedule: Schedule, figures: Mapping[Cell, Decimal], name: str) -> dict[Cell, Decimal]:
    """The figures of one table as they stand in its grid; what is left empty is blank, not zero."""
    flat = schedule.key == PROACTIVE
    lines, cells = _lines(schedule) if flat else _grid(schedule)
    head, number = t("shared.line"), st.column_config.NumberColumn(min_value=0, step=None if flat else 1)
    known = [[_float(figures.get(cell)) for cell in column] for column in cells.values()]
    edited = st.data_editor(
        pa.Table.from_arrays(
            [columns.texts(lines), *(columns.numbers(column, decimals=True) for column in known)],
            names=[head, *cells],
        ),
        column_config={head: st.column_config.TextColumn(pinned=True)} | dict.fromkeys(cells, number),
        disabled=[head],
        hide_index=True,
        key=f"own.{schedule.key}.{name}",
        height="content",
        placeholder="",
    )
    return {
        cell: Decimal(str(value)).normalize()
        for column in cells
        for cell, value in zip(cells[column], edited[column].to_pylist(), strict=True)
        if value is not None
    }


def _lines(schedule: Schedule) -> tuple[list[str], dict[str, list[Cell]]]:
    """Table 2, whose lines have columns of their own: a row a cell."""
    cells = [(schedule.key, *cell) for cell in schedule.cells()]
    return [labels.cell(*cell) for cell in cells], {t("shared.value"): cells}


def _grid(schedule: Schedule) -> tuple[list[str], dict[str, list[Cell]]]:
    (block,) = schedule.blocks
    lines = [leaf.key for leaf in block.leaves()]
    columns = {
        labels.column(schedule.key, column.key): [(schedule.key, line, column.key) for line in lines]
        for column in block.columns
    }
    return [labels.line(schedule.key, line) for line in lines], columns


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _keep(chosen: Selection, unit: str, figures: Mapping[Cell, Decimal], who: str) -> None:
    """Keep the row and draw the page anew; what stands in the way is said instead."""
    try:
        own_row.record(chosen.county, chosen.last, unit, figures, who)
    except ValueError as error:
        wrong = str(error)
        key = wrong if wrong in ("unit", "who") else "figure"
        place = labels.cell(*wrong.split(".")) if key == "figure" else ""
        st.error(t(f"county_return.own_no_{key}", place=place))
        return
    st.session_state["name"] = who
    about = _about(chosen, own_row.of(chosen.county, chosen.last))
    st.session_state["own.told"] = about, t(f"county_return.own_{'kept' if figures else 'gone'}")
    st.rerun()


def _told(chosen: Selection, row: own_row.Row | None) -> None:
    """What became of the row, for as long as it is the one that this visitor has left: the page is drawn again and again."""
    about, said = st.session_state.get("own.told", (None, ""))
    if about == _about(chosen, row):
        st.success(said)


def _about(chosen: Selection, row: own_row.Row | None) -> tuple[str, int, str]:
    return chosen.county, chosen.last, row.at if row else ""
