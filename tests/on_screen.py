"""What a person does on a page in a browser, and waits for."""

from pathlib import Path

import pytest
from conftest import PATIENCE
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotThere

DRAWN = """() => document.querySelector('[data-test-script-state="notRunning"]')
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton], [data-testid=stStatusWidget]")
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every((chart) => chart.querySelector(".main-svg"))"""


def drawn(page: Page) -> None:
    """Wait until the page has its title and all that it shows."""
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_function(DRAWN)


def text_of(page: Page, words: str) -> Locator:
    """The first place on the page with these words."""
    return page.get_by_text(words).first


def charts(page: Page, number: int) -> None:
    """Wait until so many charts are drawn."""
    try:
        page.locator(".js-plotly-plot:has(.main-svg)").nth(number - 1).wait_for()
    except NotThere:
        pytest.fail(f"less than {number} charts on: {page.locator('body').inner_text()}")


def click_until_it_leads(page: Page, table: Locator, words: str) -> None:
    """Click the first row of a table, again if need be: its canvas takes no click before it is drawn."""
    for _ in range(PATIENCE // 3000):
        try:
            table.click(position={"x": 40, "y": 52}, timeout=3000)
            text_of(page, words).wait_for(timeout=3000)
            return
        except NotThere:
            continue
    pytest.fail(f"no row leads to {words}")


def open_list(page: Page, chooser: Locator) -> None:
    """Click on a list, again if need be: a page that is drawn anew closes it."""
    for _ in range(PATIENCE // 3000):
        chooser.click()
        try:
            page.get_by_role("option").first.wait_for(timeout=3000)
            return
        except NotThere:
            continue
    pytest.fail(f"{chooser} has nothing to choose from")


def downloaded(page: Page, button: Locator) -> bytes:
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
