"""Files made to hurt: each ends in a document or in one sentence, within the time any test may take."""

import io
import zipfile
from contextlib import suppress

import pytest
from grids import paragraphs, rows, tables
from ooxml import NAMESPACES, cell, docx, paragraph, relationships, row, table, zipped

from etl.document import Document, UnreadableFile
from etl.readers import read

ORDINARY = docx(paragraph("一、总体情况") + table(row(cell("甲"), cell("1")), grid=(1000, 1000)))


def with_document(xml: bytes) -> bytes:
    return zipped(
        {"_rels/.rels": relationships(officeDocument="word/document.xml"), "word/document.xml": xml}
    )


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize("megabytes", [21, 80])
def test_a_zip_bomb_is_refused_unopened(megabytes: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", relationships(officeDocument="word/document.xml"))
        with package.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    assert "解压后" in refused(buffer.getvalue())


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(with_document(b" " * 3_000_000))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    assert refused(bytes(data))


def test_zips_in_zips_are_not_opened() -> None:
    data = b"x" * 1000
    for _ in range(20):
        data = zipped({"word.zip": data, "年报.docx": data})
    assert "压缩包" in refused(data)


def test_a_hundred_thousand_parts_are_refused() -> None:
    data = ORDINARY[:-22] + b"PK\x01\x02" * 100_000 + ORDINARY[-22:]
    assert "太多" in refused(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_unexpanded(encoding: str) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><w:document {NAMESPACES}>&e11;</w:document>'
    assert "DTD" in refused(with_document(xml.encode(encoding)))


def test_files_outside_are_not_fetched() -> None:
    xml = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    assert "DTD" in refused(with_document(xml.encode()))


def test_names_that_climb_out_of_the_zip_are_only_names() -> None:
    parts = {"../../word/document.xml": b"x", "/etc/passwd": b"x", "word\\..\\..\\a": b"x"}
    data = ORDINARY
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert paragraphs(read(buffer.getvalue())[1]) == ["一、总体情况"]


def test_a_password_inside_the_zip_is_named() -> None:
    data = bytearray(ORDINARY)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert "密码" in refused(bytes(data))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_word_file_cut_anywhere_is_refused(tenth: int) -> None:
    assert "不完整" in refused(ORDINARY[: len(ORDINARY) * tenth // 10])


def test_a_word_file_with_any_byte_broken_is_read_or_refused() -> None:
    for at in range(0, len(ORDINARY), 7):
        with suppress(UnreadableFile):
            assert isinstance(read(ORDINARY[:at] + b"\xff" + ORDINARY[at + 1 :])[1], Document)


def test_absurd_spans_in_word_are_refused() -> None:
    for span in (201, 2_000_000_000, 10**30):
        assert "跨度" in refused(docx(table(row(cell("甲", f'<w:gridSpan w:val="{span}"/>')))))


def test_word_nested_beyond_reason_is_refused() -> None:
    assert refused(docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000))
    nested = paragraph("内")
    for _ in range(100):
        nested = table(f"<w:tr><w:tc>{nested}</w:tc></w:tr>")
    with suppress(UnreadableFile):
        assert paragraphs(read(docx(nested))[1]) == ["内"]


def test_a_zip_called_word_without_a_text_is_refused() -> None:
    assert refused(zipped({"word/media/a.png": b"x"}))
    assert refused(with_document(b""))
    assert refused(with_document(b"<html>"))


def test_a_page_nested_a_hundred_thousand_deep_is_refused() -> None:
    assert "嵌套" in refused(b"<html><body>" + b"<div>" * 100_000 + "年报".encode() + b"</body></html>")
    assert "嵌套" in refused(
        b"<html><body>" + b"<table><tr><td>" * 30_000 + "年报".encode() + b"</body></html>"
    )


def test_a_page_with_hundreds_of_unclosed_font_tags_is_read() -> None:
    body = "".join(f"<p><font face=仿宋><span>第{n}段" for n in range(400))
    assert len(paragraphs(read(f"<html><body>{body}</body></html>".encode())[1])) == 400


def test_spans_of_a_hundred_thousand_end_with_the_table() -> None:
    data = b"<table><tr><td rowspan=100000 colspan=99999999999>a<tr><td>b</td></tr></table>"
    assert rows(tables(read(data)[1])[0])
    wide = b"<html><table>" + b"<tr>" + b"<td colspan=1000 rowspan=65534>1" * 20_000 + b"</table>"
    assert "几百列" in refused(wide)


def test_a_table_of_forty_thousand_cells_is_refused() -> None:
    assert "大得" in refused(b"<html><table>" + b"<tr><td>1<td>2" * 20_000 + b"</table></html>")


def test_zero_bytes_in_a_page_are_nothing() -> None:
    assert paragraphs(read("<html><body><p>年\0报</p></body></html>".encode())[1]) == ["年报"]


@pytest.mark.parametrize(
    "unit", [b"<", b"<a ", b"<p a=", b"<!--", b"&", b"</td>", b"<table>", b"<sup>", b"<b><i>"]
)
def test_a_megabyte_of_broken_markup_is_read_or_refused(unit: bytes) -> None:
    with suppress(UnreadableFile):
        read(b"<html><body><p>" + unit * (1_000_000 // len(unit)) + b"</p></body></html>")
