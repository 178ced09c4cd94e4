"""A year against the year before: what was carried out must be carried in."""

from collections.abc import Iterator

from etl.checks.rule import Breach, Check
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS
from etl.report import Report
from etl.stated import cells, total

_ITEM_LINES = ("licensing", "other_services", "penalties", "compulsion", "fees")


def carry_over(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Requests carried in are those that the year before carried out, in total."""
    for column, breach in _carried(report, previous):
        if column == APPLICANTS[-1]:
            yield breach


def carry_over_by_applicant(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Where the totals agree, each kind of applicant carries over as well."""
    breaches = dict(_carried(report, previous))
    if APPLICANTS[-1] not in breaches:
        yield from breaches.values()


def _carried(report: Report, previous: Report | None) -> Iterator[tuple[str, Breach]]:
    if previous is None:
        return
    now, before = cells(report), cells(previous)
    for column in APPLICANTS:
        carried_in = now.get((REQUESTS, "carried_in", column))
        carried_out = before.get((REQUESTS, "carried_out", column))
        if carried_in is not None and carried_out is not None and carried_in != carried_out:
            yield column, Breach((REQUESTS, "carried_in", column), carried_out, carried_in)


def stock_of_documents(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Documents in force are last year's, plus those issued, less those repealed."""
    if previous is None:
        return
    now, before = cells(report), cells(previous)
    where = (PROACTIVE, "normative_documents", "in_force")
    issued, repealed = (now.get((*where[:2], column)) for column in ("issued", "repealed"))
    due = total([before.get(where), issued, None if repealed is None else -repealed])
    printed = now.get(where)
    if due is not None and printed is not None and due != printed:
        yield Breach(where, due, printed)


def item_stock(report: Report, previous: Report | None) -> Iterator[Breach]:
    """In the form of 2019, last year's items are those of the year before with that year's change."""
    if previous is None:
        return
    now, before = cells(report), cells(previous)
    for line in _ITEM_LINES:
        where = (PROACTIVE, line, "prior_year_items")
        due, printed = total([before.get(where), before.get((PROACTIVE, line, "change"))]), now.get(where)
        if due is not None and printed is not None and due != printed:
            yield Breach(where, due, printed)


CONTINUITY = (
    Check(
        "carry-over",
        "continuity",
        "国办公开办函〔2021〕30号附件表三第二项、第四项",
        "上年结转应等于上一年度年报的结转下年度继续办理",
        "Carried in must equal what the year before carried out",
        carry_over,
    ),
    Check(
        "carry-over-by-applicant",
        "continuity",
        "国办公开办函〔2021〕30号附件表三第二项、第四项",
        "结转总数与上一年度相符，但申请人类别不符",
        "Carried over in total, but not by kind of applicant",
        carry_over_by_applicant,
        hint=True,
    ),
    Check(
        "stock-of-documents",
        "continuity",
        "国办公开办函〔2021〕30号附件表二",
        "现行有效件数一般等于上年现行有效件数加本年制发、减本年废止",
        "Documents in force usually equal last year's plus issued less repealed",
        stock_of_documents,
        hint=True,
    ),
    Check(
        "item-stock-2019",
        "continuity",
        "国办公开办函〔2019〕60号附件表二",
        "上一年项目数量应等于上年年报的上一年项目数量加本年增减",
        "Prior-year items must equal last year's prior-year items plus its change",
        item_stock,
    ),
)
