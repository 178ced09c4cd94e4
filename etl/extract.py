"""Document → Report: the statutory facts read two ways and reconciled, the prose, and what the filing says it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from etl import by_grid, by_order, claims, filled_form, forms, lines, narrative, statistics, years
from etl.document import Document, Paragraph, Table
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW, STATISTICS
from etl.report import Fact, Metric, Problem, Report, Section, Source, State
from etl.sections import sections
from etl.tables_read import tables_read
from etl.tokens import stream

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
    document = years.in_words(document, year)
    items = list(stream(document))
    read = lines.read(by_order.rows(items))
    gridded = tuple(by_grid.facts(document))
    facts, doubts = _reconcile(read.facts, gridded)
    parts = sections(document, items)
    facts = (*old.facts, *facts)
    if not facts and not _reads_like_a_report(document, parts):
        raise UnknownForm(_refusal(document))
    generations = (*read.forms, *((STATISTICS, "2014") for _ in old.facts[:1]))
    form = dict(generations)
    return Report(
        government=settled.get("government"),
        county=settled.get("county"),
        year=year,
        form=form.get(PROACTIVE) or form.get(REQUESTS) or form.get(STATISTICS),
        forms=generations,
        facts=_in_order_of_print(facts),
        metrics=(*_metrics(parts, year), *listed),
        sections=parts,
        leftovers=(*read.leftovers, *unlisted, *old.leftovers),
        problems=(*read.problems, *doubts, *_missing(facts, form, year)),
        claims=said,
        source=_published(document, source),
        readings=tuple(tables_read(document, generations, (*old.facts, *read.facts), gridded)),
    )


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


def _reconcile(by_order: Iterable[Fact], by_grid: Iterable[Fact]) -> tuple[tuple[Fact, ...], list[Problem]]:
    """One fact a cell: where two readings of it differ, the cell is illegible and the difference a problem."""
    read: dict[_Cell, list[Fact]] = {}
    for fact in (*by_order, *by_grid):
        read.setdefault((fact.schedule, fact.line, fact.column), []).append(fact)
    facts, doubts = [], []
    for several in read.values():
        seen = [fact for fact in several if fact.place] or several
        certain = [fact for fact in seen if fact.state is not State.ILLEGIBLE] or seen
        fact = certain[0]
        if len({(other.value, other.state) for other in certain}) > 1:
            texts = " / ".join(dict.fromkeys(other.text or "（空白）" for other in certain))
            doubts.append(Problem("two-readings", f"{fact.schedule}.{fact.line}.{fact.column}: {texts}"))
            fact = replace(fact, value=None, state=State.ILLEGIBLE, text=texts)
        facts.append(fact)
    facts, twice = _printed_twice(facts)
    return (*facts, *_unseen(facts)), [*doubts, *twice]


def _printed_twice(facts: list[Fact]) -> tuple[list[Fact], list[Problem]]:
    """Where 00 is shown, some program printed the numbers twice: then 1212 may be 12, and is illegible."""
    if not any(re.fullmatch(r"00+", fact.text) for fact in facts):
        return facts, []
    kept = [
        replace(fact, value=None, state=State.ILLEGIBLE) if re.fullmatch(r"(\d+)\1", fact.text) else fact
        for fact in facts
    ]
    return kept, [Problem("doubled-values")]


def _unseen(facts: list[Fact]) -> Iterator[Fact]:
    """The cells of a line of tables 3 and 4 that neither reading saw, though it saw others of the line."""
    seen = {(fact.schedule, fact.line, fact.column) for fact in facts}
    for schedule, columns in ((REQUESTS, APPLICANTS), (REVIEW, RESULTS)):
        for line in dict.fromkeys(fact.line for fact in facts if fact.schedule == schedule):
            for column in columns:
                if (schedule, line, column) not in seen:
                    yield Fact(schedule, line, column, None, State.ILLEGIBLE, "")


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
            problems.append(Problem("table-not-found", schedule.title))
            continue
        form = forms.form(generations[schedule.key]).schedule(schedule.key)
        for line in (line for block in form.blocks for line in block.leaves()):
            if (schedule.key, line.key) not in found:
                problems.append(Problem("line-not-found", f"{schedule.title}：{line.label}"))
    return problems


def _due(generations: dict[str, str], year: int | None) -> tuple[forms.Schedule, ...]:
    """The tables a report must have: those of the form it is on, or of its year's; before 2014 there were none."""
    if generations:
        return forms.form("2014" if generations.keys() == {STATISTICS} else forms.load()[-1].key).schedules
    known = [form for form in forms.load() if year is None or form.first_year <= year]
    return known[-1].schedules if known else ()


def _metrics(parts: tuple[Section, ...], year: int | None) -> tuple[Metric, ...]:
    return tuple(
        replace(metric, section=part.number)
        for part in parts
        for metric in narrative.metrics(part.text, year)
    )


def _reads_like_a_report(document: Document, parts: tuple[Section, ...]) -> bool:
    titled = any(claims.is_title(block.text) for block in document.blocks if isinstance(block, Paragraph))
    return titled and len([part for part in parts if part.number]) >= _FEWEST_SECTIONS


def _refusal(document: Document) -> str:
    if not any(isinstance(block, Table) or block.text.strip() for block in document.blocks):
        return "文件里没有文字；请检查是否传错了文件，或把扫描件转成可选中文字的文件后重新提交"
    return "不是政府信息公开工作年度报告，或用的是未知的表样：没有找到法定的三张表，也没有年度报告的标题和章节；请核对后重新提交"
