"""Every page, in both languages and both appearances, by the rules of axe: none of them is broken."""

from pathlib import Path
from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python")
pytestmark = pytest.mark.xdist_group("browser")
RULES = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What is Streamlit's to mend: the rule, and the mark of the element that breaks it.
STREAMLITS = {
    # The field for files is taken out of the order of keys but keeps a name; the button within it is in order.
    ("presentation-role-conflict", "stFileUploaderDropzone"),
}
LANGUAGES = pytest.mark.parametrize("language", ["中文", "English"])
DRAWN = """() => !document.querySelector("[data-stale=true], [data-testid=stSkeleton], [data-testid=stStatusWidget]")
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every((chart) => chart.querySelector(".main-svg"))"""


# What a rule looks at: everything in one appearance, and in the other what alone can differ.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast"]}


@LANGUAGES
@pytest.mark.parametrize(
    ("appearance", "rules"), [("light", EVERYTHING), ("dark", COLOURS)], ids=["light", "dark"]
)
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Any, server: str, language: str, appearance: str, rules: dict[str, Any]
) -> None:
    # The rules run within the page, whose own policy allows no script but its own.
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, color_scheme=appearance, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{server}/?lang={language}")
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate(RULES)
    names = page.locator("nav a").all_inner_texts()
    assert len(names) >= 9
    broken = [found for name in names for found in _broken(page, name, rules)]
    context.close()
    assert broken == []


def _broken(page: Any, name: str, rules: dict[str, Any]) -> list[str]:
    """What axe finds on the page of this name: rule, element and what would put it right."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    page.wait_for_function(DRAWN)
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        f"{name}: {rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == known and mark in node["html"] for known, mark in STREAMLITS)
    ]
