"""Decisions on findings: kept over builds and refilings, reopened by changed facts, safe for several people at once."""

import os
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl import decisions
from etl.decisions import Overtaken, Subject, record, standings, trail
from etl.ledger import engine

SUBJECT = Subject("云岭县", "白石镇人民政府", 2024, "requests-closed", "requests.closed.total", "13", "3", "")
SENTENCE = replace(SUBJECT, check_id="other-body", place="", printed="", expected="", quote="我局严格审核")


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERSIGHT_DECISIONS", f"sqlite:///{tmp_path / 'decisions.sqlite'}")
    return tmp_path / "decisions.sqlite"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL of our own; it refuses to run as root, so root runs it as its usual user."""
    folder = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory() as place:
        who = {"user": "postgres", "cwd": place} if os.geteuid() == 0 else {"cwd": place}
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", place], check=True)
        quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL} | who
        subprocess.run([folder / "initdb", "-D", f"{place}/data", "-A", "trust", "-U", "office"], **quiet)
        control: list[str | Path] = [folder / "pg_ctl", "-D", f"{place}/data", "-l", f"{place}/log", "-w"]
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        subprocess.run([*control, "-o", options, "start"], **quiet)
        yield f"postgresql+psycopg://office@/postgres?host={place}"
        engine.cache_clear()
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def state(subject: Subject) -> str:
    return standings([subject], trail())[subject.digest].state


def test_a_finding_nobody_has_decided_on_is_open() -> None:
    assert state(SUBJECT) == "open"


@pytest.mark.parametrize("verdict", ["returned", "accepted", "corrected"])
def test_a_finding_stands_as_last_decided(verdict: str) -> None:
    record([SUBJECT], verdict, "赵核对", "数字属实")
    assert state(SUBJECT) == verdict


def test_a_decision_can_be_taken_back_and_the_trail_keeps_both() -> None:
    record([SUBJECT], "accepted", "赵核对", "数字属实")
    record([SUBJECT], "opened", "钱复核", "再核一次", {SUBJECT.digest: trail()[-1].number})
    assert state(SUBJECT) == "open"
    assert [(decision.verdict, decision.who) for decision in trail()] == [
        ("accepted", "赵核对"),
        ("opened", "钱复核"),
    ]


def test_a_changed_number_opens_the_finding_again_and_names_the_former_decision() -> None:
    record([SUBJECT], "accepted", "赵核对", "数字属实")
    changed = replace(SUBJECT, printed="14")
    standing = standings([changed], trail())[changed.digest]
    assert standing.state == "reopened"
    assert standing.decision and standing.decision.subject.printed == "13"
    record([changed], "returned", "赵核对", "", {changed.digest: standing.follows})
    assert state(changed) == "returned"


def test_a_changed_sentence_opens_the_finding_again() -> None:
    record([SENTENCE], "accepted", "赵核对", "引述上级文件")
    assert state(replace(SENTENCE, quote="我局负责审核")) == "reopened"


def test_of_two_findings_at_one_place_each_has_its_own_decision() -> None:
    other = replace(SENTENCE, quote="我局负责公开")
    record([SENTENCE], "accepted", "赵核对", "引述上级文件")
    found = standings([SENTENCE, other], trail())
    assert [found[subject.digest].state for subject in (SENTENCE, other)] == ["accepted", "open"]


def test_acceptance_needs_a_reason_and_every_decision_a_name() -> None:
    with pytest.raises(ValueError, match="note"):
        record([SUBJECT], "accepted", "赵核对", " ")
    with pytest.raises(ValueError, match="who"):
        record([SUBJECT], "returned", " ", "")
    assert trail() == ()


def test_of_two_people_who_decide_at_once_one_is_recorded_and_the_other_is_told() -> None:
    started, outcomes = threading.Barrier(2), []

    def decide(who: str, verdict: str) -> None:
        trail()
        started.wait()
        try:
            record([SENTENCE, SUBJECT], verdict, who, "理由")
            outcomes.append(who)
        except Overtaken:
            outcomes.append("overtaken")

    people = [
        threading.Thread(target=decide, args=person) for person in (("甲", "accepted"), ("乙", "returned"))
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert outcomes.count("overtaken") == 1
    assert {decision.who for decision in trail()} == set(outcomes) - {"overtaken"}
    assert len(trail()) == 2


def test_many_people_on_different_findings_lose_nothing_and_keep_the_order() -> None:
    subjects = [replace(SUBJECT, year=year) for year in range(2000, 2024)]

    def decide(part: int) -> None:
        for subject in subjects[part::4]:
            record([subject], "returned", f"第{part}人", "")

    people = [threading.Thread(target=decide, args=(part,)) for part in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    made = trail()
    assert {decision.subject for decision in made} == set(subjects)
    assert [decision.number for decision in made] == sorted(decision.number for decision in made)
    for part in range(4):
        own = [decision.subject for decision in made if decision.who == f"第{part}人"]
        assert own == subjects[part::4]


def test_nobody_can_change_or_remove_a_decision(ledger: Path) -> None:
    record([SUBJECT], "returned", "赵核对", "")
    with sqlite3.connect(ledger) as base:
        for change in ("update decisions set who = '别人'", "delete from decisions"):
            with pytest.raises(sqlite3.DatabaseError, match="never changed"):
                base.execute(change)


def test_the_same_works_in_postgresql(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSIGHT_DECISIONS", postgresql)
    record([SUBJECT], "accepted", "赵核对", "数字属实")
    assert state(SUBJECT) == "accepted"
    assert state(replace(SUBJECT, printed="14")) == "reopened"
    with pytest.raises(Overtaken):
        record([SUBJECT], "returned", "钱复核", "")
    with engine(postgresql, decisions._tables).begin() as base, pytest.raises(sa.exc.DatabaseError):
        base.execute(sa.text("delete from decisions"))
