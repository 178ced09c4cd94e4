"""The OLE containers of old Office files: the streams in their root, and nothing else of them."""

import io
import struct

import olefile

from etl.document import UnreadableFile

_MAX_STREAM_BYTES = 60_000_000
_DAMAGED = "文件不完整或已损坏（可能没有下载完），请重新下载，或用 Word、WPS 打开后另存为 .docx 再试。"
_ERRORS = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    struct.error,
    RecursionError,
)


def streams(data: bytes, names: tuple[str, ...]) -> dict[str, bytes]:
    """The root's streams among `names`; an embedded document's streams of the same names lie deeper.

    Raises UnreadableFile when the container is damaged.
    """
    found: dict[str, bytes] = {}
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            # Embedded documents have streams of the same names in folders of their own.
            for entry in container.root.kids_dict.values():
                if entry.name in names and entry.entry_type == olefile.STGTY_STREAM:
                    if entry.size > _MAX_STREAM_BYTES:
                        raise UnreadableFile(_DAMAGED)
                    found[entry.name] = container.openstream([entry.name]).read()
    except _ERRORS as error:
        raise UnreadableFile(_DAMAGED) from error
    return found
