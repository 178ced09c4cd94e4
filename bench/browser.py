"""The dashboard in a real browser: start, first page, and on every page a change of filter and of page.

It shows the sample county, or the first county of the base that OVERSIGHT_DATA names; `nation` holds a nation's base
beside a prefecture's. BENCH_REPEATS is how often a filter and a page are changed.

A page counts as drawn with the last change within it, found when nothing has changed for half a second; the time is
taken from the key or the click in the browser itself. Wall times are medians and suffer from whatever else the machine
does; the server's time is CPU time.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
REPEATS = int(os.environ.get("BENCH_REPEATS", "20"))
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


# Seconds that may pass; megabytes that the server may hold.
STARTED, COLD, WARM, FILTER, PAGE, CPU, MEMORY = 2.0, 3.5, 1.5, 0.45, 0.35, 0.06, 300


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds until drawn and seconds of the server's CPU of the same change, made again and again."""

    walls: tuple[float, ...]
    cpus: tuple[float, ...]

    @property
    def wall(self) -> float:
        return median(self.walls)

    @property
    def cpu(self) -> float:
        return mean(self.cpus)


def rows() -> Iterator[Row]:
    """Measure and yield the rows of the table."""
    with running() as dashboard:
        *_, government = offered(dashboard)
        with sync_playwright() as tool:
            yield from _measured(tool, dashboard, government)


def _measured(tool: Playwright, dashboard: Dashboard, government: str) -> Iterator[Row]:
    yield _row("server start to healthy", dashboard.started, STARTED)
    cold, warm = visits(tool, f"{dashboard.address}/{FIRST}")
    yield _row("first page with its charts, cold browser", cold, COLD)
    yield _row("first page with its charts, warm browser", warm, WARM)
    with opened(tool, dashboard, government) as screen:
        for name in screen.names:
            filters = screen.filter_changes(name)
            yield _row(f"{name}: filter change to drawn", filters.wall, FILTER)
            yield _row(f"{name}: server CPU of a filter change", filters.cpu, CPU)
        for name in screen.names:
            pages = screen.page_changes(name)
            yield _row(f"{name}: page change", pages.wall, PAGE)
            yield _row(f"{name}: server CPU of a page change", pages.cpu, CPU)
    memory = dashboard.memory()
    yield "memory of the server", f"{memory:,.0f} MB", "", f"{memory / MEMORY:.2f}", f"≤ {MEMORY} MB"


def _row(what: str, seconds: float, budget: float) -> Row:
    return what, f"{seconds * 1000:,.0f} ms", "", f"{seconds / budget:.2f}", f"≤ {budget * 1000:,.0f} ms"


def launched(tool: Playwright) -> Browser:
    """The browser of this computer."""
    return tool.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)


def visits(tool: Playwright, address: str) -> tuple[float, float]:
    """Seconds of a visit by a browser that knows nothing, and of a second one by the same browser: medians."""
    seconds = [_visit(tool, address) for _ in range(VISITS)]
    return median(cold for cold, _ in seconds), median(warm for _, warm in seconds)


def _visit(tool: Playwright, address: str) -> tuple[float, float]:
    browser = launched(tool)
    page = _open(browser, address)
    cold = _last_change(page)
    page.goto(address, wait_until="commit")
    page.wait_for_function(QUIET)
    warm = _last_change(page)
    browser.close()
    return cold, warm


def _open(browser: Browser, address: str) -> Page:
    # Waiting for a condition needs eval, which the page's own policy forbids.
    page = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()
    page.add_init_script(WATCH)
    page.set_default_timeout(120_000)
    page.goto(address, wait_until="commit")
    page.wait_for_function(QUIET)
    return page


def _last_change(page: Page) -> float:
    """Seconds from what was asked (the address, a key or a click) to the last change of the page; 0 if it drew nothing."""
    return float(page.evaluate("Math.max(0, window.last - window.asked) / 1000"))


@contextmanager
def opened(tool: Playwright, dashboard: Dashboard, government: str) -> Iterator["Screen"]:
    """A browser of its own at a dashboard, whose filter a government is chosen in."""
    browser = launched(tool)
    try:
        yield Screen(_open(browser, dashboard.address), dashboard, government)
    finally:
        browser.close()


class Screen:
    """A dashboard in a browser, and the names of its pages in the order of the menu."""

    def __init__(self, page: Page, dashboard: Dashboard, government: str) -> None:
        self._page, self._dashboard, self._government = page, dashboard, government
        self.names: list[str] = page.locator("nav a").all_inner_texts()

    def filter_changes(self, name: str) -> Taken:
        """On a page, choose a township and take it out again."""
        self._go(name)
        chooser = self._page.get_by_role("combobox", name="乡镇街道").first
        taken = []
        # What was chosen last is taken out again: the pages measured next shall show the whole county.
        for at in range(REPEATS + REPEATS % 2):
            chooser.focus()
            if at % 2 == 0:
                chooser.press_sequentially(self._government)
                self._page.wait_for_timeout(200)
            before = self._dashboard.cpu()
            self._page.evaluate("window.armed = true")
            chooser.press("Enter" if at % 2 == 0 else "Backspace")
            self._page.wait_for_function(QUIET)
            taken.append((_last_change(self._page), self._dashboard.cpu() - before))
            self._page.keyboard.press("Escape")
        return Taken(*zip(*taken, strict=True))

    def page_changes(self, name: str) -> Taken:
        """Go to a page from another one."""
        other = self.names[1] if name == self.names[0] else self.names[0]
        taken = []
        for _ in range(REPEATS):
            self._go(other)
            taken.append(self._go(name))
        return Taken(*zip(*taken, strict=True))

    def _go(self, name: str) -> tuple[float, float]:
        """Seconds from the click on a link of the menu until its page is drawn, and of the server's CPU."""
        before = self._dashboard.cpu()
        self._page.evaluate("window.armed = true")
        self._page.get_by_role("link", name=name, exact=True).click()
        self._page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
        self._page.wait_for_function(QUIET)
        time.sleep(0.1)
        return _last_change(self._page), self._dashboard.cpu() - before
