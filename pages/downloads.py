"""Take the data away: the whole database by table, with the data dictionary."""

from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import apart, components, db, files, handing, room
from dashboard.selection import Selection
from dashboard.text import language, t
from etl import documents, export

DICTIONARY = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"


def main() -> None:
    chosen = components.head("downloads")
    build = db.query("build")[0]
    st.text(t("downloads.build", at=build["built_at"], tables=len(db.tables(chosen.county))))
    whole(chosen.county, build["sample"])
    single(chosen.county, build["sample"])
    form(chosen)
    with st.container(border=True):
        st.header(t("downloads.dictionary"), anchor=False)
        st.text(t("downloads.dictionary_words"))
        st.download_button(
            t("downloads.dictionary_file"),
            DICTIONARY.read_bytes,
            "data-dictionary.md",
            "text/markdown",
            on_click="ignore",
        )


def whole(county: str, sample: bool) -> None:
    with st.container(border=True):
        st.header(t("downloads.whole"), anchor=False)
        st.text(t("downloads.whole_words"))
        name = f"{files.name_of_all([t('downloads.name')], sample)}.xlsx"
        handing.button(
            t("downloads.workbook"), lambda: workbook(county), name, "downloads.workbook", type="primary"
        )


def workbook(county: str) -> bytes:
    names = [row["name"] for row in db.tables(county) if row["name"] != "facts"]
    return files.workbook([files.Sheet(name, *db.table(name, county)) for name in names])


def form(chosen: Selection) -> None:
    """The workbook for whoever has only paper, or a correction: filled in, it is a filing like any other."""
    with st.container(border=True):
        st.header(t("downloads.form"), anchor=False)
        st.text(t("downloads.form_words"))
        make = partial(apart.written, documents.form, chosen.county, year=chosen.last)
        handing.button(t("downloads.form_file"), make, f"{t('downloads.form_name')}.xlsx", "form")


def single(county: str, sample: bool) -> None:
    with room.framed(st.container(border=True)):
        st.header(t("downloads.single"), anchor=False)
        rows = db.tables(county)
        names = [row["name"] for row in rows]
        heads = [t("downloads.table"), t("downloads.rows"), t("downloads.meaning")]
        components.plain_table(
            heads, [(row["name"], components.count(row["rows"]), meaning(row)) for row in rows]
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.selectbox(
                t("downloads.choose"),
                names,
                format_func=lambda one: f"{one} · {t(f'tables.{one}')}",
                width=420,
            )
            file = files.name_of_all([t(f"tables.{name}"), name], sample)
            table = partial(db.table, name, county)
            handing.button("CSV", lambda: export.to_csv(*table()), f"{file}.csv", "csv")
            handing.button(
                "Excel",
                lambda: apart.written(documents.workbook, [(name, *table())]),
                f"{file}.xlsx",
                "excel",
            )
            handing.button(
                "Parquet", lambda: apart.written(documents.parquet, *table()), f"{file}.parquet", "parquet"
            )


def meaning(row: db.Row) -> str:
    return t(f"tables.{row['name']}") if language() == "zh" or not row["comment"] else str(row["comment"])


main()
