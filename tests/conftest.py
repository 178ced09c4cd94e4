"""Where the real filings are, and what happens when they are not there."""

import os
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
