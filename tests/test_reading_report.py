"""The reading report: where each table stood, by which way it was read, and how many cells are what."""

import json
from pathlib import Path

import pytest
from extracted import extracted
from filings import page
from test_build import Office
from test_command_line import run

from etl.report import Report

LICENSING = ("proactive", "licensing", "decisions")
FEES = ("proactive", "fees", "amount_10k_yuan")
PENALTIES = ("proactive", "penalties", "decisions")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def read(text: str) -> Report:
    return extracted(text.encode())


def test_a_table_with_rows_and_columns_is_read_both_ways_and_confirmed() -> None:
    proactive, requests, review = read(page()).readings
    assert (proactive.schedule, proactive.form, proactive.by_order, proactive.by_grid) == (
        "proactive",
        "2021",
        10,
        10,
    )
    assert (proactive.confirmed, requests.confirmed, review.confirmed) == (10, 175, 15)
    assert proactive.block is not None and requests.block is not None
    assert proactive.block < requests.block


def test_text_without_columns_is_read_by_order_only(shared: Path) -> None:
    readings = extracted((shared / "reports/zuolong_2024.txt").read_bytes()).readings
    assert [(table.by_order, table.by_grid, table.confirmed) for table in readings] == [
        (10, 0, 0),
        (175, 0, 0),
        (15, 0, 0),
    ]


def test_pages_are_told_where_the_format_has_them(shared: Path) -> None:
    readings = extracted((shared / "reports/hongze_2023.pdf").read_bytes()).readings
    assert [(table.page, table.form) for table in readings] == [(2, "2021"), (3, "2019"), (4, "2021")]


def test_the_database_counts_the_cells_of_each_state(office: Office) -> None:
    office.put("白石镇.html", page(figures={LICENSING: "", FEES: "/", PENALTIES: "1 2"}))
    office.build()
    query = (
        "select schedule, read_by, cells, stated, blank, dashed, illegible from readings order by schedule"
    )
    assert office.ask(query) == [
        ("proactive", "both", 10, 7, 1, 1, 1),
        ("requests", "both", 175, 175, 0, 0, 0),
        ("review_litigation", "both", 15, 15, 0, 0, 0),
    ]


def test_show_tells_how_a_filing_was_read(tmp_path: Path) -> None:
    file = tmp_path / "白石镇.html"
    file.write_text(page(figures={LICENSING: "", FEES: "/"}), encoding="utf-8")
    told = json.loads(run("show", "--json", file).stdout)["reading"]
    assert told["leftovers"] == 0
    assert told["tables"][0] == {
        "schedule": "proactive",
        "form": "2021",
        "block": 5,
        "page": None,
        "by": "both",
        "confirmed": 10,
        "cells": 10,
        "stated": 8,
        "blank": 1,
        "dashed": 1,
        "illegible": 0,
    }
    assert "两种读法，10 格一致；10 格中 8 格有数，1 格空白，1 格划线，0 格难辨" in run("show", file).stdout
