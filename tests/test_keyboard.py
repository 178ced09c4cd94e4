"""Tables by the keyboard: going over their cells opens nothing, Enter opens what the cell comes from."""

import pytest
from conftest import PATIENCE
from on_screen import address_of
from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")
# Streamlit sends what was chosen by itself a sixth of a second later; a page that is left is left soon after.
SETTLED = 1500


def enter_table(page: Page) -> None:
    """Go into the first table as Tab does, on its first cell."""
    page.locator(".stDataFrame canvas td").first.wait_for(state="attached", timeout=PATIENCE)
    page.locator(".stDataFrame [data-testid=data-grid-canvas]").first.focus()
    page.wait_for_timeout(SETTLED)


def chosen(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_a_table_is_read_with_the_arrow_keys_and_opens_at_enter(page: Page, server: str) -> None:
    page.goto(f"{server}/review_litigation")
    enter_table(page)
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        page.wait_for_timeout(SETTLED)
    assert chosen(page) == "未经复议直接起诉"
    assert "/review_litigation" in page.url, "a table that was only read has opened something"
    page.keyboard.press("Enter")
    address_of(page, "/filing", "cell=review_litigation.direct_suit.pending")


def test_the_button_after_a_table_opens_the_chosen_cell(page: Page, server: str) -> None:
    page.goto(f"{server}/review_litigation")
    enter_table(page)
    button = page.get_by_role("button", name="打开所选一格的出处").first
    button.focus()
    assert button.bounding_box()
    page.keyboard.press("Enter")
    address_of(page, "/filing", "cell=review_litigation.reconsideration.pending")


def test_a_click_on_a_head_sorts_and_opens_nothing(page: Page, server: str) -> None:
    page.goto(f"{server}/review_litigation")
    enter_table(page)
    page.locator(".stDataFrame").first.click(position={"x": 60, "y": 15})
    page.wait_for_timeout(SETTLED)
    assert "/review_litigation" in page.url


def test_findings_are_ticked_with_the_keyboard_and_all_at_once_with_the_mouse(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/findings")
    enter_table(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    ticked = page.locator(".st-key-deciding [data-tag]")
    ticked.first.wait_for(timeout=PATIENCE)
    assert ticked.count() == 1 and "/findings" in page.url
    page.locator(".stDataFrame").first.click(position={"x": 18, "y": 15})
    page.wait_for_timeout(SETTLED)
    assert ticked.count() != 1
    assert "/findings" in page.url


def test_the_findings_fit_an_office_screen(page: Page, server: str) -> None:
    for language in ("中文", "English"):
        page.goto(f"{server}/findings?lang={language}")
        page.locator(".stDataFrame canvas td").first.wait_for(state="attached", timeout=PATIENCE)
        scroller = page.locator(".stDataFrame .dvn-scroller").first
        wide, room = scroller.evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert wide <= room + 2, language
