"""A supervisor's questions, from the first page to the answer: at most three clicks each."""

import re
import unicodedata

import pytest
from on_screen import address_of, charts, click_until_it_leads, text_of
from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.xdist_group("browser")
MOST = 3
PAGES = ("", "publication", "requests", "review_litigation", "compare", "township", "submissions", "findings")
MORE = ("copied", "county_return", "filing", "downloads", "method")


class Supervisor:
    """A person on the first page who counts what is clicked; what is typed is none."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.clicks = 0
        page.goto(server)
        # Until the browser has drawn a filter, Streamlit does not know to keep it in the address.
        page.get_by_role("slider").first.wait_for()
        text_of(page, "全县今年情况怎样").wait_for()

    def goes_to(self, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role("link", name=name, exact=True).click()
        self.page.get_by_role("heading", level=1, name=name, exact=True).wait_for()

    def picks(self, label: str, *words: str) -> None:
        """Open a list and type what is looked for."""
        self.clicks += 1
        chooser = self.page.get_by_role("combobox", name=label).first
        chooser.click()
        for word in words:
            chooser.press_sequentially(word)
            chooser.press("Enter")
        self.page.keyboard.press("Escape")

    def clicks_on(self, mark: Locator) -> None:
        """Click on a mark of a chart."""
        self.clicks += 1
        mark.click(force=True)

    def clicks_in_table(self, table: Locator, words: str) -> None:
        """Click the first row of a table, which leads to a page with these words."""
        self.clicks += 1
        click_until_it_leads(self.page, table, words)


@pytest.fixture
def supervisor(page: Page, server: str) -> Supervisor:
    return Supervisor(page, server)


def test_this_township_against_that_over_the_years(supervisor: Supervisor) -> None:
    page = supervisor.page
    supervisor.goes_to("乡镇对比")
    supervisor.picks("乡镇街道", "霁桥", "蓼湾")
    text_of(page, "2 个乡镇街道中有 2 个两年都写明").wait_for()
    supervisor.clicks_on(page.locator(".js-plotly-plot").first.locator(".point").last)
    text_of(page, "下载原件").wait_for()
    assert page.locator("mark.focus").inner_text()
    assert supervisor.clicks <= MOST


def test_where_a_number_comes_from(supervisor: Supervisor) -> None:
    page = supervisor.page
    supervisor.goes_to("依申请公开")
    charts(page, 6)
    supervisor.clicks_on(page.locator(".js-plotly-plot").first.locator(".bars .point path").nth(6))
    text_of(page, "由下列 14 处填报相加而成").wait_for()
    supervisor.clicks_in_table(page.get_by_role("dialog").get_by_test_id("stDataFrame"), "下载原件")
    address_of(page, "/filing", "cell=requests.received.total")
    assert unicodedata.normalize("NFKC", page.locator("td.focus").inner_text()).strip().isdigit()
    assert supervisor.clicks <= MOST


def test_who_has_not_filed(supervisor: Supervisor) -> None:
    page = supervisor.page
    supervisor.goes_to("交件情况")
    text_of(page, "未交 2 份").wait_for()
    odd = page.get_by_test_id("stDataFrame").first
    odd.get_by_role("gridcell", name="筠坪乡人民政府", include_hidden=True).first.wait_for(state="attached")
    assert "椴坡乡人民政府" in odd.inner_text() or odd.get_by_text("椴坡乡人民政府").count()
    assert supervisor.clicks <= MOST


def test_what_is_wrong_in_this_years_filings_and_whom_to_write_to(supervisor: Supervisor) -> None:
    page = supervisor.page
    supervisor.goes_to("核查结果")
    words = page.get_by_text("要写给：").first.inner_text()
    assert {"望禾街道", "苇渡镇", "霁桥镇"} == set(
        re.findall(r"[\u4e00-\u9fff]+", words.partition("要写给：")[2])
    )
    supervisor.clicks_in_table(page.get_by_test_id("stDataFrame").first, "下载原件")
    address_of(page, "/filing", "cell=review_litigation")
    assert supervisor.clicks <= MOST


def test_which_townships_requests_rose_the_most(supervisor: Supervisor) -> None:
    page = supervisor.page
    supervisor.goes_to("乡镇对比")
    text_of(page, "增加最多的是霁桥镇（39 → 48）").wait_for()
    supervisor.picks("从", "2024")
    text_of(page, "本年新收政府信息公开申请数量：2024 年到 2025 年").wait_for()
    assert re.search(r"增加最多的是\S+（\d+ → \d+）", page.get_by_test_id("stMain").inner_text())
    assert supervisor.clicks <= MOST


def test_a_link_opens_every_page_as_it_was_and_keeps_it(page: Page, server: str) -> None:
    chosen = "years=2021&years=2023&governments=霁桥镇人民政府&lang=English"
    for name in PAGES + MORE:
        page.goto(f"{server}/{name}?{chosen}")
        text_of(page, "2021–2023 · 1 township").wait_for()
        page.get_by_role("slider").first.wait_for()
        address_of(page, "years=2021&years=2023", "governments=", "lang=English")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("requests?county=无此县", "链接里的“无此县”不在库中"),
        ("requests?years=1990&years=2030", "链接里的“1990、2030”不在库中"),
        (
            "requests?governments=No-such&lang=English",
            "The link asks for No-such, which is not in the database",
        ),
        ("compare?show=no.such", "链接里的“no.such”不在库中"),
        ("filing?filing=deadbeef0000", "链接里的年报不在库中"),
        ("filing?filing=%25_&lang=English", "The filing of the link is not in the database"),
        ("no-such-page", "您要的页面不存在，先看总览。"),
    ],
)
def test_a_link_to_what_is_not_there_says_so(page: Page, server: str, asked: str, said: str) -> None:
    page.goto(f"{server}/{asked}")
    text_of(page, said).wait_for()
    assert "Traceback" not in page.locator("body").inner_text()


def test_what_the_link_asked_for_is_told_until_something_is_chosen(page: Page, server: str) -> None:
    page.goto(f"{server}/requests?governments=无此镇")
    told = text_of(page, "链接里的“无此镇”不在库中")
    told.wait_for()
    chooser = page.get_by_role("combobox", name="乡镇街道")
    chooser.click()
    chooser.press_sequentially("霁桥")
    chooser.press("Enter")
    text_of(page, "1 个乡镇街道").wait_for()
    assert told.count() == 0
