"""Reports as rows: what goes into which table of the database, in the order of its columns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from etl import forms, narrative
from etl.checks import CHECKS, Finding
from etl.checks.localise import Proposals
from etl.folders import Found
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW, STATISTICS, Block, Item
from etl.reading import Reading
from etl.register import Government
from etl.report import Metric, Report, State

Row = tuple[Any, ...]
Placed = tuple[str, Row]
_PROACTIVE_COLUMNS = (
    "issued",
    "repealed",
    "in_force",
    "newly_made",
    "newly_disclosed",
    "total_disclosed",
    "prior_year_items",
    "change",
    "decisions",
    "amount_10k_yuan",
    "projects",
    "amount",
)
_COLUMNS: dict[str, Sequence[str]] = {
    STATISTICS: ("count",),
    PROACTIVE: _PROACTIVE_COLUMNS,
    REQUESTS: APPLICANTS,
    REVIEW: RESULTS,
}


def of_report(
    number: int, report: Report, findings: Sequence[Finding], proposals: Proposals
) -> Iterator[Placed]:
    """The rows of one report, table by table; `number` is its report_id."""
    for schedule, columns in _COLUMNS.items():
        yield from ((schedule, row) for row in _lines(number, report, schedule, columns))
    by = {correction.cell: correction.by for correction in report.corrections}
    for fact in report.facts:
        cell = (fact.schedule, fact.line, fact.column)
        who = by.get(".".join(cell))
        if who or fact.state is not State.STATED or fact.text != _plain(fact.value):
            yield "cell_notes", (number, *cell, fact.state.value, fact.text, who)
    for r in report.readings:
        yield "tables_read", (number, r.schedule, r.form, r.block, r.page, r.by_order, r.by_grid, r.confirmed)
    for at, m in enumerate(report.metrics, 1):
        stated = (m.metric, m.value, m.unit, m.approximate, m.bound, m.scope, m.part_of, m.category, m.basis)
        yield "metrics", (number, at, *stated, m.section, m.sentence, *_begins(m), m.corrected_by)
    for at, doubt in enumerate(report.doubts, 1):
        m = doubt.metric
        read = (m.metric, m.value, m.unit, m.approximate, m.category, doubt.kind)
        yield "metric_doubts", (number, at, *read, m.section, m.sentence, *_begins(m))
    for at, c in enumerate(report.corrections, 1):
        where = c.cell.split(".") if c.cell else (None, None, None)
        at_time = datetime.fromisoformat(c.at) if c.at else None
        read = (c.metric or None, *where, c.text if c.cell else None, c.read, c.right, c.approximate)
        yield "corrections", (number, at, *read, c.sentence, c.why, c.by, at_time)
    for at, section in enumerate(report.sections, 1):
        yield "sections", (number, at, section.number, section.heading, section.text)
    for at, f in enumerate(findings, 1):
        place = (f.schedule or None, f.line or None, f.column or None)
        quotes = (*f.quotes, None, None)[:2]
        yield "findings", (number, at, f.check, *place, f.expected, f.actual, *quotes)
    yield from (("proposals", (number, *row)) for row in _changes(proposals))
    for at, leftover in enumerate(report.leftovers, 1):
        yield "leftovers", (number, at, leftover.text, leftover.reason, leftover.suggestion or None)


def _begins(metric: Metric) -> tuple[int | None, int | None]:
    """The block and character at which a sentence begins; a number of a list in a table has none."""
    place = metric.place
    return (place.block, place.at) if place else (None, None)


def _changes(proposals: Proposals) -> Iterator[Row]:
    for fault, alternatives in enumerate(proposals, 1):
        for at, changes in enumerate(alternatives, 1):
            for change in changes:
                yield fault, at, len(alternatives), *change.cell, change.printed, change.proposed


def _lines(number: int, report: Report, schedule: str, columns: Sequence[str]) -> Iterator[Row]:
    cells: dict[str, dict[str, Decimal | None]] = {}
    for fact in report.facts:
        if fact.schedule == schedule:
            cells.setdefault(fact.line, {})[fact.column] = fact.value
    for line, values in cells.items():
        yield number, line, *(values.get(column) for column in columns)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def of_claims(report: Report) -> Iterator[Placed]:
    """What a filing says of itself, settled or not."""
    for at, claim in enumerate(report.claims, 1):
        yield "claims", (report.source.sha256, at, claim.subject, claim.value, claim.origin, claim.text)


def of_filing(report: Report, size: int, status: str, sample: bool) -> Row:
    """The row of a filing that was understood, or at least read."""
    source = report.source
    published = date.fromisoformat(source.published) if source.published else None
    details = (source.media_type, source.url, published, source.published_from)
    return source.sha256, source.path, size, *details, status, sample


def of_identity(number: int, report: Report, current: bool, refiling: int) -> Row:
    """The row of the table `reports`; a government without a county has an empty one."""
    generations = dict(report.forms)
    return (
        number,
        report.source.sha256,
        report.county or "",
        report.government,
        report.year,
        generations.get(PROACTIVE) or generations.get(STATISTICS),
        generations.get(REQUESTS),
        generations.get(REVIEW),
        current,
        refiling,
    )


def of_refusal(reading: Reading, found: Found, sample: bool) -> Row:
    """The row of a filing that could not be read, or is no report."""
    status = reading.refusal.replace("-", "_")
    media_type = reading.media_type or None
    return reading.sha256, found.path, found.size, media_type, None, None, None, status, sample


def of_government(entry: Government, sample: bool) -> Row:
    """The row of an entry of the register."""
    return entry.county, entry.name, entry.code or None, entry.level, entry.since, entry.until, sample


def reference() -> Iterator[Placed]:
    """The rows that describe the forms, the metrics and the checks."""
    for form in forms.load():
        for schedule in form.schedules:
            for at, row in enumerate(_form_lines(schedule.blocks), 1):
                yield "form_lines", (form.key, schedule.key, at, *row)
            columns = {c.key: c.label for block in schedule.blocks for c in block.columns}
            for at, column in enumerate(columns.items(), 1):
                yield "form_columns", (form.key, schedule.key, at, *column)
    for d in narrative.definitions():
        yield "metric_definitions", (d.key, d.label_zh, d.label_en, d.unit, d.tier)
    for check in CHECKS:
        described = (check.kind, check.severity, check.basis, check.message_zh, check.message_en)
        yield "checks", (check.id, *described)


def _form_lines(blocks: Iterable[Block]) -> Iterator[Row]:
    for block in blocks:
        yield from _tree(block.lines, None, 0)


def _tree(items: Iterable[Item], parent: str | None, depth: int) -> Iterator[Row]:
    for item in items:
        yield item.key, item.label, parent, depth, item.basis, bool(item.parts)
        yield from _tree(item.parts, item.key, depth + 1)


def of_build(built_at: datetime, version: str, schema_version: int, sample: bool, determined: int = 0) -> Row:
    """The one row of the table `builds`; `determined` is the number of the last determination it knew of."""
    return built_at, version, schema_version, sample, determined
