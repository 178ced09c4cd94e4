"""What the briefing says: its sections in order, each sentence made of figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.briefing import changed, charts, checked, filed, published, requested
from etl.briefing.figures import County
from etl.briefing.wording import Said, words
from etl.paper.native_chart import Chart
from etl.paper.slips import numeral


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the briefing: heading, sentences that each make a paragraph, and its charts."""

    heading: str
    said: tuple[Said, ...]
    charts: tuple[Chart, ...] = ()


def sections(county: County, dated: date) -> tuple[Section, ...]:
    """The briefing's parts, numbered."""
    parts: dict[str, tuple[Iterable[Said], Sequence[Chart | None]]] = {
        "filed": (filed.said(county, dated), [charts.timeliness(county)]),
        "published": (published.said(county), [charts.channels(county)]),
        "requested": (requested.said(county), [charts.requests(county), charts.outcomes(county)]),
        "reviewed": (requested.reviewed(county), [charts.reviews(county)]),
        "changed": (changed.said(county), []),
        "checked": (checked.said(county), []),
        "covered": (checked.covered(county), []),
    }
    return tuple(
        Section(
            f"{numeral(number)}、{words()['headings'][key]}",
            tuple(sentence for sentence in said if sentence),
            tuple(chart for chart in drawn if chart),
        )
        for number, (key, (said, drawn)) in enumerate(parts.items(), 1)
    )
