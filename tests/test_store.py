"""The database: its assertions hold, its comments are complete, its readers are locked in."""

from pathlib import Path

import duckdb
import pytest

from etl import dictionary, store


def test_rows_that_break_an_invariant_are_not_published(tmp_path: Path) -> None:
    rows = {"requests": [(1, "received", *[None] * 7)]}
    with pytest.raises(ValueError, match=r"every_row_belongs_to_a_report|a_cell_without_a_number_says_why"):
        store.write(tmp_path, rows, "x")
    assert store.published(tmp_path) is None


def test_an_empty_database_is_a_database(tmp_path: Path) -> None:
    store.write(tmp_path, {}, "x")
    current = store.published(tmp_path)
    assert current
    assert current.fingerprint == "x"
    with store.attach(current.path) as base:
        assert base.execute("select count(*) from facts").fetchall() == [(0,)]


def test_a_pointer_to_nothing_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "current").write_text('{"file": "gone.duckdb", "fingerprint": ""}', encoding="utf-8")
    assert store.published(tmp_path) is None
    (tmp_path / "current").write_text("not json", encoding="utf-8")
    assert store.published(tmp_path) is None


def test_earlier_builds_are_swept_but_for_the_one_readers_may_hold(tmp_path: Path) -> None:
    for number in range(4):
        store.write(tmp_path, {}, str(number))
    assert len(list(tmp_path.glob("oversight-*.duckdb"))) == 2


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to 'out.csv'",
        "attach 'other.duckdb'",
        "insert into reports values (1)",
        "install fts",
        "set enable_external_access = true",
    ],
)
def test_a_reader_can_only_read_the_build(tmp_path: Path, query: str) -> None:
    path = store.write(tmp_path, {}, "x")
    with store.attach(path) as base, pytest.raises(duckdb.Error):
        base.execute(query)


def test_every_table_and_column_says_what_it_means() -> None:
    described = store.described()
    assert len(described) > 12
    assert all(comment and all(meaning for _, _, meaning in columns) for _, comment, columns in described)


def test_the_data_dictionary_is_up_to_date() -> None:
    assert dictionary.PATH.read_text(encoding="utf-8") == dictionary.text(), "run make dictionary"
