"""The filing as read, on the screen: paragraphs, tables with their merged cells, what was understood marked in place.

The text of a filing is put into the page as text by paper.js, never as markup.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.db import Row

_STATIC = Path(__file__).parent / "static"
_show = st.components.v2.component(
    "paper",
    html='<div class="paper" tabindex="0"></div>',
    css=(_STATIC / "paper.css").read_text(encoding="utf-8"),
    js=(_STATIC / "paper.js").read_text(encoding="utf-8"),
)

Marks = dict[str, list[Any]]


def show(body: Row, marks: Marks, cell: str) -> None:
    """Draw the document with its marks, scrolled to `cell` ("schedule.line.column", "metric.KEY" or "finding.ORDINAL")."""
    _show(key="paper", data={"blocks": body["blocks"], "marks": marks, "focus": cell, "leads_on": False})


def show_table(
    key: str, cells: Sequence[Sequence[Any]], marks: Marks, cell: str, follow: Callable[[str], None]
) -> None:
    """Draw a table ([text, row, column, rows, columns] a cell) at its full height; a click on a marked cell calls `follow` with its name."""
    data = {"blocks": [{"kind": "table", "cells": cells}], "marks": marks, "focus": cell, "leads_on": True}
    _show(key=key, data=data, on_picked_change=lambda: follow(st.session_state[key].picked))


def marks(body: Row, metrics: Sequence[Row], findings: Sequence[Row]) -> Marks:
    """What is marked: cells as [block, row, column, name, kind], sentences as [block, start, end, name]."""
    faulty = {(row["schedule"], row["line"], row["column"]) for row in findings}
    cells = [
        [
            block,
            row,
            column,
            f"{schedule}.{line}.{head}",
            "finding" if (schedule, line, head) in faulty else "fact",
        ]
        for schedule, line, head, block, row, column in body["places"]
    ]
    named = [(f"metric.{row['metric']}", row["sentence"]) for row in metrics]
    named += [(f"finding.{row['ordinal']}", row["quote"]) for row in findings if row["quote"]]
    return {"cells": cells, "sentences": _sentences(body["blocks"], named)}


def _sentences(blocks: Sequence[Row], named: Sequence[tuple[str, str]]) -> list[list[Any]]:
    """Where each named sentence stands in the paragraphs; one that crosses paragraphs is not marked."""
    found: list[list[Any]] = []
    for name, sentence in named:
        for at, block in enumerate(blocks):
            start = block["text"].find(sentence) if block["kind"] == "paragraph" else -1
            if start >= 0:
                found.append([at, start, start + len(sentence), name])
                break
    return found
