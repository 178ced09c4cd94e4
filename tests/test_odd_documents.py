"""Whatever a document says and however its cells lie, it comes to reports or a sentence, is checked, and can be kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

import odd_documents
import pytest
from filings import page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import checks, copied, readers, reading, store
from etl.base import rows
from etl.base.pointer import SCHEMA_VERSION
from etl.document import Document, Table
from etl.reading import Reading
from etl.report import State

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample" / "filings"
SOUND = [
    readers.read(data)[1]
    for data in (
        page().encode(),
        page(form="2019").encode(),
        *(min(SAMPLE.rglob(f"*2023*.{suffix}")).read_bytes() for suffix in ("txt", "docx", "pdf")),
    )
]
ODD = settings(max_examples=25, suppress_health_check=list(HealthCheck))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A sound document after one to sixteen rounds of changes."""
    chance = Random(draw(st.integers(0, 2**32)))
    document = draw(st.sampled_from(SOUND))
    for _ in range(draw(st.sampled_from((1, 2, 4, 16)))):
        document = odd_documents.changed(document, chance)
    return document


def number(reads: tuple[Reading, ...]) -> Iterator[tuple[int, Reading]]:
    """The readings that are reports, numbered, each of a government of its own."""
    reports = [read for read in reads if read.report]
    for at, read in enumerate(reports, 1):
        assert read.report
        source = replace(read.report.source, sha256=f"{at:064}", published=None)
        report = replace(read.report, government=f"第{at}镇", county="云岭县", year=2023, source=source)
        yield at, replace(read, report=report)


def kept(reads: tuple[Reading, ...]) -> Iterator[rows.Placed]:
    """The rows that a partition keeps of readings."""
    yield "builds", rows.of_build(datetime(2024, 1, 1), "", SCHEMA_VERSION, False)
    yield from rows.reference()
    for at, read in number(reads):
        assert read.report
        findings = checks.run(read.report, replace(read.report, year=2022))
        yield "reports", rows.of_identity(at, read.report, True, 1)
        yield from rows.of_report(at, read.report, findings, read.proposals)
        yield "filings", rows.of_filing(read.report, 1, "report", False)
        yield from rows.of_claims(read.report)
        yield from (("clauses", (at, digest)) for digest in copied.digests(read.report))
        yield "documents", (read.report.source.sha256, reading.pack(read).body)


@ODD
@given(st.lists(documents(), min_size=1, max_size=2))
def test_odd_documents_are_understood_checked_and_kept(
    tmp_path_factory: pytest.TempPathFactory, found: list[Document]
) -> None:
    reads = tuple(read for document in found for read in reading.understood("0" * 64, "text/html", document))
    assert all(read.report or read.message for read in reads)
    partition = store.write(tmp_path_factory.mktemp("kept"), 1, "", kept(reads), "")
    assert partition.reports == sum(read.report is not None for read in reads)


@ODD
@given(documents())
def test_what_is_stated_stands_in_the_document(document: Document) -> None:
    for read in reading.understood("0" * 64, "text/html", document):
        for fact in read.report.facts if read.report else ():
            assert (fact.value is None) == (fact.state is not State.STATED)
            if fact.place and fact.value is not None:
                block = document.blocks[fact.place.block]
                texts = [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
                assert any(fact.text in text for text in texts)
