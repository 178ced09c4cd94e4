"""The dashboard in a real browser over the sample county: start, first page, filter change, page change.

Wall times are medians and suffer from whatever else the machine does; the server's time is CPU time.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.timing import Row

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPEATS = 20
# All charts are there, and nothing on the page waits for the server.
DRAWN = "n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')"
CHARTS = {"requests": 6, "review_litigation": 4}


def rows() -> Iterator[Row]:
    """Measure and yield the rows of the table."""
    with tempfile.TemporaryDirectory() as place:
        command = [
            sys.executable,
            "-m",
            "etl",
            "build",
            "--database",
            place,
            "--cache",
            f"{place}/cache.sqlite",
        ]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with _server(place) as (process, address, started), sync_playwright() as tool:
            yield _row("server start to healthy", started, 2.0)
            cold = [_visit(tool, address)[0] for _ in range(3)]
            warm = [_visit(tool, address)[1] for _ in range(3)]
            yield _row("first page with its charts, cold browser", median(cold), 3.5)
            yield _row("first page with its charts, warm browser", median(warm), 1.5)
            browser = _launch(tool)
            page = _open(browser, f"{address}/requests", CHARTS["requests"])
            wall, cpu = _filter_changes(page, process.pid)
            yield _row("filter change to new charts drawn", wall, 0.45)
            yield _row("server CPU of a filter change", cpu, 0.06)
            yield _row("page change", _page_changes(page), 0.35)
            browser.close()


def _row(what: str, seconds: float, budget: float) -> Row:
    return what, f"{seconds * 1000:,.0f} ms", "", f"{seconds / budget:.2f}", f"≤ {budget * 1000:,.0f} ms"


@contextmanager
def _server(place: str) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    environment = os.environ | {"OVERSIGHT_DATABASE": place}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        while not _healthy(address):
            time.sleep(0.02)
        yield process, address, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(timeout=20)


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
            return True
    except OSError:
        return False


def _launch(tool: Any) -> Browser:
    launched: Browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    return launched


def _open(browser: Browser, address: str, charts: int) -> Page:
    # Waiting for a condition needs eval, which the page's own policy forbids.
    page = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()
    page.set_default_timeout(120_000)
    page.goto(address, wait_until="commit")
    page.wait_for_function(DRAWN, arg=charts)
    return page


def _visit(tool: Any, address: str) -> tuple[float, float]:
    """A visit by a browser that knows nothing, and a second one by the same browser."""
    browser = _launch(tool)
    begun = time.perf_counter()
    page = _open(browser, f"{address}/requests", CHARTS["requests"])
    cold = time.perf_counter() - begun
    begun = time.perf_counter()
    page.goto(f"{address}/requests", wait_until="commit")
    page.wait_for_function(DRAWN, arg=CHARTS["requests"])
    warm = time.perf_counter() - begun
    browser.close()
    return cold, warm


def _filter_changes(page: Page, process: int) -> tuple[float, float]:
    """Choose a township and take it out again; median wall time, mean CPU time of the server."""
    chooser = page.get_by_role("combobox", name="乡镇街道")
    times, before = [], _cpu(process)
    for at in range(REPEATS):
        chooser.press_sequentially("霁桥" if at % 2 == 0 else "")
        drawn = page.locator(".js-plotly-plot").first.text_content()
        begun = time.perf_counter()
        chooser.press("Enter" if at % 2 == 0 else "Backspace")
        changed = f"was => document.querySelector('.js-plotly-plot')?.textContent !== was && ({DRAWN})(6)"
        page.wait_for_function(changed, arg=drawn)
        times.append(time.perf_counter() - begun)
    return median(times), (_cpu(process) - before) / REPEATS


def _page_changes(page: Page) -> float:
    times = []
    page.keyboard.press("Escape")
    page.locator("h1").first.click()
    for at in range(REPEATS):
        name, title = (("复议诉讼", "review_litigation"), ("依申请公开", "requests"))[at % 2]
        begun = time.perf_counter()
        page.get_by_role("link", name=name).click()
        arrived = (
            f"words => document.querySelector('h1')?.textContent === words && ({DRAWN})({CHARTS[title]})"
        )
        page.wait_for_function(arrived, arg=name)
        times.append(time.perf_counter() - begun)
    return median(times)


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
