"""Fifty people at once: sessions over websockets against the real server, each changing a filter without a pause.

They speak Streamlit's own protocol, so that the server does all it does for a browser; nothing is drawn.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from statistics import quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.dashboard import Dashboard, running
from bench.timing import Row

SESSIONS = 50
# How long they go on; BENCH_LOAD_SECONDS=900 makes a soak of it.
SECONDS = float(os.environ.get("BENCH_LOAD_SECONDS", "60"))
PAGES = ("requests", "review_litigation", "publication", "submissions")
FILTER = "乡镇街道"
CHOSEN = ("霁桥镇人民政府", "蓼湾镇人民政府", "")


def rows() -> Iterator[Row]:
    """Measure and yield the rows of the table."""
    with running() as dashboard:
        asyncio.run(_session(dashboard, 0, time.monotonic()))
        before = dashboard.memory()
        begun = dashboard.cpu()
        times = asyncio.run(_everybody(dashboard))
        held, used = dashboard.memory(), dashboard.cpu() - begun
    cuts = quantiles(times, n=100)
    said = f"{SESSIONS} sessions, {SECONDS:.0f} s, no pause"
    yield f"{said}: filter change, p50", f"{cuts[49] * 1000:,.0f} ms", "", "", ""
    yield f"{said}: filter change, p95", f"{cuts[94] * 1000:,.0f} ms", "", f"{cuts[94] / 2:.2f}", "≤ 2,000 ms"
    yield f"{said}: changes answered", f"{len(times):,}", "", "", ""
    yield f"{said}: server CPU of a change", f"{used / len(times) * 1000:.0f} ms", "", "", "≤ 60 ms"
    yield "memory before and after", f"{before:,.0f} → {held:,.0f} MB", "", f"{held / 300:.2f}", "≤ 300 MB"


async def _everybody(dashboard: Dashboard) -> list[float]:
    until = time.monotonic() + SECONDS
    sessions = await asyncio.gather(*(_session(dashboard, at, until) for at in range(SESSIONS)))
    return [taken for session in sessions for taken in session]


async def _session(dashboard: Dashboard, at: int, until: float) -> list[float]:
    """One person: opens a page, then changes the filter again and again; seconds of each change."""
    address = dashboard.address.replace("http", "ws") + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as line:  # type: ignore[list-item]
        page, chooser = await _open(line, PAGES[at % len(PAGES)])
        times = []
        while time.monotonic() < until:
            begun = time.perf_counter()
            chosen = CHOSEN[len(times) % len(CHOSEN)]
            await line.send(_asking(page, chooser, chosen).SerializeToString())
            await _answer(line)
            times.append(time.perf_counter() - begun)
        return times


async def _open(line: ClientConnection, name: str) -> tuple[str, str]:
    """Open a page by its name; the hash of the page and the id of its filter."""
    first = BackMsg()
    first.rerun_script.page_name = name
    await line.send(first.SerializeToString())
    page, chooser = "", ""
    for message in await _answer(line):
        if message.WhichOneof("type") == "navigation":
            page = message.navigation.page_script_hash
        widget = message.delta.new_element.multiselect
        if widget.label == FILTER:
            chooser = widget.id
    return page, chooser


def _asking(page: str, chooser: str, chosen: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.page_script_hash = page
    state = message.rerun_script.widget_states.widgets.add()
    state.id = chooser
    state.string_array_value.data.extend([chosen] if chosen else [])
    return message


async def _answer(line: ClientConnection) -> list[ForwardMsg]:
    """All messages until the script has run through; RuntimeError when it has not."""
    messages = []
    while True:
        message = ForwardMsg.FromString(bytes(await line.recv(decode=False)))
        messages.append(message)
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"a run of the page ended with {message.script_finished}")
            return messages
