"""Word files that are one XML text: read as the .docx with the same content is."""

import pytest
from grids import paragraphs, rows, tables
from ooxml import cell, docx, of_2003, paragraph, row, table, unpacked

from etl import readers
from etl.document import UnreadableFile
from etl.readers import docx as today
from etl.readers.word_xml import read

LEVELS = """<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/>
  <w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
  <w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>"""
PICTURE = '<w:p><w:r><w:pict><w:binData w:name="wordml://1.png">AAAA</w:binData><v:imagedata src="wordml://1.png"/></w:pict></w:r></w:p>'


def change(kind: str, content: str) -> str:
    inner = f"<aml:content>{content}</aml:content>" if content else ""
    return f'<aml:annotation aml:id="0" w:type="Word.{kind}">{inner}</aml:annotation>'


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def test_an_unpacked_package_reads_as_the_package() -> None:
    body = paragraph("总体情况", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
    body += table(
        row(cell("规章", '<w:vMerge w:val="restart"/>'), cell("3")), row(cell("", "<w:vMerge/>"), cell("4"))
    )
    package = docx(body, numbering=LEVELS)
    assert paragraphs(read(unpacked(package))) == ["一、总体情况"]
    assert readers.read(unpacked(package)) == ("application/xml", today.read(package))


def test_pictures_in_an_unpacked_package_are_counted() -> None:
    package = docx("<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>")
    assert read(unpacked(package)).properties == (("pictures", "1"),)


def test_merged_cells_of_2003_keep_their_spans() -> None:
    merged = table(
        row(cell("甲", '<w:vmerge w:val="restart"/>'), cell("乙", '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vmerge/>"), cell("1"), cell("2")),
        grid=(900, 900, 900),
    )
    assert rows(tables(read(of_2003(merged)))[0]) == [["0*2 甲", "1+2 乙"], ["1 1", "2 2"]]


def test_changes_of_2003_are_read_as_accepted_and_comments_are_not_text() -> None:
    body = f"<w:p>{change('Deletion', run('8150'))}{change('Insertion', run('8151'))}{run('件')}{change('Comment', paragraph('再核'))}</w:p>"
    joined = f"<w:p><w:pPr><w:rPr>{change('Deletion', '')}</w:rPr></w:pPr>{run('前半句')}</w:p>{paragraph('后半句')}"
    assert paragraphs(read(of_2003(body + joined))) == ["8151件", "前半句后半句"]


def test_a_deleted_row_of_2003_is_gone() -> None:
    left = table(row(cell("甲"), cell("1")), row(cell("乙"), cell("2"), properties=change("Deletion", "")))
    assert rows(tables(read(of_2003(left)))[0]) == [["0 甲", "1 1"]]


def test_what_is_hidden_struck_or_raised_in_2003_is_no_figure() -> None:
    styles = "<w:style w:type='character' w:styleId='a'><w:rPr><w:strike/></w:rPr></w:style>"
    struck = run("6", "<w:rStyle w:val='a'/>")
    body = f"<w:p>{run('7')}{run('5', '<w:vanish/>')}{struck}</w:p>"
    assert paragraphs(read(of_2003(body, styles))) == ["7"]


def test_the_number_that_word_noted_is_printed() -> None:
    listed = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr>'
    assert paragraphs(read(of_2003(paragraph("总体情况", listed)))) == ["一、总体情况"]


def test_notes_of_2003_stand_below_the_text_and_running_heads_nowhere() -> None:
    note = f"<w:footnote>{paragraph('含街道')}</w:footnote>"
    head = f'<w:sectPr><w:hdr w:type="odd">{paragraph("内部资料")}</w:hdr></w:sectPr>'
    body = f"<w:p>{run('12')}<w:r>{note}</w:r>{run('条')}</w:p>{head}"
    assert paragraphs(read(of_2003(body))) == ["12条", "含街道"]


def test_a_picture_of_2003_is_found_and_one_that_cannot_be_opened_is_told() -> None:
    properties = dict(read(of_2003(PICTURE)).properties)
    assert properties["pictures"] == "1"
    assert properties["unread_pictures"]


@pytest.mark.parametrize(
    "data", [of_2003(paragraph("一、总体情况")), unpacked(docx(paragraph("一、总体情况")))]
)
def test_a_file_cut_short_is_refused_wherever_it_ends(data: bytes) -> None:
    for end in range(200, len(data) - 1, 97):
        with pytest.raises(UnreadableFile, match="损坏"):
            read(data[:end])


def test_word_xml_without_text_or_with_entities_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="正文"):
        read(of_2003("").replace(b"w:body", b"w:bodies"))
    with pytest.raises(UnreadableFile, match="DTD"):
        read(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + of_2003("").partition(b"?>")[2])
