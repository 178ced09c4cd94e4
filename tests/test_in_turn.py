"""Many visitors at once: pages wait for their turn, and give it back whatever becomes of them."""

from pathlib import Path
from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.in_turn import Turns, turn

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
    both = Thread(target=take_two, daemon=True)
    both.start()
    both.join(10)
    assert not both.is_alive()


def take_two() -> None:
    with turn, turn:
        pass


def test_who_came_first_is_served_first_and_who_was_served_waits_again() -> None:
    turns, served = Turns(1), list[str]()

    def asks_twice(name: str) -> None:
        for _ in range(2):
            with turns:
                served.append(name)

    people = [Thread(target=asks_twice, args=(name,), daemon=True) for name in "abc"]
    with turns:
        for person in people:
            person.start()
            person.join(0.2)
    for person in people:
        person.join(10)
    assert "".join(served[:3]) == "abc" and sorted(served) == sorted("aabbcc")
