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
        ("<span class='noise shown'>9</span>", ".noise { display: none }"),
    ],
)
def test_what_a_page_may_show_is_read(written: str, style: str) -> None:
    assert on_a_page(written, style) == "59"


def test_a_list_to_choose_from_shows_what_was_chosen() -> None:
    assert on_a_page("<select><option>1<option selected>3</select>") == "53"
