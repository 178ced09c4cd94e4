"""The dashboard as a process of its own for measuring."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl import places

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A running server: its process, its address, and the seconds from its start until it was healthy."""

    process: int
    address: str
    started: float

    def cpu(self) -> float:
        """Seconds of CPU time that the server has used so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of memory that the server holds."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def running(database: Path | None = None) -> Iterator[Dashboard]:
    """A dashboard on a free port of this machine.

    It shows a database, that of the data OVERSIGHT_DATA names, or a fresh one of the sample county.
    """
    with tempfile.TemporaryDirectory() as place:
        if database is None:
            database = places.database() if "OVERSIGHT_DATA" in os.environ else _sample(place)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--server.port", port],
            cwd=ROOT,
            env=os.environ | {"OVERSIGHT_DATABASE": str(database)},
            stdout=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            while not _healthy(address):
                time.sleep(0.02)
            yield Dashboard(process.pid, address, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _sample(place: str) -> Path:
    build = [sys.executable, "-m", "etl", "build", "--database", place, "--cache", f"{place}/cache.sqlite"]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return Path(place)


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
            return True
    except OSError:
        return False
