"""Pages are drawn two at a time: more at once would spend their time handing Python's lock to each other."""

from collections import deque
from threading import Lock


class Turns:
    """As many at once as there are turns, others in the order in which they came: who has just been served waits again."""

    def __init__(self, turns: int) -> None:
        self._free = turns
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append(gate)
        gate.acquire()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


# While one asks the base, the other is drawn.
turn = Turns(2)
