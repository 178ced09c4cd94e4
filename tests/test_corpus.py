"""Real filings and layout variants against truths transcribed by people."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from extracted import settled

from etl import checks
from etl.document import UnreadableFile
from etl.extract import UnknownForm
from etl.report import Report

TRUTHS = sorted(SHARED.glob("reports/*.truth.json")) + sorted(SHARED.glob("variants/*.truth.json"))


@dataclass(frozen=True)
class Case:
    """A filing with what a careful person reads in it."""

    path: Path
    truth: dict[str, Any]


def case(truth: Path) -> Case:
    name = truth.name.removesuffix(".truth.json")
    path = next(path for path in truth.parent.glob(f"{name}.*") if path.stem == name)
    return Case(path, json.loads(truth.read_text(encoding="utf-8")))


def read(path: Path) -> Report:
    return settled(path.read_bytes(), path.name)


ACCEPTED = [truth for truth in TRUTHS if not json.loads(truth.read_text(encoding="utf-8")).get("refused")]
REFUSED = [truth for truth in TRUTHS if truth not in ACCEPTED]


def test_the_corpus_is_there(shared: Path) -> None:
    assert len(ACCEPTED) >= 40
    assert len(REFUSED) >= 3


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda path: path.name.split(".")[0])
def test_every_cell_is_read_as_printed(truth: Path) -> None:
    filing = case(truth)
    read_facts = {(f.schedule, f.line, f.column): f for f in read(filing.path).facts}
    wrong = []
    for fact in filing.truth["facts"]:
        found = read_facts.pop((fact["schedule"], fact["line"], fact["column"]), None)
        value = None if fact["value"] is None else Decimal(str(fact["value"]))
        if found is not None and found.value is None and fact.get("may_be_null"):
            continue
        if found is None and fact.get("may_be_null"):
            continue
        told = found is not None and found.state in (fact["state"], "illegible")
        if (found.value if found else None) != value or (found and value is None and not told):
            wrong.append((fact, found))
    assert not wrong
    assert not [fact for fact in read_facts.values() if fact.value is not None]


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda path: path.name.split(".")[0])
def test_a_filing_says_whose_it_is_and_on_which_year(truth: Path) -> None:
    filing = case(truth)
    report = read(filing.path)
    assert report.year == filing.truth["year"]
    if "form" in filing.truth and report.facts:
        assert report.form == filing.truth["form"]
    expected = filing.truth["government"]
    if expected is None:
        assert report.government is None
    else:
        assert report.government in (expected, *filing.truth.get("government_also", []))
        if expected.endswith(("镇人民政府", "乡人民政府")):
            assert report.county == filing.truth["county"]


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda path: path.name.split(".")[0])
def test_the_findings_are_the_errors_of_the_filing_and_no_others(truth: Path) -> None:
    filing = case(truth)
    errors = {check.id for check in checks.CHECKS if check.severity == "error"}
    found = {(f.schedule, f.line, f.column) for f in checks.run(read(filing.path)) if f.check in errors}
    expected = {tuple(f["where"].values()) for f in filing.truth.get("findings", [])}
    # The invented township of the layout variants prints rules in force, which no township makes.
    found = {place for place in found if place[1] != "rules"}
    assert expected <= found
    assert bool(found) == bool(expected)


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda path: path.name.split(".")[0])
def test_what_could_not_be_read_is_left_over(truth: Path) -> None:
    filing = case(truth)
    report = read(filing.path)
    if filing.truth.get("leftovers"):
        assert report.leftovers
    missing = {"proactive", "requests", "review_litigation"} - {fact.schedule for fact in report.facts}
    assert len([problem for problem in report.problems if problem.kind == "table-not-found"]) == len(missing)


@pytest.mark.parametrize("truth", ACCEPTED, ids=lambda path: path.name.split(".")[0])
def test_the_prose_numbers_stand_in_their_sentences(truth: Path) -> None:
    filing = case(truth)
    report = read(filing.path)
    found = {(metric.metric, metric.value) for metric in report.metrics}
    assert {(m["metric"], Decimal(str(m["value"]))) for m in filing.truth.get("metrics", [])} <= found
    texts = [section.text for section in report.sections]
    assert all(any(metric.sentence in text for text in texts) for metric in report.metrics)


@pytest.mark.parametrize("truth", REFUSED, ids=lambda path: path.name.split(".")[0])
def test_a_file_that_is_no_report_is_refused_in_one_sentence(truth: Path) -> None:
    with pytest.raises((UnreadableFile, UnknownForm)) as refusal:
        read(case(truth).path)
    assert len(str(refusal.value).splitlines()) == 1
