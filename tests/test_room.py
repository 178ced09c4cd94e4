"""The room there is: the browser tells how wide it is, and legends and words are laid out for it."""

from typing import Any

import pytest

from dashboard import charts
from dashboard.charts import LIGHT, Series
from dashboard.text import t

NAMES = ("Disclosed", "In part", "Withheld", "Unavailable", "Not processed", "Otherwise")
KEYS = ("disclosed", "disclosed_in_part", "withheld", "unavailable", "not_processed", "otherwise")


def drawn(room: int) -> Any:
    series = [
        Series(key, name, [charts.Point("", 2025, key, 3, "")]) for key, name in zip(KEYS, NAMES, strict=True)
    ]
    return charts.by_year(
        series, [2025], "cases", charts.Style("#1B2733", "#55636F", "#E3E8ED", "#FFFFFF", room=room)
    )


def test_a_chart_is_higher_by_the_rows_its_legend_needs_in_its_room() -> None:
    heights = [drawn(room)["layout"]["height"] for room in (1089, 521, LIGHT.room)]
    row = heights[1] - heights[0]
    assert row > 0
    assert heights[2] > heights[1]
    assert (heights[2] - heights[1]) % row == 0


@pytest.mark.parametrize("room", [313, 343, 521, 1089])
def test_the_names_of_a_legend_fit_in_the_rows_it_has_room_for(room: int) -> None:
    layout = drawn(room)["layout"]
    margin = layout["margin"]
    entry = layout["legend"]["entrywidth"] + 45
    columns = (room - margin["l"] - margin["r"]) // entry
    # Without its legend the chart is 265 pixels high; a row of the legend takes 19.
    rows = (layout["height"] - 265 - 8) / 19
    assert rows == -(-len(NAMES) // columns)


def test_a_count_of_one_takes_the_singular(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.text.language", lambda: "en")
    said = [t("shared.scope", county="栖禾县", years="2025", governments=n) for n in (1, 14)]
    assert said == ["栖禾县 · 2025 · 1 township", "栖禾县 · 2025 · 14 townships"]
