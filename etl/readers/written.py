"""Numbers as a file's XML has them in its attributes and cells, where anything may stand."""

from decimal import Decimal
from math import isfinite

_MOST_DIGITS = 8


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number from 0; `otherwise` for anything else, and for one longer than files have use for."""
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise


def exact(text: str) -> Decimal | None:
    """A number with the fifteen digits that a sheet keeps of it; None for what is none, or beyond all bounds."""
    try:
        number = float(text)
    except ValueError:
        return None
    return Decimal(f"{number:.15g}") if isfinite(number) else None
