"""An official letter in Word: the sizes, fonts and margins of GB/T 9704-2012, and nothing about what it says."""

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Open
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from etl.paper import table as paper_table
from etl.paper import word_chart
from etl.paper.native_chart import Chart
from etl.paper.statutory_layout import Slot

# The standard's own title and body fonts are sold apart; these come with Windows, and WPS has substitutes for them.
_TITLE, _BODY, HEAD, _SUBHEAD, SANS = "宋体", "仿宋", "黑体", "楷体", "微软雅黑"
_ALIKE = {"宋体": "SimSun", "仿宋": "仿宋_GB2312,FangSong", "黑体": "SimHei", "楷体": "楷体_GB2312,KaiTi"}
_SECOND, _THIRD, _SMALL = Pt(22), Pt(16), Pt(10.5)
_SMALLEST = Pt(9)
_LINE = Pt(28)
_INDENT = Pt(32)
_SHORT = 10
_CHART_WIDTH_MM, _COLUMNS_MM, _FRAME_MM, _BAR_MM = 155, 64, 32, 8


class Letter:
    """A letter under way; call the parts in the order they stand on paper."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._document = a4(subject.replace("\n", ""))
        page = self._document.sections[0]
        page.top_margin, page.bottom_margin = Mm(37), Mm(35)
        page.left_margin, page.right_margin = Mm(28), Mm(26)
        page.footer_distance = Mm(28)
        self._name_fonts()
        self._number_pages()

    def title(self) -> None:
        """The title, centred, with an empty line below."""
        paragraph = self._add(self._subject, _TITLE, _SECOND, bold=True)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = _LINE

    def addressee(self, text: str) -> None:
        """Whom the letter is for, at the margin."""
        self._add(text, _BODY, _THIRD)

    def paragraph(self, text: str) -> None:
        """A paragraph of the body, its first line two characters in."""
        paragraph = self._add(text, _BODY, _THIRD)
        paragraph.paragraph_format.first_line_indent = _INDENT
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    def noted(self, pieces: Sequence[tuple[str, str]]) -> None:
        """A paragraph of the body in pieces, each followed by its raised mark, empty for none."""
        paragraph = self._add("", _BODY, _THIRD)
        paragraph.paragraph_format.first_line_indent = _INDENT
        for text, mark in pieces:
            write(paragraph.add_run(text), _BODY, _THIRD)
            if mark:
                raised = paragraph.add_run(mark)
                write(raised, _BODY, _THIRD)
                raised.font.superscript = True

    def heading(self, text: str, new_page: bool = False) -> None:
        """A heading of the first order, which stays with what follows."""
        paragraph = self._add(text, HEAD, _THIRD)
        paragraph.paragraph_format.first_line_indent = _INDENT
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.page_break_before = new_page

    def subheading(self, text: str) -> None:
        """A heading of the second order."""
        paragraph = self._add(text, _SUBHEAD, _THIRD)
        paragraph.paragraph_format.first_line_indent = _INDENT
        paragraph.paragraph_format.keep_with_next = True

    def note(self, text: str) -> None:
        """A note under a table, in small type."""
        paragraph = self._add(text, _BODY, _SMALL)
        paragraph.paragraph_format.line_spacing = Pt(16)
        paragraph.paragraph_format.space_before = Pt(3)

    def annexes(self, lines: Sequence[str]) -> None:
        """The list of what is annexed; it stays with the signature, which never stands on a page alone."""
        for line in lines:
            paragraph = self._add(line, _BODY, _THIRD)
            paragraph.paragraph_format.first_line_indent = _INDENT
            paragraph.paragraph_format.keep_with_next = True

    def signature(self, office: str, dated: str) -> None:
        """The office and the date at the right, together on one page."""
        for text, after in ((office, True), (dated, False)):
            paragraph = self._add(text, _BODY, _THIRD)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = _INDENT * 2
            paragraph.paragraph_format.keep_with_next = after
            if after:
                paragraph.paragraph_format.space_before = _LINE

    def annex(self, mark: str, title: str) -> None:
        """A new page for what is annexed: its mark at the margin, its title centred."""
        paragraph = self._add(mark, HEAD, _THIRD)
        paragraph.paragraph_format.page_break_before = True
        self.caption(title)

    def caption(self, title: str) -> None:
        """The title of a table."""
        paragraph = self._add(title, _TITLE, Pt(18), bold=True)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.keep_with_next = True

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths_mm: Sequence[float],
        wide: int = 1,
        small: bool = False,
        short: int = _SHORT,
    ) -> None:
        """A ruled table; its heads return on every page. Columns before `wide` and cells not longer than `short` are centred.

        `small` is for many columns of numbers: small type, narrow margins.
        """
        table = self._document.add_table(rows=0, cols=len(heads), style="Table Grid")
        table.autofit = False
        if small:
            paper_table.narrow_margins(table)
        for number, cells in enumerate([heads, *rows]):
            row = table.add_row()
            for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = Mm(widths_mm[column])
                paragraph = cell.paragraphs[0]
                write(paragraph.add_run(text), HEAD if number == 0 else _BODY, _SMALLEST if small else _SMALL)
                paragraph.paragraph_format.space_after = Pt(0)
                if number == 0 or column < wide or len(text) <= short:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _mark(row._tr.get_or_add_trPr(), "w:tblHeader" if number == 0 else "w:cantSplit")
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)

    def form(
        self,
        table: Sequence[Slot],
        numbers: Mapping[tuple[str, str], str],
        marked: Collection[tuple[str, str]],
        widths_mm: Sequence[float],
        size_pt: float,
    ) -> None:
        """A statutory table in its own layout, `numbers` in their cells, those in `marked` shaded and starred."""
        written = paper_table.draw(self._document, table, numbers, marked, widths_mm, size_pt)
        for cell, text in written:
            write(cell.paragraphs[0].add_run(text), _BODY, Pt(size_pt))
        paper_table.keep_together([cell for cell, _ in written])

    def landscape(self) -> None:
        """What follows stands on new pages laid across."""
        page = self._document.add_section(WD_SECTION.NEW_PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
        page.top_margin = page.bottom_margin = page.left_margin = page.right_margin = Mm(22)
        page.footer_distance = Mm(10)

    def chart(self, chart: Chart) -> None:
        """A chart across the page, as high as its bars need, with its note below."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.paragraph_format.keep_with_next = bool(chart.note)
        word_chart.add(paragraph, chart, Mm(_CHART_WIDTH_MM), Mm(_height_mm(chart)))
        if chart.note:
            self.note(chart.note)

    def bytes(self) -> bytes:
        """The letter as the bytes of a .docx file."""
        packed = BytesIO()
        self._document.save(packed)
        return packed.getvalue()

    def _add(self, text: str, font: str, size: Pt, bold: bool = False) -> Paragraph:
        paragraph = self._document.add_paragraph()
        write(paragraph.add_run(text), font, size, bold)
        shape = paragraph.paragraph_format
        shape.space_after = shape.space_before = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
        return paragraph

    def _name_fonts(self) -> None:
        """Under which other names a computer may have the fonts: whoever has none of them sees the nearest serif."""
        names = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
            for name, others in _ALIKE.items()
        )
        table = next(
            part
            for part in self._document.part.package.iter_parts()
            if part.partname == "/word/fontTable.xml"
        )
        table._blob = table.blob.replace(b"</w:fonts>", names.encode() + b"</w:fonts>")

    def _number_pages(self) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            write(run, _TITLE, Pt(14))
            if text is None:
                for kind in ("begin", "end"):
                    _field(run, kind)


def _height_mm(chart: Chart) -> float:
    return _FRAME_MM + _BAR_MM * len(chart.names) if chart.lies else _COLUMNS_MM


def a4(title: str) -> Open:
    """A blank document on upright A4 that speaks Chinese and names its title but nobody as its author."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    _speak_chinese(document)
    named = document.core_properties
    named.title, named.author, named.comments = title, "", ""
    return document


def _speak_chinese(document: Open) -> None:
    """Without a language the commas of a Chinese text stand where Taiwan puts them, amid the line."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def write(run: Run, font: str, size: Pt, bold: bool = False, colour: str = "") -> None:
    """Give a run its type; `colour` as RRGGBB, empty for the reader's own."""
    run.font.size, run.font.bold = size, bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    # Word takes the font of Chinese from eastAsia, that of digits from ascii: numbers look foreign without both.
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), font)


def _field(run: Run, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    run._element.append(element)
    if kind == "begin":
        instruction = OxmlElement("w:instrText")
        instruction.text = "PAGE"
        run._element.append(instruction)


def _mark(properties: object, name: str) -> None:
    properties.append(OxmlElement(name))  # type: ignore[attr-defined]
