"""What an attacker would send, each with nothing let in and nothing lost: addresses, headers, uploads, names, markup."""

import csv
import gzip
import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import websockets
from awaiting import awaited
from dashboard_server import ROOT, dashboard
from filings import page as filing
from on_screen import drawn
from starlette.types import Send
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard.serving import Serving
from etl import archive, export
from etl.intake.batch import Understood
from etl.intake.understanding import stored_path

pytestmark = pytest.mark.xdist_group("browser")
SECRETS = (b"root:", b"SQLite format", b"cookie_secret", b"[remote", b"def main", b"DUCK")
MARKUP = "<img src=x onerror=window.hit=1><script>window.hit=2</script>[链](javascript:window.hit=3)![图](http://127.0.0.1:9/x.png)**粗**:red[红]$x^2$\u202e"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose filings, register and file names hold markup wherever text can stand."""
    place = tmp_path_factory.mktemp("attacked")
    reports = place / "reports"
    reports.mkdir()
    prose = f"{escape(MARKUP)}全年通过县政府门户网站发布信息12条。{escape(MARKUP)}"
    names = [f"云岭县白石{escape('<b>')}镇人民政府", "云岭县清泉乡人民政府", "云岭县霁桥镇人民政府"]
    for number, government in enumerate(names):
        figures = {("requests", "received", "natural_person"): escape(MARKUP)} if number else {}
        text = filing(government, 2023, figures, prose=prose).replace(
            "</table>", f"<tr><td>{escape(MARKUP)}</td></tr></table>"
        )
        (reports / f"{number}{MARKUP.replace('/', '')}.html").write_text(text, "utf-8")
    (reports / f"坏{MARKUP.replace('/', '')}.docx").write_bytes(b"PK\x03\x04 no")
    (place / "governments.csv").write_text(
        f'county,name,level\n云岭县,清泉乡人民政府,township\n云岭县,"{MARKUP}",township\n"{MARKUP}",某镇人民政府,township\n',
        "utf-8",
    )
    command = [sys.executable, "-m", "etl", "build", "--no-sample"]
    subprocess.run(command, cwd=ROOT, env=_environment(place), check=True, capture_output=True)
    return place


def _environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OVERSIGHT_")}
    return kept | {"OVERSIGHT_DATA": str(place)}


@pytest.fixture(scope="module")
def server(office: Path) -> Iterator[str]:
    with dashboard({"OVERSIGHT_DATA": str(office)}) as address:
        yield address


@pytest.fixture
def where(server: str) -> str:
    """The server's name and port."""
    return server.removeprefix("http://")


HTML = {"Accept": "text/html"}
REQUESTS: list[tuple[str, str, dict[str, str], bytes, set[int]]] = [
    *(
        ("GET", path, headers, b"", {200, 301, 302, 307, 400, 403, 404})
        for headers in ({}, HTML)
        for path in (
            "/../../../../etc/passwd",
            "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2f..%2fetc%2fpasswd",
            "//etc/passwd",
            "/static/../../../../../../etc/passwd",
            "/static/%2e%2e%2f%2e%2e%2fapp.py",
            "/app/static/../../app.py",
            "/app/static/..%2f..%2fapp.py",
            "/app/static/..%5c..%5capp.py",
            "/app/static/%00",
            "/app/static/fonts/../../db.py",
            "/media/../../../etc/passwd",
            "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/media/0123456789abcdef.svg",
            "/component/..%2f..%2f..%2fetc/passwd",
            "/_stcore/bidi-components/..%2f..%2fapp.py",
            "/words.js/../serving.py",
            "/data/decisions.sqlite",
            "/database/current",
            "/.git/config",
            "/.streamlit/secrets.toml",
            "/reports/",
            "/_stcore/metrics",
            "/_stcore/stream",
            "/oauth2callback?state=x&code=y",
            "/auth/login?provider=http://evil.example",
        )
    ),
    ("GET", "/", HTML | {"Host": "evil.example"}, b"", {400}),
    ("GET", "/", HTML | {"Host": "127.0.0.1.evil.example"}, b"", {400}),
    ("GET", "/", HTML | {"Host": "evil.example@127.0.0.1"}, b"", {400}),
    ("GET", "/_stcore/health", {"Host": "evil.example"}, b"", {400}),
    ("TRACE", "/", {}, b"", {400, 405, 501}),
    ("POST", "/", {}, b"x", {404, 405}),
    ("PUT", "/_stcore/upload_file/s/f", {}, b"x", {403}),
    ("DELETE", "/_stcore/upload_file/s/f", {}, b"", {403}),
    ("PUT", "/_stcore/upload_file/s/f", {"X-Xsrftoken": "a", "Cookie": "_streamlit_xsrf=a"}, b"x", {403}),
    ("PUT", "/_stcore/upload_file/..%2f..%2fetc/passwd", {}, b"x", {400, 403, 404, 405}),
    ("POST", "/_stcore/upload_file/s/f", {}, b"x", {404, 405}),
    ("OPTIONS", "/_stcore/upload_file/s/f", {"Origin": "http://evil.example"}, b"", {204}),
]


@pytest.mark.parametrize(("method", "path", "headers", "body", "allowed"), REQUESTS)
def test_a_request_gets_nothing_that_is_not_its_own(
    where: str, method: str, path: str, headers: dict[str, str], body: bytes, allowed: set[int]
) -> None:
    connection = http.client.HTTPConnection(where, timeout=20)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status in allowed
    assert not [secret for secret in SECRETS if secret in said]
    assert "evil" not in answer.headers.get("Location", "")
    assert "evil" not in answer.headers.get("Access-Control-Allow-Origin", "")
    connection.close()


def xsrf(where: str) -> dict[str, str]:
    connection = http.client.HTTPConnection(where, timeout=20)
    connection.request("GET", "/_stcore/health")
    cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
    return {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}


@pytest.mark.parametrize("length", ["999999999999", "60000000", "-1", "x"])
def test_an_upload_larger_than_allowed_or_of_nobody_is_refused(where: str, length: str) -> None:
    connection = http.client.HTTPConnection(where, timeout=20)
    connection.putrequest("PUT", "/_stcore/upload_file/nobody/file")
    for name, value in (xsrf(where) | {"Content-Length": length}).items():
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status in (400, 413)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (None, "http://evil.example"),
        (None, "null"),
        (None, "http://127.0.0.1.evil.example"),
        ("evil.example", "http://evil.example"),
    ],
)
def test_another_sites_page_gets_no_session(where: str, host: str | None, origin: str) -> None:
    headers = {"Host": host} if host else {}
    with (
        pytest.raises(InvalidStatus),
        connect(f"ws://{where}/_stcore/stream", origin=websockets.Origin(origin), additional_headers=headers),
    ):
        pytest.fail("a session was opened")


def test_a_visitor_who_leaves_before_the_answer_is_no_error() -> None:
    sent: list[dict[str, object]] = []

    async def nobody_left_to_answer(scope: object, receive: object, send: object) -> None:
        return

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept", b"text/html")]}
    awaited(Serving(nobody_left_to_answer)(scope, receive, send))  # type: ignore[arg-type]
    assert [message.get("status") for message in sent] == [503, None]


def test_a_script_whose_answer_broke_off_is_not_kept_for_others() -> None:
    whole = b"export const answer = 1"
    sent: list[dict[str, object]] = []
    cut = [True]

    async def script(scope: object, receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": whole[:9], "more_body": True})
        if not cut.pop():
            await send({"type": "http.response.body", "body": whole[9:]})

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/static/a.js",
        "headers": [(b"accept-encoding", b"gzip")],
    }
    serving = Serving(script)
    awaited(serving(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 503
    cut.append(False)
    awaited(serving(scope, receive, send))  # type: ignore[arg-type]
    assert sent[2]["status"] == 200
    assert gzip.decompress(sent[3]["body"]) == whole  # type: ignore[arg-type]


def test_every_answer_says_that_it_is_what_it_is(where: str) -> None:
    for path in ("/", "/words.js", "/_stcore/health", "/nothing", "/media/nothing"):
        connection = http.client.HTTPConnection(where, timeout=20)
        connection.request("GET", path, headers=HTML)
        answer = connection.getresponse()
        answer.read()
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN", path
        if path.startswith("/media/"):
            assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [
        ("overview", "county", "'; drop table reports; --"),
        ("overview", "county", MARKUP),
        ("overview", "lang", "<b>"),
        ("requests", "governments", "甲' or '1'='1"),
        ("requests", "years", "99999999999999999999"),
        ("filing", "filing", "%"),
        ("filing", "filing", "_" * 12),
        ("filing", "filing", "../../../../etc/passwd"),
        ("filing", "filing", "a' union select * from read_csv('/etc/passwd') --"),
        ("filing", "cell", "<script>"),
        ("findings", "severity", "error' --"),
        ("import_filings", "batch", "../../reports"),
        ("import_filings", "batch", "..%2f..%2freports"),
        ("import_filings", "batch", "\0"),
    ],
)
def test_an_address_asks_for_what_is_there_or_for_nothing(
    office: Path, monkeypatch: pytest.MonkeyPatch, page: str, name: str, value: str
) -> None:
    monkeypatch.delenv("OVERSIGHT_DATABASE", raising=False)
    monkeypatch.setenv("OVERSIGHT_DATA", str(office))
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=60)
    app.run()
    app.query_params[name] = value
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    assert "这一页没有显示出来" not in [one.value for one in app.error]
    assert not [one.value for one in app.text if "root:" in one.value]


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        '=HYPERLINK("http://127.0.0.1")',
        "+1",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "　＝1",
        "  =1",
        "＋1",
    ],
)
def test_text_never_leaves_as_a_formula(value: str) -> None:
    rows = list(csv.reader(StringIO(export.to_csv([value], [[value]]).decode("utf-8-sig"), newline="")))
    assert all(cell.startswith("'") for row in rows for cell in row)


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "..\\..\\x",
        "a\0b.docx",
        "a\r\nSet-Cookie: x=1.docx",
        "‮cod.exe",
        "." * 5000,
        "CON",
        "<img src=x>.html",
        "",
    ],
)
def test_a_name_is_no_path(name: str) -> None:
    path = archive.safe_path(name)
    assert path.isprintable() and path
    assert not path.startswith("/") and ".." not in path.split("/")
    file = Understood(name, "ab" * 32, media_type="text/html", content="ab" * 32)
    stored = stored_path(file, name, 2023)
    assert stored.endswith("/2023/abababababababababab.html")
    assert stored.partition("/")[0] == "未分县"


def test_markup_in_filings_and_names_makes_no_element_on_any_page(page: Any, server: str) -> None:
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    page.set_viewport_size({"width": 1366, "height": 1600})
    seen: list[bool] = []
    for name in pages:
        page.goto(f"{server}/{'' if name == 'overview' else name}")
        drawn(page)
        made = page.evaluate(
            "() => [window.hit, document.querySelectorAll('img[src=x], a[href^=javascript], main b, main .katex').length]"
        )
        assert made == [None, 0], name
        seen.append("window.hit" in page.inner_text("main"))
    assert any(seen), "no page showed the markup as text: nothing has been tested"
