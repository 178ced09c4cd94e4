"""The zip containers of office formats, opened without trusting what they say about themselves."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from etl.document import UnreadableFile

_MAX_PARTS = 10_000
_MAX_PART_BYTES = 20_000_000
_RATIO_MATTERS_ABOVE = 4_000_000
_MAX_RATIO = 400
_ENCRYPTED_FLAG = 1
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
LOCKED = "文件设有密码，请去掉密码后重新保存。"
TOO_DEEP = "文件的结构嵌套过深，不像一份年报，没有读取。"
_DAMAGED = "文件不完整或已损坏（可能没有下载完），请重新下载，或用 Word、WPS 打开后另存为 .docx 再试。"
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    OverflowError,
)


class Parts:
    """The parts of an office file by name; nothing is ever written to disk, so names in it are only keys."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._bytes = parts

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is no such part."""
        return self._bytes.get(name)

    def xml(self, name: str) -> etree._Element | None:
        """The root element of an XML part, None when there is no such part. Raises UnreadableFile as `read` does."""
        data = self.read(name)
        return None if data is None else parse_xml(data)


class Package(Parts):
    """The parts of a zip container."""

    def __init__(self, data: bytes) -> None:
        """Read the table of contents. Raises UnreadableFile when it is damaged or absurdly long."""
        if data.count(b"PK\x01\x02") > _MAX_PARTS:
            raise UnreadableFile("压缩包里的文件太多，不像一份年报，没有读取。")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise UnreadableFile(_DAMAGED) from error
        self._parts = {part.filename.replace("\\", "/").lstrip("/"): part for part in self._zip.infolist()}

    def names(self) -> frozenset[str]:
        """The names of all parts, with forward slashes."""
        return frozenset(self._parts)

    def has_twins(self) -> bool:
        """Whether two parts have one name: which of them counts is then anybody's guess."""
        return len(self._parts) < len(self._zip.infolist())

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is no such part.

        Raises UnreadableFile when it is damaged, locked by a password, or swells suspiciously.
        """
        part = self._parts.get(name)
        if part is None:
            return None
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableFile(LOCKED)
        swollen = part.file_size > _RATIO_MATTERS_ABOVE and part.file_size > _MAX_RATIO * part.compress_size
        if part.file_size > _MAX_PART_BYTES or swollen:
            raise UnreadableFile("文件解压后大得不像一份年报，没有读取。")
        if part.compress_type not in _PLAIN_METHODS:
            raise UnreadableFile(_DAMAGED)
        try:
            return self._zip.read(part)
        except _ZIP_ERRORS as error:
            raise UnreadableFile(_DAMAGED) from error


def parse_xml(data: bytes) -> etree._Element:
    """Parse a part's XML. Raises UnreadableFile when it is malformed or declares entities, however harmless."""
    if any(doctype in data for doctype in _DOCTYPES):
        raise UnreadableFile(
            "文件的 XML 里带有实体定义（DTD），为安全起见没有读取，请用 Word 打开后另存为 .docx。"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(_DAMAGED) from error
