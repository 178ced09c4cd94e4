"""What lives long is taken out of the collector's sight.

Streamlit collects garbage after every rerun, which looks at every object there is: the modules, and what fifty open
sessions hold. That would take most of a rerun's time.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_SECONDS = 2
# Sessions that have ended leave cycles, which only a look at everything finds: a pause of some tenths of a second. So it
# is taken as often as Streamlit lets go of a session that its browser has left, every two minutes.
_TURNS = 60


@asynccontextmanager
async def kept_small() -> AsyncIterator[None]:
    """Set aside all that there is, and from then on what has come to stay."""
    set_aside()
    task = asyncio.create_task(_again_and_again())
    try:
        yield
    finally:
        task.cancel()


async def _again_and_again() -> None:
    turn = 0
    while True:
        await asyncio.sleep(_SECONDS)
        turn += 1
        set_aside(everything=turn % _TURNS == 0)


def set_aside(everything: bool = False) -> None:
    """Collect what has been made since the last time, or everything, and set aside what is left."""
    if everything:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
