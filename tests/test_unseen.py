"""Figures that a file holds without printing them in the line: hidden, white, struck out, raised or lowered."""

import pytest
from grids import rows, tables
from ooxml import cell, docx, row, table

from etl.readers import docx as word
from etl.readers import html

SHADE = "<w:shd w:val='clear' w:fill='1F4E79'/>"
STYLES = (
    "<w:style w:type='character' w:styleId='a'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='b'><w:basedOn w:val='a'/></w:style>"
    "<w:style w:type='character' w:styleId='note'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
)


def in_word(properties: str, of_cell: str = "") -> str:
    """What is read of a cell that prints 5 and beside it a 9 with these properties."""
    runs = f"<w:r><w:t>5</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>9</w:t></w:r>"
    written = f"<w:tc><w:tcPr>{of_cell}</w:tcPr><w:p>{runs}</w:p></w:tc>"
    document = word.read(docx(table(row(cell("规章"), written), grid=(900, 900)), styles=STYLES))
    return rows(tables(document)[0])[0][1].split(" ", 1)[1]


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        "<w:strike/>",
        "<w:color w:val='FFFFFF'/>",
        "<w:vertAlign w:val='superscript'/>",
        "<w:vertAlign w:val='subscript'/>",
        "<w:position w:val='8'/>",
        "<w:rStyle w:val='a'/>",
        "<w:rStyle w:val='b'/>",
        "<w:rStyle w:val='note'/>",
    ],
)
def test_a_figure_that_word_does_not_print_in_the_line_is_no_part_of_the_number(properties: str) -> None:
    assert in_word(properties) == "5"


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish w:val='0'/>", "<w:position w:val='0'/>", "<w:rStyle w:val='b'/><w:vanish w:val='0'/>"],
)
def test_what_is_switched_off_hides_nothing(properties: str) -> None:
    assert in_word(properties) == "59"


def test_white_figures_on_a_dark_ground_are_printed() -> None:
    assert in_word("<w:color w:val='FFFFFF'/>", SHADE) == "59"


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ("<w:color w:val='FEFEFE'/>", "5"),
        ("<w:color w:val='auto' w:themeColor='background1'/>", "5"),
        ("<w:color w:val='D9D9D9' w:themeColor='background1' w:themeShade='D9'/>", "59"),
        ("<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>", "59"),
        ("<w:sz w:val='2'/>", "5"),
        ("<w:webHidden/>", "59"),
        ("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "59"),
    ],
)
def test_what_paper_shows_of_a_word_file_counts_and_nothing_else(properties: str, text: str) -> None:
    assert in_word(properties) == text


PLAIN = "<w:vanish w:val='0'/><w:strike w:val='0'/><w:color w:val='000000'/>"


def content(*paragraphs: str, styles: str = "", of_table: str = "") -> str:
    """What is read of the second cell of a table's only row."""
    label = f"<w:tc><w:p><w:r><w:rPr>{PLAIN}</w:rPr><w:t>规章</w:t></w:r></w:p></w:tc>"
    written = table(row(label, f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"), grid=(900, 900))
    document = word.read(docx(written.replace("<w:tblPr/>", f"<w:tblPr>{of_table}</w:tblPr>"), styles=styles))
    return rows(tables(document)[0])[0][1].partition(" ")[2]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def of_field(kind: str) -> str:
    return f"<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:fldChar w:fldCharType='{kind}'/></w:r>"


def field(command: str, result: str) -> str:
    return f"{of_field('begin')}{command}{of_field('separate')}{result}{of_field('end')}"


@pytest.mark.parametrize("mark", ["<w:vanish/>", "<w:del/>", "<w:moveFrom/>"])
def test_a_paragraph_whose_end_is_not_printed_runs_on_into_the_next(mark: str) -> None:
    first = f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{run('5')}</w:p>"
    assert content(first, f"<w:p>{run('9')}</w:p>") == "59"


def test_what_stands_in_a_fields_command_is_not_printed() -> None:
    inner = field("<w:r><w:instrText>REF a</w:instrText></w:r>", run("3"))
    assert content(f"<w:p>{field(inner + run('*2'), run('6'))}</w:p>") == "6"


def test_a_field_that_draws_what_it_shows_leaves_it_in_doubt() -> None:
    command = "<w:r><w:instrText xml:space='preserve'> {} </w:instrText></w:r>"
    assert content(f"<w:p>{field(command.format('FORMDROPDOWN'), '')}</w:p>") == "?"
    drawn = f"{of_field('begin')}{command.format('eq')}{of_field('end')}"
    assert content(f"<w:p>{run('第')}{drawn}</w:p>") == "第?"


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert content(f"<w:p>{of_field('begin')}{run('6')}</w:p>") == "6"


@pytest.mark.parametrize(
    "moved",
    [
        f"<w:del>{run('9')}</w:del>",
        f"<w:moveFrom>{run('9')}</w:moveFrom>",
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{run('')}</mc:Choice><mc:Fallback>{run('9')}</mc:Fallback></mc:AlternateContent></w:r>",
    ],
)
def test_what_was_deleted_moved_away_or_stands_twice_is_read_where_it_is_printed(moved: str) -> None:
    assert content(f"<w:p>{run('5')}{moved}</w:p>") == "5"


BOX = "<w:txbxContent><w:p><w:r><w:t>9</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        (f"<w:drawing><wp:anchor><wp:docPr id='1' name='a'/>{BOX}</wp:anchor></w:drawing>", "5\n9"),
        (f"<w:drawing><wp:anchor><wp:docPr id='1' name='a' hidden='1'/>{BOX}</wp:anchor></w:drawing>", "5"),
        (f"<w:pict><v:shape style='width:9pt'><v:textbox>{BOX}</v:textbox></v:shape></w:pict>", "5\n9"),
        (f"<w:pict><v:shape style='visibility:hidden'><v:textbox>{BOX}</v:textbox></v:shape></w:pict>", "5"),
    ],
)
def test_the_words_of_a_drawing_that_is_switched_off_are_not_printed(drawing: str, text: str) -> None:
    space = "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"
    assert content(f"<w:p>{run('5')}<w:r {space}>{drawing}</w:r></w:p>") == text


@pytest.mark.parametrize(
    ("height", "read"),
    [
        ("<w:trHeight w:val='20' w:hRule='exact'/>", [["0 许可", "1 7"]]),
        ("<w:trHeight w:val='20'/>", [["0 规章", "1 5"], ["0 许可", "1 7"]]),
    ],
)
def test_a_row_too_low_for_print_is_a_space_between_rows(height: str, read: list[list[str]]) -> None:
    flat = row(cell("规章"), cell("5"), properties=height)
    document = word.read(docx(table(flat, row(cell("许可"), cell("7")), grid=(900, 900))))
    assert rows(tables(document)[0]) == read


FIRST_ROW = "<w:tblLook w:val='0020'/>"
DARK = "<w:tcPr><w:shd w:val='clear' w:fill='1F4E79'/></w:tcPr>"


@pytest.mark.parametrize(
    ("style", "look", "text"),
    [
        ("<w:rPr><w:vanish/></w:rPr>", "", ""),
        ("<w:rPr><w:color w:val='FFFFFF'/></w:rPr>", "", ""),
        ("<w:tblStylePr w:type='firstRow'><w:rPr><w:strike/></w:rPr></w:tblStylePr>", FIRST_ROW, ""),
        ("<w:tblStylePr w:type='firstRow'><w:rPr><w:strike/></w:rPr></w:tblStylePr>", "", "5"),
        ("<w:tblStylePr w:type='lastCol'><w:rPr><w:strike/></w:rPr></w:tblStylePr>", "<w:tblLook w:lastColumn='1'/>", ""),
        ("<w:tblStylePr w:type='firstCol'><w:rPr><w:strike/></w:rPr></w:tblStylePr>", "<w:tblLook w:firstColumn='1'/>", "5"),
        ("<w:tblStylePr w:type='band1Horz'><w:rPr><w:strike/></w:rPr></w:tblStylePr>", "", ""),
        ("<w:tblStylePr w:type='band1Horz'><w:rPr><w:strike/></w:rPr></w:tblStylePr>", "<w:tblLook w:noHBand='1'/>", "5"),
        (f"<w:tblStylePr w:type='firstRow'><w:rPr><w:color w:val='FFFFFF'/></w:rPr>{DARK}</w:tblStylePr>", FIRST_ROW, "5"),
        ("<w:basedOn w:val='struck'/>", "", ""),
    ],
)  # fmt: skip
def test_a_tables_style_shows_its_cells_by_where_they_stand(style: str, look: str, text: str) -> None:
    styles = (
        f"<w:style w:type='table' w:styleId='t'>{style}</w:style>"
        "<w:style w:type='table' w:styleId='struck'><w:rPr><w:strike/></w:rPr></w:style>"
    )
    printed = content(f"<w:p>{run('5')}</w:p>", styles=styles, of_table=f"<w:tblStyle w:val='t'/>{look}")
    assert printed == text


def on_a_page(written: str, style: str = "") -> str:
    page = f"<html><head><style>{style}</style></head><body><table><tr><td>规章</td><td>5{written}</td></tr></table>"
    return rows(tables(html.read(page.encode()))[0])[0][1].split(" ", 1)[1]


@pytest.mark.parametrize(
    "written",
    [
        "<span style='display:none'>9</span>",
        "<span style='font-size:0px'>9</span>",
        "<span style='color:#FFF'>9</span>",
        "<font color='#FFFFFF'>9</font>",
        "<span style='vertical-align:super'>9</span>",
        "<span class='noise'>9</span>",
    ],
)
def test_a_figure_that_a_page_does_not_show_in_the_line_is_no_part_of_the_number(written: str) -> None:
    assert on_a_page(written, "/* a */ b, .noise { display: none }") == "5"


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("<span style='font-size:0.9em'>9</span>", ""),
        ("<span style='background-color:#fff'>9</span>", ""),
        ("<span style='background:#000;color:#fff'>9</span>", ""),
        ("<span class='noise'>9</span>", "@media print { .noise { display: none } }"),
    ],
)
def test_what_a_page_may_show_is_read(written: str, style: str) -> None:
    assert on_a_page(written, style) == "59"


SCREEN_READERS = "position:absolute;clip:rect(0,0,0,0)"


@pytest.mark.parametrize(
    ("written", "style", "text"),
    [
        *(
            (f"<span style='{hidden}'>9</span>", "", "5")
            for hidden in (
                "visibility:hidden",
                "opacity:0",
                "font-size:1px",
                SCREEN_READERS,
                "clip-path:inset(100%)",
                "text-indent:-9999px",
                "position:absolute;left:-9999px",
                "display:inline-block;height:0;overflow:hidden",
                "color:transparent",
                "color:rgba(0,0,0,0)",
                "color:#fefefe",
                "color:#fff;background:#fff",
            )
        ),
        ("<del>9</del><s>8</s>", "", "5"),
        ("<span hidden>9</span>", "", "5"),
        ("<span id=a>9</span>", "#a{display:none}", "5"),
        ("<span class=a>9</span>", "@media screen{.a{display:none}}", "5"),
        ("<span class=a>9</span>", ".a{vertical-align:super}", "5"),
        ("<span class=a>9</span>", ".a{text-decoration:line-through}", "5"),
        ("<span class='a b'>9</span>", ".a{display:none}", "59?"),
        ("<span class=a>9</span>", ".a{color:#fff}", "59?"),
        ("<b class=a><span style='color:#fff'>9</span></b>", "", "59?"),
        ("<span class=a>9</span>", ".a{color:#fff;background:#1f4e79}", "59"),
        ("<b class=a><span style='color:#fff'>9</span></b>", ".a{background:#1f4e79}", "59"),
        ("<span style='opacity:0.5'>9</span>", "", "59"),
        ("<span aria-hidden=true>9</span>", "", "59"),
        ("<span style='margin-left:-50px'>9</span>", "", "59"),
        ("<span style='height:0;overflow:hidden'>9</span>", "", "59"),
        ("<input type=number value=9>", "", "59"),
        ("<input type=hidden value=9>", "", "5"),
    ],
)  # fmt: skip
def test_of_a_page_what_is_seen_counts_and_what_may_be_seen_is_doubted(
    written: str, style: str, text: str
) -> None:
    assert on_a_page(written, style) == text


@pytest.mark.parametrize(
    ("attributes", "style", "texts"),
    [
        ("style='visibility:hidden'", "", ["5?", "7"]),
        ("style='display:none'", "", ["5?", "7"]),
        ("hidden", "", ["5?", "7"]),
        ("style='color:#fff'", "", ["5?", "7"]),
        ("style='color:#fff' bgcolor='#1f4e79'", "", ["5", "7"]),
        ("class=a", ".a{display:none}", ["5?", "7"]),
        ("class=a", ".a{text-decoration:line-through}", ["", "7"]),
        ("", "tr td:nth-child(2){color:#fff}", ["5?", "7"]),
        ("", "td:nth-child(2){color:#fff;background:#1f4e79}", ["5", "7"]),
        ("", "tr:first-child{background:#1f4e79}tr:first-child td{color:#fff}", ["5", "7"]),
        ("", ".menu td{color:#fff}", ["5", "7"]),
    ],
)
def test_a_cell_that_a_page_hides_stays_in_its_place(attributes: str, style: str, texts: list[str]) -> None:
    cells = f"<td>规章</td><td {attributes}>5</td><td>7</td>"
    page = f"<html><head><style>{style}</style></head><body><table><tr>{cells}</tr></table>"
    (found,) = tables(html.read(page.encode()))
    assert [one.text for one in found.cells][1:] == texts


@pytest.mark.parametrize("marked", ["style='visibility:collapse'", "class=gone", "class='wide gone'"])
def test_figures_in_a_column_that_a_page_collapses_are_doubted(marked: str) -> None:
    style = "<style>.gone { visibility: collapse }</style>"
    columns = f"<colgroup><col><col {marked}><col></colgroup>"
    cells = "<tr><td>规章<td>5<td>7<tr><td colspan=2>许可<td>8"
    (found,) = tables(html.read(f"<html><head>{style}</head><body><table>{columns}{cells}</table>".encode()))
    assert [one.text for one in found.cells] == ["规章", "5?", "7", "许可", "8"]


HIDING = ("display:none", "visibility:collapse", "width:0;overflow:hidden", "font-size:0")


@pytest.mark.parametrize("style", HIDING)
@pytest.mark.parametrize(
    "selector",
    [
        "td:nth-child(2)",
        "tr > td:nth-of-type( 2 )",
        "td:nth-last-child(2)",
        "table.t tbody > tr td:nth-child(3n - 1)",
        "#a td:nth-child(2), #b td:nth-child(3)",
        ".t tr *:nth-child(2)",
        ".t td.second",
        "td[data-at='2']",
    ],
)
def test_figures_in_cells_that_a_rule_hides_by_their_place_are_doubted(selector: str, style: str) -> None:
    rows = "<tr><td>规章<td class=second data-at=2>5<td>7<tr><td>许可<td class=second data-at=2>8<td>"
    page = f"<style>{selector} {{ {style} }}</style><body><table class=t id=a>{rows}</table>"
    (found,) = tables(html.read(page.encode()))
    assert [one.text for one in found.cells] == ["规章", "5?", "7", "许可", "8?", ""]


@pytest.mark.parametrize(
    "rule",
    [
        "td:nth-child(2):hover { display: none }",
        "td:nth-child(2)::after { display: none }",
        "td:nth-child(4) { display: none }",
        "#b td:nth-child(2) { display: none }",
        ".menu .second { display: none }",
        "li:nth-child(2) { display: none }",
        "td { width: 0 }",
        "td { max-width: 0; overflow: hidden }",
        "td.second { height: 0; overflow: visible }",
    ],
)
def test_rules_that_hide_something_else_doubt_no_figure(rule: str) -> None:
    rows = "<tr><td>规章<td class=second>5<td>7<tr><td>许可<td class=second>8<td>9"
    page = f"<style>{rule}</style><body><table class=t id=a>{rows}</table>"
    (found,) = tables(html.read(page.encode()))
    assert [one.text for one in found.cells] == ["规章", "5", "7", "许可", "8", "9"]


@pytest.mark.parametrize(
    ("marked", "style"),
    [("width=0", ""), ("width='0px'", ""), ("style='width: 0'", ""), ("class=c", ".c{width:0}")],
)
def test_figures_in_a_column_of_no_width_are_doubted(marked: str, style: str) -> None:
    columns = f"<colgroup><col width=80><col {marked}><col></colgroup>"
    page = f"<style>{style}</style><body><table>{columns}<tr><td>规章<td>5<td>7</table>"
    (found,) = tables(html.read(page.encode()))
    assert [one.text for one in found.cells] == ["规章", "5?", "7"]


def test_a_cell_of_no_width_tells_it_of_its_column_where_columns_are_as_wide_as_is_written() -> None:
    rows = "<tr><th>信息<th style='width:0'>件数<th>件数<tr><td>规章<td>5<td>7"
    for layout, figure in (("fixed", "5?"), ("auto", "5")):
        page = f"<body><table style='table-layout:{layout}'>{rows}</table>"
        (found,) = tables(html.read(page.encode()))
        assert [one.text for one in found.cells][3:] == ["规章", figure, "7"]


def test_a_page_with_more_hiding_rules_than_pages_have_may_hide_any_figure() -> None:
    style = "".join(f"td:nth-child({at}){{display:none}}" for at in range(10, 1000))
    page = f"<style>{style}</style><body><table><tr><td>规章<td>5</table>"
    (found,) = tables(html.read(page.encode()))
    assert [one.text for one in found.cells] == ["规章", "5?"]


def test_labels_in_a_column_that_is_not_displayed_stay_beside_their_figures() -> None:
    rows = "<tr><td rowspan=2>其他处理<td hidden>1.逾期不补正<td>5<tr><td hidden>2.逾期未缴费<td>7"
    (found,) = tables(html.read(f"<body><table>{rows}</table>".encode()))
    assert [one.text for one in found.cells] == ["其他处理", "1.逾期不补正", "5", "2.逾期未缴费", "7"]


def test_cells_not_displayed_that_merged_ones_left_over_are_gone() -> None:
    cells = "<tr><td colspan=2>许可<td style='display:none'><td>8<tr><td>规章<td>5<td>7"
    (found,) = tables(html.read(f"<html><body><table>{cells}</table>".encode()))
    assert [(one.column, one.text) for one in found.cells] == [
        (0, "许可"),
        (2, "8"),
        (0, "规章"),
        (1, "5"),
        (2, "7"),
    ]


def test_places_told_by_narrower_merged_cells_alone_leave_figures_in_doubt() -> None:
    cells = "<tr><td>信息<td colspan=2>件数<tr><td>规章<td hidden>4<td>5<td>7"
    (found,) = tables(html.read(f"<html><body><table>{cells}</table>".encode()))
    assert [one.text for one in found.cells] == ["信息", "件数", "规章", "4?", "5?", "7?"]


def test_a_list_to_choose_from_shows_what_was_chosen() -> None:
    assert on_a_page("<select><option>1<option selected>3</select>") == "53"


@pytest.mark.parametrize(
    ("cell", "style", "text"),
    [
        ("", "td:last-child::before{content:'5'}", "?"),
        ("<span class=n></span>", ".n:before{content:counter(x)}", "?"),
        ("<span data-n=5></span>", "span::after{content:attr(data-n)}", "?"),
        ("5", "td+td::before{content:'\\31'}", "5?"),
        ("<b class=n>5</b>", "#list .n::after{content:'0'}", "5?"),
        ("<ol start=5><li></li></ol>", "", "?"),
        ("<ul style='list-style:decimal'><li></li></ul>", "", "?"),
        ("<ul><li></li></ul>", "", ""),
        ("5", "td::after{content:''} td::before{content:'\\f105'}", "5"),
        ("5", "td::before{content:'0';display:none}", "5"),
        ("5", "td:hover::before{content:'0'}", "5"),
        ("5", "td::before{content:attr(data-label)}", "5"),
        ("", "@media (max-width:600px){td::before{content:'5'}}", ""),
        ("<p>规章</p>", "td p::before{content:counter(x)}", "规章"),
    ],
)
def test_what_a_browser_writes_by_itself_leaves_a_value_in_doubt_and_words_as_they_are(
    cell: str, style: str, text: str
) -> None:
    page = f"<html><head><style>{style}</style></head><body id=list><table><tr><td>规章</td><td data-label=件数>{cell}</td></tr></table>"
    assert rows(tables(html.read(page.encode()))[0])[0][1].removeprefix("1").strip() == text


def test_a_cell_that_holds_only_an_automatic_number_is_in_doubt() -> None:
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1'/></w:lvl>"
    lists = f"<w:abstractNum w:abstractNumId='1'>{level}</w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='1'/></w:num>"
    counted = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='7'/></w:numPr></w:pPr></w:p>"
    body = table(row(cell("规章"), f"<w:tc>{counted}</w:tc>"), grid=(900, 900)) + counted
    document = word.read(docx(body, numbering=lists))
    assert [block.cells[1].text for block in tables(document)] == ["?"]
    assert len(document.blocks) == 1


@pytest.mark.parametrize("command", ["SYMBOL 53 \\f Arial", "AUTONUM", "LISTNUM", "MACROBUTTON a 5"])
def test_a_field_that_writes_a_number_by_itself_leaves_a_value_in_doubt_and_numbers_words(
    command: str,
) -> None:
    drawn = f"{of_field('begin')}<w:r><w:instrText>{command}</w:instrText></w:r>{of_field('end')}"
    assert content(f"<w:p>{drawn}</w:p>") == "?"
    assert content(f"<w:p>{drawn}{run('属于国家秘密')}</w:p>") == "属于国家秘密"
