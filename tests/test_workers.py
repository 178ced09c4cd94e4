"""Reading in other processes: what a file may take there, and what becomes of one that takes longer."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from filings import page

from etl import workers
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


def read(path: Path, size: int) -> Outcome:
    path.write_bytes(page("白石镇人民政府").encode().ljust(size))
    (outcome,) = workers.read_all([str(path)], slow)
    return outcome


def test_a_file_that_takes_too_long_is_refused_with_what_to_do(tmp_path: Path) -> None:
    outcome = read(tmp_path / "short.html", 0)
    assert outcome.packed == () and "另存为" in outcome.refusal


def test_a_file_with_room_for_many_scanned_pages_may_take_longer(tmp_path: Path) -> None:
    assert read(tmp_path / "long.html", 200_000).packed


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
