"""What every answer over HTTP passes: compressed bundles, the page's language, a strict content policy."""

import base64
import gzip
import hashlib
import re
from asyncio import to_thread
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import printing

_STATIC = Path(__file__).parent / "static"
_SCRIPT, _SHEET = b"text/javascript; charset=utf-8", b"text/css; charset=utf-8"
# Ours beside Streamlit's page: how wide it is, its words translated, tables that lead on, charts for a page that turns
# dark, room on the screen, the page on paper.
_OWN = {
    "/width.js": _SCRIPT,
    "/words.js": _SCRIPT,
    "/tables.js": _SCRIPT,
    "/appearance.js": _SCRIPT,
    "/printing.js": _SCRIPT,
    "/printing_charts.js": _SCRIPT,
    "/frame.css": _SHEET,
    "/printing.css": _SHEET,
}
_LINKS = (
    '<link rel="stylesheet" href="./frame.css"><link rel="stylesheet" href="./printing.css">'
    '<script src="./width.js"></script><script src="./words.js" defer></script><script src="./tables.js" defer></script>'
    '<script src="./appearance.js" defer></script>'
)
# Fetched with the page instead of after its first element has come: what every page draws.
_EARLY = (
    "PlotlyChart",
    "Selectbox",
    "Slider",
    "Multiselect",
    "ButtonGroup",
    "useSyncComboBoxEnterTargetFocus",
)
# Fetched when there is nothing else to do: what the next page may draw.
_LATER = ("DataFrame", "arrowFormatUtils")
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_FONT = re.compile(rb'href="\./static/media/SourceSans[^"]*"')
_BOLD = '<link rel="preload" href="./app/static/fonts/NotoSansSC-Bold.woff2" as="font" type="font/woff2" crossorigin>'
_POLICY = (
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)


class Serving:
    """ASGI middleware. Bundles carry a hash in their name, so each is compressed once and kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._bundles: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or path.startswith("/_stcore/"):
            await self.app(scope, receive, send)
        elif path in _OWN:
            await _answer(send, [(b"content-type", _OWN[path])], (_STATIC / path[1:]).read_bytes())
        elif path.startswith("/app/static/fonts/"):
            await self.app(scope, receive, _kept(send))
        elif path.startswith("/static/") and path.endswith((".js", ".css")) and _accepts_gzip(scope):
            await self._bundle(path, scope, receive, send)
        elif _wants_page(scope):
            await self._page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _bundle(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if path not in self._bundles:
            status, headers, body = await self._whole(scope, receive)
            if status != 200:
                await _answer(send, headers, body, status)
                return
            kept = [(name, value) for name, value in headers if name not in (b"content-length", b"etag")]
            self._bundles[path] = (
                [*kept, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")],
                await to_thread(gzip.compress, body, 6),
            )
        await _answer(send, *self._bundles[path])

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, headers, body = await self._whole(scope, receive)
        if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
            headers = [pair for pair in headers if pair[0] not in (b"content-length", b"etag")]
            headers.append((b"content-security-policy", _policy(body).encode()))
            headers.append((b"referrer-policy", b"same-origin"))
            body = _localised(body)
        await _answer(send, headers, body, status)

    async def _whole(self, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """The application's answer, uncompressed and in one piece."""
        started: list[Message] = []
        parts: list[Message] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif message["type"] == "http.response.body":
                parts.append(message)

        plain = [pair for pair in scope["headers"] if pair[0] not in (b"accept-encoding", b"if-none-match")]
        await self.app({**scope, "headers": plain}, receive, collect)
        if not parts or parts[-1].get("more_body"):
            # The visitor has left before the whole answer had come: a part of it is never kept for others.
            return 503, [], b""
        body = b"".join(part.get("body", b"") for part in parts)
        return started[0]["status"], list(started[0].get("headers", ())), body


def _accepts_gzip(scope: Scope) -> bool:
    return b"gzip" in _headers(scope).get(b"accept-encoding", b"")


def _wants_page(scope: Scope) -> bool:
    return b"text/html" in _headers(scope).get(b"accept", b"")


def _headers(scope: Scope) -> Mapping[bytes, bytes]:
    return dict(scope["headers"])


def _kept(send: Send) -> Send:
    """Fonts do not change between releases: a browser need not ask again for a week."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = (b"cache-control", b"public, max-age=604800")
            message = {**message, "headers": [*message["headers"], kept]}
        await send(message)

    return sent


def _localised(page: bytes) -> bytes:
    """The page in Chinese from its first byte, with the script that translates Streamlit's own few words."""
    page = page.replace(b'<html lang="en">', b'<html lang="zh-CN">')
    page = _FONT.sub(b'href="./app/static/fonts/NotoSansSC-Regular.woff2"', page)
    return page.replace(b"</head>", _hints() + _links() + b"</head>")


@cache
def _links() -> bytes:
    return (_LINKS + printing.script()).encode()


@cache
def _hints() -> bytes:
    """Links that have the browser fetch scripts and the bold font before it finds that it needs them."""
    early = [f'<link rel="modulepreload" crossorigin href="./{name}">' for name in _scripts(_EARLY)]
    later = [f'<link rel="prefetch" as="script" crossorigin href="./{name}">' for name in _scripts(_LATER)]
    return "".join([*early, _BOLD, *later]).encode()


def _scripts(stems: tuple[str, ...]) -> list[str]:
    """The addresses of Streamlit's scripts with these names; a hash of the content follows the name."""
    root = Path(streamlit.__file__).parent / "static"
    return [
        f"static/js/{path.name}" for stem in stems for path in sorted(root.glob(f"static/js/{stem}.*.js"))
    ]


@cache
def _policy(page: bytes) -> str:
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE.findall(page))
    return _POLICY.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))


async def _answer(send: Send, headers: list[tuple[bytes, bytes]], body: bytes, status: int = 200) -> None:
    length = (b"content-length", str(len(body)).encode())
    kept = [pair for pair in headers if pair[0] != b"content-length"]
    await send({"type": "http.response.start", "status": status, "headers": [*kept, length]})
    await send({"type": "http.response.body", "body": body})
