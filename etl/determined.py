"""What a person read in a filing itself where our reading was in doubt, applied to the report: our reading, never the filing.

A cell that we read surely is never overridden: where a person and the reader differ on one, it is illegible.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from etl import counts, doubts, forms
from etl.report import Correction, Doubt, Fact, Metric, Problem, Report, State

_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_OFFERED = 8

VALUE, BLANK, NONE, WITHDRAWN = "value", "blank", "none", "withdrawn"
# Behind a number, wherever it shows, that a person read in the filing where the reader could not.
BY_PERSON = "†"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is in doubt in the filing of this key: a cell, `place` being schedule.line.column, or a number of the prose.

    Of the latter `place` is its metric, `printed` the number as printed, with its sentence and category. A cell is the
    same cell whatever a reader makes of it.
    """

    filing: str
    place: str
    printed: str = ""
    sentence: str = ""
    category: str = ""

    @property
    def is_cell(self) -> bool:
        """Whether it is a statutory cell."""
        return "." in self.place

    @property
    def digest(self) -> str:
        """What is in doubt in one word."""
        parts = (self.filing, self.place, self.printed, self.sentence, self.category)
        return sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Determination:
    """What a person determined: `number` counts in order, `at` is the local time in ISO form.

    `outcome` is VALUE; BLANK for a cell that states none; NONE for a number that is not of the metric; or WITHDRAWN.
    `metric` is what a number of the prose counts as.
    """

    number: int
    subject: Subject
    outcome: str
    value: Decimal | None
    metric: str
    why: str
    who: str
    at: str

    @property
    def read(self) -> str:
        """What was read, in Chinese."""
        return "（空白）" if self.outcome == BLANK else "不采用" if self.value is None else figure(self.value)

    @property
    def when(self) -> str:
        """Day and time, as people read them."""
        return self.at[:16].replace("T", " ")


def candidates(text: str) -> tuple[Decimal, ...]:
    """The numbers that an illegible cell may state, going by its text as we made it out; a person may know another."""
    found: list[Decimal] = []
    for reading in text.split(" / "):
        value, _ = counts.read(reading)
        figures = _FIGURE.findall(reading)
        # 1 2 may be 12 apart or two numbers; more of them are a line whose cells could not be told apart.
        together = ["".join(figures)] if len(figures) == 2 and "." not in "".join(figures) else []
        found += [value] if value is not None else map(Decimal, (*together, *figures))
    return tuple(dict.fromkeys(found))[:_OFFERED]


def apply(report: Report, determined: Iterable[Determination]) -> Report:
    """The report with what was determined about its filing; what fits it no more is told as a problem."""
    for one in determined:
        if one.outcome != WITHDRAWN:
            report = _cell(report, one) if one.subject.is_cell else _number(report, one)
    return report


def subject(filing: str, doubt: Doubt) -> Subject:
    """A number of the prose in doubt, as what is determined about it."""
    metric = doubt.metric
    return Subject(filing, metric.metric, figure(metric.value), metric.sentence, metric.category or "")


def figure(value: Decimal | float) -> str:
    """A number in one way of writing."""
    return f"{Decimal(str(value)).normalize():f}"


def _cell(report: Report, one: Determination) -> Report:
    schedule, line, column = one.subject.place.split(".")
    fact = next((f for f in report.facts if (f.schedule, f.line, f.column) == (schedule, line, column)), None)
    where = forms.place(schedule, line, column)
    if fact is None:
        lost = Problem(
            "determination-lost",
            f"{where}：{one.who} {one.when} 认定为 {one.read}，现在读出的表里没有这一格，没有采用",
        )
        return _told(report, lost)
    if fact.state is State.ILLEGIBLE:
        new = replace(fact, value=one.value, state=State.STATED if one.outcome == VALUE else State.BLANK)
        known = tuple(p for p in report.problems if not p.detail.startswith(f"{where}："))
        report = replace(report, problems=known, corrections=(*report.corrections, _of_cell(one, fact)))
    elif fact.value == one.value:
        return report
    else:
        text = f"{fact.text or '（空白）'} / {one.read}"
        new = replace(fact, value=None, state=State.ILLEGIBLE, text=text)
        differs = Problem(
            "determination-differs",
            f"{where}：{one.who} {one.when} 认定为 {one.read}，现在读出的是 {fact.text}",
        )
        report = _told(report, differs)
    return replace(report, facts=tuple(new if other is fact else other for other in report.facts))


def _of_cell(one: Determination, fact: Fact) -> Correction:
    return Correction(
        metric="",
        read=None,
        right=one.value,
        approximate=False,
        sentence="",
        why=one.why,
        by=one.who,
        at=one.at,
        cell=one.subject.place,
        text=fact.text,
    )


def _number(report: Report, one: Determination) -> Report:
    meant = [doubt for doubt in report.doubts if subject(one.subject.filing, doubt) == one.subject]
    if not meant:
        return report if _is_read_so(report, one) else _told(report, _lost(one))
    ends = tuple(map(doubts.told, meant))
    taken = [_taken(meant[0].metric, one)] if one.outcome == VALUE else []
    return replace(
        report,
        metrics=doubts.in_order([*report.metrics, *taken]),
        doubts=tuple(doubt for doubt in report.doubts if doubt not in meant),
        problems=tuple(problem for problem in report.problems if not problem.detail.endswith(ends)),
        corrections=(*report.corrections, _of_number(meant[0].metric, one)),
    )


def _taken(doubted: Metric, one: Determination) -> Metric:
    """The number as determined; one that is not as printed, or counts as something else, keeps nothing said of that."""
    if one.value is None:
        raise ValueError(f"determination {one.number} has no value")
    new = replace(doubted, metric=one.metric, value=one.value, corrected_by=one.who)
    if one.value != doubted.value:
        new = replace(new, approximate=False, bound=None, basis=None)
    return new if one.metric == doubted.metric else replace(new, part_of=None, category=None)


def _of_number(doubted: Metric, one: Determination) -> Correction:
    return Correction(
        metric=one.metric,
        read=doubted.value,
        right=one.value,
        approximate=doubted.approximate and one.value == doubted.value,
        sentence=doubted.sentence,
        why=one.why,
        by=one.who,
        at=one.at,
    )


def _is_read_so(report: Report, one: Determination) -> bool:
    """Whether the prose is now read surely as was determined."""
    of_sentence = [metric for metric in report.metrics if metric.sentence == one.subject.sentence]
    if one.outcome == NONE:
        return not any(metric.metric == one.subject.place for metric in of_sentence)
    return any((metric.metric, metric.value) == (one.metric, one.value) for metric in of_sentence)


def _lost(one: Determination) -> Problem:
    return Problem(
        "determination-lost",
        f"正文“{one.subject.sentence}”：{one.who} {one.when} 认定为 {one.read}，现在的读数与当时不同，没有采用",
    )


def _told(report: Report, problem: Problem) -> Report:
    return replace(report, problems=(*report.problems, problem))
