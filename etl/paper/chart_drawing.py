"""A described chart in openpyxl's terms, which Excel takes as they are and Word as the part of a document."""

from collections.abc import Sequence
from math import ceil, floor, log10

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.axis import ChartLines, NumericAxis, TextAxis
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as Drawn
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)
from openpyxl.utils import get_column_letter

from etl.paper.native_chart import Chart, Series, Shape, cells, most, parts, whole, with_total

_TYPE = "微软雅黑"
_INK, _FAINT, _GRID = "1B2733", "55636F", "E3E8ED"
_STEPS = 6
# A number is written into its piece of a bar where the piece has this share of the axis.
_ROOM = 0.07


def drawn(chart: Chart, sheet: str) -> list[ChartBase]:
    """The chart in openpyxl's terms, its numbers from `cells` at A1 of `sheet`; several with `apart`."""
    found: list[ChartBase] = []
    first = 0
    for part in parts(chart):
        last = first + len(with_total(part).series)
        found.append(_draw(part, sheet, range(first, last)))
        first = last
    return found


def _draw(chart: Chart, sheet: str, columns: Sequence[int]) -> ChartBase:
    summed = with_total(chart)
    rows = cells(summed)[1:]
    top = chart.top or most(chart)
    made = LineChart() if chart.shape is Shape.LINES else _bars(chart)
    made.title = _title(chart)
    made.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    made.roundedCorners = False
    for at, (column, one) in enumerate(zip(columns, summed.series, strict=True)):
        values = tuple(row[at + 1] for row in rows)
        series = _series(sheet, column, one.name, [str(row[0]) for row in rows], values)
        series.idx = series.order = at
        made.append(_styled(series, one, chart, top, values))
    made.legend = _legend(chart, len(chart.series))
    made.x_axis, made.y_axis = _names_axis(chart), _numbers_axis(chart, top)
    return made


def _bars(chart: Chart) -> BarChart:
    made = BarChart(barDir="bar" if chart.lies else "col", gapWidth=45)
    made.grouping = "stacked" if chart.stacked else "clustered"
    made.overlap = 100 if chart.stacked else -5
    return made


def _series(sheet: str, column: int, name: str, names: Sequence[str], values: Sequence[object]) -> Drawn:
    """A series that refers to its cells and carries what stands in them: Word draws from that alone."""
    letter, last = get_column_letter(column + 2), len(names) + 1
    shown = [NumVal(idx=at, v=value) for at, value in enumerate(values) if value is not None]
    labels = [StrVal(idx=at, v=label) for at, label in enumerate(names)]
    head = StrRef(f"'{sheet}'!${letter}$1", StrData(ptCount=1, pt=[StrVal(idx=0, v=name)]))
    data = NumData(formatCode="General", ptCount=len(names), pt=shown)
    return Drawn(
        tx=SeriesLabel(strRef=head),
        cat=AxDataSource(strRef=StrRef(f"'{sheet}'!$A$2:$A${last}", StrData(ptCount=len(names), pt=labels))),
        val=NumDataSource(numRef=NumRef(f"'{sheet}'!${letter}$2:${letter}${last}", numCache=data)),
    )


def _styled(series: Drawn, one: Series, chart: Chart, top: float, values: Sequence[object]) -> Drawn:
    if not one.colour:
        # The sum of a stack: a piece nobody sees, whose number stands where the stack ends.
        series.spPr = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
        series.dLbls = _labels(chart, "inBase", _INK)
    elif chart.shape is Shape.LINES:
        _line(series, one, chart)
    else:
        series.spPr = GraphicalProperties(solidFill=one.colour, ln=LineProperties(solidFill="FFFFFF", w=6350))
        series.invertIfNegative = False
        series.dLbls = _numbers(chart, one, top, values)
    return series


def _line(series: Drawn, one: Series, chart: Chart) -> None:
    dash = {"prstDash": "sysDash", "w": 9525} if one.faint else {"w": 19050}
    series.spPr = GraphicalProperties(ln=LineProperties(solidFill=one.colour, **dash))
    fill = GraphicalProperties(solidFill=one.colour, ln=LineProperties(solidFill=one.colour))
    symbol = "none" if one.faint else "circle"
    series.marker, series.smooth = Marker(symbol=symbol, size=3 if chart.small else 5, spPr=fill), False


def _numbers(chart: Chart, one: Series, top: float, values: Sequence[object]) -> DataLabelList:
    """The numbers at the ends of bars that stand alone, within the pieces of a stack where they have room."""
    if not chart.stacked or len(chart.series) == 1:
        return _labels(
            chart, "outEnd" if not chart.stacked else "inEnd", _INK if not chart.stacked else _on(one.colour)
        )
    labels = _labels(chart, "ctr", _on(one.colour))
    labels.dLbl = [
        DataLabel(idx=at, **_hidden())
        for at, value in enumerate(values)
        if isinstance(value, int | float) and value < _ROOM * top
    ]
    return labels


def _labels(chart: Chart, place: str, colour: str) -> DataLabelList:
    return DataLabelList(
        numFmt=_format(chart),
        dLblPos=place,
        txPr=_text(chart.size - 0.5, colour),
        **(_hidden() | {"showVal": True}),
    )


def _hidden() -> dict[str, bool]:
    shown = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return dict.fromkeys(shown, False)


def _on(colour: str) -> str:
    """White on dark colours, ink on light ones."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else _INK


def _legend(chart: Chart, series: int) -> Legend | None:
    """Below the chart, without the sum; none for a single series, whose name the title says."""
    if series < 2 or chart.small:
        return None
    # Of lying bars LibreOffice would strike out the first entry instead of the sum: there it stays, without colour.
    sums = [LegendEntry(idx=series, delete=True)] if chart.total and not chart.lies else []
    return Legend(legendPos="b", legendEntry=sums, overlay=False, txPr=_text(chart.size, _INK))


def _names_axis(chart: Chart) -> TextAxis:
    axis = TextAxis(axPos="l" if chart.lies else "b", delete=False, crosses="autoZero", lblAlgn="ctr")
    axis.scaling.orientation = "maxMin" if chart.lies else "minMax"
    # A small chart has room for its first and its last name.
    axis.tickLblSkip = max(len(chart.names) + len(chart.breaks) - 1, 1) if chart.small else 1
    return _plain(axis, chart)


def _numbers_axis(chart: Chart, top: float) -> NumericAxis:
    """From nothing to a round number above the longest bar, in few whole steps."""
    axis = NumericAxis(axPos="b" if chart.lies else "l", delete=False, crossBetween="between")
    axis.crosses = "max" if chart.lies else "autoZero"
    axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill=_GRID, w=6350)))
    axis.number_format, axis.majorUnit = _format(chart), _step(chart, top)
    axis.scaling.min, axis.scaling.max = (
        0,
        ceil(top * 1.08 / axis.majorUnit) * axis.majorUnit or axis.majorUnit,
    )
    axis.title = _small_title(chart.unit, chart.size) if chart.unit else None
    return _plain(axis, chart)


def _plain(axis: TextAxis | NumericAxis, chart: Chart) -> TextAxis | NumericAxis:
    axis.majorTickMark = axis.minorTickMark = None
    axis.tickLblPos = "low" if isinstance(axis, TextAxis) else "nextTo"
    axis.txPr = _text(chart.size - 1.5 if chart.small else chart.size, _FAINT)
    axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID, w=6350))
    return axis


def _step(chart: Chart, top: float) -> float:
    rough = (top or 1) / _STEPS
    size: float = 10 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return max(step, 1) if whole(chart) else step


def _format(chart: Chart) -> str:
    return "#,##0" if whole(chart) else "General"


def _title(chart: Chart) -> Title | None:
    return _small_title(chart.title, chart.size + 1.5, _INK) if chart.title else None


def _small_title(text: str, size: float, colour: str = _FAINT) -> Title:
    made: Title = title_maker(text)
    for paragraph in made.tx.rich.paragraphs:
        paragraph.pPr.defRPr = _letters(size, colour)
        for run in paragraph.r:
            run.rPr = _letters(size, colour)
    made.overlay = False
    return made


def _text(size: float, colour: str) -> RichText:
    plain = ParagraphProperties(defRPr=_letters(size, colour))
    return RichText(
        RichTextProperties(rot=0, vert="horz"),
        p=[Paragraph(pPr=plain, endParaRPr=CharacterProperties(lang="zh-CN"))],
    )


def _letters(size: float, colour: str) -> CharacterProperties:
    return CharacterProperties(
        sz=round(size * 100), b=False, solidFill=colour, latin=Font(typeface=_TYPE), ea=Font(typeface=_TYPE)
    )
