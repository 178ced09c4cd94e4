"""The filing itself, byte for byte as it was published."""

import hashlib
from pathlib import Path

from dashboard.db import Row

_DATA = Path(__file__).resolve().parent.parent / "data"


def read(filing: Row) -> bytes | None:
    """The bytes of a filing; None when the file is gone or is no longer the one that was read."""
    root = _DATA / "sample" / "filings" if filing["sample"] else _DATA / "reports"
    path = (root / filing["path"]).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == filing["sha256"] else None
