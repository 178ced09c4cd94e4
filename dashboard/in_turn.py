"""Pages are drawn two at a time: more at once would spend their time handing Python's lock to each other."""

from threading import BoundedSemaphore

# While one asks the base, the other is drawn.
turn = BoundedSemaphore(2)
