"""Answers of the database kept in memory: those asked for last, and only of files that still count."""

import threading
from collections import OrderedDict
from collections.abc import Container
from pathlib import Path
from typing import Any

Rows = tuple[dict[str, Any], ...]
# The file, the query, and its parameters.
Key = tuple[Path, str, tuple[tuple[str, Any], ...]]
# What a value takes with its share of the row, in bytes; long texts take as many as they have characters.
_VALUE = 80


class Answers:
    """As many answers as fit into about `most` bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._kept: OrderedDict[Key, tuple[Rows, int]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Rows | None:
        """The answer kept; None when there is none."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Key, rows: Rows) -> None:
        """Keep an answer, and let go of those not asked for in the longest time where there is no room."""
        size = _size(rows)
        with self._lock:
            self._drop(key)
            self._kept[key] = rows, size
            self._held += size
            while self._held > self._most:
                self._drop(next(iter(self._kept)))

    def forget_other_files(self, files: Container[Path]) -> None:
        """Let go of the answers of all but these files."""
        with self._lock:
            for key in [key for key in self._kept if key[0] not in files]:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        _, size = self._kept.pop(key, ((), 0))
        self._held -= size


def _size(rows: Rows) -> int:
    return sum(
        _VALUE if not isinstance(value, str | bytes) else max(_VALUE, len(value))
        for row in rows
        for value in row.values()
    )
