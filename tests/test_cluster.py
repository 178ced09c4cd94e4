"""Reading on a cluster: three workers, one of them killed in mid-run, and nothing lost or double."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from filings import page
from offices import Office, contents

from etl.build import build, code_version
from etl.cluster import Cluster, NoCluster
from etl.folders import Folder

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 3
FILINGS = 100


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and its workers, each a process of its own on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    scheduler = ["dask_scheduler", "--host", address, "--no-dashboard", "--no-show"]
    worker = ["dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", f"distributed.cli.{command}", *options],
                    cwd=ROOT,
                    env=os.environ | {"PYTHONPATH": str(ROOT)},
                    stderr=subprocess.DEVNULL,
                )
            )
            for command, *options in [scheduler, *[worker] * WORKERS]
        ]
        yield address, started[1:]
        for process in reversed(started):
            process.kill()


def test_a_worker_killed_in_mid_run_loses_nothing_and_doubles_nothing(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    office = Office(tmp_path)
    for name, year in product("白黑青赤黄紫金银铜铁", range(FILINGS // 10)):
        office.put(f"{name}石镇{2010 + year}.html", page(f"云岭县{name}石镇人民政府", 2010 + year))
    seen: list[int] = []

    def kill_one(done: int, total: int) -> None:
        seen.append(done)
        if len(seen) == 1:
            workers[0].send_signal(signal.SIGKILL)

    reports = Folder(tmp_path / "reports", tmp_path / "governments.csv", tmp_path / "manifest.csv")
    make = partial(Cluster, address, code_version)
    tally = build((reports,), office.database, tmp_path / "cache.sqlite", kill_one, make)
    assert workers[0].wait(timeout=20) == -signal.SIGKILL
    assert seen[0] < FILINGS, "the worker was killed when all was done"
    assert (tally.read, tally.reports, tally.problems) == (FILINGS, FILINGS, [])
    office.build("alone", "another cache.sqlite")
    assert contents(office.published()) == contents(office.published("alone"))


def test_a_cluster_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.cluster._PATIENCE", 0.5)
    with pytest.raises(NoCluster, match="连不上"):
        Cluster("tcp://127.0.0.1:9", code_version)
