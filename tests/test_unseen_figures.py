"""Figures on pages as printed (PDF, OFD) that a reader of the paper does not see, or sees struck out."""

import io
from collections.abc import Callable

import fixed_layout as ofd
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdfium2 import raw
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl import counts, readers
from etl.document import Document, Table
from etl.readers import pdf
from etl.report import State

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Drawing = Callable[[Canvas], None]


def printed(*drawings: Drawing, crop: tuple[int, ...] | None = None) -> bytes:
    """A table of labels and numbers whose cell in the middle, with its lower left corner at (160, 680), is drawn by each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), cropBox=crop)
    canvas.setFont(FONT, 10)
    for row, label in enumerate(("规章", "许可", "处罚")):
        for column, written in enumerate((label, "" if row == 1 else "12", "34")):
            canvas.rect(80 + 80 * column, 700 - 20 * row, 80, 20)
            canvas.drawString(85 + 80 * column, 706 - 20 * row, written)
    for drawing in drawings:
        canvas.setFont(FONT, 10)
        drawing(canvas)
    canvas.save()
    return buffer.getvalue()


def middle(document: Document) -> str:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    (text,) = (cell.text for cell in table.cells if (cell.row, cell.column) == (1, 1))
    return text


def figure(canvas: Canvas) -> None:
    canvas.drawString(165, 686, "57")


def ruled(height: float) -> Drawing:
    return lambda canvas: canvas.line(165, 686 + height, 175, 686 + height)


def boxed(height: float) -> Drawing:
    return lambda canvas: canvas.rect(165, 686 + height, 10, 0.6, stroke=0, fill=1)


def speck(canvas: Canvas) -> None:
    canvas.setFont(FONT, 1)
    canvas.drawString(165, 686, "57")


def in_mode(mode: int) -> Drawing:
    def drawing(canvas: Canvas) -> None:
        text = canvas.beginText(165, 686)
        text.setFont(FONT, 10)
        text.setTextRenderMode(mode)
        text.textOut("57")
        canvas.drawText(text)

    return drawing


def coloured(grey: float, alpha: float = 1) -> Drawing:
    def drawing(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.setFillAlpha(alpha)

    return drawing


def filled(canvas: Canvas) -> None:
    canvas.rect(162, 682, 40, 14, stroke=0, fill=1)


def pictured(picture: Image.Image) -> Drawing:
    return lambda canvas: canvas.drawImage(ImageReader(picture), 162, 640, 60, 60, mask="auto")


def seal() -> Image.Image:
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((40, 40, 190, 190), outline=(255, 0, 0, 255), width=6)
    return picture


@pytest.mark.parametrize("line", [ruled(3.3), ruled(4.5), boxed(3)])
def test_a_figure_with_a_line_through_it_is_doubted(line: Drawing) -> None:
    assert counts.read(middle(pdf.read(printed(figure, line))))[1] is State.ILLEGIBLE


def test_a_single_struck_figure_beside_its_correction_is_doubted() -> None:
    def struck(canvas: Canvas) -> None:
        canvas.drawString(165, 686, "5 7")
        canvas.line(165, 689.3, 170, 689.3)

    assert counts.read(middle(pdf.read(printed(struck))))[1] is State.ILLEGIBLE


@pytest.mark.parametrize("line", [ruled(-1.2), boxed(-1.6), ruled(9)])
def test_an_underlined_figure_counts(line: Drawing) -> None:
    assert middle(pdf.read(printed(figure, line))) == "57"


@pytest.mark.parametrize(
    "drawings",
    [
        (in_mode(3),),
        (in_mode(7),),
        (speck,),
        (coloured(0, alpha=0), figure),
        (coloured(1), figure),
        (figure, coloured(1), filled),
        (figure, pictured(Image.new("RGB", (20, 20), "white"))),
    ],
)
def test_a_figure_without_ink_or_painted_over_is_doubted(drawings: tuple[Drawing, ...]) -> None:
    assert counts.read(middle(pdf.read(printed(*drawings))))[1] is State.ILLEGIBLE


@pytest.mark.parametrize(
    "drawings",
    [
        (in_mode(1),),
        (coloured(0.9), filled, coloured(0), figure),
        (figure, lambda canvas: canvas.setFillColor(Color(1, 1, 0, 0.4)), filled),
        (figure, pictured(seal())),
    ],
)
def test_a_figure_on_a_ground_or_under_something_seen_through_counts(drawings: tuple[Drawing, ...]) -> None:
    assert middle(pdf.read(printed(*drawings))) == "57"


def clipped(*boxes: tuple[float, ...], scale: float = 1) -> Drawing:
    """The figures 57 within paths that cut away all that lies outside of them."""

    def drawing(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.scale(scale, scale)
        for left, bottom, width, height in boxes:
            path = canvas.beginPath()
            path.rect(left / scale, bottom / scale, width / scale, height / scale)
            canvas.clipPath(path, stroke=0)
        canvas.setFont(FONT, 10 / scale)
        canvas.drawString(165 / scale, 686 / scale, "57")
        canvas.restoreState()

    return drawing


def in_form(inner: Drawing, clip: tuple[float, ...] | None) -> Drawing:
    """A drawing put on the page as one, moved to its place, within a path of its own."""

    def drawing(canvas: Canvas) -> None:
        canvas.beginForm("form", lowerx=-600, lowery=-900, upperx=600, uppery=900)
        canvas.setFont(FONT, 10)
        canvas.translate(-100, -500)
        inner(canvas)
        canvas.endForm()
        canvas.saveState()
        if clip:
            path = canvas.beginPath()
            path.rect(*clip)
            canvas.clipPath(path, stroke=0)
        canvas.translate(100, 500)
        canvas.doForm("form")
        canvas.restoreState()

    return drawing


CELL, ELSEWHERE, FIRST_FIGURE = (160, 680, 80, 20), (300, 100, 50, 50), (160, 680, 10, 20)


@pytest.mark.parametrize(
    "drawing",
    [
        clipped(ELSEWHERE),
        clipped(FIRST_FIGURE),
        clipped(ELSEWHERE, scale=2),
        clipped(CELL, ELSEWHERE),
        clipped((160, 680, 0, 0)),
        in_form(clipped(ELSEWHERE), None),
        in_form(figure, ELSEWHERE),
    ],
)
def test_a_figure_cut_away_by_a_path_is_doubted(drawing: Drawing) -> None:
    assert counts.read(middle(pdf.read(printed(drawing))))[1] is State.ILLEGIBLE


@pytest.mark.parametrize(
    "drawing",
    [clipped(CELL), clipped(CELL, scale=2), in_form(clipped(CELL), None), in_form(figure, CELL)],
)
def test_a_figure_within_its_path_counts(drawing: Drawing) -> None:
    assert middle(pdf.read(printed(drawing))) == "57"


def layered(is_on: bool, drawing: Drawing) -> bytes:
    """The table with the drawing in its middle on a layer that readers show or hide."""

    def on_a_layer(canvas: Canvas) -> None:
        canvas._code.append("/OC /L BDC")
        drawing(canvas)
        canvas._code.append("EMC")

    off = b"" if is_on else b"/OFF [90 0 R]"
    data = printed(on_a_layer).replace(b"/ProcSet", b"/Properties << /L 90 0 R >> /ProcSet")
    data = data.replace(
        b"/Type /Catalog", b"/OCProperties << /OCGs [90 0 R] /D << %s >> >> /Type /Catalog" % off
    )
    # Without its table of objects, which no longer fits, the file is searched for them.
    return data[: data.rindex(b"xref\n", 0, data.rindex(b"startxref"))] + (
        b"90 0 obj << /Type /OCG /Name (L) >> endobj\n" + data[data.rindex(b"trailer") :]
    )


@pytest.mark.parametrize("drawing", [figure, in_form(figure, None)])
def test_a_figure_on_a_layer_counts_when_the_layer_is_shown(drawing: Drawing) -> None:
    assert middle(pdf.read(layered(True, drawing))) == "57"
    assert counts.read(middle(pdf.read(layered(False, drawing))))[1] is State.ILLEGIBLE


def test_a_figure_beyond_the_paper_is_not_read() -> None:
    assert middle(pdf.read(printed(figure, crop=(0, 0, 163, 842)))) == ""


def remarked(kind: int, flags: int = 0) -> bytes:
    """The table with 57 in its middle and a remark of a kind over the 5."""
    document = pypdfium2.PdfDocument(printed(figure))
    page = document[0]
    remark = raw.FPDFPage_CreateAnnot(page.raw, kind)
    raw.FPDFAnnot_SetRect(remark, raw.FS_RECTF(164, 696, 176, 684))
    raw.FPDFAnnot_SetFlags(remark, flags)
    raw.FPDFPage_CloseAnnot(remark)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", [raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_FREETEXT])
def test_a_figure_struck_out_or_written_over_by_a_remark_is_doubted(kind: int) -> None:
    assert counts.read(middle(pdf.read(remarked(kind))))[1] is State.ILLEGIBLE
    assert middle(pdf.read(remarked(kind, raw.FPDF_ANNOT_FLAG_HIDDEN))) == "57"


def test_what_is_filled_into_a_field_is_read() -> None:
    def field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(
            name="a", x=165, y=683, width=40, height=14, value="57", fontSize=9, borderWidth=0
        )

    assert middle(pdf.read(printed(field))) == "57"


def sheet(
    *drawn: str,
    more: str = "",
    resources: str = "",
    picture: Image.Image | None = None,
    layer: str = "",
    template: str = "",
    over: str = "",
) -> str:
    """The middle cell of a table on a page of an OFD, with its upper left corner at (60, 40) and its base line at 46."""
    boxes = "".join(
        ofd.sides(20 + 40 * x, 30 + 10 * y, 60 + 40 * x, 40 + 10 * y) for x in range(3) for y in range(3)
    )
    labels = "".join(ofd.text(22, 36 + 10 * y, label) for y, label in enumerate(("规章", "许可", "处罚")))
    page = ofd.page(boxes, labels, *drawn).replace("<ofd:Content>", f"{more}<ofd:Content>", 1)
    buffer = io.BytesIO()
    if picture:
        picture.save(buffer, "PNG")
    data = ofd.ofd(
        [page.replace("<ofd:Layer>", f"<ofd:Layer{layer}>")],
        [ofd.page(template)] * bool(template),
        resources=resources,
        over=over,
        pictures={"a.png": buffer.getvalue()} if picture else {},
    )
    return middle(readers.read(data)[1])


SEVEN = ofd.text(62, 46, "57")
PAINT = '<ofd:PathObject ID="7" Boundary="61 41 20 8" Stroke="false" Fill="true"{}><ofd:FillColor Value="255 255 255"/><ofd:AbbreviatedData>M 0 0 L 20 0 L 20 8 L 0 8 C</ofd:AbbreviatedData></ofd:PathObject>'


@pytest.mark.parametrize(
    "drawn",
    [
        (SEVEN, ofd.stroke(62, 44.5, 66, 44.5)),
        (SEVEN, ofd.bar(62, 44.5, 66, 44.5)),
        (SEVEN, PAINT.format("")),
        (SEVEN.replace("<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode'),),
        (SEVEN.replace("<ofd:TextCode", '<ofd:FillColor Alpha="0" Value="0 0 0"/><ofd:TextCode'),),
        (ofd.text(62, 46, "57", 'Fill="false"'),),
        (ofd.text(62, 46, "57", 'Alpha="0"'),),
    ],
)
def test_a_figure_struck_out_or_unseen_on_a_page_of_an_ofd_is_doubted(drawn: tuple[str, ...]) -> None:
    assert counts.read(sheet(*drawn))[1] is State.ILLEGIBLE


@pytest.mark.parametrize(
    "drawn",
    [
        (SEVEN, ofd.stroke(62, 47, 66, 47)),
        (PAINT.format(""), SEVEN),
        (SEVEN, PAINT.format(' Alpha="80"')),
        (SEVEN.replace("<ofd:TextCode", '<ofd:FillColor Value="0 0 0"/><ofd:TextCode'),),
    ],
)
def test_an_underlined_figure_or_one_on_a_ground_counts_on_a_page_of_an_ofd(drawn: tuple[str, ...]) -> None:
    assert sheet(*drawn) == "57"


def test_a_figure_beyond_the_paper_of_an_ofd_is_not_read() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>0 0 61 297</ofd:PhysicalBox></ofd:Area>"
    assert sheet(SEVEN, more=area) == ""


PICTURE = '<ofd:ImageObject ID="8" Boundary="61 41 20 8" ResourceID="50"{}/>'
OPAQUE, CLEAR = Image.new("RGB", (20, 8), "white"), Image.new("RGBA", (20, 8), (255, 255, 255, 0))


@pytest.mark.parametrize(
    ("drawn", "picture", "is_seen"),
    [
        ((SEVEN, PICTURE.format("")), OPAQUE, False),
        ((SEVEN, PICTURE.format(' CTM="20 0 0 8 0 0"')), OPAQUE, False),
        ((SEVEN, PICTURE.format("")), None, False),
        ((SEVEN, PICTURE.format("")), CLEAR, True),
        ((SEVEN, PICTURE.format(' Alpha="90"')), OPAQUE, True),
        ((PICTURE.format(""), SEVEN), OPAQUE, True),
    ],
)
def test_a_figure_under_a_picture_on_a_page_of_an_ofd_is_doubted(
    drawn: tuple[str, ...], picture: Image.Image | None, is_seen: bool
) -> None:
    assert (sheet(*drawn, picture=picture) == "57") is is_seen


def test_a_figure_under_a_template_in_front_of_the_page_is_doubted() -> None:
    front = '<ofd:Template TemplateID="900" ZOrder="{}"/>'
    assert counts.read(sheet(SEVEN, more=front.format("Foreground"), template=PAINT.format("")))[0] is None
    assert sheet(SEVEN, more=front.format("Background"), template=PAINT.format("")) == "57"


PARAMETERS = (
    '<ofd:DrawParam ID="1"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam>'
    '<ofd:DrawParam ID="2" Relative="1"/><ofd:DrawParam ID="3" Relative="3"/>'
    '<ofd:DrawParam ID="4" Relative="1"><ofd:FillColor Value="0 0 0"/></ofd:DrawParam>'
)
BLACK = ofd.text(62, 46, "57", 'DrawParam="1"').replace(
    "<ofd:TextCode", '<ofd:FillColor Value="0 0 0"/><ofd:TextCode'
)


@pytest.mark.parametrize(
    ("written", "layer", "is_seen"),
    [
        (ofd.text(62, 46, "57", 'DrawParam="1"'), "", False),
        (ofd.text(62, 46, "57", 'DrawParam="2"'), "", False),
        (SEVEN, ' DrawParam="1"', False),
        (ofd.text(62, 46, "57", 'DrawParam="3"'), "", True),
        (ofd.text(62, 46, "57", 'DrawParam="4"'), ' DrawParam="1"', True),
        (ofd.text(62, 46, "57", 'DrawParam="9"'), "", True),
        (BLACK, "", True),
    ],
)
def test_the_colour_of_a_figure_may_be_said_elsewhere_in_an_ofd(
    written: str, layer: str, is_seen: bool
) -> None:
    assert (sheet(written, layer=layer, resources=PARAMETERS) == "57") is is_seen


def cut(box: str) -> str:
    clip = (
        f'<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="{box}"><ofd:AbbreviatedData>M 0 0 L 2 0 L 2 5 L 0 5 C'
        "</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
    )
    return SEVEN.replace("<ofd:TextCode", f"{clip}<ofd:TextCode")


@pytest.mark.parametrize(
    ("written", "is_seen"),
    [
        (cut("0 0 4 5").replace("L 2", "L 4"), True),
        (cut("0 0 2 5"), False),
        (cut("40 0 2 5"), False),
        (SEVEN.replace(" 100 6", " 2.5 6"), False),
        (SEVEN.replace("<ofd:TextCode", '<ofd:FillColor Value="0 0 0 0"/><ofd:TextCode'), False),
        (SEVEN.replace("<ofd:TextCode", '<ofd:FillColor Value="0 0 0 255"/><ofd:TextCode'), True),
    ],
)
def test_a_figure_cut_away_or_without_ink_on_a_page_of_an_ofd_is_doubted(written: str, is_seen: bool) -> None:
    assert (sheet(written) == "57") is is_seen


REMARK = '<ofd:Annot Type="Path"{}><ofd:Appearance Boundary="60 40 30 10">{}</ofd:Appearance></ofd:Annot>'


@pytest.mark.parametrize(
    ("shown", "drawn", "is_seen"),
    [
        ("", ofd.stroke(2, 4.5, 6, 4.5), False),
        ("", ofd.bar(1, 1, 20, 9), False),
        (' Visible="false"', ofd.stroke(2, 4.5, 6, 4.5), True),
        ("", ofd.stroke(2, 7, 6, 7), True),
        ("", ofd.text(8, 6, "99"), True),
    ],
)
def test_a_figure_struck_out_by_a_remark_on_a_page_of_an_ofd_is_doubted(
    shown: str, drawn: str, is_seen: bool
) -> None:
    assert (sheet(SEVEN, over=REMARK.format(shown, drawn)) == "57") is is_seen
