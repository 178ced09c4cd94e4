"""A backup holds what no build can make again, and gives it back whole."""

import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import backup

ROOT = Path(__file__).resolve().parents[1]

FILES = {
    "reports/某县/2024/年报.txt": "正文",
    "governments.csv": "county,name\n",
    "corrections.csv": "filing,metric\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder like data/, with a decision, a built database and a cache."""
    place = tmp_path / "data"
    for name, text in {
        **FILES,
        "database/current": "{}",
        "cache/readings.sqlite": "",
        "sample/x.csv": "",
    }.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    with sqlite3.connect(place / "decisions.sqlite") as base:
        base.execute("create table decisions (who text)")
        base.execute("insert into decisions values ('赵核对')")
    return place


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def _texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in FILES}


def test_a_backup_comes_back_whole_with_its_decisions(data: Path, tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.zip", tmp_path / "elsewhere"
    assert _run("backup", "--data", data, "--out", kept).returncode == 0
    assert _run("restore", kept, "--into", new).returncode == 0
    assert _texts(new) == FILES
    with sqlite3.connect(new / "decisions.sqlite") as base:
        assert base.execute("select who from decisions").fetchall() == [("赵核对",)]
    assert not (new / "database").exists() and not (new / "cache").exists() and not (new / "sample").exists()


def test_decisions_being_written_are_kept_as_they_stood_before(data: Path, tmp_path: Path) -> None:
    with sqlite3.connect(data / "decisions.sqlite") as writing:
        writing.execute("pragma journal_mode = wal")
        writing.execute("insert into decisions values ('钱复核')")
        backup.write(data, tmp_path / "kept.zip")
    backup.restore(tmp_path / "kept.zip", tmp_path / "new")
    with sqlite3.connect(tmp_path / "new" / "decisions.sqlite") as base:
        assert base.execute("select who from decisions").fetchall() == [("赵核对",)]


def test_what_is_there_already_gives_way_only_when_told_and_is_kept(data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    backup.write(data, kept)
    (data / "governments.csv").write_text("county,name\n某县,某镇\n", encoding="utf-8")
    refused = _run("restore", kept, "--into", data)
    assert refused.returncode == 2
    assert "governments.csv" in refused.stderr
    assert (data / "governments.csv").read_text(encoding="utf-8").endswith("某镇\n")
    assert _run("restore", kept, "--into", data, "--overwrite").returncode == 0
    assert _texts(data) == FILES
    assert (data / "before-restore-1" / "governments.csv").read_text(encoding="utf-8").endswith("某镇\n")


def test_decisions_that_were_damaged_are_replaced_and_kept_aside(data: Path, tmp_path: Path) -> None:
    kept, decisions = tmp_path / "kept.zip", data / "decisions.sqlite"
    backup.write(data, kept)
    decisions.write_bytes(b"SQLite format 3\0" + b"damaged" * 200)
    restored, aside = backup.restore(kept, data, overwrite=True)
    assert restored == len(FILES) + 1
    assert aside and (aside / "decisions.sqlite").read_bytes().endswith(b"damaged")
    with sqlite3.connect(decisions) as base:
        assert base.execute("select who from decisions").fetchall() == [("赵核对",)]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-60])


def _alter(path: Path) -> None:
    _rewrite(path, lambda name, body: (name, b"changed" if name.endswith("年报.txt") else body))


def _climb(path: Path) -> None:
    def climbing(name: str, body: bytes) -> tuple[str, bytes]:
        listed = json.loads(body) if name == "backup.json" else None
        if listed:
            listed["files"]["../outside.txt"] = listed["files"].pop("governments.csv")
            return name, json.dumps(listed).encode()
        return ("../outside.txt" if name == "governments.csv" else name), body

    _rewrite(path, climbing)


def _rewrite(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = [change(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in entries:
            archive.writestr(name, body)


@pytest.mark.parametrize("damage", [_cut, _alter, _climb], ids=["cut short", "altered", "climbing out"])
def test_a_damaged_backup_restores_nothing(
    damage: Callable[[Path], None], data: Path, tmp_path: Path
) -> None:
    kept, new = tmp_path / "kept.zip", tmp_path / "new"
    backup.write(data, kept)
    damage(kept)
    refused = _run("restore", kept, "--into", new)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert list(new.iterdir()) == []
    assert not (tmp_path / "outside.txt").exists()
