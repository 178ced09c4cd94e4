"""The text of a web page's bytes; what the page says about its encoding is only a hint, and often a lie."""

import re

from etl.document import UnreadableFile

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)|encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_TRADITIONAL = ("big5", "big5-hkscs")
_ASCII = bytes(range(128))
_UTF8_CHINESE = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
_MOST_LOST = 0.02


def decode(data: bytes) -> str:
    """The text: byte order mark, else UTF-8, else Big5 where it is declared, else GB18030.

    A few damaged characters come out as U+FFFD. Raises UnreadableFile when more than a few do.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _accept(data[len(mark) :], encoding)
    if data[:1] != data[1:2] and b"\0" in data[:2]:
        return _accept(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Chinese in GB18030 rarely makes such triples: where most bytes do, the page is UTF-8 and damaged.
    if 3 * len(_UTF8_CHINESE.findall(data)) > 0.9 * _foreign(data):
        return _accept(data, "utf-8")
    declared = _DECLARED.search(data[:4096])
    name = (declared[1] or declared[2]).decode().lower() if declared else ""
    return _accept(data, name if name in _TRADITIONAL else "gb18030")


def _foreign(data: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(data.translate(None, _ASCII))


def _accept(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost and lost > _foreign(data) * _MOST_LOST:
        raise UnreadableFile(
            "文字编码无法识别，文件可能已损坏，请用浏览器打开后另存为 UTF-8 编码的网页或 .docx。"
        )
    return text
