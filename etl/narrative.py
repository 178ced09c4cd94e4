"""Numbers in the prose of a report, by rules: each metric with the sentence which states it."""

from dataclasses import dataclass

from etl import counts
from etl.prose.doubts import weighed
from etl.prose.normal import Normal, normalise
from etl.prose.phrases import phrases
from etl.prose.reading import Reading
from etl.prose.scan import scan
from etl.prose.settle import once, settle
from etl.prose.table import RULE
from etl.prose.zeros import implied_all, verbal_zeros
from etl.report import Doubt, Metric, Place


def metrics(text: str, year: int | None) -> tuple[Metric, ...]:
    """The numbers which the text surely states about `year`, in the order of the text: those of `read` without its doubts."""
    return read(text, year)[0]


def read(text: str, year: int | None) -> tuple[tuple[Metric, ...], tuple[Doubt, ...]]:
    """The numbers which the text states about `year` and those which allow a second reading, in the order of the text.

    Other years' and other bodies' numbers, plans and rates are left out. Without a year, numbers of another year are told
    by words (上年) only. A place is that in the text, as block 0.
    """
    normal = normalise(text)
    cut = phrases(normal.text)
    settled = settle(scan(normal.text, cut, year))
    settled += verbal_zeros(cut)
    settled += implied_all(cut, settled)
    stated = {(reading.metric) for reading in settled if reading.basis != "verbal_zero"}
    kept = [
        reading for reading in settled if not (reading.basis == "verbal_zero" and reading.metric in stated)
    ]
    ordered = once(sorted(weighed(kept, cut), key=lambda reading: (reading.start, reading.order)))
    sure = dict.fromkeys(_metric(normal, reading) for reading in ordered if not reading.doubt)
    doubts = (Doubt(_metric(normal, reading), reading.doubt) for reading in ordered if reading.doubt)
    return tuple(sure), tuple(dict.fromkeys(doubts))


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric's names, the unit of its value, and its tier: core, best_effort or extension."""

    key: str
    label_zh: str
    label_en: str
    unit: str
    tier: str


def definitions() -> tuple[Definition, ...]:
    """What may be read from prose, in the order of the metric table."""
    return tuple(Definition(rule.key, rule.zh, rule.en, rule.unit, rule.tier) for rule in RULE.values())


def as_json(metric: Metric) -> dict[str, object]:
    """The metric as the command line prints it: whole values as integers, absent fields left out."""
    value = counts.plain(metric.value)
    optional = {
        "bound": metric.bound,
        "scope": metric.scope,
        "part_of": metric.part_of,
        "category": metric.category,
        "basis": metric.basis,
    }
    return {
        "metric": metric.metric,
        "value": value,
        "unit": metric.unit,
        "approximate": metric.approximate,
        **{name: content for name, content in optional.items() if content is not None},
        "sentence": metric.sentence,
    }


def doubt_as_json(doubt: Doubt) -> dict[str, object]:
    """The doubt as the command line prints it: a metric without a value, with the number printed and why it is not taken."""
    likeliest = as_json(doubt.metric)
    return {
        **likeliest,
        "value": None,
        "state": "illegible",
        "printed": likeliest["value"],
        "doubt": doubt.kind,
    }


def _metric(normal: Normal, reading: Reading) -> Metric:
    printed = normal.quote(reading.unit_start, reading.unit_start + len(reading.unit))
    unit = printed if reading.unit_start >= 0 else reading.unit
    unit = RULE[reading.metric].unit if reading.metric == "handling_fee_yuan" else unit
    return Metric(
        metric=reading.metric,
        value=reading.value,
        unit=unit,
        approximate=reading.approximate,
        sentence=normal.quote(reading.start, reading.end),
        bound=reading.bound,
        scope=reading.scope,
        part_of=reading.part_of,
        category=reading.category,
        basis=reading.basis,
        place=Place(0, at=normal.place(reading.start)),
    )
