"""Where a county office's data is: data/ beside the code, or the folder that OVERSIGHT_DATA names."""

import os
from pathlib import Path

from etl.folders import Folder

ROOT = Path(__file__).resolve().parents[1]


def data() -> Path:
    """The folder of everything that is the office's own."""
    return Path(os.environ.get("OVERSIGHT_DATA", ROOT / "data"))


def database() -> Path:
    """The folder of the database; OVERSIGHT_DATABASE names another."""
    return Path(os.environ.get("OVERSIGHT_DATABASE", data() / "database"))


def cache() -> Path:
    """The file of what was read before; OVERSIGHT_CACHE names another folder for it."""
    return Path(os.environ.get("OVERSIGHT_CACHE", data() / "cache")) / "readings.sqlite"


def incoming() -> Path:
    """The folder of uploads that nobody has accepted yet; no backup holds it."""
    return data() / ".incoming"


def own() -> Folder:
    """The office's filings with what people keep beside them."""
    return Folder(data() / "reports", data() / "governments.csv", data() / "manifest.csv")


def sample() -> Folder:
    """The invented county that comes with the product."""
    place = ROOT / "data" / "sample"
    return Folder(place / "filings", place / "governments.csv", place / "manifest.csv", sample=True)
