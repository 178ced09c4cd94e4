"""The filing as read, on the screen: paragraphs, tables with their merged cells, what was understood marked in place.

The text of a filing is put into the page as text by paper.js, never as markup.
"""

from collections.abc import Callable, Iterator, Sequence
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
    """Draw the document with its marks, scrolled to `cell`: "schedule.line.column", "metric.KEY", or
    "sentence.ORDINAL", "doubt.ORDINAL", "finding.ORDINAL".
    """
    _draw("paper", {"blocks": body["blocks"], "marks": marks, "focus": cell, "leads_on": False})


def show_table(
    key: str, cells: Sequence[Sequence[Any]], marks: Marks, cell: str, follow: Callable[[str], None]
) -> None:
    """Draw a table ([text, row, column, rows, columns] a cell) at its full height; a click on a marked cell calls `follow` with its name."""
    data = {"blocks": [{"kind": "table", "cells": cells}], "marks": marks, "focus": cell, "leads_on": True}
    _draw(key, data, on_picked_change=lambda: follow(st.session_state[key].picked))


def _draw(key: str, data: dict[str, Any], **heard: Any) -> None:
    # In a dictionary Streamlit would look for frames, and import pandas to tell one.
    _show(key=key, data=[data], **heard)


def marks(
    body: Row,
    metrics: Sequence[Row],
    findings: Sequence[Row],
    doubts: Sequence[Row] = (),
    facts: Sequence[Row] = (),
) -> Marks:
    """What is marked: cells as [block, row, column, name, kinds], sentences as [block, start, end, name]."""
    faulty = {(row["schedule"], row["line"], row["column"]) for row in findings}
    illegible = {
        (row["schedule"], row["line"], row["column"]) for row in facts if row["state"] == "illegible"
    }
    cells = []
    for schedule, line, head, block, row, column in body["places"]:
        cell = schedule, line, head
        kinds = ["finding"] * (cell in faulty) + ["illegible"] * (cell in illegible)
        cells.append([block, row, column, ".".join(cell), " ".join(kinds) or "fact"])
    blocks = body["blocks"]
    sentences: list[list[Any]] = []
    for name, row in _numbers(metrics, doubts):
        sentences += [[*where, name] for where in _placed(blocks, row, body["first"])]
    quoted = [(f"finding.{row['ordinal']}", row["quote"]) for row in findings if row["quote"]]
    for name, quote in quoted:
        sentences += [[*where, name] for where in _found(blocks, quote)]
    return {"cells": cells, "sentences": sentences}


def _numbers(metrics: Sequence[Row], doubts: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Each number of the prose with its names: one of its own, and that of its metric, under which the first is found."""
    for row in metrics:
        yield f"metric.{row['metric']}", row
        yield f"sentence.{row['ordinal']}", row
    for row in doubts:
        yield f"doubt.{row['ordinal']}", row


def _placed(blocks: Sequence[Row], row: Row, first: int) -> list[list[int]]:
    """The stretches [block, start, end] of a sentence from the place it was read at, over the paragraphs it crosses."""
    if row["block"] is None or row["at"] is None:
        return _found(blocks, row["sentence"])
    found, at, start = [], row["block"] - first, row["at"]
    for piece in filter(None, (piece.strip() for piece in row["sentence"].split("\n"))):
        while at < len(blocks):
            begin = blocks[at]["text"].find(piece, start) if blocks[at]["kind"] == "paragraph" else -1
            if begin >= 0:
                found.append([at, begin, begin + len(piece)])
                start = begin + len(piece)
                break
            at, start = at + 1, 0
    return found


def _found(blocks: Sequence[Row], sentence: str) -> list[list[int]]:
    """Where a sentence first stands in a paragraph; one that crosses paragraphs is not found."""
    for at, block in enumerate(blocks):
        start = block["text"].find(sentence) if block["kind"] == "paragraph" else -1
        if start >= 0:
            return [[at, start, start + len(sentence)]]
    return []
