"""Files made to hurt, by name: bombs, loops, lies about size, things that would be run, fetched or written."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from ooxml import NAMESPACES, cell, docx, paragraph, relationships, row, table, zipped
from PIL import Image
from small_filings import SMALL, TITLE

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
_RULED = (
    '<cols><col min="{2}" max="{2}" width="1"/></cols><sheetData><row r="1"><c r="A1" s="{1}">{0}</c>'
    '<c r="B1" t="s"><v>{1}</v></c></row></sheetData><conditionalFormatting sqref="A1"><cfRule type="cellIs" '
    'dxfId="{1}" priority="{2}" operator="equal" stopIfTrue="1"><formula>0</formula></cfRule></conditionalFormatting>'
)
_OVERRIDE = "\u202e"


def repacked(data: bytes, **parts: str | bytes) -> bytes:
    """A zip with parts added or replaced; a double underscore in a name stands for a slash, a single one for a dot."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kept: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    return zipped(kept | {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()})


def word() -> Iterator[tuple[str, bytes]]:
    """Word files."""
    sound = SMALL["docx"]
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" '
        'TargetMode="External"/></Relationships>'
    )
    yield "macros", repacked(sound, word__vbaProject_bin=b"\xd0\xcf\x11\xe0" + bytes(900))
    for kind, target in (
        ("attachedTemplate", "http://127.0.0.1:9/a.dotm"),
        ("image", "file:///etc/passwd"),
        ("aFChunk", "\\\\127.0.0.1\\share\\a.htm"),
        ("oleObject", "../../../../etc/passwd"),
    ):
        yield f"outside-{kind}", repacked(sound, word___rels__document_xml_rels=outside.format(kind, target))
    yield (
        "override-marks",
        docx(paragraph(_OVERRIDE + TITLE) + table(row(cell("规章" + _OVERRIDE), cell("0")))),
    )
    yield "zero-bytes", repacked(sound, word__document_xml=b"<w:document\0>")
    yield "huge-table", docx(table(*(row(cell("规章"), cell("1")) for _ in range(20_000))))
    span = '<w:gridSpan w:val="100000"/>'
    yield "wide-span", docx(table(row(cell("规章", span))))
    yield "tall-merge", docx(table(*(row(cell("规", "<w:vMerge/>")) for _ in range(5_000))))
    loop = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    yield "style-loop", docx(paragraph("甲", '<w:pStyle w:val="a"/>'), styles=loop)
    yield (
        "footnote-loop",
        docx(
            '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
            footnotes='<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>',
        ),
    )
    nested = paragraph("内")
    for _ in range(400):
        nested = table(f"<w:tr><w:tc>{nested}</w:tc></w:tr>")
    yield "nested-tables", docx(nested)
    yield "deep-groups", docx("<w:sdt><w:sdtContent>" * 3_000 + "</w:sdtContent></w:sdt>" * 3_000)
    yield "one-long-text", docx(paragraph("公开" * 2_000_000))
    entity = (
        f'<!DOCTYPE w [<!ENTITY a "{"a" * 1000}">]><w:document {NAMESPACES}>{"&a;" * 10_000}</w:document>'
    )
    yield "entities", repacked(sound, word__document_xml=entity)
    yield (
        "no-document",
        zipped({"_rels/.rels": relationships(officeDocument="word/nothing.xml"), "word/a.xml": ""}),
    )


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Excel files."""

    def sheet(content: str) -> bytes:
        return repacked(SMALL["xlsx"], xl__worksheets__sheet1_xml=_SHEET.format(content))

    yield "xlsx-macros", repacked(SMALL["xlsx"], xl__vbaProject_bin=bytes(900))
    yield (
        "xlsx-last-cell",
        sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 100_001))
    yield "xlsx-hundred-thousand-rows", sheet(f"<sheetData>{rows}</sheetData>")
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    merge = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
    yield "xlsx-merged-to-the-end", sheet(cells + merge.format("A1:XFD1048576"))
    yield "xlsx-merged-backwards", sheet(cells + merge.format("C3:A1"))
    yield "xlsx-formula-loop", sheet('<sheetData><row r="1"><c r="A1"><f>A1</f></c></row></sheetData>')
    yield "xlsx-command", sheet("<sheetData><row><c><f>cmd|'/C calc'!A0</f><v>0</v></c></row></sheetData>")
    yield (
        "xlsx-absurd-reference",
        sheet('<sheetData><row><c r="ZZZZZZ99999999999"><v>1</v></c></row></sheetData>'),
    )
    for name, number in (("endless", "1e999"), ("no-number", "nan"), ("long", "9" * 5_000)):
        yield f"xlsx-{name}", sheet(_RULED.format(f"<v>{number}</v>", "0", "1"))
    long = "9" * 5_000
    yield "xlsx-long-numbers-of-styles", sheet(_RULED.format("<v>1</v>", long, long))
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4000000000">{}</sst>'
    )
    yield (
        "xlsx-strings",
        repacked(SMALL["xlsx"], xl__sharedStrings_xml=strings.format("<si><t>甲</t></si>" * 300_000)),
    )


def old_office() -> Iterator[tuple[str, bytes]]:
    """Containers whose sectors run in a circle, and headers that promise the impossible."""
    for kind in ("doc", "xls"):
        data = bytearray(SMALL[kind])
        (fat,) = struct.unpack_from("<I", data, 76)
        at = 512 * (fat + 1)
        for sector in range(64):
            struct.pack_into("<I", data, at + 4 * sector, sector)
        yield f"{kind}-sectors-in-a-circle", bytes(data)
        swollen = bytearray(SMALL[kind])
        swollen[44:48] = b"\xff\xff\xff\x7f"
        yield f"{kind}-absurd-header", bytes(swollen)
        for value in (0, 255):
            filled = bytearray(SMALL[kind])
            filled[1024:2048] = bytes([value]) * 1024
            yield f"{kind}-filled-with-{value}", bytes(filled)


def pdf(body: bytes, trailer: bytes = b"<</Root 1 0 R>>") -> bytes:
    """A PDF from its objects, without a table of them: readers rebuild it."""
    return b"%PDF-1.7\n" + body + b"\ntrailer\n" + trailer + b"\n%%EOF\n"


def printed() -> Iterator[tuple[str, bytes]]:
    """PDFs."""
    catalogue = b"1 0 obj<</Type/Catalog/Pages 2 0 R %s>>endobj\n"
    one_page = b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    yield "page-loop", pdf(catalogue % b"" + b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj")
    yield (
        "a-thousand-million-pages",
        pdf(catalogue % b"" + b"2 0 obj<</Type/Pages/Kids[]/Count 1000000000>>endobj"),
    )
    yield (
        "same-page-often",
        pdf(
            catalogue % b""
            + b"2 0 obj<</Type/Pages/Kids[%s]/Count 9999>>endobj\n" % (b"3 0 R " * 9_999)
            + page
        ),
    )
    for name, action in (
        ("script", b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        ("launch", b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
        ("address", b"/OpenAction<</S/URI/URI(http://127.0.0.1:9/)>>"),
    ):
        yield (
            f"pdf-{name}",
            pdf(catalogue % action + one_page + page + b"4 0 obj<</Length 0>>stream\nendstream endobj"),
        )
    bomb = zlib.compress(b"0 0 m 9 9 l S " * 4_000_000)
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj"
    yield "pdf-stream-bomb", pdf(catalogue % b"" + one_page + page + stream % (len(bomb), bomb))
    text = zlib.compress(b"BT /F1 9 Tf " + b"(1) Tj " * 300_000 + b"ET")
    yield "pdf-many-letters", pdf(catalogue % b"" + one_page + page + stream % (len(text), text))
    loop = b"4 0 obj<</Length 5 0 R>>stream\nendstream endobj\n5 0 obj 5 0 R endobj"
    yield "pdf-reference-loop", pdf(catalogue % b"" + one_page + page + loop)
    yield "pdf-deep-arrays", pdf(catalogue % (b"/A " + b"[" * 50_000 + b"]" * 50_000) + one_page + page)
    yield (
        "pdf-table-loop",
        pdf(catalogue % b"" + one_page + page, b"<</Root 1 0 R/Prev 9/Size 9>>\nstartxref\n9"),
    )
    huge = page.replace(b"595 842", b"1000000000 1000000000")
    yield "pdf-huge-page", pdf(catalogue % b"" + one_page + huge)


def web() -> Iterator[tuple[str, bytes]]:
    """Pages, alone and saved as one file."""
    shell = "<html><meta charset=utf-8><body>{}</body></html>"
    for name, body in (
        ("page-rows", "<table>" + "<tr><td rowspan=100000>1" * 3_000 + "</table>"),
        ("page-spans", "<table>" + "<tr><td rowspan=65534 colspan=1000>1" * 500 + "</table>"),
        ("page-nested-tables", "<table><tr><td>" * 2_000 + "年报"),
        ("page-outside", "<base href=file:///etc/><iframe src=passwd></iframe><img src=//127.0.0.1:9/a>年报"),
        ("page-runs", "<script>while(1);</script><meta http-equiv=refresh content=0>年报"),
        ("page-marks", _OVERRIDE + "<p>" + TITLE + "\u200f\u2066</p>"),
        ("page-one-word", "公" * 5_000_000),
        ("page-attributes", "<p " + " ".join(f"a{at}=1" for at in range(100_000)) + ">年报"),
        ("page-references", "&#x110000;&#0;&#xD800;" * 100_000),
        ("page-unclosed", "<table><tr><td>" + "<b><i>" * 50_000),
        ("page-blanks-in-a-tag", f"<p style='color{' ' * 60_000}'>年报"),
        ("page-style-words", "<style>display:none" + "a" * 1_000_000),
        ("page-style-comments", "<style>display:none" + "/*" * 500_000),
        ("page-style-conditions", "<style>display:none" + "@" * 500_000),
        ("page-style-tags", "display:none" + "<style " * 200_000),
        ("page-style-declarations", f"<p style='{'text-decoration:' * 50_000}'>line-through"),
    ):
        yield name, shell.format(body).encode()
    yield "page-zero-bytes", b"\0".join(SMALL["html"][at : at + 9] for at in range(0, len(SMALL["html"]), 9))
    yield "page-wrong-charset", SMALL["html"].replace(b"utf-8", b"utf-7")
    inner = SMALL["mht"]
    for _ in range(30):
        inner = (
            SMALL["mht"]
            .replace(b"text/html", b"message/rfc822")
            .replace(b"<html>", inner + b"<html>")[:400_000]
        )
    yield "mht-in-mht", inner
    yield "mht-bare-boundaries", SMALL["mht"] + b"\r\n--part" * 200_000
    yield "mht-not-base64", SMALL["mht"].replace(b"8bit", b"base64")


def rich_text() -> Iterator[tuple[str, bytes]]:
    """RTF."""
    yield "rtf-deep", rb"{\rtf1" + b"{" * 100_000 + b"a" + b"}" * 100_000 + b"}"
    yield "rtf-unclosed", SMALL["rtf"][:-1] + b"{" * 100_000
    yield "rtf-binary", rb"{\rtf1 \bin999999999 abc}"
    yield "rtf-negative-binary", rb"{\rtf1 \bin-5 abc}"
    yield (
        "rtf-wide-row",
        rb"{\rtf1\trowd" + b"".join(rb"\cellx%d" % at for at in range(100_000)) + rb"\cell\row}",
    )
    yield "rtf-rows", rb"{\rtf1" + rb"\trowd\cellx9\intbl 1\cell\row" * 100_000 + b"}"
    yield "rtf-outside", rb'{\rtf1{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:9/a"}{\fldrslt a}}}'
    yield "rtf-object", rb"{\rtf1{\object\objautlink{\*\objdata " + b"d0cf11e0" * 50_000 + b"}}a}"
    yield "rtf-numbers", rb"{\rtf1 \u99999999?\u-99999999?\cellx99999999999 a}"


def others() -> Iterator[tuple[str, bytes]]:
    """Plain text, archives, pictures, programs."""
    yield "text-zero-bytes", b"\0".join(SMALL["txt"][at : at + 3] for at in range(0, 300, 3))
    yield "text-one-line", ("公开\t" * 1_000_000).encode()
    yield "text-pipes", ("|" * 200 + "\n").encode() * 5_000
    yield "text-marks", (_OVERRIDE + "\u2066\ufeff").encode() * 1_000 + SMALL["txt"]
    yield "text-lone-surrogates", b"\xff\xfe" + b"\x00\xd8" * 1_000
    yield "text-long-number", f"{TITLE}\n一、总体情况\n发布信息{'9' * 5_000}条，数量{'9' * 5_000}、".encode()
    yield "text-rows", "\n".join(["规章\t0\t0\t0"] * 100_000).encode()
    yield "program", b"MZ\x90\0" + bytes(500)
    yield "zip-climbing", zipped({"../../../etc/cron.d/a": b"x", "C:\\Windows\\a.exe": b"MZ\0", "/a": b""})
    nested = SMALL["html"]
    for _ in range(12):
        nested = zipped({"年报.zip": nested})
    yield "zip-in-zip", nested
    yield "zip-bomb", zipped({"a.txt": bytes(50_000_000)})
    yield "zip-of-bombs", zipped({f"{at}.zip": zipped({"a.txt": bytes(3_000_000)}) for at in range(400)})
    yield "zip-many", zipped({f"{at}.txt": b"" for at in range(3_000)})
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 0, 0, 0, 0)
    yield "png-vast", head + bytes(4) + struct.pack(">I4s", 9, b"IDAT") + zlib.compress(b"")
    yield "jpeg-cut", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(50)
    yield "tiff-loop", b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0"
    yield "tiff-second-page-of-nothing", tiff_with_an_empty_second_page()
    yield "zip-entry-without-a-name", zipped({"a.html": SMALL["html"]}).replace(b"a.html", b"\0.html")


def tiff_with_an_empty_second_page() -> bytes:
    """A small sound picture that names the end of the file as its second page."""
    buffer = io.BytesIO()
    Image.new("RGB", (150, 50), "white").save(buffer, "TIFF")
    data = bytearray(buffer.getvalue())
    (first,) = struct.unpack_from("<I", data, 4)
    (entries,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * entries, len(data))
    return bytes(data) + bytes(6)


def cut() -> Iterator[tuple[str, bytes]]:
    """Every format cut after each tenth of its length, as by an upload that broke off."""
    for kind, data in SMALL.items():
        yield from ((f"{kind}-cut-{tenth}", data[: len(data) * tenth // 10]) for tenth in range(1, 10))


def every() -> Iterator[tuple[str, bytes]]:
    """All of them."""
    for files in (word, workbooks, old_office, printed, web, rich_text, others, cut):
        yield from files()
