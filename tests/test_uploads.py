"""Uploads beyond the limits: refused with a sentence, nothing left on the disk, the server's memory as it was."""

import http.client
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import websockets
from awaiting import awaited
from dashboard_server import ROOT, free_port, running
from starlette.types import Message, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.sync.client import connect

from dashboard import guarding, importing
from etl import places
from etl.intake import Refused, batch

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
MEGABYTE = 1024 * 1024
MOST = CONFIG["server"]["maxUploadSize"] * MEGABYTE
HEAD = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
TAIL = b"\r\n--cut--\r\n"


@dataclass(frozen=True)
class Server:
    address: str
    process: int
    place: Path

    def files(self) -> list[Path]:
        """All that lies in the office's folder and in the server's folder for what it has not yet taken in."""
        return sorted(path for path in self.place.rglob("*") if path.is_file())

    def peak(self) -> int:
        """The most memory in bytes that the server has held so far."""
        said = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        return int(said.split("VmHWM:")[1].split()[0]) * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("uploads")
    (place / "waiting").mkdir()
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {"OVERSIGHT_DATA": str(place), "TMPDIR": str(place / "waiting")}
    with running(command, f"http://127.0.0.1:{port}/_stcore/health", environment) as process:
        yield Server(f"127.0.0.1:{port}", process, place)


@contextmanager
def session(server: Server) -> Iterator[str]:
    """A visitor's session with its page drawn; its number, without which nothing may be uploaded."""
    subprotocol = websockets.Subprotocol("streamlit")
    with connect(f"ws://{server.address}/_stcore/stream", subprotocols=[subprotocol]) as line:
        asking = BackMsg()
        asking.rerun_script.page_name = "import_filings"
        line.send(asking.SerializeToString())
        number = ""
        while True:
            message = ForwardMsg.FromString(bytes(line.recv(timeout=60, decode=False)))
            if message.WhichOneof("type") == "new_session":
                number = message.new_session.initialize.session_id
            elif message.WhichOneof("type") == "script_finished":
                yield number
                return


def body(size: int) -> Iterator[bytes]:
    yield HEAD
    for _ in range(size // MEGABYTE):
        yield b"x" * MEGABYTE
    yield b"x" * (size % MEGABYTE)
    yield TAIL


def upload(server: Server, number: str, size: int, announced: bool) -> int:
    """Upload a file of a size; the status that the server answers."""
    connection = http.client.HTTPConnection(server.address, timeout=60)
    connection.request("GET", "/_stcore/health")
    cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
    headers = {
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=cut",
    }
    if announced:
        headers["Content-Length"] = str(size + len(HEAD) + len(TAIL))
    connection = http.client.HTTPConnection(server.address, timeout=60)
    try:
        path = f"/_stcore/upload_file/{number}/file"
        connection.request("PUT", path, body(size), headers, encode_chunked=not announced)
    except (BrokenPipeError, ConnectionResetError):
        # The server has answered already, and reads no more.
        pass
    return connection.getresponse().status


def test_a_file_within_the_limit_comes_in(server: Server) -> None:
    with session(server) as number:
        assert upload(server, number, MOST - 2 * MEGABYTE, announced=True) == 204


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused_and_leaves_nothing(server: Server, announced: bool) -> None:
    with session(server) as number:
        upload(server, number, MEGABYTE, announced=True)
        files, peak = server.files(), server.peak()
        for _ in range(4):
            assert upload(server, number, MOST * 4, announced) == 413
        assert server.files() == files
        assert server.peak() - peak < MOST


def asked(size: int, arriving: int = 0) -> tuple[int, str]:
    """What an upload of a size is answered while others are on their way."""
    said: list[dict[str, Any]] = []

    async def taken(scope: object, receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Message) -> None:
        said.append(dict(message))

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    guard = guarding.Guarding(taken)
    guard._arriving = arriving
    headers = [(b"content-length", str(size).encode())] if size else []
    scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/s/f", "headers": headers}
    awaited(guard(scope, receive, send))
    return int(str(said[0]["status"])), str(said[1]["body"], "utf-8")


def test_uploads_of_everybody_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = MemoryUploadedFileManager("/_stcore/upload_file")
    for number in range(20):
        uploads.add_file(str(number), UploadedFileRec("f", "a.docx", "x", b"x" * MEGABYTE))
    monkeypatch.setattr(guarding, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=uploads))
    monkeypatch.setattr(guarding, "MOST_HELD", 22 * MEGABYTE)
    assert asked(MEGABYTE)[0] == 204
    status, sentence = asked(3 * MEGABYTE)
    assert status == 413
    assert sentence.startswith("正在上传的文件合计太大，请等")
    assert asked(MEGABYTE, arriving=2 * MEGABYTE)[0] == 413
    assert asked(0)[0] == 413, "who does not say how much comes may bring as much as anybody"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("甲.docx", b"x" * 60), ("乙.docx", b"x" * 60)], "一次最多 500 个文件"),
        ([(f"{number}.docx", b"") for number in range(501)], "这次有 501 个"),
    ],
)
def test_a_batch_over_the_limits_is_refused_whole_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: list[tuple[str, bytes]], sentence: str
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATA", str(tmp_path))
    monkeypatch.setattr(batch, "MOST_BYTES", 100)
    with pytest.raises(Refused, match=sentence):
        importing.receive(files)
    assert list(places.incoming().iterdir()) == []


def test_the_page_names_the_limit_of_a_file_that_the_server_keeps() -> None:
    words = tomllib.loads((ROOT / "dashboard" / "text" / "zh.toml").read_text(encoding="utf-8"))
    limit = CONFIG["server"]["maxUploadSize"]
    assert f"单个文件不超过 {limit} MB" in words["import_filings"]["limits"]
