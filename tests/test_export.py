"""Exports open in Chinese Excel with the right characters and numbers, and run nothing."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from etl import documents, export, export_base, store

HEADS = ["乡镇", "件数"]


def test_csv_has_a_byte_order_mark_and_windows_line_ends() -> None:
    data = export.to_csv(HEADS, [["白石镇", Decimal("12.0000")], ["黑石乡", None]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "乡镇,件数\r\n白石镇,12\r\n黑石乡,\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1", "\u3000=cmd"])
def test_text_that_would_run_as_a_formula_does_not(text: str) -> None:
    (_, (cell, number)) = csv.reader(io.StringIO(export.to_csv(["a", "b"], [[text, -5]]).decode("utf-8-sig")))
    assert cell == "'" + text
    assert number == "-5"


def test_a_workbook_holds_numbers_under_frozen_heads() -> None:
    data = documents.workbook(
        [("表三", HEADS, [["白石镇", Decimal("12.0000")], ["=1+1", Decimal("0.5000")]])]
    )
    sheet = load_workbook(io.BytesIO(data))["表三"]
    assert [cell.value for cell in sheet[2]] == ["白石镇", 12]
    assert [cell.value for cell in sheet[3]] == ["'=1+1", 0.5]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_parquet_keeps_types_and_nulls() -> None:
    data = documents.parquet(HEADS, [["白石镇", Decimal("12.5")], [None, None]])
    assert pq.read_table(io.BytesIO(data)).to_pylist() == [
        {"乡镇": "白石镇", "件数": Decimal("12.5")},
        {"乡镇": None, "件数": None},
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_every_table_is_written(tmp_path: Path, form: str) -> None:
    government = ("云岭县", "白石镇人民政府", None, "township", None, None, False)
    part = store.write(tmp_path, 1, "", [("governments", government)], "x")
    compared = store.compare(tmp_path, 1, "", [tmp_path / part.file], "x")
    store.publish(tmp_path, 1, [part], [compared], (), "x")
    base = store.published(tmp_path)
    assert base
    written = list(export_base.write_all(base, form, tmp_path))
    if form == "xlsx":
        assert load_workbook(written[0])["governments"]["B2"].value == "白石镇人民政府"
    else:
        names = {path.relative_to(tmp_path).parts[0].split(".")[0] for path in written}
        assert {"governments", "facts", "findings", "copied_pairs"} <= names
        assert names.isdisjoint({"documents", "clauses"})
