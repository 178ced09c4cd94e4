"""The build that follows on what was accepted, in a process of its own that the dashboard watches."""

import time
from pathlib import Path

from filelock import Timeout

from etl import determining
from etl.build import Busy, Tally, build
from etl.folders import Folder
from etl.intake import task
from etl.store import Unwritable

_PATIENCE = 900
_PAUSE = 1


def publish(place: Path, sources: tuple[Folder, ...], database: Path, cache: Path) -> str:
    """Build, waiting for other builds to end first; the sentence that says what stood in the way, empty for nothing.

    Files accepted while another build runs may have come too late for it.
    """
    try:
        with task.held(place, _PATIENCE):
            return _publish(place, sources, database, cache)
    except Timeout:
        return "另一次更新一直没有结束，请稍后再试"


def _publish(place: Path, sources: tuple[Folder, ...], database: Path, cache: Path) -> str:
    try:
        tally = _build(place, sources, database, cache)
    except (Busy, Unwritable, ValueError) as error:
        refusal = str(error)
    else:
        task.tell(place, "done", tally.read, tally.files)
        return ""
    task.tell(place, "refused", message=refusal)
    return refusal


def _build(place: Path, sources: tuple[Folder, ...], database: Path, cache: Path) -> Tally:
    until = time.monotonic() + _PATIENCE
    while True:
        task.tell(place, "working")
        try:
            return build(
                sources,
                database,
                cache,
                lambda done, total: task.tell(place, "working", done, total),
                determined=determining.known(),
            )
        except Busy:
            if time.monotonic() > until:
                raise
        task.tell(place, "waiting")
        time.sleep(_PAUSE)
