"""What the law does not allow a township, and what is hardly ever right."""

import re
from collections.abc import Iterator
from decimal import Decimal

from etl.checks.rule import Breach, Check
from etl.forms import PROACTIVE, REQUESTS
from etl.report import Report
from etl.stated import cells

_TOWNSHIP = re.compile(r"(?:镇|乡|苏木|街道|街道办事处|[镇乡]人民政府|苏木人民政府|办事处)$")
_LARGE_FEES = Decimal(1000)
_JUMP = 5
_FLOOR = 50
_WATCHED = (
    (REQUESTS, "received", "total"),
    (PROACTIVE, "licensing", "decisions"),
    (PROACTIVE, "penalties", "decisions"),
    (PROACTIVE, "compulsion", "decisions"),
)


def is_township(report: Report) -> bool:
    """Whether the report is a township's or a subdistrict's, by its name."""
    return bool(report.government and _TOWNSHIP.search(report.government))


def township_makes_no_rules(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Only cities with districts and governments above them make rules (规章): a township has none."""
    if is_township(report):
        for where, value in cells(report).items():
            if where[:2] == (PROACTIVE, "rules") and value:
                yield Breach(where, Decimal(0), value)


def in_force_covers_issued(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Documents issued in the year and not repealed are in force at its end."""
    values = cells(report)
    for line in ("rules", "normative_documents"):
        issued, in_force = (values.get((PROACTIVE, line, column)) for column in ("issued", "in_force"))
        if issued is not None and in_force is not None and in_force < issued:
            yield Breach((PROACTIVE, line, "in_force"), issued, in_force)


def fee_unit(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Fees are given in 10,000 yuan: a township that prints very large ones, or the unit 元, has written yuan."""
    for fact in report.facts:
        if fact.column == "amount_10k_yuan" and fact.value and is_township(report):
            in_yuan = re.search(r"(?<!万)元", fact.text)
            if in_yuan or fact.value >= _LARGE_FEES:
                yield Breach((fact.schedule, fact.line, fact.column), fact.value / 10000, fact.value)


def jump(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A count that grows or shrinks fivefold within a year deserves a look; small counts do not."""
    if previous is None:
        return
    now, before = cells(report), cells(previous)
    for where in _WATCHED:
        new, old = now.get(where), before.get(where)
        if (
            new is not None
            and old is not None
            and max(new, old) >= _FLOOR
            and max(new, old) >= _JUMP * min(new, old)
        ):
            yield Breach(where, old, new)


PLAUSIBILITY = (
    Check(
        "township-makes-no-rules",
        "law",
        "《中华人民共和国立法法》：规章由国务院部门、省级和设区的市级人民政府制定",
        "乡镇、街道无权制定规章，规章各栏应为零",
        "Townships make no rules: the line must be zero",
        township_makes_no_rules,
    ),
    Check(
        "in-force-covers-issued",
        "plausibility",
        "国办公开办函〔2021〕30号附件表二",
        "现行有效件数一般不少于本年制发件数",
        "Documents in force are usually no fewer than those issued in the year",
        in_force_covers_issued,
        hint=True,
    ),
    Check(
        "fee-unit",
        "plausibility",
        "国办公开办函〔2021〕30号附件表二：单位为万元",
        "收费金额偏大，可能把元写成了万元",
        "Fees look too large: yuan may have been written as 10,000 yuan",
        fee_unit,
        hint=True,
    ),
    Check(
        "jump",
        "plausibility",
        "与上年年报比较",
        "与上年相比增减五倍以上，请核对",
        "Changed fivefold or more against the year before: please check",
        jump,
        hint=True,
    ),
)
