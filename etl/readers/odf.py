"""OpenDocument texts and sheets (.odt, .ods, and .fodt, .fods as one XML text)."""

from lxml import etree

from etl.document import Document, UnreadableFile
from etl.readers import pictures
from etl.readers.blocks import document
from etl.readers.container import LOCKED, TOO_DEEP, Package, Parts
from etl.readers.opendocument import OFFICE
from etl.readers.opendocument.changes import accept
from etl.readers.opendocument.lists import Lists
from etl.readers.opendocument.looks import Looks
from etl.readers.opendocument.sheets import content as sheets_content
from etl.readers.opendocument.writing import Writing

_DAMAGED = "文件不完整或已损坏（可能没有下载完），请重新下载，或另存为 .docx、.xlsx 再试。"
_OTHER = "这是 OpenDocument 的演示文稿或图形，不是年报文件，请提供 .docx、.pdf 或网页。"
_ENCRYPTED = b"encryption-data"


def read(data: bytes) -> Document:
    """The document as printed with all changes accepted; of sheets `hidden_sheets` and `hidden_cells` name what was left out.

    Raises UnreadableFile with the reason.
    """
    package = Package(data) if data.startswith(b"PK") else Parts({"content.xml": data})
    if _ENCRYPTED in (package.read("META-INF/manifest.xml") or b""):
        raise UnreadableFile(LOCKED)
    roots = [root for name in ("content.xml", "styles.xml") if (root := package.xml(name)) is not None]
    body = roots[0].find(f"{OFFICE}body") if roots else None
    if body is None:
        raise UnreadableFile(_DAMAGED)
    try:
        return _document(body, roots, package)
    except RecursionError as error:
        raise UnreadableFile(TOO_DEEP) from error


def _document(body: etree._Element, roots: list[etree._Element], package: Parts) -> Document:
    looks = Looks(roots)
    writing = Writing(looks, Lists(roots))
    text, sheets = body.find(f"{OFFICE}text"), body.find(f"{OFFICE}spreadsheet")
    if sheets is not None:
        return document(*sheets_content(sheets, looks, writing))
    if text is None:
        raise UnreadableFile(_OTHER)
    accept(text)
    content = writing.content(text)
    content, properties = pictures.placed(content + writing.notes, package.read)
    return document(
        content, ((("pictures", str(writing.pictures)),) if writing.pictures else ()) + properties
    )
