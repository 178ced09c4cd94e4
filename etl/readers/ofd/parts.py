"""The parts of an OFD package (GB/T 33190) and what they call each other."""

import posixpath
from typing import NamedTuple

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.container import Package, parse_xml

DAMAGED = "这份 OFD 已损坏或不完整，请重新取得原文件，或用阅读器打开后另存为 .pdf。"
TOO_LARGE = "这份 OFD 大得不像一份年报，没有读取。"
_MOST_BYTES = 60_000_000


class Part(NamedTuple):
    """A part of the package and the folder that places in it are reckoned from."""

    root: etree._Element
    folder: str


class OfdPackage:
    """The parts of a package, no more of them than a report has."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._left = _MOST_BYTES

    def part(self, folder: str, place: str | None) -> Part:
        """The part at a place, reckoned from a folder unless it begins with a slash."""
        found = self.find(name_of(folder, place))
        if found is None:
            raise UnreadableFile(DAMAGED)
        return found

    def find(self, name: str) -> Part | None:
        """The part with a name, None when there is no such part."""
        data = self.data(name)
        return None if data is None else Part(parse_xml(data), posixpath.dirname(name))

    def data(self, name: str) -> bytes | None:
        """The bytes of a part by its name, None when there is no such part."""
        data = self._package.read(name)
        self._left -= len(data or b"")
        if self._left < 0:
            raise UnreadableFile(TOO_LARGE)
        return data


def name_of(folder: str, place: str | None) -> str:
    """The name of the part at a place, reckoned from a folder unless it begins with a slash."""
    return posixpath.normpath(posixpath.join("/", folder, (place or "").strip()))[1:]
