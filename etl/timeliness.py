"""How a report that is owed stands to the date set for it."""

from collections.abc import Mapping
from typing import Any

STATES = ("in_time", "late", "undated", "missing")


def state(row: Mapping[str, Any]) -> str:
    """in_time, late, undated or missing, by `path` and `late`; a date nobody knows is neither late nor in time."""
    if row["path"] is None:
        return "missing"
    if row["late"] is None:
        return "undated"
    return "late" if row["late"] else "in_time"
