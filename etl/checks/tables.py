"""The tables as wholes: blanks, outdated forms, and one table against another."""

from collections.abc import Iterator
from decimal import Decimal

from etl import forms
from etl.checks.rule import Breach, Check
from etl.forms import PROACTIVE, REQUESTS, REVIEW
from etl.report import Report, State
from etl.stated import cells

_NOTICE_2019 = "〔2019〕60号"


def empty_cells(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Every cell of the tables is due a number: a line with blanks or dashes is one breach, an empty table too."""
    for schedule in dict.fromkeys(fact.schedule for fact in report.facts):
        facts = [fact for fact in report.facts if fact.schedule == schedule]
        empty = [fact for fact in facts if fact.state in (State.BLANK, State.DASHED)]
        if len(empty) == len(facts):
            yield Breach((schedule, "", ""))
            continue
        for line in dict.fromkeys(fact.line for fact in empty):
            columns = [fact.column for fact in empty if fact.line == line]
            yield Breach((schedule, line, columns[0] if len(columns) == 1 else ""))


def outdated_form(report: Report, previous: Report | None) -> Iterator[Breach]:
    """From 2021 on the form of 2021 is due: table 2 on the older one, a table 3 of 23 lines, the older notice cited."""
    newest = forms.load()[-1]
    if report.year is None or report.year < newest.first_year:
        return
    generations = dict(report.forms)
    for schedule in (PROACTIVE, REQUESTS):
        if generations.get(schedule, newest.key) != newest.key:
            yield Breach((schedule, "", ""))
            return
    for section in report.sections:
        if _NOTICE_2019 in section.text.replace("[", "〔").replace("]", "〕"):
            yield Breach(quotes=(_NOTICE_2019,))
            return


def unpaid_needs_fee_notice(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A request closed because a fee was not paid needs a fee; a report that says none was charged has none."""
    unpaid = cells(report).get((REQUESTS, "unpaid", "total"))
    fees = [metric for metric in report.metrics if metric.metric == "handling_fee_yuan"]
    if unpaid and fees and all(metric.value == 0 for metric in fees):
        yield Breach((REQUESTS, "unpaid", "total"), Decimal(0), unpaid, (fees[0].sentence,))


def handling_fee(report: Report, previous: Report | None) -> Iterator[Breach]:
    """The handling fee of section six, in yuan, is part of the fees of table 2, in 10,000 yuan."""
    where = (PROACTIVE, "fees", "amount_10k_yuan")
    charged = cells(report).get(where)
    for metric in report.metrics:
        if metric.metric == "handling_fee_yuan" and charged is not None and metric.value > charged * 10000:
            yield Breach(where, metric.value / 10000, charged, (metric.sentence,))


def review_in_prose(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Cases of reconsideration or litigation that the prose states stand in table 4, which must not be all zero."""
    values = [value for where, value in cells(report).items() if where[0] == REVIEW]
    if not values or any(value != 0 for value in values):
        return
    for metric in report.metrics:
        if metric.metric in ("reconsiderations", "suits") and metric.value > 0 and not metric.scope:
            yield Breach((REVIEW, "", ""), metric.value, Decimal(0), (metric.sentence,))


TABLES = (
    Check(
        "empty-cells",
        "completeness",
        "国办公开办函〔2021〕30号附件表二至表四",
        "有空格或以横线、斜线代替数字，应填写数字，没有的填零",
        "Blank or dashed cells: a number is due, zero where there is none",
        empty_cells,
    ),
    Check(
        "outdated-form",
        "format",
        "国办公开办函〔2021〕30号",
        "使用了旧表样，或引用了已被替代的通知",
        "A superseded form is used, or a superseded notice cited",
        outdated_form,
    ),
    Check(
        "unpaid-needs-fee-notice",
        "cross-table",
        "国办公开办函〔2021〕30号附件表三（六）2，国办函〔2020〕109号",
        "有因逾期不缴费而不再处理的申请，正文却说没有收取信息处理费，请核对",
        "A request closed for an unpaid fee, though the prose says none was charged",
        unpaid_needs_fee_notice,
        hint=True,
    ),
    Check(
        "handling-fee",
        "cross-table",
        "国办函〔2020〕109号",
        "正文中的信息处理费（元）大于表二的行政事业性收费（万元），请核对单位和口径",
        "The handling fee in the prose exceeds the fees of table 2: check the unit",
        handling_fee,
        hint=True,
    ),
    Check(
        "review-in-prose",
        "cross-table",
        "国办公开办函〔2021〕30号附件表四",
        "正文写有行政复议或行政诉讼案件，表四却全为零",
        "The prose states reviews or suits, table 4 is all zero",
        review_in_prose,
    ),
)
