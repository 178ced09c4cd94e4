"""Reading in other processes: what a file may take there, and what becomes of one that takes longer."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import docx
import hanging_reader
import pytest
from filings import page
from PIL import Image

from etl import readers, spawning, workers
from etl.readers import sniffing
from etl.workers import Outcome


class Slow(ThreadPoolExecutor):
    """A machine on which every file takes half a second."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        def slowly() -> Any:
            time.sleep(0.5)
            return fn(*args, **kwargs)

        return super().submit(slowly)


def slow() -> Executor:
    return Slow(max_workers=1)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_SECONDS", 0.1)
    monkeypatch.setattr(workers, "_SECONDS_A_PAGE", 0.1)


def read(path: Path, size: int, more: str = "") -> Outcome:
    path.write_bytes((page("白石镇人民政府") + more).encode().ljust(size))
    (outcome,) = workers.read_all([str(path)], slow)
    return outcome


def test_a_file_that_takes_too_long_is_refused_with_what_to_do(tmp_path: Path) -> None:
    outcome = read(tmp_path / "short.html", 0)
    assert outcome.packed == () and "另存为" in outcome.refusal


def test_a_file_with_room_for_many_scanned_pages_may_take_longer(tmp_path: Path) -> None:
    assert read(tmp_path / "long.html", 200_000, '<img src="data:image/png;base64,">' * 20).packed


@pytest.mark.parametrize(("size", "pictures"), [(2_000_000, 0), (2_000_000, 1), (0, 200)])
def test_a_long_text_is_no_scan_nor_are_a_photograph_or_many_small_pictures(
    tmp_path: Path, size: int, pictures: int
) -> None:
    assert read(tmp_path / "text.html", size, '<img src="data:image/png;base64,">' * pictures).refusal


def held(pages: int) -> bytes:
    """A PDF of pages that are pictures."""
    sheets = [Image.new("1", (8, 8)) for _ in range(pages)]
    sheets[0].save(file := io.BytesIO(), "PDF", save_all=True, append_images=sheets[1:])
    return file.getvalue()


def pasted() -> bytes:
    """A Word file with a picture in it."""
    document = docx.Document()
    Image.new("1", (8, 8)).save(picture := io.BytesIO(), "PNG")
    picture.seek(0)
    document.add_picture(picture)
    document.save(file := io.BytesIO())
    return file.getvalue()


def test_pictures_are_counted_by_the_marks_of_their_format() -> None:
    assert [sniffing.pictures(data) for data in (held(1), held(7), pasted(), b"/Image word/media/")] == [
        1,
        7,
        1,
        0,
    ]


def hanging() -> Executor:
    """A process whose reader of plain text never ends, as warm as one that has been reading for a while."""
    pool = ProcessPoolExecutor(1, mp_context=spawning.CONTEXT, initializer=hanging_reader.install)
    pool.submit(readers.read, page("白石镇人民政府").encode()).result()
    return pool


def test_a_reader_that_never_ends_takes_only_its_own_file_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_SECONDS", 2)
    endless, sound = tmp_path / "endless.txt", tmp_path / "sound.html"
    endless.write_text("本年度没有收到申请。" * 50_000, encoding="utf-8")
    sound.write_text(page("白石镇人民政府"), encoding="utf-8")
    outcomes = {outcome.address: outcome for outcome in workers.read_all([str(endless), str(sound)], hanging)}
    assert outcomes[str(sound)].packed and "另存为" in outcomes[str(endless)].refusal


PROGRAM = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from etl import spawning

pool = ProcessPoolExecutor(1, mp_context=spawning.CONTEXT)
print(pool.submit(os.getpid).result(), flush=True)
time.sleep(600)
"""


def test_processes_end_with_the_program_that_asked_for_them(tmp_path: Path) -> None:
    asking = tmp_path / "asking.py"
    asking.write_text(PROGRAM, encoding="utf-8")
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(
        [sys.executable, str(asking)],
        env=os.environ | {"PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        worker = Path(f"/proc/{int(program.stdout.readline())}")
        assert worker.exists()
        program.kill()
    for _ in range(100):
        if not worker.exists():
            return
        time.sleep(0.1)
    pytest.fail("a process goes on without the program that asked for it")
