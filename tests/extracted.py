"""The report in a file's bytes, as far as it speaks for itself."""

from etl import identity, readers
from etl.extract import extract
from etl.report import Report, Source


def extracted(data: bytes, path: str = "") -> Report:
    """What a file says."""
    media_type, document = readers.read(data)
    return extract(document, Source("", path, media_type))


def settled(data: bytes, path: str = "") -> Report:
    """What a file says, with whose it is and of which year, as far as it tells."""
    return identity.settle(extracted(data, path))
