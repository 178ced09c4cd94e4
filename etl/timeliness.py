"""How a report that is owed stands to the date set for it."""

from dashboard.db import Row

STATES = ("in_time", "late", "undated", "missing")


def state(row: Row) -> str:
    """in_time, late, undated or missing; a filing whose date nobody knows is neither late nor in time."""
    if row["sha256"] is None:
        return "missing"
    if row["late"] is None:
        return "undated"
    return "late" if row["late"] else "in_time"
