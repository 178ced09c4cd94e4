"""A person's corrections of what we read in prose: they change our reading of a filing, never the filing.

A correction names the filing, the metric, the value we read (`read`, empty where we missed the number), the right
value (`right`, empty where there is no such number; 约80 where the filing hedges it), an exact quote, why, and by whom.
A number that we did not take, since it allows more than one reading, is decided in the same way: `read` is the number
printed, `right` the same where it is to be taken.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from etl import narrative
from etl.register import table
from etl.report import Correction, Doubt, Metric, Report

_HEDGE = "约"
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the corrections: `filing` is a path or a SHA-256, `place` names the file and the row."""

    filing: str
    place: str
    correction: Correction


class Unmatched(ValueError):
    """A correction that fits nothing any more; the message is one Chinese sentence with the row and the remedy."""


def entries(text: str, name: str = "corrections.csv") -> tuple[Entry, ...]:
    """The corrections from their CSV text; ValueError with a sentence naming the row that is wrong."""
    rows = table(text, ("filing", "metric", "sentence", "why", "by"), name, ("read", "right"))
    return tuple(_entry(row, f"{name} 第 {number} 行") for number, row in enumerate(rows, start=2))


def require(ledger: Iterable[Entry], filings: frozenset[str]) -> None:
    """Raise Unmatched for a correction of a filing whose path or SHA-256 is not among `filings`."""
    for entry in ledger:
        if entry.filing not in filings:
            raise Unmatched(f"{entry.place}：没有读出 {entry.filing} 这份年报，请改正 filing 或删去这一行")


def apply(report: Report, ledger: Iterable[Entry]) -> Report:
    """The report with its corrections, each carried by its metric too. Raises Unmatched."""
    source = report.source
    for entry in ledger:
        if entry.filing in (source.path, source.sha256):
            report = _correct(report, entry)
    return report


def _entry(row: dict[str, str], place: str) -> Entry:
    if row["metric"] not in {definition.key for definition in narrative.definitions()}:
        raise ValueError(f"{place}：没有 {row['metric']} 这个指标，请对照数据字典改正 metric")
    read, right = _number(row, "read", place), _number(row, "right", place)
    if read is None and right is None:
        raise ValueError(f"{place}：read 和 right 都空着，请写明读成了多少、应是多少")
    hedged = row.get("right", "").startswith(_HEDGE)
    correction = Correction(row["metric"], read, right, hedged, row["sentence"], row["why"], row["by"])
    return Entry(row["filing"], place, correction)


def _number(row: dict[str, str], column: str, place: str) -> Decimal | None:
    written = unicodedata.normalize("NFKC", row.get(column, ""))
    if not written:
        return None
    if not _NUMBER.fullmatch(text := written.removeprefix(_HEDGE)):
        raise ValueError(f"{place}：{column} 一栏的“{written[:_QUOTED]}”不是数字，请改正")
    return Decimal(text)


def _correct(report: Report, entry: Entry) -> Report:
    correction = entry.correction
    if not any(_within(correction.sentence, section.text) for section in report.sections):
        raise Unmatched(f"{entry.place}：年报正文里没有这句话，请照原文改正 sentence 或删去这一行")
    read = [metric for metric in report.metrics if _is_meant(metric, correction)]
    unclear = [doubt for doubt in report.doubts if _is_meant(doubt.metric, correction)]
    if len(unclear) == 1 and not read:
        return _decided(report, unclear[0], correction)
    if correction.read is None:
        metrics = (*report.metrics, _missed(report, entry, read))
    elif len(read) == 1:
        metrics = tuple(new for old in report.metrics for new in _replaced(old, read[0], correction))
    else:
        said = "没有读出" if not read else "不止一处读出"
        raise Unmatched(
            f"{entry.place}：这句话里{said} {correction.metric} = {correction.read}，请改正或删去这一行"
        )
    return replace(report, metrics=metrics, corrections=(*report.corrections, correction))


def _decided(report: Report, doubt: Doubt, correction: Correction) -> Report:
    """The report with a number taken, or left, that allowed more than one reading."""
    taken = _replaced(doubt.metric, doubt.metric, correction)
    return replace(
        report,
        metrics=(*report.metrics, *taken),
        doubts=tuple(other for other in report.doubts if other is not doubt),
        corrections=(*report.corrections, correction),
    )


def _is_meant(metric: Metric, correction: Correction) -> bool:
    value = correction.right if correction.read is None else correction.read
    quoted = _within(metric.sentence, correction.sentence) or _within(correction.sentence, metric.sentence)
    return metric.metric == correction.metric and metric.value == value and quoted


def _missed(report: Report, entry: Entry, read: list[Metric]) -> Metric:
    correction = entry.correction
    if read or correction.right is None:
        raise Unmatched(f"{entry.place}：{correction.metric} = {correction.right} 已经读出，请删去这一行")
    section = next(part for part in report.sections if _within(correction.sentence, part.text))
    unit = next(d.unit for d in narrative.definitions() if d.key == correction.metric)
    return Metric(
        metric=correction.metric,
        value=correction.right,
        unit=unit,
        approximate=correction.approximate,
        sentence=correction.sentence,
        section=section.number,
        corrected_by=correction.by,
    )


def _replaced(old: Metric, meant: Metric, correction: Correction) -> tuple[Metric, ...]:
    if old is not meant:
        return (old,)
    if correction.right is None:
        return ()
    new = replace(old, value=correction.right, approximate=correction.approximate, corrected_by=correction.by)
    return (replace(new, bound=None, basis=None),)


def _within(quote: str, text: str) -> bool:
    """Whether the text holds the quote; line ends and blanks, which formats set differently, do not count."""
    return _solid(quote) in _solid(text)


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)
