"""One format in a process of its own: our reader beside the bare parse and beside a general extractor of the same file.

`python -m bench.formats docx` prints one JSON object; memory is the whole process's peak before the others are loaded.
"""

import email
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from typing import Literal, NamedTuple

from bench.material import MATERIAL
from bench.timing import cpu
from etl.readers import read

# A call that takes longer than this is timed only so often.
_LONG, _SELDOM, _OFTEN = 0.5, 3, 15
_TOKENS = re.compile(rb"\\[a-z]+-?\d* ?|\\'..|[{}]|[^\\{}]+")

Work = Callable[[bytes], object]


class Peer(NamedTuple):
    """A general extractor: its package, the module to look for, and what to call."""

    package: str
    module: str
    work: Work


def measured(name: str) -> dict[str, object]:
    """CPU seconds of our reader, the floor and the extractor (nothing where it is not installed), memory in bytes."""
    data = MATERIAL[name]()
    read(data)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    label, floor = FLOORS[name]
    peer = PEERS.get(name)
    installed = peer is not None and find_spec(peer.module) is not None
    works = [read, floor, *([peer.work] if peer and installed else [])]
    for work in works:
        work(data)
    turns = _SELDOM if cpu(lambda: read(data)) > _LONG else _OFTEN
    times = [[cpu(lambda work=work: work(data)) for work in works] for _ in range(turns)]  # type: ignore[misc]
    return {
        "seconds": [median(column) for column in zip(*times, strict=True)],
        "ratios": [median(row[0] / max(row[at], 1e-9) for row in times) for at in range(1, len(works))],
        "memory": memory,
        "floor": label,
        "peer": peer.package if peer else "",
    }


def _word(data: bytes) -> None:
    import lxml.etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        lxml.etree.fromstring(package.read("word/document.xml"))


def _state_document(data: bytes) -> None:
    import lxml.etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            lxml.etree.fromstring(package.read(name))


def _one_text(data: bytes) -> None:
    import lxml.etree

    lxml.etree.fromstring(data)


def _content(data: bytes) -> None:
    import lxml.etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        lxml.etree.fromstring(package.read("content.xml"))


def _page(data: bytes) -> None:
    import lxml.html

    lxml.html.fromstring(data.decode())


def _body(data: bytes) -> bytes:
    (part,) = (part for part in email.message_from_bytes(data).walk() if not part.is_multipart())
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body


def _stream(data: bytes) -> None:
    import olefile

    with olefile.OleFileIO(data) as container:
        container.openstream("WordDocument").read()


def _sheets(data: bytes) -> None:
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _old_sheets(data: bytes) -> None:
    import xlrd

    xlrd.open_workbook(file_contents=data)


def _bare_text(data: bytes) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_bounded()


def _finding_lines(data: bytes) -> None:
    import numpy as np
    from PIL import Image

    from etl.readers.scans.text import located

    with Image.open(io.BytesIO(data)) as image:
        located(np.asarray(image.convert("L")))


FLOORS: dict[str, tuple[str, Work]] = {
    "txt": ("decoding", lambda data: data.decode()),
    "html": ("parsing", _page),
    "mht": ("unpacking and parsing", lambda data: _page(_body(data))),
    "docx": ("unzipping and parsing", _word),
    "doc, wps": ("taking the stream out", _stream),
    "rtf": ("splitting into tokens", lambda data: _TOKENS.findall(data)),
    "xlsx": ("cells without merges", _sheets),
    "xls": ("opening", _old_sheets),
    "pdf": ("bare text", _bare_text),
    "ofd": ("unzipping and parsing", _state_document),
    "odt": ("unzipping and parsing", _content),
    "ods": ("unzipping and parsing", _content),
    "Word as one XML": ("parsing", _one_text),
    "sheets as one XML": ("parsing", _one_text),
    "scan": ("finding lines", _finding_lines),
}


def _guessed(data: bytes) -> None:
    import charset_normalizer

    str(charset_normalizer.from_bytes(data).best())


def _selected(data: bytes) -> None:
    from selectolax.lexbor import LexborHTMLParser

    LexborHTMLParser(data).text()


def _office(kind: Literal["docx", "xlsx", "doc", "xls"]) -> Work:
    def extract(data: bytes) -> None:
        import office_oxide

        with office_oxide.Document.from_bytes(data, kind) as document:
            document.to_markdown()

    return extract


def _stripped(data: bytes) -> None:
    from striprtf.striprtf import rtf_to_text

    rtf_to_text(data.decode())


def _oxide(data: bytes) -> None:
    import pdf_oxide

    document = pdf_oxide.PdfDocument.from_bytes(data)
    for page in range(document.page_count()):
        document.extract_text(page)
        document.extract_tables(page)


def _recognised(data: bytes) -> None:
    import rapidocr

    rapidocr.RapidOCR(params={"Global.log_level": "error"})(data)


PEERS = {
    "txt": Peer("charset-normalizer", "charset_normalizer", _guessed),
    "html": Peer("selectolax", "selectolax", _selected),
    "mht": Peer("selectolax", "selectolax", lambda data: _selected(_body(data))),
    "docx": Peer("office-oxide", "office_oxide", _office("docx")),
    "doc, wps": Peer("office-oxide", "office_oxide", _office("doc")),
    "rtf": Peer("striprtf", "striprtf", _stripped),
    "xlsx": Peer("office-oxide", "office_oxide", _office("xlsx")),
    "xls": Peer("office-oxide", "office_oxide", _office("xls")),
    "pdf": Peer("pdf-oxide", "pdf_oxide", _oxide),
    "scan": Peer("rapidocr", "rapidocr", _recognised),
}


if __name__ == "__main__":
    json.dump(measured(sys.argv[1]), sys.stdout)
