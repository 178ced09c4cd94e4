"""Many visitors at once: pages wait for their turn, and give it back whatever becomes of them."""

from pathlib import Path
from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.in_turn import turn

FRAME = Path(__file__).resolve().parents[1] / "dashboard" / "frame.py"


@pytest.mark.parametrize("broken", [False, True])
def test_a_page_waits_for_its_turn_and_gives_it_back(
    broken: bool, sample_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(sample_database))
    if broken:
        monkeypatch.setattr("dashboard.db.readable", lambda: 1 / 0)
    page = AppTest.from_file(str(FRAME), default_timeout=90)
    drawing = Thread(target=page.run)
    with turn, turn:
        drawing.start()
        drawing.join(2)
        assert drawing.is_alive() and not page.title
    drawing.join(90)
    assert bool(page.exception) == broken and bool(page.title) != broken
    assert turn.acquire(blocking=False) and turn.acquire(blocking=False)
    turn.release()
    turn.release()
