"""How `tests/fuzz.py` changes a file: within its parts, so that what is changed lies behind checksums and packing.

A container is opened, one of its parts is changed, in the way of that part's own format, and it is packed again; one time
in eight the container itself is changed instead.
"""

import base64
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes

import atheris
import odd_documents
from lxml import etree
from word_binary import container

from etl.base import codec
from etl.document import Document, UnreadableFile
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
_NUMBER = re.compile(rb"(?<![\\\w/#(<.-])-?\d{1,4}(?:\.\d+)?(?![\w.)>])")
_STYLES = re.compile(rb"<style[^>]*>", re.IGNORECASE)
# fmt: off
_ASKED = (
    "td", "tr", "th", "span", "p", ".a", ".b", "#c", "[width]", "[class='a']", ":nth-child(2)", ":nth-child(-2n+3)",
    ":nth-last-child(odd)", ":nth-of-type(n)", ":first-child", ":last-of-type", ":not(.a)", ":is(td,th)", ":hover", "*",
)
_COMBINED = ("", "", "", " ", ">", " + ", "~", ",", " tbody ")
_STYLED = (
    "display:none", "visibility:hidden", "color:#fff", "color:white;background:#900", "font-size:0", "opacity:0", "width:0",
    "height:0;overflow:hidden", "text-decoration:line-through", "vertical-align:super", "background:#fff", "color:black",
    "display:table-cell", "display:flex", "table-layout:fixed", "left:-9999px", "clip:rect(0 0 0 0)",
)
# fmt: on
_STREAM = re.compile(
    rb"(?s)/Length \d+(?P<between>[^>]*>>\s*stream\r?\n)(?P<content>.*?)(?P<after>endstream)"
)


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
    kinds = ((_ZIP, packages), (_OLE, containers), (b"%PDF", printed), (b"MIME", letters), (b"<!DOC", pages))
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
    changed = chance.choice((bytes_alone, moved))(content, most, chance)
    stream = b"/Length %d%s%s%s" % (len(changed), between, changed, found["after"])
    return data[: found.start()] + stream + data[found.end() :]


def moved(content: bytes, most: int, chance: random.Random) -> bytes:
    """A page's content with some of its numbers changed a little: what it shows stands elsewhere or has another size."""
    rarely = chance.choice((2, 8, 60))

    def other(match: re.Match[bytes]) -> bytes:
        if chance.randrange(rarely):
            return match[0]
        return b"%g" % (float(match[0]) + chance.choice((-60, -7, -1, -0.4, 0.4, 1, 7, 60)))

    return _NUMBER.sub(other, content)


def pages(data: bytes, most: int, chance: random.Random) -> bytes:
    """A web page with another rule in its styles."""
    found = _STYLES.search(data)
    if not found or chance.randrange(2):
        return bytes_alone(data, most, chance)
    asked = (chance.choice(_ASKED) + chance.choice(_COMBINED) for _ in range(chance.randrange(1, 6)))
    rule = f"{''.join(asked)}{{{chance.choice(_STYLED)}}}".encode()
    return data[: found.end()] + rule + data[found.end() :]


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
    """A packed document, changed."""
    return codec.pack(odd_documents.changed(codec.unpack(Document, data), chance))
