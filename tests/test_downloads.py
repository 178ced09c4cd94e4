"""What is taken away from the pages: what it is called, that it opens where it is meant to, that the invented is told."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import PurePath

import pytest
import streamlit as st
from every_page import EVERY
from openpyxl import load_workbook
from pyarrow import parquet as pq
from test_leading import unfolded

from dashboard import files
from dashboard.text import load

ZH = load("zh")
MADE_OUT_FOR_EVERYBODY = ("政府信息公开年报填报表.xlsx", "data-dictionary.md")
BOM = b"\xef\xbb\xbf"
# The name of a file and what makes it.
Handed = dict[str, Callable[[], bytes]]


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> Handed:
    """What the buttons of a page hand out, while it is drawn."""
    found: Handed = {}

    def noted(_label: str, data: Callable[[], bytes], file_name: str, *_: object, **__: object) -> bool:
        found[file_name] = data
        return False

    monkeypatch.setattr(st, "download_button", noted)
    monkeypatch.setattr(
        st.delta_generator.DeltaGenerator, "download_button", lambda _, *given, **more: noted(*given, **more)
    )
    return found


@pytest.mark.parametrize("page", EVERY)
def test_the_name_of_every_file_says_in_chinese_what_it_is_and_that_it_is_invented(
    page: str, overseen: None, handed: Handed
) -> None:
    assert not unfolded(page).exception
    for name in handed:
        if name not in MADE_OUT_FOR_EVERYBODY and page != "filing":
            assert re.search(r"[\u4e00-\u9fff]{2}", name) and "示例" in name and "虚构" in name, name
            assert not re.search(r'[\\/:*?"<>|\s]', name), name


@pytest.mark.parametrize("page", ["publication", "requests", "compare"])
def test_every_chart_has_its_table_in_all_forms(page: str, overseen: None, handed: Handed) -> None:
    app = unfolded(page)
    endings = [PurePath(name).suffix for name in handed]
    charts = len(app.get("plotly_chart"))
    assert endings.count(".parquet") == endings.count(".xlsx") == charts > 2
    assert endings.count(".csv") >= charts
    for name, make in handed.items():
        made, told = make(), None
        if name.endswith(".csv"):
            assert made.startswith(BOM) and "\r\n" in made.decode("utf-8-sig")
        elif name.endswith(".xlsx"):
            told = load_workbook(BytesIO(made)).worksheets[0].oddHeader.left.text
        elif name.endswith(".parquet"):
            read = pq.read_table(BytesIO(made))
            told = read.schema.metadata[b"title"].decode()
            assert read.num_rows and read.num_columns > 2
        assert told is None or (ZH["shared.sample"] in told and "栖禾县" in told), name


def test_files_are_in_the_language_of_the_page_they_are_taken_from(overseen: None, handed: Handed) -> None:
    assert not unfolded("requests", lang="English").exception
    heads = [load(code)["shared.open_findings"] for code in ("en", "zh")]
    long = next(make for name, make in handed.items() if name.endswith(f"{load('en')['shared.long']}.csv"))
    # Streamlit makes a file when it is asked for, in a thread that belongs to no visitor.
    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(long).result().decode("utf-8-sig").splitlines()[0]
    assert heads[0] in made and heads[1] not in made


def test_a_column_of_numbers_alone_is_numbers_for_programs() -> None:
    sheet = files.Sheet("表", ["新收", "结转", "公开"], [("1,234", "≈30", None), ("−2.5", "空白", "7")])
    assert pq.read_table(BytesIO(files.parquet(sheet, "表"))).to_pydict() == {
        "新收": [1234.0, -2.5],
        "结转": ["≈30", "空白"],
        "公开": [None, 7],
    }
