"""A person at the dashboard without a browser: a session over a websocket in Streamlit's own protocol.

The server does all it does for a browser; nothing is drawn.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.dashboard import Dashboard

FILTER = "乡镇街道"
_PATIENCE = 60


class Visitor:
    """An open session on a page."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._page = self._filter = self._address = ""
        # The governments that the filter of the page offers.
        self.offered: tuple[str, ...] = ()

    async def go(self, page: str, **address: str) -> None:
        """Go to a page by its name, with filters as they stand in an address; RuntimeError when it fails."""
        self._address = urlencode(address)
        message = BackMsg()
        message.rerun_script.page_name = page
        for answer in await self._answers(message):
            if answer.WhichOneof("type") == "navigation":
                self._page = answer.navigation.page_script_hash
            widget = answer.delta.new_element.multiselect
            if widget.label == FILTER:
                self._filter, self.offered = widget.id, tuple(widget.options)

    async def choose(self, *governments: str) -> None:
        """Choose governments in the filter, and wait until the page has been drawn; RuntimeError when it fails."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._filter
        state.string_array_value.data.extend(governments)
        await self._answers(message)

    async def _answers(self, asking: BackMsg) -> list[ForwardMsg]:
        """All messages until the script has run through; TimeoutError when that takes a minute."""
        asking.rerun_script.query_string = self._address
        await self._line.send(asking.SerializeToString())
        messages = []
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = ForwardMsg.FromString(bytes(await self._line.recv(decode=False)))
                messages.append(message)
                alert = message.delta.new_element.alert
                if alert.format == Alert.ERROR:
                    raise RuntimeError(f"the page says: {alert.body}")
                if message.WhichOneof("type") == "script_finished":
                    if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                        raise RuntimeError(f"a run of the page ended with {message.script_finished}")
                    return messages


@asynccontextmanager
async def visiting(dashboard: Dashboard) -> AsyncIterator[Visitor]:
    """A session that ends as one does when a browser's tab is closed."""
    address = dashboard.address.replace("http", "ws") + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as line:  # type: ignore[list-item]
        yield Visitor(line)


def offered(dashboard: Dashboard) -> tuple[str, ...]:
    """The governments that the filter offers whoever comes first."""
    return asyncio.run(_offered(dashboard))


async def _offered(dashboard: Dashboard) -> tuple[str, ...]:
    async with visiting(dashboard) as visitor:
        await visitor.go("")
        return visitor.offered
