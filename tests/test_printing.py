"""Printing from the browser: an analysis page on A4 with its charts drawn, and nothing of the screen around it."""

from io import BytesIO

import pypdfium2
import pytest

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.xdist_group("browser")
PATIENCE = 120_000
A4 = (595, 842)
PALE = 160


def printed(browser: "playwright.Browser", server: str, appearance: str) -> pypdfium2.PdfDocument:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=appearance)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server}/requests")
    page.get_by_text("谁在申请", exact=True).wait_for()
    page.locator(".stPlotlyChart .main-svg").nth(11).wait_for(state="attached")
    page.wait_for_timeout(1000)
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    context.close()
    return pypdfium2.PdfDocument(BytesIO(data))


def test_an_analysis_page_is_printed_whole(browser: "playwright.Browser", server: str) -> None:
    sheets = list(printed(browser, server, "light"))
    assert {tuple(map(round, sheet.get_size())) for sheet in sheets} == {A4}
    text = "".join("".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())
    assert "依申请公开" in text and "栖禾县" in text and "谁在申请" in text
    assert text.count("霁桥镇") > 1, "the charts are not drawn"
    assert "交件情况" not in text and "数据表与下载" not in text, "the menu or what is folded up is printed"


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_paper_is_light_whatever_the_screen_is(
    browser: "playwright.Browser", server: str, appearance: str
) -> None:
    pictures = [
        sheet.render(scale=0.5).to_pil().convert("L") for sheet in printed(browser, server, appearance)
    ]
    shades = [sum(picture.histogram()[shade] for picture in pictures) for shade in range(256)]
    assert sum(shades[PALE:]) > 0.8 * sum(shades), "the paper is dark"
    assert sum(shades[:PALE]) > 0.02 * sum(shades), "nothing is printed"
