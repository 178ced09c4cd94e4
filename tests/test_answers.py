"""Answers kept in memory: within a bound, the latest first, and of the files that count alone."""

import gc
import weakref
from pathlib import Path

import pytest
from filings import page
from offices import Office

from dashboard import db, garbage
from dashboard.answers import Answers, Key

ONE, OTHER = Path("one.duckdb"), Path("other.duckdb")


def key(file: Path, name: str) -> Key:
    return file, name, ()


def test_the_answers_asked_for_last_are_kept_within_the_bound() -> None:
    answers = Answers(2 * 80 * 10)
    ten = ({str(number): number for number in range(10)},)
    for name in ("a", "b"):
        answers.keep(key(ONE, name), ten)
    assert answers.find(key(ONE, "a")) == ten
    answers.keep(key(ONE, "c"), ten)
    assert answers.find(key(ONE, "b")) is None
    assert answers.find(key(ONE, "a")) == answers.find(key(ONE, "c")) == ten


def test_an_answer_that_is_larger_than_the_bound_takes_no_room_from_the_next() -> None:
    answers = Answers(1_000)
    answers.keep(key(ONE, "text"), ({"text": "字" * 2_000},))
    assert answers.find(key(ONE, "text")) is None
    answers.keep(key(ONE, "number"), ({"number": 1},))
    answers.keep(key(ONE, "number"), ({"number": 2},))
    assert answers.find(key(ONE, "number")) == ({"number": 2},)


def test_answers_of_files_that_no_longer_count_are_let_go() -> None:
    answers = Answers(1_000)
    for file in (ONE, OTHER):
        answers.keep(key(file, "a"), ())
    answers.forget_other_files({OTHER})
    assert answers.find(key(ONE, "a")) is None
    assert answers.find(key(OTHER, "a")) == ()


def test_a_new_build_lets_go_of_the_answers_of_the_partitions_it_replaced(
    divided_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = divided_office
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    old, same = office.published().of_division("4401"), office.published().of_division("3301")
    for county in ("临海县", "云岭县"):
        db.query("governments", county=county)
    office.put("临海县/金沙镇2022.html", page("临海县金沙镇人民政府", 2022))
    office.build()
    assert db.query("counties")
    asked = (("county", "临海县"),), (("county", "云岭县"),)
    assert db._answers.find((old, "governments", asked[0])) is None
    assert db._answers.find((same, "governments", asked[1])) is not None


class Node:
    """Something that refers to itself, as what an ended session leaves does."""

    def __init__(self) -> None:
        self.own = self


def test_what_was_set_aside_and_is_no_longer_used_goes_when_everything_is_looked_at() -> None:
    try:
        node = Node()
        garbage.set_aside()
        watched = weakref.ref(node)
        del node
        garbage.set_aside()
        assert watched() is not None, "what has been set aside is not looked at"
        garbage.set_aside(everything=True)
        assert watched() is None
    finally:
        gc.unfreeze()
