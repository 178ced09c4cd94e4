"""The prose against the tables, and against itself."""

import re
from collections.abc import Iterator
from decimal import Decimal

from etl.checks.rule import Breach, Check
from etl.forms import REQUESTS, REVIEW
from etl.prose.cases import says_closed
from etl.report import Metric, Report
from etl.stated import cells, due, total
from etl.tables.labels import wide

_PERCENT = re.compile(
    r"(?P<part>\d+)\s*[条件篇次个份][，,]?\s*(?:约)?占(?:比|总数|总量|全部|其中)?[的为]?(?:比例)?[为约]*(?P<share>\d{1,3}(?:\.\d{1,6})?)%"
)


def prose_agrees_with_table(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A number that the prose states is the number of its cell; 收到 may count those carried in as well.

    办理 may mean received as well as closed; 均已答复 states no number.
    """
    values, generations = cells(report), dict(report.forms)
    for name in dict.fromkeys(metric.metric for metric in report.metrics):
        where, agreeing = due(generations, values, name)
        stated = [metric for metric in report.metrics if metric.metric == name and _is_comparable(metric)]
        if name == "requests_closed" and not any(says_closed(wide(metric.sentence)) for metric in stated):
            agreeing += due(generations, values, "requests_received")[1]
        if not agreeing or not stated or any(metric.value in agreeing for metric in stated):
            continue
        if where[0] == REVIEW and not any(value for cell, value in values.items() if cell[0] == REVIEW):
            continue
        yield Breach(where, stated[0].value, agreeing[0], (stated[0].sentence,))


def received_with_carried_in(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Where the prose counts the requests carried in among those received, the reading that makes both true is said."""
    values = cells(report)
    received, carried = (values.get((REQUESTS, line, "total")) for line in ("received", "carried_in"))
    for metric in report.metrics:
        both = total([received, carried])
        if (
            metric.metric == "requests_received"
            and _is_comparable(metric)
            and metric.value == both != received
        ):
            yield Breach((REQUESTS, "received", "total"), metric.value, received, (metric.sentence,))
            return


def _is_comparable(metric: Metric) -> bool:
    plain = not metric.approximate and metric.scope is None and metric.part_of is None
    return plain and metric.basis != "implied_all"


def parts_make_the_whole(report: Report, previous: Report | None) -> Iterator[Breach]:
    """Kinds of content that the text names of a total never exceed it together, nor does any other part alone.

    What went through several channels counts once in the total (国办发〔2014〕32号) and in each channel, so that
    these may exceed it together.
    """
    for whole in report.metrics:
        if sum(metric.metric == whole.metric for metric in report.metrics) != 1 or whole.approximate:
            continue
        parts = [
            metric
            for metric in report.metrics
            if metric.part_of == whole.metric and metric.section == whole.section
        ]
        contents = [part for part in parts if part.metric == "category_items" and part.unit == whole.unit]
        alone = [[part] for part in parts if part.metric != "category_items"]
        for together in (*_divisions(contents, whole.value), *alone):
            added = sum((part.value for part in together), Decimal(0))
            if added > whole.value:
                quotes = tuple(dict.fromkeys(part.sentence for part in (whole, *together)))
                yield Breach(expected=added, actual=whole.value, quotes=quotes)


def _divisions(contents: list[Metric], whole: Decimal) -> list[list[Metric]]:
    """The contents parted where they add up to the whole: what follows divides it once more, 图文60条、视频40条."""
    found: list[list[Metric]] = [[]]
    for part in contents:
        if sum(each.value for each in found[-1]) == whole:
            found.append([])
        found[-1].append(part)
    # One number behind a division that is complete is none of its parts.
    return found if len(found) == 1 or len(found[-1]) > 1 else found[:-1]


def percentages(report: Report, previous: Report | None) -> Iterator[Breach]:
    """A share that is printed beside a part is that part of its total."""
    for section in report.sections:
        for match in _PERCENT.finditer(section.text):
            wholes = {
                whole.value
                for part in report.metrics
                if part.value == Decimal(match["part"]) and part.part_of and part.section == section.number
                for whole in report.metrics
                if whole.metric == part.part_of and whole.section == section.number and whole.value
            }
            if len(wholes) == 1:
                share = Decimal(match["part"]) * 100 / wholes.pop()
                if abs(share - Decimal(match["share"])) > 1:
                    yield Breach(expected=round(share, 1), actual=Decimal(match["share"]), quotes=(match[0],))


PROSE = (
    Check(
        "prose-agrees-with-table",
        "prose",
        "正文与表二、表三、表四对照（收到申请可以含上年结转）",
        "正文所写数字与表中数字不一致",
        "The prose and the table state different numbers",
        prose_agrees_with_table,
    ),
    Check(
        "received-with-carried-in",
        "prose",
        "正文与表三对照",
        "正文所写收到的申请含上年结转，按此理解与表三一致",
        "The prose counts requests carried in among those received; read so it agrees with table 3",
        received_with_carried_in,
        hint=True,
    ),
    Check(
        "parts-make-the-whole",
        "prose",
        "正文分项与总数",
        "正文中的分项（或同类分项之和）大于总数",
        "A part stated in the prose, or its kinds of content together, exceed the stated total",
        parts_make_the_whole,
    ),
    Check(
        "percentages",
        "prose",
        "正文百分比与件数",
        "正文中的百分比与件数不符",
        "A percentage in the prose does not fit its numbers",
        percentages,
        hint=True,
    ),
)
