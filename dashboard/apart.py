"""Documents are written in a process of their own: what that takes goes back with it, and no other visitor's page waits."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from etl.spawning import CONTEXT

P = ParamSpec("P")
Made = TypeVar("Made")
_at_once = BoundedSemaphore(os.cpu_count() or 1)


def written(write: Callable[P, Made], *what: P.args, **more: P.kwargs) -> Made:
    """What `write`, a function of etl, makes of `what`; as many at once as there are processors."""
    with _at_once, ProcessPoolExecutor(1, mp_context=CONTEXT) as process:
        return process.submit(write, *what, **more).result()
