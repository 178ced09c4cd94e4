"""The dashboard in a real Chromium: what a person does, and what the browser asks of the network."""

import csv
import unicodedata
import urllib.request
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import TimeoutError as NotThere

ROOT = Path(__file__).resolve().parents[1]
# A machine that reads scans at the same time has been seen to take a minute for a first page.
PATIENCE = 120_000
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh visitor; every address the browser asks for is noted on the page."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    strangers = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert strangers == [], "a request left the machine"


def _text_of(page: Page, words: str) -> Locator:
    return page.get_by_text(words).first


def _charts(page: Page, number: int) -> None:
    try:
        page.locator(".js-plotly-plot:has(.main-svg)").nth(number - 1).wait_for()
    except NotThere:
        pytest.fail(f"less than {number} charts on: {page.locator('body').inner_text()}")


def _click_until_it_leads(page: Page, table: Locator, words: str) -> None:
    """Click the first row of a table, again if need be: its canvas takes no click before it is drawn."""
    for _ in range(PATIENCE // 3000):
        try:
            table.click(position={"x": 40, "y": 52}, timeout=3000)
            _text_of(page, words).wait_for(timeout=3000)
            return
        except NotThere:
            continue
    pytest.fail(f"no row leads to {words}")


def _downloaded(page: Page, button: Locator) -> bytes:
    """Click for a file, again if need be: a page that is still being drawn takes the button from under a click."""
    for _ in range(PATIENCE // 15_000):
        page.wait_for_selector('[data-test-script-state="notRunning"]')
        try:
            with page.expect_download(timeout=15_000) as waiting:
                button.click()
            return Path(waiting.value.path()).read_bytes()
        except NotThere:
            continue
    pytest.fail(f"no file comes of {button}")


def address_of(page: Page, *words: str) -> None:
    """Wait until the address holds all `words`: Streamlit writes it after the page is drawn."""
    for _ in range(PATIENCE // 100):
        if all(word in page.url for word in words):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{page.url} does not hold {words}")


def test_a_deep_link_as_the_first_visit_shows_the_page_with_its_filters(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    _text_of(page, "收到的申请").wait_for()
    page.get_by_role("combobox", name="县（市、区）").wait_for()
    page.get_by_role("link", name="总览").wait_for()
    assert page.evaluate("() => document.documentElement.lang") == "zh-CN"


def test_from_a_filter_to_the_filing_and_to_a_file(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    _charts(page, 6)
    whole = _text_of(page, "共新收申请").inner_text()
    chooser = page.get_by_role("combobox", name="乡镇街道")
    chooser.click()
    chooser.press_sequentially("霁桥")
    chooser.press("Enter")
    page.keyboard.press("Escape")
    _text_of(page, "1 个乡镇街道中").wait_for()
    assert _text_of(page, "共新收申请").inner_text() != whole
    address_of(page, "/requests", "governments=")
    # The open list swallows the first click outside itself.
    page.get_by_role("heading", name="依申请公开").click()
    page.get_by_role("link", name="复议诉讼").click()
    address_of(page, "/review_litigation", "governments=")
    _text_of(page, "被纠正的案件").wait_for()
    page.get_by_role("link", name="依申请公开").click()
    address_of(page, "/requests", "governments=")
    _charts(page, 6)

    page.get_by_text("数据表与下载").first.click()
    data = _downloaded(page, page.get_by_role("button", name="CSV（本表）").first)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    shown = _text_of(page, "共新收申请").inner_text()
    last = rows[-1]
    assert last["年度"] == "2025"
    assert f"共新收申请 {last['本年新收政府信息公开申请数量']} 件" in shown

    bar = page.locator(".js-plotly-plot").first.locator(".bars .point path").nth(6)
    bar.click(force=True)
    _text_of(page, "下载原件").wait_for()
    address_of(page, "/filing", "filing=", "cell=requests.received.total", "governments=")
    printed = unicodedata.normalize("NFKC", page.locator("td.focus").inner_text().strip())
    assert printed == last["本年新收政府信息公开申请数量"]
    assert _downloaded(page, page.get_by_role("button", name="下载原件"))


def test_a_sum_opens_the_list_of_the_filings_it_was_added_from(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    _charts(page, 6)
    page.locator(".js-plotly-plot").first.locator(".bars .point path").nth(6).click(force=True)
    _text_of(page, "由下列 14 处填报相加而成").wait_for()


def test_a_click_beside_a_box_of_the_flow_opens_the_list_of_its_filings(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    _charts(page, 2)
    page.locator(".js-plotly-plot").nth(1).locator(".annotation").last.click(force=True)
    _text_of(page, "由下列 14 处填报相加而成").wait_for()


def test_a_summed_cell_leads_to_its_units_and_they_to_the_cell_of_their_filing(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/county_return?years=2024&years=2024")
    cell = page.locator('td[data-name="requests.received.total"]')
    summed = cell.inner_text().rstrip("*")
    page.locator('td[data-name="requests.closed.other"]').click()
    _text_of(page, "合计 2：由 14 个单位").wait_for()
    cell.press("Enter")
    _text_of(page, f"合计 {summed}：由 14 个单位中 14 个单位的数字相加").wait_for()
    _click_until_it_leads(page, page.get_by_test_id("stDataFrame").nth(1), "下载原件")
    address_of(page, "/filing", "filing=", "cell=requests.received.total")
    assert unicodedata.normalize("NFKC", page.locator("td.focus").inner_text().strip()) == "48"


def test_the_language_is_in_the_address_and_on_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=English")
    _text_of(page, "How does the county stand this year?").wait_for()
    assert page.evaluate("() => document.documentElement.lang") == "en"
    # Until the browser has drawn a filter, Streamlit does not know to keep it in the address.
    _text_of(page, "English").wait_for()
    page.get_by_role("link", name="Requests").click()
    _text_of(page, "Who asks, how many").wait_for()
    address_of(page, "/requests", "lang=English")


def test_a_link_opens_the_view_it_was_copied_from(page: Page, server: str) -> None:
    page.goto(f"{server}/review_litigation?years=2021&years=2023&governments=霁桥镇人民政府")
    _text_of(page, "2021–2023 年 · 1 个乡镇街道").wait_for()


def test_the_scripts_of_the_page_are_named_one_by_one(server: str) -> None:
    request = urllib.request.Request(f"{server}/", headers={"Accept": "text/html"})
    with urllib.request.urlopen(request) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-" in policy
        assert b'<html lang="zh-CN">' in answer.read()


def test_two_clicks_lead_from_a_page_to_the_comparison_and_to_the_filing(
    page: Page,
    server: str,
) -> None:
    page.goto(
        f"{server}/requests?governments=霁桥镇人民政府&governments=蓼湾镇人民政府&years=2021&years=2024"
    )
    # Until the browser has drawn a filter, Streamlit does not know to keep it in the address.
    page.get_by_role("slider").first.wait_for()
    _text_of(page, "收到的申请").wait_for()
    page.get_by_role("link", name="乡镇对比").click()
    address_of(page, "/compare", "governments=", "years=2021")
    _text_of(page, "2021 年到 2024 年").wait_for()
    point = page.locator(".js-plotly-plot").first.locator(".point").last
    point.click(force=True)
    _text_of(page, "下载原件").wait_for()
    address_of(page, "/filing", "filing=", "cell=metric.website_items")
    assert page.locator("mark.focus").inner_text()


def test_the_comparison_is_in_the_address_and_opens_again_from_it(
    page: Page,
    server: str,
) -> None:
    page.goto(f"{server}/compare?show=requests.received&from=2021&to=2023")
    _text_of(page, "2021 年到 2023 年").wait_for()
    chooser = page.get_by_role("combobox", name="指标")
    chooser.click()
    chooser.press_sequentially("行政许可")
    chooser.press("Enter")
    address_of(page, "show=requests.received", "show=proactive.licensing.decisions", "from=2021", "to=2023")
    copied = page.url
    page.goto("about:blank")
    page.goto(copied)
    _text_of(page, "表二 · 行政许可 · 本年处理决定数量：2021 年到 2023 年").wait_for()


def test_the_township_in_the_address_is_shown_and_a_click_opens_its_filing(
    page: Page,
    server: str,
) -> None:
    page.goto(f"{server}/township?township=霁桥镇人民政府")
    _text_of(page, "霁桥镇人民政府：应交年报 7 份").wait_for()
    page.locator(".js-plotly-plot .point").last.click(force=True)
    _text_of(page, "下载原件").wait_for()
    address_of(page, "/filing", "filing=")
