"""pdfium asked the same of many things in one go: a page has thousands, and each handle and box would be an object."""

import ctypes
from collections.abc import Sequence
from typing import Any

_POINTER = ctypes.c_void_p


def by_number(function: Any) -> Any:
    """A function of pdfium that takes and gives handles as numbers, None or 0 for nothing.

    It keeps Python's lock, since pdfium is not made to be asked twice at once.
    """
    kinds = (
        _POINTER if hasattr(kind, "contents") else kind for kind in (function.restype, *function.argtypes)
    )
    return ctypes.PYFUNCTYPE(*kinds)(number(function))


def number(handle: Any) -> int:
    """The number of a handle that pypdfium2 has, 0 for nothing."""
    return ctypes.cast(handle, _POINTER).value or 0


def written(ask: Any, width: int, *arguments: Any, kind: Any = ctypes.c_float) -> tuple[list[Any], ...]:
    """What a function `by_number` returns, and the columns of the numbers it writes, for each of its last argument.

    It writes `width` numbers, by a pointer to each or by one to a structure of them.
    """
    each: Sequence[Any] = arguments[-1]
    room, size = (kind * (width * len(each)))(), ctypes.sizeof(kind)
    starts = (ctypes.addressof(room) + size * at for at in range(len(ask.argtypes) - len(arguments)))
    places = (range(start, start + width * size * len(each), width * size) for start in starts)
    returned = list(map(ask, *arguments, *places))
    return returned, *(room[at::width] for at in range(width))
