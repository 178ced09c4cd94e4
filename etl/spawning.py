"""Processes that start from the product's own modules, never from the program that asked for them.

multiprocessing runs its parent's main module again in every new process, and a page that Streamlit runs takes that
name: each process would draw the page before it does its work.
"""

import os
import sys
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Thread
from types import ModuleType
from typing import Any


class _Process(SpawnProcess):
    def run(self) -> None:
        """Work, and end with the program that asked: one that is killed cannot tell its processes to."""
        Thread(target=_end_with_parent, daemon=True).start()
        super().run()

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802 (the name is of multiprocessing)
        asking = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = asking


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


class _Context(SpawnContext):
    Process = _Process


CONTEXT = _Context()
