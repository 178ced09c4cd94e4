"""When reports are due: the county's dates, the usual one, and who was late or did not file."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filings import page

from etl import register, store
from etl.build import build
from etl.folders import Folder

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
HEAD = "county,year,date\n"


def built(root: Path, *folders: Folder) -> store.Published:
    build(folders, root / "database", root / "cache.sqlite")
    current = store.published(root / "database")
    assert current
    return current


def ask(current: store.Published, query: str) -> list[tuple[Any, ...]]:
    with store.attach(current.path) as base:
        return base.execute(query).fetchall()


def office(root: Path, published: str, deadlines: str = "") -> Folder:
    (root / "reports").mkdir(exist_ok=True)
    (root / "reports" / "白石镇2023年.html").write_text(page(), encoding="utf-8")
    manifest = f"filing,county,government,year,published\n白石镇2023年.html,,,,{published}\n"
    (root / "manifest.csv").write_text(manifest, encoding="utf-8")
    (root / "deadlines.csv").write_text(HEAD + deadlines, encoding="utf-8")
    return Folder(root / "reports", root / "governments.csv", root / "manifest.csv")


def due_and_late(current: store.Published) -> tuple[Any, ...]:
    ((due, late),) = ask(current, "select due, late from submissions")
    return due, late


def test_the_late_and_missing_filings_of_the_sample_county_are_found_and_no_others(
    sample_database: Path,
) -> None:
    current = store.published(sample_database)
    assert current
    faults = list(csv.DictReader((SAMPLE / "faults.csv").open(encoding="utf-8")))
    late = {
        path
        for (path,) in ask(
            current, "select path from submissions join current_reports using (report_id) where late"
        )
    }
    assert late == {row["filing"] for row in faults if row["check"] == "late"}
    missing = {
        f"{year}/{name}"
        for name, year in ask(current, "select government, year from submissions where status = 'missing'")
    }
    assert missing == {row["filing"] for row in faults if row["check"] == "missing-filing"}


def test_without_a_date_set_reports_are_due_on_the_last_of_january(tmp_path: Path) -> None:
    assert due_and_late(built(tmp_path, office(tmp_path, "2024-01-31"))) == (date(2024, 1, 31), False)
    assert due_and_late(built(tmp_path, office(tmp_path, "2024-02-01"))) == (date(2024, 1, 31), True)


def test_a_date_for_every_county_counts_where_the_county_has_none(tmp_path: Path) -> None:
    everyone = ",2023,2024-03-31\n"
    assert due_and_late(built(tmp_path, office(tmp_path, "2024-02-01", everyone))) == (
        date(2024, 3, 31),
        False,
    )
    own = everyone + "云岭县,2023,2024/1/15\n"
    assert due_and_late(built(tmp_path, office(tmp_path, "2024-02-01", own))) == (date(2024, 1, 15), True)


def test_a_filing_whose_date_nobody_knows_is_neither_late_nor_in_time(tmp_path: Path) -> None:
    assert due_and_late(built(tmp_path, office(tmp_path, ""))) == (date(2024, 1, 31), None)


@pytest.mark.parametrize(
    "row",
    [
        "云岭县,2023,\n",
        "云岭县,2023,31.1.2024\n",
        "云岭县,2023,2024-02-30\n",
        "云岭县,2023,2023-01-31\n",
        "云岭县,二〇二三,2024-01-31\n",
    ],
)
def test_a_wrong_date_is_refused_with_its_row(row: str) -> None:
    with pytest.raises(ValueError, match=r"deadlines.csv.*(第 2 行)"):
        register.deadlines(HEAD + row)


def test_two_dates_for_one_county_and_year_are_refused() -> None:
    with pytest.raises(ValueError, match="两个日期"):
        register.deadlines(HEAD + ",2023,2024-01-31\n" * 2)
