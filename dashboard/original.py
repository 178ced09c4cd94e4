"""The file of a filing itself, byte for byte as it was published."""

import hashlib

from dashboard.db import Row
from etl import places, several


def read(filing: Row) -> bytes | None:
    """The bytes of a filing's file; None when it is gone or is no longer the one that was read."""
    root = (places.sample() if filing["sample"] else places.own()).filings
    file, ordinal = several.parted(filing["path"])
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        return None
    data = path.read_bytes()
    return data if several.key(hashlib.sha256(data).hexdigest(), ordinal) == filing["sha256"] else None
