"""Bytes to documents, one module a format; the content decides which, never the file's name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from etl.document import Document, Table, UnreadableFile
from etl.readers import sniffing

_MAX_BYTES = 60_000_000
_MAX_CELLS = 60_000


@dataclass(frozen=True, slots=True)
class Format:
    """A format and its reader: a module here with `read(data: bytes) -> Document`, imported when first needed.

    `extensions` are those its files bear, without the dot, the usual one first.
    """

    media_type: str
    extensions: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    module: str
    max_bytes: int = _MAX_BYTES


FORMATS = (
    Format("application/pdf", ("pdf",), sniffing.is_pdf, "pdf"),
    Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
        sniffing.is_docx,
        "docx",
    ),
    Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("xlsx",),
        sniffing.is_xlsx,
        "workbook",
    ),
    Format("application/vnd.ms-excel", ("xls", "et"), sniffing.is_xls, "xls"),
    Format("application/msword", ("doc", "wps"), sniffing.is_doc, "doc"),
    Format("application/ofd", ("ofd",), sniffing.is_ofd, "ofd"),
    Format("application/xml", ("xml",), sniffing.is_word_xml, "word_xml"),
    Format("application/xml", ("xml",), sniffing.is_sheet_xml, "sheet_xml"),
    Format("application/vnd.oasis.opendocument.spreadsheet", ("ods", "fods"), sniffing.is_ods, "odf"),
    Format("application/vnd.oasis.opendocument.text", ("odt", "fodt"), sniffing.is_odf, "odf"),
    Format("application/rtf", ("rtf",), sniffing.is_rtf, "rtf"),
    *(
        Format(media_type, extensions, sniffing.is_picture(start), "scan")
        for media_type, extensions, start in sniffing.PICTURES
    ),
    Format("multipart/related", ("mht", "mhtml"), sniffing.is_mht, "mht"),
    Format("text/html", ("html", "htm"), sniffing.is_html, "html", max_bytes=20_000_000),
    Format("text/plain", ("txt",), sniffing.is_text, "text", max_bytes=20_000_000),
)


def read(data: bytes) -> tuple[str, Document]:
    """The media type and the document of a filing.

    Raises UnreadableFile, in a sentence to show, for whatever cannot be read.
    """
    _limit(data, _MAX_BYTES)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableFile("文件是空的，请重新下载或向报送单位索取。")
    sniffing.refuse(data)
    for known in FORMATS:
        if known.recognises(data):
            _limit(data, known.max_bytes)
            read_format: Callable[[bytes], Document] = import_module(f"{__name__}.{known.module}").read
            return known.media_type, _bounded(read_format(data))
    raise UnreadableFile("认不出这是什么文件，请用原来的软件打开后另存为 .docx 或 .pdf。")


def extension(media_type: str) -> str:
    """The usual extension of a format's files, without the dot."""
    return next(known.extensions[0] for known in FORMATS if known.media_type == media_type)


def _bounded(document: Document) -> Document:
    """The document, if a report could be as long: reading its meaning takes time for every cell."""
    if sum(len(block.cells) if isinstance(block, Table) else 1 for block in document.blocks) > _MAX_CELLS:
        raise UnreadableFile("文件里的段落和表格多得不像一份年报，没有读取。")
    return document


def too_large(size: int, most: int = _MAX_BYTES) -> str:
    """The sentence that refuses a file of so many bytes, empty for one that may be read."""
    if size <= most:
        return ""
    return f"文件有 {size // 1_000_000} MB，大得不像一份年报（上限 {most // 1_000_000} MB），没有读取。"


def _limit(data: bytes, most: int) -> None:
    if refusal := too_large(len(data), most):
        raise UnreadableFile(refusal)
