"""What must be known of a PDF before the library opens it: it ends the process when a page needs too much memory."""

import re
import zlib

from etl.document import UnreadableFile

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2_000
_MAX_DRAWING = 16_000_000
# A Chinese typeface embedded whole is larger than any drawing.
_MAX_FONT = 64_000_000
_MOST_RATIO = 1032  # of what Flate can unpack
_SWOLLEN = "这份 PDF 的页面解压后大得不像一份年报，没有读取。"


def check(data: bytes) -> None:
    """Raise UnreadableFile if a compressed stream that is no picture swells beyond what any page draws."""
    for found in _STREAM.finditer(data):
        dictionary = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b"obj")[2]
        if b"FlateDecode" not in dictionary or b"/Image" in dictionary:
            continue
        most = _MAX_FONT if b"/Length1" in dictionary or b"/Subtype" in dictionary else _MAX_DRAWING
        end = data.find(b"endstream", found.end())
        packed = data[found.end() : end if end > 0 else len(data)]
        if len(packed) * _MOST_RATIO <= most:
            continue
        try:
            swollen = len(zlib.decompressobj().decompress(packed, most + 1)) > most
        except zlib.error:
            continue
        if swollen:
            raise UnreadableFile(_SWOLLEN)
