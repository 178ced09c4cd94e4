"""Every page, in both languages and both appearances, by the rules of axe: none of them is broken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from on_screen import drawn

ROOT = Path(__file__).resolve().parents[1]
axe = pytest.importorskip("axe_playwright_python")
pytestmark = pytest.mark.xdist_group("browser")
RULES = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What is Streamlit's to mend: the rule, and the mark of the element that breaks it.
STREAMLITS = {
    # The field for files is taken out of the order of keys but keeps a name; the button within it is in order.
    ("presentation-role-conflict", "stFileUploaderDropzone"),
    # Year, month and day of a date stand a pixel too close; the field as a whole is large enough.
    ("target-size", 'role="spinbutton"'),
}

# Whatever can be worked on the page, but for what a person does not see; arrows go from one choice of a few to the next.
CONTROLS = """window.reached = new Set(); window.controls = [...document.querySelectorAll("a[href], button, input, summary")]
    .filter(one => one.tabIndex >= 0 && one.role !== "radio" && !one.disabled && one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width)"""
# What the keyboard has come to, and whether it or what it stands in shows that: by an outline, a shadow or a border.
FOCUSED = """() => {
  const one = document.activeElement
  reached.add(one)
  if (one === document.body) return ["", true]
  const shows = (part) => {
    const look = getComputedStyle(part)
    return look.outlineStyle !== "none" || look.boxShadow !== "none" || look.borderColor === "rgb(31, 90, 148)"
  }
  const around = [one, one.parentElement, one.parentElement.parentElement, one.parentElement.parentElement.parentElement]
  return [one.outerHTML.slice(0, 200), around.some(shows)]
}"""


# What a rule looks at: everything in one appearance, and in the other what alone can differ.
# Style sheets and sounds are not fetched a second time: no rule that is on looks at the first, and there are none of these.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def _opened(browser: Any) -> Any:
    # The rules run within the page, whose own policy allows no script but its own.
    return browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()


@pytest.fixture
def page(_opened: Any, appearance: str) -> Any:
    """An office's screen in the appearance that the test is about."""
    _opened.emulate_media(color_scheme=appearance)
    return _opened


@pytest.mark.parametrize(
    ("language", "appearance", "rules"),
    [("中文", "light", EVERYTHING), ("English", "light", EVERYTHING), ("English", "dark", COLOURS)],
    ids=["Chinese", "English", "dark"],
)
def test_no_page_breaks_a_rule_of_accessibility(
    page: Any, server: str, language: str, rules: dict[str, Any]
) -> None:
    page.goto(f"{server}/?lang={language}")
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate(RULES)
    names = page.locator("nav a").all_inner_texts()
    assert len(names) >= 9
    assert [found for name in names for found in _broken(page, name, rules)] == []


# How each is opened that a click brings out, and where.
OPENED: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "the main menu": ("requests", lambda page: page.get_by_test_id("stMainMenu").locator("button").click()),
    "the list of counties": ("requests", lambda page: page.get_by_role("combobox", name="县").click()),
    "the list of townships": ("requests", lambda page: page.get_by_role("combobox", name="乡镇街道").click()),
    "a table below a chart": ("requests", lambda page: page.get_by_text("数据表与下载").first.click()),
    "the list behind a sum": (
        "requests",
        lambda page: (
            page.locator(".js-plotly-plot").first.locator(".bars .point path").nth(6).click(force=True)
        ),
    ),
    "the calendar": (
        "findings",
        lambda page: page.get_by_test_id("stDateInput").locator("button").first.click(),
    ),
    "what a figure covers": ("", lambda page: page.get_by_test_id("stTooltipIcon").first.hover()),
    "a page that is not there": ("no-such-page", lambda page: page.get_by_role("dialog").wait_for()),
    "a link to what is not there": (
        "requests?county=无此县",
        lambda page: page.get_by_role("alert").wait_for(),
    ),
}
# Lists and menus stand outside the parts of the page that Streamlit names: that is advice, and no rule of the web's.
LAW = EVERYTHING | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize(("appearance", "rules"), [("light", LAW), ("dark", COLOURS)], ids=["light", "dark"])
def test_nothing_that_opens_breaks_a_rule_of_accessibility(
    page: Any, server: str, rules: dict[str, Any]
) -> None:
    broken = []
    for name, (address, open_it) in OPENED.items():
        page.goto(f"{server}/{address}")
        _drawn(page)
        open_it(page)
        page.wait_for_timeout(500)
        # What is fading in is pale as long as it does.
        page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")
        broken += _found(page, name, rules)
    assert broken == []


def test_no_page_breaks_a_rule_of_accessibility_on_a_phone(browser: Any, server: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, bypass_csp=True
    )
    page = context.new_page()
    broken = []
    for path in sorted((ROOT / "pages").glob("*.py")):
        page.goto(f"{server}/{'' if path.stem == 'overview' else path.stem}")
        _drawn(page)
        broken += _found(page, path.stem, EVERYTHING)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="总览", exact=True).wait_for()
    broken += _found(page, "the menu", EVERYTHING)
    context.close()
    assert broken == []


@pytest.mark.parametrize("appearance", ["light"])
def test_every_control_is_reached_by_the_keyboard_and_shows_where_one_is(page: Any, server: str) -> None:
    page.goto(f"{server}/requests")
    _drawn(page)
    page.evaluate(CONTROLS)
    hidden = []
    for _ in range(page.evaluate("controls.length") + 10):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUSED)
        if not seen:
            hidden.append(name)
    unreached = page.evaluate(
        "controls.filter(one => !reached.has(one)).map(one => one.outerHTML.slice(0, 200))"
    )
    assert unreached == []
    assert hidden == []


def _broken(page: Any, name: str, rules: dict[str, Any]) -> list[str]:
    """What axe finds on the page of this name."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    drawn(page)
    return _found(page, name, rules)


def _drawn(page: Any) -> None:
    drawn(page)
    page.evaluate(RULES)


def _found(page: Any, name: str, rules: dict[str, Any]) -> list[str]:
    """What axe finds: rule, element and what would put it right."""
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        f"{name}: {rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == known and mark in node["html"] for known, mark in STREAMLITS)
    ]
