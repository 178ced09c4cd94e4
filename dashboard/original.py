"""The filing itself, byte for byte as it was published."""

import hashlib

from dashboard.db import Row
from etl import places


def read(filing: Row) -> bytes | None:
    """The bytes of a filing; None when the file is gone or is no longer the one that was read."""
    root = (places.sample() if filing["sample"] else places.own()).filings
    path = (root / filing["path"]).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == filing["sha256"] else None
