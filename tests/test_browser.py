"""The dashboard in a real Chromium: what a person does, and what the browser asks of the network."""

import csv
import unicodedata
import urllib.request
from io import StringIO

import pytest
from conftest import PATIENCE
from on_screen import address_of, charts, click_until_it_leads, downloaded, text_of
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")


def test_a_deep_link_as_the_first_visit_shows_the_page_with_its_filters(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    text_of(page, "收到的申请").wait_for()
    page.get_by_role("combobox", name="县（市、区）").wait_for()
    page.get_by_role("link", name="总览").wait_for()
    assert page.evaluate("() => document.documentElement.lang") == "zh-CN"


def test_charts_are_drawn_anew_when_the_page_turns_dark(page: Page, server: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{server}/requests")
    charts(page, 6)
    words = page.locator(".js-plotly-plot .xtick text").first
    page.wait_for_selector('[data-test-script-state="notRunning"]')
    light = words.evaluate("one => getComputedStyle(one).fill")
    page.emulate_media(color_scheme="dark")
    expect(words).not_to_have_css("fill", light, timeout=PATIENCE)


def test_from_a_filter_to_the_filing_and_to_a_file(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    charts(page, 6)
    whole = text_of(page, "共新收申请").inner_text()
    chooser = page.get_by_role("combobox", name="乡镇街道")
    chooser.click()
    chooser.press_sequentially("霁桥")
    chooser.press("Enter")
    page.keyboard.press("Escape")
    text_of(page, "1 个乡镇街道中").wait_for()
    assert text_of(page, "共新收申请").inner_text() != whole
    address_of(page, "/requests", "governments=")
    # The open list swallows the first click outside itself.
    page.get_by_role("heading", name="依申请公开").click()
    page.get_by_role("link", name="复议诉讼").click()
    address_of(page, "/review_litigation", "governments=")
    text_of(page, "被纠正的案件").wait_for()
    page.get_by_role("link", name="依申请公开").click()
    address_of(page, "/requests", "governments=")
    charts(page, 6)

    page.get_by_text("数据表与下载").first.click()
    data = downloaded(page, page.get_by_role("button", name="CSV（本表）").first)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    shown = text_of(page, "共新收申请").inner_text()
    last = rows[-1]
    assert last["年度"] == "2025"
    assert f"共新收申请 {last['新收申请']} 件" in shown

    bar = page.locator(".js-plotly-plot").first.locator(".bars .point path").nth(6)
    bar.click(force=True)
    text_of(page, "下载原件").wait_for()
    address_of(page, "/filing", "filing=", "cell=requests.received.total", "governments=")
    printed = unicodedata.normalize("NFKC", page.locator("td.focus").inner_text().strip())
    assert printed == last["新收申请"]
    assert downloaded(page, page.get_by_role("button", name="下载原件"))


def test_a_sum_opens_the_list_of_the_filings_it_was_added_from(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    charts(page, 6)
    page.locator(".js-plotly-plot").first.locator(".bars .point path").nth(6).click(force=True)
    text_of(page, "由下列 14 处填报相加而成").wait_for()


def test_a_click_beside_a_box_of_the_flow_opens_the_list_of_its_filings(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    charts(page, 2)
    page.locator(".js-plotly-plot").nth(1).locator(".textpoint").last.click(force=True)
    text_of(page, "由下列 14 处填报相加而成").wait_for()


def test_a_summed_cell_leads_to_its_units_and_they_to_the_cell_of_their_filing(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/county_return?years=2024&years=2024")
    cell = page.locator('td[data-name="requests.received.total"]')
    summed = cell.inner_text().rstrip("*")
    page.locator('td[data-name="requests.closed.other"]').click()
    text_of(page, "合计 2：由 14 个单位").wait_for()
    cell.press("Enter")
    text_of(page, f"合计 {summed}：由 14 个单位中 14 个单位的数字相加").wait_for()
    click_until_it_leads(page, page.get_by_test_id("stDataFrame").nth(1), "下载原件")
    address_of(page, "/filing", "filing=", "cell=requests.received.total")
    assert unicodedata.normalize("NFKC", page.locator("td.focus").inner_text().strip()) == "48"


def test_the_language_is_in_the_address_and_on_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=English")
    text_of(page, "How does the county stand this year?").wait_for()
    assert page.evaluate("() => document.documentElement.lang") == "en"
    # Until the browser has drawn a filter, Streamlit does not know to keep it in the address.
    text_of(page, "English").wait_for()
    page.get_by_role("link", name="Requests").click()
    text_of(page, "Who asks, how many").wait_for()
    address_of(page, "/requests", "lang=English")


def test_a_link_opens_the_view_it_was_copied_from(page: Page, server: str) -> None:
    page.goto(f"{server}/review_litigation?years=2021&years=2023&governments=霁桥镇人民政府")
    text_of(page, "2021–2023 年 · 1 个乡镇街道").wait_for()


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
    text_of(page, "收到的申请").wait_for()
    page.get_by_role("link", name="乡镇对比").click()
    address_of(page, "/compare", "governments=", "years=2021")
    text_of(page, "2021 年到 2024 年").wait_for()
    point = page.locator(".js-plotly-plot").first.locator(".point").last
    point.click(force=True)
    text_of(page, "下载原件").wait_for()
    address_of(page, "/filing", "filing=", "cell=metric.website_items")
    assert page.locator("mark.focus").inner_text()


def test_the_comparison_is_in_the_address_and_opens_again_from_it(
    page: Page,
    server: str,
) -> None:
    page.goto(f"{server}/compare?show=requests.received&from=2021&to=2023")
    text_of(page, "2021 年到 2023 年").wait_for()
    chooser = page.get_by_role("combobox", name="指标")
    chooser.click()
    chooser.press_sequentially("行政许可")
    chooser.press("Enter")
    address_of(page, "show=requests.received", "show=proactive.licensing.decisions", "from=2021", "to=2023")
    copied = page.url
    page.goto("about:blank")
    page.goto(copied)
    text_of(page, "表二 · 行政许可 · 本年处理决定数量：2021 年到 2023 年").wait_for()


def test_the_township_in_the_address_is_shown_and_a_click_opens_its_filing(
    page: Page,
    server: str,
) -> None:
    page.goto(f"{server}/township?township=霁桥镇人民政府")
    text_of(page, "霁桥镇人民政府：应交年报 7 份").wait_for()
    page.locator(".js-plotly-plot .point").last.click(force=True)
    text_of(page, "下载原件").wait_for()
    address_of(page, "/filing", "filing=")


def test_what_stands_for_a_chart_that_is_coming_holds_still(page: Page, server: str) -> None:
    page.route("**/PlotlyChart.*.js", lambda route: None)
    page.goto(f"{server}/requests")
    page.get_by_test_id("stSkeleton").first.wait_for()
    page.get_by_text("收到的申请").first.wait_for()
    moves = page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stSkeleton]')].map(one => getComputedStyle(one).animationName)"
    )
    assert moves and set(moves) == {"none"}


def test_charts_stand_on_whole_pixels_since_plotly_draws_them_twice_on_parts_of_one(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/review_litigation")
    charts(page, 4)
    widths = page.eval_on_selector_all(
        ".stPlotlyChart", "all => all.map((one) => one.getBoundingClientRect().width)"
    )
    assert len(widths) == 4 and all(width == int(width) for width in widths)
