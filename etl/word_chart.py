"""A bar chart that Word draws itself, from numbers that stand in the document: python-docx has none."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_WIDTH, _BAR, _FRAME = Mm(150), Mm(9), Mm(30)
_MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars, one a name: `series` are (name, colour as RRGGBB, a count a bar)."""

    title: str
    names: tuple[str, ...]
    series: tuple[tuple[str, str, tuple[int, ...]], ...]


def add(document: Document, bars: Bars) -> None:
    """Put the chart into a paragraph of its own at the end of the document."""
    package = document.part.package
    number = sum(str(part.partname).startswith("/word/charts/") for part in package.iter_parts()) + 1
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, _chart(bars).encode(), package)
    related = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = _FRAME + _BAR * len(bars.names)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(12)
    run = paragraph.add_run()
    run._r.append(parse_xml(_frame(related, number, escape(bars.title), height)))


def _frame(related: str, number: int, title: str, height: int) -> str:
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(_WIDTH)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}" descr="{title}"/>'
        f'<a:graphic {_SPACES}><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{related}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _chart(bars: Bars) -> str:
    series = "".join(_series(at, bars.names, *one) for at, one in enumerate(bars.series))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN" sz="1200" b="0"/>'
        f'<a:t>{escape(bars.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_names_axis()}{_counts_axis(bars)}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        "</c:chart></c:chartSpace>"
    )


def _names_axis() -> str:
    every = '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/>'
    return f'<c:catAx>{_axis(1, 2, "l", "maxMin")}<c:crosses val="autoZero"/>{every}</c:catAx>'


def _counts_axis(bars: Bars) -> str:
    """Whole numbers only, at most nine of them."""
    longest = max(map(sum, zip(*(counts for _, _, counts in bars.series), strict=True)), default=1)
    step = max(-(-longest // _MOST_STEPS), 1)
    whole = '<c:numFmt formatCode="0" sourceLinked="0"/>'
    return f'<c:valAx>{_axis(2, 1, "b", "minMax", whole)}<c:crosses val="max"/><c:majorUnit val="{step}"/></c:valAx>'


def _axis(own: int, other: int, position: str, order: str, form: str = "") -> str:
    return (
        f'<c:axId val="{own}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{position}"/>{form}<c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="{other}"/>'
    )


def _series(at: int, names: Sequence[str], name: str, colour: str, counts: Sequence[int]) -> str:
    labels = "".join(f'<c:pt idx="{n}"><c:v>{escape(text)}</c:v></c:pt>' for n, text in enumerate(names))
    points = "".join(f'<c:pt idx="{n}"><c:v>{count}</c:v></c:pt>' for n, count in enumerate(counts))
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f'<c:tx><c:strRef><c:f>s{at}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:cat><c:strRef><c:f>n</c:f><c:strCache><c:ptCount val="{len(names)}"/>{labels}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>v{at}</c:f><c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="{len(counts)}"/>{points}</c:numCache></c:numRef></c:val></c:ser>'
    )
