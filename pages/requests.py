"""Who asks, how many, and what became of the requests."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard import charts, components, labels, measures, parts, room, tables
from dashboard.components import Table, count, section
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t

REQUESTS = "requests"
FLOWS = ("received", "carried_in", "closed", "carried_out")
OUTCOMES = ("disclosed", "disclosed_in_part", "withheld", "unavailable", "not_processed", "otherwise")
STARTS, ENDS = ("received", "carried_in"), (*OUTCOMES, "carried_out")
# As high, with its legend, as the flow beside it.
HEIGHT = 303
# Of more governments a chart has a row of the page to itself.
BESIDE = 24
APPLICANTS = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other")


def main() -> None:
    chosen = components.head(REQUESTS)
    flows = measures.cells(chosen, REQUESTS, "requests", ["total"], "line")
    outcomes = measures.cells(chosen, REQUESTS, "outcomes", ["total"], "outcome")
    forms = parts.forms_by_year(chosen.rows("requests"), "form_requests")
    turned = parts.breaks(forms, t("requests.break"))
    left, right = room.columns(2)
    with left:
        received(chosen, flows, turned)
    with right:
        flow(chosen, flows, outcomes)
    left, right = room.columns(2)
    with left:
        outcomes_by_year(chosen, outcomes, turned)
    with right:
        reasons(chosen, outcomes)
    governments = len(measures.governments(chosen))
    if governments > BESIDE:
        applicants(chosen)
        outcomes_by_government(chosen, outcomes)
        return
    left, right = room.columns(2)
    with left:
        outcomes_by_government(chosen, outcomes)
    with right:
        applicants(chosen, max(190, charts.height_of(governments)))


def received(chosen: Selection, flows: Sequence[Part], turned: dict[int, str]) -> None:
    shown = [part for part in flows if part.key in STARTS]
    series = components.sums(shown, STARTS, chosen.years, short_line)
    figure = charts.by_year(series, chosen.years, t("unit.cases"), components.style(), turned, HEIGHT)
    table = tables.by_year(flows, FLOWS, chosen.years, short_line)
    long = components.long_of(chosen, REQUESTS, FLOWS, ["total"])
    section(
        "requests-received",
        t("requests.received"),
        received_words(chosen, flows),
        figure,
        replace(table, long=long),
        shown,
    )


def received_words(chosen: Selection, flows: Sequence[Part]) -> str:
    year = chosen.last
    new = parts.of_key(flows, "received")
    now, before = parts.total(parts.of_year(new, year)), parts.total(parts.of_year(new, year - 1))
    if now is None:
        return t("requests.received_none", year=year)
    words = t(
        "requests.received_now",
        year=year,
        stated=parts.stated(parts.of_year(new, year)),
        owing=measures.owing(chosen, year),
        n=count(now),
    )
    words += components.compared(now, before)
    most = max(parts.of_year(new, year), key=lambda part: part.value or 0)
    if now and most.value and len(parts.of_year(new, year)) > 1:
        words += t("requests.received_most", government=charts.short(most.government), n=count(most.value))
    return words + t("shared.stop")


def flow(chosen: Selection, flows: Sequence[Part], outcomes: Sequence[Part]) -> None:
    year = chosen.last
    # Table 3 has a line for each outcome too: those stand in `outcomes`.
    now = parts.of_year([*(part for part in flows if part.key in FLOWS), *outcomes], year)
    sums = {key: parts.total(parts.of_key(now, key)) for key in (*STARTS, *ENDS)}
    hub = sum(int(sums[key] or 0) for key in STARTS)
    handled = [replace(part, key="handled") for part in now if part.key in STARTS]
    figure = flow_drawn([*now, *handled], year) if hub else None
    rows = [(line_name(key), count(value)) for key, value in sums.items()]
    origins = [[parts.of_key(now, key)] * 2 for key in sums]
    ends = {key: sums[key] for key in ENDS}
    words = flow_words(year, hub, ends) if hub else t("requests.flow_none", year=year)
    gap = hub - sum(int(value or 0) for value in ends.values())
    if hub and gap:
        words += t("requests.flow_gap", n=abs(gap))
    long = components.long_of(chosen, REQUESTS, (), ["total"])
    table = Table([t("shared.line"), t("shared.cases")], rows, origins, long)
    section("requests-flow", t("requests.flow", year=year), words, figure, table, [*now, *handled])


def flow_drawn(now: Sequence[Part], year: int) -> charts.Figure:
    def shown(keys: Sequence[str], name: Callable[[str], str]) -> list[charts.Series]:
        return [one for one in components.sums(now, keys, [year], name) if one.points[0].value]

    (hub,) = shown(["handled"], lambda key: t(f"requests.{key}"))
    return charts.flow(
        shown(STARTS, short_line), hub, shown(ENDS, short_line), t("unit.cases"), components.style()
    )


def flow_words(year: int, hub: int, ends: dict[str, float | int | None]) -> str:
    open_ = int(ends["disclosed"] or 0) + int(ends["disclosed_in_part"] or 0)
    closed = sum(int(value or 0) for key, value in ends.items() if key != "carried_out")
    carried = int(ends["carried_out"] or 0)
    words = t(
        "requests.flow_words",
        year=year,
        n=count(hub),
        closed=count(closed),
        carried=count(carried),
        open=count(open_),
    )
    # Below ten cases a percentage says more than is known.
    return (
        words
        + (t("requests.flow_share", share=round(100 * open_ / closed)) if closed >= 10 else "")
        + t("shared.stop")
    )


def outcomes_by_government(chosen: Selection, outcomes: Sequence[Part]) -> None:
    year = chosen.last
    now = parts.of_year(outcomes, year)
    governments = measures.governments(chosen, year)
    totals = {name: parts.total(p for p in now if p.government == name) for name in governments}
    order = sorted(totals, key=lambda name: -(totals[name] or 0))
    series = [
        charts.Series(key, line_name(key), parts.by_government(now, key, order, year)) for key in OUTCOMES
    ]
    figure = charts.by_government(series, order, t("unit.cases"), components.style())
    table = tables.by_government(now, OUTCOMES, order, year, line_name)
    busy = [name for name in order if totals[name]]
    words = t("requests.mix_none", year=year)
    if busy:
        quiet = sum(value == 0 for value in totals.values())
        words = t(
            "requests.mix",
            year=year,
            n=len(busy),
            most=charts.short(busy[0]),
            cases=count(totals[busy[0]]),
        )
        words += (t("requests.mix_quiet", n=quiet) if quiet else "") + t("shared.stop")
    long = components.long_of(chosen, REQUESTS, (), ["total"])
    section("requests-mix", t("requests.mix_title", year=year), words, figure, replace(table, long=long), now)


def outcomes_by_year(chosen: Selection, outcomes: Sequence[Part], turned: dict[int, str]) -> None:
    series = components.sums(outcomes, OUTCOMES, chosen.years, line_name)
    figure = charts.by_year(series, chosen.years, t("unit.cases"), components.style(), turned)
    closed = {year: parts.total(parts.of_year(outcomes, year)) for year in chosen.years}
    peak = max(chosen.years, key=lambda year: closed[year] or 0)
    words = t("requests.none_closed", years=chosen.span)
    if closed[peak]:
        alone = chosen.first == chosen.last
        key, years = (
            ("closed_words", {"year": peak}) if alone else ("years", {"years": chosen.span, "peak": peak})
        )
        words = t(f"requests.{key}", n=count(closed[peak]), **years)
    if turned:
        words += t("requests.years_break")
    long = components.long_of(chosen, REQUESTS, (), ["total"])
    table = tables.by_year(outcomes, OUTCOMES, chosen.years, line_name)
    section("requests-years", t("requests.years_title"), words, figure, replace(table, long=long), outcomes)


def reasons(chosen: Selection, outcomes: Sequence[Part]) -> None:
    refused = [part for part in outcomes if part.key in ("withheld", "unavailable", "not_processed")]
    by_line: dict[str, list[Part]] = {}
    for part in refused:
        by_line.setdefault(part.cell.split(".")[1], []).append(part)
    sums = {line: parts.total(found) or 0 for line, found in by_line.items()}
    order = sorted((line for line in sums if sums[line]), key=lambda line: -sums[line])[:8]
    points = [
        charts.Point("", 0, line, sums[line], t("shared.sum_of", n=parts.stated(by_line[line])))
        for line in order
    ]
    names = [line_name(line) for line in order]
    figure = charts.ranked(points, names, t("unit.cases"), components.style(), charts.COLOURS["withheld"])
    words = t("requests.reasons_none", years=chosen.span)
    if order:
        n = count(sum(sums.values()))
        words = t(
            "requests.reasons",
            years=chosen.span,
            n=n,
            reason=names[0],
            most=count(sums[order[0]]),
        )
    largest_first = sorted(sums, key=lambda line: -sums[line])
    rows = [(line_name(line), count(sums[line])) for line in largest_first]
    origins = [
        [[part for part in by_line[line] if part.value] or by_line[line]] * 2 for line in largest_first
    ]
    keyed = [
        Part(p.government, p.year, p.cell.split(".")[1], p.value, p.state, p.sha256, p.cell, p.path)
        for p in refused
        if p.value
    ]
    long = components.long_of(chosen, REQUESTS, tuple(by_line), ["total"])
    table = Table([t("shared.reason"), t("shared.cases")], rows, origins, long)
    section("requests-reasons", t("requests.reasons_title"), words, figure if order else None, table, keyed)


def applicants(chosen: Selection, height: int = 300) -> None:
    found = measures.cells(chosen, REQUESTS, "received", APPLICANTS, "column")
    series = components.sums(found, APPLICANTS, chosen.years, column_name)
    figure = charts.by_year(series, chosen.years, t("unit.cases"), components.style(), height=height)
    now = parts.of_year(found, chosen.last)
    everyone, people = parts.total(now), parts.total(parts.of_key(now, "natural_person"))
    words = t("requests.applicants_none", year=chosen.last)
    if everyone:
        words = t(
            "requests.applicants",
            year=chosen.last,
            n=count(everyone),
            people=count(people),
            bodies=count(everyone - (people or 0)),
        )
    table = tables.by_year(found, APPLICANTS, chosen.years, column_name)
    long = components.long_of(chosen, REQUESTS, ["received"], APPLICANTS)
    section(
        "requests-applicants", t("requests.applicants_title"), words, figure, replace(table, long=long), found
    )


def line_name(key: str) -> str:
    return labels.line(REQUESTS, key)


def short_line(key: str) -> str:
    return t(f"short.{key}") if key in FLOWS else line_name(key)


def column_name(key: str) -> str:
    return labels.column(REQUESTS, key)


main()
