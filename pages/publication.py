"""How much did each township publish, where, and how is it changing?"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard import charts, components, labels, link, measures, parts, room, tables
from dashboard.components import count, section
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t

MEASURES = ("items_published", "website_items", "wechat_items", "bulletin_boards", "training_sessions")
CHANNELS = ("website_items", "wechat_items", "new_media_items", "bulletin_items", "traditional_items")
DOCUMENTS = ("issued", "repealed", "in_force")
DECISIONS = ("licensing", "penalties", "compulsion")
PROACTIVE = "proactive"
# Without a legend, as high as the chart beside it with one.
HEIGHT = 292


def main() -> None:
    chosen = components.head("publication")
    over_years(chosen)
    channels(chosen)
    forms = parts.forms_by_year(chosen.rows("proactive"), "form")
    left, right = room.columns(2)
    with left:
        documents(chosen, forms)
    with right:
        fees(chosen, forms)
    decisions(chosen, forms)


def over_years(chosen: Selection) -> None:
    options = {key: labels.metric(key) for key in MEASURES}
    key = link.one_of_few("measure", t("publication.measure"), options, "website_items")
    name = options[key]
    found = measures.metrics(chosen, [key])
    governments = measures.governments(chosen)
    panels = [charts.Series(key, who, parts.over_years(found, who, chosen.years)) for who in governments]
    unit = t(f"unit.{key}")
    figure = charts.small_multiples(
        panels, chosen.years, unit, components.style(), unsaid=t("shared.no_numbers")
    )
    table = tables.across_years(found, governments, chosen.years, measures.owed(chosen))
    long = lambda: measures.long_metrics(chosen, [key])  # noqa: E731 (a maker for the button, nothing more)
    words = over_years_words(chosen, found, name, unit)
    section(
        "publication-years",
        t("publication.years", name=name),
        words,
        figure,
        replace(table, long=long),
        found,
        wide=True,
    )


def over_years_words(chosen: Selection, found: Sequence[Part], name: str, unit: str) -> str:
    now, before = parts.of_year(found, chosen.last), parts.of_year(found, chosen.last - 1)
    total = parts.total(now)
    owing = measures.owing(chosen, chosen.last)
    if total is None:
        return t("publication.years_none", year=chosen.last, name=name, of=owing)
    words = t(
        "publication.years_words",
        year=chosen.last,
        n=parts.stated(now),
        of=owing,
        name=name,
        total=count(total),
        unit=unit,
    )
    both = {part.government for part in now if part.value is not None} & {
        p.government for p in before if p.value is not None
    }
    if both:
        then = parts.total(part for part in before if part.government in both) or 0
        today = parts.total(part for part in now if part.government in both) or 0
        words += t("publication.years_both", n=len(both), then=count(then), now=count(today), unit=unit)
    return words + t("shared.stop")


def channels(chosen: Selection) -> None:
    year = chosen.last
    found = parts.of_year(measures.metrics(chosen, CHANNELS), year)
    said = [part for part in found if part.value is not None]
    governments = measures.governments(chosen, year)
    totals = {who: parts.total(p for p in said if p.government == who) for who in governments}
    order = sorted((who for who in totals if totals[who] is not None), key=lambda who: -(totals[who] or 0))
    series = [
        charts.Series(key, t(f"channel.{key}"), parts.by_government(said, key, order, year))
        for key in CHANNELS
        if parts.of_key(said, key)
    ]
    figure = charts.by_government(series, order, t("unit.items"), components.style())
    table = tables.by_government(found, CHANNELS, governments, year, labels.metric)
    words = t("publication.channels_none", year=year)
    if order:
        by_key = {key: parts.total(parts.of_key(said, key)) or 0 for key in CHANNELS}
        top = max(by_key, key=lambda key: by_key[key])
        words = t(
            "publication.channels_words",
            year=year,
            n=len(order),
            of=len(governments),
            channel=t(f"channel.{top}"),
            items=count(by_key[top]),
            total=count(sum(by_key.values())),
        )
    long = lambda: measures.long_metrics(chosen, CHANNELS)  # noqa: E731 (a maker for the button, nothing more)
    section(
        "publication-channels",
        t("publication.channels", year=year),
        words,
        figure if order else None,
        replace(table, long=long),
        said,
    )


def documents(chosen: Selection, forms: dict[int, set[str]]) -> None:
    found = measures.cells(chosen, PROACTIVE, "normative_documents", DOCUMENTS, "column")
    series = components.sums(found, DOCUMENTS, chosen.years, lambda key: labels.column(PROACTIVE, key))
    figure = charts.grouped(
        series,
        chosen.years,
        t("unit.documents"),
        components.style(),
        parts.breaks(forms, t("publication.break")),
    )
    now = parts.of_year(found, chosen.last)
    sums = {key: parts.total(parts.of_key(now, key)) for key in DOCUMENTS}
    words = t("publication.documents_none", year=chosen.last)
    if now:
        shown = {key: count(value) for key, value in sums.items()}
        words = t(
            "publication.documents_words",
            year=chosen.last,
            n=parts.stated(now),
            of=measures.owing(chosen, chosen.last),
            **shown,
        )
    if any("2019" in several for several in forms.values()):
        words += t("publication.documents_old")
    table = tables.by_year(found, DOCUMENTS, chosen.years, lambda key: labels.column(PROACTIVE, key))
    long = components.long_of(chosen, PROACTIVE, ["normative_documents"], [])
    section(
        "publication-documents", t("publication.documents"), words, figure, replace(table, long=long), found
    )


def decisions(chosen: Selection, forms: dict[int, set[str]]) -> None:
    rows = measures.cells(chosen, PROACTIVE, "decisions", ["decisions"], "line")
    unit = t("unit.decisions")
    series = components.sums(
        rows, DECISIONS, chosen.years, lambda key: t("shared.with_unit", name=line_name(key), unit=unit)
    )
    turned = dict.fromkeys((one.name for one in series), parts.breaks(forms, ""))
    figure = charts.small_multiples(
        series,
        chosen.years,
        "",
        components.style(),
        3,
        shared=False,
        breaks=turned,
        unsaid=t("shared.no_numbers"),
    )
    now = parts.of_year(rows, chosen.last)
    words = t("publication.decisions_none", year=chosen.last)
    if now:
        sums = {key: count(parts.total(parts.of_key(now, key))) for key in DECISIONS}
        owing = measures.owing(chosen, chosen.last)
        words = t("publication.decisions_words", year=chosen.last, n=parts.stated(now), of=owing, **sums)
    if any(turned.values()):
        words += t("publication.decisions_comparable")
    table = tables.by_year(rows, DECISIONS, chosen.years, line_name)
    long = components.long_of(chosen, PROACTIVE, DECISIONS, ["decisions"])
    section(
        "publication-decisions",
        t("publication.decisions"),
        words,
        figure,
        replace(table, long=long),
        rows,
        wide=True,
    )


def fees(chosen: Selection, forms: dict[int, set[str]]) -> None:
    """Money on the 2021 form only: the 2019 form counts items of charge, which is something else."""
    found = measures.cells(chosen, PROACTIVE, "fees", ["amount_10k_yuan"], "line")
    series = components.sums(found, ("fees",), chosen.years, line_name)
    turned = parts.breaks(forms, t("publication.break"))
    figure = charts.by_year(series, chosen.years, t("unit.money"), components.style(), turned, HEIGHT)
    now = parts.of_year(found, chosen.last)
    words = t("publication.fees_none", year=chosen.last)
    if now:
        owing, total = measures.owing(chosen, chosen.last), count(parts.total(now))
        words = t("publication.fees_words", year=chosen.last, n=parts.stated(now), of=owing, total=total)
    if any("2019" in several for several in forms.values()):
        words += t("publication.fees_old")
    table = tables.by_year(found, ("fees",), chosen.years, line_name)
    long = components.long_of(chosen, PROACTIVE, ["fees"], ["amount_10k_yuan"])
    section("publication-fees", line_name("fees"), words, figure, replace(table, long=long), found)


def line_name(key: str) -> str:
    return labels.line(PROACTIVE, key)


main()
