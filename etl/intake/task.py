"""Work in a process of its own that any session can watch: its state in a file, a lock held as long as it lives."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_SECONDS_TO_START = 30


@dataclass(frozen=True, slots=True)
class State:
    """How far a task is: starting, waiting, working, done or refused; `message` is a sentence for people."""

    name: str
    done: int = 0
    total: int = 0
    message: str = ""
    at: float = 0.0

    @property
    def under_way(self) -> bool:
        """Whether more is to come."""
        return self.name in ("starting", "waiting", "working")


def tell(place: Path, name: str, done: int = 0, total: int = 0, message: str = "") -> None:
    """Say how far the task of the folder `place` is, in one step."""
    place.mkdir(parents=True, exist_ok=True)
    part = place / "state.part"
    part.write_text(
        json.dumps(asdict(State(name, done, total, message, time.time())), ensure_ascii=False), "utf-8"
    )
    part.replace(place / "state.json")


def state(place: Path) -> State | None:
    """How far the task is; None before the first. One whose process has died is `died`."""
    try:
        told = State(**json.loads((place / "state.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError):
        return None
    # A clock that has gone backwards makes no task start for ever.
    starting = told.name == "starting" and abs(time.time() - told.at) < _SECONDS_TO_START
    if told.under_way and not starting and not _is_held(place):
        # It may have ended between the two looks.
        again = State(**json.loads((place / "state.json").read_text("utf-8")))
        return State("died", again.done, again.total, at=again.at) if again == told else again
    return told


@contextmanager
def held(place: Path, patience: float) -> Iterator[None]:
    """The task's lock, waited for as many seconds; raises filelock.Timeout."""
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / "lock", timeout=patience):
        yield


def _is_held(place: Path) -> bool:
    try:
        with FileLock(place / "lock", timeout=0):
            return False
    except Timeout:
        return True
