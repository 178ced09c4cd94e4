"""Columns as Streamlit takes them at once, in Arrow's form.

They are made of their parts: from rows Streamlit would make a frame of pandas, and pyarrow.array imports it. That takes
forty megabytes of a server that needs it for nothing else.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa


def of(values: Sequence[Any]) -> pa.Array:
    """Counts as counts, other numbers as numbers, all else as text; None is null."""
    kinds = {type(value) for value in values if value is not None}
    if not kinds or not kinds <= {int, float}:
        return texts(values)
    return numbers(values, float in kinds)


def texts(values: Sequence[Any]) -> pa.Array:
    """Whatever it is as text; None is null."""
    encoded = [b"" if value is None else str(value).encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return _array(pa.string(), values, ends, b"".join(encoded))


def numbers(values: Sequence[float | None], decimals: bool) -> pa.Array:
    """Numbers with `decimals`, or whole ones; None is null."""
    kind, width = (pa.float64(), np.float64) if decimals else (pa.int64(), np.int64)
    return _array(kind, values, np.array([value or 0 for value in values], width))


def _array(kind: pa.DataType, values: Sequence[Any], *parts: Any) -> pa.Array:
    there = np.packbits(np.array([value is not None for value in values], bool), bitorder="little")
    return pa.Array.from_buffers(kind, len(values), [pa.py_buffer(part) for part in (there, *parts)])
