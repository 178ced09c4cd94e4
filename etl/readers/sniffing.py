"""What a file is, told by its first bytes and a zip's table of contents, never by its name."""

import re
from collections.abc import Callable

from etl.document import UnreadableFile
from etl.readers.container import LOCKED

_HEAD = 4096
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:!doctype\s+html|!--|\?xml[^>]*>\s*<!doctype\s+html|[a-z][a-z1-6]*[\s>])",
    re.IGNORECASE,
)
# Looked for first: the patterns run through the head of every other file.
_WORD_ROOTS = (b"w:wordDocument", b"pkg:package")
_SHEET_NAMES = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORD_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[^\0]*?<?(?:w:wordDocument|pkg:package)[\s>/]")
_SHEET_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<[^\0]*?<?(?:ss:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet"
)
_FLAT_ODF = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<office:document[\s>/]")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_PAGE_TAG = re.compile(rb"<(?:html|body)[\s>]|</(?:html|body|table|td|p|div)\s*>", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ORDINARY = re.compile("[\t\r\n -~\u2010-\u203f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MAIL = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:MIME-Version|From|Subject|Date|Snapshot-Content-Location|Content-Type|X-[\w-]+):",
    re.IGNORECASE,
)
_MAIL_CONTENT = re.compile(rb"^Content-Type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_MAIL_HEAD = 20_000
# Picture formats that scanners and telephones write, each with how its files begin.
PICTURES = (
    ("image/jpeg", ("jpeg", "jpg"), re.compile(rb"\xff\xd8\xff")),
    ("image/png", ("png",), re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/tiff", ("tiff", "tif"), re.compile(rb"II\*\0|MM\0\*")),
    ("image/bmp", ("bmp",), re.compile(rb"BM.{4}\0{4}", re.DOTALL)),
    ("image/gif", ("gif",), re.compile(rb"GIF8[79]a")),
    ("image/webp", ("webp",), re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)
_PICTURE_ENTRY = re.compile(rb"PK\x01\x02.{42}word/media/", re.DOTALL)
_PICTURE_ELEMENT = re.compile(rb"<\w+:bin(?:ary)?Data\b")
_PICTURE_STREAM = re.compile(rb"/Subtype\s*/Image\b")
_PICTURE_PART = re.compile(rb"Content-Type:\s*image/|data:image/", re.IGNORECASE)
# Brands of the picture format in which telephones keep photographs.
_TELEPHONES = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_OWNER_FILE, _LONGEST_USER = (54, 162, 165), 54
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_pdf(data: bytes) -> bool:
    """Readers of PDF allow a kilobyte of anything before the mark."""
    return b"%PDF-" in data[:1024]


def is_docx(data: bytes) -> bool:
    """A zip whose table of contents has a folder of Word's."""
    return _zip_holds(data, b"word/")


def is_xlsx(data: bytes) -> bool:
    """A zip whose table of contents has a folder of Excel's and none of Word's."""
    return _zip_holds(data, b"xl/") and not is_docx(data)


def is_ofd(data: bytes) -> bool:
    """A zip with the entry of a state's fixed-layout document."""
    return _zip_holds(data, b"OFD.xml") and not is_docx(data)


def is_xls(data: bytes) -> bool:
    """An old container with a workbook's stream and no Word text it could be embedded in."""
    return any(_ole_holds(name)(data) for name in ("Workbook", "Book")) and not is_doc(data)


def is_doc(data: bytes) -> bool:
    """An old container with the stream that Word and WPS write their text to."""
    return _ole_holds("WordDocument")(data)


def is_rtf(data: bytes) -> bool:
    """The mark with which every RTF file begins."""
    return data.lstrip().startswith(rb"{\rt")


def is_word_xml(data: bytes) -> bool:
    """XML whose first element is Word's: a document of 2003, or a package unpacked into one file."""
    head = data[:_HEAD]
    return any(name in head for name in _WORD_ROOTS) and _WORD_XML.match(head) is not None


def is_sheet_xml(data: bytes) -> bool:
    """XML whose first element is a workbook of Excel 2003."""
    head = data[:_HEAD]
    return _SHEET_NAMES in head and _SHEET_XML.match(head) is not None


def is_ods(data: bytes) -> bool:
    """An OpenDocument file that says it is a spreadsheet."""
    return is_odf(data) and _SPREADSHEET in data[:_HEAD]


def is_odf(data: bytes) -> bool:
    """OpenDocument: a zip with a part that has all of the content, or the same as one XML text."""
    return _FLAT_ODF.match(data[:_HEAD]) is not None or (
        _zip_holds(data, b"content.xml") and not is_docx(data)
    )


def is_picture(start: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    """Whether a file begins as a picture format does."""
    return lambda data: start.match(data) is not None


def pictures(data: bytes) -> int:
    """How many pictures a file may hold that have to be recognised, told by the marks its format puts before them."""
    if any(start.match(data) for *_, start in PICTURES):
        return len(data)
    for recognises, mark in _PICTURE_MARKS:
        if recognises(data):
            return sum(1 for _ in mark.finditer(data))
    return 0


def is_mht(data: bytes) -> bool:
    """The header of an e-mail, which is what a browser saves a page with its pictures as."""
    return _MAIL.match(data) is not None and _MAIL_CONTENT.search(data, 0, _MAIL_HEAD) is not None


def is_html(data: bytes) -> bool:
    """A page, or a piece of one, in any encoding; text and Markdown with a whole table in tags count as such."""
    text = data.replace(b"\0", b"") if b"\0" in data[:_HEAD] else data
    if _PAGE_TAG.search(text) is None:
        return False
    return _OPENING.match(text) is not None or not _is_binary(data)


def is_text(data: bytes) -> bool:
    """Few control characters, and zero bytes only in UTF-16."""
    return not _is_binary(data)


def refuse(data: bytes) -> None:
    """Raise UnreadableFile for a kind of file that no reader here reads, with what it is and what to do."""
    if any(recognises(data) for recognises in _READ_CONTAINERS):
        return
    for recognises, sentence in _REFUSALS:
        if recognises(data):
            raise UnreadableFile(sentence)


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def _is_binary(data: bytes) -> bool:
    head = data[:_HEAD]
    if head.startswith(_UTF16_MARKS):
        return False
    if 0 in head:
        return len(data) % 2 == 1 or not _is_utf16(head)
    # Text taken out of Word keeps its cell marks (7); anything else in number means a binary file.
    return len(_CONTROLS.findall(head)) * 50 > len(head)


def _is_utf16(head: bytes) -> bool:
    """Whether almost all of it is Chinese or ASCII in one of the two byte orders."""
    texts = [head[: len(head) // 2 * 2].decode(order, "replace") for order in ("utf-16-le", "utf-16-be")]
    return any(len(_ORDINARY.findall(text)) > 0.9 * len(text) for text in texts)


def _zip_holds(data: bytes, name: bytes) -> bool:
    """Whether the zip's table of contents, which ends the file, names a part that begins so."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    contents = data.find(b"PK\x01\x02")
    return contents > 0 and name in data[contents:]


def _is_cut_zip(data: bytes) -> bool:
    """A zip without the mark of its end, which stands within 64 KB of the last byte."""
    return data.startswith(b"PK\x03\x04") and data.rfind(b"PK\x05\x06", -66_000) < 0


def _ole_holds(name: str) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(_OLE) and name.encode("utf-16-le") in data


def _is_owner_file(data: bytes) -> bool:
    """What an office program keeps beside an open file: its user's name, twice, in a file of fixed size."""
    return (
        len(data) in _OWNER_FILE and 0 < data[0] < _LONGEST_USER and bool(data[1 : 1 + data[0]].strip(b"\0 "))
    )


def _holds(name: bytes) -> Callable[[bytes], bool]:
    return lambda data: _zip_holds(data, name) and not is_docx(data)


def _is_telephones_own(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _TELEPHONES


_PICTURE_MARKS: tuple[tuple[Callable[[bytes], bool], re.Pattern[bytes]], ...] = (
    (is_pdf, _PICTURE_STREAM),
    (is_docx, _PICTURE_ENTRY),
    (is_word_xml, _PICTURE_ELEMENT),
    (is_mht, _PICTURE_PART),
    (is_html, _PICTURE_PART),
)
# Containers that the general refusals below, of any other zip or old Office file, must not catch.
_READ_CONTAINERS = (is_docx, is_xlsx, is_xls, is_doc, is_ofd, is_word_xml, is_sheet_xml, is_odf)
_REFUSALS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (
        lambda data: data.startswith((b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe")) and _is_binary(data),
        "这是一个可执行程序，不是年报文件，请核对来源，切勿运行。",
    ),
    (_ole_holds("EncryptedPackage"), LOCKED),
    (
        _ole_holds("PowerPoint Document"),
        "这是演示文稿（.ppt、.dps），不是年报文件，请提供 .docx、.pdf 或网页。",
    ),
    (_ole_holds("__substg1.0_"), "这是 Outlook 邮件（.msg），请把里面的附件另存出来，单独放进来。"),
    (
        _is_owner_file,
        "这是 Word、WPS 打开文件时留下的临时文件（~$ 开头），不是年报，请删去它，换上原文件。",
    ),
    (
        _starts(b"L\0\0\0\x01\x14\x02\0", b"[InternetShortcut]"),
        "这是一个快捷方式，不是文件本身，请找到它指向的文件再放进来。",
    ),
    (
        _starts(b"CAJ", b"KDH", b"HN\0\0", b"Founder CEB", b"TEB"),
        "这是 CAJ、CEB 一类专用阅读器的文件，请用阅读器打开后打印或另存为 .pdf。",
    ),
    (_starts(_OLE), "这是旧版 Office 格式的文件，请用 Word 或 WPS 打开后另存为 .docx。"),
    (
        _is_cut_zip,
        "文件不完整（可能没有下载完），请重新下载，或用 Word、WPS 打开后另存为 .docx 再试。",
    ),
    (_holds(b"ppt/"), "这是演示文稿（.pptx），不是年报文件，请提供 .docx、.pdf 或网页。"),
    (_holds(b".iwa"), "这是苹果 Pages、Numbers 的文件，请在原软件里导出为 .docx 或 .xlsx。"),
    (_holds(b"META-INF/container.xml"), "这是电子书（.epub），请另存为 .docx 或 .pdf。"),
    (_holds(b""), "这是一个压缩包，请解压后把里面的年报文件逐个放进来。"),
    (_starts(b"PK\x05\x06"), "这是一个空的压缩包，里面没有年报。"),
    (
        lambda data: (
            data.startswith((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")) or data[257:262] == b"ustar"
        ),
        "这是一个压缩包，请解压后把里面的年报文件逐个放进来。",
    ),
    (
        _is_telephones_own,
        "这是手机的 HEIC 照片，无法打开，请在手机上另存为 .jpg（或改用“兼容性最佳”格式拍摄）后再上传。",
    ),
)
