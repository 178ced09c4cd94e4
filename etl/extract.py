"""Document → Report: the statutory facts read two ways and reconciled, the prose, and what the filing says it is."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from etl import apart, claims, doubts, filled_form, forms, narrative, shortcomings
from etl.document import Document, Table
from etl.forms import PROACTIVE, REQUESTS, STATISTICS
from etl.report import Doubt, Fact, Metric, Problem, Report, Section, Source, State
from etl.sections import headings_within, sections, tells_its_matters
from etl.tables import (
    abreast,
    by_grid,
    by_order,
    by_position,
    lines,
    merged,
    not_understood,
    parted,
    statistics,
    years,
)
from etl.tables.foreign import filled, other_years
from etl.tables.foreign.spacers import without_spacers
from etl.tables.heads_disagree import below_their_heads
from etl.tables.parted import Placed
from etl.tables.reconcile import reconciled
from etl.tables.sums_break import in_their_columns
from etl.tables.tables_read import tables_read
from etl.tables.tokens import stream
from etl.tables.upright import as_printed, upright

_Cell = tuple[str, str, str]
_FEWEST_SECTIONS = 3


class UnknownForm(Exception):
    """A document that is no annual report, or on no form known here; the message is one Chinese sentence."""


def extract(document: Document, source: Source) -> Report:
    """What the filing states. Government, county and year are what the document itself says.

    Raises UnknownForm when it holds none of the statutory tables and does not read like an annual report.
    """
    document = filled_form.without_sums(document)
    listed, unlisted = filled_form.numbers(document)
    old = statistics.read(document)
    document = statistics.without(document, old.blocks)
    said = claims.claims(document)
    settled = claims.settled(said)
    year = int(settled["year"]) if "year" in settled else None
    document, other_years = _of_one_year(document, year)
    read, gridded, parts = _read(document)
    facts, differing = reconciled(read.facts, gridded)
    if not (facts := _as_seen((*old.facts, *facts), document)) and not _reads_like_a_report(document, parts):
        raise UnknownForm(_refusal(document))
    generations = (*read.forms, *((STATISTICS, "2014") for _ in old.facts[:1]))
    form = dict(generations)
    sure, unclear = _metrics(parts, year)
    report = Report(
        government=settled.get("government"),
        county=settled.get("county"),
        year=year,
        form=form.get(PROACTIVE) or form.get(REQUESTS) or form.get(STATISTICS),
        forms=generations,
        facts=_in_order_of_print(facts),
        metrics=(*sure, *listed),
        sections=parts,
        leftovers=(*not_understood.left(read.leftovers, facts, document), *unlisted, *old.leftovers),
        problems=(
            *other_years,
            *shortcomings.problems(document),
            *read.problems,
            *differing,
            *_missing(facts, form, year),
        ),
        claims=said,
        source=_published(document, source),
        readings=tuple(tables_read(document, generations, (*old.facts, *read.facts), gridded)),
        doubts=unclear,
    )
    return doubts.weighed(report, document)


def _as_seen(facts: tuple[Fact, ...], document: Document) -> tuple[Fact, ...]:
    """The facts, none blank whose cell was not found on a scanned page: its number may have been overlooked."""
    if "scanned" not in dict(document.properties):
        return facts
    return tuple(
        replace(fact, state=State.ILLEGIBLE) if fact.state is State.BLANK and fact.place is None else fact
        for fact in facts
    )


def _of_one_year(document: Document, year: int | None) -> tuple[Document, tuple[Problem, ...]]:
    """The document without tables and columns of other years, and what was set aside."""
    document, set_aside = apart.without_other_years(document, year)
    document, beside = other_years.without_other_years(document, year)
    return years.in_words(document, year), (*set_aside, *beside)


def _read(document: Document) -> tuple[lines.Read, tuple[Fact, ...], tuple[Section, ...]]:
    """The tables read by order and by grid, and the prose; places are those of the document as printed."""
    document, beside = abreast.apart(without_spacers(document))
    document, several = parted.parted(document)
    document, turned = upright(document)
    document, told = by_position.heads(document)
    document = merged.spread(document)
    complete = document
    document, set_aside = filled.without_filled(document)

    def printed(found: Iterable[Placed]) -> tuple[Placed, ...]:
        return abreast.as_printed(parted.as_printed(as_printed(found, turned), several), beside)

    items = list(stream(document))
    read = lines.read(by_order.rows(items))
    gridded = tuple(by_grid.facts(document))
    ordered = below_their_heads(read.facts, gridded, document)
    ordered, gridded, beside_heads = in_their_columns(ordered, gridded, complete)
    parts = abreast.sections_as_printed(sections(document, items), beside)
    problems = (*told, *set_aside, *read.problems, *beside_heads)
    read = replace(read, facts=printed(ordered), leftovers=printed(read.leftovers), problems=problems)
    return read, printed(gridded), parts


def _published(document: Document, source: Source) -> Source:
    """The source with the address and the date of publication that the document tells, if it is not known yet."""
    told = dict(document.properties)
    url = source.url or told.get("url")
    for origin, date in (("page", told.get("published")), ("url", _date_in(url or ""))):
        if date and not source.published:
            return replace(source, url=url, published=date, published_from=origin)
    return replace(source, url=url)


def _date_in(url: str) -> str | None:
    match = re.search(r"(?<!\d)(20\d\d)[-/]?([01]\d)[-/]?([0-3]\d)(?!\d)", url)
    return "-".join(match.groups()) if match else None


def _in_order_of_print(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    order = _order_of_print()
    return tuple(sorted(facts, key=lambda fact: order[fact.schedule, fact.line, fact.column]))


@cache
def _order_of_print() -> dict[_Cell, tuple[int, int, str]]:
    return {
        (schedule.key, *cell): (number, at, form.key)
        for form in forms.load()
        for number, schedule in enumerate(form.schedules)
        for at, cell in enumerate(schedule.cells())
    }


def _missing(facts: tuple[Fact, ...], generations: dict[str, str], year: int | None) -> list[Problem]:
    """Tables not found, and lines that a table found does not have."""
    found = {(fact.schedule, fact.line) for fact in facts}
    problems = []
    for schedule in _due(generations, year):
        if schedule.key not in generations:
            problems.append(Problem("table-not-found", f"没有找到表格：{schedule.title}"))
            continue
        form = forms.form(generations[schedule.key]).schedule(schedule.key)
        for line in (line for block in form.blocks for line in block.leaves()):
            if (schedule.key, line.key) not in found:
                problems.append(Problem("line-not-found", f"没有找到{forms.place(schedule.key, line.key)}"))
    return problems


def _due(generations: dict[str, str], year: int | None) -> tuple[forms.Schedule, ...]:
    """The tables a report must have: those of the form it is on, or of its year's; before 2014 there were none."""
    if generations:
        return forms.form("2014" if generations.keys() == {STATISTICS} else forms.load()[-1].key).schedules
    known = [form for form in forms.load() if year is None or form.first_year <= year]
    return known[-1].schedules if known else ()


def _metrics(parts: tuple[Section, ...], year: int | None) -> tuple[list[Metric], tuple[Doubt, ...]]:
    """The numbers of the prose with their places in the document, and those that allow a second reading."""
    sure, unclear = [], []
    for part in parts:
        metrics, unsure = narrative.read(part.text, year)
        sure += [_placed(metric, part) for metric in metrics]
        unclear += [replace(doubt, metric=_placed(doubt.metric, part)) for doubt in unsure]
    return sure, tuple(unclear)


def _placed(metric: Metric, part: Section) -> Metric:
    at = metric.place.at if metric.place else None
    return replace(metric, section=part.number, place=None if at is None else part.place(at))


def _reads_like_a_report(document: Document, parts: tuple[Section, ...]) -> bool:
    """Whether the prose is that of a report: titled so, or, where no title was kept, telling what the law asks of one."""
    headings = [part.heading for part in parts if part.number]
    headings += [heading for part in parts for heading in headings_within(part.text)]
    titled = claims.is_titled(document) and len(headings) >= _FEWEST_SECTIONS
    return titled or (tells_its_matters(headings, parts) and not claims.is_of_another_kind(document))


def _refusal(document: Document) -> str:
    if not any(isinstance(block, Table) or block.text.strip() for block in document.blocks):
        return "文件里没有文字；请检查是否传错了文件，或把扫描件转成可选中文字的文件后重新提交"
    return "不是政府信息公开工作年度报告，或用的是未知的表样：没有找到法定的三张表，也没有年度报告的标题和章节；请核对后重新提交"
