"""How `tests/fuzz.py` changes a file: within its parts, so that what is changed lies behind checksums and packing.

A container is opened, one of its parts is changed, in the way of that part's own format, and it is packed again; one time
in eight the container itself is changed instead.
"""

import base64
import copy
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from functools import cache
from typing import Any

import atheris
from lxml import etree
from word_binary import container

from etl import codec, rows
from etl.document import UnreadableFile
from etl.readers import ole

Mutation = Callable[[bytes, int, random.Random], bytes]
_STREAMS = ("WordDocument", "0Table", "1Table", "Data", "Workbook", "Book")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_WHOLE = 8
# What libraries raise for containers that earlier changes have left unopenable.
_CLOSED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, UnreadableFile, EOFError, OSError, NotImplementedError),
    *(RuntimeError, ValueError, LookupError, TypeError, OverflowError, AttributeError),
)
_STREAM = re.compile(
    rb"(?s)/Length \d+(?P<between>[^>]*>>\s*stream\r?\n)(?P<content>.*?)(?P<after>endstream)"
)
# What stands in cells and lines of a wild document beside the words of the forms: figures however written, and marks.
_FIGURES = (
    *(
        "",
        " ",
        "0",
        "1",
        "12",
        "１２",
        "1,216",
        "1.5",
        "-3",
        "—",
        "/",
        "无",
        "十二",
        "12件",
        "约3",
        "２０２３年",
        "9" * 40,
    ),
    *(
        "①",
        "½",
        "٣",
        "〇",
        "1\n2\n3",
        "1e9",
        "0x1",
        "+7",
        "?",
        "？",
        "\u202e12",
        "1 2",
        "合计",
        "公开" * 5000,
        "（",
        "%",
    ),
)
_HEADS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "2022年度",
    "白石镇人民政府",
)
_SPANS = (1, 1, 1, 2, 3, 7, 60)


def bytes_alone(data: bytes, most: int, chance: random.Random) -> bytes:
    """Bytes changed without regard to what they are; XML is closed again."""
    changed: bytes = atheris.Mutate(data, most)
    return well_formed(changed) if data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else changed


def well_formed(content: bytes) -> bytes:
    """The XML with its damage closed: what is not well formed is refused at once, and no reader would see it."""
    with suppress(etree.LxmlError, ValueError):
        root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False))
        content = content if root is None else etree.tostring(root)
    return content


def any_part(data: bytes, most: int, chance: random.Random) -> bytes:
    """A file changed as its container has it, told by how it begins; containers within containers alike."""
    kinds = ((_ZIP, packages), (_OLE, containers), (b"%PDF", printed), (b"MIME", letters))
    change = next((change for start, change in kinds if data.startswith(start)), bytes_alone)
    if change is not bytes_alone and chance.randrange(_WHOLE):
        with suppress(*_CLOSED):
            return change(data, most, chance)
    return bytes_alone(data, most, chance)


def packages(data: bytes, most: int, chance: random.Random) -> bytes:
    """A zip with one part changed, gone, given twice, or under another's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, content = parts[at]
    match chance.randrange(20):
        case 0:
            del parts[at]
        case 1:
            parts.append((name, parts[other][1]))
        case 2:
            parts[at] = (parts[other][0], content)
        case _:
            parts[at] = (name, well_named(name, any_part(content, most, chance)))
    return zipped(parts)


def well_named(name: str, content: bytes) -> bytes:
    """A part that is XML by its name, closed."""
    return well_formed(content) if name.endswith((".xml", ".rels")) else content


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    """A zip of the parts, whose names may stand in it twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def containers(data: bytes, most: int, chance: random.Random) -> bytes:
    """An old Office container with one of its streams changed."""
    streams = ole.streams(data, _STREAMS)
    name = chance.choice(sorted(streams))
    return container(streams | {name: bytes_alone(streams[name], most, chance)})


def printed(data: bytes, most: int, chance: random.Random) -> bytes:
    """A PDF with one of its streams changed, packed ones unpacked for it."""
    found = chance.choice(list(_STREAM.finditer(data)))
    between, content = found["between"], found["content"]
    if b"/FlateDecode" in data[max(found.start() - 200, 0) : found.end()] and not content.startswith(b"<"):
        with suppress(zlib.error):
            content = zlib.decompress(content)
            between = between.replace(b"/Filter", b"/Unpacked")
    changed = bytes_alone(content, most, chance)
    stream = b"/Length %d%s%s%s" % (len(changed), between, changed, found["after"])
    return data[: found.start()] + stream + data[found.end() :]


def letters(data: bytes, most: int, chance: random.Random) -> bytes:
    """A page saved as one file with the content of one part changed, behind its transfer encoding."""
    message = message_from_bytes(data)
    part = chance.choice([part for part in message.walk() if not part.is_multipart()])
    content = part.get_payload(decode=True)
    changed = bytes_alone(content if isinstance(content, bytes) else b"", most, chance)
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(changed).decode())
    return message.as_bytes()


def documents(data: bytes, most: int, chance: random.Random) -> bytes:
    """A packed document with a few blocks or cells lost, doubled, moved, spread or saying something else."""
    blocks, properties = codec.decompress(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        _change_blocks(blocks, chance)
    return codec.compress([blocks[:400], properties])


def _change_blocks(blocks: list[Any], chance: random.Random) -> None:
    at, other = chance.randrange(len(blocks) + 1), chance.randrange(len(blocks) + 1)
    match chance.randrange(12):
        case 0:
            del blocks[at : at + 1]
        case 1:
            blocks[at:at] = copy.deepcopy(blocks[other : other + 1])
        case 2:
            blocks[at:at], blocks[other:other] = blocks[other : other + 1], blocks[at : at + 1]
        case 3:
            blocks[at:at] = [["Paragraph", chance.choice(_words()), chance.choice((None, 1, 2))]]
        case _:
            tables = [block for block in blocks if block[0] == "Table" and block[1]]
            for table in tables and [chance.choice(tables)]:
                _change_cells(table, chance)


def _change_cells(table: list[Any], chance: random.Random) -> None:
    cells = table[1]
    at, other = chance.randrange(len(cells)), chance.randrange(len(cells))
    match chance.randrange(10):
        case 0:
            del cells[at]
        case 1:
            cells.insert(at, [*cells[other]])
        case 2:
            cells[at], cells[other] = cells[other], cells[at]
        case 3:
            cells[at][1 + chance.randrange(2)] = chance.randrange(40)
        case 4:
            cells[at][3 + chance.randrange(2)] = chance.choice(_SPANS)
        case 5:
            table[3] = not table[3]
        case 6:
            cells[at][0] += cells[other][0]
        case _:
            cells[at][0] = chance.choice(_words())


@cache
def _words() -> tuple[str, ...]:
    """What a cell or line may say instead."""
    lines = (row for table, row in rows.reference() if table in ("form_lines", "form_columns"))
    return (*_FIGURES * 5, *_HEADS, *sorted({str(row[4]) for row in lines}))
