"""What every answer says about itself, and how much of what people upload the server holds at once."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option
from streamlit.runtime import get_instance
from streamlit.runtime.stats import CACHE_MEMORY_FAMILY, CacheStat

MOST_HELD = 1_000_000_000
_UPLOADS = "/_stcore/upload_file/"
_TOO_MUCH = "正在上传的文件合计太大，请等已上传的处理完再传 / too much is being uploaded; try again later"
_TRUTHS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# A download opened in the browser itself may run and fetch nothing.
_DOWNLOADS = (b"content-security-policy", b"default-src 'none'; sandbox")


class Guarding:
    """ASGI middleware. The limit of the upload widget is for one file, and for well-behaved browsers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # The bytes of uploads under way, which the server does not count among those it holds.
        self._arriving = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own = (*_TRUTHS, _DOWNLOADS) if scope["path"].startswith("/media/") else _TRUTHS
        answer = _with(own, send)
        if scope["method"] == "PUT" and scope["path"].startswith(_UPLOADS):
            await self._upload(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = _announced(scope)
        if _held() + self._arriving + size > MOST_HELD:
            headers = [(b"connection", b"close"), (b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 413, "headers": headers})
            await send({"type": "http.response.body", "body": _TOO_MUCH.encode()})
            return
        self._arriving += size
        try:
            await self.app(scope, receive, send)
        finally:
            self._arriving -= size


def _announced(scope: Scope) -> int:
    """As many bytes as a request says it brings; as many as any may bring where it does not say."""
    length = dict(scope["headers"]).get(b"content-length", b"")
    most: int = get_option("server.maxUploadSize") * 1024 * 1024
    return min(int(length), most) if length.isdigit() else most


def _held() -> int:
    """The bytes of all uploads that lie in the server's memory."""
    found = get_instance().uploaded_file_mgr.get_stats([CACHE_MEMORY_FAMILY])
    return sum(stat.byte_length for stats in found.values() for stat in stats if isinstance(stat, CacheStat))


def _with(headers: tuple[tuple[bytes, bytes], ...], send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message.get("headers", ())}
            more = [pair for pair in headers if pair[0] not in there]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return sent
