"""Where the real filings are, and what happens when they are not there."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dashboard_server import ROOT, dashboard
from hypothesis import settings
from offices import Office, divided
from streamlit.components.v2 import manifest_scanner

from bench.browser import FLAGS

CHROMIUM = Path("/usr/bin/chromium")
# A test runs a page's programs a few times: to compile them for speed takes longer than it saves.
HURRIED = "--js-flags=--no-maglev --no-turbofan"
# How long one example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# AppTest looks at every package installed for components, anew for each visitor; what is installed stays the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# A machine that reads scans at the same time has been seen to take a minute for a first page.
PATIENCE = 120_000
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real filings beside the repository; without it the test is skipped, in CI it fails."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is missing: the tests on real filings cannot run")
        pytest.skip("../shared is missing: real filings are not part of the repository")
    return SHARED


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a database that holds the sample county, built once for all workers, by a process of its own.

    Streamlit's script runner takes the name __main__ for the page it runs, which the processes of a build would run too.
    """
    own = tmp_path_factory.getbasetemp()
    root = (own if worker_id == "master" else own.parent) / "sample"
    root.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "etl", "build", "--database", str(root / "database")]
    command += ["--cache", str(root / "cache.sqlite")]
    with (root / "building").open("w") as building:
        fcntl.flock(building, fcntl.LOCK_EX)
        if not (root / "database").exists():
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return root / "database"


@pytest.fixture(scope="module")
def overseen(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The sample county as the dashboard's database, with decisions of its own."""
    ledger = tmp_path_factory.mktemp("overseen") / "decisions.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERSIGHT_DATABASE", str(sample_database))
        patch.setenv("OVERSIGHT_DECISIONS", f"sqlite:///{ledger}")
        yield


@pytest.fixture(scope="session")
def server(sample_database: Path) -> Iterator[str]:
    """The dashboard over the sample county, on a port of its own."""
    options = ("--server.address", "127.0.0.1")
    with dashboard({"OVERSIGHT_DATABASE": str(sample_database)}, *options) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as installed; without it the test is skipped, in CI it fails."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: the dashboard cannot be tested")
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as tool:
        opened = tool.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, HURRIED])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def _tab(browser: Any) -> Any:
    return browser.new_context(accept_downloads=True).new_page()


@pytest.fixture
def tab(_tab: Any) -> Iterator[Any]:
    """A visitor who was never here, in a tab that is used again: the dashboard's programs stay compiled in it."""
    _tab.set_viewport_size({"width": 1366, "height": 768})
    _tab.set_default_timeout(PATIENCE)
    yield _tab
    _tab.unroute_all()
    _tab.emulate_media(media="null", color_scheme="light")
    _tab.context.clear_cookies()
    _tab.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")


@pytest.fixture
def page(tab: Any, server: str) -> Iterator[Any]:
    """The tab on a higher screen; every address it asks for is noted."""
    tab.set_viewport_size({"width": 1366, "height": 900})
    # The page of the visitor before may still ask for its own server.
    tab.goto(f"{server}/_stcore/health")
    asked: list[str] = []

    def note(request: Any) -> None:
        asked.append(request.url)

    tab.on("request", note)
    yield tab
    tab.remove_listener("request", note)
    strangers = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert strangers == [], "a request left the machine"


@pytest.fixture(scope="session")
def _divided(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return divided(tmp_path_factory.mktemp("divided"))


@pytest.fixture
def divided_office(tmp_path: Path, _divided: Office) -> Office:
    """An office whose base is divided; a copy, since building it takes longer than most tests."""
    shutil.copytree(_divided.root, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)
