"""What the server holds in memory: it is loaded for what every visitor needs, and nothing for what few ask for."""

import asyncio
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest
from dashboard_server import dashboard
from every_page import EVERY

from bench.dashboard import Dashboard
from bench.visitor import visiting
from dashboard import apart, columns

# Of each its reason to stay away: Word, Excel, Parquet, and frames that only Streamlit's own conversions need.
ASKED_FOR = ("docx", "openpyxl", "pyarrow.parquet", "pandas", "scipy")


async def every_page(address: str) -> None:
    async with visiting(Dashboard(0, address, 0)) as visitor:
        for page in EVERY:
            await visitor.go("" if page == "overview" else page)


def test_no_page_loads_what_only_documents_need(sample_database: Path, tmp_path: Path) -> None:
    """Python itself tells what the server imports, from its start on."""
    told = tmp_path / "imports.txt"
    settings = {"OVERSIGHT_DATABASE": str(sample_database), "PYTHONPROFILEIMPORTTIME": "1"}
    with (
        told.open("wb") as heard,
        dashboard(settings, "--server.address", "127.0.0.1", errors=heard) as address,
        # A browser of other tests has an event loop in this thread.
        ThreadPoolExecutor(1) as thread,
    ):
        thread.submit(asyncio.run, every_page(address)).result()
    loaded = set(re.findall(r"\|\s+([\w.]+)$", told.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"streamlit", "pyarrow", "dashboard.grids", "etl.paper.slips"} <= loaded
    assert loaded.isdisjoint(ASKED_FOR)


def test_a_document_is_written_in_a_process_of_its_own() -> None:
    assert apart.written(os.getpid) != os.getpid()
    with pytest.raises(json.JSONDecodeError):
        apart.written(json.loads, "{")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([3, None, -1, 2**40], pa.int64()),
        ([1.5, None, 2], pa.float64()),
        (["白石镇", None, "", "a"], pa.string()),
        ([None, None], pa.string()),
        ([], pa.string()),
        ([*range(20), None], pa.int64()),
    ],
)
def test_a_column_made_of_its_parts_is_the_one_arrow_makes(values: list[object], kind: pa.DataType) -> None:
    made = columns.of(values)
    made.validate(full=True)
    assert made.equals(pa.array(values, kind))


def test_a_column_of_several_kinds_shows_each_as_text() -> None:
    assert columns.of([1, "—", None]).to_pylist() == ["1", "—", None]
