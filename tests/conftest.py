"""Where the real filings are, and what happens when they are not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that holds the sample county, built by a process of its own.

    Streamlit's script runner takes the name __main__ for the page it runs, which the processes of a build would run too.
    """
    root = tmp_path_factory.mktemp("sample")
    command = [sys.executable, "-m", "etl", "build", "--database", str(root / "database")]
    command += ["--cache", str(root / "cache.sqlite")]
    subprocess.run(command, cwd=Path(__file__).resolve().parents[1], check=True, capture_output=True)
    return root / "database"
