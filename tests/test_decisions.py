"""Decisions on findings: kept over builds and refilings, reopened by changed facts, safe for several people at once."""

import os
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl import own_row
from etl.decisions import Overtaken, Subject, record, standings, trail
from etl.intake.history import ACCEPTED, Event, events, recording
from etl.ledger import Unkept

SUBJECT = Subject("云岭县", "白石镇人民政府", 2024, "requests-closed", "requests.closed.total", "13", "3", "")
CELL = ("requests", "received", "natural_person")
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
        yield f"postgresql://office@/postgres?host={place}"
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
    psycopg = pytest.importorskip("psycopg")
    monkeypatch.setenv("OVERSIGHT_DECISIONS", postgresql)
    record([SUBJECT], "accepted", "赵核对", "数字属实")
    assert state(SUBJECT) == "accepted"
    assert state(replace(SUBJECT, printed="14")) == "reopened"
    with pytest.raises(Overtaken):
        record([SUBJECT], "returned", "钱复核", "")
    own_row.record("云岭县", 2024, "县政府办公室", {CELL: Decimal(3)}, "赵汇总")
    own_row.record("云岭县", 2024, "县政府办公室", {CELL: Decimal(4)}, "赵汇总")
    row = own_row.of("云岭县", 2024)
    assert row and dict(row.figures) == {CELL: Decimal(4)}
    accepted = Event(
        ACCEPTED, "ab", "云岭县/报告.docx", "报告.docx", "白石镇人民政府", "云岭县", 2024, "孙接收"
    )
    with recording([accepted]):
        pass
    assert [event.name for event in events()] == ["报告.docx"]
    with pytest.raises(OSError, match="no room"), recording([accepted]):
        raise OSError("no room")
    assert len(events()) == 1
    for table in ("decisions", "own_rows", "imports"):
        with psycopg.connect(postgresql) as base, pytest.raises(psycopg.Error):
            base.execute(f"delete from {table}")


def test_several_servers_that_start_at_once_make_the_tables_of_postgresql_once(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "OVERSIGHT_DECISIONS", postgresql.replace("://", "+psycopg://") + "&options=-csearch_path%3Dfresh"
    )
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgresql) as base:
        base.execute("create schema fresh")
    with ThreadPoolExecutor(8) as servers:
        assert list(servers.map(trail, [""] * 8)) == [()] * 8


def test_a_database_that_cannot_be_opened_is_told(ledger: Path) -> None:
    ledger.write_bytes(b"no database, though as long as the head of one" * 100)
    with pytest.raises(Unkept, match="not a database"):
        trail()
