from email.message import EmailMessage
from pathlib import Path

import pytest
from ooxml import docx, paragraph, zipped

from etl.document import Paragraph, UnreadableFile
from etl.readers import read

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (docx(paragraph("一、总体情况")), WORD),
        ("<!DOCTYPE html><p>一、总体情况</p></html>".encode(), "text/html"),
        ("\ufeff\r\n<p>一、总体情况</p>".encode("utf-16"), "text/html"),
        ("<p>一、总体情况</p>".encode("gb18030"), "text/html"),
        ("一、总体情况".encode(), "text/plain"),
        ("一、总体情况".encode("gb18030"), "text/plain"),
        ("一、总体情况\r\n".encode("utf-16"), "text/plain"),
        ("\n一、总体情况".encode("utf-16-le"), "text/plain"),
    ],
)
def test_the_content_decides_the_format(data: bytes, media_type: str) -> None:
    found, document = read(data)
    assert found == media_type
    assert document.blocks == (Paragraph("一、总体情况"),)


def test_a_markdown_cell_with_a_line_break_is_no_web_page() -> None:
    assert read("| 商业<br>企业 | 科研 |\n| --- | --- |\n| 1 | 2 |\n".encode())[0] == "text/plain"


def test_text_with_cell_marks_taken_out_of_word_is_text() -> None:
    assert read(("规章\x070\x070\x07\r\n" + "政府信息公开工作年度报告" * 9).encode())[0] == "text/plain"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b" \r\n\t\0\0", "空"),
        (b"MZ\x90\0" + bytes(200), "可执行程序"),
        (b"\x7fELF\x02\x01" + bytes(200), "可执行程序"),
        (OLE + "WordDocument".encode("utf-16-le"), "损坏"),
        (OLE + "Workbook".encode("utf-16-le"), "损坏"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (rb"{\rtf1\ansi \'d2\'bb", "不完整"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "损坏"),
        (zipped({"ppt/presentation.xml": ""}), "演示文稿"),
        (zipped({"OFD.xml": ""}), "损坏"),
        (zipped({"年报.txt": "一、总体情况"}), "压缩包"),
        (zipped({"年报.docx": docx(paragraph("一、"))}), "压缩包"),
        (b"Rar!\x1a\x07\0", "压缩包"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "图片"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html></html>", ".mht"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "演示文稿"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "邮件"),
        (b"\x05admin" + b" " * 49 + b"\x05\0a\0d\0m\0i\0n" + bytes(96), "临时文件"),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(300), "快捷方式"),
        (b"CAJ\0\x01\x02" + bytes(300), "CAJ"),
        (bytes(257) + b"ustar\0" + bytes(300), "压缩包"),
        (zipped({"Index/Document.iwa": "", "preview.jpg": ""}), "Pages"),
        (zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "电子书"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "损坏"),
        (
            b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>",
            "损坏",
        ),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "损坏"),
        (bytes(range(256)) * 8, "认不出"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        read(data)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("start", [b"<html><body>", b"%PDF-1.7\n", "年报".encode(), b"PK\x03\x04", b"\0\0"])
def test_a_file_far_too_large_is_refused_before_it_is_read(start: bytes) -> None:
    with pytest.raises(UnreadableFile, match="MB"):
        read(start + b"<div>" * 12_100_000)


def test_a_cut_off_word_file_is_refused(shared: Path) -> None:
    with pytest.raises(UnreadableFile, match="不完整"):
        read((shared / "variants" / "broken.docx").read_bytes())


def test_an_empty_filing_is_refused(shared: Path) -> None:
    with pytest.raises(UnreadableFile, match="空"):
        read((shared / "variants" / "empty.txt").read_bytes())


def test_a_letter_with_a_report_attached_names_the_attachment() -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "a@example.invalid", "年报"
    letter.set_content("附件请查收")
    letter.add_attachment(
        docx(paragraph("一、")), maintype="application", subtype="msword", filename="白石镇.docx"
    )
    with pytest.raises(UnreadableFile, match=r"附件（白石镇.docx）"):
        read(bytes(letter))
