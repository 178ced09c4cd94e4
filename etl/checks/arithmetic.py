"""The identities of tables 3 and 4; only the first is printed on the form, the others follow from its totals."""

from collections.abc import Iterator
from decimal import Decimal

from etl import forms
from etl.checks.rule import Breach, Check
from etl.forms import APPLICANTS, PATHS, REQUESTS, RESULTS, REVIEW, Item
from etl.report import Report, State
from etl.stated import Cell, Cells, cells, total

_FORM = "国办公开办函〔2021〕30号附件表三"
_FORM_REVIEW = "国办公开办函〔2021〕30号附件表四"


def requests_balance(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Requests received and carried in are closed or carried out, for each kind of applicant."""
    values, printed = _counted(report), cells(report)
    for column in APPLICANTS:
        received, carried_in, closed, carried_out = (
            values.get((REQUESTS, line, column))
            for line in ("received", "carried_in", "closed", "carried_out")
        )
        due = total([received, carried_in])
        if due is not None and closed is not None and carried_out is not None and due != closed + carried_out:
            where = (REQUESTS, "carried_out", column)
            yield Breach(where, due - closed, printed.get(where))


def requests_closed(report: Report, previous: Report | None) -> Iterator[Breach]:
    """The requests closed are the sum of all outcomes, for each kind of applicant."""
    values, printed = _counted(report), cells(report)
    for line, parts in line_totals(report):
        for column in APPLICANTS:
            whole = REQUESTS, line, column
            yield from _unequal(values, printed, whole, [(REQUESTS, part, column) for part in parts])


def requests_row_total(report: Report, previous: Report | None) -> Iterator[Breach]:
    """The total of a line is the sum of its six kinds of applicants."""
    values, printed = _counted(report), cells(report)
    for line in dict.fromkeys(line for schedule, line, _ in printed if schedule == REQUESTS):
        parts = [(REQUESTS, line, column) for column in APPLICANTS[:-1]]
        yield from _unequal(values, printed, (REQUESTS, line, APPLICANTS[-1]), parts)


def counts_are_whole(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Cases are counted in whole numbers, never below zero."""
    for where, value in cells(report).items():
        if where[0] in (REQUESTS, REVIEW) and value is not None and (value < 0 or value != int(value)):
            yield Breach(where, None, value)


def nothing_in_nothing_out(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Where no request was received or carried in, none can have had an outcome."""
    values = _counted(report)
    inflow = ("received", "carried_in")
    for column in APPLICANTS[:-1]:
        if any(values.get((REQUESTS, line, column)) != 0 for line in inflow):
            continue
        for where, value in values.items():
            if (
                where[0] == REQUESTS
                and where[2] == column
                and where[1] not in (*inflow, "closed", "carried_out")
                and value
            ):
                yield Breach(where, Decimal(0), value)


def review_total(report: Report, previous: Report | None) -> Iterator[Breach]:
    """The cases of each path are the sum of its four results."""
    values, printed = _counted(report), cells(report)
    for path in PATHS:
        parts = [(REVIEW, path, result) for result in RESULTS[:-1]]
        yield from _unequal(values, printed, (REVIEW, path, RESULTS[-1]), parts)


def _counted(report: Report) -> Cells:
    """The values, nothing for a dash: who draws one says that there was none, and a blank says nothing."""
    return {
        (fact.schedule, fact.line, fact.column): Decimal(0) if fact.state is State.DASHED else fact.value
        for fact in report.facts
    }


def _unequal(values: Cells, printed: Cells, whole: Cell, parts: list[Cell]) -> Iterator[Breach]:
    """A printed sum that is not that of its parts; where some of these are not known, one that is less than the others."""
    said, numbers = printed.get(whole), [values.get(part) for part in parts]
    due, least = total(numbers), sum(number for number in numbers if number is not None)
    if said is not None and ((due is not None and said != due) or said < least):
        yield Breach(whole, due, said)


def line_totals(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Each line of table 3 that sums its siblings, with the lines that it sums."""
    generation = dict(report.forms).get(REQUESTS)
    if generation is None:
        return
    for block in forms.form(generation).schedule(REQUESTS).blocks:
        yield from _totals(block.lines)


def _totals(items: tuple[Item, ...]) -> Iterator[tuple[str, list[str]]]:
    for item in items:
        if item.total:
            yield item.key, [leaf.key for other in items if other is not item for leaf in other.leaves()]
        yield from _totals(item.parts)


ARITHMETIC = (
    Check(
        "requests-balance",
        "arithmetic",
        f"{_FORM}所印勾稽关系",
        "第一项（本年新收）加第二项（上年结转）之和，应等于第三项总计加第四项（结转下年度）之和",
        "Received plus carried in must equal closed plus carried out",
        requests_balance,
    ),
    Check(
        "requests-closed",
        "arithmetic",
        f"{_FORM}第三项（七）总计",
        "本年度办理结果的总计，应等于各种办理结果之和",
        "Closed must equal the sum of all outcomes",
        requests_closed,
    ),
    Check(
        "requests-row-total",
        "arithmetic",
        f"{_FORM}总计栏",
        "每一行的总计，应等于六类申请人之和",
        "The total of a line must equal the sum of the six kinds of applicants",
        requests_row_total,
    ),
    Check(
        "counts-are-whole",
        "arithmetic",
        f"{_FORM}、表四填报单位为件",
        "表三、表四的件数应为不小于零的整数",
        "Cases must be whole numbers, not below zero",
        counts_are_whole,
    ),
    Check(
        "nothing-in-nothing-out",
        "arithmetic",
        f"{_FORM}所印勾稽关系",
        "本年新收和上年结转都为零的，不应有办理结果",
        "Without requests received or carried in there can be no outcome",
        nothing_in_nothing_out,
    ),
    Check(
        "review-total",
        "arithmetic",
        f"{_FORM_REVIEW}总计栏",
        "行政复议、未经复议直接起诉、复议后起诉的总计，各应等于四种结果之和",
        "The total of each path must equal the sum of its four results",
        review_total,
    ),
)
