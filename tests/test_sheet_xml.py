"""Workbooks of Excel 2003 that are one XML text: what their cells show, and what is left out of them."""

import pytest
from grids import paragraphs, rows, tables

from etl import readers, shortcomings
from etl.document import UnreadableFile
from etl.readers.sheet_xml import read

_SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40"'
)
STYLES = """<Style ss:ID="Default"><Font ss:Color="#000000"/></Style>
  <Style ss:ID="struck"><Font ss:StrikeThrough="1"/></Style>
  <Style ss:ID="heir" ss:Parent="struck"><NumberFormat ss:Format="0"/></Style>
  <Style ss:ID="white"><Font ss:Color="#FFFFFF"/></Style>
  <Style ss:ID="sign"><Font ss:Color="#FFFFFF"/><Interior ss:Color="#1F4E79" ss:Pattern="Solid"/></Style>
  <Style ss:ID="none"><NumberFormat ss:Format=";;;"/></Style>
  <Style ss:ID="unit"><NumberFormat ss:Format="0&quot;件&quot;"/></Style>
  <Style ss:ID="fixed"><NumberFormat ss:Format="Fixed"/></Style>
  <Style ss:ID="date"><NumberFormat ss:Format="Short Date"/></Style>"""


def book(*sheets: str) -> bytes:
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f"<Workbook {_SPACES}><Styles>{STYLES}</Styles>{''.join(sheets)}</Workbook>"
    ).encode()


def sheet(*lines: str, options: str = "", columns: str = "") -> str:
    more = f"<x:WorksheetOptions>{options}</x:WorksheetOptions>"
    return f'<Worksheet ss:Name="表"><Table>{columns}{"".join(lines)}</Table>{more}</Worksheet>'


def line(*cells: str, look: str = "") -> str:
    return f"<Row {look}>{''.join(cells)}</Row>"


def cell(value: object, look: str = "", kind: str = "") -> str:
    kind = kind or ("String" if isinstance(value, str) else "Number")
    return f'<Cell {look}><Data ss:Type="{kind}">{value}</Data></Cell>'


def beside(written: str) -> str:
    """What is read of a cell in the middle of a small table."""
    document = read(book(sheet(line(cell("规章"), cell(3), cell(4)), line(cell("许可"), written, cell(8)))))
    return tables(document)[0].cells[4].text


def test_merged_and_placed_cells_keep_their_places() -> None:
    data = book(
        sheet(
            line(cell("一、总体情况"), look='ss:Index="2"'),
            line(
                cell("信息内容", 'ss:MergeDown="1"'), cell("件数", 'ss:MergeAcross="1"'), look='ss:Index="4"'
            ),
            line(cell("制发", 'ss:Index="2"'), cell("废止")),
            line(cell("规章"), cell(12), cell(0)),
        )
    )
    media_type, document = readers.read(data)
    assert media_type == "application/xml"
    assert paragraphs(document) == ["一、总体情况"]
    assert rows(tables(document)[0]) == [
        ["0*2 信息内容", "1+2 件数"],
        ["1 制发", "2 废止"],
        ["0 规章", "1 12", "2 0"],
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell(57), "57"),
        (cell(57.0), "57"),
        (cell(57, 'ss:StyleID="struck"'), ""),
        (cell(57, 'ss:StyleID="heir"'), ""),
        (cell(57, 'ss:StyleID="white"'), "57?"),
        (cell(57, 'ss:StyleID="sign"'), "57"),
        (cell(57, 'ss:StyleID="none"'), ""),
        (cell(57, 'ss:StyleID="unit"'), "57件"),
        (cell(57, 'ss:StyleID="fixed"'), "57.00"),
        (cell(57, 'ss:StyleID="date"'), "57?"),
        (cell("2024-01-18T00:00:00.000", kind="DateTime"), "2024年1月18日"),
        (cell("#REF!", kind="Error"), "#REF!"),
        ('<Cell ss:Formula="=RC[-1]"/>', "=RC[-1]"),
        (cell("<html:S>5</html:S>7", kind="String"), "7"),
        (cell("57<html:Sup>1</html:Sup>", kind="String"), "57"),
        (f"<Cell><Comment><ss:Data>再核</ss:Data></Comment>{cell(57)[6:]}", "57"),
    ],
)
def test_a_cell_reads_as_it_looks(written: str, text: str) -> None:
    assert beside(written) == text


@pytest.mark.parametrize(
    "options", ["<x:Visible>SheetHidden</x:Visible>", "<x:Visible>SheetVeryHidden</x:Visible>"]
)
def test_a_hidden_sheet_is_left_out_and_named(options: str) -> None:
    document = read(
        book(sheet(line(cell("规章"), cell(57)), options=options), sheet(line(cell("一、总体情况"))))
    )
    assert not tables(document)
    assert [problem.kind for problem in shortcomings.problems(document)] == ["hidden-sheets"]


@pytest.mark.parametrize(
    ("look", "columns"), [('ss:Hidden="1"', ""), ("", '<Column ss:Index="2" ss:Hidden="1"/>')]
)
def test_hidden_rows_and_columns_are_left_out_and_told(look: str, columns: str) -> None:
    lines = (line(cell("规章"), cell(3), cell(4)), line(cell("许可"), cell(57), cell(8), look=look))
    document = read(book(sheet(*lines, columns=columns)))
    assert not any("57" in text for row in rows(tables(document)[0]) for text in row)
    assert [problem.kind for problem in shortcomings.problems(document)] == ["hidden-cells"]


def test_zeros_that_a_sheet_leaves_out_are_blanks() -> None:
    lines = (line(cell("规章"), cell(0), cell(4)), line(cell("许可"), cell(57), cell(8)))
    assert tables(read(book(sheet(*lines))))[0].cells[1].text == "0"
    assert tables(read(book(sheet(*lines, options="<x:DoNotDisplayZeros/>"))))[0].cells[1].text == ""


@pytest.mark.parametrize("place", ["2000000", "99999999999999999999", "0"])
def test_a_sheet_that_reaches_to_the_end_of_the_world_is_refused(place: str) -> None:
    with pytest.raises(UnreadableFile, match="大得不像"):
        read(book(sheet(line(cell(1)), line(cell(2), look=f'ss:Index="{place}"'))))


def test_a_workbook_cut_short_is_refused_wherever_it_ends() -> None:
    data = book(sheet(line(cell("规章"), cell(57))))
    for end in range(400, len(data) - 1, 97):
        with pytest.raises(UnreadableFile, match="损坏"):
            readers.read(data[:end])
