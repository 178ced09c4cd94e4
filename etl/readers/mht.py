"""Pages saved as one file (.mht, .mhtml): an e-mail whose first page is what the browser showed."""

import codecs
import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from etl.document import Document, UnreadableFile
from etl.readers import html

_NESTED = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_MAX_NESTED, _MAX_LINES, _MAX_PICTURES = 20, 500_000, 200
_TOO_LARGE = "这个单文件网页（.mht）大得不像一份年报，没有读取。"
_TRADITIONAL = ("big5", "big5-hkscs")
_MOST_NAMES, _MOST_RULES = 5, 1_000_000
_ATTACHED = "这是一封带附件的电子邮件（.eml），请把附件（{}）另存出来，单独放进来。"
_NO_PAGE = "这个单文件网页（.mht）里没有网页正文，可能没有保存完整，请重新保存，或另存为 .docx、.html。"


def read(data: bytes) -> Document:
    """The document of the saved page, as of a web page; its `url` is where it was saved from.

    Raises UnreadableFile with the reason.
    """
    if data.count(b"\n") > _MAX_LINES:
        raise UnreadableFile(_TOO_LARGE)
    if len(_NESTED.findall(data)) > _MAX_NESTED:
        raise UnreadableFile(_NO_PAGE)
    try:
        message: Message = message_from_bytes(data.lstrip())
        if attached := [name for part in message.walk() if (name := _attachment(part))]:
            raise UnreadableFile(_ATTACHED.format("、".join(attached[:_MOST_NAMES])))
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        bare = _page_bytes(page) if page is not None else b""
        saved, styles = _pictures(message), _styles(message)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableFile(_NO_PAGE) from error
    if page is None or not bare.strip():
        raise UnreadableFile(_NO_PAGE)
    return _with_address(html.read(bare, saved.get, styles), message, page)


def _attachment(part: Message) -> str:
    """The name of a document attached to a letter; what a page was saved with is not attached."""
    if part.get_content_disposition() != "attachment" or part.get_content_maintype() == "image":
        return ""
    return part.get_filename() or part.get_content_type()


def _pictures(message: Message) -> dict[str, bytes]:
    """The pictures saved with the page, by the addresses it has for them."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_maintype() == "image" else None
        if isinstance(payload, bytes) and len(found) < _MAX_PICTURES:
            found[str(part["Content-Location"] or "")] = payload
            found["cid:" + str(part["Content-ID"] or "").strip("<> ")] = payload
    return found


def _styles(message: Message) -> str:
    """The rules saved beside the page, for they may hide some of its words."""
    parts = [
        part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/css"
    ]
    written = [part.decode("utf-8", "replace") for part in parts if isinstance(part, bytes)]
    return "\n".join(rules for rules in written if len(rules) < _MOST_RULES)


def _page_bytes(page: Message) -> bytes:
    """The page undone of its transfer encoding; where only the envelope says that it is Big5, as UTF-8."""
    payload = page.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b""
    # Other encodings are told from the page itself, whose envelope often lies.
    charset = page.get_content_charset() or ""
    if charset not in _TRADITIONAL:
        return payload
    return codecs.BOM_UTF8 + payload.decode(charset, "replace").encode()


def _with_address(document: Document, message: Message, page: Message) -> Document:
    if "url" in dict(document.properties):
        return document
    for value in (message["Snapshot-Content-Location"], page["Content-Location"]):
        address = str(value or "").strip()
        if address.startswith(("http://", "https://")) and len(address) < 2000:
            return replace(document, properties=(*document.properties, ("url", address)))
    return document
