"""The numbers of a filing's prose that allow more than one reading: and why none was taken."""

from collections.abc import Sequence

import streamlit as st

from dashboard import db
from dashboard.components import count, table_of_parts
from dashboard.parts import Part
from dashboard.text import language, t
from etl import doubts


def show(filing: db.Row, unclear: Sequence[db.Row]) -> None:
    """The numbers with the reason; a click leads to the sentence and to the form that settles it."""
    if not unclear:
        return
    st.text(t("filing.doubts"))
    heads = [t("shared.metric"), t("filing.printed"), t("filing.why"), t("shared.sentence")]
    rows = [
        (
            row[f"label_{language()}"] + (f"（{row['category']}）" if row["category"] else ""),
            ("≈" if row["approximate"] else "") + count(row["printed"]) + row["unit"],
            doubts.words()[row["kind"]][language()],
            row["sentence"],
        )
        for row in unclear
    ]
    where = [
        Part("", 0, "", None, "stated", filing["sha256"], f"doubt.{row['ordinal']}", filing["path"])
        for row in unclear
    ]
    table_of_parts("filing-doubts", heads, rows, where)
