"""The invented county: generated anew it is the same, and it is read as its generator says, faults included."""

import csv
import hashlib
import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.sample.audit import arithmetic
from data.sample.county import MISSING, TOWNSHIPS, YEARS
from data.sample.roster import filings
from data.sample.write import write
from etl import checks, identity, readers, register
from etl.document import UnreadableFile
from etl.extract import UnknownForm, extract
from etl.report import Report, Source

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
TRUTHS = [json.loads(line) for line in (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
FAULTS = list(csv.DictReader((SAMPLE / "faults.csv").open(encoding="utf-8")))
REGISTER = register.governments((SAMPLE / "governments.csv").read_text(encoding="utf-8"))
RULINGS = {
    ruling.filing: ruling
    for ruling in register.rulings((SAMPLE / "manifest.csv").read_text(encoding="utf-8"))
}
ARITHMETIC = {check.id for check in checks.CHECKS if check.kind == "arithmetic"}


@cache
def report_on(path: str) -> Report:
    data = (SAMPLE / "filings" / path).read_bytes()
    media_type, document = readers.read(data)
    source = Source(hashlib.sha256(data).hexdigest(), path, media_type)
    return identity.settle(extract(document, source), REGISTER, RULINGS.get(path))


def written(folder: Path) -> dict[str, bytes]:
    files = (*folder.glob("filings/**/*.*"), *folder.glob("*.csv"), *folder.glob("*.jsonl"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.is_file()}


def content(data: bytes) -> object:
    try:
        return readers.read(data)
    except UnreadableFile as error:
        return str(error)


def test_generating_the_county_again_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path)
    again, kept = written(tmp_path), written(SAMPLE)
    assert again.keys() == kept.keys()
    # Another zlib compresses .docx and .pdf otherwise: then what they hold is compared.
    other = [path for path in kept if again[path] != kept[path]]
    assert all(path.endswith((".docx", ".pdf")) for path in other)
    assert [path for path in other if content(again[path]) != content(kept[path])] == []


def test_every_township_files_for_every_year_but_the_two_that_are_missing() -> None:
    filed = {(truth["government"], truth["year"]) for truth in TRUTHS}
    owed = {
        (township.government(year), year)
        for township in TOWNSHIPS
        for year in YEARS
        if (township.name, year) not in MISSING
    }
    assert filed == owed


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth["filing"])
def test_a_filing_is_read_as_it_was_written(truth: dict[str, Any]) -> None:
    report = report_on(truth["filing"])
    read = {
        (fact.schedule, fact.line, fact.column): [
            None if fact.value is None else str(fact.value),
            fact.state.value,
            fact.text.strip(),
        ]
        for fact in report.facts
    }
    printed = {
        (schedule, line, column): cell if isinstance(cell, list) else [cell, "stated", cell]
        for schedule, lines in truth["facts"].items()
        for line, columns in lines.items()
        for column, cell in columns.items()
    }
    assert read == printed
    assert (report.county, report.year) == (truth["county"], truth["year"])
    assert dict(report.forms) == truth["forms"]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth["filing"])
def test_the_numbers_of_the_prose_are_those_that_were_put_into_it(truth: dict[str, Any]) -> None:
    report = report_on(truth["filing"])
    read = {(metric.metric, metric.value) for metric in report.metrics}
    assert read == {(metric, Decimal(value)) for metric, value, _ in truth["metrics"]}


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth["filing"])
def test_the_identities_find_the_planted_faults_and_nothing_else(truth: dict[str, Any]) -> None:
    found = checks.run(report_on(truth["filing"]))
    due = [row for row in FAULTS if row["filing"] == truth["filing"] and row["check"] in ARITHMETIC]
    assert Counter(
        (
            finding.check,
            finding.schedule,
            finding.line,
            finding.column,
            "" if finding.expected is None else str(finding.expected),
            "" if finding.actual is None else str(finding.actual),
        )
        for finding in found
        if finding.check in ARITHMETIC
    ) == Counter(
        (row["check"], row["schedule"], row["line"], row["column"], row["expected"], row["actual"])
        for row in due
    )


def test_only_filings_with_a_planted_misprint_break_an_identity() -> None:
    broken = {filing.path for filing in filings() if any(arithmetic(filing.spec))}
    assert broken == {row["filing"] for row in FAULTS if row["check"] in ARITHMETIC}


def test_a_filing_cut_off_and_a_notice_are_refused() -> None:
    refused = {
        row["check"]: row["filing"] for row in FAULTS if row["check"] in ("unreadable", "unknown-form")
    }
    with pytest.raises(UnreadableFile):
        report_on(refused["unreadable"])
    with pytest.raises(UnknownForm):
        report_on(refused["unknown-form"])
