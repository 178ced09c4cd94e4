"""The database: its assertions hold, its comments are complete, its readers are locked in."""

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from etl import dictionary, store
from etl.base import pointer
from etl.base.rows import Placed


def publish(folder: Path, rows: Iterable[Placed] = (), fingerprint: str = "x") -> store.Published:
    """Publish a base of one partition."""
    number = store.next_number(folder)
    part = store.write(folder, number, "", rows, fingerprint)
    compared = store.compare(folder, number, "", [folder / part.file], fingerprint)
    store.publish(folder, number, [part], [compared], (), fingerprint)
    found = store.published(folder)
    assert found
    return found


def test_rows_that_break_an_invariant_are_not_published(tmp_path: Path) -> None:
    rows = [("requests", (1, "received", *[None] * 7))]
    with pytest.raises(ValueError, match=r"every_row_belongs_to_a_report|a_cell_without_a_number_says_why"):
        store.write(tmp_path, 1, "", rows, "x")
    assert store.published(tmp_path) is None


def test_an_empty_database_is_a_database(tmp_path: Path) -> None:
    current = publish(tmp_path)
    assert current.fingerprint == "x"
    with store.attach(current.path) as base:
        assert base.execute("select count(*) from facts").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "pointer", ['{"file": "gone.duckdb", "fingerprint": ""}', "not json", "", "[]", '{"schema": 2}']
)
def test_a_pointer_to_nothing_is_no_database(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "current").write_text(pointer, encoding="utf-8")
    assert store.published(tmp_path) is None


def test_a_damaged_pointer_leaves_the_set_before_it(tmp_path: Path) -> None:
    before = publish(tmp_path, fingerprint="before")
    publish(tmp_path, fingerprint="after")
    (tmp_path / "current").write_bytes(b"\0" * 100)
    assert store.published(tmp_path) == before


def test_a_damaged_pointer_does_not_take_the_place_of_the_one_before_it(tmp_path: Path) -> None:
    before = publish(tmp_path, fingerprint="before")
    publish(tmp_path, fingerprint="after")
    (tmp_path / "current").write_bytes(b"\0" * 100)
    publish(tmp_path, fingerprint="mended")
    assert pointer.previous(tmp_path) == before
    (tmp_path / "current").write_bytes(b"\0" * 100)
    assert store.published(tmp_path) == before


@pytest.mark.parametrize("number", range(3))
def test_a_set_of_which_a_file_is_gone_leaves_the_set_before_it(tmp_path: Path, number: int) -> None:
    before = publish(tmp_path, fingerprint="before")
    publish(tmp_path, fingerprint="after").files[number].unlink()
    assert store.published(tmp_path) == before


def test_the_pointer_is_replaced_and_never_written_over(tmp_path: Path) -> None:
    publish(tmp_path, fingerprint="first")
    publish(tmp_path, fingerprint="before")
    held = {}
    for name in ("current", "previous"):
        os.link(tmp_path / name, tmp_path / f"{name} as a reader holds it")
        held[name] = (tmp_path / name).read_bytes()
    publish(tmp_path, fingerprint="after")
    assert held == {name: (tmp_path / f"{name} as a reader holds it").read_bytes() for name in held}
    assert (tmp_path / "previous").read_bytes() == held["current"]


def test_the_files_of_the_published_set_and_of_the_one_before_are_kept_and_no_others(tmp_path: Path) -> None:
    sets = [publish(tmp_path, fingerprint=str(number)) for number in range(4)]
    assert set(tmp_path.glob("*.duckdb")) == {*sets[2].files, *sets[3].files}


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to 'out.csv'",
        "attach 'other.duckdb'",
        "insert into reports values (1)",
        "install fts",
        "set enable_external_access = true",
        "set threads = 8",
    ],
)
def test_a_reader_can_only_read_the_build(tmp_path: Path, query: str) -> None:
    with store.attach(publish(tmp_path).path) as base, pytest.raises(duckdb.Error):
        base.execute(query)


def test_a_reader_brings_nothing_from_elsewhere_into_the_process(tmp_path: Path) -> None:
    with store.attach(publish(tmp_path).path) as base:
        for name in (
            "autoinstall_known_extensions",
            "autoload_known_extensions",
            "allow_community_extensions",
            "python_enable_replacements",
        ):
            assert base.execute(f"select current_setting('{name}')").fetchone() == (False,), name


def test_every_table_and_column_says_what_it_means() -> None:
    described = store.described()
    assert len(described) > 12
    assert all(comment and all(meaning for _, _, meaning in columns) for _, comment, columns in described)


def test_the_data_dictionary_is_up_to_date() -> None:
    assert dictionary.PATH.read_text(encoding="utf-8") == dictionary.text(), "run make dictionary"
