"""Sound files that use what their formats have: where `tests/fuzz.py` begins, beside the plain ones of `small_filings`."""

import io
import re
from collections.abc import Iterator

import fixed_layout as ofd
import opendocument
import openpyxl
import word_binary as binary
from filings import page
from ooxml import cell, docx, paragraph, row, table, zipped
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from small_filings import ROWS, TITLE

_FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
_RUN = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_LOOKS = (
    "<w:vanish/>",
    "<w:strike w:val='0'/>",
    "<w:vertAlign w:val='superscript'/>",
    "<w:position w:val='6'/>",
    "<w:color w:val='FFFFFF'/>",
    "<w:rStyle w:val='a'/>",
)
_STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:strike w:val='0'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='n'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:type='character' w:styleId='a'><w:basedOn w:val='b'/><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='table' w:styleId='t'><w:rPr><w:strike/></w:rPr><w:tblStylePr w:type='firstRow'><w:rPr>"
    "<w:color w:val='FFFFFF'/></w:rPr><w:tcPr><w:shd w:val='clear' w:fill='000000'/></w:tcPr></w:tblStylePr></w:style>"
)
_NUMBERING = (
    "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
    "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)


def word() -> bytes:
    runs = "".join(_RUN.format(look, "9") for look in _LOOKS)
    field = f"{_FIELD.format('begin')}<w:r><w:instrText>=1</w:instrText></w:r>{_FIELD.format('separate')}{runs}{_FIELD.format('end')}"
    changed = "<w:ins><w:r><w:t>1</w:t></w:r></w:ins><w:del><w:r><w:delText>2</w:delText></w:r></w:del>"
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    boxed = f"<w:p>{_BOX.format(paragraph('内'))}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    rows = [
        row(cell("规章", "<w:gridSpan w:val='2'/>"), cell("0", "<w:vMerge w:val='restart'/>")),
        row(cell("一"), f"<w:tc><w:p>{field}{changed}</w:p></w:tc>", cell("", "<w:vMerge/>")),
    ]
    styled = table(*rows, grid=(900, 900, 900)).replace(
        "<w:tblPr/>", "<w:tblPr><w:tblStyle w:val='t'/></w:tblPr>"
    )
    note = f"<w:footnote w:id='2'>{paragraph('注')}</w:footnote>"
    return docx(
        paragraph(TITLE) + paragraph("总体情况", numbered) + boxed + styled, _NUMBERING, _STYLES, note
    )


def old_word() -> bytes:
    runs = [("9", look) for look in (binary.DELETED, binary.HIDDEN, binary.STRUCK, binary.RAISED)]
    field = [("\x13", b""), ("=1", b""), ("\x14", b""), ("1", b""), ("\x15", b"")]
    lines = [binary.plain(TITLE), binary.Line([*runs, *field])]
    for texts in ROWS:
        lines += binary.row(texts, (0, 900, 1800, 2700, 3600), (1, 2, 0x60, 0x20))
    return binary.word(lines, compressed=(1,), shuffled=True)


def web() -> bytes:
    looks = (
        "display:none",
        "visibility:hidden",
        "color:#fff",
        "text-decoration:line-through",
        "vertical-align:super",
    )
    spans = "".join(f"<span style='{look}'>9</span>" for look in looks)
    return (
        "<!DOCTYPE html><html><head><meta charset=gb2312><meta name=PubDate content='2024-01-15'><style>"
        "/* a */ @media print { .a { display: none } } .b, td.c { display: none; color: #fff }</style></head><body>"
        f"<h1>{TITLE}</h1><ul><li><a href=b>首页</a><li>一</ul><table><caption>表<tbody><tr><td rowspan=2>规章"
        f"<td colspan=3>{spans}<tr><td>0<sup>①</sup><td><p class=b>1<br>2<td><table><tr><td>内</table></table>"
        "<form><input value=1><select><option selected>2</select></form><pre>a\tb</pre><img src='data:image/png;base64,AA=='>"
    ).encode("gb18030")


def styled() -> bytes:
    """A whole report as a page whose styles hide cells by their places and names."""
    rules = "tr:nth-child(2n+1) td.a,td:last-child>span{display:none}.b{color:#fff}#c tr:nth-of-type(3){visibility:hidden}"
    marked = page(figures={("requests", "received", "natural_person"): "<span class='b'>7</span>"})
    named = marked.replace("<table>", "<table id='c'>").replace("<td>0", "<td class='a b'>0", 9)
    return named.replace("<html><head>", f"<!DOCTYPE html><html><head><style>{rules}</style>").encode()


def rich_text() -> bytes:
    looks = r"{\v 9}{\strike 9}{\super 9}{\cf2 9}{\cs1 9}{\deleted 9}"
    head = (
        r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}{\colortbl;\red0\green0\blue0;"
        r"\red255\green255\blue255;}{\stylesheet{\s0 a;}{\*\cs1\sbasedon0\v b;}}{\info{\title a}}"
    )
    rows = (
        r"\trowd\clmgf\clvmgf\cellx900\clmrg\cellx1800\pard\intbl "
        rf"{looks}\cell {{\field{{\*\fldinst =1}}{{\fldrslt 1}}}}\cell\row"
        r"\trowd\clvmrg\cellx900\cellx1800\pard\intbl\itap2 1\nestcell{\*\nesttableprops\trowd\cellx400\nestrow}\cell 2\cell\row"
    )
    more = r"{\pntext 1.\tab}\'b9\'ab\u24320?{\footnote 1}{\shp{\*\shpinst{\shptxt 1}}}{\upr{1}{\*\ud{2}}}\bin3 abc"
    return f"{head}{rows}\\pard {more}\\par}}".encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for texts in ((TITLE,), *ROWS):
        sheet.append([int(text) if text.isdigit() else text for text in texts])
    sheet.merge_cells("A1:D1")
    sheet["B3"].number_format, sheet["C3"].font = '_ * #,##0_ ;_ * "-"_ ;_ @_ ', Font(strike=True)
    sheet["D3"].value = CellRichText(TextBlock(InlineFont(vertAlign="superscript"), "1"), "2")
    sheet["B4"].value, sheet["C4"].value = "=1+1", "#N/A"
    white = Font(color="FFFFFFFF")
    sheet.conditional_formatting.add("B2:D4", CellIsRule("equal", ["0"], font=white))
    sheet.conditional_formatting.add("B2:D4", FormulaRule(["B2>3"], font=white))
    sheet.column_dimensions["B"].width, sheet.row_dimensions[4].hidden = 1, True
    book.create_sheet("隐").sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def printed() -> bytes:
    """A page whose content is not compressed, so that what is written over it is still drawn."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 300), pageCompression=0)
    canvas.beginForm("f")
    canvas.drawString(20, 20, "12")
    canvas.endForm()
    canvas.doForm("f")
    for column in range(3):
        for line in range(3):
            canvas.rect(50 + 60 * column, 200 - 20 * line, 60, 20)
            canvas.drawString(55 + 60 * column, 205 - 20 * line, str(column * line))
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(50, 200, 30, 20)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(60, 205, "1234567")
    canvas.restoreState()
    canvas.setFillGray(1)
    canvas.rect(110, 200, 20, 15, stroke=0, fill=1)
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "white")), 170, 200, 20, 15)
    canvas.acroForm.textfield(name="a", x=50, y=50, width=60, height=20, value="57")
    canvas.rotate(90)
    canvas.drawString(100, -20, "up")
    canvas.save()
    return buffer.getvalue()


def spread() -> bytes:
    """Two tables whose texts fill the width of their column, letter by letter: without rules and with them."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(buffer, pagesize=(400, 400), pageCompression=0)
    canvas.setFont("STSong-Light", 10)
    for top in (350, 200):
        for at, (label, *numbers) in enumerate(
            (("信息内容", *"制废有"), ("行政许可", "12", "3", "405"), ("处罚", *"010"))
        ):
            y = top - 25 * at
            for text, left, width in (
                (label, 30, 110),
                *((one, 150 + 60 * x, 40) for x, one in enumerate(numbers)),
            ):
                for place, letter in enumerate(text):
                    canvas.drawString(left + place * width / max(len(text) - 1, 1), y, letter)
                if top == 200:
                    canvas.rect(left - 5, y - 8, width + 20, 25)
    canvas.save()
    return buffer.getvalue()


def fixed_layout() -> bytes:
    boxes = "".join(
        ofd.sides(20 + 40 * x, 30 + 10 * y, 60 + 40 * x, 40 + 10 * y) for x in range(3) for y in range(3)
    )
    words = [ofd.text(22, 36 + 10 * line, text) for line, text in enumerate((TITLE, *ROWS[1][1:]))]
    cover = '<ofd:ImageObject ID="7" Boundary="60 40 20 8" ResourceID="50"/>' + ofd.bar(61, 41, 80, 49)
    words.append(ofd.text(22, 70, "112", 'CTM="1 0 0 1 0 0" DrawParam="4"', step="g 2 2"))
    head = '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 255, 255, 100)).save(buffer, "PNG")
    remark = f'<ofd:Annot Type="Path"><ofd:Appearance Boundary="60 40 30 10">{ofd.stroke(2, 4, 6, 4)}</ofd:Appearance></ofd:Annot>'
    return ofd.ofd(
        [ofd.page(boxes, *words, cover, template=head)],
        [ofd.page(ofd.frame(10, 10, 200, 280))],
        resources='<ofd:DrawParam ID="4" Relative="5"/><ofd:DrawParam ID="5"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam>',
        pictures={"a.png": buffer.getvalue()},
        over=remark,
    )


def open_document(kind: str) -> bytes:
    looks = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in (
            ("a", 'text:display="none"'),
            ("b", 'style:text-line-through-style="solid"'),
            ("c", 'style:text-position="super 58%"'),
            ("d", 'fo:color="#ffffff"'),
        )
    )
    spans = "".join(f'<text:span text:style-name="{name}">9</text:span>' for name in "abcd")
    items = f"<text:list><text:list-item>{opendocument.paragraph('一')}</text:list-item></text:list>"
    note = f"<text:note><text:note-body>{opendocument.paragraph('注')}</text:note-body></text:note>"
    cells = (
        opendocument.cell("规章", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
        opendocument.COVERED,
        opendocument.cell(spans + note),
    )
    number = opendocument.cell("1,216", 'office:value-type="float" office:value="1216"')
    gap = opendocument.cell(look='table:number-columns-repeated="3"')
    lines = (
        opendocument.row(*cells),
        opendocument.row(opendocument.COVERED, opendocument.COVERED, number, gap),
        opendocument.row(number, look='table:visibility="collapse" table:number-rows-repeated="2"'),
    )
    prose = opendocument.paragraph(TITLE) + items if kind == "text" else ""
    return opendocument.odf(prose + opendocument.table(*lines), looks, kind)


def sheet_text() -> bytes:
    spaces = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    styles = '<Style ss:ID="a"><Font ss:StrikeThrough="1" ss:Color="#FFFFFF"/><NumberFormat ss:Format=";;;"/></Style>'
    rows = (
        '<Column ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">规章</Data></Cell>'
        '<Cell ss:StyleID="a"><Data ss:Type="Number">12</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="DateTime">2024-01-15T00:00:00.000</Data></Cell></Row>'
    )
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {spaces}><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def collections() -> Iterator[bytes]:
    """Several reports in one file: a page with two, the same as text, and an archive with one of either."""
    pages = [page("云岭县白石镇人民政府"), page("云岭县黑石乡人民政府", 2022, form="2019")]
    inner = "".join(text.partition("<body>")[2].partition("</body>")[0] for text in pages)
    together = f"<html><head><meta charset='utf-8'></head><body>{inner}</body></html>"
    rows = re.sub(r"</td><td[^>]*>", "\t", together)
    lines = re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|tr)>", "\n", rows))
    yield from (together.encode(), lines.encode(), zipped({"甲.html": together, "乙.txt": lines}))


SEEDS = {
    "docx": word(),
    "doc": old_word(),
    "html": web(),
    "rtf": rich_text(),
    "xlsx": workbook(),
    "pdf": printed(),
    "ofd": fixed_layout(),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
}
