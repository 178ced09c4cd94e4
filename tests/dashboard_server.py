"""The real dashboard, or another server, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    command: list[str],
    health: str,
    environment: Mapping[str, str],
    errors: int | IO[bytes] = subprocess.DEVNULL,
) -> Iterator[int]:
    """A server as a process of its own, from its first sound answer to the end of the block; its number.

    What it says on standard error goes to `errors`.
    """
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    )
    try:
        _wait(health)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def dashboard(
    environment: Mapping[str, str], *options: str, port: int = 0, errors: int | IO[bytes] = subprocess.DEVNULL
) -> Iterator[str]:
    """The dashboard with these options; its address."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    with running(command, f"{address}/_stcore/health", environment, errors):
        yield address


def _wait(health: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{health} did not answer")
