"""Coroutines asked for by tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def awaited(wanted: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns; run in a thread, since a browser that is open keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, wanted).result()
