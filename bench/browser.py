"""The dashboard in a real browser: start, first page, and on every page a change of filter and of page.

It shows the sample county, or the first county of the base that OVERSIGHT_DATA names: at a nation's size twice the
budgets are allowed.

A page counts as drawn with the last change within it, found when nothing has changed for half a second; the time is
taken from the key or the click in the browser itself. Wall times are medians and suffer from whatever else the machine
does; the server's time is CPU time.
"""

import time
from collections.abc import Iterator
from statistics import mean, median

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bench.dashboard import Dashboard, running
from bench.timing import Row
from bench.visitor import offered

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPEATS = 20
VISITS = 5
FIRST = "requests"
# Notes when the page has last changed and when the key or click came that it answers to. The table that screen readers
# find within a canvas is left out: it follows the drawing of the canvas by a third of a second.
WATCH = """
window.last = 0; window.asked = 0; window.armed = false
const drawn = ({ target }) => {
  const element = target.closest ? target : target.parentElement
  return element?.closest("[data-testid=stMain]") && !element.closest("canvas, .st-key-filters")
}
new MutationObserver((changes) => { if (changes.some(drawn)) window.last = performance.now() })
  .observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
for (const event of ["keydown", "pointerdown"]) addEventListener(event, () => {
  if (window.armed) { window.armed = false; window.asked = performance.now(); window.last = 0 }
}, true)
"""
# A page on which nothing depends on what was changed has nothing to draw: three seconds are waited for it.
QUIET = """() => (window.last > 0 ? performance.now() - window.last > 500
    : window.asked > 0 && performance.now() - window.asked > 3000)
  && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
  && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every((chart) => chart.querySelector(".main-svg"))"""


def rows() -> Iterator[Row]:
    """Measure and yield the rows of the table."""
    with running() as dashboard:
        *_, government = offered(dashboard)
        with sync_playwright() as tool:
            yield from _measured(dashboard, tool, government)


def _measured(dashboard: Dashboard, tool: Playwright, government: str) -> Iterator[Row]:
    yield _row("server start to healthy", dashboard.started, 2.0)
    visits = [_visit(tool, f"{dashboard.address}/{FIRST}") for _ in range(VISITS)]
    yield _row("first page with its charts, cold browser", median(cold for cold, _ in visits), 3.5)
    yield _row("first page with its charts, warm browser", median(warm for _, warm in visits), 1.5)
    browser = launched(tool)
    page = _open(browser, dashboard.address)
    names = page.locator("nav a").all_inner_texts()
    for name in names:
        _go(page, name)
        walls, cpus = _filter_changes(page, dashboard, government)
        yield _row(f"{name}: filter change to drawn", median(walls), 0.45)
        yield _row(f"{name}: server CPU of a filter change", mean(cpus), 0.06)
    for name in names:
        other = names[1] if name == names[0] else names[0]
        yield _row(f"{name}: page change", median(_page_changes(page, other, name)), 0.35)
    memory = dashboard.memory()
    yield "memory of the server", f"{memory:,.0f} MB", "", f"{memory / 300:.2f}", "≤ 300 MB"
    browser.close()


def _row(what: str, seconds: float, budget: float) -> Row:
    return what, f"{seconds * 1000:,.0f} ms", "", f"{seconds / budget:.2f}", f"≤ {budget * 1000:,.0f} ms"


def launched(tool: Playwright) -> Browser:
    """The browser of this computer."""
    return tool.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)


def _open(browser: Browser, address: str) -> Page:
    # Waiting for a condition needs eval, which the page's own policy forbids.
    page = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()
    page.add_init_script(WATCH)
    page.set_default_timeout(120_000)
    page.goto(address, wait_until="commit")
    page.wait_for_function(QUIET)
    return page


def _visit(tool: Playwright, address: str) -> tuple[float, float]:
    """Seconds of a visit by a browser that knows nothing, and of a second one by the same browser."""
    browser = launched(tool)
    page = _open(browser, address)
    cold = _last_change(page)
    page.goto(address, wait_until="commit")
    page.wait_for_function(QUIET)
    warm = _last_change(page)
    browser.close()
    return cold, warm


def _last_change(page: Page) -> float:
    """Seconds from what was asked (the address, a key or a click) to the last change of the page; 0 if it drew nothing."""
    return float(page.evaluate("Math.max(0, window.last - window.asked) / 1000"))


def _filter_changes(page: Page, dashboard: Dashboard, government: str) -> tuple[list[float], list[float]]:
    """Choose a township and take it out again: seconds until drawn, and of the server's CPU."""
    chooser = page.get_by_role("combobox", name="乡镇街道").first
    walls, cpus = [], []
    for at in range(REPEATS):
        chooser.focus()
        if at % 2 == 0:
            chooser.press_sequentially(government)
            page.wait_for_timeout(200)
        before = dashboard.cpu()
        page.evaluate("window.armed = true")
        chooser.press("Enter" if at % 2 == 0 else "Backspace")
        page.wait_for_function(QUIET)
        walls.append(_last_change(page))
        cpus.append(dashboard.cpu() - before)
        page.keyboard.press("Escape")
    return walls, cpus


def _page_changes(page: Page, other: str, name: str) -> list[float]:
    walls = []
    for _ in range(REPEATS):
        _go(page, other)
        walls.append(_go(page, name))
    return walls


def _go(page: Page, name: str) -> float:
    """Seconds from the click on a link of the menu until its page is drawn."""
    page.evaluate("window.armed = true")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    page.wait_for_function(QUIET)
    time.sleep(0.1)
    return _last_change(page)
