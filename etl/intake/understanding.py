"""What uploads are taken for: read in bounded processes, their bytes kept for the day they are accepted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from etl import archive, checks, forms, identity, readers, several, workers
from etl.base import codec
from etl.intake import batch, task
from etl.intake.batch import Understood
from etl.reading import Reading, refused
from etl.register import Government, Ruling
from etl.report import Report, State
from etl.workers import MakeExecutor, Outcome

_COLLECTIONS = "汇编"
_PROBLEMS_OF_IDENTITY = frozenset(
    ("no-year", "year-disagrees", "no-government", "government-disagrees", "no-county", "county-disagrees")
)


def stored_path(file: Understood, county: str, year: int) -> str:
    """Where an accepted file lies below the reports: a path of our own making, whatever the upload was called.

    One with several reports lies in a folder that says nothing of county or year, which may not be those of all.
    """
    folder = re.sub(r"[^\u4e00-\u9fff]", "", county)[:30] or "未分县"
    place = _COLLECTIONS if file.one_of_several else f"{folder}/{year}"
    return f"{place}/{several.stored_name(file.content)}.{readers.extension(file.media_type)}"


def understand(
    place: Path,
    register: tuple[Government, ...],
    rulings: Mapping[str, Ruling],
    make: MakeExecutor = workers.processes,
) -> None:
    """Read every upload of a batch and note how each is understood; the batch's state tells how far it is."""
    names: dict[str, list[str]] = {}
    for name, address, refusal in _contents(place):
        if refusal:
            batch.note(place, Understood(name, refusal=refusal))
        else:
            names.setdefault(address, []).append(name)
    task.tell(place, "working", 0, len(names))
    for done, outcome in enumerate(workers.read_all(list(names), make), 1):
        readings = _readings(outcome)
        if any(reading.report for reading in readings):
            batch.content(place, readings[0].file).write_bytes(archive.content(outcome.address))
        for name in names[outcome.address]:
            for reading in readings:
                own = several.path(name, reading.ordinal)
                batch.note(place, _understood(own, reading, register, rulings.get(reading.sha256)))
        task.tell(place, "working", done, len(names))
    task.tell(place, "done", len(names), len(names))


def _readings(outcome: Outcome) -> list[Reading]:
    found = [codec.unpack(Reading, packed.whole) for packed in outcome.packed]
    return found or [refused("", outcome.refusal)]


def _contents(place: Path) -> Iterator[tuple[str, str, str]]:
    """(name, address, refusal) of every filing, archives opened."""
    for name, path in batch.uploads(place):
        with path.open("rb") as file:
            inside = archive.entries(file) if archive.is_archive(file) else None
        if inside is None:
            yield name, str(path), ""
            continue
        for entry in inside:
            within = f"{name}/{entry.path}" if entry.path else name
            yield within, archive.address(path, entry), entry.refusal


def _understood(
    name: str, reading: Reading, register: tuple[Government, ...], ruling: Ruling | None
) -> Understood:
    if reading.report is None:
        return Understood(name, reading.sha256, reading.message)
    report = _settled(reading.report, name, register, ruling)
    government, county, year = _identity(report)
    found = checks.run(report)
    severe = {check.id for check in checks.CHECKS if check.severity == "error"}
    unsettled = [one for one in report.problems if one.kind in _PROBLEMS_OF_IDENTITY]
    own = Understood(
        name,
        reading.sha256,
        media_type=reading.media_type,
        government=government,
        county=county,
        year=year,
        published=report.source.published or "",
        form=report.form or "",
        cells=sum(fact.state is State.STATED for fact in report.facts),
        doubtful=tuple(_doubtful(report)),
        errors=sum(one.check in severe for one in found),
        findings=len(found),
        unsettled=tuple(one.detail for one in unsettled),
        content=reading.file,
    )
    stored = _settled(reading.report, stored_path(own, county, year or 0), register, None)
    alone = not own.one_of_several
    return replace(own, by_itself=alone and _identity(stored) == (government, county, year))


def _doubtful(report: Report) -> Iterator[str]:
    """What was not read surely."""
    yield from (one.detail for one in report.problems if one.kind not in _PROBLEMS_OF_IDENTITY)
    yield from (f"没有看懂：{one.text}" for one in report.leftovers)
    for fact in report.facts:
        if fact.state is State.ILLEGIBLE:
            yield f"难辨：{forms.place(fact.schedule, fact.line, fact.column)} {fact.text}".rstrip()


def _settled(report: Report, path: str, register: tuple[Government, ...], ruling: Ruling | None) -> Report:
    return identity.settle(replace(report, source=replace(report.source, path=path)), register, ruling)


def _identity(report: Report) -> tuple[str, str, int | None]:
    return report.government or "", report.county or "", report.year
