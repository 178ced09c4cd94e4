"""Where does this number come from? Every table of every page leads to its filings, or it is known why it does not."""

from collections.abc import Sequence
from typing import Any

import pytest
import streamlit as st
from every_page import EVERY
from streamlit.testing.v1 import AppTest
from test_pages import opened

from dashboard import components, db, drawing, findings

# Tables without a way to a filing, and why.
NOWHERE = {
    "method": (3, "the forms, what they share and the metrics are ours and the law's"),
    "downloads": (1, "it lists what the database holds"),
    "county_return": (3, "the office enters its own row here"),
}
# A table without cells that lead on: its heads, rows and origins.
Led = tuple[Sequence[str], Sequence[Any], components.Origins]


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> list[Led]:
    """What the page hands over to be clicked on, while it is drawn."""
    found: list[Led] = []
    drawn = components._leading_on

    def noted(key: str, heads: Any, rows: Any, origins: Any, *more: Any) -> None:
        found.append((heads, rows, origins))
        drawn(key, heads, rows, origins, *more)

    monkeypatch.setattr(components, "_leading_on", noted)
    return found


def unfolded(page: str, **address: str) -> AppTest:
    """The page with the table below every chart open."""
    app = opened(page, **address)
    for folded in app.expander:
        if folded.key:
            app.session_state[folded.key] = True
    return app.run()


def test_the_filing_page_and_the_list_of_findings_lead_to_the_same_places(
    overseen: None, led: list[Led]
) -> None:
    rows = db.query("findings", county="栖禾县", first=2019, last=2025, governments=())
    for chosen in ("review-in-prose", "prose-agrees-with-table", "personal-data", "requests-closed"):
        sha256 = next(row["sha256"] for row in rows if row["check_id"] == chosen)
        app = opened("filing", filing=sha256[:12])
        assert not app.exception
        places = [origins[0][0].cell for origins in led[-1][2]]
        assert places == [findings.origin(row).cell for row in rows if row["sha256"] == sha256]
        assert [place.startswith("finding.") for place in places] == [
            bool(row["quote"] and not row["column"]) for row in rows if row["sha256"] == sha256
        ]


def test_every_box_of_the_flow_leads_to_the_numbers_it_is_added_from(
    overseen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures: dict[str, Any] = {}
    behind: dict[str, Any] = {}
    led_to: list[Any] = []
    monkeypatch.setattr(drawing, "draw", lambda key, _, __, figure, *more: figures.update({key: figure}))
    monkeypatch.setattr(components, "open_origins", lambda key, parts: behind.update({key: parts}))
    assert not opened("requests").exception
    monkeypatch.undo()
    monkeypatch.setattr(components, "lead_to", led_to.append)
    [boxes] = [trace for trace in figures["requests-flow"]["data"] if "customdata" in trace]
    for origin, (_, _, _, value) in zip(boxes["customdata"], boxes["meta"], strict=True):
        monkeypatch.setitem(st.session_state, "requests-flow.origin", origin)
        components.open_origins("requests-flow", behind["requests-flow"])
        assert sum((part.value or 0 for part in led_to.pop()), 0) == value > 0
    assert len(boxes["meta"]) > 6


@pytest.mark.parametrize("page", EVERY)
def test_every_table_of_a_page_leads_to_its_filings_or_is_known_not_to(
    overseen: None, page: str, led: list[Led]
) -> None:
    app = unfolded(page)
    assert not app.exception
    led_on = [frame for frame in app.dataframe if frame.proto.selection_mode]
    assert len(app.dataframe) - len(led_on) == NOWHERE.get(page, (0, ""))[0]
    for heads, rows, origins in led:
        assert len(origins) == len(rows)
        assert {len(row) for row in origins} <= {len(heads)}
        assert any(part.sha256 for row in origins for few in row for part in few), heads
