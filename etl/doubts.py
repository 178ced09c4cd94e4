"""The numbers of the prose that allow more than one reading: what the tables settle, and how the others are told."""

from collections.abc import Iterator
from dataclasses import replace

from etl import narrative
from etl.document import Document
from etl.prose.doubts import RIVALS, rivals
from etl.prose.table import CHANNELS, DOUBT_KINDS
from etl.report import Doubt, Metric, Problem, Report
from etl.stated import Cells, cells, due


def words() -> dict[str, dict[str, str]]:
    """Why a number is not taken, by the kind of doubt and the language."""
    return DOUBT_KINDS


def may_count_as(kind: str, metric: str) -> tuple[str, ...]:
    """The metrics that a number with this kind of doubt may state, the likeliest first."""
    if kind == "handled":
        return metric, "requests_received"
    if kind == "channel" and metric == "items_published":
        return metric, *(one.key for one in narrative.definitions() if one.key in CHANNELS)
    return (metric,)


def weighed(report: Report, document: Document) -> Report:
    """The report with what its sections state differently doubted, what its tables settle taken, and the rest told."""
    values, generations = cells(report), dict(report.forms)
    sure, doubts = list(report.metrics), list(report.doubts)
    for metric in rivals(report.metrics):
        sure.remove(metric)
        doubts.append(Doubt(metric, RIVALS))
    settled = {doubt: _settled(doubt, values, generations, sure) for doubt in doubts}
    open_ = tuple(doubt for doubt, metric in settled.items() if metric is None)
    taken = [metric for metric in settled.values() if metric is not None]
    return replace(
        report,
        metrics=in_order([*sure, *taken]),
        doubts=open_,
        problems=(*report.problems, *_told(open_, document)),
    )


def _settled(doubt: Doubt, values: Cells, generations: dict[str, str], sure: list[Metric]) -> Metric | None:
    """The number that a cell of the tables gives too; what was 办理 may be the requests received."""
    metric = doubt.metric
    if metric.approximate or metric.scope is not None:
        return None
    for key in may_count_as(doubt.kind, metric.metric):
        free = key == metric.metric or all(other.metric != key for other in sure)
        if free and metric.value in due(generations, values, key)[1]:
            return replace(metric, metric=key)
    return None


def in_order(metrics: list[Metric]) -> tuple[Metric, ...]:
    """The metrics in the order of print."""

    def printed(metric: Metric) -> tuple[int, int]:
        return (metric.place.block, metric.place.at or 0) if metric.place else (-1, 0)

    return tuple(sorted(metrics, key=printed))


def told(doubt: Doubt) -> str:
    """The sentence, the number it prints and why that is not taken: what the problem of a doubt ends with."""
    labels = {definition.key: definition.label_zh for definition in narrative.definitions()}
    metric, why = doubt.metric, words()[doubt.kind]["zh"]
    return f"“{metric.sentence}”：{labels[metric.metric]} {metric.value:f}{metric.unit}未能确定，{why}"


def _told(doubts: tuple[Doubt, ...], document: Document) -> Iterator[Problem]:
    for doubt in doubts:
        place = doubt.metric.place
        page = document.blocks[place.block].page if place else None
        where = f"正文第 {page} 页" if page else "正文"
        yield Problem("prose-unclear", f"{where}{told(doubt)}")
