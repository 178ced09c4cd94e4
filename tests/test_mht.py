"""Pages saved as one file: whatever the envelope's encoding, they read as the page itself."""

import base64
import quopri
from email.message import Message
from pathlib import Path

import pytest

from etl import readers
from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.readers import html

PAGE = """<html><body><p>一、总体情况</p><p>全年公开信息38条。</p>
<table><tr><td rowspan=2>行政许可</td><td>1216</td></tr><tr><td>7</td></tr></table></body></html>"""
ADDRESS = "http://www.example.gov.cn/art/2024/1/15/art_1.html"


def envelope(body: bytes, encoding: str, charset: str, address: str = ADDRESS) -> bytes:
    picture = base64.encodebytes(b"\x89PNG\r\n" + bytes(60))
    return b"\r\n".join(
        (
            b"From: <Saved by Blink>",
            b"Snapshot-Content-Location: " + address.encode(),
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related; type="text/html"; boundary="----Part"',
            b"",
            b"------Part",
            f'Content-Type: text/html; charset="{charset}"'.encode(),
            b"Content-Transfer-Encoding: " + encoding.encode(),
            b"",
            body,
            b"------Part",
            b"Content-Type: image/png",
            b"Content-Transfer-Encoding: base64",
            b"",
            picture,
            b"------Part--",
            b"",
        )
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_saved_page_reads_as_the_page(charset: str, encoding: str) -> None:
    encode = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[encoding]
    media_type, document = readers.read(envelope(encode(PAGE.encode(charset)), encoding, charset))
    assert media_type == "multipart/related"
    assert document.blocks == html.read(PAGE.encode()).blocks
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table]


def test_an_encoding_that_only_the_envelope_names_is_believed() -> None:
    body = "<html><body><p>一、總體情況</p></body></html>".encode("big5")
    assert readers.read(envelope(body, "8bit", "big5"))[1].blocks == (Paragraph("一、總體情況"),)


def test_the_address_a_page_was_saved_from_is_kept() -> None:
    document = readers.read(envelope(PAGE.encode(), "8bit", "utf-8"))[1]
    assert ("url", ADDRESS) in document.properties


def test_a_file_path_is_no_address() -> None:
    document = readers.read(envelope(PAGE.encode(), "8bit", "utf-8", "file:///C:/x.htm"))[1]
    assert "url" not in dict(document.properties)


def test_rules_saved_beside_the_page_hide_its_words_too() -> None:
    page = PAGE.replace("1216", "12<span class=noise>9</span>16").encode()
    rules = b"------Part\r\nContent-Type: text/css\r\n\r\n.noise { display: none }\r\n------Part--"
    saved = envelope(page, "8bit", "utf-8").replace(b"------Part--", rules)
    (found,) = (block for block in readers.read(saved)[1].blocks if isinstance(block, Table))
    assert [cell.text for cell in found.cells] == ["行政许可", "1216", "7"]


def test_an_envelope_without_a_page_is_refused() -> None:
    data = envelope(b"", "8bit", "utf-8")
    with pytest.raises(UnreadableFile, match="没有网页正文"):
        readers.read(data)


def test_envelopes_in_envelopes_are_refused() -> None:
    message = Message()
    message.set_payload("<html><body><p>1</p></body></html>")
    message["Content-Type"] = "text/html"
    for _ in range(200):
        outer = Message()
        outer["MIME-Version"] = "1.0"
        outer["Content-Type"] = "multipart/mixed"
        outer.attach(message)
        message = outer
    with pytest.raises(UnreadableFile, match="单文件网页"):
        readers.read(message.as_bytes())


def test_a_saved_page_cut_short_anywhere_is_refused_or_read() -> None:
    data = envelope(base64.encodebytes(PAGE.encode()), "base64", "utf-8")
    for size in range(1, len(data), 10):
        try:
            assert isinstance(readers.read(data[:size])[1], Document)
        except UnreadableFile as refusal:
            assert str(refusal).endswith("。")


def test_a_report_saved_with_its_page_reads_as_the_page(shared: Path) -> None:
    raw = (shared / "variants" / "web_page_gb18030.html").read_bytes()
    document = readers.read(envelope(quopri.encodestring(raw), "quoted-printable", "gb2312"))[1]
    assert document.blocks == html.read(raw).blocks
