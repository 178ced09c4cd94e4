"""Printing from the browser: a page on A4 with all it shows and says, whatever the screen shows of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Literal
from urllib.parse import quote

import pypdfium2
import pytest
from on_screen import drawn
from PIL import ImageChops
from playwright.sync_api import Browser
from pypdfium2 import raw

from dashboard import db
from dashboard.text import load

pytestmark = pytest.mark.xdist_group("browser")
PATIENCE = 120_000
PAGES = (
    "overview",
    "publication",
    "requests",
    "review_litigation",
    "compare",
    "township",
    "submissions",
    "findings",
    "county_return",
)
A4 = {(595, 842), (842, 595)}
MARGIN = 32  # points
SMALLEST = 8
OFFICE, WIDE = 1366, 1920  # pixels of a screen
# What is only for paper has come as well, and the page's tables have drawn themselves.
COMPLETE = """() => document.querySelector('.st-key-printed .stText')
    && [...document.querySelectorAll('.stElementContainer')].every((one) => one.childElementCount)
    && [...document.querySelectorAll('.stDataFrame')].every((one) => one.querySelector('canvas td'))"""
# A table of the page is said to have five rows more than anybody prints.
LENGTHEN = """() => {
    const canvas = document.querySelector('.stDataFrame canvas')
    let at = canvas[Object.keys(canvas).find((name) => name.startsWith('__reactFiber$'))]
    while (!at.memoizedProps?.getCellContent) at = at.return
    const { rows, getCellContent } = at.memoizedProps
    at.memoizedProps.rows = 505
    at.memoizedProps.getCellContent = ([column, row]) => getCellContent([column, row % rows])
}"""

Printed = Callable[..., pypdfium2.PdfDocument]


@pytest.fixture(scope="module")
def printed(browser: Browser, server: str) -> Iterator[Printed]:
    """What comes out of the printer, once for each page, what its address asks for, and the look of the screen."""
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)

    @cache
    def out(
        page: str,
        asked: str = "",
        look: Literal["light", "dark"] = "light",
        before: str = "",
        width: int = OFFICE,
    ) -> pypdfium2.PdfDocument:
        opened.set_viewport_size({"width": width, "height": 768})
        opened.emulate_media(color_scheme=look)
        opened.goto(f"{server}/{page.removeprefix('overview')}?{asked}")
        drawn(opened)
        opened.wait_for_function(COMPLETE)
        if before:
            opened.evaluate(before)
        data = opened.pdf(prefer_css_page_size=True)
        assert opened.locator("body > .printed").count() == 0, "the screen keeps what was for paper"
        return pypdfium2.PdfDocument(BytesIO(data))

    yield out
    context.close()


def words_of(document: pypdfium2.PdfDocument) -> str:
    return squeezed("".join(sheet.get_textpage().get_text_range() for sheet in document))


def squeezed(text: str) -> str:
    """The text without what a line break or a narrow column puts into it."""
    return re.sub(r"[\s\ufffe]", "", text)


def letters_of(sheet: pypdfium2.PdfPage) -> Iterator[tuple[str, float, tuple[float, float, float, float]]]:
    """Each letter of a sheet with its size in points and where it stands."""
    found = sheet.get_textpage()
    matrix = raw.FS_MATRIX()
    for at in range(found.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(found.raw, at))
        if not letter.isspace():
            raw.FPDFText_GetMatrix(found.raw, at, matrix)
            yield letter, raw.FPDFText_GetFontSize(found.raw, at) * abs(matrix.a), found.get_charbox(at)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_sheet_says_whose_it_is_and_every_page_where_it_comes_from(
    page: str, language: str, printed: Printed, overseen: None
) -> None:
    words = load(language)
    sheets = printed(page, "lang=English" if language == "en" else "")
    text = words_of(sheets)
    chosen = words["printed.chosen"].format(
        county="栖禾县", years="2019–2025", governments=words["printed.everyone"].format(n=14)
    )
    (build,) = db.query("build")
    source = words["printed.source"].format(at=build["built_at"].strftime("%Y-%m-%d %H:%M"))
    assert squeezed(chosen) in text and squeezed(source) in text
    assert squeezed(words[f"{page}.title"]) in text and squeezed(words[f"{page}.question"]) in text
    for sheet in sheets:
        assert tuple(map(round, sheet.get_size())) in A4
        assert squeezed(words["shared.sample"]) in words_of([sheet])
    for left_out in (
        "printed.undrawn",
        "one_page.button",
        "shared.table",
        "shared.csv_wide",
        "shared.click_row",
    ):
        assert squeezed(words[left_out]) not in text, "what is for hands is printed"


@pytest.mark.parametrize("screen", [OFFICE, WIDE])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_paper_is_too_small_to_read_or_cut_off(page: str, screen: int, printed: Printed) -> None:
    for sheet in printed(page, width=screen):
        width, height = sheet.get_size()
        for letter, size, (left, bottom, right, top) in letters_of(sheet):
            assert size >= SMALLEST - 0.05, f"{letter} has {size:.1f} points"
            assert left >= MARGIN and right <= width - MARGIN, f"{letter} stands in the margin"
            assert bottom > 0 and top < height - MARGIN, f"{letter} is cut off"


@pytest.mark.parametrize("asked", ["", "lang=English"])
def test_every_row_of_a_long_table_is_printed(asked: str, printed: Printed, overseen: None) -> None:
    text = words_of(printed("findings", asked))
    found = db.query("findings", county="栖禾县", sample=True, first=0, last=9999, governments=())
    assert len(found) > 60
    message = "message_en" if asked else "message_zh"
    for row in found:
        assert text.count(squeezed(row[message])) == sum(one[message] == row[message] for one in found)


def test_where_a_line_ends_on_the_screen_is_not_printed(printed: Printed, overseen: None) -> None:
    sheets = printed("findings")
    text = re.sub(r"[\r\n\ufffe]", "", "".join(sheet.get_textpage().get_text_range() for sheet in sheets))
    assert "国办公开办函〔2021〕30号" in text
    assert not re.search(r"函[ \u2060]", text)


def test_every_sentence_of_a_townships_prose_is_printed(printed: Printed, overseen: None) -> None:
    text = words_of(printed("township", f"township={quote('霁桥镇人民政府')}"))
    rows = db.query("township_metrics", county="栖禾县", government="霁桥镇人民政府", first=0, last=9999)
    assert len(rows) > 40 and all(squeezed(row["sentence"]) in text for row in rows)


def test_a_table_longer_than_anybody_reads_says_how_many_rows_are_left(printed: Printed) -> None:
    text = words_of(printed("submissions", before=LENGTHEN))
    assert squeezed(load("zh")["printed.more"].format(n=5)) in text


def test_a_filing_is_printed_with_its_words_and_its_tables(printed: Printed, overseen: None) -> None:
    filing = db.query("submissions", county="栖禾县", sample=True, first=2025, last=2025, governments=())[0]
    body = db.body(filing["sha256"])
    assert body
    text = words_of(printed("filing", f"filing={filing['sha256'][:12]}"))
    paragraphs = [squeezed(block["text"]) for block in body["blocks"] if block["kind"] == "paragraph"]
    cells = [cell[0] for block in body["blocks"] if block["kind"] == "table" for cell in block["cells"]]
    assert len(paragraphs) > 20 and all(said in text for said in paragraphs)
    # Lines of narrow cells beside each other run through one another when a PDF is read.
    left_out = Counter(squeezed("".join([*paragraphs, *cells]))) - Counter(text)
    assert cells and not left_out


def test_the_townships_chosen_are_named(printed: Printed) -> None:
    chosen = ("椴坡乡人民政府", "筠坪乡人民政府")
    text = words_of(printed("requests", "&".join(f"governments={quote(name)}" for name in chosen)))
    assert load("zh")["shared.comma"].join(chosen) in text
    assert squeezed(load("zh")["printed.coverage"].format(years="2019–2025", due=14, read=12)) in text


def test_what_a_page_is_set_to_show_is_said(printed: Printed) -> None:
    text = words_of(printed("compare", "show=requests.closed&from=2021"))
    for name, value in (("indicators", "表三·总计"), ("from", "2021"), ("to", "2025")):
        assert squeezed(load("zh")[f"compare.{name}"]) + value in text


@pytest.mark.parametrize("page", ["overview", "requests", "compare", "publication"])
def test_a_dark_screen_prints_what_a_light_one_prints(page: str, printed: Printed) -> None:
    light, dark = printed(page), printed(page, look="dark")
    assert len(light) == len(dark)
    for one, other in zip(light, dark, strict=True):
        pictures = [sheet.render(scale=0.75).to_pil().convert("L") for sheet in (one, other)]
        apart = ImageChops.difference(*pictures).histogram()
        assert sum(apart[64:]) < 0.001 * sum(apart), "the sheets differ"


def test_small_lines_keep_their_height_and_their_names_on_the_paper_of_a_wide_screen(
    printed: Printed,
) -> None:
    (sheet, *_) = printed("publication", width=WIDE)
    letters = list(letters_of(sheet))
    text = "".join(letter for letter, _, _ in letters)
    first, second = (letters[text.index(name)][2] for name in ("望禾街道", "筠坪乡"))
    assert first[1] - second[1] > 100, "the rows stand a hundred points apart, as on the screen"
    beside = [place for letter, _, place in letters if letter == "条" and abs(place[1] - first[1]) < 4]
    assert beside and all(place[2] < first[0] for place in beside), "the unit runs into the name"


def test_charts_are_drawn_in_words_that_can_be_found(printed: Printed) -> None:
    assert words_of(printed("requests")).count("霁桥镇") > 1
